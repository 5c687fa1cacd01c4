"""A collection: one index in several shards, on as many machines as it takes, whose answers are those of one
index; the extra `searchlib[ray]`.

`ordinals` gives each document a place in one order, `manifest` says which shards there are, and `building`
makes them of files and folders. A `worker` has one of them, `fleets` reach the workers, a `collection` asks
them; `cluster` starts and finds them.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING, import_module

if TYPE_CHECKING:
    from .building.build import Built, build
    from .building.processes import Processes, default_runner
    from .building.progress import BuildProgress
    from .building.ray_tasks import OnRay
    from .building.runners import Here, Runner
    from .cluster import Cluster
    from .collection import Collection
    from .creating import create
    from .manifest import CollectionManifest, ShardEntry, read_collection
    from .splitting import split
    from .stores.published import Published
    from .stores.publishing import publish
    from .stores.syncing import cache_of, sync
    from .writer import CollectionWriter

_MODULES = {
    "BuildProgress": "building.progress",
    "Built": "building.build",
    "Cluster": "cluster",
    "Collection": "collection",
    "CollectionManifest": "manifest",
    "CollectionWriter": "writer",
    "Here": "building.runners",
    "OnRay": "building.ray_tasks",
    "Processes": "building.processes",
    "Published": "stores.published",
    "Runner": "building.runners",
    "ShardEntry": "manifest",
    "build": "building.build",
    "cache_of": "stores.syncing",
    "create": "creating",
    "default_runner": "building.processes",
    "publish": "stores.publishing",
    "read_collection": "manifest",
    "split": "splitting",
    "sync": "stores.syncing",
}

__all__ = [
    "BuildProgress",
    "Built",
    "Cluster",
    "Collection",
    "CollectionManifest",
    "CollectionWriter",
    "Here",
    "OnRay",
    "Processes",
    "Published",
    "Runner",
    "ShardEntry",
    "build",
    "cache_of",
    "create",
    "default_runner",
    "publish",
    "read_collection",
    "split",
    "sync",
]

if not TYPE_CHECKING:  # a type checker that saw it would take any name for one that is there

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module 'searchlib.cluster' has no attribute {name!r}")
        globals()[name] = value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        return value

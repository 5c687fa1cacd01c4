"""What the workers of a collection serve: for each shard its index, at the newest version of the manifest."""

from __future__ import annotations

import os

from ..manifest import read_collection
from ..worker import Worker
from .placing import Serving
from .versions import Opener


def opener(folder: str, shard: int) -> Opener:
    """Opens a shard of the collection in a folder, each time as the manifest says by then."""

    def opened() -> tuple[int, Worker]:
        worker = Worker(folder, shard)
        return worker.version, worker

    return opened


def shards_of(folder: str) -> list[Serving]:
    """What the workers of a collection are to serve. Errors: those of read_collection."""
    path = os.path.realpath(folder)  # workers run elsewhere
    return [Serving(f"{__name__}:opener", [path, shard]) for shard in range(read_collection(path).num_shards)]

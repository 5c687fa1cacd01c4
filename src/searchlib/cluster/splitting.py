"""More shards of the same documents: each shard becomes several, by joining what it has.

The hash of an id says where a document goes: shard `s` of `n` becomes `s`, `s + n`, and so on.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..index import Index
from ..storage.files import LOCK
from .building.runners import Here, Runner
from .manifest import CollectionManifest, ShardEntry
from .ordinals import shard_of
from .shard_folders import clone, shard_folder, shard_path
from .writer import CollectionWriter


def split(
    folder: str | os.PathLike[str], shards: int, *, runner: Runner | None = None, timeout: float = 0.0
) -> CollectionManifest:
    """Give a collection more shards, a multiple of those that it has: its next version, durable when this
    returns.

    A new shard has the segments of the one that it comes of, joined without the documents that are in others
    now. All is kept, also of fields that are not stored; scores, ids and the order stay. Stored texts are
    scanned for what goes out of the statistics with them, and looked up in no dictionary.

    shards: how many it has then. runner: where the shards are made, as of build; None: in this process.
    ValueError: that is no multiple; build the collection anew. Raises LockError, AnalyzerMismatchError.
    """
    with CollectionWriter(folder, timeout=timeout) as writer, runner or Here() as tasks:
        before = writer.manifest
        if type(shards) is not int or shards <= before.num_shards or shards % before.num_shards:
            raise ValueError(
                f"a collection of {before.num_shards} shards becomes one of {2 * before.num_shards}, "
                f"{3 * before.num_shards} or another multiple, got {shards!r}; or build it anew"
            )
        path = os.path.abspath(folder)  # noqa: PTH100
        for number in range(before.num_shards):
            shard_folder(path, before, number)  # each is there
        version = before.version + 1
        arguments = [
            (path, before.shards[shard % before.num_shards].path, shard, shards, version)
            for shard in range(shards)
        ]
        made = dict(tasks.run(part_of_shard, arguments, lambda: None))
        entries = tuple(made[shard] for shard in range(shards))
        manifest = before.replace(version=version, shards=entries)
        writer.become(manifest)
        return manifest


def part_of_shard(folder: str, source: str, shard: int, num_shards: int, version: int) -> ShardEntry:
    """One of the shards that another one becomes: a task, which may be done again."""
    path = shard_path(shard, version)
    made = Path(folder) / path
    clone(Path(folder) / source, made)
    with Index.open(made) as index:
        with index.writer() as writer:
            for document_id in index.ids():
                if shard_of(document_id, num_shards) != shard:
                    writer.delete(document_id)
            writer.merge()
        entry = ShardEntry(path, index.generation, len(index))
    (made / LOCK).unlink(missing_ok=True)
    return entry

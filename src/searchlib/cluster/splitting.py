"""More shards of the same documents: each shard becomes several, by joining what it has.

The hash of an id says where a document goes: shard `s` of `n` becomes `s`, `s + n`, and so on.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..index import Index
from ..storage.files import LOCK
from .manifest import CollectionManifest, ShardEntry
from .ordinals import shard_of
from .shard_folders import clone, shard_path
from .writer import CollectionWriter


def split(folder: str | os.PathLike[str], shards: int, *, timeout: float = 0.0) -> CollectionManifest:
    """Give a collection more shards, a multiple of those that it has: its next version, durable when this
    returns.

    No text is analysed again: a new shard has the segments of the one that it comes of, joined without the
    documents that are in others now. All is kept, also of fields that are not stored; scores, ids and the
    order stay.
    shards: how many it has then.

    ValueError: that is no multiple; build the collection anew. Raises LockError, AnalyzerMismatchError.
    """
    with CollectionWriter(folder, timeout=timeout) as writer:
        before = writer.manifest
        if type(shards) is not int or shards <= before.num_shards or shards % before.num_shards:
            raise ValueError(
                f"a collection of {before.num_shards} shards becomes one of {2 * before.num_shards}, "
                f"{3 * before.num_shards} or another multiple, got {shards!r}; or build it anew"
            )
        return _split(writer, Path(os.path.abspath(folder)), before, shards)  # noqa: PTH100


def _split(
    writer: CollectionWriter, folder: Path, before: CollectionManifest, shards: int
) -> CollectionManifest:
    version = before.version + 1
    entries = [
        _part_of_shard(folder, before.shards[shard % before.num_shards].path, shard, shards, version)
        for shard in range(shards)
    ]
    manifest = before.replace(version=version, shards=tuple(entries))
    writer.become(manifest)
    return manifest


def _part_of_shard(folder: Path, source: str, shard: int, num_shards: int, version: int) -> ShardEntry:
    """One of the shards that another one becomes."""
    path = shard_path(shard, version)
    clone(folder / source, folder / path)
    with Index.open(folder / path) as index:
        with index.writer() as writer:
            for document_id in index.ids():
                if shard_of(document_id, num_shards) != shard:
                    writer.delete(document_id)
            writer.merge()
        entry = ShardEntry(path, index.generation, len(index))
    (folder / path / LOCK).unlink(missing_ok=True)
    return entry

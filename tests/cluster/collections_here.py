"""Collections made in this process, beside one index of the same documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from searchlib import Index, Schema
from searchlib.cluster.collection import Collection
from searchlib.cluster.manifest import CollectionManifest, ShardEntry, replace_collection
from searchlib.cluster.ordinals import ORDINAL, shard_of, shard_schema
from searchlib.cluster.worker import Worker

Step = tuple[str, Any]
"""("add", document), ("delete", id), ("commit", None) or ("merge", None)."""


class HereFleet:
    """The workers of a collection, asked one after the other."""

    def __init__(self, folder: Path, num_shards: int) -> None:
        self.num_shards = num_shards
        self._workers = [Worker(folder, shard) for shard in range(num_shards)]

    @property
    def version(self) -> int:
        return self._workers[0].version

    def ask(
        self,
        messages: Mapping[int, bytes],
        timeout: float | None = None,
        *,
        version: int | None = None,
        partial: bool = False,
    ) -> dict[int, bytes]:
        return {shard: self._workers[shard].answer(message) for shard, message in messages.items()}

    def close(self) -> None:
        for worker in self._workers:
            worker.close()


def one_index(folder: Path, schema: Schema, steps: Sequence[Step]) -> Index:
    """The index that the steps make."""
    index = Index.create(folder, schema)
    _take(index, steps)
    return index


def collection_of(folder: Path, schema: Schema, steps: Sequence[Step], num_shards: int) -> Collection:
    """The collection that the same steps make."""
    by_shard: list[list[Step]] = [[] for _ in range(num_shards)]
    for ordinal, (name, value) in enumerate(steps):
        if name == "add":
            value = {**value, ORDINAL: ordinal}
            by_shard[shard_of(value["id"], num_shards)].append((name, value))
        elif name == "delete":
            by_shard[shard_of(value, num_shards)].append((name, value))
        else:
            for each in by_shard:
                each.append((name, value))
    entries = []
    for shard, its in enumerate(by_shard):
        index = Index.create(folder / f"shard-{shard}", shard_schema(schema))
        _take(index, its)
        index.refresh()
        entries.append(ShardEntry(f"shard-{shard}", index.stats()["generation"], len(index)))
        index.close()
    manifest = CollectionManifest(1, schema.to_dict(), tuple(entries), len(steps))
    replace_collection(folder, manifest)
    return Collection(HereFleet(folder, num_shards))


def _take(index: Index, steps: Sequence[Step]) -> None:
    with index.writer() as writer:
        for name, value in steps:
            if name == "add":
                writer.add(value)
            elif name == "delete":
                writer.delete(value)
            elif name == "commit":
                writer.commit()
            else:
                writer.merge()
    index.refresh()

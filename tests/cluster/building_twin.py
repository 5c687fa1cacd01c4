"""What a collection must be: the documents of one index that `searchlib index` makes, in its order.

And what kills the tasks of a build at random, wherever they run.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import searchlib
from searchlib import Index, Problem, Schema, Sources, update_index
from searchlib.cluster import CollectionManifest, Runner
from searchlib.storage.columns import ColumnReader
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.manifest import read_manifest
from searchlib.storage.opened import OpenSegment


def one_index(folder: Path, *paths: Path, schema: Schema | None = None) -> tuple[Index, list[Problem]]:
    """What `searchlib index` makes of the paths."""
    problems: list[Problem] = []
    sources = Sources(*paths, schema=schema, grows=schema is None, on_error=problems.append)
    index = Index.create(folder, sources.schema, inferred=schema is None)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    return index, problems


def ordinals(folder: Path) -> list[int]:
    """Those of a shard's live documents, in their order there."""
    directory = DiskDirectory(folder)
    manifest = read_manifest(directory)
    schema = Schema.from_dict(manifest.schema)
    found = []
    for entry in manifest.segments:
        opened = OpenSegment(directory, entry, schema)
        column = ColumnReader(opened.file, "_ordinal", "integer", entry.num_docs)
        dead = set() if opened.deletes is None else set(opened.deletes.docs())
        found += [column.get(doc)[0] for doc in range(entry.num_docs) if doc not in dead]
    return found


def documents(folder: Path, manifest: CollectionManifest) -> list[dict[str, Any]]:
    """Those of a collection, in the order of their ordinals."""
    found = []
    for shard in manifest.shards:
        index = searchlib.open(folder / shard.path)
        assert index.generation == shard.generation
        numbers = ordinals(folder / shard.path)
        assert numbers == sorted(set(numbers)), "in a shard they stand in their order"
        assert len(numbers) == len(index) == shard.num_docs
        assert all(number < manifest.next_ordinal for number in numbers)
        found += list(zip(numbers, index, strict=True))
    return [document for _, document in sorted(found, key=lambda pair: pair[0])]


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a collection."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / "write.lock"
    }


class Deadly(Runner):
    """Tasks that die, now at their beginning, now in the middle, now when all is done and nobody knows it."""

    def __init__(self, inner: Runner, marks: Path, seed: int, most: int = 2) -> None:
        """most: so often a task dies, at most."""
        self._inner, self._marks, self._seed, self._most = inner, marks, seed, most
        marks.mkdir()

    def run(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        deadly = [
            (str(self._marks), self._seed, self._most, number, function, *task)
            for number, task in enumerate(tasks)
        ]
        return self._inner.run(may_die, deadly, tick)

    def close(self) -> None:
        self._inner.close()

    @property
    def num_deaths(self) -> int:
        return sum(int(path.read_text()) for path in self._marks.iterdir())


def may_die(
    marks: str, seed: int, most: int, number: int, function: Callable[..., Any], *arguments: Any
) -> Any:
    """The task, a few times in vain."""
    name = hashlib.blake2b(f"{function.__name__} {number}".encode(), digest_size=8).hexdigest()
    mark = Path(marks) / name
    deaths = int(mark.read_text()) if mark.exists() else 0
    how = random.Random(f"{seed} {name} {deaths}").choice(["begin", "middle", "end", "", ""])
    if deaths >= most or not how:
        return function(*arguments)
    mark.write_text(str(deaths + 1))
    if how == "begin":
        os._exit(9)
    if how == "middle":
        threading.Timer(random.Random(number).random() * 0.05, os._exit, (9,)).start()
        function(*arguments)
    function(*arguments)
    os._exit(9)

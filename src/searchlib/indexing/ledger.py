"""Which files gave which documents, so that a second run reads only what changed.

The dict of an index's metadata comes in, and changes; the writer makes it durable with its commit. A file
that has the same size and time is taken to be the same; with another time, its digest decides. Nothing is
known here of formats, and no document is written.

    {"version": 1, "roots": {"/home/a/corpus": {"notes/a.txt": {record}, …}, …}}

A record holds size_bytes, mtime_ns and digest, and the ids that the file gave: none named (its own name),
`rows`: n (name#1 … name#n, those of a file's lines without an id), `ids`: the rows' own, or null where there
are too many to keep.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .files import SourceFile, Walk

MAX_IDS = 200_000
"""The most ids of rows kept for a file: beyond, a row that is taken out of the file stays in the index."""

_VERSION = 1
_YOUNG_NS = 2_000_000_000


class Ids:
    """The ids that a file gives, gathered while it is read."""

    def __init__(self) -> None:
        self._is_document = True
        self.last_line = 0
        self._own: list[str] | None = []

    def add_row(self, line: int, own_id: str | None) -> None:
        self._is_document = False
        if own_id is None:
            self.last_line = line
        elif self._own is not None:
            self._own.append(own_id)
            if len(self._own) > MAX_IDS:
                self._own = None

    def to_record(self) -> dict[str, Any]:
        """The part of a file's record that says which ids it gave."""
        if self._is_document:
            return {}
        record: dict[str, Any] = {"rows": self.last_line}
        if self._own is None or self._own:
            record["ids"] = self._own
        return record


def new_record(
    file: SourceFile, digest: str, ids: Ids, *, num_refused: int = 0, options: str = ""
) -> dict[str, Any]:
    """What is remembered of a file that was read."""
    record: dict[str, Any] = {
        "size_bytes": file.size_bytes,
        "mtime_ns": _settled(file.mtime_ns),
        "digest": digest,
        **ids.to_record(),
    }
    if num_refused:
        record["refused"] = num_refused
    if options:
        record["options"] = options
    return record


class Ledger:
    """The records of all files that an index was made from; a view on a dict of its metadata."""

    def __init__(self, metadata: dict[str, Any]) -> None:
        kept = metadata.get("sources")
        if not isinstance(kept, dict) or kept.get("version") != _VERSION:
            kept = {"version": _VERSION, "roots": {}}
        metadata["sources"] = kept
        self._roots: dict[str, dict[str, dict[str, Any]]] = kept["roots"]

    def get(self, file: SourceFile) -> dict[str, Any] | None:
        return self._roots.get(file.root, {}).get(file.name)

    def records(self, root: str) -> dict[str, dict[str, Any]]:
        """The records of one folder's files, by name."""
        return self._roots.get(root, {})

    def looks_unchanged(self, file: SourceFile, options: str) -> bool:
        """Whether size and time, and how the file was read, are those of the last run."""
        record = self.get(file)
        return (
            record is not None
            and record["size_bytes"] == file.size_bytes
            and record["mtime_ns"] == file.mtime_ns
            and record.get("options", "") == options
        )

    def may_be_unchanged(self, file: SourceFile, options: str) -> bool:
        """Whether only the time differs, so that the digest must tell."""
        record = self.get(file)
        return (
            record is not None
            and record["size_bytes"] == file.size_bytes
            and record.get("options", "") == options
        )

    def put(self, file: SourceFile, record: dict[str, Any]) -> None:
        self._roots.setdefault(file.root, {})[file.name] = record

    def touch(self, file: SourceFile) -> None:
        """The content is the same, the time is another."""
        self._roots[file.root][file.name]["mtime_ns"] = _settled(file.mtime_ns)

    def forget(self, root: str, name: str) -> None:
        self._roots[root].pop(name)
        if not self._roots[root]:
            del self._roots[root]

    def other_holder(self, file: SourceFile) -> str | None:
        """The path of another living file, under another root, whose document has the same name as id."""
        for root, records in list(self._roots.items()):
            if root != file.root and file.name in records:
                path = str(Path(root, file.name))
                if os.path.lexists(path):
                    return path
                self.forget(root, file.name)  # it moved here, or is gone: its ids pass to this file
        return None

    def under(self, path: str) -> Iterator[tuple[str, str]]:
        """(root, name) of the recorded files that are, or lie under, a path that is gone."""
        path = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
        for root, records in list(self._roots.items()):
            for name in list(records):
                file = str(Path(root, name))
                if file == path or file.startswith(path + os.sep):
                    yield root, name

    def vanished(self, walk: Walk, seen: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """(root, name) of the recorded files that a walk over their folder did not meet."""
        for root in walk.folders:
            for name in list(self._roots.get(root, ())):
                path = str(Path(root, name))
                blocked = any(path.startswith(folder + os.sep) for folder in walk.blocked)
                if (root, name) not in seen and not blocked:
                    yield root, name

    def own_ids(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Each id that a file gave, with its root and name; without those made of its name and a line."""
        for root, records in self._roots.items():
            for name, record in records.items():
                if "rows" not in record:
                    yield name, (root, name)
                for document_id in record.get("ids") or ():
                    yield document_id, (root, name)

    def still_given(self, ids: set[str]) -> set[str]:
        """Those of `ids` that some recorded file gives."""
        given: set[str] = set()
        by_stem: dict[str, list[tuple[str, int]]] = {}
        for key in ids:
            stem, _, line = key.rpartition("#")
            if stem and line.isascii() and line.isdigit():
                by_stem.setdefault(stem, []).append((key, int(line)))
        for records in self._roots.values():
            for name, record in records.items():
                if "rows" not in record and name in ids:
                    given.add(name)
                given.update(ids.intersection(record.get("ids") or ()))
                given.update(key for key, line in by_stem.get(name, ()) if 0 < line <= record.get("rows", 0))
        return given


def stale_ids(name: str, old: dict[str, Any], new: dict[str, Any] | None) -> Iterator[str]:
    """The ids that a file gave by its old record and does not give by its new one; new=None: it is gone.

    A row that is still there but was refused this time keeps its document.
    """
    if "rows" not in old:
        if new is None or "rows" in new:
            yield name
        return
    last = (new or {}).get("rows", 0)
    for line in range(last + 1, old["rows"] + 1):
        yield f"{name}#{line}"
    kept = (new or {}).get("ids", [])
    if kept is not None:
        yield from set(old.get("ids") or ()).difference(kept)


def _settled(mtime_ns: int) -> int:
    """0 for a file so young that it may change again within the same tick of its file system's clock."""
    return mtime_ns if time.time_ns() - mtime_ns > _YOUNG_NS else 0

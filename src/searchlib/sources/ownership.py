"""Which file an id belongs to, so that no document ever takes the place of another file's, or of its own.

It remembers which files gave which ids, and says which id a document gets in place of one that is taken. No
document is read or written here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import row_names
from .files import SourceFile

Key = tuple[str, str]
"""A file: its root and its name."""


class Owners:
    """The owners of ids: those that earlier runs recorded, and those that this run has given so far.

    An id has one owner. A file that is gone owns its ids until it is pruned: its documents are still there.
    """

    def __init__(self, owned: Iterable[tuple[str, Key]] = ()) -> None:
        self._recorded: Iterable[tuple[str, Key]] = owned
        self._owners: dict[str, Key] | None = None
        self._next_number: dict[str, int] = {}

    def owner(self, document_id: str) -> Key | None:
        """The file that gave this id; None if none did."""
        return self._known().get(document_id)

    def give(self, key: Key, document_ids: Iterable[str]) -> None:
        """These belong to that file, whose they were before or nobody's."""
        self._known().update(dict.fromkeys(document_ids, key))

    def release(self, document_ids: Iterable[str]) -> None:
        """These belong to nobody any more."""
        for document_id in document_ids:
            self._known().pop(document_id, None)

    def free_id(self, file: SourceFile, document_id: str, own_id: str | None) -> str:
        """An id that nobody has: document_id if possible, or else one with more of the file's path.

        own_id: that of the row itself; None if document_id was made of the file's name.
        """
        key, known = file.key, self._known()
        if document_id not in known:
            return document_id
        base = document_id if own_id is None else row_names.by_id(file.name, own_id)
        if base not in known:
            return base
        if known[base] != key:
            for prefix in _folders(file):
                if f"{prefix}{base}" not in known:
                    return f"{prefix}{base}"
        for number in itertools.count(self._next_number.get(base, 2)):
            self._next_number[base] = number  # the same id in each row of a file must not take quadratic time
            found = f"{base}#{number}" if own_id is None else row_names.by_id(file.name, own_id, number)
            if found not in known:
                return found
        raise AssertionError

    def _known(self) -> dict[str, Key]:
        if self._owners is None:
            self._owners = dict(self._recorded)
            self._recorded = ()
        return self._owners


def shown(key: Key) -> str:
    """How an owner is called in a message."""
    return str(Path(*key)) if key[0] else "standard input"


def path_of(key: Key) -> str:
    """A recorded file's absolute path, "" for standard input."""
    root, name = key  # by hand: it is asked for each of many files
    return f"{root}{name}" if root.endswith("/") else f"{root}/{name}" if root else ""


def _folders(file: SourceFile) -> Iterator[str]:
    """exports/, data/exports/, … for a file in /…/data/exports."""
    if not file.root:
        return  # standard input
    prefix = ""
    for part in reversed(Path(file.root).parts[1:]):
        prefix = f"{part}/{prefix}"
        yield prefix

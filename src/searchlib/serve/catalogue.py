"""The indexes that a server serves, by name. Each is opened when it is first asked for, and stays open.

Some are named when the server starts; a root is a folder of indexes, of which new ones are seen as they come.
"""

from __future__ import annotations

import itertools
import os
import re
import threading
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

from ..cluster.manifest import COLLECTION
from ..errors import IndexExistsError, IndexNotFoundError
from ..index import Index
from ..opening import open as open_index
from ..schema import Schema
from ..sources.inference import document_schema
from ..storage.files import MANIFEST
from .problems import ProblemError

_NAME = re.compile(r"\w[\w.-]{0,99}")


class Catalogue(Mapping[str, Index]):
    """Indexes by name. Each follows the commits of other processes by itself.

    folders: where each is. root: a folder whose subfolders are served, too, and where new ones are made; None
    for none. refresh_seconds: how soon a commit is seen.
    """

    def __init__(self, folders: Mapping[str, str], root: str | None, refresh_seconds: float) -> None:
        self._named, self._root, self._refresh_seconds = dict(folders), root, refresh_seconds
        self._opened: dict[str, Index] = {}
        self._opening = threading.RLock()
        self._serials: weakref.WeakKeyDictionary[Index, int] = weakref.WeakKeyDictionary()
        self._numbers = itertools.count()

    def __getitem__(self, name: str) -> Index:
        """The index of that name; a Problem of status 404, which names those that there are."""
        opened = self._opened.get(name)
        if opened is not None:
            return opened
        folder = self.folder(name)
        with self._opening:
            if name not in self._opened:
                try:
                    self._opened[name] = open_index(folder, auto_refresh=self._refresh_seconds)
                except IndexNotFoundError:
                    raise self._unknown(name) from None
            return self._opened[name]

    def at_hand(self, name: str) -> Index | None:
        """The index of that name, if it is open already."""
        return self._opened.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._folders()))

    def __len__(self) -> int:
        return len(self._folders())

    def folder(self, name: str) -> str:
        """Where it is."""
        if name in self._named:
            return self._named[name]
        if self._root is not None and _NAME.fullmatch(name):
            folder = os.path.join(self._root, name)  # noqa: PTH118
            if _is_index(folder):
                return folder
        raise self._unknown(name)

    def create(self, name: str, schema: Schema | None) -> dict[str, Any]:
        """A new index in the root; None has its schema come with its documents."""
        if self._root is None:
            detail = "this server serves certain indexes; start it with --root DIR to make new ones there"
            raise ProblemError(403, "NotHere", "No index can be made here", detail)
        if not _NAME.fullmatch(name):
            detail = f"a name has letters, digits, _ . and -, up to 100, got {name!r:.120}"
            raise ProblemError(400, "BadName", "Not a name for an index", detail)
        folder = os.path.join(self._root, name)  # noqa: PTH118
        if name in self._named:
            folder = self._named[name]
        try:
            Index.create(folder, schema or document_schema(), inferred=schema is None).close()
        except IndexExistsError:
            detail = (
                f"there is an index {name!r} already; PATCH …/fields changes its fields, DELETE deletes it"
            )
            raise ProblemError(409, "IndexExistsError", "There is such an index already", detail) from None
        index = self[name]
        return {"name": name, "documents": len(index), "fields": index.schema.to_dict()}

    def forget(self, name: str) -> None:
        """Close an index that is to go."""
        with self._opening:
            if name in self._opened:
                self._opened.pop(name).close()

    def opened(self) -> dict[str, Index]:
        """Those that are open already."""
        return dict(self._opened)

    def serial(self, name: str) -> int:
        """What tells an open index from another one that was there under its name."""
        opened = self._opened.get(name)
        return -1 if opened is None else self._serials.setdefault(opened, next(self._numbers))

    def close(self) -> None:
        """Let go of all files."""
        with self._opening:
            for index in self._opened.values():
                index.close()
            self._opened.clear()

    def _folders(self) -> dict[str, str]:
        found = {name: folder for name, folder in self._named.items() if _is_index(folder)}
        if self._root is not None and os.path.isdir(self._root):  # noqa: PTH112
            for entry in os.scandir(self._root):
                if entry.name not in self._named and _NAME.fullmatch(entry.name) and _is_index(entry.path):
                    found[entry.name] = entry.path
        return found

    def _unknown(self, name: str) -> ProblemError:
        known = ", ".join(list(self)[:20]) or "none"
        detail = f"no index is served as {name!r:.100}; there are: {known}"
        return ProblemError(404, "IndexNotFoundError", "There is no such index", detail)


def _is_index(folder: str) -> bool:
    """An index, or a collection of several shards."""
    names = (MANIFEST, COLLECTION)
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)  # noqa: PTH118

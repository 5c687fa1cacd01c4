"""The indexes that a server serves, by name. Each is opened when it is first asked for, and stays open."""

from __future__ import annotations

import itertools
import os
import threading
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..index import Index
from .problems import ProblemError


class Catalogue(Mapping[str, Index]):
    """Indexes by name. Each follows the commits of other processes by itself.

    folders: where each is. refresh_seconds: how soon a commit is seen.
    """

    def __init__(self, folders: Mapping[str, str], refresh_seconds: float) -> None:
        self._folders, self._refresh_seconds = dict(folders), refresh_seconds
        self._opened: dict[str, Index] = {}
        self._opening = threading.Lock()
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
                self._opened[name] = Index.open(folder, auto_refresh=self._refresh_seconds)
            return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._folders))

    def __len__(self) -> int:
        return len(self._folders)

    def folder(self, name: str) -> str:
        """Where it is."""
        try:
            return self._folders[name]
        except KeyError:
            known = ", ".join(list(self)[:20]) or "none"
            raise ProblemError(
                404,
                "IndexNotFoundError",
                "There is no such index",
                f"no index is served as {name!r:.100}; there are: {known}",
            ) from None

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


def names_of(folders: list[str]) -> dict[str, str]:
    """Folders by the names that they are served under: the last part of each path, or what stands before =.

    ValueError where two have one name.
    """
    named: dict[str, str] = {}
    for given in folders:
        name, equals, path = given.partition("=")
        if not equals or os.sep in name:
            path = given
            name = Path(given).resolve().name
        if name in named and Path(named[name]).resolve() != Path(path).resolve():
            raise ValueError(
                f"two indexes would be served as {name!r}: {named[name]} and {path}; "
                "give one of them another name, as NAME=DIR"
            )
        named[name] = path
    return named

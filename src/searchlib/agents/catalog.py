"""The indexes that a server serves, by name: always as of the last commit, and as of earlier ones for pages.

An index is opened when it is first asked for, and one that is not there yet is looked for again each time.
The snapshot of an answer that has a cursor is kept for a while, so that its next page shows the same state.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import searchlib

from .refusals import unknown

if TYPE_CHECKING:
    from searchlib import Index, Synonyms, Translations

MAX_KEPT = 4
"""Snapshots of one index that are kept for further pages."""
KEPT_SECONDS = 900.0


class Served:
    """One index. name: what tools call it; path: its folder."""

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path
        self._moving = threading.Lock()
        self.writing = threading.Lock()
        self._live: Index | None = None
        self._kept: OrderedDict[int, tuple[float, Index]] = OrderedDict()

    def current(self) -> Index:
        """The index as of the last commit. Errors are those of `searchlib.open`."""
        with self._moving:
            try:
                if self._live is None:
                    self._live = searchlib.open(self.path)
                else:
                    self._live.refresh()
            except Exception:
                self._live = None  # it may be another one when it is there again
                self._kept.clear()
                raise
            self._let_go()
            return self._live.pinned()

    def as_of(self, generation: int) -> Index:
        """The index as of that commit, if it is the last one or kept; else as of the last one."""
        index = self.current()
        with self._moving:
            kept = self._kept.get(generation)
        return index if kept is None or index.generation == generation else kept[1]

    def keep(self, index: Index) -> None:
        """Keep a snapshot, since somebody was given a cursor into it."""
        with self._moving:
            self._kept.pop(index.generation, None)
            self._kept[index.generation] = time.monotonic(), index
            self._let_go()

    def _let_go(self) -> None:
        """Let go of what has been kept for long enough, and of the oldest, where it is too many."""
        too_old = time.monotonic() - KEPT_SECONDS
        while self._kept and (len(self._kept) > MAX_KEPT or next(iter(self._kept.values()))[0] < too_old):
            self._kept.popitem(last=False)

    def close(self) -> None:
        """Let go of the files."""
        with self._moving:
            if self._live is not None:
                self._live.close()
            self._live = None
            self._kept.clear()


class Catalog(Mapping[str, Served]):
    """The indexes by name; the first is asked where none is named.

    paths: folders by name. timeout: the seconds that a call may take. synonyms, translations: what queries
    are expanded with besides what comes with searchlib. may_write: whether documents may be added and
    deleted.
    """

    def __init__(
        self,
        paths: Mapping[str, str],
        *,
        timeout: float = 10.0,
        synonyms: Synonyms | None = None,
        translations: Translations | None = None,
        may_write: bool = False,
    ) -> None:
        if not paths:
            raise ValueError("a catalog has at least one index")
        self._served = {name: Served(name, path) for name, path in paths.items()}
        self.timeout, self.may_write = timeout, may_write
        self.synonyms, self.translations = synonyms, translations

    def __getitem__(self, name: str) -> Served:
        return self._served[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._served)

    def __len__(self) -> int:
        return len(self._served)

    def chosen(self, name: str | None) -> Served:
        """The index of that name, or the first one; Refusal, which names those that there are."""
        if name is None:
            return next(iter(self._served.values()))
        if name not in self._served:
            raise unknown("unknown_index", "index", name, self._served, "indexes")
        return self._served[name]

    def wait_for_writes(self, seconds: float) -> None:
        """Wait until nothing is written any more, or so many seconds for each index; nothing is written
        later."""
        for served in self._served.values():
            served.writing.acquire(timeout=seconds)

    def close(self) -> None:
        """Let go of all files."""
        for served in self._served.values():
            served.close()

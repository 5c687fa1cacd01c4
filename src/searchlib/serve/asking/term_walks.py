"""Walks through the terms of a field, page by page. A walk that stopped is kept for the next page."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...index import Index
    from ...search.terms import TermStatistics

MAX_KEPT = 16


class Walks:
    """Those that stopped, by what was asked and where they stopped. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Iterator[TermStatistics]] = OrderedDict()
        self._lock = threading.Lock()

    def page(
        self, name: str, index: Index, key: tuple[str, str, bool], after: str | None, limit: int
    ) -> tuple[list[TermStatistics], str | None]:
        """The next terms, and the last of them, where the next page goes on; None behind the last page.

        name: the index's; key: field, prefix, and whether places are counted.
        """
        asked = name, index.generation, *key
        walk = None
        with self._lock:
            for kept in [each for each in self._kept if each[0] == name and each[1] != asked[1]]:
                del self._kept[kept]  # they hold the files of an earlier commit
            if after is not None:
                walk = self._kept.pop((*asked, after), None)
        if walk is None:
            field, prefix, places = key
            walk = index.terms(field, prefix, places=places)
            if after is not None:
                behind = after.encode("utf-8", "replace")
                walk = itertools.dropwhile(lambda one: one.term.encode() <= behind, walk)
        found = list(itertools.islice(walk, limit))
        ahead = next(walk, None)
        if ahead is None:
            return found, None
        last = found[-1].term
        with self._lock:
            stopped = (*asked, last)
            self._kept[stopped] = itertools.chain([ahead], walk)
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return found, last

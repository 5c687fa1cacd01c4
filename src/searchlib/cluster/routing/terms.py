"""A walk over the terms of all shards, in the order of their bytes."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from .asking import Shards


class RemoteTerms:
    """A walk over the terms of all shards."""

    def __init__(self, shards: Shards, field: int, prefix: str, places: bool) -> None:
        self._shards, self._asked = shards, (field, prefix, places)
        self._walk = heapq.merge(*map(self._of_shard, shards.numbers), key=lambda term: term[0].encode())
        self._next: tuple[str, int, int] | None = None

    def _of_shard(self, shard: int) -> Iterable[tuple[str, int, int]]:
        after = None
        while True:
            found = self._shards.one(shard, ["terms", *self._asked, after, 1024])
            if not found:
                return
            yield from found
            after = found[-1][0]

    def next(self, limit: int) -> list[tuple[str, int, int]]:
        """The next terms, at most so many; [] at the end."""
        found: list[tuple[str, int, int]] = []
        for term, docs, places in self._walk:
            if self._next is not None and self._next[0] == term:
                self._next = term, self._next[1] + docs, self._next[2] + places
                continue
            if self._next is not None:
                found.append(self._next)
            self._next = term, docs, places
            if len(found) == limit:
                return found
        if self._next is not None:
            found.append(self._next)
            self._next = None
        return found

"""Questions to the shards of one version: sent together, answered together, remembered where they recur."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING, Any

from ..errors import SearchTimeout
from .messages import Question, Totals, message, read_answer

if TYPE_CHECKING:
    from .fleets.fleet import Fleet

_MAX_KEPT = 200_000


class Shards:
    """The shards at one version. Safe to share between threads.

    statistics: those of all of them together, which come with each question that scores.
    """

    def __init__(self, fleet: Fleet, version: int) -> None:
        self._fleet, self.version = fleet, version
        self.numbers = range(fleet.num_shards)
        self.totals: Totals | None = None
        self._kept: dict[Any, Any] = {}
        self._time = local()

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """What this thread asks meanwhile shares that time; then SearchTimeout."""
        before = getattr(self._time, "end", None)
        if seconds is not None:
            end = time.monotonic() + seconds
            self._time.end = end if before is None else min(before, end)
        try:
            yield
        finally:
            self._time.end = before

    def _left(self, seconds: float | None) -> float | None:
        end = getattr(self._time, "end", None)
        if end is None:
            return seconds
        left = float(end - time.monotonic())
        if left <= 0:
            raise SearchTimeout("the time is over", None)
        return left if seconds is None else min(left, seconds)

    def ask(
        self, questions: Mapping[int, Sequence[Question]], seconds: float | None = None, scores: bool = False
    ) -> dict[int, list[Any]]:
        """The results of some shards. scores: whether the questions ask for scores."""
        left = self._left(seconds)
        totals = self.totals if scores else None
        encoded: dict[int, bytes] = {}
        seen: dict[int, bytes] = {}
        for shard, asked in questions.items():
            known = seen.get(id(asked))
            encoded[shard] = known if known is not None else message(self.version, left, totals, asked)
            seen[id(asked)] = encoded[shard]
        return {
            shard: read_answer(data)
            for shard, data in self._fleet.ask(encoded, left, version=self.version).items()
        }

    def all(self, question: Question, seconds: float | None = None, scores: bool = False) -> list[Any]:
        """The result of each shard."""
        asked = [question]
        found = self.ask(dict.fromkeys(self.numbers, asked), seconds, scores)
        return [found[shard][0] for shard in self.numbers]

    def one(self, shard: int, question: Question, scores: bool = False) -> Any:
        """The result of one shard."""
        return self.ask({shard: [question]}, scores=scores)[shard][0]

    # ---- what recurs: the version never changes, so neither do answers

    def kept(self, key: Any) -> Any:
        """What was remembered, or None."""
        return self._kept.get(key)

    def keep(self, key: Any, value: Any) -> Any:
        """Remember it."""
        if len(self._kept) >= _MAX_KEPT:
            self._kept = {}
        self._kept[key] = value
        return value

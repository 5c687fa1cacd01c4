"""Questions to the shards of one version: sent together, answered together, remembered where they recur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import _core
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

    @staticmethod
    def _left(seconds: float | None) -> float | None:
        """Of what the question may take, and of the time that the call as a whole was given."""
        left = _core.seconds_left()
        if left is None:
            return seconds
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

"""Questions to the shards of one version: sent together, answered together, remembered where they recur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import local
from typing import TYPE_CHECKING, Any

from ... import _core
from ...errors import ClosedError, SearchTimeout
from ..messages import Question, Totals, message, read_answer

if TYPE_CHECKING:
    from ..fleets.fleet import Fleet

_MAX_KEPT = 200_000


class Shards:
    """The shards at one version. Safe to share between threads.

    totals: of all of them together; they come with each question that scores. partial: whether what some
    shards answer will do where others do not; `missing` says which, to the thread that asked.
    """

    def __init__(self, fleet: Fleet, version: int, partial: bool = False) -> None:
        self._fleet, self.version, self._partial = fleet, version, partial
        self.numbers = range(fleet.num_shards)
        self.totals: Totals | None = None
        self._kept: dict[Any, Any] = {}
        self._told = local()

    @property
    def missing(self) -> set[int]:
        """The shards that did not answer since `begin` in this thread."""
        found: set[int] = self._told.__dict__.setdefault("missing", set())
        return found

    def begin(self) -> None:
        """A call begins, which nothing is missing of."""
        self._told.missing = set()

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
        self,
        questions: Mapping[int, Sequence[Question]],
        seconds: float | None = None,
        scores: bool = False,
        whole: bool = False,
    ) -> dict[int, list[Any]]:
        """The results of some shards. scores: whether scores are asked for. whole: none may be missing."""
        left = self._left(seconds)
        totals = self.totals if scores else None
        encoded: dict[int, bytes] = {}
        seen: dict[int, bytes] = {}
        for shard, asked in questions.items():
            known = seen.get(id(asked))
            encoded[shard] = known if known is not None else message(self.version, left, totals, asked)
            seen[id(asked)] = encoded[shard]
        partial = self._partial and not whole and len(questions) == len(self.numbers)
        try:
            answers = self._fleet.ask(encoded, left, version=self.version, partial=partial)
        except ClosedError:
            raise ClosedError("the collection was closed; open it again") from None
        if len(answers) < len(questions):
            self.missing.update(questions.keys() - answers.keys())
            if not answers:
                self._fleet.ask(encoded, left, version=self.version)  # raises what is the matter
        return {shard: read_answer(answers[shard]) for shard in sorted(answers)}

    def numbered(
        self, question: Question, seconds: float | None = None, scores: bool = False
    ) -> list[tuple[int, Any]]:
        """(shard, result) of each; of each that answers, where some may be missing."""
        asked = [question]
        found = self.ask(dict.fromkeys(self.numbers, asked), seconds, scores)
        return [(shard, results[0]) for shard, results in found.items()]

    def all(self, question: Question, seconds: float | None = None, scores: bool = False) -> list[Any]:
        """The results alone."""
        return [result for _, result in self.numbered(question, seconds, scores)]

    def one(self, shard: int, question: Question, scores: bool = False) -> Any:
        """The result of one shard."""
        return self.ask({shard: [question]}, scores=scores)[shard][0]

    # ---- what recurs: the version never changes, so neither do answers

    def kept(self, key: Any) -> Any:
        """What was remembered, or None."""
        return self._kept.get(key)

    def keep(self, key: Any, value: Any) -> Any:
        """Remember it, unless a shard did not answer: the value itself comes back in any case."""
        if self.missing:
            return value
        if len(self._kept) >= _MAX_KEPT:
            self._kept = {}
        self._kept[key] = value
        return value

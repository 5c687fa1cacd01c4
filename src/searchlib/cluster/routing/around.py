"""What is asked around a query, of all shards: orders, counts of values, groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...plan import PlanNode
from ..handles import ordinal_in
from ..messages import Question
from .merging import groups_of, order_key, ranked_in_order, top_terms
from .searching import Ranked, RemotePlan, RemoteSearching, hits_of


class RemoteColumn:
    """A field's column, by its place among those that there are."""

    def __init__(self, number: int) -> None:
        self.number = number


class RemoteMatches:
    """The documents that match a plan. The shards keep them for a while, and find them again if they must.

    known: how many they are, once a question about them was answered.
    """

    def __init__(self, packed: bytes, find_count: Callable[[], int]) -> None:
        self.packed, self._find_count = packed, find_count
        self.known: int | None = None

    @property
    def count(self) -> int:
        """How many they are."""
        if self.known is None:
            self.known = self._find_count()
        return self.known


class RemoteAround(RemoteSearching):
    """The part of `_core.Snapshot` that collects over matches."""

    def matches(self, plan: RemotePlan | PlanNode, timeout: float | None = None) -> RemoteMatches:
        """The documents that match."""
        packed = self._packed(plan)
        return RemoteMatches(packed, lambda: sum(self.shards.all(["num_matches", packed], timeout, True)))

    def _about(
        self, matches: RemoteMatches, question: Question, timeout: float | None
    ) -> list[tuple[int, Any]]:
        """(shard, result) of a question about matches; how many they are comes along with the first one."""
        if matches.known is not None:
            return self.shards.numbered(question, timeout, True)
        both: list[Question] = [["num_matches", matches.packed], question]
        found = self.shards.ask(dict.fromkeys(self.shards.numbers, both), timeout, True)
        matches.known = sum(results[0] for results in found.values())
        return [(shard, results[1]) for shard, results in found.items()]

    def column(self, field: int) -> RemoteColumn:
        """A field's values."""
        return RemoteColumn(field)

    def sort_matches(
        self,
        matches: RemoteMatches,
        plan: RemotePlan | PlanNode,
        keys: Sequence[tuple[RemoteColumn | None, bool, bool]],
        limit: int,
        after: tuple[Sequence[Any], int | None] | None = None,
        timeout: float | None = None,
    ) -> tuple[Ranked, list[Any]]:
        """The first in an order, and the keys of the last of them."""
        place = None
        if after is not None:
            place = [list(after[0]), None if after[1] is None else ordinal_in(after[1])]
        question = ["sort_matches", matches.packed, self._packed(plan), _numbers(keys), limit, place]
        found = self._about(matches, question, timeout)
        hits = [(hits_of(shard, *packed[:2]), packed[2]) for shard, packed in found]
        ranked, last = ranked_in_order(hits, keys, limit)
        return self._told(ranked), last

    def count_terms(
        self,
        matches: RemoteMatches,
        column: RemoteColumn,
        limit: int,
        least: int = 1,
        timeout: float | None = None,
    ) -> tuple[list[tuple[Any, int]], int, int]:
        """The most frequent values; how many there are; documents with one."""
        found = self._about(matches, ["count_terms", matches.packed, column.number], timeout)
        top, distinct = top_terms((values for _, (values, _) in found), limit, least)
        return top, distinct, sum(docs for _, (_, docs) in found)

    def count_ranges(
        self,
        matches: RemoteMatches,
        column: RemoteColumn,
        ranges: Sequence[tuple[int, int]],
        timeout: float | None = None,
    ) -> tuple[list[int], int]:
        """Documents with a value in each range; documents with a value."""
        question = ["count_ranges", matches.packed, column.number, list(ranges)]
        found = [result for _, result in self._about(matches, question, timeout)]
        counts = [sum(each) for each in zip(*(counts for counts, _ in found), strict=True)]
        return counts, sum(docs for _, docs in found)

    def extent_of(
        self, matches: RemoteMatches, column: RemoteColumn, timeout: float | None = None
    ) -> tuple[int, int] | None:
        """The least and the greatest value."""
        found = self._about(matches, ["extent_of", matches.packed, column.number], timeout)
        extents = [extent for _, extent in found if extent is not None]
        return (min(low for low, _ in extents), max(high for _, high in extents)) if extents else None

    def sum_numbers(
        self,
        matches: RemoteMatches,
        column: RemoteColumn,
        are_doubles: bool,
        timeout: float | None = None,
    ) -> tuple[int, int, int, int, int | list[float]]:
        """Documents, values, the least, the greatest, and what adds up to the sum."""
        question = ["sum_numbers", matches.packed, column.number, are_doubles]
        found = [one for _, one in self._about(matches, question, timeout) if one[1]]
        totals = [one[4] for one in found]
        whole = [part for parts in totals for part in parts] if are_doubles else sum(map(int, totals))
        low, high = min((one[2] for one in found), default=0), max((one[3] for one in found), default=0)
        return sum(one[0] for one in found), sum(one[1] for one in found), low, high, whole

    def group_matches(
        self,
        matches: RemoteMatches,
        plan: RemotePlan | PlanNode,
        column: RemoteColumn,
        keys: Sequence[tuple[RemoteColumn | None, bool, bool]],
        limit: int,
        hits_of_group: int,
        timeout: float | None = None,
    ) -> list[tuple[Any, int, Ranked]]:
        """The groups whose first documents come first."""
        packed = self._packed(plan)
        question = ["group_matches", matches.packed, packed, column.number, _numbers(keys), hits_of_group]
        groups: dict[Any, tuple[int, list[tuple[Any, float, int]]]] = {}
        for shard, of_shard in self._about(matches, question, timeout):
            for value, count, scores, ordinals, values in of_shard:
                hits = hits_of(shard, scores, ordinals)
                places = [
                    (order_key(keys, values[number] if keys else None, score, doc), score, doc)
                    for number, (score, doc) in enumerate(hits)
                ]
                known, before = groups.get(value, (0, []))
                groups[value] = known + count, [*before, *places]
        found = groups_of(groups, limit, hits_of_group)
        self._told([hit for _, _, hits in found for hit in hits])
        return found


def _numbers(keys: Sequence[tuple[RemoteColumn | None, bool, bool]]) -> list[list[Any]]:
    return [[None if column is None else column.number, reverse, first] for column, reverse, first in keys]

"""What several shards have found, in one order: as the core orders what it finds in segments."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import Any

from ... import _core

Key = tuple[Any, bool, bool]
"""(a column, None for the score; whether the greatest come first; whether those without a value do)."""


class _Descending:
    """A value that comes first where it is greater."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Descending) -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]


def order_key(keys: Sequence[Key], values: Sequence[Any] | None, score: float, doc: int) -> tuple[Any, ...]:
    """What a hit is sorted by. values: of the keys; None where there are none, and the score decides.

    Strings are sorted by what they fold to, then by their bytes; of equal hits the lower document is first.
    """
    if values is None:
        return -score, doc
    return (*(_of_key(key, value) for key, value in zip(keys, values, strict=True)), doc)


def _of_key(key: Key, value: Any) -> tuple[bool, Any]:
    _, reverse, missing_first = key
    if value is None:
        return not missing_first, 0
    comparable = (_core.folded(value).encode(), value.encode()) if isinstance(value, str) else value
    return missing_first, _Descending(comparable) if reverse else comparable


def ranked_in_order(
    found: Sequence[tuple[list[tuple[float, int]], list[list[Any]]]], keys: Sequence[Key], limit: int
) -> tuple[list[tuple[float, int]], list[Any]]:
    """The first hits of all shards, and the keys of the last of them. found: hits and their keys."""
    placed = (
        [
            (order_key(keys, values, score, doc), score, doc, values)
            for (score, doc), values in zip(hits, of_hits, strict=True)
        ]
        for hits, of_hits in found
    )
    merged = heapq.merge(*placed, key=lambda one: one[0])
    best = [one for one, _ in zip(merged, range(limit), strict=False)]
    return [(score, doc) for _, score, doc, _ in best], best[-1][3] if best else []


def top_terms(
    found: Iterable[Iterable[tuple[Any, int]]], limit: int, least: int
) -> tuple[list[tuple[Any, int]], int]:
    """The most frequent values, of equally frequent ones the least first; and how many differ."""
    counts: dict[Any, int] = {}
    for values in found:
        for value, count in values:
            counts[value] = counts.get(value, 0) + count
    wanted = [(value, count) for value, count in counts.items() if count >= least]
    top = heapq.nsmallest(min(limit, len(wanted)), wanted, key=_by_count)
    return top, len(counts)


def _by_count(pair: tuple[Any, int]) -> tuple[int, Any]:
    return -pair[1], _comparable(pair[0])


def _comparable(value: Any) -> Any:
    """Strings by their bytes."""
    return value.encode() if isinstance(value, str) else 0 if value is None else value


def groups_of(
    groups: dict[Any, tuple[int, list[tuple[Any, float, int]]]], limit: int, hits: int
) -> list[tuple[Any, int, list[tuple[float, int]]]]:
    """The groups whose first hits come first, with so many hits each. groups: of each value its documents,
    and (place, score, document) of hits."""
    sorted_groups = [
        (value, count, sorted(places, key=lambda place: place[0])[:hits])
        for value, (count, places) in groups.items()
    ]
    # One document with several values may be the first of several groups.
    sorted_groups.sort(key=lambda group: (group[2][0][0], _comparable(group[0])))
    return [
        (value, count, [(score, doc) for _, score, doc in best])
        for value, count, best in sorted_groups[:limit]
    ]

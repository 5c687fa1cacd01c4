"""The slow truth about what is asked around a query: orders, pages, facets and groups, by plain lists.

It takes the oracle's matches, (id, score) pairs, and the documents' values. It knows no columns and no
segments.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cmp_to_key
from typing import Any, TypeAlias

from oracle import Oracle
from oracle_documents import values_of
from searchlib import Recency, Sort, Static

Hit: TypeAlias = "tuple[str, float]"


def values(document: Mapping[str, Any], field: str) -> list[Any]:
    """A document's different values, ascending, days as the moments that they begin at."""
    return sorted({_comparable(value) for value in values_of(document.get(field))})


def _comparable(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=timezone.utc)
    return value.astimezone(timezone.utc) if isinstance(value, datetime) else value


def collated(value: Any) -> Any:
    """What a value is compared by: a string in small letters, without the dots of ё, and then as it is."""
    return (value.lower().replace("ё", "е"), value.encode()) if isinstance(value, str) else value


def in_order(oracle: Oracle, hits: Sequence[Hit], order: Sequence[Sort]) -> list[Hit]:
    """The hits sorted; of equal ones, the document that was added first."""
    numbers = {document_id: number for number, document_id in enumerate(oracle.documents)}

    def key_of(hit: Hit, key: Sort) -> Any:
        if key.field == "_score":
            return hit[1]
        found = [collated(value) for value in values(oracle.documents[hit[0]].values, key.field)]
        return (max if key.reverse else min)(found, default=None)

    def compare(left: Hit, right: Hit) -> int:
        for key in order:
            one, other = key_of(left, key), key_of(right, key)
            if one == other:
                continue
            if one is None or other is None:
                return -1 if (one is None) == (key.missing == "first") else 1
            descends = key.reverse != (key.field == "_score")
            return -1 if (one > other) == descends else 1
        return numbers[left[0]] - numbers[right[0]]

    return sorted(hits, key=cmp_to_key(compare))


def counted(lists: Iterable[Sequence[Any]]) -> list[tuple[Any, int]]:
    """Each value and how many documents have it: the most frequent first, of equal ones the least."""
    counts = Counter(value for found in lists for value in found)
    return sorted(counts.items(), key=lambda pair: (-pair[1], _by_bytes(pair[0])))


def _by_bytes(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def in_ranges(lists: Iterable[Sequence[Any]], borders: Sequence[Any]) -> list[int]:
    """How many documents have a value between each border and the next."""
    found = list(lists)
    return [
        sum(
            any((low is None or low <= value) and (high is None or value < high) for value in each)
            for each in found
        )
        for low, high in itertools.pairwise(borders)
    ]


def summed(lists: Iterable[Sequence[float]]) -> tuple[int, float | None, float | None, float | None]:
    """(values, least, greatest, exact sum)."""
    every = [float(value) for found in lists for value in found]
    return (len(every), min(every), max(every), math.fsum(every)) if every else (0, None, None, None)


def grouped(
    hits: Sequence[Hit], lists: Callable[[str], Sequence[Any]], most: int
) -> list[tuple[Any, int, list[Hit]]]:
    """(value, documents, the first `most` of them) in the order in which the values are met; None:

    no value.
    """
    groups: dict[Any, list[Hit]] = {}
    for hit in hits:
        for value in lists(hit[0]) or [None]:
            groups.setdefault(value, []).append(hit)
    return [(value, len(its), its[:most]) for value, its in groups.items()]


def raised(
    oracle: Oracle, hits: Sequence[Hit], boosts: Sequence[Recency | Static], now: datetime
) -> list[Hit]:
    """The hits with what values make of their scores, the best first."""

    def signal(document: Mapping[str, Any], boost: Recency | Static) -> float:
        found = values(document, boost.field)
        if not found:
            return 0.0
        if isinstance(boost, Static):
            x = float(found[-1])
            return x / (x + boost.pivot) if x > 0 else 0.0
        half_life = (
            boost.half_life if isinstance(boost.half_life, timedelta) else timedelta(days=boost.half_life)
        )
        age = ((boost.now or now) - found[-1]) / timedelta(microseconds=1)
        return 1.0 if age <= 0 else math.pow(2.0, -(age / (half_life / timedelta(microseconds=1))))

    scored = []
    for document_id, score in hits:
        factor = 1.0
        for boost in boosts:
            factor += boost.weight * signal(oracle.documents[document_id].values, boost)
        scored.append((document_id, score * factor))
    numbers = {document_id: number for number, document_id in enumerate(oracle.documents)}
    return sorted(scored, key=lambda hit: (-hit[1], numbers[hit[0]]))

"""Facets of several searches as one: numbers of hits are added up, ends are the outermost.

Each search counts its own hits, so that a document which two of them find counts twice.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

from ..errors import QueryError
from ..search.facets import (
    Bucket,
    Counts,
    Distinct,
    Facet,
    FacetResult,
    Histogram,
    Range,
    Stats,
    Summary,
    Terms,
    name_of,
    steps_of,
)


def countable(facet: Facet) -> Facet:
    """What each search has to count, for their sums to be exact: all values, not the most frequent ones."""
    if isinstance(facet, Distinct):
        raise QueryError(
            f"facet {name_of(facet)!r}: distinct values of several searches cannot be added up; "
            f"ask for a terms facet, whose `distinct` is that of all of them"
        )
    return facet.replace(limit=None, min_count=1) if isinstance(facet, Terms) else facet


def merged(facet: Facet, found: Sequence[FacetResult]) -> FacetResult:
    """One facet of all searches. QueryError where their values cannot be put together."""
    docs, missing = sum(one.docs for one in found), sum(one.missing for one in found)
    if isinstance(facet, Stats):
        return _summary([one for one in found if isinstance(one, Summary)], docs, missing)
    sums: dict[tuple[Any, Any], int] = {}
    for one in found:
        assert isinstance(one, Counts)
        for bucket in one:
            key = (bucket.value, bucket.end)
            sums[key] = sums.get(key, 0) + bucket.count
    buckets = [Bucket(value, count, end) for (value, end), count in sums.items()]
    if isinstance(facet, Terms):
        return _best(facet, buckets, docs, missing)
    if isinstance(facet, Histogram):
        buckets = _in_order(facet, buckets)
    else:
        assert isinstance(facet, Range)
    return Counts(buckets, docs, missing)


def _best(facet: Terms, buckets: list[Bucket], docs: int, missing: int) -> Counts:
    kept = [bucket for bucket in buckets if bucket.count >= facet.min_count]
    # A field may hold numbers in one index and strings in another.
    kept.sort(key=lambda bucket: (-bucket.count, isinstance(bucket.value, str), _text_or_value(bucket.value)))
    return Counts(kept[: facet.limit], docs, missing, len(buckets))


def _text_or_value(value: Any) -> Any:
    return value if isinstance(value, (str, bool, int, float)) else value.timestamp()


def _in_order(facet: Histogram, buckets: list[Bucket]) -> list[Bucket]:
    """All steps from the first to the last, those between the searches' own too."""
    if not buckets:
        return []
    try:
        starts = sorted(bucket.value for bucket in buckets)
    except TypeError:
        raise QueryError(
            f"facet {name_of(facet)!r}: the field holds dates in one index and numbers in another"
        ) from None
    counts = {bucket.value: bucket.count for bucket in buckets}
    borders = steps_of(facet).borders(starts[0], starts[-1])
    return [Bucket(start, counts.get(start, 0), end) for start, end in itertools.pairwise(borders)]


def _summary(found: list[Summary], docs: int, missing: int) -> Summary:
    with_values = [one for one in found if one.values]
    values = sum(one.values for one in with_values)
    sums = [one.sum for one in with_values if one.sum is not None]
    try:
        least = min((one.min for one in with_values), default=None)  # type: ignore[type-var]
        greatest = max((one.max for one in with_values), default=None)  # type: ignore[type-var]
    except TypeError:
        raise QueryError("a field holds dates in one index and numbers in another") from None
    whole = bool(sums) and all(isinstance(one, int) for one in sums)
    total = None if not sums else sum(sums) if whole else math.fsum(sums)
    return Summary(
        docs=docs,
        missing=missing,
        values=values,
        min=least,
        max=greatest,
        sum=total,
        mean=None if total is None else total / values,
    )

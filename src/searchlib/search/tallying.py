"""Facets over some matches: what the core counts, with calendars made borders and numbers made values again.

Which matches these are, and what else was asked of a search, is not known here.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any

from .. import _core
from ..errors import QueryError
from .facets import (
    Bucket,
    Counts,
    Distinct,
    DistinctCount,
    Facet,
    FacetResult,
    Histogram,
    Range,
    Stats,
    Summary,
    Terms,
    steps_of,
)
from .fields import FieldValues, are_moments, are_quantities, have_distances
from .intervals import Interval

_LEAST, _MOST = -(2**63), 2**63 - 1
_ALL = 2**63
_MAX_KEPT_STEPS = 8


def _ascend(low: tuple[Any, Any], high: tuple[Any, Any]) -> bool:
    """Whether a border comes before another, each after its key: those of fractions may be one integer."""
    if low[0] != high[0]:
        return bool(low[0] < high[0])
    are_numbers = isinstance(low[1], (int, float)) and isinstance(high[1], (int, float))
    return are_numbers and bool(low[1] < high[1])


def _ranges(keys: Sequence[int | None]) -> list[tuple[int, int]]:
    """From one border's key to before the next one's; None: an open end."""
    return [
        (_LEAST if low is None else low, _MOST if high is None else high - 1)
        for low, high in itertools.pairwise(keys)
    ]


def _sum_of(parts: Sequence[float]) -> float:
    """Rounded once. What is beyond a double stands alone, or beside what it was added to elsewhere."""
    try:
        return math.fsum(parts)
    except (OverflowError, ValueError):
        return sum(parts)


class Steps:
    """The borders of a histogram's steps, as the core takes them and as they are shown.

    The calendar's are worked out once for a field, and cut to what a search met.
    """

    def __init__(self, steps: Interval, low: Any, high: Any, key_of: Callable[[Any], int]) -> None:
        borders = steps.borders(low, high)
        self.keys: list[int | None] = list(map(key_of, borders))
        if borders[-1] == datetime.max.replace(tzinfo=timezone.utc):
            self.keys[-1] = None
        self.ranges = _ranges(self.keys)
        self.borders: Sequence[Any] = [steps.in_zone(border) for border in borders] if steps.name else borders

    def between(self, low: int, high: int) -> tuple[Sequence[tuple[int, int]], Sequence[Any]] | None:
        """The steps around two keys, and their borders; None if they lie beyond."""
        keys: list[int] = self.keys if self.keys[-1] is not None else [*self.keys[:-1], _ALL]  # type: ignore
        if not keys[0] <= low <= high < keys[-1]:
            return None
        first, end = bisect_right(keys, low) - 1, bisect_right(keys, high) + 1
        return self.ranges[first : end - 1], self.borders[first:end]


class Tally:
    """Counts facets over matches of a snapshot."""

    def __init__(self, core: _core.Snapshot, matches: _core.MatchSet, timeout: float | None) -> None:
        self._core, self._matches, self._timeout = core, matches, timeout

    def result(self, facet: Facet, values: FieldValues) -> FacetResult:
        """What comes of a facet; QueryError if its field cannot have it, SearchTimeout."""
        matches = self._matches
        if isinstance(facet, Terms):
            return self._terms(facet, values, matches)
        if isinstance(facet, Range):
            values.need(have_distances, "a Range")
            return self._range(facet, values, matches)
        if isinstance(facet, Histogram):
            fits = are_moments if steps_of(facet).name else are_quantities
            values.need(fits, f"a step of {facet.interval!r}")
            return self._histogram(facet, values, matches)
        if isinstance(facet, Stats):
            values.need(have_distances, "Stats")
            return self._stats(values, matches)
        if isinstance(facet, Distinct):
            _, distinct, docs = self._core.count_terms(matches, values.core, 0, 1, self._timeout)
            return DistinctCount(distinct, docs, matches.count - docs)
        raise QueryError(f"no facet: {facet!r:.100}")

    def _terms(self, facet: Terms, values: FieldValues, matches: _core.MatchSet) -> Counts:
        limit = _ALL if facet.limit is None else min(facet.limit, _ALL)
        least = min(facet.min_count, _ALL)
        top, distinct, docs = self._core.count_terms(matches, values.core, limit, least, self._timeout)
        buckets = [Bucket(values.value_of(key), count) for key, count in top]
        return Counts(buckets, docs, matches.count - docs, distinct)

    def _range(self, facet: Range, values: FieldValues, matches: _core.MatchSet) -> Counts:
        keys = [None if border is None else values.key_of(border) for border in facet.borders]
        inner = [pair for pair in zip(keys, facet.borders, strict=True) if pair[0] is not None]
        if not all(_ascend(low, high) for low, high in itertools.pairwise(inner)):
            raise QueryError(f"the borders of a Range ascend, got {facet.borders!r:.200}")
        return self._between(_ranges(keys), facet.borders, values, matches)

    def _between(
        self,
        ranges: Sequence[tuple[int, int]],
        borders: Sequence[Any],
        values: FieldValues,
        matches: _core.MatchSet,
    ) -> Counts:
        filled = [pair for pair in ranges if pair[0] <= pair[1]]  # no integer lies between 1.2 and 1.5
        counts, docs = self._core.count_ranges(matches, values.core, filled, self._timeout)
        if len(filled) < len(ranges):
            found = iter(counts)
            counts = [next(found) if low <= high else 0 for low, high in ranges]
        buckets = list(map(Bucket, borders, counts, borders[1:]))
        return Counts(buckets, docs, matches.count - docs)

    def _histogram(self, facet: Histogram, values: FieldValues, matches: _core.MatchSet) -> Counts:
        extent = self._core.extent_of(matches, values.core, self._timeout)
        if extent is None:
            return Counts([], 0, matches.count)
        steps = steps_of(facet)
        kept = values.steps.get(steps)
        found = kept.between(*extent) if kept is not None else None
        if found is None:
            low, high = map(values.value_of, extent)
            if not steps.name and not (math.isfinite(low) and math.isfinite(high)):
                raise QueryError(
                    f"field {facet.field!r} has infinite values, which no step of a histogram reaches"
                )
            if len(values.steps) >= _MAX_KEPT_STEPS:
                values.steps.clear()
            kept = values.steps[steps] = Steps(steps, low, high, values.key_of)
            found = kept.ranges, kept.borders
        ranges, borders = found
        return self._between(ranges, borders, values, matches)

    def _stats(self, values: FieldValues, matches: _core.MatchSet) -> Summary:
        is_quantity, is_whole = values.kind.quantities, values.kind.whole
        docs, count, least, most, total = self._core.sum_numbers(
            matches, values.core, is_quantity and not is_whole, self._timeout
        )
        missing = matches.count - docs
        if not count:
            return Summary(0, missing, 0, None, None, None, None)
        low, high = values.value_of(least), values.value_of(most)
        if not is_quantity:
            return Summary(docs, missing, count, low, high, None, None)
        whole = total if isinstance(total, int) else _sum_of(total)
        return Summary(docs, missing, count, low, high, whole, whole / count)

"""Facets over some matches: what the core counts, with calendars made borders and numbers made values again.

Which matches these are, and what else was asked of a search, is not known here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
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

_LEAST, _MOST = -(2**63), 2**63 - 1
_ALL = 2**63


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
            _, distinct, docs = _core.count_terms(self._core, matches, values.core, 0, 1, self._timeout)
            return DistinctCount(distinct, docs, matches.count - docs)
        raise QueryError(f"no facet: {facet!r:.100}")

    def _terms(self, facet: Terms, values: FieldValues, matches: _core.MatchSet) -> Counts:
        limit = _ALL if facet.limit is None else min(facet.limit, _ALL)
        least = min(facet.min_count, _ALL)
        top, distinct, docs = _core.count_terms(self._core, matches, values.core, limit, least, self._timeout)
        buckets = [Bucket(values.value_of(key), count) for key, count in top]
        return Counts(buckets, docs, matches.count - docs, distinct)

    def _range(self, facet: Range, values: FieldValues, matches: _core.MatchSet) -> Counts:
        keys = [None if border is None else values.key_of(border) for border in facet.borders]
        inner = [key for key in keys if key is not None]
        if any(low >= high for low, high in itertools.pairwise(inner)):
            raise QueryError(f"the borders of a Range ascend, got {facet.borders!r:.200}")
        return self._between(keys, facet.borders, values, matches)

    def _between(
        self, keys: Sequence[int | None], borders: Sequence[Any], values: FieldValues, matches: _core.MatchSet
    ) -> Counts:
        ranges = [
            (_LEAST if low is None else low, _MOST if high is None else high - 1)
            for low, high in itertools.pairwise(keys)
        ]
        counts, docs = _core.count_ranges(self._core, matches, values.core, ranges, self._timeout)
        ends = itertools.pairwise(borders)
        buckets = [Bucket(low, count, high) for (low, high), count in zip(ends, counts, strict=True)]
        return Counts(buckets, docs, matches.count - docs)

    def _histogram(self, facet: Histogram, values: FieldValues, matches: _core.MatchSet) -> Counts:
        extent = _core.extent_of(self._core, matches, values.core, self._timeout)
        if extent is None:
            return Counts([], 0, matches.count)
        low, high = map(values.value_of, extent)
        if not steps_of(facet).name and not (math.isfinite(low) and math.isfinite(high)):
            raise QueryError(
                f"field {facet.field!r} has infinite values, which no step of a histogram reaches"
            )
        borders = steps_of(facet).borders(low, high)
        keys: list[int | None] = [values.key_of(border) for border in borders]
        if borders[-1] == datetime.max.replace(tzinfo=timezone.utc):
            keys[-1] = None
        shown = [steps_of(facet).in_zone(border) for border in borders] if steps_of(facet).name else borders
        return self._between(keys, shown, values, matches)

    def _stats(self, values: FieldValues, matches: _core.MatchSet) -> Summary:
        is_quantity = values.kind.quantities
        docs, count, least, most, total = _core.sum_numbers(
            self._core, matches, values.core, is_quantity, self._timeout
        )
        missing = matches.count - docs
        if not count:
            return Summary(0, missing, 0, None, None, None, None)
        low, high = values.value_of(least), values.value_of(most)
        if not is_quantity:
            return Summary(docs, missing, count, low, high, None, None)
        return Summary(docs, missing, count, low, high, float(total), float(total) / count)

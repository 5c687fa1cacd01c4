"""What is asked around a query of one shard: all values and groups, for others may have more of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ... import _core
from ...plan import Docs
from .searches import Searches

_MOST = 2**63 - 1


class Around(Searches):
    """Questions about matches."""

    def num_matches(self, plan: bytes) -> int:
        """How many match; they are kept for the questions that follow."""
        return self._match_set(plan).count

    def _keys(self, keys: Sequence[Sequence[Any]]) -> list[tuple[_core.FieldColumn | None, bool, bool]]:
        return [
            (None if number is None else self._core.column(number), reverse, missing)
            for number, reverse, missing in keys
        ]

    def sort_matches(
        self,
        matches: bytes,
        plan: bytes,
        keys: Sequence[Sequence[Any]],
        limit: int,
        after: Sequence[Any] | None,
    ) -> list[Any]:
        """The first in an order, and the keys of each."""
        place = None
        if after is not None:
            values, ordinal = after
            place = (values, None if ordinal is None else self._documents.last_until(ordinal))
        hits, found = self._core.sort_matches(
            self._match_set(matches), self._plan(plan), self._keys(keys), limit, place, self._seconds, True
        )
        return [*self._packed(hits), found]

    def count_terms(self, matches: bytes, column: int) -> Any:
        """All values, each with its documents; how many documents have one."""
        values, _, docs = self._core.count_terms(
            self._match_set(matches), self._core.column(column), _MOST, 1, self._seconds
        )
        return [values, docs]

    def count_ranges(self, matches: bytes, column: int, ranges: Sequence[tuple[int, int]]) -> Any:
        """Documents in each range; documents with a value."""
        return self._core.count_ranges(
            self._match_set(matches), self._core.column(column), ranges, self._seconds
        )

    def extent_of(self, matches: bytes, column: int) -> Any:
        """The least and the greatest value."""
        return self._core.extent_of(self._match_set(matches), self._core.column(column), self._seconds)

    def sum_numbers(self, matches: bytes, column: int, are_doubles: bool) -> Any:
        """Documents, values, the least, the greatest, the sum: an integer as text, for it may be large."""
        *numbers, total = self._core.sum_numbers(
            self._match_set(matches), self._core.column(column), are_doubles, self._seconds
        )
        return [*numbers, total if are_doubles else str(total)]

    def group_matches(
        self, matches: bytes, plan: bytes, column: int, keys: Sequence[Sequence[Any]], hits: int
    ) -> list[Any]:
        """All groups: the value, its documents, its first hits and the keys of each."""
        local_keys, prepared = self._keys(keys), self._plan(plan)
        groups = self._core.group_matches(
            self._match_set(matches),
            prepared,
            self._core.column(column),
            local_keys,
            _MOST,
            hits,
            self._seconds,
        )
        keys_of: Mapping[int, Any] = {}
        if local_keys:
            docs = sorted({doc for _, _, best in groups for _, doc in best})
            those = self._core.matches(Docs(self._searcher.by_segment(docs)), self._seconds)
            ranked, found = self._core.sort_matches(
                those, prepared, local_keys, _MOST, None, self._seconds, True
            )
            keys_of = {doc: values for (_, doc), values in zip(ranked, found, strict=True)}
        return [
            [value, count, *self._packed(best), [keys_of[doc] for _, doc in best] if local_keys else None]
            for value, count, best in groups
        ]

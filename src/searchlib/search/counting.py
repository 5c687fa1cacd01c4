"""What is asked around a query: its order, the next page, facets, groups. Loaded by such searches alone.

The core finds the matches once, as bits, and counts and sorts over them. Here arguments are checked,
calendars are made borders, and numbers are made values again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from .. import _core
from ..arguments import checked_count, checked_string
from ..errors import CursorError, QueryError
from ..plan import Docs, Filtered, PlanNode
from ..records import Record
from ..schema import Schema
from . import cursor
from .facets import Facet, FacetArgument, FacetResult, facets_of, name_of
from .fields import FieldValues, with_column
from .sorting import SCORE, Sort, SortArgument, description, order_of
from .tallying import Tally


class Searched(Protocol):
    """What is asked here of the searcher."""

    core: _core.Snapshot
    schema: Schema

    def __len__(self) -> int: ...
    def values_of(self, field: str) -> FieldValues:
        """The values of a field that has a column."""
        ...

    def number_of(self, document_id: str, latest: int) -> int | None:
        """The greatest number, not above `latest`, of a document with that id, be it deleted or not."""

    def by_segment(self, docs: Sequence[int]) -> list[list[int]]:
        """Documents by their segments."""
        ...

    def passing(self, filter: object) -> _core.FilterPlan:
        """The documents that a filter lets through."""
        ...


_ALL = 2**63


class GroupBy(Record):
    """Hits by a field's value. field: its name; hits: how many of each group are given, its best.

    Raises ValueError for fewer than one hit.
    """

    field: str
    hits: int = 3

    def __post_init__(self) -> None:
        checked_string("field", self.field)
        checked_count("hits", self.hits, least=1)


class Asked(Record):
    """The arguments of a search that are about more than its best hits, checked against a schema."""

    order: tuple[Sort, ...]
    after: str | None
    facets: tuple[Facet, ...]
    group_by: GroupBy | None


class Found(Record):
    """What came of it. ranked: (score, document); keys: of the last of them in the order asked for.

    groups: (value, documents, hits). total: the matches, where they were counted; None: they were not.
    """

    ranked: list[tuple[float, int]]
    order: str
    keys: tuple[cursor.Key, ...] | None
    facets: Mapping[str, FacetResult]
    groups: list[tuple[Any, int, list[tuple[float, int]]]] | None
    total: int | None


def asked(
    searcher: Searched,
    sort: SortArgument | None,
    after: str | None,
    facets: FacetArgument | Sequence[FacetArgument],
    group_by: str | GroupBy | None,
    offset: int,
) -> Asked:
    """The arguments, checked; QueryError for what cannot be."""
    schema = searcher.schema
    order = order_of(sort, schema) if sort is not None else ()
    if order == (Sort(SCORE),):
        order = ()
    wanted = tuple(facets_of(facets))
    for facet in wanted:
        with_column(schema, facet.field, "counted")
    group = GroupBy(group_by) if isinstance(group_by, str) else group_by
    if group is not None:
        if not isinstance(group, GroupBy):
            raise QueryError(f"group_by is a field's name or a GroupBy, got {group!r:.100}")
        with_column(schema, group.field, "grouped by")
    if after is not None and offset:
        raise QueryError("after= says where the page begins: leave offset= out")
    if after is not None and group is not None:
        raise QueryError("groups are paged through by offset=, not by after=")
    return Asked(order, after, wanted, group)


class Collector:
    """Answers it for one query of a snapshot."""

    def __init__(
        self,
        searcher: Searched,
        plan: _core.Plan,
        timeout: float | None,
        unfiltered: PlanNode,
        filter: object,
    ) -> None:
        self._searcher, self._plan, self._timeout = searcher, plan, timeout
        self._unfiltered, self._filter = unfiltered, filter
        self._core = searcher.core
        self._matched: _core.MatchSet | None = None
        self._without: dict[str, _core.MatchSet] = {}

    @property
    def _matches(self) -> _core.MatchSet:
        if self._matched is None:
            self._matched = self._core.matches(self._plan, self._timeout)
        return self._matched

    def collect(self, wanted: Asked, limit: int | None, offset: int) -> Found:
        """The hits from `offset` on, `limit` of them, and all else."""
        keys = [self._key(key) for key in wanted.order]
        groups = last = None
        asked_for = _ALL if limit is None else min(limit + offset, _ALL)
        end = min(asked_for, len(self._searcher))
        if wanted.group_by is not None:
            groups = self._groups(wanted.group_by, keys, asked_for)[offset:]
            ranked = [hits[0] for _, _, hits in groups]
        elif keys:
            place = self._place(wanted, keys)
            ranked, found = self._core.sort_matches(
                self._matches, self._plan, keys, end, place, self._timeout
            )
            ranked, last = ranked[offset:], tuple(found)
        else:
            ranked = self._core.search(
                self._plan, end, timeout=self._timeout, after=self._score_place(wanted)
            )[offset:]
            last = (_core.sortable(ranked[-1][0]),) if ranked else None
        facets = {name_of(facet): self._result(facet) for facet in wanted.facets}
        total = None if self._matched is None else self._matched.count
        return Found(ranked, description(wanted.order), last, facets, groups, total)

    # ---- orders

    def _key(self, key: Sort) -> tuple[_core.FieldColumn | None, bool, bool]:
        if key.field == SCORE:  # the best are the greatest
            return None, not key.reverse, key.missing == "first"
        return self._searcher.values_of(key.field).core, key.reverse, key.missing == "first"

    def _place(
        self, wanted: Asked, keys: Sequence[tuple[_core.FieldColumn | None, bool, bool]]
    ) -> tuple[Sequence[cursor.Key], int | None] | None:
        if wanted.after is None:
            return None
        place = cursor.read(wanted.after, description(wanted.order), len(keys))
        doc = self._searcher.number_of(place.document_id, place.doc)
        values = self._keys_of(place, doc, keys) if place.keys is None else place.keys
        strings = [
            key.field != SCORE and self._searcher.values_of(key.field).has_strings for key in wanted.order
        ]
        for value, is_string in zip(values, strings, strict=True):
            if value is not None and isinstance(value, str) != is_string:
                raise CursorError("the keys of the cursor are of other types than the fields of its order")
        return values, doc

    def _keys_of(self, place: cursor.Place, doc: int | None, keys: Sequence[Any]) -> Sequence[cursor.Key]:
        """Those of a document whose strings were too long for a cursor."""
        if doc is not None:
            one = self._core.matches(Docs(self._searcher.by_segment([doc])), self._timeout)
            hits, values = self._core.sort_matches(one, self._plan, keys, 1, None, self._timeout)
            if hits:
                return values
        raise CursorError(
            f"the cursor's page ended at {place.document_id!r:.100}, which is not in the index any more: "
            f"search from the first page again"
        )

    def _score_place(self, wanted: Asked) -> tuple[float, int] | None:
        if wanted.after is None:
            return None
        place = cursor.read(wanted.after, "", 1)
        key = place.keys[0] if place.keys else None
        if not isinstance(key, int):
            raise CursorError("the cursor has no score, and the search is sorted by scores")
        score = _core.unsortable(key)
        if not 0 <= score < math.inf:
            raise CursorError("the cursor has a score that no document can have")
        doc = self._searcher.number_of(place.document_id, place.doc)
        # Without a document: before all that score the same.
        return (score, doc) if doc is not None else (math.nextafter(score, math.inf), 2**32 - 1)

    # ---- groups

    def _groups(
        self, group_by: GroupBy, keys: Sequence[Any], limit: int
    ) -> list[tuple[Any, int, list[tuple[float, int]]]]:
        values = self._searcher.values_of(group_by.field)
        hits = min(group_by.hits, len(self._searcher))
        groups = self._core.group_matches(
            self._matches, self._plan, values.core, keys, limit, hits, self._timeout
        )
        return [(values.value_of(key), count, hits) for key, count, hits in groups]

    # ---- facets

    def _result(self, facet: Facet) -> FacetResult:
        matches = self._matches_without(facet.field) if facet.excluding_own else self._matches
        values = self._searcher.values_of(facet.field)
        return Tally(self._core, matches, self._timeout).result(facet, values)

    def _matches_without(self, field: str) -> _core.MatchSet:
        """The matches of the query without what its filter asks of that field."""
        if self._filter is None:
            return self._matches
        if field not in self._without:
            from .own_filter import without_own

            rest, is_less = without_own(self._filter, field, self._searcher.schema)
            if not is_less:
                return self._matches
            plan = self._unfiltered
            if rest:
                plan = Filtered(plan, self._searcher.passing(rest))
            self._without[field] = self._core.matches(plan, self._timeout)
        return self._without[field]


def collect(
    searcher: Searched,
    plan: _core.Plan,
    wanted: Asked,
    limit: int | None,
    offset: int,
    timeout: float | None,
    unfiltered: PlanNode,
    filter: object,
) -> Found:
    """What was asked around a query; SearchTimeout.

    unfiltered: what the plan is without its filter, for facets that exclude their own part of it.
    """
    return Collector(searcher, plan, timeout, unfiltered, filter).collect(wanted, limit, offset)

"""Search while one types: the last word may go on, and documents that have all words come first.

A text becomes plans that find more and more: all its words, the last one whole; all its words; some of
them. Where a word finds nothing, what it may have meant is searched for in its place. Filters, facets and
orders are as for any search.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import _core
from ..query import nodes
from ..records import Record
from .continuations import Continuations
from .marks import Marks, Plan
from .mending import Mending
from .results import Results, checked_page
from .tiers import Tier, ranked_by_tiers
from .timing import timed
from .typed_text import Reader, Reading

if TYPE_CHECKING:
    from typing import Protocol

    from ..suggest.suggester import Suggester
    from .counting import Searched
    from .facets import FacetArgument
    from .pinned import Pinned
    from .planner import Planner
    from .scope import FieldScope
    from .sorting import SortArgument

    class Snapshot(Searched, Pinned, Protocol):
        """What instant search asks of the snapshot that it searches."""

        @property
        def suggester(self) -> Suggester: ...

        def __len__(self) -> int: ...

        def planner(self, fields: Sequence[str] | None) -> Planner: ...

        def passing(self, filter: object) -> _core.FilterPlan: ...

        def with_compounds(self, tree: nodes.Node, scope: FieldScope) -> nodes.Node: ...


class Wanted(Record):
    """What is asked of the results, as of those of any search. mends: whether words may stand for others."""

    limit: int | None
    offset: int
    filter: object
    sort: SortArgument | None
    facets: FacetArgument | Sequence[FacetArgument]
    count: bool
    mends: bool


class Instant:
    """The instant search of one snapshot, in some of its fields or the default ones (None)."""

    def __init__(self, searcher: Snapshot, fields: Sequence[str] | None) -> None:
        from ..synonyms.bundled import synonyms_of

        self._searcher, self._planner = searcher, searcher.planner(fields)
        self._scope = self._planner.scope
        vocabulary_of = searcher.suggester.vocabulary_of(fields)
        continuations = Continuations(searcher.core, self._scope, vocabulary_of)
        self.mending = Mending(vocabulary_of, continuations, synonyms_of)
        self._reader = Reader(self._scope, vocabulary_of, continuations, self.mending)

    def search(self, text: str, wanted: Wanted, timeout: float | None) -> Results:
        """See Index.instant."""
        checked_page(wanted.limit, wanted.offset)
        return timed("the search", text, timeout, lambda: self._results(text, wanted, timeout))

    def _results(self, text: str, wanted: Wanted, timeout: float | None) -> Results:
        started = time.perf_counter()
        searcher, offset = self._searcher, wanted.offset
        passes = None if wanted.filter is None else searcher.passing(wanted.filter)
        more = None
        if wanted.sort is not None or wanted.facets:
            from .counting import asked

            more = asked(searcher, wanted.sort, None, wanted.facets, None, offset)
        reading = self._reader.read(text, wanted.mends)
        is_sorted = more is not None and bool(more.order)
        tiers = self._tiers(reading, passes)
        if reading.instead is not None and not searcher.core.search(tiers[-1].prepared, 1):
            reading = self._reader.read(text, False)  # what was meant is not there either
            tiers = self._tiers(reading, passes)
        having_all = tiers[reading.typed is not None]
        if is_sorted:
            tiers = [self._first_that_finds(tiers[reading.typed is not None :])]
        last = tiers[-1]
        limit = len(searcher) if wanted.limit is None else min(wanted.limit + offset, len(searcher))
        ranked: list[tuple[float, int]] = []
        found = total = None
        if not is_sorted:
            ranked = ranked_by_tiers(tiers, searcher.core, limit)
            total = len(ranked) if len(ranked) < limit else None
        if more is not None:
            from .counting import collect

            most = limit if is_sorted else 0
            found = collect(searcher, last.prepared, more, most, 0, None, last.asked, wanted.filter)
            ranked = found.ranked if is_sorted else ranked
            total = total if found.total is None else found.total
        if wanted.count and total is None:
            total = searcher.core.count(last.prepared)
        ranked = ranked[offset:]
        plan = last.plan._replace(
            marks=Marks(parts=[tier.plan.marks for tier in tiers]),
            notes=reading.notes,
            tiers=tuple(tier.plan.core for tier in tiers[:-1]),
            instead=reading.instead,
            having_all=having_all.plan.core,
        )
        if found is not None:
            found = found.replace(ranked=ranked, total=total)
        elapsed_ms = (time.perf_counter() - started) * 1000
        return Results(
            searcher, text, plan, last.prepared, ranked, elapsed_ms, timeout, found=found, total=total
        )

    def _tiers(self, reading: Reading, passes: _core.FilterPlan | None) -> list[Tier]:
        """What finds more and more documents: each finds those of the ones before."""

        def tier(tree: nodes.Node) -> Tier:
            return Tier(lambda: self._planned(tree).filtered(passes), self._searcher.core)

        required = tier(reading.required)
        tiers = [required] if reading.typed is None else [tier(reading.typed), required]
        if reading.any is not None and required.is_of_several:
            tiers.append(tier(reading.any))
        return tiers

    def _planned(self, tree: nodes.Node) -> Plan:
        return self._planner.plan(self._searcher.with_compounds(tree, self._scope))

    def _first_that_finds(self, tiers: Sequence[Tier]) -> Tier:
        """The first tier that has a document, or the last one."""
        finds = (tier for tier in tiers if self._searcher.core.search(tier.prepared, 1))
        return next(finds, tiers[-1])

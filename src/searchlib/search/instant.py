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
from ..suggest.missing import RATIO
from ..suggest.suggestions import Suggestion
from .begun import LastWord, last_words, with_last_word
from .continuations import Continuation, Continuations
from .marks import Marks, Plan
from .mending import Mending
from .results import Results, checked_page
from .tiers import Tier, all_of, ranked_by_tiers
from .timing import timed

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


MAX_DOCS_OF_SOME = 10_000
"""Where only some of the words are asked for, the last one goes on in all its ways if these are in no more
documents together; else in the first one alone."""


MAX_TYPED_WORDS = 32
"""A text of more words was pasted, and is searched for as any other."""


class Wanted(Record):
    """What is asked of the results, as of those of any search. mends: whether words may stand for others."""

    limit: int | None
    offset: int
    filter: object
    sort: SortArgument | None
    facets: FacetArgument | Sequence[FacetArgument]
    count: bool
    mends: bool


class Reading(Record):
    """A text as it is understood.

    typed: the tree that asks for all words, as they stand; None where the last one is none. required: the
    same, where the last word may go on. any: what asks for some of the words; None if there is one.
    """

    typed: nodes.Node | None
    required: nodes.Node
    any: nodes.Node | None
    notes: tuple[str, ...]
    instead: Suggestion | None = None


class Instant:
    """The instant search of one snapshot, in some of its fields or the default ones (None)."""

    def __init__(self, searcher: Snapshot, fields: Sequence[str] | None) -> None:
        from ..synonyms.bundled import synonyms_of

        self._searcher, self._planner = searcher, searcher.planner(fields)
        self._scope = self._planner.scope
        self._vocabulary_of = searcher.suggester.vocabulary_of(fields)
        self._continuations = Continuations(searcher.core, self._scope, self._vocabulary_of)
        self._mending = Mending(self._vocabulary_of, self._continuations, synonyms_of)

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
        reading = self._read(text, wanted.mends)
        is_sorted = more is not None and bool(more.order)
        tiers = self._tiers(reading, passes)
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
            found = collect(searcher, last.prepared, more, most, 0, None, last.plan.core, wanted.filter)
            ranked = found.ranked if is_sorted else ranked
            total = total if found.total is None else found.total
        if wanted.count and total is None:
            total = searcher.core.count(last.prepared)
        ranked = ranked[offset:]
        plan = last.plan._replace(
            core=last.core,
            marks=Marks(parts=[tier.plan.marks for tier in tiers]),
            asked=last.plan.core,
            notes=reading.notes,
            tiers=tuple(tier.core for tier in tiers[:-1]),
            instead=reading.instead,
            is_instant=True,
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
            return Tier(lambda: self._planned(tree), passes)

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

    # ---- what a text means

    def _read(self, text: str, mends: bool) -> Reading:
        notes: list[str] = []
        tree = self._tree(text, notes)
        if len(text.split(None, MAX_TYPED_WORDS)) > MAX_TYPED_WORDS:
            return Reading(None, tree, None, tuple(notes))
        last, continuations = self._last_word(text, tree)
        if mends and (instead := self._mending.mended(text, tree, last)) is not None:
            reading = self._read(instead.query, False)
            said = f"{_typed(instead)}: nothing is found, or next to nothing; this is for «{instead.query}»"
            return reading.replace(notes=(said, *reading.notes), instead=instead)
        if isinstance(tree, nodes.Empty) and not notes:
            notes.append("there is no word in the query to search for")
        whole = opened = tree
        is_whole = False
        if last is not None:
            forms = [one.form for one in continuations]
            is_whole = not forms or self._is_whole(last, continuations)
            first, others = (last.text, forms) if is_whole else (forms[0], forms[1:])
            whole = opened = with_last_word(tree, last, first)
            if others:
                opened = with_last_word(tree, last, first, others)
        required = all_of(opened)
        is_dear = sum(one.num_docs for one in continuations) > MAX_DOCS_OF_SOME
        return Reading(
            typed=all_of(whole) if is_whole and opened is not whole else None,
            required=required,
            any=None if required is opened else whole if is_dear else opened,
            notes=tuple(notes),
        )

    def _tree(self, text: str, notes: list[str]) -> nodes.Node:
        from .trees import asked_tree

        tree = asked_tree(text, self._searcher.schema, self._scope, False, notes)
        notes[:] = [note for note in notes if " is not closed" not in note]  # it is yet to be typed
        return tree

    def _last_word(self, text: str, tree: nodes.Node) -> tuple[LastWord | None, Sequence[Continuation]]:
        """The word that is being typed, the longest that goes on or else is there, and how it goes on."""
        shortest = None
        for last in last_words(text, tree):
            if found := self._continuations.of(last.text, last.field):
                return last, found
            shortest = shortest or last
        return shortest, ()

    def _is_whole(self, last: LastWord, continuations: Sequence[Continuation]) -> bool:
        """Whether what is typed is a word as it stands, rather than a slip for what is far more frequent."""
        if self._scope.is_stopword(last.text, last.field):
            return True
        vocabulary = self._vocabulary_of(last.field)
        if vocabulary is None or not vocabulary.df(last.text):
            return False
        df = vocabulary.form_df(last.text)
        return vocabulary.is_word(last.text) or df * RATIO >= continuations[0].num_docs


def _typed(instead: Suggestion) -> str:
    return ", ".join(f"«{one.typed}»" for one in instead.corrections)

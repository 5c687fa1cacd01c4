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
from ..plan import Filtered, PlanNode
from ..query import nodes
from ..records import Record
from ..suggest.missing import RATIO
from ..suggest.suggestions import Suggestion
from .begun import LastWord, continued, last_words
from .continuations import Continuation, Continuations
from .marks import NOTHING, Plan
from .mending import Mending
from .results import Results, checked_page
from .tiers import all_of, is_of_all, ranked_by_tiers
from .timing import timed

if TYPE_CHECKING:
    from .facets import FacetArgument
    from .searcher import Searcher
    from .sorting import SortArgument


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
    """A text as it is understood. plan: of documents that have some of the words, with its marks and notes.

    tiers: what comes before these, the best first. instead: what was read in place of the text.
    """

    plan: Plan
    tiers: tuple[PlanNode, ...]
    instead: Suggestion | None = None


class Instant:
    """The instant search of one snapshot, in some of its fields or the default ones (None)."""

    def __init__(self, searcher: Searcher, fields: Sequence[str] | None) -> None:
        from ..synonyms.bundled import synonyms_of

        self._searcher, self._fields = searcher, fields
        self._scope = searcher.scope_of(fields)
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
        plan, unfiltered = reading.plan, (*reading.tiers, reading.plan.core)
        cores = [core if passes is None or core is NOTHING else Filtered(core, passes) for core in unfiltered]
        tiers = [_core.Plan(core) for core in cores]
        is_sorted = more is not None and bool(more.order)
        # An order by values knows nothing of tiers: those that have one of the words would come first.
        chosen = self._first_that_finds(tiers) if is_sorted else len(tiers) - 1
        limit = len(searcher) if wanted.limit is None else min(wanted.limit + offset, len(searcher))
        ranked: list[tuple[float, int]] = []
        found = total = None
        if not is_sorted:
            ranked = ranked_by_tiers(searcher.core, tiers, limit)
            total = len(ranked) if len(ranked) < limit else None
        if more is not None:
            from .counting import collect

            found = collect(
                searcher,
                tiers[chosen],
                more,
                limit if is_sorted else 0,
                0,
                None,
                unfiltered[chosen],
                wanted.filter,
            )
            ranked = found.ranked if is_sorted else ranked
            total = total if found.total is None else found.total
        if wanted.count and total is None:
            total = searcher.core.count(tiers[chosen])
        ranked = ranked[offset:]
        plan = plan._replace(
            core=cores[chosen], asked=unfiltered[chosen], tiers=() if is_sorted else tuple(cores[:chosen])
        )
        elapsed_ms = (time.perf_counter() - started) * 1000
        if found is not None:
            found = found.replace(ranked=ranked, total=total)
        return Results(
            searcher, text, plan, tiers[chosen], ranked, elapsed_ms, timeout, found=found, total=total
        )

    def _first_that_finds(self, tiers: Sequence[_core.Plan]) -> int:
        """The number of the first tier that has a document, or of the last one."""
        found = (number for number, tier in enumerate(tiers) if self._searcher.core.search(tier, 1))
        return next(found, len(tiers) - 1)

    # ---- what a text means

    def _read(self, text: str, mends: bool) -> Reading:
        notes: list[str] = []
        tree = self._tree(text, notes)
        last, continuations = self._last_word(text, tree)
        if mends and (instead := self._mending.mended(text, tree, last)) is not None:
            reading = self._read(instead.query, False)
            said = f"no document has {_typed(instead)}: these are results for «{instead.query}»"
            plan = reading.plan._replace(notes=(said, *reading.plan.notes), instead=instead)
            return reading.replace(plan=plan, instead=instead)
        planner = self._searcher.planner(self._fields)
        typed = begun = planner.plan(self._with_compounds(tree))
        is_whole = True
        if last is not None and continuations:
            is_whole = self._is_whole(last, continuations)
            begun = planner.plan(self._with_compounds(continued(tree, last, continuations, is_whole)))
        if begun.core is NOTHING and not notes:
            notes.append("there is no word in the query to search for")
        tiers = [all_of(typed.core)] if is_whole and begun is not typed else []
        if not is_of_all(begun.core):
            tiers.append(all_of(begun.core))
        return Reading(begun._replace(notes=tuple(dict.fromkeys(notes))), tuple(tiers))

    def _tree(self, text: str, notes: list[str]) -> nodes.Node:
        from .trees import asked_tree

        tree = asked_tree(text, self._searcher.schema, self._scope, False, notes)
        notes[:] = [note for note in notes if " is not closed" not in note]  # it is yet to be typed
        return tree

    def _with_compounds(self, tree: nodes.Node) -> nodes.Node:
        return self._searcher.with_compounds(tree, self._scope)

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

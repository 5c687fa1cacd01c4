"""A pinned snapshot of an index: its answers never change, whatever commits follow.

It has queries planned by planner.py, asks the core for the best documents, and leaves stored fields to
whoever reads a hit.
"""

from __future__ import annotations

import time

from .. import _core
from ..analysis.analyzer import Analyzer
from ..errors import SearchTimeout, brief
from ..highlight import Mark, WordMatch
from ..lean import TYPE_CHECKING
from ..plan import FormPattern, PlanNode
from ..schema import Schema
from ..storage.opened import OpenSegment
from .compounds import FieldPairs
from .documents import SnapshotDocuments
from .marks import NOTHING, Plan
from .plain import PlainPlanner
from .ranking import Ranking, ranking_of
from .relatives import Relatives
from .results import Results, checked_page
from .scope import FieldScope
from .timing import time_left, timed, too_slow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..query import nodes
    from ..suggest.suggester import Suggester
    from ..synonyms.table import Synonyms
    from ..translations.table import Translations
    from .boosts import BoostArgument
    from .compounds import Pairs
    from .counting import GroupBy
    from .facets import FacetArgument
    from .feedback import Feedback
    from .fields import FieldValues
    from .instant import Instant
    from .kept_filters import KeptFilters
    from .planner import Planner
    from .score import Explanation
    from .sorting import SortArgument
    from .trees import QueryParser

MAX_MARKED_FORMS = 10_000
MAX_KEPT_RANKINGS = 4
MAX_KEPT_RELATIVES = 20_000
"""Words whose relatives are remembered: the same word is planned again at each key stroke."""


class Searcher(SnapshotDocuments):
    """segments: opened ones, in order.

    deletes: those of each, in place of its own (a writer's uncommitted ones).
    """

    def __init__(
        self,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        segments: Sequence[OpenSegment],
        deletes: Sequence[_core.Deletes | None] | None = None,
    ) -> None:
        if deletes is None:
            deletes = [segment.deletes for segment in segments]
        super().__init__(segments, deletes)
        parameters = [schema.bm25(name) for name in schema.searched_fields]
        pairs = [(segment.core, its) for segment, its in zip(self.segments, deletes, strict=True)]
        self._begin(schema, analyzers, _core.Snapshot(pairs, parameters))

    def _begin(self, schema: Schema, analyzers: Mapping[str, Analyzer | None], core: _core.Snapshot) -> None:
        self.schema, self.analyzers, self.core = schema, analyzers, core
        self._scope = FieldScope(schema, analyzers, self._relatives)
        self._pairs = FieldPairs(schema, analyzers, self.core, self._has_phrase)
        self._plain = self._new_plain("default")  # as most queries are
        self._plain_of: dict[Ranking | str, PlainPlanner] = {"default": self._plain}
        self._suggester: Suggester | None = None
        self._feedback: dict[tuple[str, ...] | None, Feedback] = {}
        self._values: dict[str, FieldValues] = {}
        self._filters: KeptFilters | None = None
        self._kept_relatives: dict[tuple[int, tuple[str, ...], tuple[str, ...]], list[str]] = {}
        self._instant: dict[tuple[str, ...] | None, Instant] = {}

    @property
    def lexicon(self) -> _core.Snapshot | None:
        return self.core

    def __len__(self) -> int:
        return self.core.num_live_docs

    # ---- queries

    def search(
        self,
        query: str | nodes.Node,
        limit: int | None = 10,
        offset: int = 0,
        fields: Sequence[str] | None = None,
        cross_script: bool = False,
        synonyms: Synonyms | None = None,
        parser: QueryParser | None = None,
        ranking: Ranking | str = "default",
        timeout: float | None = None,
        strict: bool = False,
        translations: Translations | None = None,
        expand: str | None = None,
        filter: object = None,
        sort: SortArgument | None = None,
        after: str | None = None,
        facets: FacetArgument | Sequence[FacetArgument] = (),
        group_by: str | GroupBy | None = None,
        boost_by: BoostArgument | None = None,
        count: bool = False,
    ) -> Results:
        """The hits of a query, the best first; see Index.search."""
        started = time.perf_counter()
        passes = None if filter is None else self.passing(filter)
        checked_page(limit, offset)
        more = None
        if sort is not None or after is not None or facets or group_by is not None:
            from .counting import asked as asked_around

            more = asked_around(self, sort, after, facets, group_by, offset)
        query = parsed(query, parser)

        def planned() -> Plan:
            return self.plan(query, fields, cross_script, synonyms, ranking, strict, translations)

        plan = timed("the search", query, timeout, planned)
        if expand is not None:
            left = time_left(started, timeout)
            plan = self.expanded_plan(plan, expand, query, fields, timeout, left, passes)
        if boost_by is not None:
            from .boosts import raised

            plan = plan._replace(core=raised(plan.core, boost_by, self.schema), asked=plan.asked or plan.core)
        unfiltered = plan.core
        plan = plan.filtered(passes)
        wanted = len(self) if limit is None else min(limit + offset, len(self))
        prepared = self.core.prepared(plan.core)  # read once, for counting too
        left = time_left(started, timeout)
        found = total = None
        try:
            if more is not None:
                from .counting import collect

                found = collect(self, prepared, more, limit, offset, left, unfiltered, filter)
                ranked, total = found.ranked, found.total
            elif count:
                ranked, total = self.core.search_counted(prepared, wanted, left)
            else:
                ranked = self.core.search(prepared, wanted, timeout=left, guessed=plan.guessed)
            if count and total is None:
                total = self.core.count(prepared, time_left(started, timeout))
        except SearchTimeout:
            raise too_slow("the search", query, timeout) from None
        elapsed_ms = (time.perf_counter() - started) * 1000
        if not ranked and wanted and not strict and after is None:
            plan = self.with_reasons(plan, query, fields, ranking, time_left(started, timeout), passes)
        if found is None:
            if len(ranked) < wanted:
                total = len(ranked)  # there are no more
            ranked = ranked[offset:] if offset else ranked
        return Results(self, query, plan, prepared, ranked, elapsed_ms, timeout, found=found, total=total)

    def instant(self, fields: Sequence[str] | None) -> Instant:
        """The search while one types, in these fields; kept, for it remembers what it was asked."""
        key = None if fields is None else self.scope_of(fields).fields_of(None)
        found = self._instant.get(key)
        if found is None:
            from .instant import Instant

            found = Instant(self, key)
            if len(self._instant) >= MAX_KEPT_RANKINGS:
                self._instant = {}
            self._instant[key] = found
        return found

    def plan(
        self,
        query: str | nodes.Node,
        fields: Sequence[str] | None = None,
        cross_script: bool = False,
        synonyms: Synonyms | None = None,
        ranking: Ranking | str = "default",
        strict: bool = False,
        translations: Translations | None = None,
    ) -> Plan:
        """The plan of a query, parsed if it is a string, translated if it is whoosh's."""
        stands = cross_script or synonyms or translations
        # Text that is no query (Plain) takes the long way, as every string that is not just one.
        if type(query) is str and fields is None and not stands:
            plain = self._plain_planner(ranking).plan(query)
            if plain is not None:
                return plain
        notes: list[str] = []
        tree = self.tree(query, fields, cross_script, synonyms, strict, notes, translations)
        plan = self.planner(fields, ranking).plan(tree)
        if plan.core is NOTHING and not notes:
            notes.append("there is no word in the query to search for")
        if stands:
            from .otherwise import Otherwise

            otherwise = Otherwise(tree, self.suggester.vocabulary_of(fields))
            if otherwise.note:
                notes.append(otherwise.note)
                plan = plan._replace(has_slip=otherwise.has_slip())
        return plan._replace(notes=tuple(dict.fromkeys(notes)))

    def with_reasons(
        self,
        plan: Plan,
        query: object,
        fields: Sequence[str] | None,
        ranking: Ranking | str,
        left: float | None,
        passes: _core.FilterPlan | None,
    ) -> Plan:
        """The plan of a query that found nothing, with a note if what it excludes is why."""
        if type(query) is not str or not any(sign in query for sign in ("-", "NOT", "<", ">")):
            return plan
        from .nothing import reasons

        def finds(node: nodes.Node) -> bool:
            try:
                plan = self.planner(fields, ranking).plan(node).filtered(passes)
                return bool(self.core.search(plan.core, 1, timeout=left))
            except SearchTimeout:
                return False

        tree = self.tree(query, fields, False, None)
        return plan._replace(notes=(*plan.notes, *reasons(tree, query, finds)))

    def expanded_plan(
        self,
        plan: Plan,
        expand: str,
        query: object,
        fields: Sequence[str] | None = None,
        timeout: float | None = None,
        left: float | None = None,
        passes: _core.FilterPlan | None = None,
    ) -> Plan:
        """The plan with what `expand` adds to it. left: of the timeout. passes: a filter."""
        from .feedback import Feedback, checked_expansion

        checked_expansion(expand)
        key = None if fields is None else tuple(fields)
        feedback = self._feedback.get(key)
        if feedback is None:
            feedback = Feedback(self, self.scope_of(fields))
            if len(self._feedback) >= MAX_KEPT_RANKINGS:
                self._feedback = {}
            self._feedback[key] = feedback
        return timed("the search", query, timeout, lambda: feedback.expanded(plan, left, passes))

    def tree(
        self,
        query: str | nodes.Node,
        fields: Sequence[str] | None,
        cross_script: bool,
        synonyms: Synonyms | None,
        strict: bool = False,
        notes: list[str] | None = None,
        translations: Translations | None = None,
    ) -> nodes.Node:
        """The tree of a query, with what may stand for its words. notes: receives what was not understood."""
        from .trees import asked_tree  # the short way needs none

        scope = self.scope_of(fields)
        node = asked_tree(query, self.schema, scope, strict, notes)
        if cross_script or synonyms or translations:
            from .expansion import expanded

            vocabulary_of = self.suggester.vocabulary_of(fields)
            node = expanded(node, vocabulary_of, cross_script, synonyms, translations)
        return self.with_compounds(node, scope) if type(query) is str else node

    def with_compounds(self, node: nodes.Node, scope: FieldScope) -> nodes.Node:
        """The tree with the other ways to write its words that the index has."""
        from .apart import with_compounds

        return with_compounds(node, lambda field: self._pairs.of(scope.fields_of(field)))

    def _default_pairs(self) -> Pairs | None:
        return self._pairs.of(self._scope.fields_of(None))

    def _has_phrase(self, words: str, fields: Sequence[str]) -> bool:
        from ..query import nodes

        plan = self.planner(fields, "bm25").plan(nodes.Phrase(words))
        return bool(self.core.search(plan.core, 1))

    def filter_plan(self, filter: object) -> PlanNode:
        """The documents that a filter lets through; QueryError."""
        from .filtering import filter_plan

        return filter_plan(filter, self.planner(None, "bm25"))

    def passing(self, filter: object) -> _core.FilterPlan:
        """The same as the core has read it, for this search and those that ask the same again."""
        if self._filters is None:
            from .kept_filters import KeptFilters

            self._filters = KeptFilters(lambda one: self.core.filtering(self.filter_plan(one)))
        return self._filters.of(filter)

    def _plain_planner(self, ranking: Ranking | str) -> PlainPlanner:
        """That of a ranking, with the words that it has planned before."""
        if not isinstance(ranking, (str, Ranking)):
            raise TypeError(f"ranking is a name or a Ranking, got {type(ranking).__name__}: {brief(ranking)}")
        found = self._plain_of.get(ranking)
        if found is None:
            if len(self._plain_of) >= MAX_KEPT_RANKINGS:
                self._plain_of = {"default": self._plain}
            found = self._plain_of[ranking] = self._new_plain(ranking)
        return found

    def _new_plain(self, ranking: Ranking | str) -> PlainPlanner:
        return PlainPlanner(
            self._scope, ranking_of(ranking), lambda: self.planner(None, ranking), self._default_pairs
        )

    def scope_of(self, fields: Sequence[str] | None) -> FieldScope:
        """The fields that a query searches which names none: these, or the schema's default ones."""
        return self._scope if fields is None else self._scope.of(fields)

    def planner(self, fields: Sequence[str] | None = None, ranking: Ranking | str = "default") -> Planner:
        from .planner import Planner  # plain words do without

        scope = self.scope_of(fields)
        return Planner(scope, self._range_plan, self.with_id, ranking_of(ranking))

    def _relatives(self, field: int, languages: Sequence[str], lemmas: Sequence[str]) -> list[str]:
        key = field, tuple(languages), tuple(lemmas)
        found = self._kept_relatives.get(key)
        if found is None:
            if len(self._kept_relatives) >= MAX_KEPT_RELATIVES:
                self._kept_relatives = {}
            found = self._kept_relatives[key] = Relatives(self.core).of(field, languages, lemmas)
        return found

    def explained(self, plan: Plan, document_id: str) -> Explanation | None:
        """What a plan's score of a document is made of; None if there is no such document."""
        from .explanation import explain

        doc = self.find(document_id)
        if doc is None:
            return None
        matched = (tier for tier in plan.tiers if self.core.score_of(tier, doc) is not None)
        return explain(self, next(matched, plan.core), doc)

    def misses_words(self, plan: Plan) -> bool:
        """Whether a word that the query asks for is in hardly any document, or a likelier one is known."""
        from ..suggest.missing import has_missing_word

        return plan.has_slip or has_missing_word(self.core, plan.asked or plan.core)

    def count(self, query: object, prepared: _core.Plan | PlanNode, timeout: float | None) -> int:
        """How many live documents match a query, as it was prepared for the core."""
        try:
            return self.core.count(prepared, timeout)
        except SearchTimeout:
            raise too_slow("counting the matches", query, timeout) from None

    def matches(self, query: str) -> list[list[int]]:
        """The documents that match, by segment, for deleting them: what is not understood deletes nothing,
        nor does a word delete its relatives."""
        hits = self.core.search(self.plan(query, ranking="bm25", strict=True).core, len(self))
        return self.by_segment([doc for _, doc in hits])

    def _range_plan(self, node: nodes.Range | nodes.Word) -> PlanNode:
        from .ranges import range_plan

        return range_plan(self.schema, node)

    @property
    def suggester(self) -> Suggester:
        """What this snapshot suggests; made when first asked for, no plain query needs it."""
        if self._suggester is None:
            from ..suggest.suggester import Suggester

            self._suggester = Suggester(self.core, self.schema, self.analyzers)
        return self._suggester

    # ---- columns

    def values_of(self, field: str) -> FieldValues:
        """The values of a field that has a column, for sorting and counting."""
        found = self._values.get(field)
        if found is None:
            from .fields import FieldValues

            found = self._values[field] = FieldValues(self.schema, field, self.core)
        return found

    def document_id(self, doc: int) -> str:
        """A document's id."""
        return self.core.id_of(doc)

    def require_postings(self, what: str) -> None:
        """They are here: see Pinned."""

    # ---- highlighting

    def marks(self, plan: Plan, field: str) -> list[Mark]:
        """What a plan marks in a field, its patterns expanded over the lexicon."""
        marks: list[Mark] = []
        for mark in plan.marks.of(field):
            marks.append(self.expanded(mark, field) if isinstance(mark, FormPattern) else mark)
        return marks

    def expanded(self, pattern: FormPattern, field: str) -> WordMatch:
        """The forms of a field that a pattern meets, and their lemmas."""
        number = self._scope.number(field)
        forms, lemmas = self.core.expand(
            number,
            pattern.kind,
            pattern.text,
            pattern.distance,
            MAX_MARKED_FORMS,
            self._scope.is_keyword(field),
        )
        return WordMatch(frozenset(lemmas), frozenset(forms))


def parsed(query: Any, parser: QueryParser | None) -> Any:
    """The tree that a parser makes of a query string; without one, or of a tree, the query itself."""
    if parser is None or not isinstance(query, str):
        return query
    if not hasattr(parser, "parse"):
        raise TypeError(f"parser is an object with parse(text), got {type(parser).__name__}: {brief(parser)}")
    return parser.parse(query)

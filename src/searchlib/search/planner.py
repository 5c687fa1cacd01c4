"""A query tree to a plan: what the core evaluates, and what highlighting marks.

What combines words and phrases is planned here, in one walk that knows where in the tree it is: what is
excluded is not marked, and what the user insists on (+, −, AND, NOT, quotes) has no relatives and is no
stopword. Words are planned in words.py, their neighbours in neighbours.py, what asks for no words in
filters.py; fields are scope.py's.
"""

from __future__ import annotations

from ..errors import assert_never
from ..lean import TYPE_CHECKING
from ..plan import All, And, Boost, Docs, Max, Maybe, Not, PlanNode
from ..query import nodes
from ..schema import ID
from .marks import NOTHING, Marks, Plan, any_of, without_stopwords
from .scope import FieldScope
from .words import WordPlans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from .filters import Filters
    from .marks import PlannedMark
    from .neighbours import Placed
    from .ranking import Ranking


RangePlanner: TypeAlias = "Callable[[nodes.Range | nodes.Word], PlanNode]"
"""The plan of a range over a column: the searcher supplies it."""

IdFinder: TypeAlias = "Callable[[str], list[list[int]]]"


class Planner:
    """Makes plans for the fields of one scope. ranking: what counts besides BM25; None: nothing."""

    def __init__(
        self, scope: FieldScope, plan_range: RangePlanner, find_id: IdFinder, ranking: Ranking | None = None
    ) -> None:
        self.scope, self.ranking = scope, ranking
        self.plan_range, self.find_id = plan_range, find_id

    def plan(self, node: nodes.Node) -> Plan:
        """The plan of a query; one that matches nothing if nothing is asked for."""
        walk = without_stopwords(lambda drops: _Walk(self, drops, node), lambda walk: walk.asks)
        marks = {name: list(found) for name, found in walk.marks.items()}
        return Plan(walk.core or NOTHING, Marks(marks), walk.dropped)

    def neighbours(self, places: Iterable[tuple[Placed | None, bool]]) -> list[PlanNode]:
        """Phrases of words side by side, each with whether it was dropped: it still takes its place."""
        if self.ranking is None or not self.ranking.adjacent:
            return []
        from .neighbours import neighbours

        kept = [place.without_words() if place and is_dropped else place for place, is_dropped in places]
        return neighbours(self.scope, kept, float(self.ranking.adjacent))


class _Walk:
    """One walk over a query tree, and what came of it.

    asks: whether anything is wanted, rather than only excluded. dropped: the stopwords.
    """

    def __init__(self, planner: Planner, drops: bool, node: nodes.Node) -> None:
        self._planner, self._scope, self._drops = planner, planner.scope, drops
        self._negative = 0
        self._insisting = 0
        self.asks = False
        self.marks: dict[str, dict[PlannedMark, None]] = {}  # ordered sets
        self.dropped: list[str] = []
        self._words = WordPlans(planner.scope, planner.ranking, self._mark)
        self._filters: Filters | None = None
        self.core = self._node(node)

    def _mark(self, name: str, mark: PlannedMark) -> None:
        """A field's matches of this are marked."""
        self.marks.setdefault(name, {})[mark] = None

    def _node(self, node: nodes.Node, required: bool = False) -> PlanNode | None:
        """A node's plan, or None if it asks for nothing.

        required: it stands directly after +, − or NOT: the user asked for it, so it is no stopword.
        """
        core = self._unboosted(node, required)
        if core is None:
            return None
        if not self._negative and not node.children:
            self.asks = True
        return core if node.boost == 1.0 else Boost(float(node.boost), core)

    def _unboosted(self, node: nodes.Node, required: bool) -> PlanNode | None:
        if isinstance(node, nodes.Word):
            return self._word(node, required)
        if isinstance(node, nodes.Or):
            planned = self._nodes(node.operands, False)
            return any_of(planned, self._neighbours(node.operands) if len(planned) > 1 else ())
        if isinstance(node, nodes.And):
            return self._all_of(node)
        if isinstance(node, nodes.Phrase):
            return self._phrase(node, required)
        if isinstance(node, nodes.Clauses):
            return self._clauses(
                self._nodes(node.required, True),
                self._nodes(node.optional, False),
                self._excluded(node.excluded),
                bool(node.required or node.optional),
            )
        if isinstance(node, nodes.Not):
            return self._clauses([], [], self._excluded((node.operand,)), False)
        if isinstance(node, nodes.Variants):
            return self._variants(node, required)
        if isinstance(node, nodes.Empty):
            return None
        if isinstance(node, (nodes.Everything, nodes.Range, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)):
            if self._filters is None:
                from .filters import Filters  # words need none of it

                self._filters = Filters(self._scope, self._planner.plan_range, self._mark)
            return self._filters.plan(node)
        return assert_never(node)

    # ---- words

    def _is_dropped(self, node: nodes.Word) -> bool:
        return self._drops and not node.stands_for and self._scope.is_stopword(node.text, node.field)

    def _word(self, node: nodes.Word, required: bool) -> PlanNode | None:
        if node.field == ID:
            return Docs(self._planner.find_id(node.text))
        fields = self._scope.fields_of(node.field)
        if node.field is not None and not self._scope.is_searched(fields[0]):
            return self._planner.plan_range(node)
        if not required and self._is_dropped(node):
            self.dropped.append(node.text)
            return None
        ranking = self._planner.ranking
        insists = required or self._negative or self._insisting or node.becomes
        loosely = ranking is not None and ranking.related > 0 and not insists
        return self._words.typed(node.text, fields, loosely, node.stands_for, node.becomes)

    def _phrase(self, node: nodes.Phrase, required: bool) -> PlanNode | None:
        fields = self._scope.fields_of(node.field)
        if not all(self._scope.is_searched(name) for name in fields):
            return self._word(nodes.Word(node.text, node.field), required)
        texts = [name for name in fields if not self._scope.is_keyword(name)]
        keywords = [name for name in fields if self._scope.is_keyword(name)]  # to these it is one value
        plans = [self._words.typed(node.text, [name], False) for name in keywords]
        if texts or not keywords:
            plans.append(self._words.quoted(node.text, texts, node.slop))
        found = [plan for plan in plans if plan is not None]
        return Max(found) if len(found) > 1 else found[0] if found else None

    def _variants(self, node: nodes.Variants, required: bool) -> PlanNode | None:
        """The best of a word and what may stand for it; the reasons are for `explain`, not for the core."""
        core = self._node(node.node, required)
        if core is None:
            return None  # a stopword
        others = ((variant, self._node(variant.node, True)) for variant in node.variants)
        return Max(
            [core, *(Boost(variant.weight, other, variant.label) for variant, other in others if other)]
        )

    # ---- what combines others

    def _all_of(self, node: nodes.And) -> PlanNode | None:
        excluded = [operand.operand for operand in node.operands if isinstance(operand, nodes.Not)]
        wanted = [operand for operand in node.operands if not isinstance(operand, nodes.Not)]
        self._insisting += 1
        planned = self._nodes(wanted, False)
        self._insisting -= 1
        adjacent = self._neighbours(node.operands) if len(planned) > 1 else []
        return self._clauses(planned, adjacent, self._excluded(excluded), bool(wanted))

    def _neighbours(self, operands: Sequence[nodes.Node]) -> list[PlanNode]:
        ranking = self._planner.ranking
        if ranking is None or not ranking.adjacent or self._negative:
            return []
        from .neighbours import placed

        found = ((operand, placed(self._scope, operand)) for operand in operands)
        return self._planner.neighbours(
            (place, place is not None and isinstance(operand, nodes.Word) and self._is_dropped(operand))
            for operand, place in found
        )

    def _clauses(
        self,
        wanted: Sequence[PlanNode],
        optional: Sequence[PlanNode],
        excluded: Sequence[PlanNode],
        asked: bool,
    ) -> PlanNode | None:
        core = wanted[0] if len(wanted) == 1 else And(wanted) if wanted else None
        extra = any_of(optional)
        if core is not None and extra is not None:
            core = Maybe(core, extra)
        core = core or extra
        unwanted = any_of(excluded)
        if unwanted is None:
            return core
        if core is None and asked:
            return None  # what was asked for was stopwords: the planner plans again and keeps them
        return Not(core or All(0.0), unwanted)

    def _nodes(self, operands: Iterable[nodes.Node], required: bool) -> list[PlanNode]:
        planned = (self._node(operand, required) for operand in operands)
        return [core for core in planned if core is not None]

    def _excluded(self, operands: Iterable[nodes.Node]) -> list[PlanNode]:
        marks, self.marks = self.marks, {}  # what must not be there is not marked
        self._negative += 1
        planned = self._nodes(operands, True)
        self._negative -= 1
        self.marks = marks
        return planned

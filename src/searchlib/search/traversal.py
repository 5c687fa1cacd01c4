"""One walk over a query tree that makes its plan: what combines words and phrases has methods here.

It knows where in the tree it is: what is excluded is not marked, and what the user insists on (+, −, AND,
NOT, quotes) has no relatives and is no stopword. Words are planned in words.py, their neighbours in
neighbours.py, what asks for no words in filters.py. What it needs to know of schema and columns it asks the
planner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..plan import All, And, Boost, Max, Maybe, Not, Or, PlanNode
from ..query import nodes
from ..schema import ID
from .marks import PlannedMark
from .words import WordPlans

if TYPE_CHECKING:
    from .planner import Planner


class Traversal:
    """One traversal of a query tree.

    has_positive: whether it asks for anything, rather than only excluding. num_patterns: how many it has.
    """

    def __init__(self, planner: Planner, drops: bool) -> None:
        self.planner = planner
        self._drops = drops
        self._negative = 0
        self._insisting = 0
        self.num_patterns = 0
        self.has_positive = False
        self.marks: dict[str, dict[PlannedMark, None]] = {}  # ordered sets
        self.dropped: list[str] = []
        self._words = WordPlans(planner, self.mark)

    def node(self, node: nodes.Node, required: bool = False) -> PlanNode | None:
        """A node's plan, or None if it asks for nothing.

        required: it stands directly after +, − or NOT: the user asked for it, so it is no stopword.
        """
        method = _METHODS.get(type(node)) or _filter_for(node)
        if method is None:
            raise QueryError(f"a query node of type {type(node).__name__} cannot be searched for")
        core = method(self, node, required)
        if core is not None and not self._negative and type(node) not in _COMBINING:
            self.has_positive = True
        if core is None or node.boost == 1.0:
            return core
        return Boost(float(node.boost), core)

    # ---- leaves

    def word(self, node: nodes.Word, required: bool) -> PlanNode | None:
        if node.field == ID:
            return self.planner.id_docs(node.text)
        if node.field is not None and not self.planner.is_searched(self.planner.fields_of(node.field)[0]):
            return self.planner.range_docs(node)
        if self._drops and not required and self.planner.is_stopword(node):
            self.dropped.append(node.text)
            return None
        ranking = self.planner.ranking
        insists = required or self._negative or self._insisting
        loosely = ranking is not None and ranking.related > 0 and not insists
        return self._words.typed(node.text, self.planner.fields_of(node.field), loosely)

    def phrase(self, node: nodes.Phrase, required: bool) -> PlanNode | None:
        fields = self.planner.fields_of(node.field)
        if not all(self.planner.is_searched(name) for name in fields):
            return self.word(nodes.Word(node.text, node.field), required)
        if self.planner.is_keyword(fields[0]):
            return self._words.typed(node.text, fields[:1], False)
        by_field = [
            (name, [token for token in self.planner.tokens(name, node.text) if token.span == 1])
            for name in fields
        ]
        if not by_field[0][1]:
            return None
        if len(by_field[0][1]) == 1:
            return self._words.group(by_field)
        return self._words.phrase(by_field, node.slop)

    # ---- what combines others

    def all_of(self, node: nodes.And, required: bool) -> PlanNode | None:
        excluded = tuple(operand.operand for operand in node.operands if isinstance(operand, nodes.Not))
        wanted = tuple(operand for operand in node.operands if not isinstance(operand, nodes.Not))
        self._insisting += 1
        planned = self._nodes(wanted, False)
        self._insisting -= 1
        adjacent = self._neighbours(node.operands) if len(planned) > 1 else []
        return self._clauses(planned, adjacent, self._excluded(excluded), bool(wanted))

    def any_of(self, node: nodes.Or, required: bool) -> PlanNode | None:
        planned = self._nodes(node.operands, False)
        core, adjacent = _union(planned), _union(self._neighbours(node.operands) if len(planned) > 1 else [])
        return core if core is None or adjacent is None else Maybe(core, adjacent)

    def _neighbours(self, operands: Sequence[nodes.Node]) -> list[PlanNode]:
        ranking = self.planner.ranking
        if ranking is None or not ranking.adjacent or self._negative:
            return []
        from .neighbours import neighbours, placed

        places = []
        for operand in operands:
            place = placed(self.planner, operand)
            if place is not None and self._drops and isinstance(operand, nodes.Word):
                place = place.without_words() if self.planner.is_stopword(operand) else place
            places.append(place)
        return neighbours(self.planner, places, float(ranking.adjacent))

    def variants(self, node: nodes.Variants, required: bool) -> PlanNode | None:
        """The best of a word and what may stand for it; the reasons are for `explain`, not for the core."""
        core = self.node(node.node, required)
        if core is None:
            return None  # a stopword
        others = ((variant, self.node(variant.node, True)) for variant in node.variants)
        return Max(
            [core, *(Boost(variant.weight, other, variant.label) for variant, other in others if other)]
        )

    def none_of(self, node: nodes.Not, required: bool) -> PlanNode | None:
        return self._clauses([], [], self._excluded((node.operand,)), False)

    def clauses(self, node: nodes.Clauses, required: bool) -> PlanNode | None:
        asked = bool(node.required or node.optional)
        return self._clauses(
            self._nodes(node.required, True),
            self._nodes(node.optional, False),
            self._excluded(node.excluded),
            asked,
        )

    def _clauses(
        self, wanted: list[PlanNode], optional: list[PlanNode], excluded: list[PlanNode], asked: bool
    ) -> PlanNode | None:
        core = wanted[0] if len(wanted) == 1 else And(wanted) if wanted else None
        extra = _union(optional)
        if core is not None and extra is not None:
            core = Maybe(core, extra)
        core = core or extra
        unwanted = _union(excluded)
        if unwanted is None:
            return core
        if core is None and asked:
            return None  # what was asked for was stopwords: the planner comes again and keeps them
        return Not(core or All(0.0), unwanted)

    def _nodes(self, operands: Iterable[nodes.Node], required: bool) -> list[PlanNode]:
        planned = (self.node(operand, required) for operand in operands)
        return [core for core in planned if core is not None]

    def _excluded(self, operands: Iterable[nodes.Node]) -> list[PlanNode]:
        marks, self.marks = self.marks, {}  # what must not be there is not marked
        self._negative += 1
        planned = self._nodes(operands, True)
        self._negative -= 1
        self.marks = marks
        return planned

    def nothing(self, node: nodes.Empty, required: bool) -> None:
        return None

    def mark(self, name: str, mark: PlannedMark) -> None:
        """A field's matches of this are marked."""
        self.marks.setdefault(name, {})[mark] = None


def _union(cores: list[PlanNode]) -> PlanNode | None:
    if not cores:
        return None
    return cores[0] if len(cores) == 1 else Or(cores)


_METHODS: dict[type[nodes.Node], Callable[..., PlanNode | None]] = {
    nodes.Empty: Traversal.nothing,
    nodes.Word: Traversal.word,
    nodes.Phrase: Traversal.phrase,
    nodes.And: Traversal.all_of,
    nodes.Or: Traversal.any_of,
    nodes.Not: Traversal.none_of,
    nodes.Clauses: Traversal.clauses,
    nodes.Variants: Traversal.variants,
}
_COMBINING = frozenset((nodes.And, nodes.Or, nodes.Not, nodes.Clauses, nodes.Variants, nodes.Empty))


def _filter_for(node: nodes.Node) -> Callable[..., PlanNode | None] | None:
    from .filters import METHODS  # words need none of it

    return METHODS.get(type(node))

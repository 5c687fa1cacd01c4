"""The words that a query is expanded by, in its plan: the core reads them as they are, and nodes are made of
them where somebody looks at the plan.

Most expanded queries are searched and never explained. How words are chosen is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from .. import _core
from ..plan import Boost, Or, PlanNode
from .text_groups import TextGroup, word_of

if TYPE_CHECKING:
    from .scope import FieldScope

REASON = "expanded word"


class ExpandedWords(Sequence[tuple[str, float, PlanNode]]):
    """As Plan.expanded has them: each lemma with its factor and its plan."""

    def __init__(
        self, scope: FieldScope, words: list[tuple[float, str, int]], groups: Sequence[TextGroup]
    ) -> None:
        """words: of each the factor of its score, the lemma, and which of the groups has it."""
        self._scope, self._words, self._groups = scope, words, groups
        self._made: list[tuple[str, float, PlanNode]] | None = None
        self.core = _core.WeightedWords(words, [group.weights(scope) for group in groups])

    def __len__(self) -> int:
        return len(self._words)

    @overload
    def __getitem__(self, at: int) -> tuple[str, float, PlanNode]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, float, PlanNode]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if self._made is None:
            self._made = [
                (lemma, factor, word_of(self._scope, lemma, self._groups[place]))
                for factor, lemma, place in self._words
            ]
        return self._made[at]

    def nodes(self) -> list[PlanNode]:
        """Each as an alternative in a plan."""
        return [Boost(factor, word, REASON) for _, factor, word in self]


class ExpandedOr(Or, kind="expanded", title=Or.title, alternatives=Or.alternatives):
    """An Or of some nodes and of such words; a kind of its own for the core alone."""

    __slots__ = ("_nodes", "asked", "expanded")

    def __init__(self, asked: Sequence[PlanNode], expanded: ExpandedWords) -> None:
        self.asked, self.expanded = asked, expanded
        self._nodes: list[PlanNode] | None = None

    @property
    def words(self) -> _core.WeightedWords:
        """As the core reads them."""
        return self.expanded.core

    @property
    def children(self) -> Sequence[PlanNode]:  # type: ignore[override]
        if self._nodes is None:
            self._nodes = [*self.asked, *self.expanded.nodes()]
        return self._nodes

"""What a planned query is: nodes for the core, and what highlighting marks; and how several become one."""

from __future__ import annotations

from ..highlight import Mark
from ..lean import TYPE_CHECKING, NamedTuple
from ..plan import Filtered, FormPattern, Maybe, Nothing, Or, PlanNode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias, TypeVar

    from .. import _core
    from ..suggest.suggestions import Suggestion

    T = TypeVar("T")

PlannedMark: TypeAlias = Mark | FormPattern
"""The searcher expands a pattern over the lexicon when a hit is highlighted."""


class Marks:
    """What highlighting marks, by field: of one part of a query, or of several parts together.

    Joined when a field's are asked for: most queries of a batch are never highlighted.
    """

    __slots__ = ("_by_field", "_parts")

    def __init__(
        self, by_field: Mapping[str, Sequence[PlannedMark]] | None = None, parts: Sequence[Marks] = ()
    ) -> None:
        self._by_field, self._parts = by_field or {}, parts

    def of(self, field: str) -> list[PlannedMark]:
        """A field's, each once, in the order of the query."""
        found = dict.fromkeys(self._by_field.get(field, ()))
        for part in self._parts:
            found.update(dict.fromkeys(part.of(field)))
        return list(found)

    def fields(self) -> set[str]:
        """The fields that have any."""
        return set(self._by_field).union(*(part.fields() for part in self._parts))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Marks):
            return NotImplemented
        fields = self.fields()
        return fields == other.fields() and all(self.of(name) == other.of(name) for name in fields)

    __hash__ = None  # type: ignore[assignment]


class Plan(NamedTuple):
    """core: for the core. marks: what of a field's text is marked.

    dropped: the stopwords that were left out. notes: what of the query was not understood.
    asked: what of the core the query itself asks for; None: all. expanded: the words that were added to it,
        each with the factor of its score and its plan. guessed: documents that are thought to be the best.
    tiers: plans whose documents come before those of the core, the best first; each finds what the one before
        does. instead: what was searched for in place of the query. having_all: of a text that
        somebody is typing, what finds the documents with all of its words. has_slip: whether a word is
        likelier a slip than what was found for it.
    """

    core: PlanNode
    marks: Marks
    dropped: list[str]
    notes: tuple[str, ...] = ()
    asked: PlanNode | None = None
    expanded: Sequence[tuple[str, float, PlanNode]] = ()
    guessed: Sequence[int] = ()
    tiers: Sequence[PlanNode] = ()
    instead: Suggestion | None = None
    having_all: PlanNode | None = None
    has_slip: bool = False

    def filtered(self, passes: _core.FilterPlan | None) -> Plan:
        """The plan of what passes, too; its marks and what it asks for stay."""
        if passes is None or self.core is NOTHING:
            return self
        return self._replace(core=Filtered(self.core, passes), asked=self.asked or self.core)


NOTHING = Nothing()
"""The plan of a query that asks for nothing."""


def without_stopwords(attempt: Callable[[bool], T], asks: Callable[[T], object]) -> T:
    """What the attempt makes without stopwords, unless it asks for nothing then: stopwords alone are kept."""
    made = attempt(True)
    return made if asks(made) else attempt(False)


def any_of(cores: Sequence[PlanNode], neighbours: Sequence[PlanNode] = ()) -> PlanNode | None:
    """One or more of these match, and their scores are added; neighbours add where they match."""
    if len(cores) < 2:
        return cores[0] if cores else None
    extra = any_of(neighbours) if neighbours else None
    return Or(cores) if extra is None else Maybe(Or(cores), extra)

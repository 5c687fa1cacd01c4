"""What a planned query is: nodes for the core, and what highlighting marks. Plain data alone."""

from __future__ import annotations

from ..highlight import Mark
from ..lean import TYPE_CHECKING
from ..plan import FormPattern, PlanNode
from ..tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

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
    """

    core: PlanNode
    marks: Marks
    dropped: list[str]
    notes: tuple[str, ...] = ()
    asked: PlanNode | None = None
    expanded: Sequence[tuple[str, float, PlanNode]] = ()
    guessed: Sequence[int] = ()

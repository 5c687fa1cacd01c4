"""What `filter=` says, as a plan: it neither scores nor marks.

Conditions (query/conditions.py) are checked against the schema here: a program that asks for what cannot be
has to be told. A string and a tree are planned as queries are, but strictly: text that is not understood must
not let more through. What asks for nothing lets nothing through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .. import _core
from ..errors import QueryError, QueryTooComplex, UnknownFieldError, brief
from ..kinds import column_kind
from ..kinds.base import ColumnKind, Scalar
from ..plan import All, And, Docs, Has, InRange, InSet, InStrings, Not, Nothing, Or, PlanNode, Word, WordField
from ..query import nodes
from ..query.conditions import AllOf, AnyOf, Condition, Filter, Fixed, NoneOf
from ..query.limits import Limits
from ..schema import ID, id_of
from .ranges import LEAST_KEY, MOST_KEY
from .trees import node_of
from .whole_values import with_whole_values

if TYPE_CHECKING:
    from .planner import Planner

MAX_VALUES = 100_000
"""Conditions and values of one filter."""

_LIMITS = Limits()
_FEW_STRINGS = 16
"""So many are looked up as terms: their postings are shorter than a column."""


def filter_plan(filter: object, planner: Planner) -> PlanNode:
    """The documents that a filter lets through.

    QueryError, UnknownFieldError or QueryTooComplex for what no document of the schema could be asked.
    """
    if isinstance(filter, Filter):
        return _Conditions(planner).plan(filter)
    if isinstance(filter, (list, tuple)):
        return And([filter_plan(each, planner) for each in filter]) if filter else Nothing()
    if isinstance(filter, (str, nodes.Base)) or type(filter).__module__.startswith("whoosh"):
        return _of_query(filter, planner)
    raise QueryError(
        f"a filter is an expression of F, like F.price > 1, a query string, a query tree or a list of these, "
        f"got {type(filter).__name__}: {brief(filter)}"
    )


def _of_query(query: Any, planner: Planner) -> PlanNode:
    node = with_whole_values(node_of(query, planner.scope.schema, strict=True), planner.scope.schema)
    return Nothing() if isinstance(node, nodes.Empty) else planner.plan(node).core


class _Conditions:
    def __init__(self, planner: Planner) -> None:
        self._planner, self._schema = planner, planner.scope.schema

    def plan(self, filter: Filter) -> PlanNode:
        _LIMITS.check_depth(filter.depth)
        if filter.size > MAX_VALUES:
            raise QueryTooComplex(
                f"a filter has at most {MAX_VALUES:,} conditions and values, this one has {filter.size:,}; "
                f"keep what is filtered by in a field of the documents"
            )
        return self._node(filter)

    def _node(self, filter: Filter) -> PlanNode:
        if isinstance(filter, Condition):
            return self._condition(filter)
        if isinstance(filter, AllOf):
            return And([self._node(part) for part in filter.parts])
        if isinstance(filter, AnyOf):
            return Or([self._node(part) for part in filter.parts])
        if isinstance(filter, NoneOf):
            return Not(All(0.0), self._node(filter.part))
        if isinstance(filter, Fixed):
            return filter_plan(filter.part, self._planner)
        raise QueryError(f"a filter is made of F, got {type(filter).__name__}")

    def _condition(self, asked: Condition) -> PlanNode:
        if not isinstance(asked.field, str):
            raise QueryError(f"a field is named by a string, got {type(asked.field).__name__}")
        if asked.field == ID:
            return self._ids(asked)
        field = self._schema.get(asked.field)
        if field is None:
            raise UnknownFieldError(
                f"the filter {brief(asked)} names a field {asked.field!r}, which there is not; this index "
                f"has: id, {', '.join(self._schema)}"
            )
        scope = self._planner.scope
        if asked.operator == "exists":
            if field.searched:
                return Has(scope.number(asked.field))
            return InRange(self._schema.column_numbers[asked.field], [(LEAST_KEY, MOST_KEY)])
        kind = column_kind(field.kind)
        spans = [self._span(kind, value, asked) for value in asked.values]
        if kind.strings:
            return self._strings(asked, [str(low) for low, _ in spans])
        return _numbers(asked, spans, kind.key, self._schema.column_numbers[asked.field])

    def _span(self, kind: ColumnKind, value: Any, asked: Condition) -> tuple[Scalar, Scalar]:
        if value is None:
            raise QueryError(
                f"field {asked.field!r}: None is no value; documents without one are "
                f"~F.{asked.field}.exists()"
            )
        return kind.span(value, asked.field)

    def _ids(self, asked: Condition) -> PlanNode:
        if asked.operator == "exists":
            return All(0.0)
        if asked.operator != "any":
            raise QueryError('ids have no order; write F.id == "one" or F.id.any("one", "two")')
        by_segment: list[set[int]] = []
        for value in asked.values:
            value = id_of(value)
            if not isinstance(value, str):
                raise QueryError(f"an id is a string or an int, got {type(value).__name__}: {brief(value)}")
            found = self._planner.find_id(value)
            by_segment = by_segment or [set() for _ in found]
            for docs, more in zip(by_segment, found, strict=True):
                docs.update(more)
        return Docs([sorted(docs) for docs in by_segment], 0.0) if by_segment else Nothing()

    def _strings(self, asked: Condition, values: Sequence[str]) -> PlanNode:
        name, scope = asked.field, self._planner.scope
        values = (
            [scope.keyword(name, _checked(name, value)) for value in values]
            if scope.is_keyword(name)
            else [_checked(name, value) for value in values]
        )
        number = self._schema.column_numbers.get(name)
        if asked.operator == "any":
            wanted = sorted(set(values))
            if not wanted:
                return Nothing()
            if scope.is_keyword(name) and (number is None or len(wanted) <= _FEW_STRINGS):
                return Word([WordField(scope.number(name), 1.0, wanted)])
            if number is not None:
                return InSet(number, wanted)
        if number is None:
            kind = type(self._schema[name]).__name__
            raise QueryError(
                f"field {name!r} has words and no column of whole values, so that F.{name} can only be asked "
                f"whether it exists(); write filter='{name}:word' for its words, or make the field "
                f"{kind}(column=True)"
            )
        low, high = _ends(asked.operator, values)
        return InStrings(number, low, high, asked.operator != "above", asked.operator != "below")


def _ends(operator: str, values: Sequence[str]) -> tuple[str | None, str | None]:
    if operator == "between":
        return values[0], values[1]
    return (values[0], None) if operator in ("from", "above") else (None, values[0])


def _numbers(
    asked: Condition, spans: Sequence[tuple[Scalar, Scalar]], key: Callable[[Scalar], int], number: int
) -> PlanNode:
    keys = [(key(low), key(high)) for low, high in spans]
    if asked.operator == "any":
        ranges = keys
    elif asked.operator == "between":
        ranges = [(keys[0][0], keys[1][1])]
    elif asked.operator in ("from", "above"):
        ranges = [(keys[0][0] if asked.operator == "from" else keys[0][1] + 1, MOST_KEY)]
    else:
        ranges = [(LEAST_KEY, keys[0][1] if asked.operator == "to" else keys[0][0] - 1)]
    ranges = _disjoint(ranges)
    return InRange(number, ranges) if ranges else Nothing()


def _disjoint(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same keys in ascending ranges, none of them empty."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(each for each in ranges if each[0] <= each[1]):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def _checked(name: str, value: str) -> str:
    try:
        _core.utf8_length(value)
    except UnicodeEncodeError:
        raise QueryError(
            f"field {name!r}: {brief(value)} holds a lone surrogate, which is no character"
        ) from None
    return value

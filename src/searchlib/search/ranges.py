"""Ranges over columns: what a query's ends ask of a field's values, as the core evaluates it.

The ends are given as typed, and the field's kind reads them. No document is looked at here.
"""

from __future__ import annotations

from .. import _core
from ..errors import QueryError
from ..kinds import column_kind
from ..kinds.base import ColumnKind
from ..plan import InRange, InStrings, Nothing, PlanNode
from ..query import nodes
from ..schema import Schema, column_types

LEAST_KEY, MOST_KEY = -(2**63), 2**63 - 1


def range_plan(schema: Schema, node: nodes.Range | nodes.Word) -> PlanNode:
    """The documents with a value in the range, or equal to the word.

    QueryError if an end is not a value of the field's kind, or the field has no column.
    """
    name = node.field or ""
    number = schema.column_numbers.get(name)
    if number is None:
        raise QueryError(
            f"field {name!r} has words and no column; ranges like [a TO b] are for {column_types()} fields, "
            f"and for Text and Keyword fields with column=True"
        )
    kind = column_kind(schema[name].kind)
    if kind.strings:
        return _strings(schema, number, node)
    low, high = _keys(kind, name, node)
    return InRange(number, [(low, high)]) if low <= high else Nothing()


def _strings(schema: Schema, number: int, node: nodes.Range | nodes.Word) -> PlanNode:
    folds = node.field in schema.folded_columns

    def end(text: str | None) -> str | None:
        if text is None:
            return None
        said = text.encode("utf-8", "replace").decode()  # no value has a lone surrogate
        return _core.keyword_key(said) if folds else said

    if isinstance(node, nodes.Word):
        return InStrings(number, end(node.text), end(node.text))
    return InStrings(number, end(node.low), end(node.high), node.includes_low, node.includes_high)


def _keys(kind: ColumnKind, name: str, node: nodes.Range | nodes.Word) -> tuple[int, int]:
    """Both ends as the core compares them, included."""
    read = kind.bounds
    if isinstance(node, nodes.Word):
        first, last = read(node.text, name)
        return kind.key(first), kind.key(last)
    low, high = LEAST_KEY, MOST_KEY
    if node.low is not None:
        first, last = read(node.low, name)
        low = kind.key(first) if node.includes_low else kind.key(last) + 1
    if node.high is not None:
        first, last = read(node.high, name)
        high = kind.key(last) if node.includes_high else kind.key(first) - 1
    return low, high

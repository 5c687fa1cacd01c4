"""Ranges over columns: which documents of a segment have a value between two ends.

The ends are given as typed, and the field's kind reads them. The answer is document numbers.
"""

from __future__ import annotations

from ..kinds import column_kind
from ..query import nodes
from ..storage.columns import ColumnReader


def matching_docs(column: ColumnReader | None, kind: str, node: nodes.Range | nodes.Word) -> list[int]:
    """The ascending numbers of the documents with a value in the range, or equal to the word.

    QueryError if an end is not a value of that kind.
    """
    low, high = _bounds(kind, node)
    if column is None:
        return []
    found = []
    values = column.values
    for doc in range(column.num_docs):
        first, end = column.bounds(doc)
        for i in range(first, end):
            if (low is None or low <= values[i]) and (high is None or values[i] <= high):
                found.append(doc)
                break
    return found


def _bounds(kind: str, node: nodes.Range | nodes.Word) -> tuple[float | int | None, float | int | None]:
    """Both ends as the column holds them, included; None is open."""
    name, read = node.field or "", column_kind(kind).bounds
    if isinstance(node, nodes.Word):
        return read(node.text, name)
    low = high = None
    if node.low is not None:
        first, last = read(node.low, name)
        low = first if node.includes_low else _next_up(last)
    if node.high is not None:
        first, last = read(node.high, name)
        high = last if node.includes_high else _next_down(first)
    return low, high


def _next_up(value: float | int) -> float | int:
    import math

    return value + 1 if isinstance(value, int) else math.nextafter(value, math.inf)


def _next_down(value: float | int) -> float | int:
    import math

    return value - 1 if isinstance(value, int) else math.nextafter(value, -math.inf)

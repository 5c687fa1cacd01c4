"""Ranges over columns: which documents of a segment have a value between two ends.

A query's words for the ends come in as typed and are read by the field's kind; document numbers go out.
"""

from __future__ import annotations

from ..errors import QueryError
from ..literals import parse_boolean, parse_date, parse_days, parse_number
from ..query import nodes
from ..storage.columns import ColumnReader
from ..storage.values import date_value

_DAY_US = 86_400_000_000


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
    name = node.field or ""
    if isinstance(node, nodes.Word):
        return _read(kind, node.text, name)
    low = high = None
    if node.low is not None:
        first, last = _read(kind, node.low, name)
        low = first if node.includes_low else _next_up(last)
    if node.high is not None:
        first, last = _read(kind, node.high, name)
        high = last if node.includes_high else _next_down(first)
    return low, high


def _read(kind: str, text: str, name: str) -> tuple[float | int, float | int]:
    """The least and the greatest value that a word stands for: a year or a day is a stretch of time."""
    if kind == "number":
        return _read_number(text, name)
    if kind == "boolean":
        return _read_boolean(text, name)
    return _read_date(text, name)


def _read_number(text: str, name: str) -> tuple[float, float]:
    value = parse_number(text)
    if value is None:
        raise QueryError(f"field {name!r} holds numbers, got {text!r}; write for example {name}:1991")
    return float(value), float(value)


def _read_boolean(text: str, name: str) -> tuple[int, int]:
    value = parse_boolean(text)
    if value is None:
        raise QueryError(
            f"field {name!r} holds true or false, got {text!r}; write {name}:true or {name}:false"
        )
    return int(value), int(value)


def _read_date(text: str, name: str) -> tuple[int, int]:
    days = parse_days(text)
    if days is not None:
        first, last = days
        return date_value(first, name), date_value(last, name) + _DAY_US - 1
    moment = parse_date(text)
    if moment is None:
        raise QueryError(
            f"field {name!r} holds dates, got {text!r}; write 1991, 1991-09, 1991-09-01 or 1991-09-01T12:00"
        )
    value = date_value(moment, name)
    return value, value


def _next_up(value: float | int) -> float | int:
    import math

    return value + 1 if isinstance(value, int) else math.nextafter(value, math.inf)


def _next_down(value: float | int) -> float | int:
    import math

    return value - 1 if isinstance(value, int) else math.nextafter(value, -math.inf)

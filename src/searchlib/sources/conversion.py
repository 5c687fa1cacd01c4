"""Raw values of a source to the kinds of the schema's fields.

A raw value and its field come in; the value that the index takes goes out, or a ValueError whose text
completes "field 'x' …". A JSON value must have the field's type; a cell of CSV is a string and is read as
what the field wants. Nothing is known of files or lines.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

from ..literals import parse_boolean, parse_date, parse_number
from ..schema import Boolean, Date, Field, Keyword, Number, Text


def convert(value: Any, field: Field, *, cells: bool = False) -> Any:
    """`value` as `field` keeps it; a list element by element.

    cells: the values are cells of a table, strings whatever they mean. Raises ValueError.
    """
    if isinstance(value, list):
        return [_convert_one(item, field, cells) for item in value if item is not None]
    return _convert_one(value, field, cells)


def _convert_one(value: Any, field: Field, cells: bool) -> Any:
    if isinstance(field, Text):
        return _as_text(value)
    if isinstance(field, Keyword):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else _as_text(value)
    if isinstance(field, Number):
        spelt = parse_number(value) if cells and isinstance(value, str) else None
        return _as_number(value if spelt is None else spelt)
    if isinstance(field, Date):
        return _as_date(value)
    assert isinstance(field, Boolean)
    return _as_boolean(value, cells)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"is a string, got {describe(value)}")


def _as_number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"is a number, got {describe(value)}")
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if value != value:
        raise ValueError("is a number, got NaN")
    if not finite:
        raise ValueError("is a number that a double can hold, got one beyond it")
    return value


def _as_date(value: Any) -> date | datetime:
    result = parse_date(value) if isinstance(value, str) else None
    if result is None:
        raise ValueError(f"is a date like 2024-05-31 or 2024-05-31T12:00:00Z, got {describe(value)}")
    return result


def _as_boolean(value: Any, cells: bool) -> bool:
    if isinstance(value, bool):
        return value
    spelt = parse_boolean(value) if cells and isinstance(value, str) else None
    if spelt is not None:
        return spelt
    raise ValueError(f"is true or false, got {describe(value)}")


def describe(value: Any) -> str:
    """A value in a message: its kind, and itself where that is short."""
    if isinstance(value, str):
        return f"the string {value if len(value) <= 40 else value[:39] + '…'!r}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return (
            f"the number {value!r}" if not isinstance(value, int) or abs(value) < 10**20 else "a huge number"
        )
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else "null"

"""Raw values of a source to the kinds of the schema's fields.

A raw value and its field come in; the value that the index takes goes out, or a ValueError whose text
completes "field 'x' …". A JSON value must have the field's type; a cell of CSV is a string and is read as
what the field wants. Nothing is known of files or lines.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ..schema import Boolean, Date, Field, Keyword, Number, Text

_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?[ ]?(Z|[+-]\d\d(?::?\d\d)?)?)?\Z"
)
_TRUE = frozenset({"true", "yes", "1", "да"})
_FALSE = frozenset({"false", "no", "0", "нет"})
_INTEGER = re.compile(r"[+-]?\d{1,300}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\Z", re.ASCII)


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
        return _as_number(parse_number(value) if cells and isinstance(value, str) else value)
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


def parse_number(text: str) -> int | float | str:
    """The number that a cell spells, or the cell as it is."""
    text = text.strip()
    if _INTEGER.match(text):
        return int(text)
    return float(text) if len(text) <= 300 and _DECIMAL.match(text) else text


def _as_date(value: Any) -> date | datetime:
    result = parse_date(value) if isinstance(value, str) else None
    if result is None:
        raise ValueError(f"is a date like 2024-05-31 or 2024-05-31T12:00:00Z, got {describe(value)}")
    return result


def parse_date(text: str) -> date | datetime | None:
    """An ISO 8601 date or time; a time without a zone is taken to be UTC. None for anything else."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        microsecond = int((fraction or "0").ljust(6, "0")[:6])
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second or 0),
            microsecond,
            _zone(zone),
        )
    except ValueError:
        return None


def _zone(text: str | None) -> timezone:
    if text in (None, "Z"):
        return timezone.utc
    assert text is not None
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _as_boolean(value: Any, cells: bool) -> bool:
    if isinstance(value, bool):
        return value
    if cells and isinstance(value, str) and value.strip().lower() in _TRUE | _FALSE:
        return value.strip().lower() in _TRUE
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

"""What a condition of these front ends means in an index: values as its fields hold them.

Front ends send all values as text. A field says what a text is: a number, a boolean, a date (ISO 8601, or
seconds since 1970 as their sliders have them), or the string itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ...errors import QueryError
from ...literals import parse_boolean, parse_date, parse_number, parse_stretch
from ...query.conditions import Condition, F, Filter
from ...schema import ID, Field, Schema

_OPERATORS = {"=": "any", "IN": "any", ">": "above", ">=": "from", "<": "below", "<=": "to", "TO": "between"}
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_LAST_CHARACTER = "\U0010ffff"
_NUMBERS = ("number", "integer")


def asker_of(schema: Schema) -> Callable[[str, str, Sequence[str]], Filter]:
    """What the parser asks for the conditions of an index with this schema."""
    return lambda field, operator, values: condition(schema, field, operator, values)


def condition(schema: Schema, name: str, operator: str, values: Sequence[str]) -> Filter:
    """A condition of a field; QueryError where the field cannot have it."""
    field = filterable(schema, name)
    if operator == "EXISTS":
        return F[name].exists()
    kind = ID if field is None else field.kind
    if operator == "STARTS WITH":
        if kind in (*_NUMBERS, "date", "boolean", ID):
            raise QueryError(f"STARTS WITH is for strings, and field {name!r} holds {_called(kind)}")
        return F[name].between(values[0], values[0] + _LAST_CHARACTER)
    return Condition(name, _OPERATORS[operator], tuple(_value(kind, name, value) for value in values))


def filterable(schema: Schema, name: str) -> Field | None:
    """The field of that name, None for the id; QueryError where it has no values to ask for."""
    if name == ID:
        return None
    field = schema.get(name)
    if field is None or not (field.has_column or field.kind == "keyword"):
        why = "there is none of that name" if field is None else "it has words and no column of whole values"
        raise QueryError(f"the index cannot be filtered by {name!r:.100}: {why}; it can by {_named(schema)}")
    return field


def _named(schema: Schema) -> str:
    return ", ".join([ID, *(name for name, field in schema.items() if field.has_column)])


def _called(kind: str) -> str:
    return {
        "number": "numbers",
        "integer": "numbers",
        "date": "dates",
        "boolean": "true or false",
        ID: "ids",
    }[kind]


def _value(kind: str, name: str, text: str) -> Any:
    if kind in _NUMBERS:
        value: Any = parse_number(text)
    elif kind == "boolean":
        value = parse_boolean(text)
    elif kind == "date":
        return _date(name, text)
    else:
        return text
    if value is None:
        raise QueryError(f"field {name!r} holds {_called(kind)}, got {text!r:.100}")
    return value


def _date(name: str, text: str) -> datetime | str:
    """A moment, or a text that names a stretch of time: a day, a month, an hour."""
    exact = parse_date(text)
    if isinstance(exact, datetime):
        return exact
    if parse_stretch(text) is not None:
        return text
    seconds = parse_number(text)
    if seconds is not None:
        try:
            return _EPOCH + timedelta(microseconds=round(seconds * 1_000_000))
        except OverflowError:
            pass
    raise QueryError(
        f"field {name!r} holds dates, as 2024-01-31, 2024-01 or seconds since 1970-01-01; got {text!r:.100}"
    )


def seconds_of(value: date | datetime) -> float | int:
    """A date as these front ends count it: seconds since 1970, a whole number where it is one."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=timezone.utc)
    micro = (value - _EPOCH) // _MICROSECOND
    return micro // 1_000_000 if micro % 1_000_000 == 0 else micro / 1_000_000

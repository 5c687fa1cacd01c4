"""What a condition of these front ends means in an index: values as its fields hold them.

Front ends send all values as text. A field says what a text is: a number, a boolean, a date (ISO 8601, or
seconds since 1970 as their sliders have them), or the string itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ...errors import QueryError
from ...kinds import column_kind
from ...literals import parse_date, parse_number, parse_stretch
from ...query.conditions import Condition, F, Filter
from ...schema import ID, Field, Keyword, Schema

_OPERATORS = {"=": "any", "IN": "any", ">": "above", ">=": "from", "<": "below", "<=": "to", "TO": "between"}
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_LAST_CHARACTER = "\U0010ffff"


def asker_of(schema: Schema) -> Callable[[str, str, Sequence[str]], Filter]:
    """What the parser asks for the conditions of an index with this schema."""
    return lambda field, operator, values: condition(schema, field, operator, values)


def condition(schema: Schema, name: str, operator: str, values: Sequence[str]) -> Filter:
    """A condition of a field; QueryError where the field cannot have it."""
    field = filterable(schema, name)
    if operator == "EXISTS":
        return F[name].exists()
    if operator == "STARTS WITH":
        if field is None or not column_kind(field.kind).strings:
            what = "ids are asked for whole" if field is None else f"{name!r} is a {type(field).__name__}"
            raise QueryError(f"STARTS WITH is for strings in a field, and {what}")
        return F[name].between(values[0], values[0] + _LAST_CHARACTER)
    return Condition(name, _OPERATORS[operator], tuple(_value(field, name, value) for value in values))


def filterable(schema: Schema, name: str) -> Field | None:
    """The field of that name, None for the id; QueryError where it has no values to ask for."""
    if name == ID:
        return None
    field = schema.get(name)
    if field is None or not (field.has_column or isinstance(field, Keyword)):
        why = "there is none of that name" if field is None else "it has words and no column of whole values"
        known = ", ".join([ID, *schema.column_kinds])
        raise QueryError(f"the index cannot be filtered by {name!r:.100}: {why}; it can by {known}")
    return field


def _value(field: Field | None, name: str, text: str) -> Any:
    if field is None:
        return text
    kind = column_kind(field.kind)
    if kind.moments:
        return _date(name, text)
    try:
        return kind.spelt(text)
    except ValueError as error:
        raise QueryError(f"field {name!r} {error}") from None


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

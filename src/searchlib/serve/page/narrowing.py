"""The filters of an address as conditions of the library, their values read by the types of the fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ...literals import parse_boolean, parse_date, parse_number
from ...query.conditions import F, Filter
from ...schema import Schema
from ..problems import ProblemError
from .address import Asked, filters_of

_READERS: dict[str, tuple[Any, str]] = {
    "number": (parse_number, "a number"),
    "integer": (parse_number, "a number"),
    "boolean": (parse_boolean, "true or false"),
    "date": (parse_date, "a date as 2024-01-31"),
}


def conditions(asked: Asked, schema: Schema, date_field: str | None) -> list[Filter]:
    """What a document must have. ProblemError for a value that its field cannot have.

    Filters by fields that the index lacks are left out: `unknown` names them.
    """
    found: list[Filter] = []
    for field, values in filters_of(asked).items():
        if field not in schema:
            continue
        kind = schema.field(field).kind
        found.append(F[field].any([_value(field, kind, value) for value in values]))
    if date_field is not None and (asked.since or asked.until):
        found.append(_between(date_field, *dates_of(asked)))
    return found


def dates_of(asked: Asked) -> tuple[str, str]:
    """From and to, the earlier one first; as they stand where one of them is no date."""
    first, last = parse_date(asked.since), parse_date(asked.until)
    if first is not None and last is not None and _day(last) < _day(first):
        return asked.until, asked.since
    return asked.since, asked.until


def unknown(asked: Asked, schema: Schema) -> list[str]:
    """The fields of filters that this index lacks, as after a change of the index."""
    return [field for field in filters_of(asked) if field not in schema]


def _between(field: str, since: str, until: str) -> Filter:
    first = _value(field, "date", since) if since else None
    last = _value(field, "date", until) if until else None
    found: Filter
    if first is None:
        found = F[field] <= last
    elif last is None:
        found = F[field] >= first
    else:
        found = F[field].between(first, last)
    return found


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _value(field: str, kind: str, text: str) -> Any:
    reader, expected = _READERS.get(kind, (None, ""))
    if reader is None:
        return text
    value = reader(text)
    if value is None:
        detail = f"{field} is {expected}, got {text!r:.100}"
        raise ProblemError(400, "BadFilter", "A filter cannot be read", detail)
    return value

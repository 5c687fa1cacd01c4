"""The filters of an address as conditions of the library, their values read by the types of the fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ...kinds import column_kind
from ...literals import parse_date
from ...query.conditions import F, Filter
from ...schema import Schema
from ..problems import ProblemError
from .address import Asked, filters_of


def conditions(asked: Asked, schema: Schema, date_field: str | None) -> list[Filter]:
    """What a document must have. ProblemError for a value that its field cannot have.

    Filters by fields that the index lacks are left out: `unknown` names them.
    """
    found: list[Filter] = []
    for field, values in filters_of(asked).items():
        if field not in schema:
            continue
        found.append(F[field].any([_value(schema, field, value) for value in values]))
    if date_field is not None and (asked.since or asked.until):
        found.append(_between(schema, date_field, *dates_of(asked)))
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


def _between(schema: Schema, field: str, since: str, until: str) -> Filter:
    first = _value(schema, field, since) if since else None
    last = _value(schema, field, until) if until else None
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


def _value(schema: Schema, field: str, text: str) -> Any:
    try:
        return column_kind(schema[field].kind).spelt(text)
    except ValueError as error:
        detail = f"field {field!r} {error}"
        raise ProblemError(400, "BadFilter", "A filter cannot be read", detail) from None

"""What a search says besides its words, as JSON has it, and back: orders, facets, groups, boosts, rankings.

Each record of the library is {"kind": its name, field: value, …}. What a record refuses, it refuses here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from ..arguments import listed
from ..errors import QueryError, brief
from ..records import Record
from ..search.boosts import Recency, Static
from ..search.counting import GroupBy
from ..search.facets import Distinct, Facet, Histogram, Range, Stats, Terms
from ..search.ranking import Ranking
from ..search.sorting import Sort
from .scalars import clean, scalar_as_json, scalar_of_json

_KINDS: dict[str, type[Record]] = {
    "sort": Sort,
    "terms": Terms,
    "range": Range,
    "histogram": Histogram,
    "stats": Stats,
    "distinct": Distinct,
    "group_by": GroupBy,
    "recency": Recency,
    "static": Static,
    "ranking": Ranking,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def argument_as_json(name: str, given: Any, takes: tuple[type, ...], what: str) -> Any:
    """A string, a record of one of these types, or several of them; QueryError says what was expected."""
    if given is None or isinstance(given, str):
        return given if given is None else clean(given)
    if isinstance(given, Record):
        return _record_as_json(given, takes, name, what)
    return [
        clean(each) if isinstance(each, str) else _record_as_json(each, takes, name, what)
        for each in listed(name, given, what)
    ]


def _record_as_json(given: Any, takes: tuple[type, ...], name: str, what: str) -> dict[str, Any]:
    if type(given) not in takes:
        raise QueryError(f"{name} is {what}; got {brief(given)}")
    values = {
        field: _value_as_json(getattr(given, field))
        for field in given.field_names()
        if getattr(given, field) != given._defaults.get(field, _MISSING)
    }
    return {"kind": _NAMES[type(given)], **values}


def _value_as_json(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return list(map(_value_as_json, value))
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, tzinfo):
        return zone_as_json(value)
    return scalar_as_json(value)


def zone_as_json(zone: tzinfo) -> Any:
    """A time zone: its name, or its seconds from UTC where that never changes."""
    name = getattr(zone, "key", None)
    if isinstance(name, str):
        return name
    if isinstance(zone, timezone):
        return {"offset": zone.utcoffset(None).total_seconds()}
    raise QueryError(
        f"a time zone that is asked for over a network has a name, as zoneinfo.ZoneInfo has, or is a "
        f"datetime.timezone; got {brief(zone)}"
    )


def argument_of_json(name: str, given: Any, takes: tuple[type, ...]) -> Any:
    """The inverse; QueryError for what is none."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, list):
        return [argument_of_json(name, each, takes) for each in given]
    kind = (
        _KINDS.get(given["kind"]) if isinstance(given, dict) and isinstance(given.get("kind"), str) else None
    )
    if kind is None or kind not in takes:
        names = ", ".join(_NAMES[one] for one in takes)
        raise QueryError(f'{name} is a string or {{"kind": …}} with a kind of {names}; got {brief(given)}')
    values = {field: _value_of_json(value) for field, value in given.items() if field != "kind"}
    try:
        return kind(**values)
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(error, QueryError):
            raise
        raise QueryError(f"{name}: {error}") from None


def _value_of_json(given: Any) -> Any:
    if isinstance(given, list):
        return list(map(_value_of_json, given))
    if isinstance(given, dict) and len(given) == 1:
        ((kind, number),) = given.items()
        reader = _DURATIONS.get(kind)
        if reader is not None and isinstance(number, (int, float)):
            try:
                return reader(number)
            except (ValueError, OverflowError):
                raise QueryError(f"{kind!r} cannot be {brief(number)}") from None
    return scalar_of_json(given)


_DURATIONS: dict[str, Callable[[float], Any]] = {
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "offset": lambda seconds: timezone(timedelta(seconds=seconds)),
}

_MISSING = object()

FACETS = (Terms, Range, Histogram, Stats, Distinct)
SORTS = (Sort,)
GROUPS = (GroupBy,)
BOOSTS = (Recency, Static)
RANKINGS = (Ranking,)


def facets_in_zone(facets: Sequence[str | Facet] | str | Facet, found: dict[str, Any]) -> None:
    """Have the results of facets show their moments by the clocks of the zones that were asked for."""
    from ..search.facets import Bucket, Counts, facets_of, name_of, steps_of

    for facet in facets_of(facets):
        counts = found.get(name_of(facet))
        if isinstance(facet, Histogram) and isinstance(counts, Counts):
            steps = steps_of(facet)

            def shown(value: Any, in_zone: Callable[[datetime], datetime] = steps.in_zone) -> Any:
                return in_zone(value) if isinstance(value, datetime) else value

            buckets = [Bucket(shown(one.value), one.count, shown(one.end)) for one in counts]
            found[name_of(facet)] = Counts(buckets, counts.docs, counts.missing, counts.distinct)

"""facetDistribution and facetStats: how many hits have which value, and between which ends numbers are.

Keys are strings: numbers as they are written, dates in ISO 8601. Ends of dates are seconds since 1970, which
sliders can count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ...kinds import column_kind
from ...schema import Schema
from ...search.facets import Counts, Facet, FacetResult, Stats, Summary, Terms
from ...search.fields import have_distances
from .conditions import seconds_of
from .marking import text_of_number
from .refusals import RefusedError

MAX_VALUES = 100
"""Values of a facet: those that most hits have."""

_COUNTED, _ENDS = "values:", "ends:"


def facets_of(
    names: Sequence[str] | None, schema: Schema, code: str, limit: int | None = MAX_VALUES
) -> list[Facet]:
    """What is counted for these fields; RefusedError with that code for one that cannot be."""
    found: list[Facet] = []
    for name in _each(names or (), schema):
        found.append(Terms(counted(name, schema, code), limit, name=_COUNTED + name))
        if have_distances(column_kind(schema[name].kind)):
            found.append(Stats(name, name=_ENDS + name))
    return found


def _each(names: Iterable[str], schema: Schema) -> Iterable[str]:
    return dict.fromkeys(one for name in names for one in (schema.column_kinds if name == "*" else [name]))


def counted(name: str, schema: Schema, code: str) -> str:
    """The name, of a field whose values can be counted."""
    field = schema.get(name)
    if field is None or not field.has_column:
        can = ", ".join(schema.column_kinds) or "none"
        why = "there is no such field" if field is None else "it has no column of whole values"
        raise RefusedError(code, f"field {name!r:.100} cannot be counted: {why}; those that can: {can}")
    return name


Distribution = dict[str, dict[str, int]]
Ends = dict[str, dict[str, float]]


def distribution_of(facets: Mapping[str, FacetResult]) -> tuple[Distribution, Ends]:
    """Both parts of what a search counted."""
    counts: Distribution = {}
    ends: Ends = {}
    for key, facet in facets.items():
        if key.startswith(_COUNTED) and isinstance(facet, Counts):
            counts[key[len(_COUNTED) :]] = {text_of(bucket.value): bucket.count for bucket in facet}
        elif key.startswith(_ENDS) and isinstance(facet, Summary) and facet.values:
            ends[key[len(_ENDS) :]] = {"min": _number(facet.min), "max": _number(facet.max)}
    return counts, ends


def merged(found: Sequence[tuple[Distribution, Ends]], limit: int) -> tuple[Distribution, Ends]:
    """Those of several searches as one: numbers of hits are added up, the outermost ends stay."""
    counts: Distribution = {}
    ends: Ends = {}
    for one, its_ends in found:
        for name, values in one.items():
            sums = counts.setdefault(name, {})
            for value, number in values.items():
                sums[value] = sums.get(value, 0) + number
        for name, both in its_ends.items():
            known = ends.setdefault(name, dict(both))
            known["min"], known["max"] = min(known["min"], both["min"]), max(known["max"], both["max"])
    return {name: best(values, limit) for name, values in counts.items()}, ends


def best(values: Mapping[str, int], limit: int) -> dict[str, int]:
    """The most frequent values, of equally frequent ones the least."""
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0]))[:limit])


def text_of(value: Any) -> str:
    """A value as the key of a JSON object."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return text_of_number(value) if isinstance(value, (int, float)) else str(value)


def _number(value: Any) -> float:
    return seconds_of(value) if isinstance(value, date) else value

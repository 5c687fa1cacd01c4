"""The tool `count`: how many documents match, and how many of them have which value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from searchlib import Distinct, Facet, Histogram, Range, Stats, Terms

from .answers import Answer
from .asking import column_field, how, seconds_left
from .budget import price_of_json
from .helping import elsewhere, help_on
from .refusals import Refusal
from .texts import plain

if TYPE_CHECKING:
    from .catalog import Catalog

EVERYTHING = "*"
INTERVALS = ("year", "quarter", "month", "week", "day", "hour", "minute")
MAX_VALUES = 1_000
_VALUE_LENGTH = 200


def count(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer. asked: the arguments, checked, all of them there."""
    served = catalog.chosen(asked["index"])
    index = served.current()
    query = asked["query"] if (asked["query"] or "").strip() else EVERYTHING
    asked = {**asked, "query": query}
    for one in asked["by"]:
        column_field(index, one if isinstance(one, str) else one["field"])
    facets = [_facet_of(one) for one in asked["by"]]
    results = index.search(query, 0, facets=facets, timeout=seconds_left(asked), **how(catalog, asked))
    answer = Answer(asked["budget"], index=served.name, total=results.total)
    answer.help_on("notes", results.notes, 4)
    if not results.total:
        help_on(answer, index, results, asked)
    if query != EVERYTHING:
        answer.add("elsewhere", elsewhere(catalog, served.name, asked))
    if facets:
        answer.value["by"] = []
        for number, (name, result) in enumerate(results.facets.items()):
            told = _told(facets[number], name, result)
            _cut(told, answer.room // (len(facets) - number))
            answer.value["by"].append(told)
    return answer.checked()


def _facet_of(one: str | Mapping[str, Any]) -> Facet:
    """What one of `by` asks for; Refusal where that is two things."""
    if isinstance(one, str):
        return Terms(one)
    field = one["field"]
    ways = [way for way in ("interval", "step", "borders", "stats", "distinct") if one.get(way)]
    if len(ways) > 1:
        raise Refusal(
            "bad_argument",
            f"{field} is counted in one way at a time, by {' or '.join(ways)}: give it twice in `by`",
        )
    name = f"{field}:{one.get('interval') or ways[0]}" if ways else field
    if one.get("interval"):
        return Histogram(field, one["interval"], one.get("timezone") or "UTC", name=name)
    if one.get("step"):
        return Histogram(field, one["step"], name=name)
    if one.get("borders"):
        return Range(field, one["borders"], name=name)
    if one.get("stats"):
        return Stats(field, name=name)
    if one.get("distinct"):
        return Distinct(field, name=name)
    return Terms(field, int(one.get("top") or 10), name=name)


def _told(facet: Facet, name: str, result: Any) -> dict[str, Any]:
    """A facet's result as JSON has it; of equal steps those that have documents."""
    is_stepped = isinstance(facet, Histogram)
    told: dict[str, Any] = {"name": name, "docs": result.docs, "missing": result.missing}
    if not hasattr(result, "__iter__"):
        others = {key: plain(value, _VALUE_LENGTH) for key, value in result.as_dict().items()}
        return {**told, **others}
    if result.distinct is not None:
        told["distinct"] = result.distinct
    told["values"] = [_bucket(bucket, is_stepped) for bucket in result if bucket.count or not is_stepped]
    return told


def _bucket(bucket: Any, is_stepped: bool) -> dict[str, Any]:
    told = {"value": plain(bucket.value, _VALUE_LENGTH), "count": bucket.count}
    if not is_stepped and (bucket.end is not None or bucket.value is None):
        told["end"] = plain(bucket.end, _VALUE_LENGTH)
    return told


def _cut(told: dict[str, Any], room: int) -> None:
    """Leave out the last values that there is no room for, and say how many."""
    values = told.get("values")
    if values is None or price_of_json(told) <= room:
        return
    room -= price_of_json({**told, "values": [], "left_out": len(values)})
    kept = []
    for value in values:
        room -= price_of_json(value)
        if room < 0:
            break
        kept.append(value)
    told |= {"values": kept, "left_out": len(values) - len(kept)}

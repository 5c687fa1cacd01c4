"""What `searchlib query` shows beside hits: facets, and the next page. Loaded where one is asked for.

A facet is written FIELD or FIELD:WHAT; both are made here what the library takes, and shown for people or
as JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .errors import Misuse
from .hits import value_text

if TYPE_CHECKING:
    from searchlib import Facet, Results

    from .output import Style

_INTERVALS = ("year", "quarter", "month", "week", "day", "hour", "minute")
_WIDTH = 24


def sort_of(text: str | None) -> list[str] | None:
    """The keys of --sort; None for none."""
    return None if text is None else [key.strip() for key in text.split(",")]


def facet_of(text: str) -> Facet:
    """What one --facet asks for; Misuse if that is nothing."""
    from searchlib import Distinct, Histogram, Range, Stats, Terms

    field, colon, what = text.partition(":")
    if not colon:
        return Terms(field)
    if what.isascii() and what.isdecimal():
        return Terms(field, min(int(what), 2**31), name=text)
    if what == "stats":
        return Stats(field, name=text)
    if what == "distinct":
        return Distinct(field, name=text)
    interval, _, zone = what.partition("@")
    if interval in _INTERVALS:
        return Histogram(field, interval, zone or "UTC", name=text)
    if step := re.fullmatch(r"step=(.+)", what):
        return Histogram(field, _number(step[1], text), name=text)
    if "," in what:
        borders = [border.strip() or None for border in what.split(",")]
        return Range(field, borders, name=text)
    raise Misuse(
        f"--facet is FIELD, FIELD:20 (so many values), FIELD:0,10,100 (ranges), FIELD:month, "
        f"FIELD:month@ZONE, FIELD:step=10, FIELD:stats or FIELD:distinct; got {text!r:.100}"
    )


def _number(text: str, whole: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Misuse(f"a step is a number, got {whole!r:.100}") from None


def lines_of(results: Results, style: Style, wants_cursor: bool) -> list[str]:
    """Facets and the place of the next page, for people."""
    from .output import one_line

    lines: list[str] = []
    for name, facet in results.facets.items():
        lines.append(style.bold(one_line(name)))
        plain: dict[str, Any] = as_json(facet)
        buckets = plain.pop("buckets", [])
        width = min(max((len(_label(bucket)) for bucket in buckets), default=0), _WIDTH)
        lines += [f"    {one_line(_label(bucket)):<{width}}  {bucket['count']:,}" for bucket in buckets]
        lines.append(
            style.dim("    " + ", ".join(f"{key} {value_text(value)}" for key, value in plain.items()))
        )
        lines.append("")
    if wants_cursor:
        lines.append(f"next page: --after={results.cursor}" if results.cursor else "no next page")
    return lines


def _label(bucket: dict[str, Any]) -> str:
    value = "…" if bucket["value"] is None else value_text(bucket["value"])
    if "end" not in bucket:
        return value
    return f"{value} – {'…' if bucket['end'] is None else value_text(bucket['end'])}"


def as_json(facet: Any) -> dict[str, Any]:
    """A facet's result as plain data."""
    if not hasattr(facet, "distinct") or not hasattr(facet, "__iter__"):
        plain: dict[str, Any] = facet.as_dict()
        return plain
    ranged = any(bucket.end is not None or bucket.value is None for bucket in facet)
    buckets = [
        {"value": bucket.value, **({"end": bucket.end} if ranged else {}), "count": bucket.count}
        for bucket in facet
    ]
    distinct = {} if facet.distinct is None else {"distinct": facet.distinct}
    return {"buckets": buckets, "docs": facet.docs, "missing": facet.missing, **distinct}


def json_of(results: Results) -> dict[str, Any]:
    """The same for programs."""
    return {
        "facets": {name: as_json(facet) for name, facet in results.facets.items()},
        "cursor": results.cursor,
    }

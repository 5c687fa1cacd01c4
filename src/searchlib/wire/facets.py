"""Facets as a line of text: FIELD or FIELD:WHAT, for shells and query strings."""

from __future__ import annotations

import re

from ..errors import QueryError
from ..search.facets import Distinct, Facet, Histogram, Range, Stats, Terms

_INTERVALS = ("year", "quarter", "month", "week", "day", "hour", "minute")


def facet_of_text(text: str) -> Facet:
    """tags, tags:20, price:0,10,100, price:step=5, day:month@Asia/Tashkent, price:stats, tags:distinct.

    Its name in the results is the text. QueryError for another form.
    """
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
    raise QueryError(
        f"a facet is FIELD, FIELD:20 (so many values), FIELD:0,10,100 (ranges), FIELD:month, "
        f"FIELD:month@ZONE, FIELD:step=10, FIELD:stats or FIELD:distinct; got {text!r:.100}"
    )


def _number(text: str, whole: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise QueryError(f"a step is a number, got {whole!r:.100}") from None

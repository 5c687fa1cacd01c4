"""What can be chosen and what is: facets, dates as bars, and the filters that hold, for the template."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .address import Asked, filters_of, search_address, with_filter, without_filter
from .bars import bars_of
from .finding import FEW
from .narrowing import dates_of
from .offering import Offer
from .speaking import Speaker


def chips(asked: Asked, offer: Offer, speaker: Speaker) -> list[dict[str, str]]:
    """The filters that hold, each with the address without it."""
    found = [
        {
            "field": speaker.field(field),
            "value": _label(value, speaker),
            "address": without_filter(asked, field, value),
        }
        for field, values in filters_of(asked).items()
        for value in values
    ]
    since, until = dates_of(asked)
    if offer.date and (since or until):
        found.append(
            {
                "field": speaker.field(offer.date),
                "value": f"{_written(since, speaker)} – {_written(until, speaker)}",
                "address": search_address(asked, since="", until="", page=1),
            }
        )
    return found


def _written(day: str, speaker: Speaker) -> str:
    try:
        return speaker.day(date.fromisoformat(day)) if day else "…"
    except ValueError:
        return day


def _label(value: Any, speaker: Speaker) -> str:
    if value in (True, False, "true", "false"):
        return speaker.t["yes" if value in (True, "true") else "no"]
    return str(value) or speaker.t["empty_value"]


def shown_facet(name: str, counts: Any, asked: Asked, speaker: Speaker) -> dict[str, Any]:
    """A facet: the chosen values first where they are not among the most frequent."""
    chosen = filters_of(asked).get(name, [])
    values = []
    for bucket in counts:
        text = str(bucket.value).lower() if isinstance(bucket.value, bool) else str(bucket.value)
        values.append(_value(name, text, bucket.count, text in chosen, asked, speaker))
    there = {one["text"] for one in values}
    absent = [_value(name, text, None, True, asked, speaker) for text in chosen if text not in there]
    at_length = name in asked.more
    more = ""
    if at_length or counts.distinct > len(counts) >= FEW:
        names = [one for one in asked.more if one != name] if at_length else [*asked.more, name]
        more = search_address(asked, more=names)
    return {
        "label": speaker.field(name),
        "values": absent + values,
        "more": more,
        "at_length": at_length,
    }


def _value(
    name: str, text: str, count: int | None, is_chosen: bool, asked: Asked, speaker: Speaker
) -> dict[str, Any]:
    address = without_filter(asked, name, text) if is_chosen else with_filter(asked, name, text)
    return {
        "text": text,
        "label": _label(text, speaker),
        "count": "" if count is None else speaker.number(count),
        "chosen": is_chosen,
        "address": address,
        "key": f"{name}:{text}",
    }


def shown_dates(results: Any, asked: Asked, offer: Offer, speaker: Speaker) -> dict[str, Any] | None:
    """The date's field, with a bar for each stretch of time."""
    if offer.date is None:
        return None
    drawn = bars_of(results.facets["dates"])
    if len(drawn) < 2 and not (asked.since or asked.until):
        drawn = []  # of one bar nothing is seen, and nothing can be chosen
    bars = []
    for bar in drawn:
        first, last = bar.begin.date(), bar.end.date() - timedelta(days=1)
        if bar.docs:
            label = f"{_stretch(first, last, speaker)}: {speaker.count('document', bar.docs)}"
            address = search_address(asked, since=first.isoformat(), until=last.isoformat(), page=1)
            bars.append(
                {"bar": bar, "label": label, "address": address, "chosen": _meets(asked, first, last)}
            )
    edges = ("", "")
    if drawn:
        first, last = drawn[0].begin.date(), drawn[-1].end.date() - timedelta(days=1)
        by_year = offer.interval == "year"
        edges = (str(first.year), str(last.year)) if by_year else (speaker.day(first), speaker.day(last))
    return {"label": speaker.field(offer.date), "bars": bars, "edges": edges}


def _meets(asked: Asked, first: date, last: date) -> bool:
    """Whether a stretch is within the dates that are asked for."""
    since, until = dates_of(asked)
    return (not since or since[:10] <= last.isoformat()) and (not until or until[:10] >= first.isoformat())


def _stretch(first: date, last: date, speaker: Speaker) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return speaker.day(first) if first == last else f"{speaker.day(first)} – {speaker.day(last)}"

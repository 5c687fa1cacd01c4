"""What the template of the results is given: hits, facets, orders, pages, and what is said around them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .address import MAX_PAGE, MAX_TYPED, Asked, filters_of, search_address, with_filter, without_filter
from .bars import bars_of
from .finding import FEW, PAGE_SIZE, Found
from .hits import shown_hit
from .narrowing import dates_of, unknown
from .offering import Offer
from .speaking import Speaker

if TYPE_CHECKING:
    from ...index import Index
    from ...search.why import Reason
    from ...suggest.suggestions import Suggestion


def shown_results(index: Index, asked: Asked, offer: Offer, found: Found, speaker: Speaker) -> dict[str, Any]:
    """Everything in the results' template but the frame."""
    results = found.results
    total = results.total
    for name in index.schema.text_fields:
        results.texts(name)  # of all hits at once
    return {
        "asked": asked,
        "empty": not len(index),
        "sought": speaker.quoted((results.instead.query if results.instead else asked.q).strip()[:200]),
        "total": speaker.count("document", total),
        "found_any": total > 0,
        "elapsed": speaker.milliseconds(results.elapsed_ms),
        "hits": [shown_hit(hit, index.schema, asked, offer, speaker) for hit in results],
        "notes": list(results.notes[1:] if results.instead else results.notes),  # the first one says so
        "lacking": _lacking(index, asked, offer, speaker),
        "instead": _instead(found, asked, speaker),
        "suggestions": _suggestions(found, asked, speaker),
        "reasons": [_reason(one, asked, speaker) for one in found.reasons[:5]],
        "chips": _chips(asked, offer, speaker),
        "clear": search_address(asked, f=[], since="", until="", page=1),
        "facets": [_facet(name, results.facets[f"terms:{name}"], asked, speaker) for name in offer.facets],
        "dates": _dates(results, asked, offer, speaker),
        "sorts": _sorts(asked, offer, speaker),
        "sort": asked.sort if asked.sort in offer.sorts else "",
        "pages": _pages(total, asked, speaker),
        "first": search_address(asked, page=1),
        "kept": _kept(asked),
    }


def _lacking(index: Index, asked: Asked, offer: Offer, speaker: Speaker) -> list[str]:
    """What was asked for and is not heeded, or otherwise than it was said."""
    notes = [speaker.t["no_such_field"].replace("{field}", name) for name in unknown(asked, index.schema)]
    if len(asked.q.encode("utf-16-le", "replace")) >= 2 * (MAX_TYPED - 1):
        notes.append(speaker.t["cut"].replace("{count}", speaker.number(MAX_TYPED)))
    if offer.date and dates_of(asked) != (asked.since, asked.until):
        notes.append(speaker.t["reversed"])
    return notes


def _instead(found: Found, asked: Asked, speaker: Speaker) -> dict[str, str] | None:
    """What was searched for in place of the words, and the way to insist on these."""
    instead = found.results.instead
    if instead is None:
        return None
    return {
        "query": instead.query.strip(),
        "why": _why(instead, speaker),
        "address": search_address(asked, q=instead.query, page=1),
        "insist": search_address(asked, exact=True, page=1),
    }


def shown_elsewhere(others: list[tuple[str, int]], asked: Asked, speaker: Speaker) -> list[dict[str, str]]:
    """Other indexes that have it, each with the way there; filters are those of this one."""
    return [
        {
            "name": name,
            "count": speaker.count("document", count),
            "address": search_address(Asked(index=name, q=asked.q, exact=asked.exact, lang=asked.lang)),
        }
        for name, count in others
    ]


def _suggestions(found: Found, asked: Asked, speaker: Speaker) -> list[dict[str, str]]:
    return [
        {
            "query": one.query,
            "why": _why(one, speaker),
            "address": search_address(asked, q=one.query, exact=False, page=1),
        }
        for one in found.suggestions[:3]
    ]


def _why(suggestion: Suggestion, speaker: Speaker) -> str:
    return ", ".join(dict.fromkeys(speaker.t[one.reason] for one in suggestion.corrections))


def _reason(reason: Reason, asked: Asked, speaker: Speaker) -> dict[str, str]:
    said = speaker.t[f"why_{reason.kind}"]
    words = ", ".join(speaker.quoted(one.strip(chr(39))) for one in reason.words)
    text = said.replace("{field}", speaker.field(reason.field or "")).replace("{words}", words)
    if reason.num_docs:
        text = f"{text}: {speaker.count('document', reason.num_docs)}"
    address = search_address(asked, q=reason.query, exact=False, page=1) if reason.query else ""
    return {"text": text, "query": reason.query, "address": address}


def _chips(asked: Asked, offer: Offer, speaker: Speaker) -> list[dict[str, str]]:
    chips = [
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
        chips.append(
            {
                "field": speaker.field(offer.date),
                "value": f"{_written(since, speaker)} – {_written(until, speaker)}",
                "address": search_address(asked, since="", until="", page=1),
            }
        )
    return chips


def _written(day: str, speaker: Speaker) -> str:
    try:
        return speaker.day(date.fromisoformat(day)) if day else "…"
    except ValueError:
        return day


def _label(value: Any, speaker: Speaker) -> str:
    if value in (True, False, "true", "false"):
        return speaker.t["yes" if value in (True, "true") else "no"]
    return str(value) or speaker.t["empty_value"]


def _facet(name: str, counts: Any, asked: Asked, speaker: Speaker) -> dict[str, Any]:
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


def _dates(results: Any, asked: Asked, offer: Offer, speaker: Speaker) -> dict[str, Any] | None:
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


def _pages(total: int, asked: Asked, speaker: Speaker) -> dict[str, str] | None:
    """The way to the pages beside this one; None where one page has it all."""
    number = min(-(-total // PAGE_SIZE), MAX_PAGE)
    if number <= 1 and asked.page == 1:
        return None
    said = speaker.t["page_of"]
    return {
        "said": said.replace("{page}", speaker.number(asked.page)).replace("{pages}", speaker.number(number))
        if asked.page <= number
        else "",
        "previous": search_address(asked, page=min(asked.page - 1, number))
        if asked.page > 1 and number
        else "",
        "next": search_address(asked, page=asked.page + 1) if asked.page < number else "",
    }


def _sorts(asked: Asked, offer: Offer, speaker: Speaker) -> list[tuple[str, str]]:
    """The orders by their names in an address. Without words the newest are the first anyway."""
    names = {name: speaker.t[f"sort_{name}"] for name in offer.sorts}
    if not asked.q.strip():
        names[""] = names.pop("new", speaker.t["sort_added"])
    return list(names.items())


def _kept(asked: Asked) -> list[tuple[str, str]]:
    """What the form sends besides what people see in it."""
    return [
        *(("f", one) for one in asked.f),
        *(("more", one) for one in asked.more),
        *([("lang", asked.lang)] if asked.lang else []),
    ]

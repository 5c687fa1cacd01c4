"""What the template of the results is given: hits, facets, orders, pages, and what is said around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .address import MAX_PAGE, MAX_TYPED, Asked, search_address
from .choices import chips, shown_dates, shown_facet
from .finding import PAGE_SIZE, Found
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
        "chips": chips(asked, offer, speaker),
        "clear": search_address(asked, f=[], since="", until="", page=1),
        "facets": [
            shown_facet(name, results.facets[f"terms:{name}"], asked, speaker) for name in offer.facets
        ],
        "dates": shown_dates(results, asked, offer, speaker),
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

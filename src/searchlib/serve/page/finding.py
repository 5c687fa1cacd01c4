"""The page's search: what the address asks for becomes one search, with what is said around it.

Words of the wrong keyboard layout are read as what was meant, and the page says so; `exact` insists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...errors import SearchTimeout
from ...search.facets import Histogram, Terms
from .address import Asked
from .narrowing import conditions
from .offering import Offer

if TYPE_CHECKING:
    from ...index import Index
    from ...search.results import Results
    from ...search.why import Reason
    from ...suggest.suggestions import Suggestion

PAGE_SIZE = 10
FEW, MANY = 8, 100
"""Values of a facet, and how many of one that is shown at length."""

EVERYTHING = "*:*"


@dataclass
class Found:
    """An answer. instead: what was searched for in place of the words as typed."""

    results: Results
    instead: Suggestion | None = None
    suggestions: list[Suggestion] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


def find(index: Index, asked: Asked, offer: Offer, timeout: float) -> Found:
    """What the index has for that address. QueryError and ProblemError for filters that cannot be."""
    words = asked.q.strip()
    narrowed: dict[str, Any] = {
        "filter": conditions(asked, index.schema, offer.date) or None,
        "sort": _order(asked, offer, words),
        "facets": [*_terms(asked, offer), *_dates(offer)],
        "count": True,
        "timeout": timeout,
    }
    start = (asked.page - 1) * PAGE_SIZE
    instant = getattr(index, "instant", None)
    if words and instant is not None and not asked.exact:
        results = instant(asked.q, PAGE_SIZE, start, **narrowed)
        found = Found(results, results.instead)
    else:
        found = Found(index.search(asked.q if words else EVERYTHING, PAGE_SIZE, start, **narrowed))
    if words and not found.instead and found.results.has_missing_words:
        found.suggestions = _suggestions(index, asked.q, timeout)
        if not found.results.total and not asked.exact and (meant := _other_layout(found.suggestions)):
            found = Found(index.search(meant.query, PAGE_SIZE, start, **narrowed), meant)
    if words and not found.results.total:
        found.reasons = _reasons(index, asked.q, narrowed["filter"], timeout)
    return found


def _order(asked: Asked, offer: Offer, words: str) -> list[str] | None:
    """The order that is asked for; without words there is no relevance, and the newest come first."""
    keys = offer.sorts.get(asked.sort) or (None if words else offer.sorts.get("new"))
    return keys or None


def _terms(asked: Asked, offer: Offer) -> list[Terms]:
    return [
        Terms(name, MANY if name in asked.more else FEW, excluding_own=True, name=f"terms:{name}")
        for name in offer.facets
    ]


def _dates(offer: Offer) -> list[Histogram]:
    if offer.date is None:
        return []
    return [Histogram(offer.date, offer.interval, excluding_own=True, name="dates")]


def _suggestions(index: Index, words: str, timeout: float) -> list[Suggestion]:
    try:
        return index.suggest(words, timeout=timeout)
    except SearchTimeout:  # an answer stands without them
        return []


def _other_layout(suggestions: list[Suggestion]) -> Suggestion | None:
    """The first one, if nothing but the keyboard layout was wrong."""
    for first in suggestions[:1]:
        if all(one.reason == "keyboard layout" for one in first.corrections):
            return first
    return None


def _reasons(index: Index, words: str, filters: Any, timeout: float) -> list[Reason]:
    try:
        return list(index.why_nothing(words, filter=filters, timeout=timeout))
    except SearchTimeout:
        return []

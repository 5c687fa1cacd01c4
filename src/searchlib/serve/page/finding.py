"""The page's search: what the address asks for becomes one search, with what is said around it.

The last word may go on, as somebody types it, and slips are read as what was meant; `exact` insists.
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
    """An answer, and why it is empty, if it is."""

    results: Results
    suggestions: list[Suggestion] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


def find(index: Index, asked: Asked, offer: Offer, timeout: float) -> Found:
    """What the index has for that address. QueryError and ProblemError for filters that cannot be."""
    words, filters = asked.q.strip(), conditions(asked, index.schema, offer.date) or None
    results = look(
        index,
        asked,
        PAGE_SIZE,
        offset=(asked.page - 1) * PAGE_SIZE,
        filter=filters,
        sort=_order(asked, offer, words),
        facets=[*_terms(asked, offer), *_dates(offer)],
        count=True,
        timeout=timeout,
    )
    found = Found(results)
    if words and not results.instead and (not results.total or (asked.exact and results.has_missing_words)):
        found.suggestions = _suggestions(index, asked.q, timeout)
    if words and not results.total:
        meant = results.instead.query if results.instead else asked.q
        found.reasons = _reasons(index, meant, filters, timeout)
    return found


def look(index: Index, asked: Asked, limit: int, **how: Any) -> Results:
    """The hits of what was typed, which may go on, or with `exact` as it stands; of nothing: all."""
    if not asked.q.strip():
        return index.search(EVERYTHING, limit, **how)
    if asked.exact:
        return index.search(asked.q, limit, **how)
    return index.instant(asked.q, limit, **how)


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


def _reasons(index: Index, words: str, filters: Any, timeout: float) -> list[Reason]:
    try:
        return list(index.why_nothing(words, filter=filters, timeout=timeout))
    except SearchTimeout:
        return []

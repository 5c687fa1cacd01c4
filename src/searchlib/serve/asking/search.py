"""search, in its two methods: what was asked for becomes the arguments of Index.search, and back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import QueryError, SearchTimeout
from ...query.plain import Plain
from ...schema import ID
from ...search import boosts, counting, facets
from ...wire.answers import facet_as_json, hit_as_json
from ...wire.encoded import encoded_hits
from ...wire.facets import facet_of_text
from ..problems import ProblemError
from ..types import requests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from ...index import Index
    from ...search.hit import Hit
    from ...search.results import Results
    from ..calls import Call
    from ..settings import Limits, Settings


async def search(call: Call) -> Response:
    """The documents that match."""
    asked: requests.Searching = call.query if call.body is None else call.body
    index = await call.index()
    return await call.reply(index, lambda settings: answer(index, asked, settings))


def answer(index: Index, asked: requests.Searching, settings: Settings) -> dict[str, Any]:
    """What one search finds, as JSON has it."""
    limits = settings.limits
    timeout = seconds_of(asked, limits)
    facets_asked = [facet_of(each) for each in asked.facets]
    limit = min(asked.limit, limits.hits)
    results = results_of(index, asked, limit, facets_asked, settings)
    check_size(results, limits)
    found = page_as_json(index, results, asked)
    if asked.suggest and results.has_missing_words:
        found["suggestions"] = _suggestions(index, asked, timeout)
    if asked.suggest and not len(results) and not asked.offset and asked.after is None:
        found["reasons"] = _reasons(index, asked, timeout)
    if asked.group_by is not None:
        found["groups"] = [
            {
                "value": group.value,
                "total": group.total,
                "hits": [_shown(index, hit, asked) for hit in group.hits],
            }
            for group in results.groups
        ]
    if results.dropped:
        found["dropped"] = list(results.dropped)
    if asked.expand:
        found["expanded"] = results.expanded
    return found


def seconds_of(asked: requests.Narrowing, limits: Limits) -> float:
    """How long a search may take."""
    return min(asked.timeout or limits.search_seconds, limits.search_seconds)


def results_of(
    index: Index,
    asked: requests.Searching,
    limit: int,
    facets_asked: Sequence[facets.Facet],
    settings: Settings,
) -> Results:
    """What the library finds: so many hits, with these facets."""
    check_shown(index, asked.show)
    if asked.translate and settings.translations is None:
        detail = "the server has no dictionary; `searchlib serve --translate FILE` gives it one"
        raise ProblemError(400, "NoDictionary", "There is nothing to translate by", detail)
    return index.search(
        Plain(asked.q) if asked.plain else asked.q,
        limit,
        asked.offset,
        fields=asked.fields,
        cross_script=asked.cross_script,
        translations=settings.translations if asked.translate else None,
        ranking=asked.ranking,
        timeout=seconds_of(asked, settings.limits),
        strict=asked.strict,
        expand=asked.expand,
        filter=asked.filter,
        sort=asked.sort or None,
        after=asked.after,
        facets=facets_asked,
        group_by=_group_of(asked.group_by),
        boost_by=[_boost_of(each) for each in getattr(asked, "boost_by", ())] or None,
        count=asked.count,
    )


async def instant(call: Call) -> Response:
    """The documents for a text that somebody is typing."""
    asked: requests.Instant = call.query if call.body is None else call.body
    index = await call.index()
    return await call.reply(index, lambda settings: instant_answer(index, asked, settings.limits))


def instant_answer(index: Index, asked: requests.Instant, limits: Limits) -> dict[str, Any]:
    """What a text finds while it is typed, as JSON has it."""
    check_shown(index, asked.show)
    results = index.instant(
        asked.q,
        min(asked.limit, limits.hits),
        asked.offset,
        fields=asked.fields,
        filter=asked.filter,
        sort=asked.sort or None,
        facets=[facet_of(each) for each in asked.facets],
        count=asked.count,
        timeout=seconds_of(asked, limits),
    )
    check_size(results, limits)
    found = page_as_json(index, results, asked)
    if asked.count:
        found["total_with_all"] = results.total_with_all
    if results.instead:
        found["instead"] = {"query": results.instead.query, "reason": results.instead.reason}
    return found


def check_shown(index: Index, names: Sequence[str] | None) -> None:
    """UnknownFieldError for a field to be shown that there is not: hits would seem to have no value of it."""
    for name in names or ():
        if name != ID:
            index.schema.field(name)


def check_size(results: Results, limits: Limits) -> None:
    """A Problem of status 413 for hits whose documents are more than one answer may hold."""
    most = limits.page_bytes
    if results.stored_bytes(most) > most:
        detail = f"its documents have more than {most:,} bytes, stored as they are; ask for fewer hits"
        raise ProblemError(413, "TooLarge", "The answer is too large", detail)


def page_as_json(index: Index, results: Results, asked: requests.Narrowing) -> dict[str, Any]:
    """What both kinds of search answer."""
    return {
        "query": asked.q,
        "hits": encoded_hits(
            results,
            index.schema,
            msgspec.Raw,
            asked.fragments,
            asked.fragment_size,
            asked.show,
            asked.explain,
        ),
        "total": results.total if asked.count else None,
        "notes": list(results.notes),
        "suggestions": [],
        "facets": {name: facet_as_json(facet) for name, facet in results.facets.items()},
        "cursor": results.cursor,
        "elapsed_ms": round(results.elapsed_ms, 3),
    }


def _shown(index: Index, hit: Hit, asked: requests.Shown) -> dict[str, Any]:
    return hit_as_json(hit, index.schema, asked.fragments, asked.fragment_size, asked.show, asked.explain)


def _suggestions(index: Index, asked: requests.Searching, timeout: float) -> list[dict[str, str]]:
    """What may have been meant. An answer stands without them."""
    try:
        found = index.suggest(asked.q, fields=asked.fields, timeout=timeout)
    except SearchTimeout:
        return []
    return [{"query": one.query, "reason": one.reason} for one in found]


def _reasons(index: Index, asked: requests.Searching, timeout: float) -> list[dict[str, Any]]:
    """Why nothing was found."""
    try:
        found = index.why_nothing(asked.q, fields=asked.fields, filter=asked.filter, timeout=timeout)
    except SearchTimeout:
        return []
    return [reason.as_dict() for reason in found]


def facet_of(given: str | requests.Facet) -> facets.Facet:
    """A facet of the library."""
    if isinstance(given, str):
        return facet_of_text(given)
    kinds: dict[str, type[facets.Facet]] = {
        "TermsFacet": facets.Terms,
        "RangeFacet": facets.Range,
        "HistogramFacet": facets.Histogram,
        "StatsFacet": facets.Stats,
        "DistinctFacet": facets.Distinct,
    }
    return kinds[type(given).__name__](**msgspec.structs.asdict(given))


def _group_of(given: str | requests.GroupBy | None) -> str | counting.GroupBy | None:
    if isinstance(given, requests.GroupBy):
        return counting.GroupBy(given.field, given.hits)
    return given


def _boost_of(given: requests.Recency | requests.Static) -> boosts.Recency | boosts.Static:
    if isinstance(given, requests.Static):
        return boosts.Static(given.field, given.pivot, given.weight)
    try:
        now = None if given.now is None else datetime.fromisoformat(given.now.replace("Z", "+00:00"))
    except ValueError:
        raise QueryError(f"now is a date and time in ISO 8601, got {given.now!r:.100}") from None
    return boosts.Recency(given.field, given.half_life, given.weight, now)

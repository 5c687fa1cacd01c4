"""Several searches at once, each with an answer of its own, or as one list ("federation").

Scores of different indexes cannot be compared, so that one list is made of the places of the hits: see
fusion.py. `weightedRankingScore` is that score as a part of what a first place of weight 1 has.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import fusion
from ..problems import within
from . import counts, translating
from .asked import Federation, FederationOptions, OneAsked, SeveralAsked
from .refusals import RefusedError
from .searching import answer, hit_of, numbers_of, total_of, with_facets

if TYPE_CHECKING:
    from ...index import Index
    from ...search.results import Results
    from ..calls import Call
    from ..settings import Limits

_PAGES = ("limit", "offset", "page", "hits_per_page")


async def multi_search(call: Call) -> dict[str, Any]:
    """All answers, or one for all."""
    asked: SeveralAsked = call.body
    limits = call.state.settings.limits
    indexes: list[Index] = []
    for number, query in enumerate(asked.queries):
        try:
            indexes.append(await call.index(query.index_uid))
        except Exception as error:
            raise _in(number, error) from None
    federation = asked.federation
    if federation is not None:
        return await call.ask(lambda: federated(indexes, asked.queries, federation, limits))
    results = []
    for number, (index, query) in enumerate(zip(indexes, asked.queries, strict=True)):
        results.append(await call.ask(lambda at=number, of=index, one=query: _alone(at, of, one, limits)))  # type: ignore[misc]
    return {"results": results}


def _in(number: int, error: Exception) -> Exception:
    return within(f"inside queries[{number}]", error)


def _alone(number: int, index: Index, asked: OneAsked, limits: Limits) -> dict[str, Any]:
    try:
        if asked.federation_options is not None:
            raise RefusedError(
                "invalid_multi_search_federation_options",
                "federationOptions are for requests with federation",
            )
        return {"indexUid": asked.index_uid, **answer(index, asked, limits)}
    except Exception as error:
        raise _in(number, error) from error


def federated(
    indexes: Sequence[Index], queries: Sequence[OneAsked], federation: Federation, limits: Limits
) -> dict[str, Any]:
    """One list of the hits of all queries."""
    started = time.perf_counter()
    page = _page(federation, limits)
    depth = fusion.depth_of([query.index_uid for query in queries], page.offset + page.limit)
    asks_facets = federation.facets_by_index or {}
    results: list[Results] = []
    around: list[tuple[counts.Distribution, counts.Ends]] = []
    for number, (index, query) in enumerate(zip(indexes, queries, strict=True)):
        try:
            _check(query)
            names = asks_facets.get(query.index_uid)
            facets = counts.facets_of(names, index.schema, "invalid_multi_search_facets", None)
            of, counted = with_facets(index, query, depth, 0, facets, limits.search_seconds)
            results.append(of)
            around.append(counts.distribution_of(counted))
        except Exception as error:
            raise _in(number, error) from error
    options = [query.federation_options or FederationOptions() for query in queries]
    ranked = fusion.fused(
        [[(query.index_uid, hit.id) for hit in of] for query, of in zip(queries, results, strict=True)],
        [option.weight for option in options],
    )
    shapes = [
        translating.shape_of(query, index.schema) for index, query in zip(indexes, queries, strict=True)
    ]
    hits = []
    for one in ranked[page.offset : page.offset + page.limit]:
        number, place = one.best
        hit = hit_of(results[number][place - 1], indexes[number].schema, shapes[number], queries[number])
        position = options[number].query_position
        hit["_federation"] = {
            "indexUid": queries[number].index_uid,
            "queriesPosition": number if position is None else position,
            "weightedRankingScore": one.score * (fusion.RANK_CONSTANT + 1),
        }
        hits.append(hit)
    total = sum(total_of(of, query) for of, query in zip(results, queries, strict=True))
    answered = {"hits": hits, **_facets(queries, around, federation), **numbers_of(page, total)}
    notes = [note for query, of in zip(queries, results, strict=True) for note in _notes(query, of)]
    if page.note:
        notes.insert(0, page.note)
    if notes:
        answered["notes"] = notes
    answered["processingTimeMs"] = round((time.perf_counter() - started) * 1000)
    return answered


def _page(federation: Federation, limits: Limits) -> translating.Page:
    if federation.distinct is not None:
        raise RefusedError(
            "invalid_multi_search_distinct",
            "federation.distinct is not known here; give the queries a distinct",
        )
    page = translating.page_of(federation, limits.hits)
    if page.offset + page.limit > fusion.WINDOW:
        raise RefusedError(
            "bad_request", f"a list of several searches has {fusion.WINDOW:,} hits at most; filter instead"
        )
    return page


def _check(query: OneAsked) -> None:
    translating.refuse_what_there_is_not(query)
    if any(getattr(query, name) is not None for name in _PAGES):
        raise RefusedError(
            "invalid_multi_search_query_pagination", "limit, offset and pages are those of the federation"
        )
    if query.facets is not None:
        raise RefusedError(
            "invalid_multi_search_query_facets", "facets are asked for in federation.facetsByIndex"
        )
    if query.federation_options is not None and query.federation_options.remote is not None:
        raise RefusedError("invalid_multi_search_remote", "remote: this server asks no others")


def _notes(query: OneAsked, results: Results) -> list[str]:
    return [*translating.notes_on(query, translating.Page(0, 0, False)), *results.notes]


def _facets(
    queries: Sequence[OneAsked],
    around: Sequence[tuple[counts.Distribution, counts.Ends]],
    federation: Federation,
) -> dict[str, Any]:
    if federation.facets_by_index is None:
        return {}
    wanted = federation.merge_facets.max_values_per_facet if federation.merge_facets else None
    limit = counts.MAX_VALUES if wanted is None else wanted
    by_index: dict[str, list[tuple[counts.Distribution, counts.Ends]]] = {}
    for query, counted in zip(queries, around, strict=True):
        if federation.facets_by_index.get(query.index_uid) is not None:
            by_index.setdefault(query.index_uid, []).append(counted)
    if federation.merge_facets is not None:
        all_of_them = [each for found in by_index.values() for each in found]
        distribution, stats = counts.merged(all_of_them, limit)
        return {"facetDistribution": distribution, "facetStats": stats}
    merged = {name: counts.merged(each, limit) for name, each in by_index.items()}
    return {
        "facetsByIndex": {
            name: {"distribution": distribution, "stats": stats}
            for name, (distribution, stats) in merged.items()
        }
    }

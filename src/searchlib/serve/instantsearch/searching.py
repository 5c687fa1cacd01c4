"""One search of these front ends: the last word may go on, and hits come as they show them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import QueryError
from ...query import Or, Prefix, Word
from ...search.counting import GroupBy
from ...search.facets import MAX_FACETS, Distinct, DistinctCount, Facet, FacetResult, Terms
from . import counts, translating
from .asked import Asked, FacetAsked
from .marking import Shape, shown
from .matching import begins_so
from .refusals import RefusedError

if TYPE_CHECKING:
    from ...index import Index
    from ...schema import Schema
    from ...search.hit import Hit
    from ...search.results import Results
    from ..settings import Limits

PIVOT = 10.0
"""The score whose _rankingScore is one half."""

EVERYTHING = "*:*"
_DISTINCT = "distinct"
_AT_ONCE = MAX_FACETS - 1
"""Facets of one search; the one that is left is that of distinct hits."""


def answer(index: Index, asked: Asked, limits: Limits) -> dict[str, Any]:
    """What a search finds, as these front ends read it."""
    translating.refuse_what_there_is_not(asked)
    page = translating.page_of(asked, limits.hits)
    facets = counts.facets_of(asked.facets, index.schema, "invalid_search_facets")
    results, around = with_facets(index, asked, page.limit, page.offset, facets, limits.search_seconds)
    answered: dict[str, Any] = {
        "hits": hits_of(index, results, asked),
        "query": asked.q or "",
        "processingTimeMs": round(results.elapsed_ms),
        **numbers_of(page, total_of(results, asked)),
    }
    if asked.facets is not None:
        answered["facetDistribution"], answered["facetStats"] = counts.distribution_of(around)
    if notes := [*translating.notes_on(asked, page), *results.notes]:
        answered["notes"] = notes
    return answered


def with_facets(
    index: Index, asked: Asked, limit: int, offset: int, facets: Sequence[Facet], seconds: float
) -> tuple[Results, Mapping[str, FacetResult]]:
    """The results of a search, and any number of facets around it.

    More than one search takes are counted by further ones, which rank nothing.
    """
    results = found(index, asked, limit, offset, facets[:_AT_ONCE], seconds)
    around = dict(results.facets)
    for at in range(_AT_ONCE, len(facets), _AT_ONCE):
        around.update(found(index, asked, 0, 0, facets[at : at + _AT_ONCE], seconds).facets)
    return results, around


def found(
    index: Index, asked: Asked, limit: int, offset: int, facets: Sequence[Facet], seconds: float
) -> Results:
    """The results of a search. RefusedError says which parameter is wrong."""
    schema = index.schema
    fields = translating.fields_for(asked, schema)
    filter = translating.filter_for(asked, schema)
    sort = translating.order_of(asked.sort, schema)
    distinct = translating.distinct_for(asked.distinct, schema)
    text = translating.text_for(asked, schema)
    how: dict[str, Any] = {
        "filter": filter,
        "sort": sort,
        "facets": facets,
        "count": True,
        "timeout": seconds,
    }
    try:
        if distinct is not None:  # the best hit of each value; the last word stands for those that begin so
            how |= {
                "group_by": GroupBy(distinct, 1),
                "facets": [*facets, Distinct(distinct, name=_DISTINCT)],
            }
            words = _last_word_begun(text, schema) if text.strip() else EVERYTHING
            return index.search(words, limit, offset, fields=fields, **how)
        if not text.strip():
            return index.search(EVERYTHING, limit, offset, **how)
        return index.instant(text, limit, offset, fields=fields, **how)
    except QueryError as error:  # no text raises, so that it is what is asked around it
        code = "invalid_search_facets" if filter is None else "invalid_search_filter"
        raise RefusedError(code, str(error)) from None


def _last_word_begun(text: str, schema: Schema) -> Any:
    tree = translating.tree_of(text, schema)
    operands = tree.operands if isinstance(tree, Or) else (tree,)
    last = operands[-1]
    if not isinstance(last, Word) or last.end != len(text):
        return tree
    return Or((*operands, Prefix(last.text, last.field, boost=0.7)))


def total_of(results: Results, asked: Asked) -> int:
    """How many hits there are on all pages: of distinct ones, how many values."""
    number = results.facets.get(_DISTINCT) if asked.distinct is not None else None
    if isinstance(number, DistinctCount):
        return number.distinct + (1 if number.missing else 0)
    return results.total


def numbers_of(page: translating.Page, total: int) -> dict[str, int]:
    """Which page it is, and how many hits or pages there are."""
    if not page.finite:
        return {"limit": page.limit, "offset": page.offset, "estimatedTotalHits": total}
    pages = math.ceil(total / page.limit) if page.limit else 0
    return {"hitsPerPage": page.limit, "page": page.number, "totalPages": pages, "totalHits": total}


def hits_of(index: Index, results: Results, asked: Asked) -> list[dict[str, Any]]:
    """All hits of the page. One that is the best of several values is shown once."""
    shape = translating.shape_of(asked, index.schema)
    by_id = {hit.id: hit for hit in results}
    return [hit_of(hit, index.schema, shape, asked) for hit in by_id.values()]


def hit_of(hit: Hit, schema: Schema, shape: Shape, asked: Asked) -> dict[str, Any]:
    """One hit: its fields, and what was asked for beside them."""
    one = shown(hit, schema, shape)
    if asked.show_ranking_score or asked.show_ranking_score_details:
        score = ranking_score(hit, asked)
        if asked.show_ranking_score:
            one["_rankingScore"] = score
        if asked.show_ranking_score_details:
            one["_rankingScoreDetails"] = {"bm25f": {"order": 0, "score": score, "bm25f": hit.score}}
    return one


def ranking_score(hit: Hit, asked: Asked) -> float:
    """A score as a number from 0 to 1: s / (s + PIVOT). Without words it is 1."""
    return hit.score / (hit.score + PIVOT) if (asked.q or "").strip() else 1.0


def facet_answer(index: Index, asked: FacetAsked, limits: Limits) -> dict[str, Any]:
    """The values of a facet that have a word which begins so, those that most hits have first."""
    translating.refuse_what_there_is_not(asked)
    name = counts.counted(asked.facet_name, index.schema, "invalid_facet_search_facet_name")
    facet = Terms(name, None, name="values")
    results = found(index, asked, 0, 0, [facet], limits.search_seconds)
    values = [(counts.text_of(bucket.value), bucket.count) for bucket in results.facets["values"]]  # type: ignore[union-attr]
    matching = begins_so(asked.facet_query or "")
    hits = [{"value": value, "count": count} for value, count in values if matching(value)]
    return {
        "facetHits": hits[: counts.MAX_VALUES],
        "facetQuery": asked.facet_query,
        "processingTimeMs": round(results.elapsed_ms),
    }

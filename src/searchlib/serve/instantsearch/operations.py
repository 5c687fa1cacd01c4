"""The operations of this shape, at the root, where front ends ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..operations.operation import Operation
from . import describing, several
from .answers import FoundBySeveral, FoundFacetHits, FoundHits, IndexNumbers, Version
from .asked import Asked, FacetAsked, InQueryString, SeveralAsked, of_query_string
from .refusals import Refusal, respond
from .searching import answer, facet_answer

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..calls import Call

_INDEX = "/indexes/{index}"


async def search(call: Call) -> Response:
    """The hits of one search."""
    asked = of_query_string(call.query) if call.body is None else call.body
    index = await call.index()
    return await call.reply(index, lambda settings: answer(index, asked, settings.limits))


async def facet_search(call: Call) -> dict[str, Any]:
    """The values of a facet that begin so."""
    index, limits = await call.index(), call.state.settings.limits
    return await call.ask(lambda: facet_answer(index, call.body, limits))


_OF_STRING = (400, 404, 503)
_OF_BODY = (400, 404, 408, 413, 415, 503)

_ASKED: Sequence[Operation] = (
    Operation(
        "GET",
        f"{_INDEX}/search",
        "instantsearch",
        "Search, as InstantSearch front ends ask: by a query string.",
        "search",
        search,
        FoundHits,
        query=InQueryString,
        problems=_OF_STRING,
        cacheable=True,
    ),
    Operation(
        "POST",
        f"{_INDEX}/search",
        "instantsearch_with_body",
        "Search, as InstantSearch front ends ask: by a JSON body.",
        "search",
        search,
        FoundHits,
        body=Asked,
        problems=_OF_BODY,
    ),
    Operation(
        "POST",
        "/multi-search",
        "instantsearch_several",
        "Several searches at once, each with its answer, or all with one (federation).",
        "search",
        several.multi_search,
        FoundBySeveral,
        body=SeveralAsked,
        problems=_OF_BODY,
    ),
    Operation(
        "POST",
        f"{_INDEX}/facet-search",
        "instantsearch_facet_values",
        "The values of a facet that begin so.",
        "search",
        facet_search,
        FoundFacetHits,
        body=FacetAsked,
        problems=_OF_BODY,
    ),
    Operation(
        "GET",
        f"{_INDEX}/documents/{{id:rest}}",
        "instantsearch_document",
        "A document by its id.",
        "read",
        describing.document,
        dict[str, Any],
        query=describing.OfDocument,
        problems=_OF_STRING,
        cacheable=True,
    ),
    Operation(
        "GET",
        f"{_INDEX}/stats",
        "instantsearch_stats",
        "The numbers of an index.",
        "read",
        describing.stats,
        IndexNumbers,
        problems=_OF_STRING,
    ),
    Operation(
        "GET",
        f"{_INDEX}/settings",
        "instantsearch_settings",
        "What can be searched, filtered and sorted.",
        "read",
        describing.settings,
        dict[str, Any],
        problems=_OF_STRING,
    ),
    Operation(
        "GET",
        "/version",
        "instantsearch_version",
        "Which searchlib this is.",
        "search",
        describing.version,
        Version,
        problems=(),
    ),
)

INSTANTSEARCH: Sequence[Operation] = tuple(
    each.replace(
        any_parameters=True,
        tag="instantsearch",
        for_tenants=each.name != "instantsearch_stats",
        refused=respond,
        refusal=Refusal,
    )
    for each in _ASKED
)

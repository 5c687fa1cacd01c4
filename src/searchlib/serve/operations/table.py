"""The table of all operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import several
from ..asking import indexes as describing
from ..asking import search as searching
from ..calls import Call
from ..instantsearch.operations import INSTANTSEARCH
from ..page.routes import PAGE
from ..types.requests import Instant, InstantRequest, Searching, SearchRequest, Several
from ..types.responses import HealthOut, IndexesOut, IndexOut, SearchResponse, SeveralOut
from ..watching import scraping
from . import openapi
from .operation import Operation
from .questions import ASKING
from .tools import TOOLS
from .writes import WRITES

_INDEX = "/v1/indexes/{index}"


async def _document(call: Call) -> dict[str, Any]:
    return openapi.document_of(OPERATIONS)


_SERVER: Sequence[Operation] = (
    Operation(
        "GET",
        "/health",
        "health",
        "Say that the server answers.",
        "public",
        describing.health,
        HealthOut,
        tag="server",
    ),
    Operation(
        "GET",
        "/ready",
        "ready",
        "Say that the server can answer searches now.",
        "public",
        describing.ready,
        HealthOut,
        tag="server",
        problems=(503,),
    ),
    Operation(
        "GET",
        "/metrics",
        "metrics",
        "Give the numbers of the running server, as Prometheus reads them.",
        "read",
        scraping.metrics,
        str,
        tag="server",
        media_type="text/plain",
        problems=(401, 403),
    ),
    Operation(
        "GET",
        "/openapi.json",
        "openapi",
        "Describe what the server can do.",
        "public",
        _document,
        dict[str, Any],
        tag="server",
    ),
)

_INDEXES: Sequence[Operation] = (
    Operation(
        "GET",
        "/v1/indexes",
        "list_indexes",
        "List the indexes.",
        "search",
        describing.indexes,
        IndexesOut,
        for_tenants=True,
        tag="indexes",
    ),
    Operation(
        "GET",
        _INDEX,
        "get_index",
        "Show an index: its fields, and how many documents it has.",
        "search",
        describing.index,
        IndexOut,
        for_tenants=True,
        tag="indexes",
        problems=(404,),
    ),
    Operation(
        "GET",
        f"{_INDEX}/stats",
        "get_stats",
        "Show the numbers of an index.",
        "read",
        describing.stats,
        dict[str, Any],
        tag="indexes",
        problems=(404,),
    ),
)

_SEARCH = Operation(
    "GET",
    f"{_INDEX}/search",
    "search",
    "Search, by a query string.",
    "search",
    searching.search,
    SearchResponse,
    query=Searching,
    problems=(400, 404, 413, 503),
    cacheable=True,
    for_tenants=True,
)

_INSTANT = Operation(
    "GET",
    f"{_INDEX}/instant",
    "instant",
    "Search while somebody types: the last word may go on.",
    "search",
    searching.instant,
    SearchResponse,
    query=Instant,
    problems=(400, 404, 413, 503),
    cacheable=True,
    for_tenants=True,
)

_SEARCHES: Sequence[Operation] = (
    _SEARCH,
    _SEARCH.with_body("Search, by a JSON body.", SearchRequest),
    _INSTANT,
    _INSTANT.with_body("The same, by a JSON body.", InstantRequest),
)

_SEVERAL: Sequence[Operation] = (
    Operation(
        "POST",
        "/v1/search",
        "search_several",
        "Search several indexes, each by itself or as one list.",
        "search",
        several.search,
        SeveralOut,
        body=Several,
        for_tenants=True,
        problems=(400, 404, 408, 413, 415, 503),
    ),
)

OPERATIONS: tuple[Operation, ...] = (
    *_SERVER,
    *_INDEXES,
    *_SEARCHES,
    *_SEVERAL,
    *ASKING,
    *WRITES,
    *INSTANTSEARCH,
    *TOOLS,
    *PAGE,
)
"""Everything that the server can do."""

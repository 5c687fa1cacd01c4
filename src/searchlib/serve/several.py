"""Several indexes in one request: each with its results, or all hits as one list.

How one list comes about is in fusion.py, how facets are added up in merging.py.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import QueryError
from ..search.facets import Facet, facets_of, name_of
from ..wire.answers import facet_as_json, hit_as_json
from . import fusion, merging
from .asking.search import answer, facet_of, results_of
from .problems import within
from .types import requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..index import Index
    from ..search.results import Results
    from .calls import Call
    from .settings import Settings

_OF_ONE = {"offset": 0, "after": None, "group_by": None}
"""What a search of one list leaves to the list."""


async def search(call: Call) -> dict[str, Any]:
    """The answers of all searches, or one list."""
    asked: requests.Several = call.body
    settings = call.state.settings
    started = time.perf_counter()
    indexes: list[Index] = []
    for number, query in enumerate(asked.queries):
        try:
            indexes.append(await call.index(query.index))
        except Exception as error:
            raise _in(number, error) from None
    if asked.merge:
        found = await call.ask(lambda: merged(indexes, asked, settings))
    else:
        results = []
        for number, (index, query) in enumerate(zip(indexes, asked.queries, strict=True)):
            results.append(await call.ask(_asking(number, index, query, settings)))
        found = {"results": results}
    return {**found, "elapsed_ms": round((time.perf_counter() - started) * 1000, 3)}


def _asking(
    number: int, index: Index, asked: requests.OneOfSeveral, settings: Settings
) -> Callable[[], dict[str, Any]]:
    """What one search among several answers, or why not."""

    def ask() -> dict[str, Any]:
        try:
            return {"index": asked.index, **answer(index, asked, settings)}
        except Exception as error:
            raise _in(number, error) from error

    return ask


def _in(number: int, error: Exception) -> Exception:
    return within(f"queries[{number}]", error)


def merged(indexes: Sequence[Index], asked: requests.Several, settings: Settings) -> dict[str, Any]:
    """One list of the hits of all searches."""
    wanted = asked.offset + asked.limit
    if wanted > fusion.WINDOW:
        raise QueryError(
            f"one list of several searches has {fusion.WINDOW:,} hits at most, offset + limit is {wanted:,}"
        )
    depth = fusion.depth_of([query.index for query in asked.queries], wanted)
    results: list[Results] = []
    facets: dict[str, Facet] = {}
    for number, (index, query) in enumerate(zip(indexes, asked.queries, strict=True)):
        try:
            its_facets = _facets(query, facets)
            results.append(results_of(index, query, depth, its_facets, settings))
        except Exception as error:
            raise _in(number, error) from error
    ranked = fusion.fused(
        [[(query.index, hit.id) for hit in of] for query, of in zip(asked.queries, results, strict=True)],
        [query.weight for query in asked.queries],
        asked.rank_constant,
    )
    names = [query.index for query in asked.queries]
    return {
        "hits": [_hit(one, indexes, asked, results) for one in ranked[asked.offset : wanted]],
        "total": sum(of.total for of in results),
        "total_is": "exact" if len(set(names)) == len(names) else "at most",
        "facets": {
            name: facet_as_json(
                merging.merged(facet, [of.facets[name] for of in results if name in of.facets])
            )
            for name, facet in facets.items()
        },
        "queries": [
            {"index": query.index, "total": of.total, "notes": list(of.notes)}
            for query, of in zip(asked.queries, results, strict=True)
        ],
    }


def _facets(query: requests.OneOfSeveral, known: dict[str, Facet]) -> list[Facet]:
    """What a search has to count. known: the facets of all searches by name, to which its own are added."""
    for name, none in _OF_ONE.items():
        if getattr(query, name) != none:
            raise QueryError(
                f"{name} is none of a search whose hits are merged; the list has limit and offset"
            )
    found = []
    for facet in facets_of([facet_of(each) for each in query.facets]):
        if known.setdefault(name_of(facet), facet) != facet:
            raise QueryError(
                f"facet {name_of(facet)!r} is another one than that of an earlier query; name it"
            )
        found.append(merging.countable(facet))
    return found


def _hit(
    one: fusion.Fused[tuple[str, str]],
    indexes: Sequence[Index],
    asked: requests.Several,
    results: Sequence[Results],
) -> dict[str, Any]:
    number, place = one.best
    query = asked.queries[number]
    shown = hit_as_json(
        results[number][place - 1],
        indexes[number].schema,
        query.fragments,
        query.fragment_size,
        query.show,
        query.explain,
    )
    places = {str(each + 1): at for each, at in sorted(one.places.items())}
    return {"index": query.index, "fused": one.score, "places": places, **shown}

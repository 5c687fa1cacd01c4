"""What an index can be asked besides a search for people: suggestions, completions, reasons, likenesses.

And results for programs, which make hits and fragments of them themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ...query.plain import Plain
from ...wire import arguments
from ...wire.answers import hit_as_json
from ...wire.arguments import argument_of_json
from ...wire.dictionaries import synonyms_of_json, translations_of_json
from ...wire.records import suggestion_as_json
from ...wire.trees import filter_of_json, query_of_json
from ..problems import no_document
from ..types import questions as types
from .handing import handed
from .search import check_shown

if TYPE_CHECKING:
    from ...index import Index
    from ...search.results import Results
    from ...translations.table import Translations
    from ..calls import Call
    from ..settings import Limits


def given(call: Call) -> Any:
    """The parameters, be they a query string or a body."""
    return call.query if call.body is None else call.body


def seconds(timeout: float | None, limits: Limits) -> float:
    """What a question may take."""
    return min(timeout or limits.search_seconds, limits.search_seconds)


# ---- results for programs


async def results(call: Call) -> dict[str, Any]:
    """What Index.search finds."""
    asked: types.ResultsRequest = call.body
    index, limits = await call.index(), call.state.settings.limits

    def answer() -> dict[str, Any]:
        how = {
            **understanding(asked, limits),
            "sort": argument_of_json("sort", asked.sort, arguments.SORTS),
            "after": asked.after,
            "facets": argument_of_json("facets", asked.facets, arguments.FACETS) or (),
            "group_by": argument_of_json("group_by", asked.group_by, arguments.GROUPS),
            "boost_by": argument_of_json("boost_by", asked.boost_by, arguments.BOOSTS),
            "count": asked.count,
        }
        query = query_of_json(asked.query)

        def search(limit: int) -> Results:
            return index.search(query, limit, asked.offset, **how)

        return handed(index, search, asked.limit, limits, asked.schema, asked.explain)

    return await call.ask(answer)


async def instant_results(call: Call) -> dict[str, Any]:
    """What Index.instant finds."""
    asked: types.InstantResultsRequest = call.body
    index, limits = await call.index(), call.state.settings.limits

    def answer() -> dict[str, Any]:
        how: dict[str, Any] = {
            "fields": asked.fields,
            "filter": None if asked.filter is None else filter_of_json(asked.filter),
            "sort": argument_of_json("sort", asked.sort, arguments.SORTS),
            "facets": argument_of_json("facets", asked.facets, arguments.FACETS) or (),
            "count": asked.count,
            "mend": asked.mend,
            "timeout": seconds(asked.timeout, limits),
        }

        def search(limit: int) -> Results:
            return index.instant(asked.query, limit, asked.offset, **how)

        return handed(index, search, asked.limit, limits, asked.schema, asked.explain)

    return await call.ask(answer)


async def similar_results(call: Call) -> dict[str, Any]:
    """What Index.more_like finds."""
    asked: types.SimilarRequest = call.body
    index, limits = await call.index(), call.state.settings.limits
    timeout = seconds(asked.timeout, limits)
    narrowing = None if asked.filter is None else filter_of_json(asked.filter)

    def search(limit: int) -> Results:
        return index.more_like(
            asked.id,
            limit,
            asked.offset,
            text=asked.text,
            fields=asked.fields,
            filter=narrowing,
            count=asked.count,
            timeout=timeout,
        )

    return await call.ask(lambda: handed(index, search, asked.limit, limits, asked.schema, asked.explain))


async def many_results(call: Call) -> dict[str, Any]:
    """What Index.search_many finds; the first of them, where they are too large together."""
    asked: types.ManyRequest = call.body
    index, limits = await call.index(), call.state.settings.limits

    def answer() -> dict[str, Any]:
        queries = list(map(query_of_json, asked.queries))
        most = min(limits.hits if asked.limit is None else asked.limit, limits.hits)
        how: dict[str, Any] = {
            "ranking": argument_of_json("ranking", asked.ranking, arguments.RANKINGS),
            "strict": asked.strict,
            "expand": asked.expand,
            "filter": None if asked.filter is None else filter_of_json(asked.filter),
        }
        found = index.search_many(queries, most, **how)
        out: list[dict[str, Any]] = []
        num_hits = 0
        for query, one in zip(queries, found, strict=True):
            num_hits += len(one)
            if out and num_hits > limits.hits:
                break

            def search(limit: int, query: Any = query, one: Results = one) -> Results:
                return one if limit >= len(one) else index.search(query, limit, **how)

            out.append(handed(index, search, asked.limit, limits, asked.schema, ()))
        return {"results": out}

    return await call.ask(answer)


def understanding(asked: types.AskedWith, limits: Limits) -> dict[str, Any]:
    """The arguments that `search` and `explain` share."""
    return {
        "fields": asked.fields,
        "cross_script": asked.cross_script,
        "synonyms": synonyms_of_json(asked.synonyms),
        "translations": cast("Translations | None", translations_of_json(asked.translations)),
        "ranking": argument_of_json("ranking", asked.ranking, arguments.RANKINGS),
        "timeout": seconds(asked.timeout, limits),
        "strict": asked.strict,
        "expand": asked.expand,
        "filter": None if asked.filter is None else filter_of_json(asked.filter),
    }


# ---- other questions


async def similar(call: Call) -> dict[str, Any]:
    """Documents like one of the index, for people."""
    asked: types.Similar = call.query
    index, limits = await call.index(), call.state.settings.limits

    def answer() -> dict[str, Any]:
        check_shown(index, asked.show)
        if asked.id not in index:
            raise no_document(asked.id)
        found = index.more_like(
            asked.id,
            min(asked.limit, limits.hits),
            asked.offset,
            fields=asked.fields,
            timeout=seconds(asked.timeout, limits),
        )
        size = asked.fragment_size
        hits = [hit_as_json(hit, index.schema, asked.fragments, size, asked.show) for hit in found]
        return {"hits": hits, "words": found.expanded, "elapsed_ms": round(found.elapsed_ms, 3)}

    return await call.ask(answer)


async def suggest(call: Call) -> dict[str, Any]:
    """Queries that may have been meant."""
    asked: types.Suggesting = given(call)
    index, limits = await call.index(), call.state.settings.limits
    query = Plain(asked.q) if asked.plain else asked.q

    def answer() -> dict[str, Any]:
        timeout = seconds(asked.timeout, limits)
        found = index.suggest(query, asked.limit, fields=asked.fields, timeout=timeout, strict=asked.strict)
        return {"suggestions": list(map(suggestion_as_json, found))}

    return await call.ask(answer)


async def complete(call: Call) -> dict[str, Any]:
    """How the last word may go on."""
    asked: types.Completing = given(call)
    index, limits = await call.index(), call.state.settings.limits

    def answer() -> dict[str, Any]:
        timeout = seconds(asked.timeout, limits)
        found = index.complete(asked.q, asked.limit, fields=asked.fields, timeout=timeout)
        return {"completions": [one.as_dict() for one in found]}

    return await call.ask(answer)


async def explain(call: Call) -> dict[str, Any]:
    """How a query is understood."""
    asked: types.AskedWith = call.body
    index, limits = await call.index(), call.state.settings.limits
    return await call.ask(
        lambda: index.explain(query_of_json(asked.query), **understanding(asked, limits)).as_dict()
    )


async def why_nothing(call: Call) -> dict[str, Any]:
    """Why a query finds nothing."""
    asked: types.Asked = call.body
    index, limits = await call.index(), call.state.settings.limits

    def answer() -> dict[str, Any]:
        found = index.why_nothing(
            query_of_json(asked.query),
            fields=asked.fields,
            filter=None if asked.filter is None else filter_of_json(asked.filter),
            timeout=seconds(asked.timeout, limits),
        )
        return {"reasons": [one.as_dict() for one in found]}

    return await call.ask(answer)


async def words_missing(call: Call) -> dict[str, Any]:
    """The words of a text that do not find a document."""
    asked: types.WordsMissingRequest = call.body
    index: Index = await call.index()

    def answer() -> dict[str, Any]:
        if asked.id not in index:
            raise no_document(asked.id)
        return {"words": index.words_missing(asked.id, asked.text)}

    return await call.ask(answer)

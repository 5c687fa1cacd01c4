"""What is asked, as the body of a request: every argument that an index takes, as JSON has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import QueryError, brief
from ..wire import arguments
from ..wire.arguments import argument_as_json
from ..wire.dictionaries import synonyms_as_json, translations_as_json
from ..wire.trees import filter_as_json, query_as_json

if TYPE_CHECKING:
    from ..query.nodes import Node
    from ..schema import Schema
    from ..search.searcher import Searcher

MOST = 2**31
"""No index has more documents."""

_SORTS = "a field's name, -name or a Sort, or several of them"
_FACETS = "a field's name, a Terms, Range, Histogram, Stats or Distinct, or several of them"
_GROUPS = "a field's name or a GroupBy"
_BOOSTS = "a Recency, a Static, or several of them"
_RANKINGS = "default, rich, bm25, or a Ranking"

AGAIN = frozenset(
    (
        *("query", "fields", "filter", "timeout", "cross_script", "synonyms", "translations", "ranking"),
        *("strict", "expand", "boost_by", "schema"),
    )
)
"""What of a search decides which documents match, and their scores."""

AGAIN_INSTANT = frozenset(["query", "fields", "filter", "sort", "mend", "timeout", "schema"])
AGAIN_SIMILAR = frozenset(("id", "text", "fields", "filter", "timeout", "schema"))


def count_of(limit: int | None) -> int | None:
    """A number of hits as it is sent."""
    if limit is None:
        return None
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
        raise ValueError(f"limit is a whole number, 0 or more, got {brief(limit)}")
    return min(limit, MOST)


def names_of(fields: Sequence[str] | None) -> list[str] | None:
    """Names of fields as they are sent."""
    if fields is None:
        return None
    if isinstance(fields, str) or not all(isinstance(name, str) for name in fields):
        raise TypeError(f"fields is a list of names, got {brief(fields)}")
    return list(fields)


def filter_of(filter: object, schema: Schema) -> Any:
    """A filter as it is sent."""
    return None if filter is None else filter_as_json(filter, schema)


def sort_of(sort: Any) -> Any:
    """An order as it is sent."""
    return argument_as_json("sort", sort, arguments.SORTS, _SORTS)


def facets_of(facets: Any) -> Any:
    """Facets as they are sent."""
    return argument_as_json("facets", facets, arguments.FACETS, _FACETS) or None


def ranking_of(ranking: Any) -> Any:
    """A ranking as it is sent."""
    return argument_as_json("ranking", ranking, arguments.RANKINGS, _RANKINGS)


def asked_of(
    query: object,
    given: dict[str, Any],
    schema: Schema,
    searcher: Callable[[], Searcher],
) -> dict[str, Any]:
    """The body of what search and explain share.

    query: as a parser made it. given: their arguments; searcher: one without documents.
    """
    body = {
        "query": query_as_json(query, schema),
        "fields": names_of(given["fields"]),
        "filter": filter_of(given["filter"], schema),
        "cross_script": given["cross_script"],
        "ranking": ranking_of(given["ranking"]),
        "timeout": given["timeout"],
        "strict": given["strict"],
        "expand": given["expand"],
    }
    if given["synonyms"]:
        body["synonyms"] = synonyms_as_json(given["synonyms"])
    if given["translations"]:
        tree: Node = searcher().tree(query, given["fields"], False, None, given["strict"])  # type: ignore[arg-type]
        body["translations"] = translations_as_json(given["translations"], tree)
    return body


def around_of(given: dict[str, Any]) -> dict[str, Any]:
    """The body of what is asked around the hits."""
    if given["after"] is not None and not isinstance(given["after"], str):
        raise QueryError(f"after is the cursor of a page, got {brief(given['after'])}")
    return {
        "sort": sort_of(given["sort"]),
        "after": given["after"],
        "facets": facets_of(given["facets"]),
        "group_by": argument_as_json("group_by", given["group_by"], arguments.GROUPS, _GROUPS),
        "boost_by": argument_as_json("boost_by", given["boost_by"], arguments.BOOSTS, _BOOSTS),
        "count": given["count"],
    }

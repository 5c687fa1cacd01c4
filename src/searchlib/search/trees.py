"""The query tree of whatever a search is given: a string, a tree of ours, or one of whoosh's.

It is loaded only where a query is more than plain words.
"""

from __future__ import annotations

from typing import Any, Protocol

from ..errors import QueryError
from ..query import nodes
from ..schema import Schema
from .scope import FieldScope


class QueryParser(Protocol):
    """What makes a query tree of a string, such as a whoosh.qparser.QueryParser."""

    def parse(self, text: str, /) -> Any: ...


def asked_tree(
    query: object, schema: Schema, scope: FieldScope, strict: bool = False, notes: list[str] | None = None
) -> nodes.Node:
    """The tree of what a person asks: said quietly, if it is shouted. See tree_of for the rest."""
    if not isinstance(query, str) or not query.isupper():
        return tree_of(query, schema, strict, notes)
    from .shouting import quieter, without_operators

    said = without_operators(query, scope) if type(query) is str and not strict else query
    is_shouted = said != query
    if is_shouted and notes is not None:
        notes.append(
            "the query is all in capitals, so that NOT, AND and OR were read as words; "
            "to exclude a word write - before it, to require it +"
        )
    return quieter(tree_of(said, schema, strict, notes), scope, is_shouted)


def tree_of(
    query: object, schema: Schema, strict: bool = False, notes: list[str] | None = None
) -> nodes.Node:
    """The tree; QueryError if it is none of these or, if strict, has no word in it.

    notes: receives what was not understood.
    """
    node = node_of(query, schema, strict, notes)
    if strict and isinstance(node, nodes.Empty):
        raise QueryError("the query is empty; type at least one word, for example: Tashkent")
    return node


def node_of(
    query: object, schema: Schema, strict: bool = False, notes: list[str] | None = None
) -> nodes.Node:
    """The same, where a query without a word is no error."""
    if type(query) is not str and isinstance(query, str):
        from ..query.plain import Plain, plain_tree

        if isinstance(query, Plain):
            return plain_tree(query)
    if isinstance(query, str):
        from ..query.parser import read  # neither of the others needs it

        return read(query, schema, strict, notes)
    if isinstance(query, nodes.Node):
        return query
    from ..query.whoosh import from_whoosh, is_whoosh_query

    if is_whoosh_query(query):
        return from_whoosh(query, schema)
    raise QueryError(
        f"a query is a string, a searchlib.query.Node or a whoosh query, got {type(query).__name__}"
    )

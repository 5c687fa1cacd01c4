"""Queries and filters as JSON has them: strings are themselves, trees are objects, and back.

{"plain": "words alone"}; {"node": "word", "text": "лес", "field": "title"}; {"field": "price", "operator":
"between", "values": [1, 2]}; {"all": […]}, {"any": […]}, {"not": …} of filters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import QueryError, brief
from ..query import nodes
from ..query.conditions import AllOf, AnyOf, Condition, Filter, NoneOf
from ..query.limits import Limits
from ..query.plain import Plain
from .scalars import clean, scalar_as_json, scalar_of_json

if TYPE_CHECKING:
    from ..schema import Schema

_NODES: dict[str, type[nodes.Base]] = {
    "empty": nodes.Empty,
    "everything": nodes.Everything,
    "word": nodes.Word,
    "phrase": nodes.Phrase,
    "prefix": nodes.Prefix,
    "wildcard": nodes.Wildcard,
    "fuzzy": nodes.Fuzzy,
    "range": nodes.Range,
    "and": nodes.And,
    "or": nodes.Or,
    "not": nodes.Not,
    "clauses": nodes.Clauses,
    "variants": nodes.Variants,
}
_NAMES = {kind: name for name, kind in _NODES.items()}
_LISTS = frozenset(("operands", "required", "optional", "excluded"))
_TEXTS = frozenset(("text", "pattern", "low", "high", "field"))
_NUMBERS = frozenset(("start", "end", "slop", "distance"))
_FLAGS = frozenset(("includes_low", "includes_high"))
_WORDS = frozenset(("stands_for", "becomes"))
_OPERATORS = {"any": None, "from": 1, "to": 1, "above": 1, "below": 1, "between": 2, "exists": 0}
_LIMITS = Limits()


# ---- out


def query_as_json(query: object, schema: Schema) -> Any:
    """A query: a string, a Plain, a tree of ours or of whoosh's. QueryError for another thing."""
    if isinstance(query, str):
        return {"plain": clean(query)} if isinstance(query, Plain) else clean(query)
    return node_as_json(_node_of(query, schema))


def _node_of(query: object, schema: Schema) -> nodes.Base:
    if isinstance(query, nodes.Base):
        return query
    from ..search.trees import node_of

    return node_of(query, schema)


def node_as_json(node: object, depth: int = 0) -> dict[str, Any]:
    """A tree. QueryTooComplex where it is deeper than a query may be."""
    name = _NAMES.get(type(node))  # type: ignore[arg-type]
    if name is None:
        raise QueryError(
            f"expected one of the nodes of searchlib.query or searchlib.plan, got a {type(node).__name__}"
        )
    _LIMITS.check_depth(depth)
    found: dict[str, Any] = {"node": name}
    for field, value in vars(node).items():
        if field in type(node)._defaults and value == type(node)._defaults[field]:  # type: ignore[attr-defined]
            continue
        if field in _LISTS:
            found[field] = [node_as_json(child, depth + 1) for child in value]
        elif field in ("operand", "node"):
            found["operand"] = node_as_json(value, depth + 1)
        elif field == "variants":
            found[field] = [
                {"operand": node_as_json(each.node, depth + 1), "weight": each.weight, "reason": each.reason}
                for each in value
            ]
        else:
            found[field] = _part(value)
    return found


def _part(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return list(map(_part, value)) if isinstance(value, tuple) else scalar_as_json(value)


def filter_as_json(given: object, schema: Schema) -> Any:
    """A filter: an expression of F, a query, or a list of these."""
    if isinstance(given, (list, tuple)):
        return [filter_as_json(each, schema) for each in given]
    if isinstance(given, Filter):
        return _condition_as_json(given)
    if isinstance(given, (str, nodes.Base)) or type(given).__module__.startswith("whoosh"):
        return query_as_json(given, schema)
    raise QueryError(
        f"a filter is an expression of F, like F.price > 1, a query string, a query tree or a list of these, "
        f"got {type(given).__name__}: {brief(given)}"
    )


def _condition_as_json(given: Filter) -> dict[str, Any]:
    _LIMITS.check_depth(given.depth)
    if isinstance(given, Condition):
        values = [scalar_as_json(value) for value in given.values]
        if not isinstance(given.field, str):
            raise QueryError(f"a field is named by a string, got {type(given.field).__name__}")
        return {"field": clean(given.field), "operator": given.operator, "values": values}
    if isinstance(given, (AllOf, AnyOf)):
        return {"all" if isinstance(given, AllOf) else "any": list(map(_condition_as_json, given.parts))}
    if isinstance(given, NoneOf):
        return {"not": _condition_as_json(given.part)}
    raise QueryError(f"a filter is made of F, got {type(given).__name__}")


# ---- in


def query_of_json(given: Any) -> str | nodes.Node:
    """The inverse; QueryError, QueryTooComplex for what cannot be one."""
    if isinstance(given, str):
        return given
    if isinstance(given, dict) and set(given) == {"plain"} and isinstance(given["plain"], str):
        return Plain(given["plain"])
    return _Reader().node(given, 0)


class _Reader:
    """Reads one tree, and counts its nodes, and the words that stand for one."""

    def __init__(self) -> None:
        self._count = 0

    def node(self, given: Any, depth: int) -> nodes.Node:
        """A node and all below it."""
        kind = _NODES.get(given["node"]) if isinstance(given, dict) and _is_name(given.get("node")) else None
        if kind is None:
            raise QueryError(
                f'a query is a string, {{"plain": "…"}} or a tree like {{"node": "word", "text": "…"}} of '
                f"{', '.join(_NODES)}; got {brief(given)}"
            )
        self._count_more(1)
        _LIMITS.check_depth(depth)
        values = dict(self._values(kind, given, depth))
        try:
            made: Any = kind(**values)
        except TypeError as error:
            raise QueryError(str(error)) from None
        return made  # type: ignore[no-any-return]

    def _count_more(self, words: int) -> None:
        self._count += words
        _LIMITS.check_clauses(self._count)

    def _values(self, kind: type[nodes.Base], given: dict[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
        for name, value in given.items():
            if name == "node":
                continue
            if name in _LISTS and isinstance(value, list):
                yield name, tuple(self.node(child, depth + 1) for child in value)
            elif name == "operand":
                yield "node" if kind is nodes.Variants else name, self.node(value, depth + 1)
            elif name == "variants" and isinstance(value, list):
                yield name, tuple(self._variant(each, depth + 1) for each in value)
            elif not _fits(name, value):
                raise QueryError(f"a query's {name!r:.40} cannot be {brief(value)}")
            else:
                if name in _WORDS:
                    self._count_more(len(value))
                yield name, tuple(value) if isinstance(value, list) else value

    def _variant(self, given: Any, depth: int) -> nodes.Variant:
        if isinstance(given, dict) and set(given) == {"operand", "weight", "reason"}:
            node, weight, reason = self.node(given["operand"], depth), given["weight"], given["reason"]
            if (
                isinstance(node, (nodes.Word, nodes.Phrase))
                and _is_number(weight)
                and isinstance(reason, str)
            ):
                return nodes.Variant(node, weight, reason)
        raise QueryError(f'a variant is {{"operand": …, "weight": …, "reason": …}}, got {brief(given)}')


def _is_name(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _fits(name: str, value: Any) -> bool:
    """Whether the value of a node's field is of its type. An unknown name is refused by the node."""
    if name in _TEXTS:
        return isinstance(value, str) or (value is None and name not in ("text", "pattern"))
    if name in _NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    if name in _FLAGS:
        return isinstance(value, bool)
    if name == "boost":
        return _is_number(value) and 0 <= value <= 1_000_000
    if name in _WORDS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return not isinstance(value, (list, dict))


def filter_of_json(given: Any) -> Any:
    """The inverse of filter_as_json; QueryError, QueryTooComplex."""
    if isinstance(given, list):
        return [filter_of_json(each) for each in given]
    if isinstance(given, dict) and not {"node", "plain"} & given.keys():
        return _condition_of_json(given, 1)
    return query_of_json(given)


def _condition_of_json(given: Any, depth: int) -> Filter:
    _LIMITS.check_depth(depth)
    if isinstance(given, dict):
        if set(given) == {"not"}:
            return NoneOf(_condition_of_json(given["not"], depth + 1))
        for name, join in (("all", AllOf), ("any", AnyOf)):
            if set(given) == {name} and isinstance(given[name], list) and given[name]:
                return join(tuple(_condition_of_json(each, depth + 1) for each in given[name]))
        field, operator, values = given.get("field"), given.get("operator"), given.get("values", [])
        if isinstance(field, str) and isinstance(operator, str) and operator in _OPERATORS:
            wanted = _OPERATORS[operator]
            if isinstance(values, list) and wanted in (None, len(values)):
                return Condition(field, operator, tuple(map(scalar_of_json, values)))
    raise QueryError(
        'a filter is a query, {"field": …, "operator": …, "values": […]} with an operator of '
        f'{", ".join(_OPERATORS)}, or {{"all": […]}}, {{"any": […]}}, {{"not": …}}; got {brief(given)}'
    )

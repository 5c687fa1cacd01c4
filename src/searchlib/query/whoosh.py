"""Trees of whoosh.query as query trees of ours, for those who build or parse queries with Whoosh.

The objects are read by the names of their classes and attributes and whoosh is never imported, so whoosh 2.7,
whoosh-reloaded and whoosh3 all serve. What has no exact counterpart here is refused by name, never
approximated; only what touches nothing but scores (a disjunction's tie-break, Or's scale) is passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from ..errors import QueryError
from ..schema import ID, Schema
from .limits import Limits
from .nodes import (
    And,
    Clauses,
    Empty,
    Everything,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from .operands import MAX_BOOST, MAX_DISTANCE, boosted


def is_whoosh_query(query: object) -> bool:
    """Whether the object's class, or one that it is made from, comes from a package named whoosh."""
    return any(cls.__module__.partition(".")[0] == "whoosh" for cls in type(query).__mro__)


def from_whoosh(query: object, schema: Schema | None = None, limits: Limits | None = None) -> Node:
    """The tree of a whoosh.query object. Its terms count as typed: they are analysed once more.

    Whoosh's phrase slop 1 (next to each other) is slop 0 here. Raises QueryError for a kind of query that
    searchlib does not have, UnknownFieldError for a field that the schema, if one is given, lacks, and
    QueryTooComplex.
    """
    return _Translation(schema, limits or Limits()).node(query, 1)


class _Translation:
    """Recursive, which the limit on depth makes safe."""

    def __init__(self, schema: Schema | None, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._num_clauses = 0

    def node(self, query: Any, depth: int) -> Node:
        self._limits.check_depth(depth)
        translate = _TRANSLATIONS.get(type(query).__name__)
        if translate is None:
            raise QueryError(
                f"whoosh's {type(query).__name__} has no counterpart in searchlib; it takes: "
                f"{', '.join(sorted(name for name in _TRANSLATIONS if not name.startswith('_')))}"
            )
        return translate(self, query, depth)

    def nodes(self, queries: Iterable[Any], depth: int) -> list[Node]:
        translated = (self.node(query, depth + 1) for query in queries)
        return [node for node in translated if not isinstance(node, Empty)]

    def field(self, query: Any) -> str:
        self._num_clauses += 1
        self._limits.check_clauses(self._num_clauses)
        name = query.fieldname
        if not isinstance(name, str):
            raise QueryError(f"a whoosh {type(query).__name__} names its field by a string, got {name!r}")
        if self._schema is not None and name != ID:
            self._schema.field(name)
        return name

    def conjunction(self, query: Any, depth: int) -> Node:
        nodes = self.nodes(query.subqueries, depth)
        return _boosted(And(tuple(nodes)) if len(nodes) > 1 else _only(nodes), query)

    def disjunction(self, query: Any, depth: int) -> Node:
        if getattr(query, "minmatch", 0):
            raise QueryError(f"searchlib has no minmatch, got a whoosh Or with minmatch={query.minmatch!r}")
        nodes = self.nodes(query.subqueries, depth)
        return _boosted(Or(tuple(nodes)) if len(nodes) > 1 else _only(nodes), query)

    def negation(self, query: Any, depth: int) -> Node:
        operand = self.node(query.query, depth + 1)
        return Everything() if isinstance(operand, Empty) else Not(operand)

    def and_not(self, query: Any, depth: int) -> Node:
        first, second = self.pair(query, depth)
        if isinstance(first, Empty) or isinstance(second, Empty):
            return first
        return Clauses((first,), (), (second,))

    def and_maybe(self, query: Any, depth: int) -> Node:
        first, second = self.pair(query, depth)
        if isinstance(first, Empty) or isinstance(second, Empty):
            return second if isinstance(first, Empty) else first
        return Clauses((first,), (second,))

    def require(self, query: Any, depth: int) -> Node:
        first, second = self.pair(query, depth)
        if isinstance(first, Empty) or isinstance(second, Empty):
            return second if isinstance(first, Empty) else first
        return And((first, boosted(second, 0.0)))  # the second must match and adds nothing to the score

    def pair(self, query: Any, depth: int) -> tuple[Node, Node]:
        return self.node(query.a, depth + 1), self.node(query.b, depth + 1)

    def term(self, query: Any, depth: int) -> Node:
        return _boosted(Word(_string(query.text, query), self.field(query)), query)

    def phrase(self, query: Any, depth: int) -> Node:
        words = [_string(word, query) for word in query.words]
        if not words:
            return Empty()
        return _boosted(Phrase(" ".join(words), self.field(query), max(int(query.slop) - 1, 0)), query)

    def prefix(self, query: Any, depth: int) -> Node:
        return _boosted(Prefix(_string(query.text, query), self.field(query)), query)

    def wildcard(self, query: Any, depth: int) -> Node:
        pattern = _string(query.text, query)
        if "[" in pattern:
            raise QueryError(f"searchlib's wildcards are * and ?, got the whoosh Wildcard {pattern!r}")
        pattern = re.sub(r"\*+", "*", pattern.replace("\\", "\\\\"))
        return _boosted(Wildcard(pattern, self.field(query)), query)

    def fuzzy(self, query: Any, depth: int) -> Node:
        distance = int(query.maxdist)
        if not 1 <= distance <= MAX_DISTANCE:
            raise QueryError(f"a fuzzy word allows 1 or {MAX_DISTANCE} edits, got maxdist={distance}")
        return _boosted(Fuzzy(_string(query.text, query), self.field(query), distance), query)

    def range(self, query: Any, depth: int) -> Node:
        return self.between(query.start, query.end, query)

    def date_range(self, query: Any, depth: int) -> Node:
        # Its start and end are numbers; the dates that they were made of stand beside them.
        return self.between(query.startdate, query.enddate, query)

    def between(self, start: object, end: object, query: Any) -> Node:
        low, high, field = _end(start, query), _end(end, query), self.field(query)
        if low is None and high is None:
            return _boosted(Everything(field), query)
        with_low, with_high = low is None or not query.startexcl, high is None or not query.endexcl
        return _boosted(Range(field, low, high, with_low, with_high), query)

    def everything(self, query: Any, depth: int) -> Node:
        named = query.fieldname not in (None, "", "*")
        return _boosted(Everything(self.field(query) if named else None), query)

    def nothing(self, query: Any, depth: int) -> Node:
        return Empty()


_TRANSLATIONS: dict[str, Callable[[_Translation, Any, int], Node]] = {
    "And": _Translation.conjunction,
    "Or": _Translation.disjunction,
    "DisjunctionMax": _Translation.disjunction,
    "Not": _Translation.negation,
    "AndNot": _Translation.and_not,
    "AndMaybe": _Translation.and_maybe,
    "Require": _Translation.require,
    "Term": _Translation.term,
    "Phrase": _Translation.phrase,
    "Prefix": _Translation.prefix,
    "Wildcard": _Translation.wildcard,
    "FuzzyTerm": _Translation.fuzzy,
    "TermRange": _Translation.range,
    "NumericRange": _Translation.range,
    "DateRange": _Translation.date_range,
    "Every": _Translation.everything,
    "_NullQuery": _Translation.nothing,
    "NullQuery": _Translation.nothing,
}


def _only(nodes: list[Node]) -> Node:
    return nodes[0] if nodes else Empty()


def _boosted(node: Node, query: Any) -> Node:
    boost = float(getattr(query, "boost", 1.0))
    if not 0 <= boost <= MAX_BOOST or math.isnan(boost):
        raise QueryError(f"a boost is a number from 0 to {MAX_BOOST:,.0f}, got {boost!r}")
    return boosted(node, boost)


def _string(value: object, query: object) -> str:
    if isinstance(value, str):
        return value
    raise QueryError(
        f"a whoosh {type(query).__name__} is taken with text, got {value!r}; whoosh encodes the terms of "
        "numeric fields, so search those with a range"
    )


def _end(value: object, query: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    return _string(value, query)

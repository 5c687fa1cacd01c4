"""Plans as plain data, so that a shard evaluates what another process has planned.

A node becomes {the place of its type: its values}; lists come back as tuples. What comes back is of types of
searchlib.plan alone; whether it makes a plan, the core says when it reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import plan
from ..errors import QueryError, brief
from ..plan import PhraseField, PlanNode, WordField
from ..records import Record

_TYPES: tuple[type[Any], ...] = (
    plan.FormPattern,
    plan.WordField,
    plan.PhraseField,
    plan.Nothing,
    plan.All,
    plan.Docs,
    plan.InRange,
    plan.InStrings,
    plan.InSet,
    plan.Has,
    plan.Forms,
    plan.Word,
    plan.Phrase,
    plan.Boost,
    plan.And,
    plan.Or,
    plan.Max,
    plan.Not,
    plan.Maybe,
    plan.Raised,
    plan.Filtered,
)
_PLACES = {cls: place for place, cls in enumerate(_TYPES)}


def encoded(value: Any) -> Any:
    """A node and what it holds as plain data."""
    place = _PLACES.get(type(value))
    if place is not None:
        return {place: [encoded(getattr(value, name)) for name in type(value)._fields]}
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(map(encoded, value))
    return value


def decoded(data: Any) -> Any:
    """The inverse; QueryError for what is none of its results."""
    if isinstance(data, list):
        return tuple(map(decoded, data))
    if not isinstance(data, dict):
        return data
    (place, values), *more = data.items() or [(None, None)]
    if more or type(place) is not int or not 0 <= place < len(_TYPES) or not isinstance(values, list):
        raise QueryError(f"expected a node of a plan, got {brief(data)}")
    cls = _TYPES[place]
    if len(values) != len(cls._fields):
        raise QueryError(f"a {cls.__name__} has {len(cls._fields)} values, got {len(values)}")
    if issubclass(cls, Record):
        return cls(*map(decoded, values))
    node = object.__new__(cls)
    for name, value in zip(cls._fields, values, strict=True):
        setattr(node, name, decoded(value))
    return node


def weighed_lemmas(node: PlanNode) -> Iterator[tuple[int, str]]:
    """(field, lemma) of all that weighs something in a score: of all words and phrases but for a filter's."""
    if isinstance(node, (plan.Word, plan.Phrase)):
        for field in node.fields:
            yield from ((field.field, lemma) for lemma in _lemmas_of(field, node))
    elif isinstance(node, plan.Boost):
        yield from weighed_lemmas(node.child)
    elif isinstance(node, plan.Filtered):
        yield from weighed_lemmas(node.children[0])
    else:
        for child in getattr(node, "children", ()):
            yield from weighed_lemmas(child)


def _lemmas_of(field: WordField | PhraseField, node: PlanNode) -> Iterator[str]:
    if isinstance(field, PhraseField):
        for lemmas in field.words:
            yield from lemmas
        return
    yield from field.lemmas
    if isinstance(node, plan.Word) and node.related > 0:
        yield from field.related

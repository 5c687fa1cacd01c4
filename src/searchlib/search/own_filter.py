"""What of a filter asks of one field alone: a facet that excludes its own filter counts without it.

A shop shows the other colours, too, when one is chosen. Whether a document passes is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..query import nodes
from ..query.conditions import AllOf, Condition, Filter, Fixed
from ..schema import Schema
from .trees import node_of


def without_own(filter: object, field: str, schema: Schema) -> tuple[list[Any], bool]:
    """What is left of a filter, and whether anything was taken away.

    Taken away are the parts that must all let a document through (of a list, of F & F) and name no other
    field.
    """
    parts = list(_parts(filter))
    kept = [part for part in parts if set(_fields(part, schema)) != {field}]
    return kept, len(kept) < len(parts)


def _parts(filter: object) -> Iterator[Any]:
    if isinstance(filter, (list, tuple)) and filter:
        for each in filter:
            yield from _parts(each)
    elif isinstance(filter, AllOf):
        for part in filter.parts:
            yield from _parts(part)
    else:
        yield filter


def _fields(part: object, schema: Schema) -> Iterator[str | None]:
    """The fields that it names; None for the default ones, and for what must stay."""
    if isinstance(part, Condition):
        yield part.field
    elif isinstance(part, Fixed):
        yield None
    elif isinstance(part, Filter):
        for each in getattr(part, "parts", None) or [part.part]:  # type: ignore[attr-defined]
            yield from _fields(each, schema)
    elif isinstance(part, nodes.Base):
        yield from _named(part)
    elif isinstance(part, (list, tuple)):  # empty: it lets nothing through, whatever a field has
        yield None
    else:
        yield from _named(node_of(part, schema, strict=True))


def _named(node: nodes.Base) -> Iterator[str | None]:
    values = vars(node)
    if "field" in values:
        yield values["field"]
    found = [value for value in values.values() if isinstance(value, nodes.Base)]
    for value in values.values():
        found += [each for each in value if isinstance(each, nodes.Base)] if isinstance(value, tuple) else []
    for each in found:
        yield from _named(each)
    if not found and "field" not in values:
        yield None

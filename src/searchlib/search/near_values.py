"""A filter that let nothing through asked for a whole value: which values have that in them.

folder:politics finds the words of corpus/politics as a query, and as a filter that value alone. Values are
looked for among the documents that the query and its other filters find, so that each of them has hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..errors import brief
from ..kinds import column_kind
from ..query import nodes, writing
from ..query.conditions import AllOf, AnyOf, Condition
from .facets import Counts, Terms
from .nothing import without_excluded
from .trees import node_of

if TYPE_CHECKING:
    from ..schema import Schema
    from .searcher import Searcher

_MAX_ASKED, _MAX_NEAR = 4, 3
_MAX_VALUES = 1_000
"""Of a field: those that most documents have."""


def near_values(
    searcher: Searcher,
    tree: nodes.Node,
    fields: Sequence[str] | None,
    filter: object,
    others: Sequence[object],
    left: float | None,
) -> list[str]:
    """For each value that the filter asks for, and none of the documents has, a sentence about those that
    contain it; none where there are none. left: seconds; SearchTimeout."""
    asked = list(dict.fromkeys(_asked(filter, searcher.schema)))[:_MAX_ASKED]
    if not asked:
        return []
    facets = [Terms(name, _MAX_VALUES) for name in dict.fromkeys(name for name, _ in asked)]
    kept = list(others) or None
    counted = searcher.search(tree, 0, 0, fields, ranking="bm25", timeout=left, filter=kept, facets=facets)
    scope = searcher.scope_of(None)
    found = []
    for name, value in asked:
        counts = counted.facets[name]
        assert isinstance(counts, Counts), "what Terms gives"
        there = {str(bucket.value): bucket.count for bucket in counts}
        near = [each for each in there if value.casefold() in each.casefold()][:_MAX_NEAR]
        same = scope.keyword(name, value) if scope.is_keyword(name) else value
        if near and same not in there:
            listed = ", ".join(f"{name}:{writing.phrase(each)} ({there[each]:,})" for each in near)
            found.append(
                f"a filter asks for whole values: {brief(value, 60)} is none that {name} has there, but "
                f"these contain it: {listed}"
            )
    return found


def _asked(filter: object, schema: Schema) -> Iterator[tuple[str, str]]:
    """The fields and values that a filter wants, one at a time or any of several."""
    if isinstance(filter, (AllOf, AnyOf, list, tuple)):
        for part in filter.parts if isinstance(filter, (AllOf, AnyOf)) else filter:
            yield from _asked(part, schema)
    elif isinstance(filter, Condition):
        if filter.operator == "any" and _has_whole_values(filter.field, schema):
            yield from ((filter.field, value) for value in filter.values if isinstance(value, str))
    elif isinstance(filter, (str, nodes.Base)):
        wanted = without_excluded(node_of(filter, schema, strict=True))
        for leaf in wanted.walk() if wanted is not None else ():
            if isinstance(leaf, (nodes.Word, nodes.Phrase)) and _has_whole_values(leaf.field, schema):
                yield leaf.field or "", leaf.text


def _has_whole_values(name: str | None, schema: Schema) -> bool:
    field = None if name is None else schema.get(name)
    return field is not None and field.has_column and column_kind(field.kind).strings

"""What a query asks for beside words: all documents, values in a range, surface forms of a pattern.

Loaded when a query has any of it. A node and the traversal that met it come in, a plan goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import QueryError, QueryTooComplex
from ..plan import All, FormPattern, Forms, Has, PlanNode
from ..query import nodes
from ..schema import ID, column_types

if TYPE_CHECKING:
    from .traversal import Traversal

MAX_PATTERNS = 20
"""Each is compared with every form of the index, so that their number bounds the time of a query."""


def everything(traversal: Traversal, node: nodes.Everything, required: bool) -> PlanNode | None:
    """All documents, or those that have a value in a field."""
    planner = traversal.planner
    if node.field is None or node.field == ID:
        return All()
    name = planner.fields_of(node.field)[0]
    if planner.is_searched(name):
        return Has(planner.number(name))
    return planner.range_docs(nodes.Range(name))


def values(traversal: Traversal, node: nodes.Range, required: bool) -> PlanNode | None:
    """Documents with a value in a range."""
    planner = traversal.planner
    if planner.is_searched(planner.fields_of(node.field)[0]):
        raise QueryError(
            f"field {node.field!r} holds text; ranges like [a TO b] are for {column_types()} fields"
        )
    return planner.range_docs(node)


def pattern(
    traversal: Traversal, node: nodes.Prefix | nodes.Wildcard | nodes.Fuzzy, required: bool
) -> PlanNode | None:
    """Documents with a form that matches."""
    planner = traversal.planner
    fields = planner.fields_of(node.field)
    if not all(planner.is_searched(name) for name in fields):
        raise QueryError(f"field {node.field!r} has no words; patterns are for Text and Keyword fields")
    traversal.num_patterns += 1
    if traversal.num_patterns > MAX_PATTERNS:
        raise QueryTooComplex(
            f"a query has at most {MAX_PATTERNS} prefixes, wildcards and fuzzy words: each is compared "
            f"with all words of the index"
        )
    if isinstance(node, nodes.Prefix):
        wanted = FormPattern("prefix", node.text, 0)
    elif isinstance(node, nodes.Wildcard):
        wanted = FormPattern("wildcard", node.pattern, 0)
    else:
        wanted = FormPattern("fuzzy", node.text, node.distance)
    for name in fields:
        traversal.mark(name, wanted)
    return Forms(wanted, [planner.number(name) for name in fields])


METHODS: dict[type[nodes.Node], Callable[..., PlanNode | None]] = {
    nodes.Everything: everything,
    nodes.Range: values,
    nodes.Prefix: pattern,
    nodes.Wildcard: pattern,
    nodes.Fuzzy: pattern,
}

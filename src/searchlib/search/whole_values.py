"""In a filter a text field with a column is asked for whole values: author:Гоголь, author:"Николай Гоголь".

The tree of a filter comes in and goes out with ranges of values in place of such words, so that a string of
the query language is as exact as F.author == "Гоголь". A text field without a column has words, no values.
"""

from __future__ import annotations

from .. import _core
from ..errors import QueryError, assert_never, brief
from ..query import nodes
from ..schema import Schema, Text

_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def with_whole_values(node: nodes.Node, schema: Schema) -> nodes.Node:
    """The tree; QueryError for what can only be asked of words."""
    fields = frozenset(name for name, field in schema.items() if isinstance(field, Text) and field.column)
    return _of(node, fields) if fields else node


def _of(node: nodes.Node, fields: frozenset[str]) -> nodes.Node:
    if isinstance(node, (nodes.Word, nodes.Phrase, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)):
        return _value(node, node.field) if node.field in fields else node
    if isinstance(node, nodes.Joined):
        return node.replace(operands=tuple(_of(operand, fields) for operand in node.operands))
    if isinstance(node, nodes.Not):
        return node.replace(operand=_of(node.operand, fields))
    if isinstance(node, nodes.Clauses):
        required, optional, excluded = (
            tuple(_of(each, fields) for each in part)
            for part in (node.required, node.optional, node.excluded)
        )
        return node.replace(required=required, optional=optional, excluded=excluded)
    if isinstance(node, nodes.Variants):
        return nodes.Or(tuple(_of(each, fields) for each in node.children))
    if isinstance(node, (nodes.Range, nodes.Everything, nodes.Empty)):
        return node
    return assert_never(node)


def _value(
    node: nodes.Word | nodes.Phrase | nodes.Prefix | nodes.Wildcard | nodes.Fuzzy, field: str | None
) -> nodes.Range:
    name = field or ""
    if isinstance(node, nodes.Prefix):
        return nodes.Range(name, _checked(name, node.text), _after(node.text), True, False)
    if isinstance(node, nodes.Word) or (isinstance(node, nodes.Phrase) and not node.slop):
        text = _checked(name, node.text)
        return nodes.Range(name, text, text)
    raise QueryError(
        f"in a filter field {name!r} is compared by its whole values, and {node.to_text()} asks for words; "
        f'write {name}:"the whole value", {name}:beginning*, or search for it in the query'
    )


def _checked(name: str, text: str) -> str:
    try:
        _core.utf8_length(text)
    except UnicodeEncodeError:
        raise QueryError(
            f"field {name!r}: {brief(text)} holds a lone surrogate, which is no character"
        ) from None
    return text


def _after(beginning: str) -> str | None:
    """The first string, in the order of UTF-8, behind all that begin so; None if there is none."""
    kept = beginning.rstrip(chr(_LAST))
    if not kept:
        return None
    code = ord(kept[-1]) + 1
    return kept[:-1] + chr(_SURROGATES.stop if code in _SURROGATES else code)

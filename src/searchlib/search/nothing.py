"""Nothing was found: is it what the query excludes, or comparisons that no value can meet together?

Loaded when a person's query found nothing and has a sign of either. A note says how to write what may have
been meant: `rm -rf` pasted excludes rf.
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import brief
from ..query import nodes


def reasons(node: nodes.Node, text: str, finds: Callable[[nodes.Node], bool]) -> list[str]:
    """A sentence for each part of the query text but for which it would find something."""
    found = []
    excluded = [leaf for part in node.walk() for leaf in _excluded(part)]
    if excluded and (without := without_excluded(node)) is not None and finds(without):
        names = ", ".join(dict.fromkeys(brief(text[part.start : part.end], 40) for part in excluded[:5]))
        written = text[excluded[0].start : excluded[0].end][:40]
        found.append(
            f"nothing is left without {names}, which - or NOT excludes; to search for it, write it without "
            f'the sign, or in quotes: "-{written}"'
        )
    for part in node.walk():
        if isinstance(part, nodes.And) and _are_comparisons(part) and finds(nodes.Or(part.operands)):
            pair = brief(text[part.start : part.end], 80)
            found.append(f"no value is in all of {pair}; for any of them, write OR between them")
    return found


def _excluded(node: nodes.Node) -> tuple[nodes.Node, ...]:
    if isinstance(node, nodes.Clauses):
        return node.excluded if node.required or node.optional else ()
    return (node.operand,) if isinstance(node, nodes.Not) else ()


def _are_comparisons(node: nodes.And) -> bool:
    fields = {part.field if isinstance(part, nodes.Range) else None for part in node.operands}
    return len(fields) == 1 and None not in fields


def without_excluded(node: nodes.Node) -> nodes.Node | None:
    """The tree without what is excluded; None if nothing else was asked for."""
    if isinstance(node, nodes.Not):
        return None
    if isinstance(node, nodes.Clauses):
        if not node.wanted:
            return None
        required, optional = _all_without(node.required), _all_without(node.optional)
        return (
            node.replace(required=required, optional=optional, excluded=()) if required + optional else None
        )
    if isinstance(node, nodes.Joined):
        operands = _all_without(node.operands)
        return node.replace(operands=operands) if len(operands) > 1 else next(iter(operands), None)
    return node


def _all_without(parts: tuple[nodes.Node, ...]) -> tuple[nodes.Node, ...]:
    return tuple(kept for kept in map(without_excluded, parts) if kept is not None)

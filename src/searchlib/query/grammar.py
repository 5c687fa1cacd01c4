"""Operands and operators of one group → one operand.

NOT binds tightest, then the binary operators as writing.py orders them, as in Whoosh, and standing side by
side loosest. Where an operator lacks an operand it is a plain word, so every sequence has a meaning. Knows
no strings and no fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from ..errors import assert_never
from .limits import Limits
from .nodes import And, Clauses, Joined, Node, Not, Or, Range
from .tokens import Operand, Operator
from .writing import BINARY, Binary

Item: TypeAlias = Operand | Operator


class _Chain:
    """Operands with the operators between them: one fewer."""

    def __init__(self, operands: Sequence[Operand] = ()) -> None:
        self.operands = list(operands)
        self.operators: list[Binary] = []


def fold(items: Sequence[Item], limits: Limits) -> Operand | None:
    """The operand that a group's items amount to, or None if there are none."""
    if not items:
        return None
    if len(items) == 1 and isinstance(items[0], Operand) and not items[0].sign:
        return items[0]  # ((((a)))) 100,000 deep
    folder = _Folder(limits)
    return folder.side_by_side(folder.with_windows([folder.chain(chain) for chain in _chains(items)]))


def _chains(items: Sequence[Item]) -> list[_Chain]:
    chains: list[_Chain] = []
    joins = False
    at = 0
    while at < len(items):
        is_negated = False
        while _is_not(items[at]) and _begins_operand(items, at + 1):
            is_negated = not is_negated
            at += 1
        item = items[at]
        operand = item if isinstance(item, Operand) else Operand(item.word)
        if not joins:
            chains.append(_Chain())
        chains[-1].operands.append(operand._replace(is_negated=is_negated))
        at += 1
        following = items[at] if at < len(items) else None
        name = following.name if isinstance(following, Operator) else "NOT"
        joins = name != "NOT" and _begins_operand(items, at + 1)
        if name != "NOT" and joins:
            chains[-1].operators.append(name)
            at += 1
    return chains


def _is_not(item: Item) -> bool:
    return isinstance(item, Operator) and item.name == "NOT"


def _begins_operand(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and (isinstance(items[at], Operand) or _is_not(items[at]))


class _Folder:
    """Puts operands together, and keeps count of the levels."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def chain(self, chain: _Chain, level: int = 0) -> Operand:
        if not chain.operators:
            return chain.operands[0]
        name = BINARY[level]
        parts = [self.chain(part, level + 1) for part in _split(chain, name)]
        if len(parts) == 1:
            return parts[0]
        return self._joined(name, parts)

    def _joined(self, name: Binary, parts: Sequence[Operand]) -> Operand:
        """What an operator makes of its operands: two or more."""
        if name == "AND":
            return self._all_of(parts)
        if name == "OR":
            return self._any_of(parts)
        first, rest = _node(parts[0]), parts[1:]
        if name == "ANDNOT":
            return self._made(Clauses((first,), (), tuple(_node(part) for part in rest)), parts)
        if name == "ANDMAYBE":
            return self._made(Clauses((first,), _spliced(rest, Or)), parts)
        return assert_never(name)

    def with_windows(self, parts: Sequence[Operand]) -> Sequence[Operand]:
        """Comparisons of one field that stand side by side hold together: `year:>2003 year:<2008`."""
        by_field: dict[str, list[Operand]] = {}
        for part in parts:
            if _is_comparison(part) and isinstance(part.node, Range):
                by_field.setdefault(part.node.field, []).append(part)
        if all(len(found) < 2 for found in by_field.values()):
            return parts
        made: list[Operand] = []
        for part in parts:
            if not _is_comparison(part) or not isinstance(part.node, Range):
                made.append(part)
            elif found := by_field.pop(part.node.field, None):
                made.append(self._all_of(found) if len(found) > 1 else part)
        return made

    def side_by_side(self, parts: Sequence[Operand]) -> Operand:
        """The default operator: any of the optional ones, all of the required, none of the excluded."""
        parts = _without_stray_stars(parts)
        if len(parts) == 1 and not parts[0].sign:
            return parts[0]._replace(node=_node(parts[0]), is_negated=False)
        required = [part for part in parts if part.sign == "+" and not part.is_negated]
        optional = [part for part in parts if not part.sign and not part.is_negated]
        if len(optional) == len(parts):
            return self._made(Or(_spliced(parts, Or)), parts)
        if len(required) == len(parts) == 1 and required[0].node.children:
            return required[0]._replace(sign="")
        excluded = tuple(part.node for part in parts if part.sign == "-" or part.is_negated)
        clauses = Clauses(tuple(part.node for part in required), _spliced(optional, Or), excluded)
        return self._made(clauses, parts)

    def _all_of(self, parts: Sequence[Operand]) -> Operand:
        if not any(part.sign for part in parts):
            return self._made(And(_spliced(parts, And)), parts)
        required = tuple(_node(part) for part in parts if part.sign != "-" or part.is_negated)
        excluded = tuple(part.node for part in parts if part.sign == "-" and not part.is_negated)
        return self._made(Clauses(required, (), excluded), parts)

    def _any_of(self, parts: Sequence[Operand]) -> Operand:
        if any(part.sign and not part.is_negated for part in parts):
            return self.side_by_side(parts)
        return self._made(Or(_spliced(parts, Or)), parts)

    def _made(self, node: Joined | Clauses, parts: Sequence[Operand]) -> Operand:
        start = min(part.node.start for part in parts)
        depth = 1 + max(part.depth + part.is_negated - _is_spliced(_node(part), type(node)) for part in parts)
        self._limits.check_depth(depth, start)
        end = max(part.node.end for part in parts)
        return Operand(node.replace(start=start, end=end), depth=depth)


def _split(chain: _Chain, name: Binary) -> list[_Chain]:
    parts = [_Chain([chain.operands[0]])]
    for operator, operand in zip(chain.operators, chain.operands[1:], strict=True):
        if operator == name:
            parts.append(_Chain([operand]))
        else:
            parts[-1].operands.append(operand)
            parts[-1].operators.append(operator)
    return parts


def _is_comparison(part: Operand) -> bool:
    return part.compares and not part.sign and not part.is_negated


def _node(part: Operand) -> Node:
    if not part.is_negated:
        return part.node
    return Not(part.node, start=part.node.start, end=part.node.end)


def _spliced(parts: Sequence[Operand], kind: type[And] | type[Or]) -> tuple[Node, ...]:
    # (a OR b) OR c is a OR b OR c: the same documents, the same sum. A boost holds its group together.
    nodes: list[Node] = []
    for part in parts:
        node = _node(part)
        if isinstance(node, And | Or) and _is_spliced(node, kind):
            nodes.extend(node.operands)
        else:
            nodes.append(node)
    return tuple(nodes)


def _is_spliced(node: Node, kind: type[Node]) -> bool:
    return type(node) is kind and kind is not Clauses and node.boost == 1.0


def _without_stray_stars(parts: Sequence[Operand]) -> Sequence[Operand]:
    # In «2 * 3» the star is no request for every document; in `*`, `* -old` it is.
    if not any(part.is_bare for part in parts):
        return parts
    kept = [part for part in parts if not part.is_bare or part.sign or part.is_negated]
    return kept if any(part.sign != "-" and not part.is_negated for part in kept) else parts

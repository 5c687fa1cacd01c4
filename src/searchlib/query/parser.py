"""The query language: a query string becomes a tree, in time linear in the string.

The language is Whoosh's in spirit: words, operators (writing.OPERATORS), + and -, "phrases"~2, field:word,
(groups), boosts^2, prefixes*, w?ldc*rds, fuzzy~1 and ranges. Whatever is not well formed is plain text.
Nothing is analysed and no index is known here.
"""

from __future__ import annotations

from ..errors import QueryTooComplex
from ..schema import Schema
from .grammar import Item, fold
from .lexer import Lexer
from .limits import Limits
from .nodes import Empty, Node
from .operands import boosted
from .tokens import Close, Open, Operand


def read(text: str, schema: Schema, strict: bool = False, notes: list[str] | None = None) -> Node:
    """The tree of what a person typed: as parse reads it with `reads_values`, and within the limits.

    What passes a limit is left out, or read as plain words, and a note says so. strict: it raises
    QueryTooComplex, too, or does so where it is planned.
    """
    notes = [] if notes is None else notes
    limits = Limits()
    try:
        node = parse(text, schema, limits, strict=strict, reads_values=True, notes=notes)
    except QueryTooComplex as error:
        if strict:
            raise
        from .within import plain_words

        notes.append(f"{str(error).split('; ')[0]}: it was read as plain words, as far as that")
        text = plain_words(text, limits)
        node = parse(text, schema, limits, reads_values=True, notes=notes)
    if strict or not _may_have_many_patterns(text, limits):
        return node
    from .within import with_few_patterns

    return with_few_patterns(node, limits, notes)


def _may_have_many_patterns(text: str, limits: Limits) -> bool:
    num_signs = sum(map(text.count, "*?~"))
    return num_signs > limits.patterns or (num_signs > 0 and len(text) > limits.pattern_length)


class _Group:
    """A parenthesis that was opened and not yet closed."""

    def __init__(self, sign: str = "") -> None:
        self.sign = sign
        self.items: list[Item] = []


def parse(
    text: str,
    schema: Schema,
    limits: Limits | None = None,
    *,
    strict: bool = False,
    reads_values: bool = False,
    notes: list[str] | None = None,
) -> Node:
    """The tree of a query; Empty if there is no word in it.

    No text is a syntax error, unless strict. `name:value` whose name is no field's is plain text.

    strict: raise UnknownFieldError for it instead, where it is meant as a field: fields.py says when; and
        QueryError for a parenthesis, a quotation mark or a range that is not closed.
    reads_values: a value that its field cannot have is plain text, too (unless strict), and a range that is
        turned round is turned back. A search reads strings so; else the tree says what was written, and a
        search of it raises QueryError.
    notes: receives a short sentence for whatever was not understood.

    Raises QueryTooComplex for a query beyond the limits.
    """
    limits = limits or Limits()
    limits.check_length(len(text))
    limits.check_words(text)
    groups = [_Group()]
    num_operands = num_operators = num_groups = 0
    for token in Lexer(text, schema, strict, reads_values, notes):
        if isinstance(token, Open):
            num_groups += 1
            limits.check_groups(num_groups, token.start)
            groups.append(_Group(token.sign))
        elif isinstance(token, Close):
            _close(groups, limits, token.boost)
        elif isinstance(token, Operand):
            num_operands += len(token.node.children) or 1
            limits.check_clauses(num_operands, token.node.start)
            groups[-1].items.append(token)
        else:  # an operator may yet turn out to be a word
            num_operators += 1
            limits.check_clauses(num_operators, token.word.start)
            groups[-1].items.append(token)
    while len(groups) > 1:  # never closed: it reaches to the end
        _close(groups, limits)
    whole = fold(groups[0].items, limits)
    return whole.node if whole else Empty(start=0, end=len(text))


def _close(groups: list[_Group], limits: Limits, boost: float = 1.0) -> None:
    group = groups.pop()
    operand = fold(group.items, limits)
    if operand is None:
        return
    if boost != 1.0 or group.sign or operand.is_bare:
        operand = operand._replace(node=boosted(operand.node, boost), sign=group.sign, is_bare=False)
    groups[-1].items.append(operand)

"""A person's query that passes a limit, as far as it can be answered: its words, without what is too much.

Text comes in and goes out as long as it was, so that places in it stay true; a tree goes out with fewer
patterns. Notes say what was not done. parser.read decides when; whoever is strict gets the error instead.
"""

from __future__ import annotations

import re

from . import writing
from .limits import Limits
from .nodes import Clauses, Fuzzy, Joined, Node, Not, Prefix, Wildcard, Word

_SPECIAL = r"(?<!\w)[-'’.@]|[-'’.@](?!\w)|[^\w\s'’.@-]"


def plain_words(text: str, limits: Limits) -> str:
    """The words alone, no more of them than a query has operands: no operator, no sign, no parenthesis."""
    plain = re.sub(_SPECIAL, " ", text[: limits.length])
    plain = re.sub(rf"\b(?:{'|'.join(writing.OPERATORS)})\b", lambda word: word[0].lower(), plain)
    for number, word in enumerate(re.finditer(r"\w+", plain)):
        if number == limits.clauses:
            return plain[: word.start()]
    return plain


def with_few_patterns(node: Node, limits: Limits, notes: list[str]) -> Node:
    """The tree; patterns that are too many, or one that is too long, are the words that they were made of."""
    patterns = [leaf for leaf in node.walk() if isinstance(leaf, (Prefix, Wildcard, Fuzzy))]
    if len(patterns) > limits.patterns:
        notes.append(
            f"a query has at most {limits.patterns} prefixes, wildcards and fuzzy words, this one has "
            f"{len(patterns)}: they were read as words"
        )
        return _replaced(node, 0)
    if any(len(_text(pattern)) > limits.pattern_length for pattern in patterns):
        notes.append(
            f"a pattern has at most {limits.pattern_length} characters: a longer one was read as a word"
        )
        return _replaced(node, limits.pattern_length)
    return node


def _text(pattern: Prefix | Wildcard | Fuzzy) -> str:
    return pattern.pattern if isinstance(pattern, Wildcard) else pattern.text


def _replaced(node: Node, longest: int) -> Node:
    """The tree without patterns that are longer."""
    if isinstance(node, (Prefix, Wildcard, Fuzzy)):
        text = _text(node)
        if len(text) <= longest:
            return node
        if isinstance(node, Wildcard):
            text = re.sub(r"\\(.)|[*?]", lambda match: match[1] or "", text, flags=re.DOTALL)
        return Word(text, node.field, boost=node.boost, start=node.start, end=node.end)
    if isinstance(node, Joined):
        return node.replace(operands=_all_replaced(node.operands, longest))
    if isinstance(node, Clauses):
        return node.replace(
            required=_all_replaced(node.required, longest),
            optional=_all_replaced(node.optional, longest),
            excluded=_all_replaced(node.excluded, longest),
        )
    if isinstance(node, Not):
        return node.replace(operand=_replaced(node.operand, longest))
    return node


def _all_replaced(nodes: tuple[Node, ...], longest: int) -> tuple[Node, ...]:
    return tuple(_replaced(node, longest) for node in nodes)

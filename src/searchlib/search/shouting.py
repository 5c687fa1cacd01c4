"""A query all in capitals: WHO IS WHO is shouted, and asks for no World Health Organization.

A tree and the fields that it searches come in; it goes out with the words in small letters that a dictionary
has so. Loaded when a query has nothing but capitals.

A word alone in capitals is an acronym, and so are short ones side by side (US UK EU). A query is shouted if
it has a word of more than five letters, as hardly an acronym has, or three words and more that are mostly
little ones (who, is). What is no word in small letters (ОДКБ) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..query import nodes
from ..query.writing import OPERATORS
from .scope import FieldScope

_LONGEST_ACRONYM = 5
_MIN_WORDS = 3
_WORD = r"[^\W\d_]+"
_MOST_WORDS = 100
_SHOUTABLE = frozenset(("NOT", "AND", "OR"))
_LONG_OPERATORS = frozenset(OPERATORS) - _SHOUTABLE
# Quotes, parentheses, patterns and the like anywhere, a sign before a word, a field's colon.
_SIGNS = r"[\"()\[\]{}*~^<>\\]|(?<!\S)[+-]\S|\w:\S"


def without_operators(text: str, scope: FieldScope) -> str:
    """The query, as long as it was, with NOT, AND and OR in small letters if they are shouted words.

    They are in a query of words alone, one of which has five letters or more and is in a dictionary: PAGE
    NOT FOUND.
    They are operators where AND or OR stands between all the words (TASHKENT AND NOT OSH), and beside any
    other sign of the language: quotes, parentheses, +, -, fields, patterns, ANDNOT and ANDMAYBE.
    """
    words = text.split()
    if not _SHOUTABLE.intersection(words) or len(words) > _MOST_WORDS or re.search(_SIGNS, text):
        return text
    others = [word for word in re.findall(_WORD, text) if word not in OPERATORS]
    if not _LONG_OPERATORS.isdisjoint(words) or _is_formula(words):
        return text
    if not any(len(word) >= _LONGEST_ACRONYM and scope.knows(word.lower()) for word in others):
        return text
    return re.sub(r"(?<!\S)(?:NOT|AND|OR)(?!\S)", lambda word: word[0].lower(), text)


def _is_formula(words: list[str]) -> bool:
    """Whether AND or OR stands between every two words, which NOT may precede."""
    kinds = "".join("n" if word == "NOT" else "b" if word in _SHOUTABLE else "w" for word in words)
    return re.fullmatch(r"n*w(?:bn*w)+", kinds) is not None


def quieter(node: nodes.Node, scope: FieldScope, is_shouted: bool = False) -> nodes.Node:
    """The tree as it would be said quietly, if it is shouted. is_shouted: it is known to be."""
    words = list(_words(node, scope))
    if len(words) < 2:
        return node
    if not is_shouted and not any(len(word) > _LONGEST_ACRONYM for word in words):
        num_little = sum(scope.is_stopword(word.lower()) for word in words)
        if len(words) < _MIN_WORDS or 2 * num_little <= len(words):
            return node
    known = {word for word in {*words} if scope.knows(word.lower()) or scope.is_stopword(word.lower())}
    return _said(node, scope, known)


def _words(node: nodes.Node, scope: FieldScope) -> Iterator[str]:
    for leaf in node.walk():
        if isinstance(leaf, (nodes.Word, nodes.Phrase)) and scope.has_text(leaf.field):
            yield from re.findall(_WORD, leaf.text)


def _said(node: nodes.Node, scope: FieldScope, known: set[str]) -> nodes.Node:
    if isinstance(node, (nodes.Word, nodes.Phrase)):
        if not scope.has_text(node.field):
            return node
        text = re.sub(_WORD, lambda word: word[0].lower() if word[0] in known else word[0], node.text)
        return node.replace(text=text)
    if isinstance(node, nodes.Joined):
        return node.replace(operands=_all_said(node.operands, scope, known))
    if isinstance(node, nodes.Clauses):
        return node.replace(
            required=_all_said(node.required, scope, known),
            optional=_all_said(node.optional, scope, known),
            excluded=_all_said(node.excluded, scope, known),
        )
    if isinstance(node, nodes.Not):
        return node.replace(operand=_said(node.operand, scope, known))
    return node  # patterns have no case, values have theirs


def _all_said(operands: tuple[nodes.Node, ...], scope: FieldScope, known: set[str]) -> tuple[nodes.Node, ...]:
    return tuple(_said(operand, scope, known) for operand in operands)

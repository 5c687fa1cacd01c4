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
from .scope import FieldScope

_LONGEST_ACRONYM = 5
_MIN_WORDS = 3
_WORD = r"[^\W\d_]+"


def quieter(node: nodes.Node, scope: FieldScope) -> nodes.Node:
    """The tree as it would be said quietly, if it is shouted."""
    words = list(_words(node, scope))
    if len(words) < 2:
        return node
    if not any(len(word) > _LONGEST_ACRONYM for word in words):
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

"""The last word of a text that somebody is typing, in the tree of the text: where it begins, what it may be.

A text comes in with its tree; out goes the tree in which that word is one that may go on. Words that are
excluded, values, patterns in the midst and what stands in quotes are as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import assert_never
from ..query import nodes
from ..query.writing import OPERATORS
from ..records import Record
from ..suggest.completion import JOINERS, starts_of_last_word


class LastWord(Record):
    """The word at the end of a text: text[start:], in a field or in the default ones.

    run: where the operand begins that it is the end of, as in a,b. operands: those of the tree that it takes
    the place of: several, of 1 00.
    """

    text: str
    start: int
    run: int
    field: str | None
    operands: tuple[nodes.Node, ...]


def last_leaf(text: str, tree: nodes.Node) -> nodes.Word | None:
    """The word at the end of a text, where one is being typed: nothing follows it that ends a word."""
    if not text or text[-1].isspace():
        return None
    last = max(wanted_leaves(tree), key=lambda leaf: leaf.end, default=None)
    return last if isinstance(last, nodes.Word) and last.end == len(text) else None


def last_words(text: str, tree: nodes.Node) -> Iterator[LastWord]:
    """What the last word may be, the longest first: bob@ex, and then ex. None if no word is being typed."""
    ends = sorted((leaf for leaf in tree.walk() if not leaf.children), key=lambda leaf: leaf.start)
    wanted = {id(leaf) for leaf in wanted_leaves(tree)}
    if not ends or not text or text[-1].isspace():
        return
    last = ends[-1]
    if id(last) not in wanted or text[last.end :].strip(JOINERS):
        return
    if isinstance(last, nodes.Prefix) and text[last.start :] == last.text + "*":
        yield LastWord(last.text, last.start, last.start, last.field, (last,))
        return
    if not isinstance(last, nodes.Word):
        return
    for start in _starts(text):
        covered = tuple(leaf for leaf in ends if leaf.end > start or leaf is last)
        if all(isinstance(leaf, nodes.Word) and id(leaf) in wanted for leaf in covered):
            first = covered[0]
            if len({leaf.field for leaf in covered if isinstance(leaf, nodes.Word)}) == 1:
                yield LastWord(text[start:], start, min(first.start, start), last.field, covered)


def _starts(text: str) -> Iterator[int]:
    """Where the last word may begin; at last behind what joins it to the word before: Иванов-Пет."""
    start = len(text)
    for start in starts_of_last_word(text):
        yield start
    joint = max(map(text.rfind, JOINERS)) + 1
    if start < joint < len(text):
        yield joint


def with_last_word(tree: nodes.Node, word: LastWord, text: str, others: Sequence[str] = ()) -> nodes.Node:
    """The tree in which the last word is that one, or may be one of the others."""
    end = word.operands[-1].end
    node: nodes.Node = nodes.Word(text, word.field, becomes=(text, *others), start=word.start, end=end)
    first = word.operands[0]
    if isinstance(first, nodes.Word) and word.start > first.start:
        head = first.text[: len(first.text) - (first.end - word.start)]
        if any(map(str.isalnum, head)):
            before = nodes.Word(head, first.field, start=first.start, end=word.start)
            node = nodes.Or((before, node), start=first.start, end=end)
    if first.boost != 1.0:
        node = node.replace(boost=first.boost)
    return _replaced(tree, {id(first): node, **{id(leaf): nodes.Empty() for leaf in word.operands[1:]}})


def without(tree: nodes.Node, word: LastWord) -> nodes.Node:
    """The tree as if that word was not there."""
    return _replaced(tree, {id(leaf): nodes.Empty() for leaf in word.operands})


def without_operator(text: str, tree: nodes.Node) -> nodes.Node:
    """The tree without an operator at the end, behind which nothing stands yet: a OR, and a ANDN before its
    last letters. Alone it is a word."""
    while text.rstrip()[-1:].isupper():
        leaves = [leaf for leaf in wanted_leaves(tree) if not isinstance(leaf, nodes.Empty)]
        last = max(leaves, key=lambda leaf: leaf.end, default=None)
        if len(leaves) < 2 or not isinstance(last, nodes.Word) or last.end < len(text.rstrip()):
            return tree
        word = text[last.start : last.end]
        is_begun = len(word) >= _MIN_OPERATOR_LETTERS and last.end == len(text)
        if word not in OPERATORS and not (is_begun and any(one.startswith(word) for one in OPERATORS)):
            return tree
        tree, text = _replaced(tree, {id(last): nodes.Empty()}), text[: last.start]
    return tree


def digits_apart(text: str, tree: nodes.Node) -> nodes.Node | None:
    """The tree where groups of digits at the end, which are read as one number, are words: the last of them
    may go on. None if the text does not end in such a number."""
    if not text[-1:].isdigit():
        return None
    last = max(wanted_leaves(tree), key=lambda leaf: leaf.end, default=None)
    if not isinstance(last, nodes.Phrase) or last.end != len(text):
        return None
    written = text[last.start :]
    if any(one.isalpha() or one in _QUOTES for one in written):
        return None
    words = tuple(
        nodes.Word(group.group(), last.field, start=group.start(), end=group.end())
        for group in _GROUP.finditer(text, last.start)
    )
    if len(words) < 2:
        return None
    return _replaced(tree, {id(last): nodes.And(words, boost=last.boost, start=last.start, end=last.end)})


_MIN_OPERATOR_LETTERS = 4  # a shorter beginning of one may be a word
_QUOTES = frozenset('"«»“”„')
_GROUP = re.compile(r"\d[^\s()]*")


def wanted_leaves(tree: nodes.Node) -> Iterator[nodes.Node]:
    """What a tree asks for, without what it excludes."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if not node.children:
            yield node
        pending += node.wanted


def _replaced(node: nodes.Node, by: dict[int, nodes.Node]) -> nodes.Node:
    """A tree with other leaves in the place of some."""
    if id(node) in by:
        return by[id(node)]
    if isinstance(node, (nodes.And, nodes.Or)):
        return node.replace(operands=tuple(_replaced(one, by) for one in node.operands))
    if isinstance(node, nodes.Clauses):
        return node.replace(
            required=tuple(_replaced(one, by) for one in node.required),
            optional=tuple(_replaced(one, by) for one in node.optional),
        )
    if isinstance(node, nodes.Variants):
        return node.replace(node=_replaced(node.node, by))
    if isinstance(node, nodes.Not):
        return node
    if isinstance(node, (nodes.Word, nodes.Phrase, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)):
        return node
    if isinstance(node, (nodes.Range, nodes.Everything, nodes.Empty)):
        return node
    return assert_never(node)

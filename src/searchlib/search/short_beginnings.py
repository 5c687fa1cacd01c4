"""A word of which one or two letters are typed, behind others: it tells too little to choose documents by.

It finds none, leaves none out and orders none: hits stay as they are until the third letter. But documents
where it is a word by itself, right behind the one before (language R), come first. Queries are trees here;
nothing is searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .. import _core
from ..query import nodes
from .begun import LastWord, wanted_leaves
from .continuations import Continuation

MAX_LETTERS = 2

MIN_SHARE = 8
"""What is in an eighth as many documents as all that begins so, or more, is taken as a word by itself."""


def is_short(last: LastWord, continuations: Sequence[Continuation], num_docs: int) -> bool:
    """Whether a word is too short to choose by: it may be one of many, and hardly what stands there.

    num_docs: how many documents hold it as it stands. A letter is short whatever they hold («г.», «т. е.»),
    unless a field is named, of which it may be a value. A pattern (т*) is as it was meant.
    """
    if len(last.text) > MAX_LETTERS or not continuations or not isinstance(last.operands[-1], nodes.Word):
        return False
    if last.field is None and len(last.text) == 1 and last.text.isalpha():
        return True
    key = _core.match_key(last.text)
    own = max([num_docs, *(one.num_docs for one in continuations if _core.match_key(one.form) == key)])
    return own * MIN_SHARE < sum(one.num_docs for one in continuations)


def num_telling(tree: nodes.Node, is_stopword: Callable[[str, str | None], bool]) -> int:
    """How much a query asks for that can choose documents: all but function words."""
    leaves = (leaf for leaf in wanted_leaves(tree) if not isinstance(leaf, nodes.Empty))
    return sum(not isinstance(leaf, nodes.Word) or not is_stopword(leaf.text, leaf.field) for leaf in leaves)


def right_behind(text: str, tree: nodes.Node, last: LastWord) -> nodes.Phrase | None:
    """The word before and that one, as they stand; None if there is none in the same field."""
    words = [leaf for leaf in wanted_leaves(tree) if isinstance(leaf, nodes.Word) and leaf.end <= last.start]
    before = max(words, key=lambda leaf: leaf.end, default=None)
    if before is None or before.field != last.field or text[before.end : last.start].strip():
        return None
    return nodes.Phrase(f"{before.text} {last.text}", last.field, start=before.start, end=len(text))

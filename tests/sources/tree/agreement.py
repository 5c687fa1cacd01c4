"""How far two texts of a file agree: in their words, and in the order of these."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from .words import words_of

Words = Counter[str]


class Agreement(NamedTuple):
    """num_words: of both texts together; num_common: twice what both have, in any order.

    num_ordered: twice what both have in one order. missing: what the first one lacks; added: what it has
    alone.
    """

    num_words: int
    num_common: int
    num_ordered: int
    missing: Words
    added: Words

    def num_explained(self, may_miss: Words, may_add: Words) -> int:
        """How many of the words that differ are among those that a rule names."""
        return (self.missing & may_miss).total() + (self.added & may_add).total()


def agreement(ours: str, witness: str) -> Agreement:
    """Of our text of a file and that of a witness."""
    mine, other = words_of(ours), words_of(witness)
    matches = SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks()
    common = Counter(mine) & Counter(other)
    return Agreement(
        len(mine) + len(other),
        2 * common.total(),
        2 * sum(match.size for match in matches),
        Counter(other) - common,
        Counter(mine) - common,
    )

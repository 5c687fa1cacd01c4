"""How far two texts of a file agree: in their words, and in the order of these."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from .words import words_of


class Agreement(NamedTuple):
    """num_words: of both together; num_common: twice what both have; num_ordered: twice what both have in
    one order; missing and added: what the first one lacks, and what it alone has."""

    num_words: int
    num_common: int
    num_ordered: int
    missing: tuple[str, ...]
    added: tuple[str, ...]


def agreement(ours: str, witness: str) -> Agreement:
    """Of our text of a file and that of a witness."""
    mine, other = words_of(ours), words_of(witness)
    common = Counter(mine) & Counter(other)
    matches = SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks()
    return Agreement(
        len(mine) + len(other),
        2 * common.total(),
        2 * sum(match.size for match in matches),
        tuple((Counter(other) - common).elements()),
        tuple((Counter(mine) - common).elements()),
    )

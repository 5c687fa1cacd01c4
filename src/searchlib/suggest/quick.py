"""What a word that finds nothing may have meant, told within the time of a key stroke.

The same guesses as those of corrections.py, but for the dear ones: no word is two edits away, and names are
looked for only where no key was missed. Each question is one walk through the vocabulary, or two.
"""

from __future__ import annotations

import math

from .corrections import (
    EDIT_WEIGHT,
    Correction,
    SynonymsOf,
    by_synonyms,
    digits_of,
    like,
    names_like,
    of_layout,
    other_layout,
    run_together,
    slips,
)
from .left_alone import is_run_of_keys
from .missing import RATIO
from .vocabulary import MAX_LETTERS, Vocabulary

_MIN_LETTERS = 4
_MAX_BEGINNINGS = 64


def quick_correction(word: str, vocabulary: Vocabulary, synonyms: SynonymsOf) -> Correction | None:
    """The best guess for a word that finds nothing, or next to nothing; None if there is none."""
    if len(word) > MAX_LETTERS or is_run_of_keys(word):
        return None
    if df := vocabulary.df(word):
        few = (one for one in slips(word, vocabulary, most_edits=1) if one.num_docs >= RATIO * df)
        return max(few, key=lambda one: (one.score, one.meant), default=None)
    other = other_layout(word, vocabulary, synonyms)
    if other is not None and (found := of_layout(word, other, vocabulary, synonyms)):
        return found[0]
    if found := by_synonyms(word, vocabulary, synonyms):
        return found[0]
    is_known = vocabulary.is_word(word)
    guesses = [] if is_known else slips(word, vocabulary, most_edits=1)
    if not guesses:
        guesses = list(run_together(word, vocabulary))
    if not guesses:
        guesses = [name for name, _ in names_like(word, vocabulary)]
    live = (one for one in sorted(guesses, key=lambda one: (-one.score, one.meant)))
    return next((one for one in live if all(map(vocabulary.df, one.meant.split()))), None)


def near_beginning(letters: str, vocabulary: Vocabulary) -> Correction | None:
    """What was begun with a slip, as far as it was typed: ташкен for ташкн. None if nothing begins nearly so.

    The last letter is taken as meant: the next key stroke shows whether it was.
    """
    if not _MIN_LETTERS <= len(letters) <= MAX_LETTERS or is_run_of_keys(letters):
        return None
    found = [
        Correction(
            letters, like(letters, meant), "typo", num_docs, math.log(num_docs) - EDIT_WEIGHT * cost, 1
        )
        for meant, num_docs, cost in vocabulary.native.beginnings_near(letters, _MAX_BEGINNINGS)
        if num_docs and digits_of(meant) == digits_of(letters)
    ]
    return max(found, key=lambda one: (one.score, one.meant), default=None)

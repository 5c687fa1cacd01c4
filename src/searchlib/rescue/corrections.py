"""What somebody may have meant by a word that finds nothing, or little: the best guesses and their reasons.

A word and a Vocabulary come in, Corrections go out. It knows no queries.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .. import _core
from .keyboard import swapped
from .vocabulary import Vocabulary

Reason = Literal["keyboard layout", "typo", "name", "synonym", "words run together"]

EDIT_WEIGHT = 6.0
"""How much one edit costs in units of ln(documents): a word two edits away must be e⁶ times as frequent."""

MIN_SIMILARITY = 0.8
_MIN_TYPO_LETTERS = 3
_MIN_LAYOUT_LETTERS = 2  # the language C is no «с»
_MIN_LETTERS_FOR_TWO = 8
_MIN_PART_LETTERS = 3
_LAYOUT_SCORE = 1000.0  # a word of the other layout is never a typo of this one
_SYNONYM_SCORE = 500.0
_BEHIND_A_TYPO = 100.0
_MAX_CORRECTIONS = 20
_RARE_DF = 3
_RARE_RATIO = 50


@dataclass(frozen=True)
class Correction:
    """One word for another.

    typed: as in the query; meant: what it may stand for; num_docs: how many documents hold that one; score:
    higher is likelier; num_edits: of a typo.
    """

    typed: str
    meant: str
    reason: Reason
    num_docs: int
    score: float
    num_edits: int = 0

    def __str__(self) -> str:
        return f"{self.reason}: {self.typed} → {self.meant}"


def corrections(
    word: str, vocabulary: Vocabulary, synonyms: Callable[[str], list[str]] = lambda word: []
) -> list[Correction]:
    """The best first. Only words that documents hold are offered, so that each of them finds something."""
    best: dict[str, Correction] = {}
    for found in _all(word, vocabulary, synonyms):
        known = best.get(found.meant)
        if known is None or found.score > known.score:
            best[found.meant] = found
    ranked = sorted(best.values(), key=lambda found: (-found.score, found.meant))
    # The lexicon still counts deleted documents: ask for the live ones of those that will be shown.
    return [found for found in ranked[:_MAX_CORRECTIONS] if all(map(vocabulary.df, found.meant.split()))]


def is_missing(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word finds nothing, or so little, and is so unknown, that it may be a slip itself."""
    df = vocabulary.df(word)
    return df == 0 or (df <= _RARE_DF and len(word) > _MIN_TYPO_LETTERS and not vocabulary.is_word(word))


def other_layout(text: str, vocabulary: Vocabulary) -> str | None:
    """What the keys say under the other layout, if the text is no word and that is one; None if not."""
    other = swapped(text) if len(text) >= _MIN_LAYOUT_LETTERS else None
    if other is None or vocabulary.is_word(text) or vocabulary.form_df(text):
        return None
    parts = vocabulary.words(other)
    if len(parts) != 1 or parts[0] != other:
        return None
    return other if vocabulary.is_word(other) or vocabulary.form_df(other) else None


def _all(word: str, vocabulary: Vocabulary, synonyms: Callable[[str], list[str]]) -> Iterator[Correction]:
    df = vocabulary.df(word)
    other = other_layout(word, vocabulary) if df == 0 else None
    if other is not None and (other_df := vocabulary.df(other)):
        yield Correction(word, other, "keyboard layout", other_df, _LAYOUT_SCORE)
    if df == 0:
        for synonym in synonyms(word):
            if num_docs := vocabulary.df(synonym):
                yield Correction(word, synonym, "synonym", num_docs, _SYNONYM_SCORE + math.log(num_docs))
        yield from _parts(word, vocabulary)
    near = [found for found in _typos(word, vocabulary) if df == 0 or found.num_docs >= _RARE_RATIO * df]
    yield from near
    if df == 0:
        # A slip of one key is likelier than a name spelt by ear; a name has that over two slips.
        behind = _BEHIND_A_TYPO if any(found.num_edits == 1 for found in near) else 0.0
        typos = {found.meant for found in near}
        for found in _names(word, vocabulary):
            if found.meant not in typos:
                yield replace(found, score=found.score - behind)


def _typos(word: str, vocabulary: Vocabulary) -> Iterator[Correction]:
    letters = len(word)
    if letters < _MIN_TYPO_LETTERS:
        return
    found = vocabulary.lexicon.near(word, 2 if letters >= _MIN_LETTERS_FOR_TWO else 1)
    if not found and letters > 4:
        found = vocabulary.lexicon.near(word, 2)
    for form, num_docs, num_edits, cost in found:
        score = math.log(num_docs) - EDIT_WEIGHT * cost
        yield Correction(word, _like(word, form), "typo", num_docs, score, num_edits)


def _names(word: str, vocabulary: Vocabulary) -> Iterator[Correction]:
    for lemma, num_docs, similarity in _all_names(word, vocabulary):
        # As an edit for the least similar, as half of one for the same sound.
        score = math.log(num_docs) - EDIT_WEIGHT * (0.5 + 2.5 * (1 - similarity))
        yield Correction(word, _like(word, lemma), "name", num_docs, score)


def _all_names(word: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int, float]]:
    seen: set[str] = set()
    for reading in dict.fromkeys((_core.match_key(word), *vocabulary.lemmas(word))):
        for lemma, num_docs, similarity in vocabulary.lexicon.names(reading, MIN_SIMILARITY):
            if lemma not in seen:
                seen.add(lemma)
                yield lemma, num_docs, similarity


def _parts(word: str, vocabulary: Vocabulary) -> Iterator[Correction]:
    """Two words without a space between them: policeforce."""
    if not word.isalpha() or vocabulary.is_word(word):
        return
    for at in range(_MIN_PART_LETTERS, len(word) - _MIN_PART_LETTERS + 1):
        left, right = word[:at], word[at:]
        num_docs = min(vocabulary.form_df(left), vocabulary.form_df(right))
        if num_docs:
            score = math.log(num_docs) - 1.5 * EDIT_WEIGHT
            yield Correction(word, f"{left} {right}", "words run together", num_docs, score)


def _like(typed: str, meant: str) -> str:
    """The word with the capitals of the typed one."""
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant

"""What somebody may have meant by a word that finds nothing, or little: the best guesses and their reasons.

The guesses are among the words of a Vocabulary. Queries are not known here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from ..records import Record
from .keyboard import swapped
from .left_alone import can_be_said, is_run_of_keys
from .missing import FEW_DOCS, RATIO
from .names import MIN_SIMILARITY_OF_MISSING_WORDS, sounding_like
from .variants import is_variant
from .vocabulary import MAX_LETTERS, Vocabulary

Reason = Literal["keyboard layout", "typo", "name", "synonym", "words run together", "word cut in two"]

SynonymsOf: TypeAlias = Callable[[str], list[str]]
"""What a word may be replaced by."""

EDIT_WEIGHT = 6.0
"""How much one edit costs in units of ln(documents): a word two edits away must be e⁶ times as frequent."""

_MIN_TYPO_LETTERS = 3
_MIN_TYPO_CAPITALS = 4  # of an acronym: ООН is no slip for ОН
_MIN_LAYOUT_LETTERS = 2  # the language C is no «с»
_SURE_LAYOUT_LETTERS = 4  # a word of so many that only the other layout makes is what was meant
_MIN_LETTERS_FOR_TWO = 8
_MIN_PART_LETTERS = 3
_MIN_WHOLE_DF = 2  # of a word that no dictionary has, and that two which it has make: frontend
_MIN_PART_DF = 10  # of a part that no dictionary has: sqlserver
_LAYOUT_SCORE = 1000.0  # a word of the other layout is never a typo of this one
_SYNONYM_SCORE = 500.0
_BEHIND_A_TYPO = 100.0
_MIN_SIMILARITY_BEHIND_A_TYPO = 0.9
_MAX_FALL_OF_SIMILARITY = 0.08  # where Luther is found, «Лютер» is not taken for later
_MAX_CORRECTIONS = 20


class Correction(Record):
    """One word for another.

    typed: as in the query. meant: what it may stand for, in several words if it is a synonym or was run
    together. reason: why. num_docs: how many documents hold what was meant; 0 only for a word of the other
    keyboard layout that none holds. score: in units of ln(documents), higher is likelier. num_edits: of a
    typo, letters inserted, deleted, replaced or swapped with their neighbour. via: the word of the other
    layout that led there, "" if none did: nfirtyn is ташкент, and where there is none, Tashkent.
    """

    typed: str
    meant: str
    reason: Reason
    num_docs: int
    score: float
    num_edits: int = 0
    via: str = ""

    def __str__(self) -> str:
        if self.via:
            return f"keyboard layout and {self.reason}: {self.typed} → {self.via} → {self.meant}"
        absent = "" if self.num_docs else ", which no document has"
        return f"{self.reason}: {self.typed} → {self.meant}{absent}"


def corrections(
    word: str, vocabulary: Vocabulary, synonyms: SynonymsOf = lambda word: []
) -> list[Correction]:
    """The best first. But for words of the other layout, each is in some document.

    None for what is longer than any word.
    """
    if len(word) > MAX_LETTERS or is_run_of_keys(word):
        return []
    other = other_layout(word, vocabulary, synonyms) if vocabulary.df(word) == 0 else None
    by_layout = of_layout(word, other, vocabulary, synonyms) if other is not None else []
    if by_layout and len(word) >= _SURE_LAYOUT_LETTERS:
        return by_layout
    best: dict[str, Correction] = {}
    for found in (*by_layout, *_others(word, vocabulary, synonyms)):
        known = best.get(found.meant)
        if known is None or found.score > known.score:
            best[found.meant] = found
    ranked = sorted(best.values(), key=lambda found: (-found.score, found.meant))
    # The vocabulary still counts deleted documents: ask for the live ones of those that will be shown.
    live = [one for one in ranked[:_MAX_CORRECTIONS] if all(map(vocabulary.df, one.meant.split()))]
    return live or by_layout


def is_missing(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word finds nothing, or so little, and is so unknown, that it may be a slip itself."""
    df = vocabulary.df(word)
    return df == 0 or (df <= FEW_DOCS and len(word) > _MIN_TYPO_LETTERS and not vocabulary.is_word(word))


def other_layout(text: str, vocabulary: Vocabulary, synonyms: SynonymsOf = lambda word: []) -> str | None:
    """What the keys say under the other layout, if the text is no word and that is one; None if not.

    What has synonyms is a word, too: «jlr,» is ОДКБ.
    """
    other = swapped(text) if _MIN_LAYOUT_LETTERS <= len(text) <= MAX_LETTERS else None
    if other is None or vocabulary.is_word(text) or vocabulary.form_df(text):
        return None
    parts = vocabulary.words(other)
    if len(parts) != 1 or parts[0] != other:
        return None
    return other if vocabulary.is_word(other) or vocabulary.form_df(other) or synonyms(other) else None


def of_layout(typed: str, other: str, vocabulary: Vocabulary, synonyms: SynonymsOf) -> list[Correction]:
    """A word of the other layout; where no document has it, what else stands for it, or the word itself."""
    num_docs = vocabulary.df(other)
    alone = Correction(typed, other, "keyboard layout", num_docs, _LAYOUT_SCORE)
    if num_docs:
        return [alone]
    is_latin = other[0].isascii()
    names = (found for found, _ in names_like(other, vocabulary) if found.meant[0].isascii() != is_latin)
    others = (*by_synonyms(other, vocabulary, synonyms), *names)
    found = [one.replace(typed=typed, via=other, score=_LAYOUT_SCORE + one.score) for one in others]
    if not found and len(other) < _SURE_LAYOUT_LETTERS:
        return []  # «b>» is no «ию» that nobody wrote
    return sorted(found, key=lambda one: -one.score) or [alone.replace(score=0.0)]


def _others(word: str, vocabulary: Vocabulary, synonyms: SynonymsOf) -> Iterator[Correction]:
    df = vocabulary.df(word)
    if df:
        yield from (one for one in slips(word, vocabulary) if one.num_docs >= RATIO * df)
        return
    if replacements := by_synonyms(word, vocabulary, synonyms):
        yield from replacements
        return  # it is known to be right
    is_known = vocabulary.is_word(word)
    # What a dictionary has is no name spelt by ear, but may be one in the other script: summit, саммит; or
    # another spelling of one: Kirgizstan.
    names = [
        (found, similarity)
        for found, similarity in names_like(word, vocabulary)
        if not is_known or found.meant[0].isascii() != word[0].isascii() or is_variant(word, found.meant)
    ]
    typos = list(slips(word, vocabulary, is_known))
    if is_known and names:  # it is right as it is, but for its spelling
        typos = [found for found in typos if is_variant(word, found.meant)]
    yield from run_together(word, vocabulary)
    yield from typos
    # A slip of one key is likelier than a name spelt by ear; a name has that over two slips.
    is_slip = any(found.num_edits == 1 for found in typos)
    near = {found.meant for found in typos}
    # The same script goes before the other: Kazakstan is Kazakhstan, where there is that and «Қазақстан».
    has_own = any(is_variant(word, found.meant) for found in (*typos, *(name for name, _ in names)))
    for found, similarity in names:
        is_behind = is_slip or (has_own and found.meant[0].isascii() != word[0].isascii())
        if found.meant in near or (is_slip and similarity < _MIN_SIMILARITY_BEHIND_A_TYPO):
            continue
        yield found.replace(score=found.score - _BEHIND_A_TYPO) if is_behind else found


def by_synonyms(text: str, vocabulary: Vocabulary, synonyms: SynonymsOf) -> list[Correction]:
    """What stands for a word, or for a term of several, and is in some document."""
    found = []
    for synonym in synonyms(text):
        words = vocabulary.words(synonym)
        num_docs = vocabulary.df(synonym) if len(words) == 1 else vocabulary.phrase_df(synonym)
        if num_docs:
            score = _SYNONYM_SCORE + math.log(num_docs) - len(words)  # of several, the shorter one
            found.append(Correction(text, synonym, "synonym", num_docs, score))
    return sorted(found, key=lambda one: -one.score)


def cut_in_two(text: str, vocabulary: Vocabulary) -> list[Correction]:
    """Two words, or two parts of one, that are one in the documents: tash kent, front-end.

    Two that a dictionary has (health care) are one only if they nowhere stand so, and if it has that as well,
    or the documents do, more than once or where a hyphen says that one is meant.
    Groups of digits are no words.
    """
    if not any(map(str.isalpha, text)):
        return []
    parts = text.replace("-", " ").split()
    whole = "".join(parts)
    num_docs = vocabulary.form_df(whole)
    if not num_docs or ("-" in text and vocabulary.df(text)):
        return []  # peace-keepers finds peacekeepers
    if all(map(vocabulary.is_word, parts)):
        is_known = "-" in text or num_docs >= _MIN_WHOLE_DF or vocabulary.is_word(whole)
        is_long = min(map(len, parts)) >= _MIN_PART_LETTERS
        if not is_long or not is_known or vocabulary.phrase_df(" ".join(parts)):
            return []
    score = math.log(num_docs) - 1.5 * EDIT_WEIGHT
    return [Correction(text, like(text, whole.lower()), "word cut in two", num_docs, score)]


def slips(word: str, vocabulary: Vocabulary, is_known: bool = False, most_edits: int = 2) -> list[Correction]:
    """Forms a slip of the hand away; of a word that a dictionary has, one edit at most."""
    letters = len(word)
    if letters < (_MIN_TYPO_CAPITALS if word.isupper() else _MIN_TYPO_LETTERS):
        return []
    is_near = is_known or letters <= 4 or most_edits == 1
    bounds = (1,) if is_near else (2,) if letters >= _MIN_LETTERS_FOR_TWO else (1, 2)
    near = next((near for bound in bounds if (near := vocabulary.native.near(word, bound))), [])
    found = []
    for form, num_docs, num_edits, cost in near:
        if letters == _MIN_TYPO_LETTERS and len(form) <= letters and sorted(form) != sorted(word.lower()):
            continue  # of so few letters any other makes a word: usr is no slip for use, but мре is for море
        if digits_of(form) == digits_of(word) and (
            "." not in form or "." in word
        ):  # 1917 is no slip for 1991
            meant = like(word, vocabulary.spelling_of(form))
            score = math.log(num_docs) - EDIT_WEIGHT * cost
            found.append(Correction(word, meant, "typo", num_docs, score, num_edits))
    # What is an edit less likely than the best is no choice to offer: a slip, most often, in some document.
    least = max((one.score for one in found), default=0.0) - EDIT_WEIGHT
    return [one for one in found if one.score >= least]


def names_like(word: str, vocabulary: Vocabulary) -> list[tuple[Correction, float]]:
    """Words that sound like it, and how much."""
    if list(vocabulary.words(word)) != [word] or not can_be_said(word):
        return []
    alike = sounding_like(word, vocabulary, MIN_SIMILARITY_OF_MISSING_WORDS)
    least = alike[0].similarity - _MAX_FALL_OF_SIMILARITY if alike else 0.0
    found: dict[str, tuple[Correction, float]] = {}
    for lemma, num_docs, similarity in alike:
        if similarity < least:
            break
        if not can_be_said(lemma):
            continue
        # «мирзиееть» is a lemma of Мирзиёев to rules, and no word.
        form = lemma if vocabulary.is_word(lemma) else vocabulary.form_of(lemma)
        meant = like(word, vocabulary.spelling_of(form))
        # As an edit for the least similar, as half of one for the same sound.
        score = math.log(num_docs) - EDIT_WEIGHT * (0.5 + 2.5 * (1 - similarity))
        found.setdefault(form, (Correction(word, meant, "name", num_docs, score), similarity))
    return list(found.values())


def run_together(word: str, vocabulary: Vocabulary) -> Iterator[Correction]:
    """Two words without a space between them: policeforce. A word that is right is two if they stand so."""
    if not word.isalpha():
        return
    is_right = vocabulary.is_word(word)
    for at in range(_MIN_PART_LETTERS, len(word) - _MIN_PART_LETTERS + 1):
        left, right = word[:at], word[at:]
        num_docs = min(map(vocabulary.form_df, (left, right)))
        if is_right and num_docs:
            num_docs = vocabulary.phrase_df(f"{left} {right}")
        if num_docs >= _MIN_PART_DF or (num_docs and all(map(vocabulary.is_word, (left, right)))):
            score = math.log(num_docs) - 1.5 * EDIT_WEIGHT
            yield Correction(word, f"{left} {right}", "words run together", num_docs, score)


def like(typed: str, meant: str) -> str:
    """What was meant, with the capitals of what was typed: GetLastEror, getlasterror → GetLastError."""
    if meant != meant.lower():
        return meant  # an acronym
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    if typed[1:] == typed[1:].lower():
        return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant
    lowered, shorter = typed.lower(), min(len(typed), len(meant))
    if len(lowered) != len(typed):
        return meant
    start = next((i for i in range(shorter) if lowered[i] != meant[i]), shorter)
    stop = next((i for i in range(shorter - start) if lowered[-1 - i] != meant[-1 - i]), shorter - start)
    mended = typed[:start] + meant[start : len(meant) - stop] + typed[len(typed) - stop :]
    return mended[:1].upper() + mended[1:] if typed[0].isupper() else mended


def digits_of(word: str) -> str:
    """The digits of a word: 1917 is no slip for 1991."""
    return "".join(filter(str.isdigit, word))

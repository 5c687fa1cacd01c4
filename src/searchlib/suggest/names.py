"""Names as the other script, or another ear, writes them: which words of a vocabulary sound like a word.

What is found is given as lemmas, with how many documents hold each and how alike it is. Two names are one
sooner than a name and a common word are: Osaka is no «осока».
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .. import _core
from .vocabulary import Vocabulary

MIN_SIMILARITY = 0.83
"""Of two names."""

MIN_SIMILARITY_OF_WORDS = 0.9
"""If one of them is a common word: президент and president; what only sounds so is another word."""

MIN_SIMILARITY_OF_MISSING_WORDS = 0.85
"""The same, where the word itself finds nothing: саммит and summit."""

_MIN_CONSONANTS_OF_WORDS = 3
"""Дать is no date: common words have to share more than two consonants."""

_MIN_CONSONANTS_OF_NAMES = 2
"""The same, where one of them is a name and all sounds agree; with fewer (Yuri) both have to be names."""

_RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя-")


class SoundAlike(NamedTuple):
    """lemma: what was found. num_docs: that hold it. similarity: 0 to 1."""

    lemma: str
    num_docs: int
    similarity: float


def is_latin(word: str) -> bool:
    """In which of the two scripts it is; a word of Şymkent's letters is Latin, too."""
    return word[:1] < "\u0370"


def spelling_of(word: str) -> str:
    """How a language writes its names: "latin", "russian", or "cyrillic" with letters that Russian lacks."""
    if is_latin(word):
        return "latin"
    return "russian" if _RUSSIAN.issuperset(_core.match_key(word)) else "cyrillic"


def sounding_like(
    word: str, vocabulary: Vocabulary, min_similarity_of_words: float = MIN_SIMILARITY_OF_WORDS
) -> list[SoundAlike]:
    """The most similar first; nothing that the word itself finds."""
    is_name = may_be_name(word, vocabulary)
    own = vocabulary.lemmas(word)
    readings = (_core.match_key(word), *own) if is_name else own[:1]
    found: dict[str, SoundAlike] = {}
    for reading in dict.fromkeys(readings):
        for one in map(SoundAlike._make, vocabulary.names(reading, MIN_SIMILARITY)):
            fewest = min(num_consonants(reading), num_consonants(one.lemma))
            if fewest < _MIN_CONSONANTS_OF_NAMES and _is_english((word, one.lemma), vocabulary):
                continue  # Юлия is no July, Рая no ray
            both_names = is_name and vocabulary.may_be_name(one.lemma)
            if not both_names and not _are_words_alike(reading, one, min_similarity_of_words, is_name):
                continue
            adds_something = not set(own).issuperset(vocabulary.lemmas(one.lemma))
            if adds_something and (one.lemma not in found or found[one.lemma].similarity < one.similarity):
                found[one.lemma] = one
    return sorted(found.values(), key=lambda one: (-one.similarity, one.lemma))


def _is_english(words: Iterable[str], vocabulary: Vocabulary) -> bool:
    return any(is_latin(word) and vocabulary.is_word(word) for word in words)


def may_be_name(word: str, vocabulary: Vocabulary) -> bool:
    """Unless a dictionary has it as a common word alone; «Хатами» may be more than a form of «хата».

    English dictionaries do not tell names apart: there, what has no capital is a word.
    """
    if not is_latin(word):
        lemmas = vocabulary.lemmas(word)
        if word[:1].isupper() and _core.match_key(word) not in lemmas:
            return True
        considered = lemmas if word[:1].isupper() else lemmas[:1]
        return not vocabulary.is_word(word) or any(map(vocabulary.may_be_name, considered))
    return word[:1].isupper() or not vocabulary.is_word(word)


def _are_words_alike(reading: str, other: SoundAlike, least: float, is_name: bool) -> bool:
    """Whether two words sound alike of which one at least is no name."""
    fewest = min(num_consonants(reading), num_consonants(other.lemma))
    if is_name and other.similarity == 1.0 and fewest >= _MIN_CONSONANTS_OF_NAMES:
        return True  # Тойота, though dictionaries have it as a car
    return other.similarity >= least and fewest >= _MIN_CONSONANTS_OF_WORDS


def num_consonants(word: str) -> int:
    """How many are heard, in the longest reading."""
    return max((len(consonants.lstrip("A")) for consonants, _ in _core.name_readings(word)), default=0)

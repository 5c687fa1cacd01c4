"""Roots of Russian lemmas once more, in readable Python: what core/analysis/russian_roots.hpp promises.

A root is what is left of a lemma without its suffixes.
"""

from __future__ import annotations

from functools import lru_cache


def _suffixes(text: str) -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted(text.split(), key=lambda suffix: (-len(suffix), suffix)))


_OF_VERBS = _suffixes("изирова ирова ова ева ыва ива ну ир а е и я о у ы")
_OF_ADJECTIVES = _suffixes(
    "ическ истическ тельн ительн ательн ственн енн онн анн янн альн ивн лив чив оват еват озн ск н ов ев ист"
)
_OF_ACTIONS = _suffixes("изирование ирование ование евание ывание ивание ание яние ение тие")
_OF_QUALITIES = _suffixes("ованность анность енность ность ость есть ственность ство ество тельство")
_OF_NOUNS = _suffixes(
    "итель атель тель ник ница щик чик щица чица ист истка истика изм ец изация яция ация иция уция ция ика "
    "ка ок ек ик ица ие ье ия"
)
_ALL_NOUNS = tuple(sorted(_OF_NOUNS + _OF_QUALITIES, key=lambda suffix: (-len(suffix), suffix)))

_ALTERNATES = {"щ": "т", "ч": "т", "ж": "д", "ш": "с"}
_LABIALS = "бпвмф"
_VOWELS_AND_SIGNS = "аеиоуыюяьй"

_LEAST = 4
"""Letters of a root: shorter ones are those of too many words…"""

_LEAST_OF_VERBS = 3
"""…unless the suffix is a verb's, or an action's: решить, решение."""


@lru_cache(maxsize=1 << 17)
def root_of(lemma: str) -> str:
    """What a Russian lemma leaves without its suffixes; "" if that is too short, or it is no such lemma."""
    if not all("а" <= letter <= "я" for letter in lemma):
        return ""
    word = lemma[:-2] if lemma.endswith(("ться", "тись")) else lemma
    least = _LEAST
    if word.endswith(("ть", "ти")):
        least = _LEAST_OF_VERBS
        root, _ = _cut(word[:-2], _OF_VERBS, least)
    elif word.endswith(("ый", "ий", "ой")):
        root, _ = _cut(word[:-2], _OF_ADJECTIVES, least)
    else:
        root, suffix = _cut(word, _OF_ACTIONS, _LEAST_OF_VERBS)
        if suffix:
            least = _LEAST_OF_VERBS
        else:
            root = _root_of_noun(word)
    root = _levelled(root, least)
    return root if len(root) >= least else ""


def _root_of_noun(word: str) -> str:
    """Of an adverb too: свободно."""
    root, suffix = _cut(word, _ALL_NOUNS, _LEAST)
    if suffix in _OF_QUALITIES:
        return _cut(root, _OF_ADJECTIVES, _LEAST)[0]
    if not suffix and word.endswith("о"):
        adverb, suffix = _cut(word[:-1], _OF_ADJECTIVES, _LEAST)
        return adverb if suffix else root
    return root


def _levelled(root: str, least: int) -> str:
    """Without what joins root and suffix, and with one letter for those that alternate."""
    if len(root) > least and root[-1] in _VOWELS_AND_SIGNS:
        root = root[:-1]
    if root.endswith(("нн", "жд")):
        root = root[:-1]
    if len(root) > least and root[-1] == "л" and root[-2] in _LABIALS:
        root = root[:-1]
    return root[:-1] + _ALTERNATES.get(root[-1], root[-1]) if root else root


def _cut(word: str, suffixes: tuple[str, ...], least: int) -> tuple[str, str]:
    """The word without the longest of the suffixes that leaves so many letters, and that suffix, or ""."""
    for suffix in suffixes:
        if len(word) - len(suffix) >= least and word.endswith(suffix):
            return word[: -len(suffix)], suffix
    return word, ""

"""Stems of lemmas once more: English as NLTK has it, Russian by Snowball's own rules in readable Python.

What core/analysis/stems.hpp promises: "" for what is shorter than three letters or not of the language's own,
and for stems that too many words begin like.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

LEAST = 3


@cache
def _nltk() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


def is_english(word: str) -> bool:
    return len(word) >= LEAST and all("a" <= letter <= "z" for letter in word)


@lru_cache(maxsize=1 << 17)
def english_stem(word: str) -> str:
    """The stem of an English lemma, if its words share three letters at least."""
    if not is_english(word):
        return ""
    stem: str = _nltk().stem(word)
    beginning = stem[:-1] if stem.endswith("bl") else stem
    if beginning[-1] in "eiy":
        beginning = beginning[:-1]
    return stem if len(beginning) >= LEAST else ""


# ---- Russian: https://snowballstem.org/algorithms/russian/stemmer.html

_VOWELS = "аеиоуыэюя"


_GERUND = ("в вши вшись", "ив ивши ившись ыв ывши ывшись")
_ADJECTIVE = ("", "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею")
_PARTICIPLE = ("ем нн вш ющ щ", "ивш ывш ующ")
_REFLEXIVE = ("", "ся сь")
_VERB = (
    "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
    "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую "
    "ю",
)
_NOUN = (
    "",
    "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью "
    "ю ия ья я",
)


def _cut(end: str, suffixes: tuple[str, str]) -> str | None:
    """The end of a word without its longest suffix; None if it has none, or that one stands not behind а or
    я."""
    behind_a, others = (part.split() for part in suffixes)
    for suffix in sorted((*behind_a, *others), key=len, reverse=True):
        if end.endswith(suffix):
            rest = end[: -len(suffix)]
            return None if suffix in behind_a and rest[-1:] not in ("а", "я") else rest
    return None


def _without_ending(end: str) -> str:
    found = _cut(end, _GERUND)
    if found is not None:
        return found
    found = _cut(end, _REFLEXIVE)
    end = end if found is None else found
    adjective = _cut(end, _ADJECTIVE)
    if adjective is not None:
        participle = _cut(adjective, _PARTICIPLE)
        return adjective if participle is None else participle
    for suffixes in (_VERB, _NOUN):
        found = _cut(end, suffixes)
        if found is not None:
            return found
    return end


def _behind_syllable(word: str) -> str:
    """What follows the first consonant that follows a vowel."""
    found = re.search(f"[{_VOWELS}][^{_VOWELS}]", word)
    return word[found.end() :] if found else ""


@lru_cache(maxsize=1 << 17)
def russian_stem(word: str) -> str:
    """The stem of a Russian lemma, if it has four letters at least: вода and водить have the same of
    three."""
    stem = whole_russian_stem(word)
    return stem if len(stem) > LEAST else ""


def whole_russian_stem(word: str) -> str:
    if len(word) < LEAST or not all("а" <= letter <= "я" for letter in word):
        return ""
    vowel = re.search(f"[{_VOWELS}]", word)
    if vowel is None:
        return word
    before_r2 = len(word) - len(_behind_syllable(_behind_syllable(word)))
    start, end = word[: vowel.end()], _without_ending(word[vowel.end() :])
    end = end.removesuffix("и")
    for quality in ("ость", "ост"):
        if end.endswith(quality) and len(start + end) - len(quality) >= before_r2:
            end = end.removesuffix(quality)
            break
    plain = end.removesuffix("ейше") if end.endswith("ейше") else end.removesuffix("ейш")
    if plain.endswith("нн"):
        plain = plain[:-1]
    elif plain == end:
        plain = plain.removesuffix("ь")
    return start + plain

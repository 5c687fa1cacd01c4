"""Queries in other forms of their words: how much does a ranking lose when a person inflects a word
otherwise?

A seeded chance chooses which words get which other form. Russian forms are those of pymorphy3's lexeme;
English ones WordNet's irregular forms and the regular endings. searchlib's own lemmas are not asked.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from wordnet_table import WORDNET, exceptions, vocabulary, wordnet_reader

SHARE = 0.57
"""Of a query's words that are changed, where they have another form."""

_WORD = re.compile(r"[a-zа-яё]+(?![\w'’-])", re.IGNORECASE)
_VOWELS = "aeiou"


class Inflector:
    """Other forms of a word.

    Needs WordNet's files for English; without them English words stay as they are.
    """

    def __init__(self) -> None:
        import pymorphy3

        self._russian: Any = pymorphy3.MorphAnalyzer()
        self._parts: dict[str, dict[str, int]] = {}
        self._irregular: dict[tuple[str, str], list[str]] = defaultdict(list)
        if WORDNET.is_dir():
            with wordnet_reader() as reader:
                self._parts = vocabulary(reader)
                for part, forms in exceptions(reader).items():
                    for form, lemmas in forms.items():
                        for lemma in lemmas:
                            self._irregular[part, lemma].append(form)

    def changed(self, text: str, chance: random.Random) -> str:
        """The text with SHARE of its words in another form, chosen at random."""

        def other(match: re.Match[str]) -> str:
            word = match.group().lower()
            forms = [form for form in self.forms(word) if form != word]
            return chance.choice(forms) if forms and chance.random() < SHARE else match.group()

        return _WORD.sub(other, text)

    def forms(self, word: str) -> tuple[str, ...]:
        """All forms of a lower-cased word that is a lemma (English), or any form (Russian)."""
        return self._russian_forms(word) if word[0] > "z" else self._english_forms(word)

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - one inflector a run
    def _russian_forms(self, word: str) -> tuple[str, ...]:
        parse = self._russian.parse(word)[0]
        if not parse.is_known or {"PREP", "CONJ", "PRCL", "NPRO"} & set(parse.tag.grammemes):
            return ()
        return tuple(sorted({form.word for form in parse.lexeme}))

    def _english_forms(self, word: str) -> tuple[str, ...]:
        parts = self._parts.get(word, {})
        forms: set[str] = set()
        if len(word) < 3 or not parts or max(parts.values()) == 0:
            return ()
        part = max(parts, key=lambda name: parts[name])
        if part == "n":
            forms.update(self._irregular["n", word] or [_with_s(word)])
        elif part == "v":
            forms.update(self._irregular["v", word] or [_with_ed(word)])
            forms.update((_with_s(word), _with_ing(word)))
        return tuple(sorted(forms))


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _with_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    return (
        word[:-1] if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) else _doubled(word)
    ) + "ing"


def _doubled(word: str) -> str:
    """stop → stopp: one vowel between consonants, in a word of one syllable."""
    closed = re.fullmatch(r"[^aeiou]*[aeiou][bdfgklmnprtvz]", word)
    return word + word[-1] if closed else word

"""A small analyzer with the shape of the real one, so that highlighting is tested apart from dictionaries.

Words are runs of letters; the lemma is the word in small letters without a final s. A hyphenated word is
given as a whole, over the positions of its parts, before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from searchlib.highlight import WordMatch

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")


class Match(NamedTuple):
    start: int
    end: int
    position: int
    span: int
    groups: tuple[int, ...]


class Token(NamedTuple):
    start: int
    end: int
    position: int
    span: int
    form: str


def lemma(form: str) -> str:
    return form.removesuffix("s")


def tokens(text: str) -> list[Token]:
    result: list[Token] = []
    position = 0
    for word in _WORD.finditer(text):
        parts = list(_PART.finditer(text, word.start(), word.end()))
        if len(parts) > 1:
            result.append(Token(word.start(), word.end(), position, len(parts), word.group().lower()))
        for part in parts:
            result.append(Token(part.start(), part.end(), position, 1, part.group().lower()))
            position += 1
    return result


class SimpleAnalyzer:
    def find(self, text: str, groups: Sequence[WordMatch]) -> list[Match]:
        found: list[Match] = []
        for token in tokens(text):
            met = tuple(number for number, group in enumerate(groups) if meets(token, group))
            if met:
                found.append(Match(token.start, token.end, token.position, token.span, met))
        return found


def meets(token: Token, word: WordMatch) -> bool:
    return lemma(token.form) in word.lemmas and (word.forms is None or token.form in word.forms)


def word(*lemmas: str, forms: set[str] | None = None) -> WordMatch:
    return WordMatch(frozenset(lemmas), None if forms is None else frozenset(forms))

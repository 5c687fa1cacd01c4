"""By which of its alternatives a lemma stands in a text: as a part, across a line's end, for an abbreviation.

The text is read again as it was indexed, so only what is stored can be told. Scores are not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .. import _core
from ..analysis.analyzer import Analyzer, Token
from ..suggest.left_alone import can_be_said

_MAX_TOLD = 3
_MIN_LEFT_OUT = 2  # letters: «лет.» is no abbreviation of «лето»


class ReadText(NamedTuple):
    """A text, its tokens by position, and where in it an abbreviation stands for other words."""

    text: str
    tokens: list[Token]
    readings: dict[int, str]

    @classmethod
    def of(cls, text: str, analyzer: Analyzer) -> ReadText:
        """Reads a text."""
        return cls(text, analyzer.tokens(text), dict(_core.readings(text)))

    def told(self, lemma: str) -> list[str]:
        """What there is to say of the places of a lemma, each once, the first few."""
        told: dict[str, None] = {}
        for said in self._said(lemma):
            told[said] = None
            if len(told) == _MAX_TOLD:
                break
        return list(told)

    def _said(self, lemma: str) -> Iterator[str]:
        whole: Token | None = None  # the last one: it stands before its parts
        for token in self.tokens:
            if whole is None or token.start >= whole.end:
                whole = token
            if lemma not in token.lemmas:
                continue
            form = self._form(token)
            is_own = _core.match_key(token.text) == lemma
            if not is_own and self._is_short_for(token, lemma):
                yield f"«{form}{'.' if self._has_dot(token) else ''}» stands for {lemma}"
            elif (token.start, token.end) != (whole.start, whole.end):
                yield f"part of {self._form(whole)}"
            elif "⏎" in form:
                yield f"«{form}», joined"
            elif not is_own and lemma != token.lemmas[0]:
                yield f"«{form}», read as «{lemma}»"

    def _is_short_for(self, token: Token, lemma: str) -> bool:
        """Whether a token abbreviates a lemma: by its place, or by its looks (кг, руб., кол-во)."""
        if token.start in self.readings:
            return True
        key = _core.match_key(token.text)
        looks_short = self._has_dot(token) or "-" in key or not can_be_said(key)
        rest = iter(lemma)
        letters = filter(str.isalpha, key)
        return (
            looks_short
            and key in token.lemmas
            and key[:1] == lemma[:1]
            and len(lemma) >= len(key) + _MIN_LEFT_OUT
            and all(letter in rest for letter in letters)
        )

    def _has_dot(self, token: Token) -> bool:
        return self.text[token.end : token.end + 1] == "." and not token.text.endswith(".")

    @staticmethod
    def _form(token: Token) -> str:
        """As the text has it, on one line."""
        lines = [line.strip(" \t") for line in token.text.replace("\r\n", "\n").splitlines()]
        return "⏎".join(lines)

"""The tokens of the filter language of these front ends: words, strings in quotes, signs. No grammar here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ...errors import QueryError

Kind = Literal["word", "quoted", "sign", "end"]

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<sign>!=|>=|<=|[=<>()\[\],])
      | (?P<word>[\w\-./]+)
      | "(?P<double>(?:[^"\\]|\\.)*)"
      | '(?P<single>(?:[^'\\]|\\.)*)'
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Token(NamedTuple):
    """kind: of the token; text: without quotes and escapes; start: its first code point in the filter."""

    kind: Kind
    text: str
    start: int

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind == "sign" and self.text in signs

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words, in capitals and without quotes."""
        return self.kind == "word" and self.text in words

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else f"{self.text!r:.100}"


def tokens_of(text: str) -> Iterator[Token]:
    """All tokens, the last one being the end, as they are asked for. QueryError for what is none."""
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            raise _no_token(text, place)
        kind = match.lastgroup or ""
        value = match[kind]
        start = match.start(kind)
        if kind in ("double", "single"):
            yield Token("quoted", _ESCAPED.sub(r"\1", value), start - 1)
        else:
            yield Token("sign" if kind == "sign" else "word", value, start)
        place = match.end()
    yield Token("end", "", len(text))


def _no_token(text: str, place: int) -> QueryError:
    while text[place].isspace():
        place += 1
    if text[place] in "\"'":
        return QueryError(
            f"the quote at character {place + 1} of the filter is not closed: {text[place:]!r:.60}"
        )
    return QueryError(
        f"character {place + 1} of the filter, {text[place]!r}, belongs to no word; put values and names "
        f"that have other characters than letters, digits, _ - . and / into quotes"
    )

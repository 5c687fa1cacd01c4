"""JSON read piece by piece: the members of outer objects and the items of outer arrays, one at a time.

So a file of any size is read whose single values are no bigger than documents. What the values mean is the
caller's to know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from ...errors import SourceError
from .contract import MAX_ROW_CHARACTERS, TOO_LONG
from .json_value import explain

_PIECE = 1 << 18
_SPACES = " \t\r\n"
_BEHIND = (*",]} \t\r\n",)
_MAX_OPEN = 3
"""Characters that a number may have read on, and is none yet: the e- of 1e-7."""


class JsonStream:
    """A place in a JSON text. Its methods raise SourceError for what is no JSON."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACES:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if self._ended or isinstance(error, RecursionError) or not self._more():
                    raise SourceError(f"is damaged JSON: {explain(error)}") from None
                continue
            may_go_on = isinstance(found, int | float) and len(self._text) - end < _MAX_OPEN
            if not may_go_on or self._text[end : end + 1] in _BEHIND or not self._more():
                self._at = end
                return found

    def members(self) -> Iterator[str]:
        """The names of an object's members; the value of each is to be read before the next is asked for."""
        self._take("{")
        while self.peek() != "}":
            name = self.value()
            if not isinstance(name, str):
                raise SourceError("is damaged JSON: a name is no string")
            self._take(":")
            yield name
            if self.peek() != "}":
                self._take(",")
        self._at += 1

    def items(self) -> Iterator[None]:
        """An array's items, in the same way."""
        self._take("[")
        while self.peek() != "]":
            yield
            if self.peek() != "]":
                self._take(",")
        self._at += 1

    def _take(self, sign: str) -> None:
        found = self.peek()
        if found != sign:
            raise SourceError(
                f"is damaged JSON: {sign!r} was expected, got {found!r}" if found else "is cut off"
            )
        self._at += 1

    def _more(self) -> bool:
        """Read on, each time as much again as there is, so that a long value is tried a few times only."""
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > MAX_ROW_CHARACTERS:
            raise SourceError(f"holds a value {TOO_LONG}")
        piece = "" if self._ended else self._stream.read(max(_PIECE, len(self._text)))
        self._ended = self._ended or not piece
        self._text += piece
        return bool(piece)

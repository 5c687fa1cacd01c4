"""A stream of text whose lines were mended as they came: what formats read rows from.

Bytes are read in pieces that end where a line ends, and each piece becomes text at once. A piece is what one
read gives: more reads for one would lose the bytes of the first, where the second is an error.
"""

from __future__ import annotations

import codecs
import io
from typing import Any

from .mending import Mender
from .stray import UTF8
from .wide import is_wide, of_a_decoder

_PIECE_BYTES = 1 << 16
MARKS = "\ufeff\ufffe"
"""A byte order mark as a character, and one of the other order."""

_MAX_PIECE_BYTES = 128 << 20  # a longer line is no row: its parts are text by themselves


class MendedLines(io.TextIOBase):
    """Lines of bytes in an encoding that has those of ASCII, or in UTF-16 or UTF-32.

    encoding: by its codec's name; with "-sig" a mark at the beginning is none of the text.
    newline: what ends a line, as io.StringIO takes it; \\n always does.
    """

    errors = "strict"  # there are no surrogates in it

    def __init__(self, raw: io.BufferedReader[Any], encoding: str, mender: Mender, newline: str) -> None:
        self._raw, self._mender, self._newline = raw, mender, newline
        self._decoder = None
        if is_wide(encoding):
            self._decoder = codecs.getincrementaldecoder(of_a_decoder(encoding, raw.peek(4)[:4]))(
                "surrogatepass"
            )
        self._starts = encoding.endswith("-sig") or self._decoder is not None
        self._ended = False
        self._rest = b""
        self._rest_text = ""
        self._text, self._at = "", 0  # the piece, and how far it was read
        self._others: io.StringIO | None = None  # a piece in which \r ends lines
        self._line_ends = ("\n",) if newline == "\n" else ("\n", "\r")

    def readable(self) -> bool:
        return True

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """The next line with its end, or as many characters of it; "" at the end."""
        at = self._at
        end = self._text.find("\n", at) + 1
        if end and (size < 0 or end - at <= size):
            self._at = end
            return self._text[at:end]
        line = self._some(size)
        while not line.endswith(self._line_ends) and len(line) != size and self._next():
            line += self._some(size - len(line) if size >= 0 else -1)
        return line

    def _some(self, size: int) -> str:
        """A line of the piece, or its rest."""
        if self._others is not None:
            return self._others.readline(size)
        at = self._at
        self._at = self._text.find("\n", at) + 1 or len(self._text)
        if 0 <= size < self._at - at:
            self._at = at + size
        return self._text[at : self._at]

    def read(self, size: int | None = -1, /) -> str:
        """All characters, or so many."""
        limit = -1 if size is None else size
        texts = [self._rest_of_piece(limit)]
        num = len(texts[0])
        while num != limit and self._next():
            texts.append(self._rest_of_piece(limit - num if limit >= 0 else -1))
            num += len(texts[-1])
        return "".join(texts)

    def _rest_of_piece(self, size: int) -> str:
        if self._others is not None:
            return self._others.read(size)
        at = self._at
        self._at = len(self._text) if size < 0 else min(len(self._text), at + size)
        return self._text[at : self._at]

    def close(self) -> None:
        self._raw.close()
        super().close()

    def _next(self) -> bool:
        """Whether there was another piece; the one before was read to its end."""
        if self._ended:
            return False
        text = self._wide_piece() if self._decoder is not None else self._narrow_piece()
        self._text, self._at, self._others = text, 0, None
        if self._newline == "" and text.count("\r") > text.count("\r\n"):
            self._text, self._others = "", io.StringIO(text, "")
        return bool(text) or self._next()

    def _narrow_piece(self) -> str:
        pieces = [self._rest]
        self._rest = b""
        num = len(pieces[0])
        while num < _MAX_PIECE_BYTES:
            data = self._raw.read1(_PIECE_BYTES)
            if not data:
                self._ended = True
                break
            end = data.rfind(b"\n") + 1
            if end:
                pieces.append(data[:end])
                self._rest = data[end:]
                break
            pieces.append(data)
            num += len(data)
        data = b"".join(pieces)
        if self._starts:
            data = data.removeprefix(codecs.BOM_UTF8)
            self._starts = False
        return self._mender.text(data, last=self._ended)

    def _wide_piece(self) -> str:
        assert self._decoder is not None
        texts = [self._rest_text]
        self._rest_text = ""
        while sum(map(len, texts)) < _MAX_PIECE_BYTES:
            data = self._raw.read1(_PIECE_BYTES)
            if not data:
                self._ended = True
                if self._decoder.getstate()[0]:
                    self._mender.mended.cut()
                break
            text = self._decoder.decode(data)
            end = text.rfind("\n") + 1
            if end:
                texts.append(text[:end])
                self._rest_text = text[end:]
                break
            texts.append(text)
        text = "".join(texts)
        if self._starts:
            text = text.lstrip(MARKS)
            self._starts = False
        return self._mender.wide(text)


def can_be_mended(encoding: str) -> bool:
    """Whether lines can be told in bytes of the encoding: a line feed is the byte that it is in ASCII."""
    if is_wide(encoding):
        return True
    if encoding.startswith(("iso2022", "hz", "utf-7", "utf_7")):
        return False
    ascii = bytes(range(128))
    return ascii.decode(encoding, "replace") == ascii.decode(UTF8)

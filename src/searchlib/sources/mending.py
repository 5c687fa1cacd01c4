"""Text of bytes of which some are not in their file's encoding: mended line by line.

A log may have lines of another program, a table rows of another one: they are read in the encoding that they
are in. What is text in none becomes U+FFFD, or is left out, as it was asked for. Where the bytes come from is
not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

from ..errors import SourceError
from .cyrillic import guess_page
from .latin import guess_latin
from .mended import Mended
from .stray import (
    UTF8,
    cut_character,
    decoded,
    has_utf8_lines,
    has_utf8_words,
    is_accented,
    is_broken_utf8,
    is_utf8_line,
    lines_written_twice,
    may_be_twice,
)

Errors: TypeAlias = Literal["mend", "strict", "replace", "ignore"]
"""What becomes of bytes that are not text in the file's encoding; but for mend, as in Python's `open`.

mend: lines are read in the encoding that they are in; what is in none is replaced. strict: the file, or the
row, is refused. replace: each becomes U+FFFD. ignore: they are left out.
"""

_CESU8 = "cesu-8"
MOJIBAKE_BYTES = 1 << 20
"""So much of a file is looked at for lines that were encoded twice, for all else of it is text."""

_MAX_GUESSED_BYTES = 16_384
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_BETWEEN_WORDS = re.compile(r"""(?<=[^\s,;|"'\x00])\x00+(?=[^\s,;|"'\x00])""")
"""NUL bytes that part what stands beside them, as in lists of paths."""

_SURROGATES = re.compile("[\ud800-\udfff]+")


def check_errors(errors: str) -> Errors:
    """The same. Raises SourceError, which lists the names, for any other."""
    for known in get_args(Errors):
        if errors == known:
            return errors  # type: ignore[return-value]
    raise SourceError(f"errors must be one of {', '.join(get_args(Errors))}; got {errors!r}")


class Mender:
    """Makes text of pieces of one file, in their order; what it did is in `mended`.

    encoding: the file's, by its codec's name, without a mark. errors: any but "strict".
    """

    def __init__(self, encoding: str, errors: Errors) -> None:
        self._encoding, self._errors = encoding, errors
        self._is_utf8 = encoding == UTF8
        self.mended = Mended(encoding)
        self._num_bytes = 0
        self._num_lines = 0  # before the piece that is read
        self._strays = {True: b"", False: b""}  # whether accented -> lines from which a page is guessed
        self._pages: dict[bool, str | None] = {}

    def text(self, data: bytes, *, last: bool = True) -> str:
        """A piece that ends where a line ends, or the whole. last: nothing follows it."""
        text = decoded(data, self._encoding)
        if text is None or self._has_foreign_lines(data):
            text = self._line_by_line(data, last=last)
        elif self._is_utf8 and self._num_bytes < MOJIBAKE_BYTES and may_be_twice(data):
            for num_before in lines_written_twice(data):
                self.mended.twice(self._num_lines + num_before + 1)
        self._num_bytes += len(data)
        if 0 in data:
            text = self._without_nuls(text)
        if not last:
            self._num_lines += data.count(b"\n")
        return text

    def wide(self, text: str) -> str:
        """A piece of UTF-16 or UTF-32, of whose characters halves may stand alone."""
        if _SURROGATES.search(text):
            for number, line in self._numbered(text):
                if _SURROGATES.search(line):
                    self._lose(number)
            text = _SURROGATES.sub("" if self._errors == "ignore" else "\ufffd", text)
        if "\0" in text:
            text = self._without_nuls(text)
        self._num_lines += text.count("\n")
        return text

    def _numbered(self, text: str) -> enumerate[str]:
        return enumerate(text.split("\n"), self._num_lines + 1)

    def _lose(self, number: int) -> None:
        (self.mended.left_out if self._errors == "ignore" else self.mended.replaced)(number)

    def _has_foreign_lines(self, data: bytes) -> bool:
        """Whether lines of a code page, where all bytes are letters, are UTF-8 in truth."""
        return not self._is_utf8 and self._errors == "mend" and has_utf8_lines(data)

    # ---- lines

    def _line_by_line(self, data: bytes, *, last: bool) -> str:
        lines = data.split(b"\n")
        if self._errors == "mend" and self._encoding in (UTF8, "ascii"):
            self._guess(lines)
        end = self._num_lines + len(lines) if last else 0
        return "\n".join(
            self._line(line, number, number == end) for number, line in enumerate(lines, self._num_lines + 1)
        )

    def _line(self, line: bytes, number: int, last: bool) -> str:
        if self._is_utf8 or self._errors != "mend" or not is_utf8_line(line):
            text = decoded(line, self._encoding)
            if text is not None:
                return text
        if last and (cut := cut_character(line, self._encoding)):
            self.mended.cut()
            return line[:-cut].decode(self._encoding)
        text = self._read_otherwise(line, number) if self._errors == "mend" else None
        if text is not None:
            return text
        self._lose(number)
        return line.decode(self._encoding, "ignore" if self._errors == "ignore" else "replace")

    def _read_otherwise(self, line: bytes, number: int) -> str | None:
        """In another encoding, if it is in one."""
        page = self._pages.get(is_accented(line))
        for encoding in (UTF8, _CESU8, page):
            text = None if encoding is None else _READERS.get(encoding, _in_page)(line, encoding)
            if text is not None and encoding is not None:
                self.mended.read_as(encoding, number)
                return text
        return None

    def _guess(self, lines: list[bytes]) -> None:
        """The code page of what is not in the file's encoding, in these lines and in earlier ones."""
        known = sum(map(len, self._strays.values()))
        for line in lines:
            if line.isascii() or is_broken_utf8(line) or _as_utf8(line) or _as_cesu8(line):
                continue
            if has_utf8_words(line):
                line = b" ".join(run for run in _HIGH_RUN.findall(line) if decoded(run, UTF8) is None)
            room = _MAX_GUESSED_BYTES - len(self._strays[accented := is_accented(line)])
            if room > 0:
                self._strays[accented] += line[:room] + b"\n"
        if sum(map(len, self._strays.values())) > known:
            latin, others = self._strays[True], self._strays[False]
            self._pages[True] = guess_latin(latin) or guess_page(latin)
            self._pages[False] = guess_page(others) or guess_latin(others)

    def _without_nuls(self, text: str) -> str:
        for number, line in self._numbered(text):
            if "\0" in line:
                self.mended.nuls(line.count("\0"), number)
        return _BETWEEN_WORDS.sub(" ", text).replace("\0", "")


def _as_utf8(line: bytes, _: str = UTF8) -> str | None:
    return decoded(line, UTF8)


def _as_cesu8(line: bytes, _: str = _CESU8) -> str | None:
    """Characters beyond U+FFFF as programs of UTF-16 write them, each half by itself."""
    try:
        return line.decode(UTF8, "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeError:
        return None


def _in_page(line: bytes, page: str) -> str | None:
    """A line in the code page, or of which words are in it."""
    if is_broken_utf8(line):
        return None
    if not has_utf8_words(line):
        return decoded(line, page)
    runs = []
    end = 0
    for run in _HIGH_RUN.finditer(line):
        text = decoded(run[0], UTF8)
        if text is None and not has_utf8_words(run[0]):
            text = decoded(run[0], page)
        if text is None:
            return None
        runs += [line[end : run.start()].decode("ascii"), text]
        end = run.end()
    return "".join([*runs, line[end:].decode("ascii")])


_READERS: dict[str, Callable[[bytes, str], str | None]] = {UTF8: _as_utf8, _CESU8: _as_cesu8}

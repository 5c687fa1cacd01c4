"""Parts of a big file of JSON lines, each of which is read by itself, as it would be read in the whole file.

A file is cut where lines end. It may be, if it is UTF-8 throughout: a line in another encoding is mended by
what its neighbours are in. What rows mean is not known here.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, TextIO, cast

from ..errors import SourceError
from .content import OpenFile
from .files import STDIN, SourceFile
from .formats import of_name
from .formats.contract import Row
from .formats.json_lines import read_jsonl
from .mended_lines import MendedLines
from .mending import Errors, Mender
from .metered import open_file
from .unforeseen import refusing

_FORMAT = "jsonl"
_PIECE_BYTES = 1 << 20


class Stretch(NamedTuple):
    """From one byte of a file to another, both at the beginning of a line; the number of the first line."""

    begin: int
    end: int
    first_line: int


class Surveyed(NamedTuple):
    """What a stretch has: how many ends of lines, and whether all is UTF-8 without NULs."""

    num_lines: int
    is_plain: bool


def cuts(
    file: SourceFile, num_bytes: int, encoding: str | None, records: str | None
) -> list[tuple[int, int]]:
    """The beginnings and ends of stretches of about so many bytes; [] for a file that is read in one."""
    if file.path == STDIN or file.within is not None or file.size_bytes < 2 * num_bytes or records:
        return []
    try:
        with OpenFile(file, encoding) as reading:
            is_utf8 = reading.encoding.removesuffix("-sig") == "utf-8" and reading.path() != ""
            if reading.format.name != _FORMAT or not is_utf8:
                return []
        with open_file(file) as raw:
            places = range(num_bytes, file.size_bytes - num_bytes // 2, num_bytes)
            ends = [_line_after(raw, at) for at in places]
    except (SourceError, OSError):
        return []  # reported when it is read
    bounds = sorted({0, *ends, file.size_bytes})
    return list(itertools.pairwise(bounds)) if len(bounds) > 2 else []


def survey(file: SourceFile, begin: int, end: int) -> Surveyed:
    """Read a stretch once, for what all of them have to know. Raises SourceError."""
    num_lines, is_plain = 0, True
    decoder = codecs.getincrementaldecoder("utf-8")()
    with refusing(_Utf8()), open_file(file) as raw:
        raw.seek(begin)
        stream = _Until(raw, end)
        while data := stream.read(_PIECE_BYTES):
            num_lines += data.count(b"\n")
            try:
                decoder.decode(data)
            except UnicodeDecodeError:
                return Surveyed(0, False)
            is_plain = is_plain and 0 not in data
    return Surveyed(num_lines, is_plain and not decoder.getstate()[0])


class StretchFile:
    """A stretch as an open file, whose rows have the numbers of their lines. It was surveyed: it is plain."""

    how = ""
    encoding = "utf-8"

    def __init__(self, file: SourceFile, stretch: Stretch, errors: Errors) -> None:
        """Raises SourceError where the file cannot be opened."""
        self.format = of_name(_FORMAT)
        self.notices: list[str] = []
        self.unread: list[str] = []
        self._stretch, self._errors = stretch, errors
        self._file = open_file(file)
        self._until = _Until(self._file, stretch.end)

    @property
    def num_bytes(self) -> int:
        """How many were read so far."""
        return self._until.num_bytes

    @property
    def digest(self) -> str:
        """Of the stretch, in hex: which one it is."""
        return hashlib.blake2b(repr(self._stretch).encode(), digest_size=16).hexdigest()

    def __enter__(self) -> StretchFile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def rows(self) -> Iterator[Row]:
        """Its rows. Raises SourceError where it must end early, for the file has become another one."""
        with refusing(self):
            self._file.seek(self._stretch.begin)
            raw = io.BufferedReader(self._until, 1 << 18)
            mender = Mender("utf-8", self._errors) if self._is_mended else None
            if mender is not None:
                lines = cast(TextIO, MendedLines(raw, "utf-8-sig", mender, "\n"))
            else:
                mark = "" if self._stretch.begin else "-sig"
                lines = io.TextIOWrapper(raw, encoding=f"utf-8{mark}", newline="\n")
            for row in read_jsonl(lines):
                yield row._replace(line=row.line + self._stretch.first_line - 1)
            if mender is not None:
                self.notices += mender.mended.notices()

    @property
    def _is_mended(self) -> bool:
        """Nothing is changed, but of a file's beginning something may be said."""
        return self._stretch.begin == 0 and self._errors != "strict"


class _Until(io.RawIOBase):
    """The bytes of a file up to one place."""

    def __init__(self, raw: Any, end: int) -> None:
        self._raw, self._end = raw, end
        self.num_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        left = max(0, self._end - self._raw.tell())
        data = self._raw.read(min(len(view), left)) or b""
        view[: len(data)] = data
        self.num_bytes += len(data)
        return len(data)


class _Utf8:
    encoding = "utf-8"


def _line_after(raw: BinaryIO, at: int) -> int:
    """Where the first line begins that begins at this byte or after it."""
    raw.seek(at - 1)
    while data := raw.read(_PIECE_BYTES):
        end: int = data.find(b"\n")
        if end >= 0:
            return raw.tell() - len(data) + end + 1
    return raw.tell()

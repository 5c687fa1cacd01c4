"""Single lines of bytes: are they UTF-8, UTF-8 with a byte lost, or something else; were they encoded twice?

The rules that tell one line of a file from its others. Each is given bytes or text and answers yes or no.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

UTF8 = "utf-8"
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_AMONG_LATIN = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_TOGETHER = re.compile(rb"[\x80-\xff](?=[\x80-\xff])")
_MIN_SEQUENCES = 4
_MAX_CHARACTER = 4  # bytes

_SURE = re.compile(  # letters beside one another, or what no code page has at that place
    "[\u0370-\u06ff]{2}|[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][a-z]|[\u3040-\ud7a3]{2}"
    "|[\u2010-\u203e\u20ac\u2116\u2122]"
)
_TWO = re.compile("[\u0370-\u06ff]{2}|[\u3040-\ud7a3]{2}")
_ODD = re.compile(
    "[^\x00-\x7f\u00a0-\u024f\u0370-\u06ff\u1e00-\u206f\u20a0-\u22ff\u2500-\u25ff\u3000-\ud7a3\uff00-\uffef]"
)
_TWICE = (
    (b"\xc2", b"\xd0\xa0\xc2\xb5"),
    (b"\xc3", b"\xc3\x90\xc2"),
    (b"\xc3", b"\xc3\x83\xc2"),
    (b"\xc3", b"\xc3\xa2\xe2"),
)
"""The frequent е, in UTF-8 that was read as cp1251 and written as UTF-8; then what Cyrillic, accented letters
and dashes begin with, read as cp1252. Before each a byte of it, for that is found faster."""

_MAY_BE_SURE = tuple(  # Cyrillic, Greek, accents, dashes; by the byte that each begins with, it is found fast
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rb"\xd0[\x80-\xbf][\xd0\xd1][\x80-\xbf]",
        rb"\xd1[\x80-\xbf][\xd0\xd1][\x80-\xbf]",
        rb"\xce[\x80-\xbf][\xce\xcf][\x80-\xbf]",
        rb"\xcf[\x80-\xbf][\xce\xcf][\x80-\xbf]",
        rb"\xc3[\x80-\xbf]",
        rb"\xc4[\x80-\xbf]",
        rb"\xc5[\x80-\xbf]",
        rb"\xe2[\x80-\x84][\x80-\xbf]",
    )
)


def high_lines(data: bytes) -> Iterator[bytes]:
    """The lines that have bytes above ASCII, without their ends."""
    end = 0
    while high := _HIGH.search(data, end):
        start = data.rfind(b"\n", end, high.start()) + 1 or end
        stop = data.find(b"\n", high.start())
        end = stop if stop >= 0 else len(data)
        yield data[start:end]


def decoded(data: bytes, encoding: str) -> str | None:
    """The text; None if it is not in that encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def is_broken_utf8(line: bytes) -> bool:
    """Mostly UTF-8, a few bytes lost: guessing another encoding would turn all of it into nonsense."""
    num_sequences = len(_MULTIBYTE.findall(line))
    num_stray = len(_HIGH.findall(_MULTIBYTE.sub(b"", line))) if num_sequences > 1 else 0
    if num_sequences >= _MIN_SEQUENCES and num_stray * 10 <= num_sequences:
        return num_stray > 0 or decoded(line, UTF8) is None
    return 0 < num_stray * 2 <= num_sequences and _is_written(line.decode(UTF8, "ignore"))


def has_utf8_words(line: bytes) -> bool:
    """Whether some of a line's words are UTF-8, and surely: two letters beside one another."""
    return any((text := decoded(run, UTF8)) and _TWO.search(text) for run in _HIGH_RUN.findall(line))


def is_utf8_line(line: bytes) -> bool:
    """Whether a line of a file in another encoding is UTF-8: it decodes, and to what people write."""
    text = decoded(line, UTF8)
    return text is not None and not line.isascii() and _is_written(text)


def _is_written(text: str) -> bool:
    return _SURE.search(text) is not None and _ODD.search(text) is None


def is_accented(line: bytes) -> bool:
    """Whether bytes above ASCII stand among letters of ASCII, as accented letters do, and not together."""
    return len(_AMONG_LATIN.findall(line)) > len(_TOGETHER.findall(line))


def cut_character(line: bytes, encoding: str) -> int:
    """How many bytes at the end begin a character of which the rest is missing; 0 if none do."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for size in range(1, min(_MAX_CHARACTER, len(line) + 1)):
        decoder.reset()
        try:
            if line[-size] > 0x7F and not decoder.decode(line[-size:]):
                return size if decoded(line[:-size], encoding) is not None else 0
        except UnicodeDecodeError:
            continue
    return 0


def has_utf8_lines(data: bytes) -> bool:
    """Whether is_utf8_line is true of any line."""
    return any(is_utf8_line(line) for pattern in _MAY_BE_SURE for _, line in _lines_with(pattern, data))


def may_be_twice(data: bytes) -> bool:
    """Whether lines may have been encoded twice: a look that costs next to nothing."""
    return any(byte in data and mark in data for byte, mark in _TWICE)


def lines_written_twice(data: bytes) -> Iterator[int]:
    """How many line feeds stand before each line of UTF-8 that reads as «РџСЂРёРІРµС‚» does."""
    marks = re.compile(b"|".join(re.escape(mark) for _, mark in _TWICE))
    for num_before, line in _lines_with(marks, data):
        if any(_is_in_utf8_of(page, line) for page in ("cp1251", "cp1252")):
            yield num_before


def _is_in_utf8_of(page: str, line: bytes) -> bool:
    try:
        return is_utf8_line(line.decode(UTF8).encode(page))
    except UnicodeError:
        return False


def _lines_with(pattern: re.Pattern[bytes], data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines in which it stands, each with the number of line feeds before."""
    end = num_before = 0
    counted = 0
    while match := pattern.search(data, end):
        start = data.rfind(b"\n", end, match.start()) + 1 or end
        stop = data.find(b"\n", match.end() - 1)
        end = stop if stop >= 0 else len(data)
        num_before += data.count(b"\n", counted, start)
        counted = start
        yield num_before, data[start:end]

"""Bytes of a file to text: in which encoding was it written?

A text is given with its encoding's name and how that was found; bytes that are no text, or broken text, are
refused with a reason and what to do. UTF-8 is decided here by trying; only other bytes are guessed at, and
only then is charset-normalizer imported. Files and formats are not known.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ..errors import SourceError
from .cyrillic import guess_page, window_of
from .latin import guess_latin

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .xlsx are too"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"(\xb5/\xfd", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PLAIN_LETTERS = re.compile(r"[A-Za-z\u0400-\u045f\u00c0-\u00ff\s0-9.,;:!?()\"'«»“”’–—-]")
_LATIN_NEIGHBOUR = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
_TWO_HIGH = re.compile(rb"[\xc0-\xff]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")
_DENSE = 2.5
_SAMPLE_BYTES = 65_536
_MIN_WIDE_SHARE = 0.01
"""Of the bytes of UTF-16 so many are NUL, at the least: spaces and digits are half NUL."""

_MAX_DAMAGE = 0.05
"""Where rows are read one by one, so many NUL bytes may be damage to some of them."""

_EAST_ASIAN = [
    "big5",
    "big5hkscs",
    "cp932",
    "cp949",
    "euc_jp",
    "euc_kr",
    "gb18030",
    "gbk",
    "iso2022_jp",
    "cp874",
    "cp1258",
]
"""What is left to charset-normalizer, and Thai and Vietnamese; all else is told here, and better."""


class Decoded(NamedTuple):
    """Text, the encoding it was written in, and how that was found: "utf-8", "bom", "guessed", "forced"."""

    text: str
    encoding: str
    how: str


def check_encoding(name: str) -> str:
    """The codec's own name; SourceError if Python knows no text encoding of that name."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise SourceError(
            f"unknown encoding {name!r}; try utf-8, utf-16, cp1251, koi8-r, cp866 or cp1252"
        ) from None


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a whole file.

    encoding forces one; otherwise a byte order mark, then valid UTF-8, then a guess decide. SourceError where
    the bytes are not text, or not text in that encoding.
    """
    how = "forced"
    if encoding is None:
        encoding, how = detect(data)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise SourceError(_undecodable(error, encoding, how)) from None
    return Decoded(text.removeprefix("\ufeff"), encoding.removesuffix("-sig"), how)


def detect(data: bytes, *, complete: bool = True, by_row: bool = False) -> tuple[str, str]:
    """The encoding of `data` and how it was found.

    complete=False says that more bytes follow; by_row=True, that undecodable rows are refused one by one, so
    that broken text is still worth reading as UTF-8. Raises SourceError for bytes that are not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark) and not _is_false_mark(data, name):
            return name, "bom"
    share = data.count(0) / len(data) if data else 0.0
    if share and not (by_row and share < _MIN_WIDE_SHARE):
        try:
            return _detect_wide(data), "guessed"
        except SourceError:
            if not by_row or share > _MAX_DAMAGE:
                raise
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=complete)
    except UnicodeDecodeError as error:
        _refuse_binary(data, _SIGNATURES)
        if _is_broken_utf8(data) and not by_row:
            raise SourceError(_undecodable(error, "utf-8", "utf-8")) from None
        guess = None if _is_broken_utf8(data) else _guess(data)
        if guess is None and not by_row:
            raise SourceError(
                "its text encoding could not be told; name it, for example --encoding cp1251"
            ) from None
        return (guess, "guessed") if guess else ("utf-8", "utf-8")
    _refuse_binary(data, _SIGNATURES[:1])  # "GIF8" and "BZh" may well begin a text
    return "utf-8", "utf-8"


def of_short_text(data: bytes) -> str:
    """The text of a few words that are no UTF-8 and that nothing is said of, such as a header of a mail."""
    accented = _LATIN_NEIGHBOUR.search(data) is not None and _TWO_HIGH.search(data) is None
    return data.decode(guess_page(data) or ("cp1252" if accented else "cp1251"), "replace")


def _is_false_mark(data: bytes, name: str) -> bool:
    """UTF-16's mark is also the «яю» of cp1251; then the characters that follow are of no script."""
    if name != "utf-16":
        return False
    text = data[:_SAMPLE_BYTES].decode(name, "replace")
    return sum("\ue000" <= character <= "\uf8ff" for character in text) * 10 > len(text)


def _detect_wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: in text, every other byte, or three of four, is nearly constant."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 4]
    best, best_share = "", 0.0
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        if len(data) % (4 if "32" in name else 2):
            continue
        try:
            text = codecs.getincrementaldecoder(name)().decode(sample)
        except UnicodeDecodeError:
            continue
        share = len(_PLAIN_LETTERS.findall(text)) / len(text) if text and "\0" not in text else 0.0
        if share > best_share:
            best, best_share = name, share
    if best_share < 0.8:
        _refuse_binary(data, _SIGNATURES)
        raise SourceError("a binary file, not text; convert it to text first")
    return best


def _refuse_binary(data: bytes, signatures: tuple[tuple[bytes, str], ...]) -> None:
    for signature, what in signatures:
        if data.startswith(signature):
            raise SourceError(f"a binary file ({what}), not text; convert it to text first")
    sample = data[:_SAMPLE_BYTES]
    if len(_CONTROLS.findall(sample)) * 20 > len(sample):
        raise SourceError("a binary file, not text; convert it to text first")


def _is_broken_utf8(data: bytes) -> bool:
    """Mostly UTF-8, a few bytes lost: guessing another encoding would turn all of it into nonsense."""
    sample = data[:_SAMPLE_BYTES]
    num_sequences = len(_MULTIBYTE.findall(sample))
    num_stray = len(re.findall(rb"[\x80-\xff]", _MULTIBYTE.sub(b"", sample)))
    return num_sequences >= 4 and num_stray * 10 <= num_sequences


def _guess(data: bytes) -> str | None:
    page = guess_page(data)
    if page is not None:
        return page
    window = window_of(data)
    num_high = len(_HIGH.findall(window))
    dense = num_high * _DENSE > len(window)  # as no text in Latin letters is
    guesses = (_guess_eastern, guess_latin) if dense else (guess_latin, _guess_eastern)
    return next(filter(None, (guess(window) for guess in guesses)), None)


def _guess_eastern(window: bytes) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(window, cp_isolation=_EAST_ASIAN).best()
    return best.encoding.replace("_", "-") if best is not None else None


def _undecodable(error: UnicodeDecodeError, encoding: str, how: str) -> str:
    where = f"byte {error.start} (0x{error.object[error.start]:02x})"
    if how == "forced":
        return f"{where} is not {encoding} text; leave the encoding to be guessed, or name the right one"
    if encoding == "utf-8":
        return f"broken UTF-8 at {where}; mend it with `iconv -c -f utf-8 -t utf-8`, or force an encoding"
    return f"{where} is not {encoding} text; name the right encoding, for example --encoding cp1251"

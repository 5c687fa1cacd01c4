"""Bytes of a file to text: in which encoding was it written?

A text is given with its encoding's name and how that was found; bytes that are no text, or broken text, are
refused with a reason and what to do. UTF-8 is decided here by trying; only other bytes are guessed at, and
only then is charset-normalizer imported. Files and formats are not known.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from ..errors import SourceError
from .binary import is_text_but_for_nuls, refuse_binary
from .cyrillic import guess_page, window_of
from .latin import guess_latin
from .mended_lines import MARKS, can_be_mended
from .mending import MOJIBAKE_BYTES, Errors, Mender
from .stray import UTF8, decoded, high_lines, is_accented, is_broken_utf8, may_be_twice
from .wide import guess_wide, is_wide, of_a_decoder, of_the_other_order

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_DENSE = 2.5
_SAMPLE_BYTES = 65_536
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


def decode(
    data: bytes,
    encoding: str | None = None,
    *,
    errors: Errors = "strict",
    say: Callable[[str], object] = lambda _: None,
) -> Decoded:
    """The text of a whole file.

    encoding forces one; otherwise a byte order mark, then valid UTF-8, then a guess decide. errors: what
    becomes of bytes that are not text in that encoding; say is told of them. SourceError where the bytes are
    not text, or, if errors are strict, not text in that encoding.
    """
    how = "forced"
    if encoding is None:
        text = _plain(data)
        if text is not None and (errors == "strict" or not may_be_twice(data[:MOJIBAKE_BYTES])):
            return Decoded(text, UTF8, UTF8)
        encoding, how = detect(data, by_row=errors in ("replace", "ignore"), mends=errors == "mend")
    try:
        if errors != "strict" and can_be_mended(encoding):
            text = _mended(data, encoding, errors, say)
        else:
            text = data.decode(encoding, "replace" if errors == "mend" else errors)
    except UnicodeDecodeError as error:
        raise SourceError(_undecodable(error, encoding, how)) from None
    except UnicodeError as error:
        raise SourceError(f"no {encoding} text: {error}; name the right encoding") from None
    return Decoded(text.lstrip(MARKS), encoding.removesuffix("-sig"), how)


def _plain(data: bytes) -> str | None:
    """The text of what is UTF-8 throughout, as nearly all is; None where more is to be found out."""
    if 0 in data or data.startswith(codecs.BOM_UTF8):
        return None
    text = decoded(data, UTF8)
    if text is not None:
        refuse_binary(data, certain=True)
    return text


def _mended(data: bytes, encoding: str, errors: Errors, say: Callable[[str], object]) -> str:
    mender = Mender(encoding.removesuffix("-sig"), errors)
    if is_wide(encoding):
        decoder = codecs.getincrementaldecoder(of_a_decoder(encoding, data[:4]))("surrogatepass")
        text = mender.wide(decoder.decode(data))
        if decoder.getstate()[0]:
            mender.mended.cut()
    else:
        text = mender.text(data.removeprefix(codecs.BOM_UTF8) if encoding.startswith(UTF8) else data)
    for notice in mender.mended.notices():
        say(notice)
    return text


def detect(
    data: bytes, *, complete: bool = True, by_row: bool = False, mends: bool = False
) -> tuple[str, str]:
    """The encoding of `data` and how it was found.

    complete=False says that more bytes follow. mends: lines that are not in it will be mended, so it is that
    of most of them; by_row: they will be refused one by one, so UTF-8 it is where nothing else can be told.
    Raises SourceError for bytes that are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark) and not _is_false_mark(data, name):
            other = of_the_other_order(data)
            return (other, "guessed") if other else (name, "bom")
    if 0 in data:
        wide = guess_wide(data)
        if wide is not None:
            return wide, "guessed"
        if not (by_row or mends) or not is_text_but_for_nuls(data):
            refuse_binary(data)
            raise SourceError("a binary file, not text; convert it to text first")
        data = data.replace(b"\0", b"")
    try:
        codecs.getincrementaldecoder(UTF8)().decode(data, final=complete)
    except UnicodeDecodeError as error:
        refuse_binary(data)
        return _detect_broken(data, error, by_row=by_row, mends=mends)
    refuse_binary(data, certain=True)
    return UTF8, UTF8


def _detect_broken(data: bytes, error: UnicodeDecodeError, *, by_row: bool, mends: bool) -> tuple[str, str]:
    """The encoding of what is no UTF-8 throughout."""
    others = _lines_of_others(data)
    if others is None:
        if not (by_row or mends):
            raise SourceError(_undecodable(error, UTF8, UTF8))
        return UTF8, UTF8
    guess = _guess(others)
    if guess is None and not by_row:
        raise SourceError("its text encoding could not be told; name it, for example --encoding cp1251")
    return (guess, "guessed") if guess else (UTF8, UTF8)


def _lines_of_others(data: bytes) -> bytes | None:
    """The first lines that are no UTF-8, where these have most of the letters; None where they have not."""
    num_utf8 = num_others = 0
    others: list[bytes] = []
    for line in high_lines(data):
        num = len(_HIGH.findall(line[:_SAMPLE_BYTES]))
        if decoded(line, UTF8) is not None or is_broken_utf8(line):
            num_utf8 += num
        else:
            num_others += num
            others.append(line[:_SAMPLE_BYTES])
        if num_utf8 + num_others > _SAMPLE_BYTES:
            break
    return b"\n".join(others) if num_others > num_utf8 or not num_utf8 + num_others else None


def of_short_text(data: bytes) -> str:
    """The text of a few words that are no UTF-8 and that nothing is said of, such as a header of a mail."""
    return data.decode(guess_page(data) or ("cp1252" if is_accented(data) else "cp1251"), "replace")


def _is_false_mark(data: bytes, name: str) -> bool:
    """UTF-16's mark is also the «яю» of cp1251; then the characters that follow are of no script."""
    if name != "utf-16":
        return False
    text = data[:_SAMPLE_BYTES].decode(name, "replace")
    return sum("\ue000" <= character <= "\uf8ff" for character in text) * 10 > len(text)


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

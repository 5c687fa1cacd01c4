"""UTF-16 and UTF-32: which of them is it, where no byte order mark says so, or a wrong one?

In text, every other byte, or three of four, is nearly constant, and what comes out are letters, digits and
punctuation of a few scripts.
"""

from __future__ import annotations

import codecs
import re

_PLAIN = re.compile(
    r"[A-Za-z\u0400-\u04ff\u00c0-\u00ff\u0370-\u03ff\s0-9.,;:!?()\"'«»“”’–—\[\]{}/\\_=+*<>@#%&|-]"
)
_SAMPLE_BYTES = 65_536
_MIN_NUL_SHARE = 0.01
"""Of the bytes of UTF-16 so many are NUL, at the least: spaces and digits are half NUL."""

_MIN_PLAIN = 0.8


def is_wide(encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32"))


def of_a_decoder(encoding: str, start: bytes) -> str:
    """The encoding for a decoder in steps: it asks for a mark, where the file may well have none."""
    if encoding in ("utf-16", "utf-32") and not start.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    ):
        return f"{encoding}-le"
    return encoding


def guess_wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark; None where it is neither. A last character may be cut."""
    if data.count(0) < len(data) * _MIN_NUL_SHARE:
        return None
    sample = data[:_SAMPLE_BYTES]
    shares = {
        name: _plain_share(sample, name) for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _MIN_PLAIN else None


def of_the_other_order(data: bytes) -> str | None:
    """The encoding of UTF-16 whose mark is that of the other order, as a file joined of two may have it."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    name, other = ("utf-16-le", "utf-16-be")[:: 1 if data.startswith(codecs.BOM_UTF16_LE) else -1]
    sample = data[2:_SAMPLE_BYTES]
    share = _plain_share(sample, name)
    return other if share < 0.2 and _plain_share(sample, other) >= _MIN_PLAIN else None


def _plain_share(sample: bytes, name: str) -> float:
    """Of the characters that come out, those that texts are made of."""
    try:
        text = codecs.getincrementaldecoder(name)("surrogatepass").decode(sample)
    except UnicodeDecodeError:
        return 0.0
    return len(_PLAIN.findall(text)) / len(text) if text and text.count("\0") * 100 < len(text) else 0.0

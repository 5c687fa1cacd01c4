"""Dictionaries of dictd, as Debian's packages dict-freedict-* and mueller7-dict install them.

The .index has a line for each headword: the word, where its article begins, and its length, both in dictd's
base 64. The .dict, mostly packed (.dict.dz), has the articles.
"""

from __future__ import annotations

from ..errors import SourceError
from .articles import Articles
from .contract import Dictionary, beside, read_file

MAX_ARTICLE_BYTES = 65_536
"""So much of an article is read."""

_DIGITS = {
    digit: value
    for value, digit in enumerate(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_ABOUT = ("00-database", "00database")


def read_dictd(stem: str) -> Dictionary:
    """The dictionary whose files begin with this path; SourceError."""
    index, articles = beside(stem, ".index"), beside(stem, ".dict.dz", ".dict")
    if index is None or articles is None:
        raise SourceError(f"{stem}: a dictionary of dictd is two files, .index and .dict or .dict.dz")
    dictionary = Dictionary(index)
    data = read_file(articles)
    read = Articles(dictionary)
    for number, line in enumerate(read_file(index).split(b"\n"), 1):
        if not line.strip():
            continue
        parts = line.rstrip(b"\r").split(b"\t")
        try:
            offset, length = _number(parts[1]), _number(parts[2])
        except (IndexError, KeyError):
            raise SourceError(
                f"{index}, line {number}: expected a word, a tab, two numbers in base 64, got {line[:80]!r}"
            ) from None
        if offset + length > len(data):
            raise SourceError(
                f"{index}, line {number}: an article at {offset:,} of {length:,} bytes, {articles} has "
                f"{len(data):,}; do the two files belong together?"
            )
        word = parts[0].decode("utf-8", "replace")
        if not word.startswith(_ABOUT):
            article = data[offset : offset + min(length, MAX_ARTICLE_BYTES)].decode("utf-8", "replace")
            read.add(word, article)
    read.finish()
    return dictionary


def _number(text: bytes) -> int:
    value = 0
    if not 1 <= len(text) <= 10:
        raise KeyError(text)
    for digit in text:
        value = value * 64 + _DIGITS[digit]
    return value

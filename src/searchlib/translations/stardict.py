"""Dictionaries of StarDict: an .ifo that describes, an .idx of headwords, a .dict or .dict.dz of articles.

An article is text, or HTML or XML, which is read as text. Sounds and pictures are passed over; alternate
headwords (.syn) share the article of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import SourceError
from .articles import Articles, without_markup
from .contract import Dictionary, beside, read_file, text_of
from .dictd import MAX_ARTICLE_BYTES

_MAX_WORD_BYTES = 256
"""StarDict's own limit."""

_MARKED_UP = frozenset("hgx")
_TEXT = frozenset("mlw") | _MARKED_UP


def read_stardict(stem: str) -> Dictionary:
    """The dictionary whose files begin with this path; SourceError."""
    ifo, idx = beside(stem, ".ifo"), beside(stem, ".idx", ".idx.gz")
    articles = beside(stem, ".dict.dz", ".dict")
    if ifo is None or idx is None or articles is None:
        raise SourceError(
            f"{stem}: a dictionary of StarDict is {stem}.ifo, .idx or .idx.gz, and .dict or .dict.dz"
        )
    facts = _facts(ifo)
    data = read_file(articles)
    types = facts.get("sametypesequence", "")
    dictionary = Dictionary(ifo)
    words = list(_headwords(read_file(idx), idx, 8 if facts.get("idxoffsetbits") == "64" else 4))
    named = [(word, number) for number, (word, _, _) in enumerate(words)]
    if alternates := beside(stem, ".syn"):
        named += _alternates(read_file(alternates), alternates, len(words))
    read = Articles(dictionary)
    for word, number in named:
        _, offset, length = words[number]
        if offset + length > len(data):
            raise SourceError(
                f"{idx}: {word[:80]!r} has an article at {offset:,} of {length:,} bytes, {articles} has "
                f"{len(data):,}; do the two files belong together?"
            )
        parts = _texts(data[offset : offset + min(length, MAX_ARTICLE_BYTES)], types)
        read.add(word, "\n".join(parts))
    read.finish()
    return dictionary


def _facts(ifo: str) -> dict[str, str]:
    text = text_of(read_file(ifo), ifo)
    if not text.startswith("StarDict's dict ifo file"):
        raise SourceError(f'{ifo}: expected a first line of "StarDict\'s dict ifo file", got {text[:40]!r}')
    return {
        name.strip(): value.strip() for name, _, value in (line.partition("=") for line in text.splitlines())
    }


def _headwords(data: bytes, name: str, width: int) -> Iterator[tuple[str, int, int]]:
    """Each headword, where its article begins, and its length."""
    at = 0
    while at < len(data):
        end = data.find(b"\0", at, at + _MAX_WORD_BYTES)
        if end < 0 or end + 1 + width + 4 > len(data):
            raise SourceError(f"{name}: no headword at byte {at:,}: damaged, or no .idx of StarDict")
        offset = int.from_bytes(data[end + 1 : end + 1 + width], "big")
        length = int.from_bytes(data[end + 1 + width : end + 5 + width], "big")
        yield data[at:end].decode("utf-8", "replace"), offset, length
        at = end + 5 + width


def _alternates(data: bytes, name: str, num_words: int) -> Iterator[tuple[str, int]]:
    at = 0
    while at < len(data):
        end = data.find(b"\0", at, at + _MAX_WORD_BYTES)
        number = int.from_bytes(data[end + 1 : end + 5], "big")
        if end < 0 or end + 5 > len(data) or number >= num_words:
            raise SourceError(f"{name}: no headword at byte {at:,}: damaged, or no .syn of StarDict")
        yield data[at:end].decode("utf-8", "replace"), number
        at = end + 5


def _texts(article: bytes, types: str) -> Iterator[str]:
    """The parts of an article that are text. types: theirs; "" if each begins with its own."""
    at, number = 0, 0
    while at < len(article) and (not types or number < len(types)):
        kind = types[number] if types else chr(article[at])
        at += not types
        number += 1
        is_last = bool(types) and number == len(types)
        if kind.isupper():
            size = len(article) - at if is_last else int.from_bytes(article[at : at + 4], "big")
            at += size if is_last else 4 + size
            continue
        end = article.find(b"\0", at)
        end = len(article) if end < 0 or is_last else end
        if kind in _TEXT:
            text = article[at:end].decode("utf-8", "replace")
            yield without_markup(text) if kind in _MARKED_UP or _LOOKS_MARKED_UP.search(text) else text
        at = end + 1


_LOOKS_MARKED_UP = re.compile(r"</?[a-z]{1,10}\b[^<>]{0,200}>|&[a-z]{2,6};", re.I)

"""What a reader of dictionaries gives, pairs of words, and what is made of it; and the limits of both.

Lemmas are not known here, nor how a table is looked up.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from typing import NamedTuple

from ..errors import SourceError

MAX_FILE_BYTES = 256_000_000
"""Of one file of a dictionary, unpacked."""
MAX_LINE_CHARS = 10_000
MAX_PAIRS = 2_000_000
MAX_TERM_CHARS = 100
MAX_WORDS = 5
"""Of a headword or a translation. What is longer explains rather than translates."""

_PACKED = (".dz", ".gz")


class Dictionary:
    """Pairs of a word and a translation, both ways, each with a weight above 0.

    A pair given twice counts once, at its higher weight. left_out: reasons, and how often each.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.pairs: dict[tuple[str, str], float] = {}
        self.left_out: Counter[str] = Counter()
        self._kept: dict[str, str] = {}  # most terms occur many times; "" for one that is refused
        self._refused: dict[str, str] = {}

    def add(self, word: str, translation: str, weight: float, back: float | None = None) -> None:
        """One more pair; what cannot be looked up is left out and counted. back: the other way's weight."""
        kept, pairs = self._kept, self.pairs
        pair = own, other = (
            kept.get(word) or self._clean(word),
            kept.get(translation) or self._clean(translation),
        )
        if not own or not other:
            self.left_out[self._refused[translation if own else word]] += 1
            return
        if own == other or weight <= pairs.get(pair, 0.0):
            return
        if len(pairs) >= 2 * MAX_PAIRS:
            raise SourceError(f"{self.name}: a dictionary has at most {MAX_PAIRS:,} pairs of words")
        pairs[pair] = weight
        pairs[other, own] = weight if back is None else back

    def _clean(self, term: str) -> str:
        kept, reason = cleaned(term)
        if reason:
            kept, self._refused[term] = "", reason
        self._kept[term] = kept
        return kept


class Lines(NamedTuple):
    """body: a line for each key with its translations, and for each Russian root with the keys that have it.

    num_keys: with translations. max_words: of the longest.
    """

    body: bytes
    num_keys: int
    max_words: int


def cleaned(term: str) -> tuple[str, str]:
    """A term as it is kept, and why it cannot be looked up, or "".

    It is composed, its white space single, and no mark is at its ends that would join lines.
    """
    term = term if term.isascii() else unicodedata.normalize("NFC", term)
    if term.isalpha() and len(term) <= MAX_TERM_CHARS:
        return term, ""  # as most are
    term = " ".join(term.split()).strip(" -¬\u00ad")
    return term, _refusal(term)


def infinitive(term: str) -> str:
    """English verbs without their "to", as texts have them; "to the point" stays."""
    particle, _, verb = term.partition(" ")
    return verb if particle == "to" and verb.isalpha() else term


def _refusal(term: str) -> str:
    if not term:
        return "a side without a word"
    if len(term) > MAX_TERM_CHARS:
        return f"more than {MAX_TERM_CHARS} characters"
    return "" if term.isprintable() and "\ufffd" not in term else "characters that are no text"


def read_file(path: str) -> bytes:
    """The bytes of a file of a dictionary, unpacked if its name says .dz or .gz; SourceError."""
    try:
        if not path.endswith(_PACKED):
            with open(path, "rb") as file:  # noqa: PTH123 (pathlib takes longer to load than a compiled table)
                data = file.read(MAX_FILE_BYTES + 1)
        else:
            import gzip
            import zlib

            try:
                with gzip.open(path) as packed:
                    data = packed.read(MAX_FILE_BYTES + 1)
            except (gzip.BadGzipFile, EOFError, zlib.error) as error:
                raise SourceError(f"{path}: expected a gzip file, as .dz and .gz are: {error}") from None
    except OSError as error:
        raise SourceError(f"cannot read the dictionary {path}: {error.strerror or error}") from None
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(f"{path}: a file of a dictionary has at most {MAX_FILE_BYTES:,} bytes, unpacked")
    return data


def text_of(data: bytes, path: str) -> str:
    """UTF-8 with or without a mark; SourceError names the first line that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from None


def beside(stem: str, *endings: str) -> str | None:
    """The file of that stem with the first of the endings for which there is one."""
    return next((stem + ending for ending in endings if os.path.isfile(stem + ending)), None)  # noqa: PTH113

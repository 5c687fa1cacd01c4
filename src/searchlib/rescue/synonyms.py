r"""Synonyms: words and names that stand for one another, from files in Solr's format.

    ОДКБ, CSTO, Collective Security Treaty Organization     # each stands for the others
    Сталинград => Волгоград, Volgograd                      # one way
    Reading\, Berkshire, Reading                            # a backslash makes a comma plain

A text comes in, a table of terms goes out; terms are compared by the lemmas of their words, so that
«Ташкенту» is Ташкент. A term in capitals that is a word too (US, WHO) is meant only where it is written in
capitals. It knows neither queries nor indexes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..analysis import english, russian
from ..analysis.analyzer import Analyzer
from ..analysis.stopwords import is_stopword
from ..errors import SourceError

MAX_FILE_BYTES = 16_000_000
MAX_LINE_CHARS = 10_000
MAX_TERMS = 64
"""Of one line."""
MAX_WORDS = 8
"""Of one term."""

_SEPARATOR = re.compile(r"(?<!\\),")
_ARROW = re.compile(r"(?<!\\)=>")
_ESCAPED = re.compile(r"\\(.)")

_Key = tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """What a term stands for. capitals: only if it is written in capitals."""

    terms: tuple[str, ...]
    capitals: bool


class Synonyms:
    """A table of synonyms; immutable, safe to share. `a | b` holds the lines of both."""

    def __init__(self, lines: Iterable[tuple[Sequence[str], Sequence[str]]] = ()) -> None:
        """lines: terms, and those that stand for them; Synonyms.parse reads a text."""
        self._lines = [(tuple(left), tuple(right)) for left, right in lines]
        self._table: dict[_Key, list[_Entry]] = {}
        self.max_words = 1
        for left, right in self._lines:
            for term in left:
                self._add(term, [other for other in right if other != term])

    @classmethod
    def parse(cls, text: str, name: str = "synonyms") -> Synonyms:
        """The table of a text. SourceError names the line that cannot be read."""
        return cls(_parse(text, name))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Synonyms:
        """The table of a file, UTF-8.

        SourceError if it cannot be read, is larger than 16 MB, or has a line that makes no sense.
        """
        try:
            with Path(path).open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise SourceError(f"cannot read the synonyms in {path}: {error.strerror or error}") from None
        if len(data) > MAX_FILE_BYTES:
            raise SourceError(f"{path}: a file of synonyms has at most {MAX_FILE_BYTES:,} bytes")
        try:
            return cls.parse(data.decode("utf-8-sig"), str(path))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise SourceError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from None

    @staticmethod
    def bundled() -> Synonyms:
        """Exonyms and acronyms of Central Asia and its neighbours: those that `cross_script=True` uses."""
        return _bundled()

    def of(self, text: str) -> list[str]:
        """What a word, or several, may be replaced by; [] if there is nothing."""
        found: dict[str, None] = {}
        for key in _keys(text):
            for entry in self._table.get(key, ()):
                if not entry.capitals or text[:2].isupper():  # МИДа, too
                    found.update(dict.fromkeys(entry.terms))
        return [term for term in found if term.casefold() != text.casefold()]

    def __or__(self, other: Synonyms) -> Synonyms:
        return Synonyms(self._lines + other._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __repr__(self) -> str:
        return f"<Synonyms: {len(self)} lines>"

    def _add(self, term: str, others: Sequence[str]) -> None:
        key = next(iter(_keys(term)), None)
        if key is None or not others:
            return
        self.max_words = max(self.max_words, len(key))
        entry = _Entry(tuple(others), capitals=term.isupper() and len(key) == 1 and _is_word(term))
        self._table.setdefault(key, []).append(entry)


def _keys(text: str) -> Iterator[_Key]:
    """A term by the likeliest lemmas of its words; then, if it is a single word, by its other lemmas."""
    words = _lemmas_of_words(text)
    if not words or len(words) > MAX_WORDS:
        return
    yield tuple(lemmas[0] for lemmas in words)
    if len(words) == 1:
        yield from ((lemma,) for lemma in words[0][1:])


@lru_cache(maxsize=1024)
def _lemmas_of_words(text: str) -> tuple[tuple[str, ...], ...]:
    tokens = Analyzer.for_languages(("en", "ru")).tokens(text)
    return tuple(token.lemmas for token in tokens if token.span == 1)


def _is_word(acronym: str) -> bool:
    """Whether the acronym in small letters would be taken for a word."""
    lowered = acronym.lower()
    if is_stopword(lowered):
        return True
    if lowered.isascii():
        return english.morphology().known(lowered)
    native = russian.native()
    return native is not None and native.known(lowered)


def _parse(text: str, name: str) -> Iterator[tuple[list[str], list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield _line(line)
        except ValueError as error:
            raise SourceError(f"{name}, line {number}: {error}") from None


def _line(line: str) -> tuple[list[str], list[str]]:
    if len(line) > MAX_LINE_CHARS:
        raise ValueError(f"a line has at most {MAX_LINE_CHARS:,} characters, this one {len(line):,}")
    sides = _ARROW.split(line)
    if len(sides) > 2:
        raise ValueError("a line has one => at most")
    terms = [_terms(side) for side in sides]
    if len(sides) == 1 and len(terms[0]) < 2:
        raise ValueError(f"expected two terms or more, separated by commas, got {line.strip()!r}")
    return terms[0], terms[-1]


def _terms(side: str) -> list[str]:
    terms = [_ESCAPED.sub(r"\1", term).strip() for term in _SEPARATOR.split(side)]
    if not all(terms):
        raise ValueError("a term is empty; a comma or => stands alone")
    if len(terms) > MAX_TERMS:
        raise ValueError(f"a line has at most {MAX_TERMS} terms, this one {len(terms)}")
    for term in terms:
        num_words = len(_lemmas_of_words(term))
        if not 1 <= num_words <= MAX_WORDS:
            raise ValueError(f"a term has 1 to {MAX_WORDS} words, {term[:80]!r} has {num_words}")
    return terms


@lru_cache(maxsize=1)
def _bundled() -> Synonyms:
    return Synonyms.load(Path(__file__).parent / "data" / "synonyms.txt")

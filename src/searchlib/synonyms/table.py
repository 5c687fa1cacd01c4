r"""Synonyms: words and names that stand for one another, from files in Solr's format.

    # A line that begins with # says nothing. The terms of a line stand for each other:
    ОДКБ, CSTO, Collective Security Treaty Organization
    # … or one way: who asks for the first means the others, too.
    Сталинград => Волгоград, Volgograd
    # A backslash makes a comma, =>, # or another backslash plain.
    Reading\, Berkshire, Reading

Terms are compared by the lemmas of their words, so that «Ташкенту» is Ташкент. A term in capitals that is a
word too (US, WHO) is meant only where it is written in capitals. Neither queries nor indexes are known here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from .. import _core
from ..analysis.analyzer import Analyzer
from ..analysis.languages import DEFAULT_LANGUAGES, dictionaries
from ..analysis.stopwords import is_stopword
from ..errors import SourceError

BUNDLED_PATH = os.path.join(os.path.dirname(__file__), "data", "synonyms.txt")  # noqa: PTH118, PTH120 (pathlib is slow to load)
MAX_FILE_BYTES = 16_000_000
MAX_LINE_CHARS = 10_000
MAX_TERMS = 64
"""Of one line."""
MAX_WORDS = 8
"""Of one term."""

_PART = re.compile(r"\\(.)|,|=>|[^\\,=]+|.")
"""Of a line: an escaped character, a comma, an arrow, or text."""

_BETWEEN = "\n;\n"
"""Between terms that are analysed at once: a hyphen at a line's end would join them."""

_Key = tuple[str, ...]
_Words = tuple[tuple[str, ...], ...]
"""The lemmas of each word of a term."""

_Line = tuple[tuple[str, ...], tuple[str, ...]]
"""Terms, and those that stand for them."""


class _Entry(NamedTuple):
    """What a term stands for. only: the spelling in which alone it is meant; "" if in any."""

    terms: tuple[str, ...]
    only: str

    def is_meant(self, text: str) -> bool:
        """Whether the text, which has the lemmas of the term, is the term."""
        if self.only.isupper():
            return text[:2].isupper()  # МИДа, too
        return not self.only or text == self.only


class Synonyms:
    """A table of synonyms; immutable, safe to share. `a | b` holds the lines of both."""

    def __init__(self, lines: Iterable[tuple[Sequence[str], Sequence[str]]] = ()) -> None:
        """lines: terms, and those that stand for them; Synonyms.parse reads a text."""
        self._lines: list[_Line] = []
        self._table: dict[_Key, list[_Entry]] = {}
        self.max_words = 1
        given = [(tuple(left), tuple(right)) for left, right in lines]
        self._fill(given, words_of_terms([term for sides in given for side in sides for term in side]))

    @classmethod
    def parse(cls, text: str, name: str = "synonyms") -> Synonyms:
        """The table of a text; name: what SourceError calls it, beside the line that cannot be read."""
        table = cls()
        table._fill(*_parse(text, name))
        return table

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Synonyms:
        """The table of a file, UTF-8.

        SourceError if it cannot be read, is larger than 16 MB, or has a line that makes no sense.
        """
        try:
            with open(path, "rb") as file:  # noqa: PTH123 (pathlib takes longer to load than the table)
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
                if entry.is_meant(text):
                    found.update(dict.fromkeys(entry.terms))
        return [term for term in found if term.casefold() != text.casefold()]

    @property
    def lines(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Each line's terms, and those that stand for them; `Synonyms(table.lines)` is the same table."""
        return list(self._lines)

    def __or__(self, other: Synonyms) -> Synonyms:
        both = Synonyms()
        both._lines = self._lines + other._lines
        both._table = {key: list(entries) for key, entries in self._table.items()}
        for key, entries in other._table.items():
            both._table.setdefault(key, []).extend(entries)
        both.max_words = max(self.max_words, other.max_words)
        return both

    def __len__(self) -> int:
        return len(self._lines)

    def __repr__(self) -> str:
        return f"<Synonyms: {len(self)} lines>"

    def _fill(self, lines: Sequence[_Line], words: Mapping[str, _Words]) -> None:
        self._lines += lines
        for left, right in lines:
            # Nobody finds the town of Семей by a word that is looked up as «семья».
            findable = [term for term in right if not _is_form_of_another(term, words[term])]
            for term in left:
                others = tuple(other for other in findable if other != term)
                if words[term] and others:
                    keys, only = _keys_and_form(term, words[term])
                    self.max_words = max(self.max_words, len(words[term]))
                    for key in keys:
                        self._table.setdefault(key, []).append(_Entry(others, only))


def _keys(text: str) -> Iterator[_Key]:
    """A term by the likeliest lemmas of its words; then, if it is a single word, by its other lemmas."""
    words = words_of(text)
    if not words or len(words) > MAX_WORDS:
        return
    yield tuple(lemmas[0] for lemmas in words)
    if len(words) == 1:
        yield from ((lemma,) for lemma in words[0][1:])


@lru_cache(maxsize=1024)
def words_of(text: str) -> _Words:
    """The lemmas of each word of a text, the most probable first."""
    return words_of_terms([text])[text]


def words_of_terms(terms: Sequence[str]) -> dict[str, _Words]:
    """Of each term. All are analysed at once, as lines of one text: somebody waits for the table."""
    terms = list(dict.fromkeys(terms))
    words: list[list[tuple[str, ...]]] = [[] for _ in terms]
    text = _BETWEEN.join(term.replace("\n", " ") for term in terms)
    analyzer = Analyzer.for_languages(DEFAULT_LANGUAGES)
    rows, analyses = analyzer.core.tokens(text)  # the analyzer's own tokens would take as long again
    lemmas = [its or analyzer.resolve([form])[0] for form, its in analyses]
    number, end = -1, -1  # of the term that was reached, and where it ends
    before = -1
    for form, position, start, _, span in rows:
        while start >= end:
            number += 1
            end += len(terms[number]) + len(_BETWEEN)
        if span > 1:
            continue
        if position == before:  # what an abbreviation stands for
            words[number][-1] = tuple(dict.fromkeys((*words[number][-1], *lemmas[form])))
        else:
            words[number].append(lemmas[form])
        before = position
    return {term: tuple(found) for term, found in zip(terms, words, strict=True)}


def _keys_and_form(term: str, words: _Words) -> tuple[list[_Key], str]:
    """Under which lemmas a term is looked up, and the spelling in which alone it is meant, if there is one.

    An acronym that is a word too keeps its capitals. The town of Семей is no form of «семья», and Львов none
    of «лев», though both look like one. A name that no dictionary has is looked up under all that its forms
    may lead to: Авиценны and Авиценна share no more.
    """
    if len(words) > 1:
        return [tuple(lemmas[0] for lemmas in words)], ""
    own, is_word = _core.match_key(term), _is_word(term)
    only = term if _is_form_of_another(term, words) or (term.isupper() and is_word) else ""
    if not is_word and not own.isascii():
        return [(lemma,) for lemma in words[0] if not _is_common(lemma)], only
    return [(own if own in words[0] else words[0][0],)], only


def _is_form_of_another(term: str, words: _Words) -> bool:
    """Whether a Russian term would be taken for a form of a word that it is not."""
    own = _core.match_key(term)
    return len(words) == 1 and not own.isascii() and own not in words[0] and _is_word(term)


def _is_common(lemma: str) -> bool:
    return any(one.is_common(lemma) for one in dictionaries(DEFAULT_LANGUAGES))


def _is_word(term: str) -> bool:
    """Whether the term in small letters would be taken for a word."""
    lowered = term.lower()
    return is_stopword(lowered) or any(one.knows(lowered) for one in dictionaries(DEFAULT_LANGUAGES))


def _parse(text: str, name: str) -> tuple[list[_Line], dict[str, _Words]]:
    """The lines of a text, and the words of their terms."""
    numbered: list[tuple[int, _Line]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                numbered.append((number, _line(line)))
            except ValueError as error:
                raise SourceError(f"{name}, line {number}: {error}") from None
    words = words_of_terms([term for _, sides in numbered for side in sides for term in side])
    for number, sides in numbered:
        for term in (*sides[0], *sides[1]):
            if not 1 <= len(words[term]) <= MAX_WORDS:
                raise SourceError(
                    f"{name}, line {number}: a term has 1 to {MAX_WORDS} words, {term[:80]!r} has "
                    f"{len(words[term])}"
                )
    return [line for _, line in numbered], words


def _line(line: str) -> _Line:
    if len(line) > MAX_LINE_CHARS:
        raise ValueError(f"a line has at most {MAX_LINE_CHARS:,} characters, this one {len(line):,}")
    sides = _sides(line)
    if len(sides) > 2:
        raise ValueError("a line has one => at most")
    for terms in sides:
        if not all(terms):
            raise ValueError("a term is empty; a comma or => stands alone")
        if len(terms) > MAX_TERMS:
            raise ValueError(f"a line has at most {MAX_TERMS} terms, this one {len(terms)}")
    if len(sides) == 1 and len(sides[0]) < 2:
        raise ValueError(f"expected two terms or more, separated by commas, got {line.strip()[:80]!r}")
    return sides[0], sides[-1]


def _sides(line: str) -> list[tuple[str, ...]]:
    """The terms on either side of an arrow, or those of the line."""
    if "\\" not in line:
        return [tuple(map(str.strip, side.split(","))) for side in line.split("=>")]
    sides = [[""]]
    for part in _PART.finditer(line):
        if part[0] == ",":
            sides[-1].append("")
        elif part[0] == "=>":
            sides.append([""])
        else:
            sides[-1][-1] += part[1] or part[0]
    return [tuple(term.strip() for term in terms) for terms in sides]


@lru_cache(maxsize=1)
def _bundled() -> Synonyms:
    return Synonyms.load(BUNDLED_PATH)

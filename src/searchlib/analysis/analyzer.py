"""Text to tokens and lemma sets: what indexing, queries and highlighting all share.

Text or a word comes in, tokens with their ordered lemmas go out. The native core does nearly all of it; here
stand the choice of languages, the words that the core declines, and the fingerprint. It knows no fields, no
files, no queries.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from .. import _core
from ..errors import SchemaError
from ..forks import cached_property
from . import english, russian, stemming

_DICTIONARIES: dict[str, Callable[[], object]] = {"en": english.morphology, "ru": russian.native}
_VERSIONS: dict[str, Callable[[], str]] = {"en": english.version, "ru": russian.version}
_SCRIPTS = {"en": "latin", "ru": "cyrillic", **stemming.SCRIPTS}
"""Every language, and the script that routes a word to it."""

_APOSTROPHES = ("'", "’", "ʼ")


class Token(NamedTuple):
    """One token: offsets count code points of the text, whatever normalisation did to the word.

    A hyphenated word gives first the whole, whose span is the number of its parts, then its parts at the same
    position and the next ones.
    """

    text: str
    lemmas: tuple[str, ...]
    position: int
    start: int
    end: int
    span: int


class Match(NamedTuple):
    """A token that meets the groups with these indices, in rising order; offsets as in Token."""

    start: int
    end: int
    position: int
    span: int
    groups: tuple[int, ...]


class Group(Protocol):
    """What `find` looks for: a token with one of the lemmas and, unless None, of the forms (match keys)."""

    @property
    def lemmas(self) -> frozenset[str]: ...

    @property
    def forms(self) -> frozenset[str] | None: ...


class Analyzer:
    """Tokenises text and gives each word its lemmas, the most probable first.

    languages: ISO 639-1 codes. Latin words go to English and Cyrillic ones to Russian if these are among
        them; further languages are stemmed by Snowball. Languages of one script give the union of their
        lemmas, in the order given. () means plain case-folded forms.

    Making one costs milliseconds and `Analyzer.for_languages` keeps it; an analyzer is immutable and may be
    shared by threads, forked and pickled. Raises SchemaError for a language that is not known.

    A word also has the lemmas of the other ways to write it, after its own: "café" cafe, "U.S." us, "colour"
    color; "1,000" is 1000 first. tests/analysis/hard_text.py is the table of what comes of what.

    A token longer than 1,024 bytes of UTF-8 is one token, but only that many bytes of it are looked at.
    """

    def __init__(self, languages: Sequence[str] = ("en", "ru")) -> None:
        self.languages = _checked(languages)
        self.core = _core.Analyzer(
            english=english.morphology() if self._written_in("latin") == ("en",) else None,
            russian=russian.native() if self._written_in("cyrillic") == ("ru",) else None,
            python_scripts=[
                script for script in ("latin", "cyrillic", "arabic") if self._needs_python(script)
            ],
        )

    @classmethod
    def for_languages(cls, languages: Sequence[str]) -> Analyzer:
        """The analyzer of these languages, made once a process."""
        return _kept(_checked(languages))

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The lemmas of a word, the most probable first: «стали» → ("стать", "сталь").

        A hyphenated word is taken whole: «Премьер-министром» → ("премьер-министр",). Of several words, the
        first counts; without any, the tuple is empty. What English appends to words is one: "'re" → ("be",).
        """
        _, analyses = self.core.tokens(word)
        if word[:1] in _APOSTROPHES and self._written_in("latin") == ("en",) and english.is_clitic(word):
            # Running text never has it alone: we're is one token. Corpora that were split into words do.
            analyses = [self.core.analyze(word)]
        return self._resolved(analyses[:1])[0] if analyses else ()

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, by position; a hyphenated whole before its parts."""
        rows, analyses = self.core.tokens(text)
        lemmas = self._resolved(analyses)
        return [
            Token(text[start:end], lemmas[form], position, start, end, span)
            for form, position, start, end, span in rows
        ]

    def find(self, text: str, groups: Sequence[Group]) -> list[Match]:
        """The tokens of a text that meet one of the groups at least, by position."""
        return self.core.find(text, groups, self.resolve, Match)

    def resolve(self, forms: list[str]) -> list[tuple[str, ...]]:
        """The lemmas of forms that the core declined: those of languages that only Python knows."""
        return [self._lemmas_of_form(form) for form in forms]

    @cached_property
    def fingerprint(self) -> str:
        """Rules, Unicode tables and dictionaries in short: "en+ru-" and 16 hexadecimal digits.

        Equal fingerprints give equal tokens and lemmas; the index keeps it.
        """
        facts = [_core.ANALYSIS_RULES, _core.UNICODE_TABLES, self.languages]
        facts += [_VERSIONS[code]() for code in self.languages if code in _VERSIONS]
        if any(code in stemming.SCRIPTS for code in self.languages):
            facts.append(stemming.version())
        text = repr(facts).encode()
        # Two CRCs rather than hashlib, whose import costs every query 3 ms; nobody forges a fingerprint.
        digest = f"{zlib.crc32(text):08x}{_core.crc32c(text):08x}"
        return f"{'+'.join(self.languages) or 'plain'}-{digest}"

    def __repr__(self) -> str:
        return f"Analyzer(languages={self.languages!r})"

    def __reduce__(self) -> tuple[Callable[[Sequence[str]], Analyzer], tuple[tuple[str, ...]]]:
        return type(self).for_languages, (self.languages,)

    def _written_in(self, script: str) -> tuple[str, ...]:
        return tuple(code for code in self.languages if _SCRIPTS[code] == script)

    def _needs_python(self, script: str) -> bool:
        """Whether the core must decline a script: unless one language with a dictionary has it alone."""
        codes = self._written_in(script)
        native = len(codes) == 1 and codes[0] in _DICTIONARIES and _DICTIONARIES[codes[0]]() is not None
        return bool(codes) and not native

    def _resolved(self, analyses: list[tuple[str, tuple[str, ...] | None]]) -> list[tuple[str, ...]]:
        return [self._lemmas_of_form(form) if lemmas is None else lemmas for form, lemmas in analyses]

    def _lemmas_of_form(self, form: str) -> tuple[str, ...]:
        word = _core.fold_case(form)
        found = [
            form_lemma for code in self._written_in(_script_of(word)) for form_lemma in _lemmas(code, word)
        ]
        # The core leaves the capitals to a form that also stands for itself: US → us, we.
        own = [word] if word != form else []
        return tuple(dict.fromkeys(lemma.replace("ё", "е") for lemma in own + found)) or (word,)


def _lemmas(language: str, word: str) -> tuple[str, ...]:
    if language == "en":
        return english.morphology().lemmas(word) or (word,)
    if language == "ru":
        return russian.lemmas(word)
    return (stemming.stemmer(language)(word),)


def _script_of(word: str) -> str:
    letter = next(char for char in word if char.isalpha())
    return "arabic" if letter >= "\u0600" else "cyrillic" if letter >= "\u0400" else "latin"


def _checked(languages: Sequence[str]) -> tuple[str, ...]:
    if isinstance(languages, str):
        raise SchemaError(
            f"languages is a sequence of codes, got the string {languages!r}; write ({languages!r},)"
        )
    unknown = [code for code in languages if code not in _SCRIPTS]
    if unknown:
        raise SchemaError(
            f"unknown languages {unknown}; known are {', '.join(sorted(_SCRIPTS))}, or () for none"
        )
    return tuple(dict.fromkeys(languages))


@lru_cache(maxsize=64)
def _kept(languages: tuple[str, ...]) -> Analyzer:
    return Analyzer(languages)

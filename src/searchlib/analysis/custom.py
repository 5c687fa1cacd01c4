"""A user's own analyzer: a function from a word to its lemmas, in place of the languages' dictionaries.

An index keeps the function's name, and a fingerprint of what it does with some words; code is never loaded
from an index. A program that opens one has made the function known before, by a Text(analyzer=function).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from ..errors import AnalyzerMismatchError, SchemaError, brief
from .language import SCRIPTS, Language

MAX_BYTES = 1024
"""Of a lemma."""

_functions: dict[str, Callable[[str], object]] = {}

# What a fingerprint asks: words of the kinds that stemmers and dictionaries tell apart.
_PROBE_TEXT = (
    "a I the running studies was children's better databases naïve colour organised 3d c++ covid19 x "
    "и я выборы шёл людей ёлка лучшего бежать столами ташкенте президентом оон 5г"
)
_PROBES = tuple(_PROBE_TEXT.split())


def named(function: object) -> str:
    """The name that an index keeps of a function, which is known by it from now on; SchemaError."""
    if isinstance(function, str):
        return function  # as an index has it
    if not callable(function):
        raise SchemaError(
            f"analyzer is a function from a word to its lemmas, got {type(function).__name__}: "
            f"{brief(function)}"
        )
    name = getattr(function, "__qualname__", None) or getattr(function, "name", None)
    if not isinstance(name, str) or not name or "<lambda>" in name:
        raise SchemaError(
            "an analyzer has a name, by which the index knows it: write a def, or give the object a `name`; "
            f"got {brief(function)}"
        )
    full = f"{getattr(function, '__module__', '')}:{name}"
    _functions[full] = function
    return full


class CustomLanguage(Language):
    """A function as a language of all scripts."""

    scripts = SCRIPTS

    def __init__(self, name: str) -> None:
        """AnalyzerMismatchError if no function of that name is known."""
        if name not in _functions:
            raise AnalyzerMismatchError(
                f"the index was made with the analyzer {name}, which this program does not know; import its "
                f"function and make a Text(analyzer=…) of it before the index is opened"
            )
        self.code, self._function = name, _functions[name]

    def lemmas(self, word: str) -> tuple[str, ...]:
        found = self._function(word)
        given = (found,) if isinstance(found, str) else found
        if not isinstance(given, Iterable) or isinstance(given, bytes):
            raise self._wrong(word, found)
        lemmas = tuple(given)
        for lemma in lemmas:
            if not isinstance(lemma, str) or not _is_lemma(lemma):
                raise self._wrong(word, found)
        return tuple(lemma for lemma in lemmas if lemma)

    def version(self) -> str:
        version = getattr(self._function, "version", "")
        said = repr([self.lemmas(word) for word in _PROBES]).encode()
        return f"{self.code} {version} {zlib.crc32(said):08x}"

    def _wrong(self, word: str, found: object) -> SchemaError:
        return SchemaError(
            f"the analyzer {self.code} gives a lemma or several, strings of {MAX_BYTES:,} bytes at most; of "
            f"{brief(word)} it gave {type(found).__name__}: {brief(found)}"
        )


def _is_lemma(lemma: str) -> bool:
    try:
        return len(lemma.encode()) <= MAX_BYTES
    except UnicodeEncodeError:
        return False

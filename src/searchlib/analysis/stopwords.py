"""Function words, for queries: "the" and «который» do not say what a text is about.

Each language has its own list, and a word is looked up as its user typed it. Stopwords are indexed like all
words, since phrases need them; a query drops them unless nothing else is left or the user insists. Query
syntax and lemmas are not known here.
"""

from __future__ import annotations

from .. import _core
from ..lean import lru_cache
from .languages import DEFAULT_LANGUAGES, language


@lru_cache(maxsize=16)
def _words(languages: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(language(code).stopwords() for code in languages))


_DEFAULT = frozenset(DEFAULT_LANGUAGES)


def is_stopword(word: str, languages: frozenset[str] = _DEFAULT) -> bool:
    """Whether a word, as typed, is a function word of one of the languages: "us" and «И» are, "US" is not.

    Languages without a dictionary have none here. Two to five capitals are taken for a name (US, IT, ОНА),
    as in the analyzer; May is a month. Punctuation around the word is no part of it: «what?». KeyError for a
    code that is not known.
    """
    word = bare(word)
    if "/" in word:  # and/or
        parts = [part for part in word.split("/") if part]
        return bool(parts) and all(is_stopword(part, languages) for part in parts)
    if word == "May" or (2 <= len(word) <= 5 and word.isalpha() and word.isupper()):
        return False
    form, _ = _plain().analyze(word)
    return _core.match_key(form) in _words(languages)


def is_among(word: str, words: tuple[str, ...]) -> bool:
    """Whether a word, as typed, is one of somebody's own stopwords: case and ё do not count."""
    return _core.match_key(bare(word)) in _keys(words)


@lru_cache(maxsize=16)
def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_core.match_key, words))


def bare(word: str) -> str:
    """A word as typed without the punctuation around it: "what?", «Лукашенко», (the. What is no more stays.

    C++, C#, .NET and -5 keep what makes them.
    """
    if word.isalnum():
        return word
    return word.lstrip(_OPENING).rstrip(_CLOSING) or word


_OPENING = "«»“”„‟‘’‚‹›\"'`´([{<¿¡…—–,;:!?"
_CLOSING = "«»“”„‟‘’‚‹›\"'`´)]}>….,;:!?—–"


@lru_cache(maxsize=1)
def _plain() -> _core.Analyzer:
    return _core.Analyzer()

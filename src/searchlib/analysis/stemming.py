"""NLTK's Snowball stemmers for the languages that have no dictionary here, and for comparison.

A stemmer is chosen by its language's code and takes case-folded words. nltk takes a second to import, so that
is done when the first word is stemmed. Tokens are not known here, and of scripts only which one a language
has.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from .language import Language

SCRIPTS = {
    "ar": "arabic",
    "da": "latin",
    "de": "latin",
    "en-snowball": "latin",
    "es": "latin",
    "fi": "latin",
    "fr": "latin",
    "hu": "latin",
    "it": "latin",
    "nl": "latin",
    "no": "latin",
    "pt": "latin",
    "ro": "latin",
    "ru-snowball": "cyrillic",
    "sv": "latin",
}
"""The script that each language is written in, by its ISO 639-1 code. English and Russian have dictionaries;
their stemmers are here to be compared with."""

_STEMMERS = {
    "ar": "ArabicStemmer",
    "da": "DanishStemmer",
    "de": "GermanStemmer",
    "en-snowball": "EnglishStemmer",
    "es": "SpanishStemmer",
    "fi": "FinnishStemmer",
    "fr": "FrenchStemmer",
    "hu": "HungarianStemmer",
    "it": "ItalianStemmer",
    "nl": "DutchStemmer",
    "no": "NorwegianStemmer",
    "pt": "PortugueseStemmer",
    "ro": "RomanianStemmer",
    "ru-snowball": "RussianStemmer",
    "sv": "SwedishStemmer",
}


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """The function from a case-folded word to its stem; KeyError for a code that is not in SCRIPTS.

    The algorithms are Martin Porter's Snowball family (https://snowballstem.org), as nltk implements them.
    """
    from nltk.stem import snowball

    stem: Callable[[str], str] = getattr(snowball, _STEMMERS[language])().stem
    return lambda word: stem(word) or word


def version() -> str:
    """Which stemmers these are, for the analyzer's fingerprint."""
    # Slow to import, and only these languages need it.
    from importlib.metadata import version as package_version

    return f"nltk {package_version('nltk')}"


class Stemmed(Language):
    """A language of the registry that has only stems, or the stems of one that has a dictionary."""

    def __init__(self, code: str, stands_for: Language | None = None) -> None:
        """stands_for: the language whose lemmas these stems replace. KeyError for a code not in SCRIPTS."""
        self.code, self.scripts = code, (SCRIPTS[code],)
        self._stands_for = stands_for

    def lemmas(self, word: str) -> tuple[str, ...]:
        return (stemmer(self.code)(word),)

    def version(self) -> str:
        return version()

    def stopwords(self) -> frozenset[str]:
        """Those of its dictionary, if stems stand in for one."""
        return frozenset() if self._stands_for is None else self._stands_for.stopwords()

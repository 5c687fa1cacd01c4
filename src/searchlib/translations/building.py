"""From the pairs of a dictionary to the lines of a table: keys that are lemmas, translations by probability.

A headword is found by the lemmas of its words, so that a query may have it in any form. The core makes keys
and lines (translations/table_rows.hpp), for there are a hundred thousand; which terms are looked up is said
here. What is on disk beside the lines is not known.
"""

from __future__ import annotations

from .. import _core
from ..analysis.analyzer import Analyzer
from ..analysis.languages import DEFAULT_LANGUAGES
from ..analysis.stopwords import is_stopword
from ..errors import SourceError
from .compiled import ROOT, UNITS
from .contract import MAX_WORDS, Dictionary, Lines

MAX_OF_WORD = 64
"""Translations of one word that are kept, the most probable."""

_TERMS_AT_ONCE = 50_000


def lines_of(dictionary: Dictionary) -> Lines:
    """The lines of all pairs; SourceError if no pair is of use, for then the file is another."""
    keys, refused = _keys(dictionary)
    body, num_keys, max_words, useless = _core.translation_lines(
        dictionary.pairs, keys, MAX_OF_WORD, UNITS, ROOT
    )
    for word, translation in useless:
        dictionary.left_out[refused.get(word) or refused[translation]] += 1
    if not num_keys:
        raise SourceError(
            f"{dictionary.name}: no translation was found; is it a bilingual dictionary, in UTF-8?"
        )
    return Lines(body, num_keys, max_words)


def _keys(dictionary: Dictionary) -> tuple[dict[str, str], dict[str, str]]:
    """Under which lemmas each term is looked up, "" if it is not; and why those are not."""
    named = list(dict.fromkeys([word for word, _ in dictionary.pairs]))  # of either side: pairs go both ways
    analyzer = Analyzer.for_languages(DEFAULT_LANGUAGES)
    keys: dict[str, str] = {}
    refused: dict[str, str] = {}
    for begin in range(0, len(named), _TERMS_AT_ONCE):
        terms = named[begin : begin + _TERMS_AT_ONCE]
        found = _core.keys_of_terms(analyzer.core, terms, analyzer.resolve)
        for term, (num_words, key) in zip(terms, found, strict=True):
            if not 1 <= num_words <= MAX_WORDS:
                refused[term] = f"more than {MAX_WORDS} words" if num_words else "a side without a word"
            elif num_words == 1 and is_stopword(term.lower()):
                refused[term] = "a stopword"
            else:
                keys[term] = key
                continue
            keys[term] = ""
    return keys, refused

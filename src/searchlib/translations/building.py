"""From the pairs of a dictionary to the rows of a table: keys that are lemmas, translations by probability.

A headword is found by the lemmas of its words, so that a query may have it in any form. What is on disk is
not known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .. import _core
from ..analysis.stopwords import is_stopword
from ..errors import SourceError
from ..synonyms.table import words_of_terms
from .contract import MAX_WORDS, Dictionary

MAX_OF_WORD = 64
"""Translations of one word that are kept, the most probable."""
UNITS = 1000
"""A probability in a table is a whole number of this."""

_TERMS_AT_ONCE = 50_000


class Rows(NamedTuple):
    """translations: of a key, with probabilities. roots: of a Russian root, the keys that have it."""

    translations: dict[str, list[tuple[str, int]]]
    roots: dict[str, list[str]]
    max_words: int


def rows_of(dictionary: Dictionary) -> Rows:
    """The rows of all pairs; SourceError if no pair is of use, for then the file is another."""
    terms = _terms(dictionary)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for (word, translation), weight in dictionary.pairs.items():
        reason = terms[word].reason or terms[translation].reason
        if reason:
            dictionary.left_out[reason] += 1
        elif (key := terms[word].key) != terms[translation].key:
            row = weights[key]
            row[translation] = max(weight, row.get(translation, 0.0))
    if not weights:
        raise SourceError(
            f"{dictionary.name}: no translation was found; is it a bilingual dictionary, in UTF-8?"
        )
    rows = {key: _row(weights[key]) for key in weights}
    roots: dict[str, list[str]] = defaultdict(list)
    for key in sorted(rows):
        if " " not in key and (root := _core.russian_root(key)):
            roots[root].append(key)
    return Rows(rows, dict(roots), max(key.count(" ") + 1 for key in rows))


class _Term(NamedTuple):
    """key: under which lemmas it is looked up. reason: why it is not; "" if it is."""

    key: str
    reason: str


def _terms(dictionary: Dictionary) -> dict[str, _Term]:
    """The terms of all pairs, analysed a batch at a time."""
    named = list(dict.fromkeys(word for word, _ in dictionary.pairs))  # of either side: pairs go both ways
    found: dict[str, _Term] = {}
    for begin in range(0, len(named), _TERMS_AT_ONCE):
        words = words_of_terms(named[begin : begin + _TERMS_AT_ONCE])
        found.update((term, _term(term, its)) for term, its in words.items())
    return found


def _term(term: str, words: Sequence[Sequence[str]]) -> _Term:
    """A term of these words: by the likeliest lemma of each, or by itself if that is one of its lemmas."""
    if not 1 <= len(words) <= MAX_WORDS:
        return _Term("", f"more than {MAX_WORDS} words" if words else "a side without a word")
    if len(words) > 1:
        return _Term(" ".join(lemmas[0] for lemmas in words), "")
    if is_stopword(term.lower()):
        return _Term("", "a stopword")
    own = _core.match_key(term)
    return _Term(own if own in words[0] else words[0][0], "")


def _row(weights: Mapping[str, float]) -> list[tuple[str, int]]:
    if len(weights) == 1:
        return [(next(iter(weights)), UNITS)]
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_OF_WORD]
    best = ordered[0][1]
    total = sum(weight / best for _, weight in ordered)  # no sum of huge weights
    return [(translation, max(1, round(UNITS * (weight / best / total)))) for translation, weight in ordered]

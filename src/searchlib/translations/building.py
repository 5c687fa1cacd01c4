"""From the pairs of a dictionary to the rows of a table: keys that are lemmas, translations by probability.

A headword is found by the lemmas of its words, so that a query may have it in any form. What is on disk is
not known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
    words = _words(dictionary)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    max_words = 1
    for (term, translation), weight in dictionary.pairs.items():
        if not 1 <= len(words[translation]) <= MAX_WORDS:
            dictionary.left_out[_reason(words[translation])] += 1
        elif is_stopword(translation.lower()):
            dictionary.left_out["a translation that is a stopword"] += 1
        elif 1 <= len(words[term]) <= MAX_WORDS and words[term] != words[translation]:
            row = weights[key_of(term, words[term])]
            row[translation] = max(weight, row.get(translation, 0.0))
            max_words = max(max_words, len(words[term]))
    if not weights:
        raise SourceError(
            f"{dictionary.name}: no translation was found; is it a bilingual dictionary, in UTF-8?"
        )
    rows = {key: _row(weights[key]) for key in weights}
    roots: dict[str, list[str]] = defaultdict(list)
    for key in sorted(rows):
        if " " not in key and (root := _core.russian_root(key)):
            roots[root].append(key)
    return Rows(rows, dict(roots), max_words)


def key_of(term: str, words: Sequence[Sequence[str]]) -> str:
    """Under which lemmas a headword is looked up: the likeliest of each word, or itself if it is one."""
    own = _core.match_key(term)
    return own if len(words) == 1 and own in words[0] else " ".join(lemmas[0] for lemmas in words)


def _row(weights: Mapping[str, float]) -> list[tuple[str, int]]:
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_OF_WORD]
    total = sum(weight / ordered[0][1] for _, weight in ordered)  # no sum of huge weights
    return [
        (translation, max(1, round(UNITS * (weight / ordered[0][1]) / total))) for translation, weight in ordered
    ]


def _words(dictionary: Dictionary) -> dict[str, Sequence[Sequence[str]]]:
    """The lemmas of each word of each term, a batch at a time."""
    words: dict[str, Sequence[Sequence[str]]] = {}
    for batch in _batches(list(dict.fromkeys(term for term, _ in dictionary.pairs))):
        words.update(words_of_terms(batch))
    return words


def _batches(terms: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(terms), _TERMS_AT_ONCE):
        yield terms[begin : begin + _TERMS_AT_ONCE]


def _reason(words: Sequence[object]) -> str:
    return f"more than {MAX_WORDS} words" if words else "a side without a word"

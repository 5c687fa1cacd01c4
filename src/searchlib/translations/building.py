"""From the pairs of a dictionary to the rows of a table: keys that are lemmas, translations by probability.

A headword is found by the lemmas of its words, so that a query may have it in any form. What is on disk is
not known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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
    keys, refused = _keys(dictionary)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for (word, translation), weight in dictionary.pairs.items():
        key, other = keys[word], keys[translation]
        if not key or not other:
            dictionary.left_out[refused.get(word) or refused[translation]] += 1
        elif key != other:
            row = weights[key]
            if weight > row.get(translation, 0.0):
                row[translation] = weight
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


def _keys(dictionary: Dictionary) -> tuple[dict[str, str], dict[str, str]]:
    """Under which lemmas each term is looked up, "" if it is not; and why those are not."""
    named = list(dict.fromkeys([word for word, _ in dictionary.pairs]))  # of either side: pairs go both ways
    keys: dict[str, str] = {}
    refused: dict[str, str] = {}
    for begin in range(0, len(named), _TERMS_AT_ONCE):
        for term, words in words_of_terms(named[begin : begin + _TERMS_AT_ONCE]).items():
            keys[term] = ""
            if not 1 <= len(words) <= MAX_WORDS:
                refused[term] = f"more than {MAX_WORDS} words" if words else "a side without a word"
            elif len(words) > 1:
                keys[term] = " ".join([lemmas[0] for lemmas in words])
            elif is_stopword(term.lower()):
                refused[term] = "a stopword"
            else:
                own, lemmas = _core.match_key(term), words[0]
                keys[term] = own if own in lemmas else lemmas[0]
    return keys, refused


def _row(weights: Mapping[str, float]) -> list[tuple[str, int]]:
    if len(weights) == 1:
        return [(next(iter(weights)), UNITS)]
    ordered = sorted([(-weight, term) for term, weight in weights.items()])[:MAX_OF_WORD]
    best = ordered[0][0]
    shares = [weight / best for weight, _ in ordered]  # no sum of huge weights
    total = sum(shares)
    return [
        (term, round(UNITS * (share / total)) or 1) for share, (_, term) in zip(shares, ordered, strict=True)
    ]

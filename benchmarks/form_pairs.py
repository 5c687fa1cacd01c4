"""Pairs of forms: do two forms of one lemma find each other, and do strangers?

Of an analyzer and gold words it gives recall and false matches, beside those of the first lemma and of
Snowball's stems. It knows no files.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from searchlib import Analyzer
from searchlib.analysis import english, russian, stemming

CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV"))

Sets = Callable[[str], frozenset[str]]


class GoldWord(NamedTuple):
    """A form as it stands in the treebank, its lemma, its part of speech, and how many tokens have them."""

    form: str
    lemma: str
    pos: str
    tokens: int


def fold(word: str) -> str:
    """What is compared: case and ё do not count, nor an abbreviation's full stop, which no token here
    includes.
    """
    return word.lower().replace("ё", "е").rstrip(".") or word


def pair_figures(language: str, gold: list[GoldWord], analyzer: Analyzer) -> dict[str, float]:
    """Over distinct forms of content words. A typo is a form as well in a treebank («definately»); the pairs
    of forms that a dictionary has are counted apart.

    Strangers are pairs of different lemmas with the same three first letters.
    """
    lemmas: dict[str, set[str]] = defaultdict(set)
    for word in gold:
        if word.pos in CONTENT and word.form.replace("-", "").isalpha() and len(word.form) > 1:
            lemmas[fold(word.form)].add(f"{fold(word.lemma)} {word.pos}")
    stem = stemming.stemmer(f"{language}-snowball")
    ways: dict[str, Sets] = {
        "": lambda form: frozenset(analyzer.lemmas(form)),
        ", first lemma": lambda form: frozenset(analyzer.lemmas(form)[:1]),
        ", Snowball": lambda form: frozenset((stem(form),)),
    }
    relatives = matching_pairs(lemmas)
    without_pos = {form: {lemma.rpartition(" ")[0] for lemma in found} for form, found in lemmas.items()}
    family = matching_pairs(without_pos)
    by_start = Counter(form[:3] for form in lemmas)
    strangers = sum(count * (count - 1) // 2 for count in by_start.values()) - len(family)
    known = _known(language)
    in_dictionary = {pair for pair in relatives if all(map(known, pair))}
    figures = {"pairs": float(len(relatives)), "pairs of dictionary words": float(len(in_dictionary))}
    for name, sets in ways.items():
        matched = matching_pairs({form: sets(form) for form in lemmas})
        figures[f"pair recall{name}"] = len(relatives & matched) / len(relatives)
        figures[f"pair recall, dictionary words{name}"] = len(in_dictionary & matched) / len(in_dictionary)
        figures[f"false pairs{name}"] = len(matched - family) / strangers
    return figures


def matching_pairs(sets: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """The pairs of keys whose sets meet."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(sets):
        for member in sets[key]:
            holders[member].append(key)
    return {pair for keys in holders.values() for pair in itertools.combinations(keys, 2)}


def _known(language: str) -> Callable[[str], bool]:
    if language == "en":
        return english.morphology().known
    morphology = russian.native()
    return morphology.known if morphology is not None else lambda word: True

"""Lemma quality on gold treebank words: `python -m benchmarks lemmas`.

Files of form, lemma, part of speech and count go in (SEARCHLIB_DATA/lemmas); a table for each language comes
out, with the most frequent errors. Words are asked one by one, without context, as an index asks them.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from searchlib import Analyzer
from searchlib.analysis import stemming

DATA = Path(os.environ.get("SEARCHLIB_DATA", Path(__file__).parents[2] / "shared" / "data"))
CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV"))
TARGETS = {
    "ru": {"first": 0.93, "among all": 0.96, "pair recall": 0.97, "false pairs": -0.015},
    "en": {"first": 0.97},
}
"""At least so much; at most, if below 0."""

Sets = Callable[[str], frozenset[str]]


class GoldWord(NamedTuple):
    """A form as it stands in the treebank, its lemma, its part of speech, and how many tokens have them."""

    form: str
    lemma: str
    pos: str
    tokens: int


@dataclass(frozen=True)
class Quality:
    """Figures by name, and the words whose first lemma is wrong: (form, gold, answer) with their number of
    tokens.
    """

    figures: dict[str, float]
    errors: Counter[tuple[str, str, tuple[str, ...]]]


def read_gold(path: Path) -> list[GoldWord]:
    """The words of one file; punctuation left out."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [GoldWord(form, lemma, pos, int(count)) for form, lemma, pos, count in rows if pos != "PUNCT"]


def fold(word: str) -> str:
    """What is compared: case and ё do not count, nor an abbreviation's full stop, which no token here
    includes.
    """
    return word.lower().replace("ё", "е").rstrip(".") or word


def measure(language: str, gold: list[GoldWord], analyzer: Analyzer) -> Quality:
    """Accuracy is by tokens.

    Tokens that are several words here (dates, addresses) are counted as `split`, and not judged.
    """
    total = sum(word.tokens for word in gold)
    judged = [word for word in gold if _is_one_word(analyzer, word.form)]
    tokens = sum(word.tokens for word in judged)
    answers = {word.form: analyzer.lemmas(word.form) or (fold(word.form),) for word in judged}
    right = sum(word.tokens for word in judged if answers[word.form][0] == fold(word.lemma))
    among = sum(word.tokens for word in judged if fold(word.lemma) in answers[word.form])
    errors: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for word in judged:
        if answers[word.form][0] != fold(word.lemma):
            errors[word.form, word.lemma, answers[word.form]] += word.tokens
    return Quality(
        {
            "tokens": total,
            "split": 1 - tokens / total,
            "first": right / tokens,
            "among all": among / tokens,
            "lemmas a token": sum(word.tokens * len(answers[word.form]) for word in judged) / tokens,
            "B³ F": b_cubed((answers[word.form][0], fold(word.lemma), word.tokens) for word in judged),
            **_pair_figures(language, gold, analyzer),
        },
        errors,
    )


def _is_one_word(analyzer: Analyzer, form: str) -> bool:
    tokens = analyzer.tokens(form)
    return len(tokens) == 1 or (len(tokens) > 1 and tokens[0].span > 1) or not any(map(str.isalnum, form))


def b_cubed(items: Iterable[tuple[str, str, int]]) -> float:
    """F of B³ (Bagga and Baldwin, 1998) over (cluster, gold cluster, tokens): how well forms of one lemma
    come together.
    """
    cells: Counter[tuple[str, str]] = Counter()
    for cluster, lemma, count in items:
        cells[cluster, lemma] += count
    clusters: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    for (cluster, lemma), count in cells.items():
        clusters[cluster] += count
        lemmas[lemma] += count
    total = sum(cells.values())
    precision = sum(count * count / clusters[cluster] for (cluster, _), count in cells.items()) / total
    recall = sum(count * count / lemmas[lemma] for (_, lemma), count in cells.items()) / total
    return 2 * precision * recall / (precision + recall)


# ---- pairs of forms: do two forms of one lemma find each other, and do strangers?


def _pair_figures(language: str, gold: list[GoldWord], analyzer: Analyzer) -> dict[str, float]:
    """Over distinct forms of content words.

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
    figures = {"pairs": float(len(relatives))}
    for name, sets in ways.items():
        matched = matching_pairs({form: sets(form) for form in lemmas})
        figures[f"pair recall{name}"] = len(relatives & matched) / len(relatives)
        figures[f"false pairs{name}"] = len(matched - family) / strangers
    return figures


def matching_pairs(sets: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """The pairs of keys whose sets meet."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(sets):
        for member in sets[key]:
            holders[member].append(key)
    return {pair for keys in holders.values() for pair in itertools.combinations(keys, 2)}


# ---- the report


def _check(language: str, figures: dict[str, float]) -> list[str]:
    lines = []
    for name, target in TARGETS[language].items():
        met = figures[name] >= target if target > 0 else figures[name] <= -target
        bound = f"{'≥' if target > 0 else '≤'} {abs(target)}"
        lines.append(f"{language}: {name} {figures[name]:.4f} {bound}: {'met' if met else 'MISSED'}")
    return lines


def main(arguments: list[str]) -> int:
    """Prints the tables; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks lemmas", description=__doc__)
    parser.add_argument("--errors", type=int, default=25, help="how many errors to show for each language")
    options = parser.parse_args(arguments)
    files = sorted((DATA / "lemmas").glob("lemmas_*.tsv"))
    if not files:
        print(f"no gold lemmas in {DATA / 'lemmas'}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    analyzer = Analyzer()
    results = {path.stem: measure(path.stem.split("_")[1], read_gold(path), analyzer) for path in files}
    names = list(dict.fromkeys(name for result in results.values() for name in result.figures))
    print("| | " + " | ".join(results) + " |\n|---|" + "---|" * len(results))
    for name in names:
        values = (result.figures.get(name, 0.0) for result in results.values())
        print(f"| {name} | " + " | ".join(f"{v:,.0f}" if v >= 100 else f"{v:.4f}" for v in values) + " |")
    checks = [line for stem, result in results.items() for line in _check(stem.split("_")[1], result.figures)]
    print("\n" + "\n".join(checks))
    for stem, result in results.items():
        print(f"\n{stem}, the most frequent errors: tokens, form → first lemma (all), gold")
        for (form, lemma, answer), count in result.errors.most_common(options.errors):
            print(f"{count:5} {form} → {', '.join(answer)}   gold {lemma}")
    return int(any("MISSED" in line for line in checks))

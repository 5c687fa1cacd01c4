"""Lemma quality on gold treebank words: `python -m benchmarks lemmas [--errors 25] [--half 0]`.

The gold words are files of form, lemma, part of speech and count (SEARCHLIB_DATA/lemmas). Printed are the
figures with their targets, by part of speech, and the most frequent errors. Words are asked one by one,
without context, as an index asks them.
"""

from __future__ import annotations

import argparse
import os
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from searchlib import Analyzer

from .form_pairs import GoldWord, fold, pair_figures
from .verdicts import Verdict

DATA = Path(os.environ.get("SEARCHLIB_DATA", Path(__file__).parents[2] / "shared" / "data"))
TARGETS = {
    "ru": {"first": 0.93, "among all": 0.96, "pair recall": 0.97, "false pairs": -0.015},
    "en": {"first": 0.97, "pair recall, dictionary words": 0.97, "false pairs": -0.015},
}
"""At least so much; at most, if below 0."""

Answer = tuple[str, ...]
"""Lemmas, the first one first."""


class Tally(NamedTuple):
    """Tokens in all, those whose first lemma is right, those whose lemma is among all."""

    tokens: int
    first: int
    among: int


@dataclass(frozen=True)
class Quality:
    """errors: words whose first lemma is wrong, (form, gold, part of speech, answer), with their tokens."""

    figures: dict[str, float]
    by_pos: dict[str, Tally]
    errors: Counter[tuple[str, str, str, Answer]]


def read_gold(path: Path) -> list[GoldWord]:
    """The words of one file; punctuation left out."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [GoldWord(form, lemma, pos, int(count)) for form, lemma, pos, count in rows if pos != "PUNCT"]


def half_of(gold: list[GoldWord], half: int) -> list[GoldWord]:
    """The words of one half of the lemmas: what a rule was made for on one must hold on the other."""
    return [word for word in gold if zlib.crc32(fold(word.lemma).encode()) % 2 == half]


def measure(language: str, gold: list[GoldWord], analyzer: Analyzer) -> Quality:
    """Accuracy is by tokens.

    Tokens that are several words here (dates, addresses) are counted as `split`, and not judged.
    """
    total = sum(word.tokens for word in gold)
    judged = [word for word in gold if _is_one_word(analyzer, word.form)]
    answers = {word.form: analyzer.lemmas(word.form) or (fold(word.form),) for word in judged}
    by_pos: dict[str, Tally] = defaultdict(lambda: Tally(0, 0, 0))
    errors: Counter[tuple[str, str, str, Answer]] = Counter()
    for word in judged:
        answer, lemma, tally = answers[word.form], fold(word.lemma), by_pos[word.pos]
        right, among = word.tokens * (answer[0] == lemma), word.tokens * (lemma in answer)
        by_pos[word.pos] = Tally(tally.tokens + word.tokens, tally.first + right, tally.among + among)
        if not right:
            errors[word.form, word.lemma, word.pos, answer] += word.tokens
    tokens, first, among = (sum(column) for column in zip(*by_pos.values(), strict=True))
    figures = {
        "tokens": total,
        "split": 1 - tokens / total,
        "first": first / tokens,
        "among all": among / tokens,
        "lemmas a token": sum(word.tokens * len(answers[word.form]) for word in judged) / tokens,
        "B³ F": b_cubed((answers[word.form][0], fold(word.lemma), word.tokens) for word in judged),
        **pair_figures(language, gold, analyzer),
    }
    return Quality(figures, dict(by_pos), errors)


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


# ---- the report


def language_of(treebank: str) -> str:
    """lemmas_en_ewt_devtest is English."""
    return treebank.split("_")[1]


def verdicts(treebank: str, figures: dict[str, float]) -> list[Verdict]:
    """Each target of the treebank's language."""
    found = []
    for name, target in TARGETS[language_of(treebank)].items():
        value, most = figures[name], -target
        text = f"{treebank}, {name}: {value:.4f}, at {'least' if target > 0 else 'most'} {abs(target)}"
        if name.endswith("dictionary words"):
            text += f" (of all words, slips of the pen too: {figures['pair recall']:.4f})"
        found.append(Verdict(value >= target if target > 0 else value <= most, text))
    return found


def figures_table(results: dict[str, Quality]) -> str:
    """Markdown: a figure a row, a treebank a column."""
    lines = ["| | " + " | ".join(results) + " |", "|---|" + "---|" * len(results)]
    for name in dict.fromkeys(name for result in results.values() for name in result.figures):
        cells = []
        for result in results.values():
            value = result.figures[name]
            shown = f"{value:,.0f}" if value >= 100 else f"{value:.4f}"
            cells.append(shown)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def parts_table(result: Quality) -> str:
    """Markdown: the parts of speech, those with the most errors first."""
    wrong = sum(tally.tokens - tally.first for tally in result.by_pos.values())
    rows = sorted(result.by_pos.items(), key=lambda row: row[1].first - row[1].tokens)
    lines = ["| part of speech | tokens | first | among all | share of errors |", "|---|---|---|---|---|"]
    for pos, (tokens, first, among) in rows:
        share = (tokens - first) / wrong if wrong else 0
        lines.append(f"| {pos} | {tokens:,} | {first / tokens:.4f} | {among / tokens:.4f} | {share:.1%} |")
    return "\n".join(lines)


def errors_table(result: Quality, count: int) -> str:
    """Markdown: the most frequent errors."""
    lines = ["| tokens | form | first lemma (others) | gold | |", "|---|---|---|---|---|"]
    for (form, lemma, pos, answer), tokens in result.errors.most_common(count):
        others = f" ({', '.join(answer[1:])})" if answer[1:] else ""
        lines.append(f"| {tokens} | {form} | {answer[0]}{others} | {lemma} | {pos} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Prints the tables; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks lemmas", description=__doc__)
    parser.add_argument("--errors", type=int, default=25, help="how many errors to show for each treebank")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the lemmas")
    options = parser.parse_args(arguments)
    files = sorted((DATA / "lemmas").glob("lemmas_*.tsv"))
    if not files:
        print(f"no gold lemmas in {DATA / 'lemmas'}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    analyzer = Analyzer()
    results = {}
    for path in files:
        gold = read_gold(path)
        judged = gold if options.half is None else half_of(gold, options.half)
        results[path.stem] = measure(language_of(path.stem), judged, analyzer)
    print(figures_table(results))
    for treebank, result in results.items():
        print(f"\n{treebank}\n\n{parts_table(result)}\n\n{errors_table(result, options.errors)}")
    print()
    targets = [
        verdict for treebank, result in results.items() for verdict in verdicts(treebank, result.figures)
    ]
    for verdict in targets:
        print(verdict)
    return int(not all(verdict.met for verdict in targets))

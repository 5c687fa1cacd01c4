"""Ranking quality on test collections: `python -m benchmarks ranking [--study] [--readme]`.

It prints tables of nDCG@10, MRR@10 and R@100 over the collections of SEARCHLIB_DATA for plain forms, stems,
first lemmas and lemma sets, all through the same engine, and checks the project's targets. --study adds what
was tried besides; --readme also writes the table of the results' README.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from pathlib import Path

from searchlib import Index
from searchlib.evaluation import (
    MEASURES,
    Collection,
    Measured,
    compare,
    index_collection,
    measure,
    read_collection,
)
from searchlib.evaluation.collection import Queries

from .lemmas import DATA
from .reinflection import Inflector
from .variants import BASELINES, DEFAULT, SETS, STUDY, Variant
from .verdicts import Verdict
from .vocabulary import PROJECT, RESULTS

NAMES = (
    "cranfield",
    "cisi",
    "scifact_train",
    "xquad_en",
    "xquad_en_sentences",
    "xquad_ru",
    "xquad_ru_sentences",
    "known_ru_vsdocs",
)
"""xquad_cross asks in one language about texts in the other: a matter of `cross_script`, not of ranking."""

REINFLECTED = ("xquad_en", "xquad_en_sentences", "xquad_ru", "xquad_ru_sentences")
FILES = ("docs.jsonl.gz", "queries.jsonl", "qrels.tsv")
SEED = 20_260
_MARKS = re.compile(r"(?<=<!-- ranking -->\n).*?(?=<!-- /ranking -->)", re.DOTALL)

Row = dict[str, Measured]


class Laboratory:
    """The collections, and the indexes that variants made of them."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self.collections: dict[str, Collection] = {
            name: read_collection(
                *(folder / name / file for file in ("docs.jsonl.gz", "queries.jsonl", "qrels.tsv"))
            )
            for name in names
        }
        self._indexes: dict[tuple[object, ...], Index] = {}

    def measured(self, variant: Variant, name: str, queries: Queries | None = None) -> Measured:
        """A variant's measures on a collection, or on other wordings of its queries."""
        collection = self.collections[name]
        key = (
            name,
            variant.configuration.replace(ranking="bm25"),
            variant.analyzer,
        )  # it is for queries alone
        if key not in self._indexes:
            with variant.applied():
                self._indexes[key] = index_collection(collection.documents(), variant.configuration)
        run = variant.run(self._indexes[key], queries or collection.queries)
        judged = {query: found for query, found in collection.qrels.items() if query in collection.queries}
        return measure(judged, run)

    def row(self, variant: Variant) -> Row:
        """A variant on all collections."""
        return {name: self.measured(variant, name) for name in self.collections}


def mean(row: Row, measure_name: str = "nDCG@10") -> float:
    """Over the collections, each counting alike."""
    return sum(found.mean[measure_name] for found in row.values()) / len(row)


def table(rows: dict[str, Row], measure_name: str) -> str:
    """Markdown; the best of each column in bold."""
    names = list(next(iter(rows.values())))
    lines = [
        f"| {measure_name} | " + " | ".join([*names, "mean"]) + " |",
        "|---|" + "---|" * (len(names) + 1),
    ]
    columns = {
        label: [row[name].mean[measure_name] for name in names] + [mean(row, measure_name)]
        for label, row in rows.items()
    }
    best = [max(column) for column in zip(*columns.values(), strict=True)]
    for label, values in columns.items():
        cells = (f"**{v:.4f}**" if v == top else f"{v:.4f}" for v, top in zip(values, best, strict=True))
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def reinflected(laboratory: Laboratory, rows: dict[str, Variant]) -> dict[str, dict[str, float]]:
    """What each variant loses in nDCG@10 when queries have other forms of their words."""
    inflector = Inflector()
    losses: dict[str, dict[str, float]] = {label: {} for label in rows}
    for name in REINFLECTED:
        if name not in laboratory.collections:
            continue
        chance = random.Random(SEED)
        queries = laboratory.collections[name].queries
        changed = {query: inflector.changed(text, chance) for query, text in queries.items()}
        for label, variant in rows.items():
            before, after = laboratory.measured(variant, name), laboratory.measured(variant, name, changed)
            losses[label][name] = before.mean["nDCG@10"] - after.mean["nDCG@10"]
    return losses


def checks(rows: dict[str, Row], losses: dict[str, dict[str, float]]) -> list[Verdict]:
    """Each target: whether it is met, and in words."""
    default = rows[DEFAULT]
    results = []
    for name, found in default.items():
        rivals = {label: rows[label][name].mean["nDCG@10"] for label in BASELINES}
        best = max(rivals, key=lambda label: rivals[label])
        value = found.mean["nDCG@10"]
        p = compare(rows[best][name].values("nDCG@10"), found.values("nDCG@10")).p
        text = (
            f"{name}: {value:.4f}, {value - rivals[best]:+.4f} from {best} (p = {p:.3f}), at most .005 below"
        )
        results.append(Verdict(value >= rivals[best] - 0.005, text))
    gain = mean(default) - mean(rows["Snowball stems"])
    results.append(Verdict(gain >= 0.01, f"mean: {gain:+.4f} from Snowball, at least +.01"))
    if "xquad_ru_sentences" in default:
        name = "xquad_ru_sentences"
        gain = default[name].mean["nDCG@10"] - rows["Snowball stems"][name].mean["nDCG@10"]
        results.append(Verdict(gain >= 0.01, f"{name}: {gain:+.4f} from Snowball, at least +.01"))
    for name, loss in losses.get(DEFAULT, {}).items():
        results.append(
            Verdict(loss <= 0.005, f"{name}, re-inflected queries: {loss:+.4f} lost, at most .005")
        )
    return results


def table_of_losses(losses: dict[str, dict[str, float]]) -> str:
    """Markdown."""
    lines = [
        f"| nDCG@10 lost, queries re-inflected (seed {SEED}) | " + " | ".join(losses[DEFAULT]) + " |",
        "|---|" + "---|" * len(losses[DEFAULT]),
    ]
    for label, by_name in losses.items():
        lines.append(f"| {label} | " + " | ".join(f"{loss:.4f}" for loss in by_name.values()) + " |")
    return "\n".join(lines)


def write_readme(rows: dict[str, Row], losses: dict[str, dict[str, float]]) -> None:
    """The tables between the marks of the results' README."""
    readme = PROJECT / RESULTS
    text = readme.read_text(encoding="utf-8")
    written = f"{table(rows, 'nDCG@10')}\n\n{table_of_losses(losses)}\n"
    readme.write_text(_MARKS.sub(lambda _: written, text), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Prints the tables; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ranking", description=__doc__)
    parser.add_argument("--study", action="store_true", help="add what was tried besides")
    parser.add_argument("--collections", default=",".join(NAMES), help="names, by commas")
    parser.add_argument("--readme", action="store_true", help="write the table")
    options = parser.parse_args(arguments)
    folder = DATA / "collections"
    names = tuple(name for name in options.collections.split(",") if (folder / name).is_dir())
    if not names:
        print(f"no test collections in {folder}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    laboratory = Laboratory(folder, names)
    variants = {**BASELINES, **SETS}
    rows = {label: laboratory.row(variant) for label, variant in variants.items()}
    for name in MEASURES:
        print(table(rows, name), end="\n\n")
    losses = reinflected(laboratory, {label: variants[label] for label in (*BASELINES, DEFAULT)})
    if losses[DEFAULT]:
        print(table_of_losses(losses), end="\n\n")
    if options.readme:
        write_readme(rows, losses)
    if options.study:
        study = {
            DEFAULT: rows[DEFAULT],
            **{label: laboratory.row(variant) for label, variant in STUDY.items()},
        }
        print(table(study, "nDCG@10"), end="\n\n")
    results = checks(rows, losses)
    for verdict in results:
        print(verdict)
    return int(not all(verdict.met for verdict in results))

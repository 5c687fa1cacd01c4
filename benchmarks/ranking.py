"""Ranking quality on test collections: `python -m benchmarks ranking [--study] [--readme]`.

Collections are indexed as `searchlib index` would, and their queries, which are texts, are searched as texts;
beside that stand the baselines in one field. It prints tables of nDCG@10, RR@10 and R@100 with paired
intervals, and checks the project's targets. README.md says what was chosen on what, before the first run.
--study adds what was tried besides; --readme writes the tables of the READMEs.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from searchlib import Index
from searchlib.evaluation import (
    MEASURES,
    Collection,
    Measured,
    index_collection,
    measure,
    read_collection,
)
from searchlib.evaluation.collection import Queries

from . import ranking_tables as tables
from .lemmas import DATA
from .ranking_tables import Row
from .reinflection import Inflector
from .variants import (
    ADDED,
    BASELINES,
    DEFAULT,
    EXPANDED,
    FIELDED,
    FIELDS,
    ONE_FIELD,
    STEMS,
    STUDY,
    WEIGHTS,
    Variant,
)
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

FILES = ("docs.jsonl.gz", "queries.jsonl", "qrels.tsv")
SEEDS = range(20_260, 20_266)
"""Of the queries in other forms of their words: what is lost differs by thousandths between seeds."""
MAIN = (*BASELINES, ADDED, FIELDED, DEFAULT)
_MARKS = re.compile(r"(?<=<!-- ranking -->\n).*?(?=<!-- /ranking -->)", re.DOTALL)


class Laboratory:
    """One collection, and the indexes that variants made of it."""

    def __init__(self, folder: Path) -> None:
        self.collection: Collection = read_collection(*(folder / file for file in FILES))
        self._indexes: dict[tuple[object, ...], Index] = {}

    def reinflected(self, inflector: Inflector) -> list[dict[str, str]]:
        """The queries in other forms of their words, once for each seed."""
        return [
            {query: inflector.changed(text, chance) for query, text in self.collection.queries.items()}
            for chance in map(random.Random, SEEDS)
        ]

    def measured(self, variant: Variant, queries: Queries | None = None) -> Measured:
        """A variant's measures, with the collection's queries or other wordings of them."""
        collection = self.collection
        key = (variant.configuration.replace(ranking="bm25"), variant.analyzer)  # that is for queries alone
        if key not in self._indexes:
            with variant.applied():
                self._indexes[key] = index_collection(collection.documents(), variant.configuration)
        run = variant.run(self._indexes[key], queries or collection.queries)
        judged = {query: found for query, found in collection.qrels.items() if query in collection.queries}
        return measure(judged, run)


def reinflected(
    laboratory: Laboratory, variants: Mapping[str, Variant], inflector: Inflector
) -> dict[str, float]:
    """What each variant loses in nDCG@10 when queries have other forms of their words: the mean over SEEDS.

    Nothing if no word could be put into another one: for English that takes WordNet's files.
    """
    wordings = laboratory.reinflected(inflector)
    losses: dict[str, float] = {}
    if all(changed == laboratory.collection.queries for changed in wordings):
        return losses
    for label, variant in variants.items():
        after = [laboratory.measured(variant, changed).mean["nDCG@10"] for changed in wordings]
        losses[label] = laboratory.measured(variant).mean["nDCG@10"] - sum(after) / len(after)
    return losses


def checks(rows: Mapping[str, Row], losses: Mapping[str, Mapping[str, float]]) -> list[Verdict]:
    """Each target: whether it is met, and in words."""
    default, stems = rows[DEFAULT], rows[STEMS]
    total = tables.gain(stems, default)
    results = [
        Verdict(
            total.mean >= 0.012 and total.low > 0,
            f"mean nDCG@10 from Snowball's one field: {total}, at least +.012 and the interval above 0",
        )
    ]
    for name in default:
        best = tables.best_of(rows, BASELINES, name)
        found = tables.gain_on(rows[best][name], default[name])
        text = f"{name}: {found} from {best}, not below 0 for sure, nor more than .005"
        results.append(Verdict(found.mean >= -0.005 and found.high >= 0, text))
    for name, measured in default.items():
        recall, least = measured.mean["R@100"], stems[name].mean["R@100"]
        text = f"{name}: R@100 {recall:.4f}, Snowball's one field has {least:.4f}"
        results.append(Verdict(recall >= least, text))
    for name, loss in losses[DEFAULT].items():
        results.append(
            Verdict(loss <= 0.005, f"{name}, re-inflected queries: {loss:+.4f} lost, at most .005")
        )
    if unchanged := [name for name in default if name not in losses[DEFAULT]]:
        print(f"not re-inflected, for want of WordNet's files: {', '.join(unchanged)}")
    return results


def write_readmes(rows: Mapping[str, Row], losses: Mapping[str, Mapping[str, float]], choice: str) -> None:
    """The tables between the marks: the main rows in the project's README, all in that of the results."""
    main = {label: rows[label] for label in MAIN}
    written = [
        tables.table(rows, "nDCG@10"),
        tables.table_of_gains(main, STEMS),
        tables.table(rows, "R@100"),
        tables.table_of_losses(losses, f"nDCG@10 lost, queries re-inflected (mean of {len(SEEDS)} seeds)"),
        choice,
    ]
    total, fields = tables.gain(rows[STEMS], rows[DEFAULT]), tables.gain(rows[ONE_FIELD], rows[FIELDED])
    short = (
        f"{tables.table(main, 'nDCG@10')}\n\nIn the mean the last row is {total} above Snowball's, and BM25 "
        f"over the fields as indexed {fields} above one field (paired by query, 95%)."
    )
    for path, text in ((PROJECT / RESULTS, "\n\n".join(written)), (PROJECT / "README.md", short)):
        before = path.read_text(encoding="utf-8")
        marks = _MARKS.search(before)
        assert marks is not None, f"{path} has no marks for the ranking's tables"
        begin, end = marks.span()
        path.write_text(before[:begin] + text + "\n" + before[end:], encoding="utf-8")


def choice_of_weight(rows: Mapping[str, Row]) -> str:
    """What the title's weight would be if each collection were the one that nobody had seen."""
    chosen = tables.left_one_out(rows, list(WEIGHTS))
    left_out = tables.mean(tables.chosen_row(rows, chosen))
    picked = ", ".join(f"{name}: {label.rpartition(' ')[2]}" for name, label in chosen.items())
    return (
        f"The title's weight, chosen for each collection on all others: {picked}. So nDCG@10 is "
        f"{left_out:.4f} in the mean; with the weight that `searchlib index` infers, it is "
        f"{tables.mean(rows[FIELDED]):.4f}."
    )


def main(arguments: list[str]) -> int:
    """Prints the tables; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ranking", description=__doc__)
    parser.add_argument("--study", action="store_true", help="add what was tried besides")
    parser.add_argument("--collections", default=",".join(NAMES), help="names, by commas")
    parser.add_argument("--readme", action="store_true", help="write the tables")
    options = parser.parse_args(arguments)
    folder = DATA / "collections"
    names = tuple(name for name in options.collections.split(",") if (folder / name).is_dir())
    if not names:
        print(f"no test collections in {folder}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    variants = {**BASELINES, **FIELDS, **WEIGHTS, **EXPANDED, **(STUDY if options.study else {})}
    rows: dict[str, Row] = {label: {} for label in variants}
    losses: dict[str, dict[str, float]] = {label: {} for label in (*BASELINES, DEFAULT)}
    inflector = Inflector()
    for name in names:  # one at a time: their indexes are in memory
        laboratory = Laboratory(folder / name)
        for label, variant in variants.items():
            rows[label][name] = laboratory.measured(variant)
        for label, loss in reinflected(
            laboratory, {each: variants[each] for each in losses}, inflector
        ).items():
            losses[label][name] = loss
        print(
            f"{name}: {tables.gain_on(rows[STEMS][name], rows[DEFAULT][name])}", file=sys.stderr, flush=True
        )
    for measure_name in MEASURES:
        print(tables.table(rows, measure_name), end="\n\n")
    print(tables.table_of_gains(rows, STEMS), end="\n\n")
    print(tables.table_of_losses(losses, "nDCG@10 lost, re-inflected"), end="\n\n")
    choice = choice_of_weight(rows)
    print(choice, end="\n\n")
    if options.readme:
        write_readmes({label: rows[label] for label in variants if label not in STUDY}, losses, choice)
    results = checks(rows, losses)
    for verdict in results:
        print(verdict)
    return int(not all(verdict.met for verdict in results))

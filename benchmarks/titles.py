"""Questions that are titles: what a score of the title's own, beside BM25F, is worth.

`python -m benchmarks titles` prints nDCG@10, the differences with their intervals, and what is chosen for
each set on the others. Written down before the first run. Sets: those of benchmarks/ranking.py that have
titles. Forms, of BM25F without related words: the title's own BM25 added to each word, times .1, .25, .5 or
1; or added only where the title has all words of the query, times .25, .5 or 1. Rule: a form ships if it is
on no set more than .002 below BM25F alone, and is what is chosen whichever set is left out.
"""

from __future__ import annotations

import argparse
import sys

from searchlib.evaluation import Configuration
from searchlib.plan import And, Boost, Maybe, Or, PlanNode, Word

from . import ranking_tables as tables
from .lemmas import DATA
from .ranking import NAMES, Laboratory
from .ranking_tables import Row
from .variants import ADDED, FIELDED, FIELDS, Change, EveryWord, Variant

TITLED = tuple(name for name in NAMES if not name.endswith("_sentences"))


def own_of(word: Word) -> Word:
    """The word in the field that counts most: the title."""
    return Word([max(word.fields, key=lambda field: field.weight)], word.related, word.signals)


def each_word(factor: float) -> Change:
    """The title's own score is added to each word that has several fields."""
    return EveryWord(
        lambda word: Or([word, Boost(factor, own_of(word))]) if len(word.fields) > 1 else word
    ).visit


def whole_query(factor: float) -> Change:
    """It is added where the title has all the words."""
    titles = EveryWord(own_of)

    def changed(plan: PlanNode) -> PlanNode:
        words = plan.children if isinstance(plan, Or) else [plan]
        return Maybe(plan, Boost(factor, And([titles.visit(word) for word in words])))

    return changed


FORMS = {
    **{f"BM25F and {w:g} of the title's own": each_word(w) for w in (0.1, 0.25, 0.5, 1.0)},
    **{f"BM25F and {w:g} of a title with all words": whole_query(w) for w in (0.25, 0.5, 1.0)},
}
VARIANTS = {
    ADDED: FIELDS[ADDED],
    FIELDED: FIELDS[FIELDED],
    **{label: Variant(Configuration(ranking="bm25"), change=change) for label, change in FORMS.items()},
}


def main(arguments: list[str]) -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks titles", description=__doc__)
    parser.add_argument("--collections", default=",".join(TITLED), help="names, by commas")
    given = parser.parse_args(arguments)
    folder = DATA / "collections"
    names = [name for name in given.collections.split(",") if (folder / name).is_dir()]
    if not names:
        print(f"no test collections in {folder}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    rows: dict[str, Row] = {label: {} for label in VARIANTS}
    for name in names:
        laboratory = Laboratory(folder / name)
        for label, variant in VARIANTS.items():
            rows[label][name] = found = laboratory.measured(variant)
            print(f"{name}, {label}: {found.mean['nDCG@10']:.4f}", file=sys.stderr, flush=True)
    print(tables.table(rows, "nDCG@10"), end="\n\n")
    print(tables.table_of_gains(rows, FIELDED), end="\n\n")
    if len(names) > 1:
        for name, label in tables.left_one_out(rows, [FIELDED, *FORMS]).items():
            print(f"without {name}: {label}; there {tables.gain_on(rows[FIELDED][name], rows[label][name])}")
    return 0

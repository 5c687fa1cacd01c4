"""How the rankings' weights were chosen, by leaving collections out: `python -m benchmarks choice`.

It prints a row for each setting, and what the rule makes of them. `--shown` prints the table of
docs/ranking.md, which has some of these; `--only 0.7/0.1/0` (related/exact/adjacent; may be repeated) has
others. Neither asks the rule: that needs the whole grid. Written down before the grid was run (30 November
2026; what ran before that was the shipped setting, and a few others on known_ru_vsdocs):

- **Sets**: the eight collections of benchmarks/ranking.py, with the fields that `searchlib index` infers, in
  six families: cranfield, cisi, scifact_train, xquad_en (paragraphs and sentences), xquad_ru (the same),
  known_ru_vsdocs. A family counts as the mean of its members. Nothing else is looked at. What is lost where
  queries are re-inflected is the mean over the seeds of benchmarks/ranking.py: one seed alone says anything
  from .002 to .008 on the manuals.
- **Grid**: related .5, .7, .85; exact 0, .03, .05, .07, .1; then what that chose with adjacent .05, .1, .15.
- **Rule**: of the settings whose nDCG@10 is on no family of the training ones more than .002 below the best
  of plain forms, Snowball's stems, first lemmas and BM25 over lemma sets, and which lose no more than .003 on
  any of them that has MIN_QUERIES where queries are re-inflected, the one with the best mean over the
  families. (The project's target is .005; the rest is left for collections that nobody has seen. Of 76
  queries, as cisi has, a loss so small says nothing.) Settings within .0005 of it are as good: of these the
  one with the least adjacent, then the least exact, for less to compute and less to lose, then the least
  related. If no setting is eligible, all are.
- **Report**: for each family, what the rule chooses without it, and what that gives there; the setting that
  ships is what the rule chooses from all six.

The rule before allowed .005 for one seed, in one field, and chose .7, .1, 0.

**Outcome, and where it was departed from**: six seeds were run, for time. The rule chose .7 / 0, with
.7 / .03 .0002 below it, as good by the rule; without cisi it chooses .7 / .03. What .7 / 0 has ahead is
cisi's, and there it loses .0046 where queries are re-inflected, of the .005 that the project allows on every
collection.
.7 / .03 loses at most .0021 on any, and ships. .5 / 0 and .85 / 0 were not measured on scifact_train. Of
neighbours only .1 and .15 were tried, on known_ru_vsdocs: rich keeps the .15 that it had.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from searchlib import Ranking
from searchlib.search.ranking import DEFAULT, RICH

from .lemmas import DATA
from .ranking import NAMES, Laboratory
from .reinflection import Inflector
from .variants import BASELINES, ONE_FIELD, STEMS, Variant, fielded

FAMILIES = {
    "cranfield": ("cranfield",),
    "cisi": ("cisi",),
    "scifact_train": ("scifact_train",),
    "xquad_en": ("xquad_en", "xquad_en_sentences"),
    "xquad_ru": ("xquad_ru", "xquad_ru_sentences"),
    "known_ru_vsdocs": ("known_ru_vsdocs",),
}
RELATED, EXACT, ADJACENT = (0.5, 0.7, 0.85), (0.0, 0.03, 0.05, 0.07, 0.1), (0.05, 0.1, 0.15)
SHOWN = tuple(
    Ranking(related=related, exact=exact)
    for related, exact in (
        (0.7, 0),
        (0.5, 0.03),
        (0.7, 0.03),
        (0.85, 0.03),
        (0.5, 0.05),
        (0.7, 0.05),
        (0.85, 0.05),
        (0.7, 0.07),
        (0.5, 0.1),
        (0.7, 0.1),
        (0.85, 0.1),
    )
)
"""The rows of docs/ranking.md."""

NAMED = {DEFAULT: "default", RICH: "rich", Ranking(related=0.7, exact=0.1): "default before"}

MAY_BE_BELOW, MAY_LOSE, AS_GOOD = 0.002, 0.003, 0.0005
MIN_QUERIES = 200
"""A family of fewer does not say how little is lost."""

Scores = Mapping[str, float]
"""nDCG@10 by family."""


def by_family(values: Mapping[str, float]) -> dict[str, float]:
    """The means of the families' members."""
    return {family: sum(values[name] for name in names) / len(names) for family, names in FAMILIES.items()}


def chosen(
    settings: Mapping[Ranking, tuple[Scores, Scores]],
    rivals: Iterable[Scores],
    families: Iterable[str],
    large: Collection[str],
) -> Ranking:
    """What the rule chooses by these families. settings: as written, and re-inflected. large: those families
    that say how little is lost."""
    families, rivals = list(families), list(rivals)

    def mean(scores: Scores) -> float:
        return sum(scores[family] for family in families) / len(families)

    def is_eligible(ranking: Ranking) -> bool:
        written, changed = settings[ranking]
        return all(
            written[family] >= max(rival[family] for rival in rivals) - MAY_BE_BELOW
            and (family not in large or written[family] - changed[family] <= MAY_LOSE)
            for family in families
        )

    eligible = [ranking for ranking in settings if is_eligible(ranking)] or list(settings)
    best = max(mean(settings[ranking][0]) for ranking in eligible)
    as_good = [ranking for ranking in eligible if mean(settings[ranking][0]) >= best - AS_GOOD]
    return min(as_good, key=lambda ranking: (ranking.adjacent, ranking.exact, ranking.related))


def setting(text: str) -> Ranking:
    """What --only names: related/exact/adjacent."""
    try:
        related, exact, adjacent = map(float, text.split("/"))
        return Ranking(related=related, exact=exact, adjacent=adjacent)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected RELATED/EXACT/ADJACENT, as 0.7/0.1/0: {error}") from None


def label(ranking: Ranking) -> str:
    """Of its row."""
    weights = f"{ranking.related:g} / {ranking.exact:g} / {ranking.adjacent:g}"
    named = f"{weights}: {NAMED[ranking]}" if ranking in NAMED else weights
    return f"**{named}**" if ranking in (DEFAULT, RICH) else named


class Collections:
    """All of them, with their queries as written and re-inflected."""

    def __init__(self, folder: Path) -> None:
        self._laboratories = {name: Laboratory(folder / name) for name in NAMES}
        inflector = Inflector()
        self._changed: dict[str, list[dict[str, str]]] = {}  # of those in which a query has other words
        for name, laboratory in self._laboratories.items():
            queries = laboratory.collection.queries
            wordings = laboratory.reinflected(inflector)
            if any(changed != queries for changed in wordings):
                self._changed[name] = wordings
        self.inflected = [family for family, names in FAMILIES.items() if self._changed.keys() & {*names}]
        self.large = frozenset(
            family
            for family, names in FAMILIES.items()
            if sum(len(self._laboratories[name].collection.queries) for name in names) >= MIN_QUERIES
        )

    def measured(self, variant: Variant) -> tuple[Scores, Scores]:
        """As written, and re-inflected, the mean over the seeds; the latter only where that is another
        query."""
        written, changed = {}, {}
        for name, laboratory in self._laboratories.items():
            written[name] = changed[name] = laboratory.measured(variant).mean["nDCG@10"]
            if wordings := self._changed.get(name):
                found = [laboratory.measured(variant, wording).mean["nDCG@10"] for wording in wordings]
                changed[name] = sum(found) / len(found)
        return by_family(written), by_family(changed)

    def header(self) -> str:
        """Of the table."""
        names = (
            "related / exact / adjacent",
            *FAMILIES,
            "mean",
            f"lost, re-inflected: {', '.join(self.inflected)}",
        )
        return f"| {' | '.join(names)} |\n{'|---' * len(names)}|"

    def row(self, label: str, scores: tuple[Scores, Scores]) -> str:
        """What was measured of a setting, or of a baseline."""
        written, changed = scores
        mean = sum(written.values()) / len(written)
        lost = ", ".join(f"{written[family] - changed[family]:.4f}" for family in self.inflected)
        cells = (label, *(f"{value:.4f}" for value in (*written.values(), mean)), lost)
        return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    """Prints what was measured and what the rule makes of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks choice", description=__doc__)
    parser.add_argument(
        "--only", type=setting, action="append", metavar="R/E/A", help="this setting, no rule"
    )
    parser.add_argument("--shown", action="store_true", help="the settings of docs/ranking.md, no rule")
    given = parser.parse_args(arguments)
    only = [*(SHOWN if given.shown else ()), *(given.only or ())]
    folder = DATA / "collections"
    if not all((folder / name).is_dir() for name in NAMES):
        print(f"the choice needs all of {', '.join(NAMES)} in {folder}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    collections = Collections(folder)
    print(collections.header(), flush=True)
    shown = {STEMS: "Snowball, BM25", ONE_FIELD: "BM25 over lemma sets"}
    rivals = {}
    for name, variant in BASELINES.items():
        if name in shown or not only:
            rivals[name] = scores = collections.measured(variant)
            print(collections.row(shown.get(name, name), scores), flush=True)
    settings: dict[Ranking, tuple[Scores, Scores]] = {}

    def measure(rankings: Iterable[Ranking]) -> None:
        for ranking in rankings:
            settings[ranking] = collections.measured(fielded(ranking))
            print(collections.row(label(ranking), settings[ranking]), flush=True)

    if only:
        measure(only)
        return 0
    measure(Ranking(related=related, exact=exact) for related, exact in itertools.product(RELATED, EXACT))
    as_written = [written for written, _ in rivals.values()]
    for step in ("without neighbours", "with neighbours"):
        by_all = chosen(settings, as_written, FAMILIES, collections.large)
        for family in FAMILIES:
            others = [other for other in FAMILIES if other != family]
            ranking = chosen(settings, as_written, others, collections.large)
            value = settings[ranking][0][family]
            ahead = value - max(rival[family] for rival in as_written)
            print(f"{step}, without {family}: {ranking}; there {value:.4f}, {ahead:+.4f} from the best rival")
        print(f"{step}, by all: {by_all}")
        if step == "without neighbours":
            settings.clear()
            measure(by_all.replace(adjacent=adjacent) for adjacent in ADJACENT)
    return 0

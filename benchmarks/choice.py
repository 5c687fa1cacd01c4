"""How the rankings' weights were chosen, by leaving collections out: `python -m benchmarks choice`.

Written down before the first run:

- **Sets**: the eight collections of benchmarks/ranking.py, title and text in one field, in six families:
  cranfield, cisi, scifact_train, xquad_en (paragraphs and sentences), xquad_ru (the same), known_ru_vsdocs. A
  family counts as the mean of its members. Nothing else is looked at.
- **Grid**: related .5, .7, .85; exact 0, .05, .1, .15, .25; adjacent 0, .05, .1, .15.
- **Rule**: of the settings whose nDCG@10 is on no family of the training ones more than .002 below the best
  of plain forms, Snowball's stems, first lemmas and BM25 over lemma sets, and which lose no more than .005 in
  the mean of any of them where queries are re-inflected (seed of benchmarks/ranking.py), the one with the
  best mean over the families. Settings within .0005 of it are as good: of these the one with the least
  adjacent, then the least exact, for less to compute and less to lose. If no setting is eligible, all are.
- **Report**: for each family, what the rule chooses without it, and what that gives there; the setting that
  ships is what the rule chooses from all six.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections.abc import Iterable, Mapping

from searchlib import Ranking

from .lemmas import DATA
from .ranking import NAMES, SEED, Laboratory
from .reinflection import Inflector
from .variants import BASELINES, Variant, ranked

FAMILIES = {
    "cranfield": ("cranfield",),
    "cisi": ("cisi",),
    "scifact_train": ("scifact_train",),
    "xquad_en": ("xquad_en", "xquad_en_sentences"),
    "xquad_ru": ("xquad_ru", "xquad_ru_sentences"),
    "known_ru_vsdocs": ("known_ru_vsdocs",),
}
RELATED, EXACT, ADJACENT = (0.5, 0.7, 0.85), (0.0, 0.05, 0.1, 0.15, 0.25), (0.0, 0.05, 0.1, 0.15)
MAY_BE_BELOW, MAY_LOSE, AS_GOOD = 0.002, 0.005, 0.0005

Scores = Mapping[str, float]
"""nDCG@10 by family."""


def by_family(values: Mapping[str, float]) -> dict[str, float]:
    """The means of the families' members."""
    return {family: sum(values[name] for name in names) / len(names) for family, names in FAMILIES.items()}


def chosen(
    settings: Mapping[Ranking, tuple[Scores, Scores]], rivals: Iterable[Scores], families: Iterable[str]
) -> Ranking:
    """What the rule chooses by these families. settings: as written, and re-inflected."""
    families, rivals = list(families), list(rivals)

    def mean(scores: Scores) -> float:
        return sum(scores[family] for family in families) / len(families)

    def is_eligible(ranking: Ranking) -> bool:
        written, changed = settings[ranking]
        return all(
            written[family] >= max(rival[family] for rival in rivals) - MAY_BE_BELOW
            and written[family] - changed[family] <= MAY_LOSE
            for family in families
        )

    eligible = [ranking for ranking in settings if is_eligible(ranking)] or list(settings)
    best = max(mean(settings[ranking][0]) for ranking in eligible)
    as_good = [ranking for ranking in eligible if mean(settings[ranking][0]) >= best - AS_GOOD]
    return min(as_good, key=lambda ranking: (ranking.adjacent, ranking.exact, ranking.related))


def losses_of(written: Scores, changed: Scores) -> str:
    """What re-inflected queries lose, by family."""
    return " ".join(f"{written[family] - changed[family]:+.4f}" for family in written)


def main(arguments: list[str]) -> int:
    """Prints what was measured and what the rule makes of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks choice", description=__doc__)
    parser.parse_args(arguments)
    folder = DATA / "collections"
    if not all((folder / name).is_dir() for name in NAMES):
        print(f"the choice needs all of {', '.join(NAMES)} in {folder}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    laboratories = {name: Laboratory(folder / name) for name in NAMES}
    inflector = Inflector()
    changed = {}
    for name, laboratory in laboratories.items():
        chance = random.Random(SEED)
        queries = laboratory.collection.queries
        changed[name] = {query: inflector.changed(text, chance) for query, text in queries.items()}

    def measured(variant: Variant, queries: Mapping[str, dict[str, str]]) -> dict[str, float]:
        return by_family(
            {
                name: laboratory.measured(variant, queries.get(name)).mean["nDCG@10"]
                for name, laboratory in laboratories.items()
            }
        )

    rivals = {label: measured(variant, {}) for label, variant in BASELINES.items()}
    settings: dict[Ranking, tuple[Scores, Scores]] = {}
    for related, exact, adjacent in itertools.product(RELATED, EXACT, ADJACENT):
        ranking = Ranking(related=related, exact=exact, adjacent=adjacent)
        variant = ranked(ranking)
        settings[ranking] = measured(variant, {}), measured(variant, changed)
        written, lost = settings[ranking][0], losses_of(*settings[ranking])
        print(ranking, *(f"{value:.4f}" for value in written.values()), "lost:", lost, flush=True)
    for family in FAMILIES:
        ranking = chosen(settings, rivals.values(), [other for other in FAMILIES if other != family])
        best = max(rival[family] for rival in rivals.values())
        value = settings[ranking][0][family]
        print(f"without {family}: {ranking}; there {value:.4f}, {value - best:+.4f} from the best rival")
    print(f"by all: {chosen(settings, rivals.values(), FAMILIES)}")
    return 0

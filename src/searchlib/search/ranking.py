"""What else counts in a score besides BM25: words of one root, exact forms, neighbours.

A ranking is given by its name or as a Ranking; BM25 alone is None. What it adds is planned in words.py and
neighbours.py.
"""

from __future__ import annotations

from ..records import Record

SIGNALS = {"exact": "as asked for, «{form}»"}
"""The weights below that count places of a single word, and what `explain` says of the places. The core finds
them (core/search/signals.hpp); each raises a lemma's x / (x + K) by weight · n / (n + K)."""


class Ranking(Record):
    """Weights of what counts besides BM25, 0 for what does not; `Ranking()` is BM25 alone.

    related: words of a word's root (theorist, for theory; уступка, for уступить) score this much of what the
        word itself would, and the words of a hyphenated one (wi-fi) count where they stand apart; not for
        words that the user insists on (+, −, AND, NOT, quotes). They are those of one stem of Snowball's,
        what WordNet derives from an English word, and Russian ones by their suffixes.
    exact: where a text has a word in the very form of the query, the score of the word's lemma is raised by
        this much of what these places alone would score. (The idea of a second field with plain forms, at a
        lower weight, without the field.)
    adjacent: two neighbouring words of the query score this much of what their phrase would, where the text
        has them at the same distance, at most 4 words apart. (After the ordered features of D. Metzler and
        W. B. Croft, "A Markov Random Field Model for Term Dependencies", 2005.)

    None of them adds or removes a hit, but that `related` finds more. Raises ValueError for what is no finite
    number from 0 on.
    """

    related: float = 0.0
    exact: float = 0.0
    adjacent: float = 0.0

    def __post_init__(self) -> None:
        for name in self.field_names():
            weight = getattr(self, name)
            if not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
                raise ValueError(f"{name} is a number from 0 on, got {weight!r}")

    @property
    def signals(self) -> tuple[tuple[str, float], ...]:
        """Names and weights of the signals that count."""
        weights = {"exact": self.exact}
        return tuple((name, float(weight)) for name, weight in weights.items() if weight)

    def __str__(self) -> str:
        for name, ranking in RANKINGS.items():
            if self == ranking:
                return name
        return " ".join(
            f"{name}={getattr(self, name):g}" for name in self.field_names() if getattr(self, name)
        )


BM25 = Ranking()
DEFAULT = Ranking(related=0.7, exact=0.03)
RICH = DEFAULT.replace(adjacent=0.15)
"""One setting for all texts. docs/ranking.md says on what it was chosen, and by which rule."""

RANKINGS = {"default": DEFAULT, "rich": RICH, "bm25": BM25}


def ranking_of(ranking: Ranking | str) -> Ranking | None:
    """The ranking of that name, or the given one; None for BM25 alone, which needs no more than the words."""
    if isinstance(ranking, str):
        if ranking not in RANKINGS:
            raise ValueError(f"ranking is one of {', '.join(RANKINGS)}, or a Ranking, got {ranking!r}")
        ranking = RANKINGS[ranking]
    if not isinstance(ranking, Ranking):
        raise TypeError(f"ranking is one of {', '.join(RANKINGS)}, or a Ranking, got {ranking!r}")
    return None if ranking == BM25 else ranking

"""Several ranked lists as one, by the places of what is in them: reciprocal rank fusion.

Scores of two indexes cannot be compared: BM25 counts how rare a word is in an index of its own. Places can.
Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
methods", SIGIR 2009: what stands at place r of a list gets weight / (k + r) of it, r counted from 1, and the
sum of what it gets is its score. With k = 60, as in the paper, the first place of a list counts 1/61.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from ..records import Record

Key = TypeVar("Key", bound=Hashable)

RANK_CONSTANT = 60
"""k of the paper."""

WINDOW = 1000
"""Places of a list that count. A hit behind it gets nothing of that list."""


class Fused(Record, Generic[Key]):
    """What stands in one list or more. score: its sum; places: by the number of the list, from 1."""

    key: Key
    score: float
    places: dict[int, int]

    @property
    def best(self) -> tuple[int, int]:
        """The list in which it stands first, of equal places the earlier one, and its place there."""
        return min(self.places.items(), key=lambda item: (item[1], item[0]))


def fused(
    lists: Sequence[Sequence[Key]], weights: Sequence[float], rank_constant: float = RANK_CONSTANT
) -> list[Fused[Key]]:
    """All of it, the best first; of equal scores, what stands in the earlier list, and earlier in it.

    The score is at most the sum of weights / (k + 1), and above 0 unless all weights are.
    """
    places: dict[Key, dict[int, int]] = {}
    for number, one in enumerate(lists):
        for place, key in enumerate(one, 1):
            places.setdefault(key, {}).setdefault(number, place)
    found = [
        Fused(key, sum(weights[number] / (rank_constant + place) for number, place in its.items()), its)
        for key, its in places.items()
    ]
    return sorted(found, key=lambda one: (-one.score, *min(one.places.items())))


def depth_of(names: Sequence[str], wanted: int) -> int:
    """How many hits of each list are needed for the first `wanted` of one list. names: of the lists' indexes.

    No hit stands in lists of two indexes, and what comes before it in its own comes before it in the one: so
    the first ones are enough. Where an index is asked twice, a hit may stand far behind in both and come
    first: all that counts is looked at.
    """
    return min(wanted, WINDOW) if len(set(names)) == len(names) else WINDOW

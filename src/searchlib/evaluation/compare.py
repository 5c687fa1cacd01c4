"""Is one ranking better than another, or was it luck? A paired randomisation test over the queries.

Of two runs' values, query by query, it says how probable such a difference is by chance alone, and how large
the difference may be. Measures and runs are not known here.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import compress

from ..records import Record

SEED = 20_260
ROUNDS = 10_000
CONFIDENCE = 0.95

_PARITY = bytes(value & 1 for value in range(256))


class Comparison(Record):
    """One measure of two runs.

    difference: the mean of second − first. interval: where that mean lies with 95% confidence, by Student's
    t; None with fewer than two queries. better, worse, equal: how many queries. p: two-sided, of the
    randomisation test.
    """

    first: float
    second: float
    difference: float
    interval: tuple[float, float] | None
    better: int
    worse: int
    equal: int
    p: float
    rounds: int
    seed: int


def compare(
    first: Sequence[float], second: Sequence[float], *, rounds: int = ROUNDS, seed: int = SEED
) -> Comparison:
    """Compare two runs by one measure of each query, in the same order.

    Fisher's randomisation test, which Smucker, Allan and Carterette ("A comparison of statistical
    significance tests for information retrieval evaluation", 2007) recommend: if the runs were alike, each
    query's difference could as well have the other sign. p is the share of `rounds` random choices of signs
    whose mean is at least as far from 0, the observed one counted among them. It is one comparison's: who
    tries twenty configurations finds one with p < 0.05 among them by luck.
    """
    if len(first) != len(second) or not first:
        raise ValueError(
            f"two runs over the same queries are expected, got {len(first)} and {len(second)} values"
        )
    differences = [b - a for a, b in zip(first, second, strict=True)]
    count = len(differences)
    return Comparison(
        first=sum(first) / count,
        second=sum(second) / count,
        difference=sum(differences) / count,
        interval=_interval(differences),
        better=sum(difference > 0 for difference in differences),
        worse=sum(difference < 0 for difference in differences),
        equal=differences.count(0),
        p=(_num_extreme(differences, rounds, seed) + 1) / (rounds + 1),
        rounds=rounds,
        seed=seed,
    )


def _num_extreme(differences: Sequence[float], rounds: int, seed: int) -> int:
    """How many random choices of signs give a sum at least as far from 0."""
    nonzero = [difference for difference in differences if difference]
    total = sum(nonzero)
    least = abs(total) - 1e-9  # sums of equal numbers in another order may differ in the last bits
    chance = random.Random(seed)
    extreme = 0
    for _ in range(rounds):
        positive = compress(nonzero, chance.randbytes(len(nonzero)).translate(_PARITY))
        extreme += abs(2 * sum(positive) - total) >= least
    return extreme


def _interval(differences: Sequence[float]) -> tuple[float, float] | None:
    count = len(differences)
    if count < 2:
        return None
    mean = sum(differences) / count
    variance = sum((difference - mean) ** 2 for difference in differences) / (count - 1)
    reach = _student_quantile(count - 1, CONFIDENCE) * math.sqrt(variance / count)
    return mean - reach, mean + reach


def _student_quantile(freedom: int, share: float) -> float:
    """The t with that share of Student's distribution between −t and t."""
    low, high = 0.0, 1.0
    while _student_share(high, freedom) < share:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _student_share(middle, freedom) < share else (low, middle)
    return high


def _student_share(t: float, freedom: int) -> float:
    """How much of Student's distribution lies between −t and t: Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term, total = (cosine, 0.0) if odd else (1.0, 0.0)
    for divisor in range(2 + odd, freedom + 1, 2):
        total += term
        term *= cosine * cosine * (divisor - 1) / divisor
    return 2 / math.pi * (angle + sine * total) if odd else sine * total

"""Is one ranking better than another, or was it luck? A paired randomisation test over the queries.

Two lists of values go in, query by query, the probability that chance alone gives such a difference comes
out. It knows no measures and no runs.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 20_260
ROUNDS = 10_000


@dataclass(frozen=True)
class Comparison:
    """One measure of two runs.

    difference: the mean of second − first. p: two-sided, of the randomisation test.
    """

    first: float
    second: float
    difference: float
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
    whose mean is at least as far from 0, the observed one counted among them.
    """
    if len(first) != len(second) or not first:
        raise ValueError(
            f"two runs over the same queries are expected, got {len(first)} and {len(second)} values"
        )
    differences = [b - a for a, b in zip(first, second, strict=True)]
    nonzero = [difference for difference in differences if difference]
    observed = abs(sum(nonzero))
    chance = random.Random(seed)
    slack = 1e-12 * (1 + observed)  # sums of equal numbers in another order may differ in the last bit
    extreme = (
        sum(abs(_signed_sum(nonzero, chance)) >= observed - slack for _ in range(rounds))
        if nonzero
        else rounds
    )
    count = len(differences)
    return Comparison(
        first=sum(first) / count,
        second=sum(second) / count,
        difference=sum(differences) / count,
        better=sum(difference > 0 for difference in differences),
        worse=sum(difference < 0 for difference in differences),
        equal=count - len(nonzero),
        p=(extreme + 1) / (rounds + 1),
        rounds=rounds,
        seed=seed,
    )


def _signed_sum(values: Sequence[float], chance: random.Random) -> float:
    signs = chance.getrandbits(len(values))
    total = 0.0
    for value in values:
        total += value if signs & 1 else -value
        signs >>= 1
    return total

"""The paired test against enumeration, the interval against printed tables."""

from __future__ import annotations

import itertools
import math
import os
import random

import pytest

from searchlib.evaluation import compare

SEED = int(os.environ.get("SEARCHLIB_SEED", "20260"))


def test_the_randomisation_test_against_all_signs() -> None:
    chance = random.Random(SEED)
    for count in (1, 5, 9):
        first = [chance.choice((0.0, 0.5, chance.random())) for _ in range(count)]
        second = [chance.choice((value, chance.random(), 1.0)) for value in first]
        differences = [b - a for a, b in zip(first, second, strict=True)]
        signs = list(itertools.product((1, -1), repeat=count))
        sums = [abs(sum(s * d for s, d in zip(row, differences, strict=True))) for row in signs]
        exact = sum(total >= sums[0] - 1e-9 for total in sums) / len(sums)
        found = compare(first, second)
        assert found.p == pytest.approx(exact, abs=0.02), f"seed {SEED}"
        assert found.difference == pytest.approx(sum(differences) / count)
        assert found.better + found.worse + found.equal == count


def test_comparisons_are_reproducible_and_symmetric() -> None:
    chance = random.Random(SEED)
    first = [chance.random() for _ in range(40)]
    second = [value + chance.random() * 0.2 for value in first]
    assert compare(first, second) == compare(first, second)
    assert compare(first, second).p < 0.001
    assert compare(first, first).p == 1.0
    forth, back = compare(first, second, seed=7), compare(second, first, seed=7)
    assert (forth.p, forth.better, forth.difference) == (back.p, back.worse, pytest.approx(-back.difference))


@pytest.mark.parametrize("values", [([], []), ([1.0], [1.0, 2.0])])
def test_runs_of_other_queries_cannot_be_compared(values: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match="same queries"):
        compare(*values)


@pytest.mark.parametrize(
    ("count", "quantile"),  # of Student's t, two-sided 95%, as any table has it for count − 1 degrees
    [(2, 12.706), (3, 4.303), (4, 3.182), (11, 2.228), (12, 2.201), (31, 2.042), (121, 1.980)],
)
def test_the_interval(count: int, quantile: float) -> None:
    chance = random.Random(SEED)
    first = [chance.random() for _ in range(count)]
    second = [chance.random() for _ in range(count)]
    differences = [b - a for a, b in zip(first, second, strict=True)]
    mean = sum(differences) / count
    error = math.sqrt(sum((d - mean) ** 2 for d in differences) / (count - 1) / count)
    interval = compare(first, second, rounds=10).interval
    # The tables have four digits: what that comes to is a share of the width, however near 0 an end lies.
    expected = (mean - quantile * error, mean + quantile * error)
    assert interval == pytest.approx(expected, rel=0, abs=1e-3 * quantile * error), f"seed {SEED}"


def test_one_query_has_no_interval() -> None:
    assert compare([0.5], [1.0]).interval is None


def test_equal_runs_have_an_interval_of_nothing() -> None:
    assert compare([0.5, 0.25], [0.5, 0.25]).interval == (0.0, 0.0)

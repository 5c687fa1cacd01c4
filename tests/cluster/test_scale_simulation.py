"""The simulation of a collection agrees with what queueing theory has formulas for. Seeds are fixed."""

from __future__ import annotations

import math
from statistics import mean

import pytest
from benchmarks.percentiles import percentile
from benchmarks.simulation import Setting, exponential, measured, simulate

from searchlib.cluster.fleets.hedging import HedgeBudget

ALONE = Setting(fan_out=1, replicas=1, threads=1, hedged=False)
IDLE = 1e-4


@pytest.mark.parametrize("load", [0.3, 0.7])
def test_one_thread_is_the_queue_m_m_1(load: float) -> None:
    found = simulate(exponential(2.0), ALONE._replace(load=load), 60_000, 1)
    assert found.load == pytest.approx(load, rel=0.03)
    assert mean(found.seconds) == pytest.approx(2.0 / (1 - load), rel=0.06)
    assert percentile(found.seconds, 99) == pytest.approx(2.0 * math.log(100) / (1 - load), rel=0.1)


@pytest.mark.parametrize("threads", [2, 5])
def test_several_threads_wait_as_erlang_says(threads: int) -> None:
    load = 0.8
    offered = load * threads
    waiting = offered**threads / math.factorial(threads) / (1 - load)
    erlang_c = waiting / (sum(offered**n / math.factorial(n) for n in range(threads)) + waiting)
    found = simulate(exponential(1.0), ALONE._replace(load=load, threads=threads), 60_000, 2)
    assert mean(found.seconds) - 1.0 == pytest.approx(erlang_c / (threads * (1 - load)), rel=0.1)


def test_any_times_wait_as_pollaczek_and_khinchine_say() -> None:
    rows, load = [[1.0], [1.0], [1.0], [7.0]], 0.5
    service, square = 2.5, (3 * 1.0 + 49.0) / 4
    waited = (load / service) * square / (2 * (1 - load))
    found = simulate(measured(rows), ALONE._replace(load=load), 80_000, 3)
    assert mean(found.seconds) == pytest.approx(service + waited, rel=0.05)


@pytest.mark.parametrize("fan_out", [4, 64])
def test_the_slowest_of_many_is_the_maximum_of_exponentials(fan_out: int) -> None:
    found = simulate(exponential(1.0), ALONE._replace(fan_out=fan_out, load=IDLE), 8_000, 4)
    assert mean(found.seconds) == pytest.approx(sum(1 / n for n in range(1, fan_out + 1)), rel=0.03)
    for percent in (50, 99):
        expected = -math.log(1 - (percent / 100) ** (1 / fan_out))
        assert percentile(found.seconds, percent) == pytest.approx(expected, rel=0.07)


def test_two_replicas_halve_the_wait_of_one_that_is_as_busy() -> None:
    """The least busy is asked: less is waited than at random, more than in one queue of two threads."""
    load = 0.8
    found = simulate(exponential(1.0), ALONE._replace(load=load, replicas=2), 60_000, 5)
    assert 1 / (1 - load**2) < mean(found.seconds) < 1 / (1 - load)


def test_a_hedge_gives_the_better_of_two_times() -> None:
    """Without load a time is above t > d only if the first is, and the second, begun at d, above t - d.

    The router learns d from how long ago the first call began: 95 of 100 answer by themselves before d. A
    percentile of 128 times, some of which a hedge cut short, is a little low: up to 6.5 of 100 are late.
    """
    setting = Setting(fan_out=1, replicas=2, threads=1, load=IDLE)
    late, share = math.log(20), 0.05
    hedged = simulate(exponential(1.0), setting, 60_000, 6)
    assert share <= hedged.hedges < 0.065
    assert percentile(hedged.seconds, 50) == pytest.approx(math.log(2), rel=0.05)
    ranked = sorted(hedged.seconds)
    assert ranked[int(len(ranked) * 0.999)] == pytest.approx((math.log(1000) + late) / 2, rel=0.1)


def test_a_request_that_is_hard_everywhere_is_not_helped() -> None:
    rows = [[0.001]] * 9 + [[0.1]]
    setting = Setting(fan_out=16, load=IDLE)
    for hedged in (False, True):
        found = simulate(measured(rows), setting._replace(hedged=hedged), 3_000, 7)
        assert {round(seconds, 6) for seconds in found.seconds} == {0.001, 0.1}
        hard = sum(seconds > 0.05 for seconds in found.seconds)
        assert hard / len(found.seconds) == pytest.approx(0.1, abs=0.02)


def test_the_slowest_shards_are_helped() -> None:
    rows = [[0.01] * 99 + [1.0]]
    plain, hedged = (
        simulate(measured(rows), Setting(fan_out=16, load=0.05, hedged=hedged), 6_000, 8)
        for hedged in (False, True)
    )
    assert percentile(plain.seconds, 50) < 0.02 and percentile(plain.seconds, 90) >= 1.0
    assert percentile(hedged.seconds, 90) < 0.05


def test_an_overload_is_not_doubled() -> None:
    """All requests are late; hedges stay within the budget."""
    work, setting = exponential(1e-4), Setting(fan_out=4, replicas=2, threads=1, load=0.98)
    found = simulate(work, setting, 20_000, 9)
    seconds = 20_000 * work.mean / (0.98 * 2)
    allowed = HedgeBudget.most + HedgeBudget.per_second * (seconds + 1) + HedgeBudget.share * 80_000
    assert 0.005 < found.hedges <= allowed / 80_000
    assert found.load < 1.0


def test_a_seed_gives_the_same_again() -> None:
    first, again, other = (simulate(exponential(1.0), Setting(4), 500, seed) for seed in (1, 1, 2))
    assert first == again != other

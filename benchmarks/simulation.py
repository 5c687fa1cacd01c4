"""Requests to the shards of a collection, simulated event by event: what they wait for, and how long.

A request asks every shard and has its answer when the slowest one has answered. A shard has replicas, each a
queue before some threads. When a question is asked elsewhere, too, and how often it may be, is decided by the
router's own classes. Nothing is measured here: how long a shard works on a request is drawn.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Sequence
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

from searchlib.cluster.fleets.hedging import HedgeBudget, Latencies
from searchlib.cluster.fleets.replicas import RANDOM, Replica

_WARM_UP = 0.1
"""This share of the requests, the first ones, is not counted."""

_ARRIVES, _ENDS, _IS_LATE = range(3)


class Work(NamedTuple):
    """What requests cost. request: draws one, and gives what draws the seconds of a shard for it.

    mean: seconds of a shard, over all requests.
    """

    request: Callable[[Random], Callable[[], float]]
    mean: float


def measured(times: Sequence[Sequence[float]]) -> Work:
    """Each row holds the seconds that some shards, or one of them again, took for one request: any may come.

    So a request that is hard is hard for all shards, as it is in truth.
    """

    def request(chance: Random) -> Callable[[], float]:
        row = chance.choice(times)
        return lambda: chance.choice(row)

    return Work(request, sum(sum(row) / len(row) for row in times) / len(times))


def exponential(mean: float) -> Work:
    """Times of which queueing theory has formulas; each shard's is drawn anew."""
    return Work(lambda chance: lambda: chance.expovariate(1 / mean), mean)


class Setting(NamedTuple):
    """fan_out: the number of shards. threads: that answer at one replica. load: the share of them that is
    busy on average, without hedges.
    """

    fan_out: int
    replicas: int = 2
    threads: int = 2
    load: float = 0.3
    hedged: bool = True


class Outcome(NamedTuple):
    """seconds: of each request. load: as it was, hedges counted. hedges: for each question."""

    seconds: list[float]
    load: float
    hedges: float


def simulate(work: Work, setting: Setting, num_requests: int, seed: int) -> Outcome:
    """Requests that come at random (Poisson), as many a second as make the load."""
    RANDOM.seed(seed)  # the router's own choice among replicas that are equally busy
    return _Run(work, setting, num_requests, Random(seed)).outcome()


class _Request:
    __slots__ = ("arrived", "num_open", "number")

    def __init__(self, number: int, arrived: float, num_open: int) -> None:
        self.number, self.arrived, self.num_open = number, arrived, num_open


class _Question:
    """One shard's part of a request. calls: the replicas at which it is under way, and when it was sent."""

    __slots__ = ("calls", "draw", "is_answered", "request", "shard")

    def __init__(self, request: _Request, shard: int, draw: Callable[[], float]) -> None:
        self.request, self.shard, self.draw = request, shard, draw
        self.calls: list[tuple[_Machine, float]] = []
        self.is_answered = False


class _Machine:
    """A replica: the router's view of it, and its threads. waiting: questions that have been sent."""

    def __init__(self, shard: int, threads: int) -> None:
        self.replica = Replica(shard, _no_channel(str(shard)))
        self.num_free = threads
        self.waiting: deque[_Question] = deque()


def _no_channel(name: str) -> Any:
    return SimpleNamespace(name=name)


class _Run:
    def __init__(self, work: Work, setting: Setting, num_requests: int, chance: Random) -> None:
        self._work, self._setting, self._num_requests, self._chance = work, setting, num_requests, chance
        shards = range(setting.fan_out)
        self._machines = [
            [_Machine(shard, setting.threads) for _ in range(setting.replicas)] for shard in shards
        ]
        self._latencies = [Latencies() for _ in shards]
        self._budget = HedgeBudget(0.0)
        self._pause = work.mean / (setting.load * setting.replicas * setting.threads)
        self._events: list[tuple[float, int, int, Any]] = []
        self._num_events = self._num_hedges = 0
        self._seconds = [0.0] * num_requests
        self._worked = 0.0

    def outcome(self) -> Outcome:
        """Until the last request has its answer."""
        do: Sequence[Callable[[float, Any], None]] = (self._arrive, self._end, self._be_late)
        self._push(0.0, _ARRIVES, 0)
        now = 0.0
        while self._events:
            now, _, kind, subject = heapq.heappop(self._events)
            do[kind](now, subject)
        setting = self._setting
        num_threads = setting.fan_out * setting.replicas * setting.threads
        num_questions = self._num_requests * setting.fan_out
        return Outcome(
            self._seconds[int(self._num_requests * _WARM_UP) :],
            self._worked / (num_threads * now),
            self._num_hedges / num_questions,
        )

    def _push(self, at: float, kind: int, subject: Any) -> None:
        self._num_events += 1  # so that subjects are never compared
        heapq.heappush(self._events, (at, self._num_events, kind, subject))

    def _arrive(self, now: float, number: int) -> None:
        fan_out = self._setting.fan_out
        request = _Request(number, now, fan_out)
        draw = self._work.request(self._chance)
        self._budget.earn(fan_out)
        for shard in range(fan_out):
            question = _Question(request, shard, draw)
            self._send(now, question)
            if self._setting.hedged:
                self._push(now + self._latencies[shard].delay, _IS_LATE, question)
        if number + 1 < self._num_requests:
            self._push(now + self._chance.expovariate(1 / self._pause), _ARRIVES, number + 1)

    def _send(self, now: float, question: _Question) -> None:
        asked = [machine for machine, _ in question.calls]
        fit = [machine for machine in self._machines[question.shard] if machine not in asked]
        machine = min(fit, key=lambda one: one.replica.rank(now)) if len(fit) > 1 else fit[0]
        machine.replica.in_flight += 1
        question.calls.append((machine, now))
        if machine.num_free:
            self._begin(now, machine, question)
        else:
            machine.waiting.append(question)

    def _begin(self, now: float, machine: _Machine, question: _Question) -> None:
        machine.num_free -= 1
        seconds = question.draw()
        self._worked += seconds
        self._push(now + seconds, _ENDS, (machine, question))

    def _end(self, now: float, subject: tuple[_Machine, _Question]) -> None:
        machine, question = subject
        machine.num_free += 1
        if not question.is_answered:
            self._answer(now, machine, question)
        while machine.waiting:
            following = machine.waiting.popleft()
            if not following.is_answered:  # else it was abandoned before it was begun
                self._begin(now, machine, following)
                break

    def _answer(self, now: float, first: _Machine, question: _Question) -> None:
        question.is_answered = True
        self._latencies[question.shard].add(now - question.calls[0][1])
        for machine, _ in question.calls:
            machine.replica.in_flight -= 1
            if machine is first:
                machine.replica.is_in_time()
            else:
                machine.replica.is_late(now, self._latencies[question.shard].delay)
        request = question.request
        request.num_open -= 1
        if not request.num_open:
            self._seconds[request.number] = now - request.arrived

    def _be_late(self, now: float, question: _Question) -> None:
        if question.is_answered or len(question.calls) == len(self._machines[question.shard]):
            return
        if self._budget.spend(now):
            self._num_hedges += 1
            self._send(now, question)
        else:
            self._push(now + 2 * self._latencies[question.shard].delay, _IS_LATE, question)

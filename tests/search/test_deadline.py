"""A search ends when its time is over or its user has had enough, and leaves everything as it was."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from searchlib import Index, Schema, Text, _core
from searchlib.errors import SearchlibError, SearchTimeout
from searchlib.plan import All, FormPattern, Forms, Nothing, Or, Word, WordField
from searchlib.search.results import Results

NUM_WORDS = 3000
LONG = 60.0
"""Seconds that no test takes unless what it tests is broken."""

SAME = "w" * 200
"""Comparing two words that begin with it takes long."""


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(languages=())))
    with index.writer() as writer:
        writer.add_many({"body": f"{SAME}{number:06} every"} for number in range(NUM_WORDS))
    index.refresh()
    return index


@pytest.fixture(scope="module")
def snapshot(index: Index) -> _core.Snapshot:
    return index._searcher.core


PATTERN = Forms(FormPattern("fuzzy", f"{SAME}xyzxyz", 2), [0])
ENDLESS = Or([PATTERN] * 20_000)
"""A plan that takes an hour."""

EVERY = Word([WordField(0, 1.0, ["every"])])

Call = Callable[[_core.Snapshot], object]
CALLS: list[Call] = [
    lambda snapshot: snapshot.search(ENDLESS, 1),
    lambda snapshot: snapshot.search(ENDLESS, NUM_WORDS),
    lambda snapshot: snapshot.search(ENDLESS, 1, exhaustive=True),
    lambda snapshot: snapshot.count(ENDLESS),
    lambda snapshot: snapshot.search_many([ENDLESS], 1, 1),
    lambda snapshot: snapshot.search_many([ENDLESS] * 3, 1, 2),
    lambda snapshot: snapshot.search_many([Nothing(), ENDLESS], 1, 2),
]


@contextmanager
def interrupted(after: float = 0.05) -> Iterator[None]:
    """Ctrl-C, as a user would press it."""

    def handler(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, after)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("timeout", [0.0, 0.02])
def test_the_core_stops_when_its_time_is_over(snapshot: _core.Snapshot, timeout: float) -> None:
    with pytest.raises(SearchTimeout):
        snapshot.search(ENDLESS, 1, timeout=timeout)
    with pytest.raises(SearchTimeout):
        snapshot.search(ENDLESS, NUM_WORDS, timeout=timeout)
    with pytest.raises(SearchTimeout):
        snapshot.count(ENDLESS, timeout=timeout)
    assert snapshot.count(EVERY, timeout=LONG) == NUM_WORDS


def test_scoring_every_match_stops_too(snapshot: _core.Snapshot) -> None:
    # Nothing is looked up: what takes time, a hundred times what is given, is scoring document by document.
    scored = Or([All(1.0)] * 100_000)
    for exhaustive in (True, False):
        with pytest.raises(SearchTimeout):
            snapshot.search(scored, 1, exhaustive=exhaustive, timeout=0.02)
    few = Or([All(1.0)] * 3)
    assert [score for score, _ in snapshot.search(few, 3, exhaustive=True, timeout=LONG)] == [3.0] * 3


@pytest.mark.parametrize("timeout", [-1.0, float("nan")])
def test_the_core_refuses_times_that_cannot_be(snapshot: _core.Snapshot, timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout"):
        snapshot.search(Nothing(), 1, timeout=timeout)


@pytest.mark.parametrize("call", CALLS)
def test_ctrl_c_ends_a_call_into_the_core(snapshot: _core.Snapshot, call: Call) -> None:
    with interrupted(), pytest.raises(KeyboardInterrupt) as ended:
        call(snapshot)
    assert ended.traceback[-1].name == "handler"
    assert snapshot.search(EVERY, 1)[0][1] == 0


def test_in_other_threads_the_time_counts_as_well(snapshot: _core.Snapshot) -> None:
    raised: list[BaseException] = []

    def search() -> None:
        try:
            snapshot.search(ENDLESS, 1, timeout=0.02)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(error) for error in raised] == [SearchTimeout] * 3


def test_the_error_says_what_was_asked_and_what_to_do(index: Index) -> None:
    with pytest.raises(SearchTimeout, match=r"the search of 'every w\*' did not end within 1e-09 s; allow"):
        index.search("every w*", timeout=1e-9)
    with pytest.raises(SearchlibError) as caught:
        index.search("every", timeout=1e-9)
    assert isinstance(caught.value, TimeoutError) and caught.value.timeout == 1e-9


def test_a_search_in_time_is_like_any_other(index: Index) -> None:
    timed, plain = index.search("every", timeout=LONG), index.search("every")
    assert [(hit.id, hit.score) for hit in timed] == [(hit.id, hit.score) for hit in plain]
    assert timed.total == plain.total == NUM_WORDS
    assert (timed.timeout, plain.timeout, timed.query) == (LONG, None, "every")


def test_counting_the_matches_is_given_the_same_time(index: Index) -> None:
    plan = index.search("every").plan
    with pytest.raises(SearchTimeout, match="counting the matches of 'every' did not end within 1e-09 s"):
        _ = Results(index._searcher, "every", plan, plan.core, [], 0.0, 1e-9).total


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_timeout_is_above_0(index: Index, timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout is a number of seconds above 0"):
        index.search("every", timeout=timeout)

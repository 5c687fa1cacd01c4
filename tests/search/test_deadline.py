"""A search ends when its time is over or its user has had enough, and leaves everything as it was."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from searchlib import Index, Schema, Text, _core
from searchlib.errors import SearchlibError, SearchTimeout
from searchlib.plan import (
    All,
    And,
    Boost,
    Docs,
    FormPattern,
    Forms,
    Has,
    Max,
    Maybe,
    Not,
    Nothing,
    Or,
    Phrase,
    PhraseField,
    PlanNode,
    Word,
    WordField,
)
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


MANY = 10_000
PHRASE = Phrase([PhraseField(0, 1.0, [0, 1], [["every"], ["w1"]])])
ALL = [All()] * MANY
SLOW: dict[str, PlanNode] = {
    "a pattern of many forms": Forms(FormPattern("wildcard", "*", 0), [0]),
    "patterns of many forms": Forms(FormPattern("wildcard", "*1*", 0), [0] * 20),
    "patterns of few lemmas": Or([Forms(FormPattern("prefix", "evil", 0), [0])] * MANY),
    "not": Not(All(), Or(ALL)),
    "has": Or([Has(1)] * 4 * MANY),
    "docs": Or([Docs([list(range(0, 40_000, 2))])] * 100),
    "and": And(ALL),
    "or": Or(ALL),
    "max": Max([EVERY] * MANY),
    "maybe": Maybe(All(), Or(ALL)),
    "boost": Boost(2.0, Max(ALL)),
    "words, which are chosen": Or([Word([WordField(0, 1.0, ["every", "evil"])])] * MANY),
    "words, all of them": And([EVERY] * MANY),
    "phrases": Or([PHRASE] * 200),
}
"""Plans that take a quarter of a second and more, mostly in loops of the scorer that they are named for."""


@pytest.fixture(scope="module")
def large() -> _core.Snapshot:
    """40,000 documents and 80,000 words; the last one alone has a value in a field, and a form of a lemma."""
    index = Index.in_memory(Schema(body=Text(), rare=Text()))
    with index.writer() as writer:
        writer.add_many({"body": f"every a{number} b{number} w1 evils"} for number in range(39_999))
        writer.add({"body": "evil", "rare": "value"})
    index.refresh()
    core: _core.Snapshot = index._searcher.core
    return core


@pytest.mark.unsanitized(reason="it measures time")
@pytest.mark.parametrize("plan", SLOW.values(), ids=SLOW)
def test_every_scorer_ends_soon_after_its_time(large: _core.Snapshot, plan: PlanNode) -> None:
    for timeout in (0.01, 0.06, 0.15):
        for call in (large.search, large.count):
            assert min(lateness(call, plan, timeout) for _ in range(3)) < 0.05, (timeout, call)


def lateness(call: Callable[..., object], plan: PlanNode, timeout: float) -> float:
    """How many seconds after its time a call ends, one way or the other.

    Of the processor's time, which others do not take: a loop without an eye on the clock uses it up as well.
    """
    prepared = _core.Plan(plan)
    arguments = (prepared,) if call.__name__ == "count" else (prepared, 10)
    started = time.thread_time()
    with contextlib.suppress(SearchTimeout):
        call(*arguments, timeout=timeout)
    return time.thread_time() - started - timeout


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


@pytest.mark.parametrize("call", CALLS)
def test_a_call_ends_when_nobody_wants_its_answer(snapshot: _core.Snapshot, call: Call) -> None:
    asked = []

    def is_wanted() -> bool:
        asked.append(time.monotonic())
        return len(asked) < 3

    with pytest.raises(SearchTimeout, match="nobody waits for the answer any more"):
        _core.while_wanted(is_wanted, lambda: call(snapshot))
    num_asked = len(asked)
    assert 3 <= num_asked <= 4, "once more, perhaps, while helpers end"
    with pytest.raises(SearchTimeout, match="did not end in the time"):  # nobody is asked any more
        snapshot.search(ENDLESS, 1, timeout=0.1)
    assert len(asked) == num_asked


def test_what_is_wanted_is_what_the_call_gives(snapshot: _core.Snapshot) -> None:
    assert _core.while_wanted(lambda: True, lambda: snapshot.count(EVERY)) == NUM_WORDS
    with pytest.raises(KeyError):
        _core.while_wanted(lambda: True, lambda: {}["a fault of the call"])
    with pytest.raises(KeyError):
        _core.while_wanted(lambda: {}["a fault of who is asked"], lambda: snapshot.search(ENDLESS, 1))


def test_another_thread_is_not_asked(snapshot: _core.Snapshot) -> None:
    def other() -> object:
        with ThreadPoolExecutor(1) as pool, pytest.raises(SearchTimeout, match="in the time"):
            pool.submit(snapshot.search, ENDLESS, 1, timeout=0.2).result()
        return "ended by its own time"

    assert _core.while_wanted(lambda: False, other) == "ended by its own time"


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

"""Words and queries as long as anybody may send: they end at once, and what can be mended in them is."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest

from searchlib import Index, Schema, Text, _core
from searchlib.errors import QueryError, QueryTooComplex, SearchTimeout
from searchlib.plan import Word, WordField
from searchlib.suggest.vocabulary import MAX_LETTERS

LONG = 60
"""Seconds, of which far less than one is used: before, what is asked here took minutes."""

LONGEST = (("x", MAX_LETTERS - 1), ("y", MAX_LETTERS), ("z", MAX_LETTERS + 1))

SIZES = (16_000, 100_000, 999_000)
SHAPES = ("a", "я", "е", "A", "1a", "a'", "a-", "a.", "a;", ";", "ab ", "[")


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(), body=Text()))
    with index.writer() as writer:
        writer.add_many({"title": "Tashkent police", "body": f"президент {n}"} for n in range(20))
        writer.add(
            {"body": "x" * (MAX_LETTERS - 1) + " " + "y" * MAX_LETTERS + " " + "z" * (MAX_LETTERS + 1)}
        )
    index.refresh()
    return index


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError(f"took more than {LONG} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONG)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_word_longer_than_any_has_nothing_to_mend(index: Index, shape: str, size: int) -> None:
    text = shape * (size // len(shape))
    asked: list[Callable[[], object]] = [
        lambda: index.suggest(text),
        lambda: index.search(text, cross_script=True).total,
        lambda: sum(part.num_docs or 0 for part in index.explain(text, cross_script=True).parts),
    ]
    for ask in asked:
        try:
            assert not ask()
        except QueryTooComplex as error:
            assert "words" in str(error)
        except QueryError as error:
            assert shape in ";[" and "empty" in str(error)
    assert index.complete(text) == []


def test_the_other_words_of_a_query_are_mended(index: Index) -> None:
    for word in ("q" * 100_000, ";" * 1000 + "q" + "]" * 1000, "е" * 100_000):
        (best, *_) = index.suggest(f"tashknt {word} призидент")
        assert best.query == f"tashkent {word} президент"
        assert [one.meant for one in best.corrections] == ["tashkent", "президент"]


@pytest.mark.parametrize(
    ("letter", "length"), [("x", MAX_LETTERS - 1), ("y", MAX_LETTERS), ("z", MAX_LETTERS + 1)]
)
def test_words_of_64_letters_are_mended_and_longer_ones_not(index: Index, letter: str, length: int) -> None:
    typed = letter * (length - 1) + "q"
    found = index.suggest(typed)
    assert bool(found) == (length <= MAX_LETTERS)
    if found:
        assert found[0].query == letter * length
    assert [one.word for one in index.complete(letter * (length - 1))] == [letter * length]


def test_a_long_query_is_written_as_often_as_it_is_asked_for(index: Index) -> None:
    query = " ".join(["tashknt"] * 32 + ["police"] * 5000)
    assert len(index.suggest(query, limit=3)) <= 3


def test_words_next_to_which_nothing_is_there(index: Index) -> None:
    assert index.suggest(" ".join(f"qx{number}qz" for number in range(9_000))) == []


@pytest.mark.parametrize("timeout", [0.0, -1.0, float("nan")])
def test_a_timeout_is_a_time(index: Index, timeout: float) -> None:
    for ask in (index.suggest, index.complete, index.explain):
        with pytest.raises(ValueError, match="above 0"):
            ask("tashknt", timeout=timeout)


def test_each_question_ends_with_its_time(index: Index) -> None:
    for ask in (index.suggest, index.complete, index.explain):
        with pytest.raises(SearchTimeout, match=r"did not end within 1e-09 s") as caught:
            ask("tashknt", timeout=1e-9)
        assert caught.value.timeout == 1e-9
        assert ask("tashkent", timeout=LONG) == ask("tashkent")
    with pytest.raises(SearchTimeout):
        index.search("tashknt президент", cross_script=True, timeout=1e-9)


def test_calls_within_a_limit_share_its_time(index: Index) -> None:
    snapshot = index._searcher.core
    with _core.TimeLimit(LONG):
        with _core.TimeLimit(1e-9 + 0.01), pytest.raises(SearchTimeout):
            while True:
                snapshot.df(0, "tashkent")
        assert snapshot.df(0, "tashkent") == 20
        with pytest.raises(SearchTimeout):
            snapshot.count(Word([WordField(0, 1.0, ["tashkent"])]), timeout=0.0)
    assert snapshot.df(0, "tashkent") == 20


def test_a_limit_ends_calls_that_have_more_time_of_their_own(index: Index) -> None:
    snapshot = index._searcher.core
    with _core.TimeLimit(0.01), pytest.raises(SearchTimeout):
        while True:
            snapshot.count(Word([WordField(0, 1.0, ["tashkent"])]), timeout=LONG)


def test_ctrl_c_ends_suggestions(index: Index) -> None:
    def press(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, press)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    with pytest.raises(KeyboardInterrupt):
        while True:
            index.suggest("tashknt призидент")
            index._searcher.suggester.vocabulary(("title", "body"))._names.clear()  # type: ignore[union-attr]

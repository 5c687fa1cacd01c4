"""The short way for plain words makes the plans that parser and planner make, and takes nothing else on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Keyword, Ranking, Schema, Text
from searchlib.errors import QueryTooComplex, UnknownFieldError
from searchlib.plan import All, PlanNode, Word, WordField
from searchlib.query import nodes
from searchlib.query.parser import parse
from searchlib.search.plain import PlainPlanner
from searchlib.search.planner import Planner
from searchlib.search.ranking import RICH
from searchlib.search.scope import FieldScope

SCHEMA = Schema(
    title=Text(boost=2.0),
    body=Text(),
    code=Text(languages=(), default=False),
    plain=Text(languages=()),
    tag=Keyword(),
)
WORDS = [
    "the",
    "и",
    "cat",
    "Cats",
    "стали",
    "люди",
    "1991",
    "a_b",
    "US",
    "us",
    "и",
    "x2",
    "Ёлка",
    "ўзбек",
    "_",
    "日本",
    '"the"',
    '"Cats"',
    '"стали"',
    '"AND"',
    '"a_b"',
    '"_"',
    "\tx\n",
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.in_memory(SCHEMA)


def general(index: Index, ranking: Ranking | None = None) -> Planner:
    searcher = index._searcher
    return Planner(FieldScope(SCHEMA, searcher.analyzers), searcher._range_plan, searcher.with_id, ranking)


@pytest.mark.parametrize("ranking", [None, RICH], ids=str)
@given(words=st.lists(st.sampled_from(WORDS) | st.text('abcабв12_ "', max_size=6), max_size=6))
def test_the_plan_is_the_same(index: Index, words: list[str], ranking: Ranking | None) -> None:
    query = " ".join(words)
    planner = general(index, ranking)
    plain = PlainPlanner(planner.scope, ranking, lambda: planner)
    for _ in range(2):  # words made, words kept
        plan = plain.plan(query)
        if plan is not None:
            assert plan == planner.plan(parse(query, SCHEMA))


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a AND b",
        "NOT b",
        "+a b",
        '"a b"',
        "title:a",
        "a*",
        "a^2",
        "a-b",
        "o'neil",
        '"a""b"',
        '"a"b',
        '"a"~2',
        '"a"^2',
        '+"a"',
        '"',
        '""',
        "ё\u0301",
    ],
)
def test_what_is_more_than_words_is_left_to_the_parser(index: Index, query: str) -> None:
    planner = general(index)
    assert PlainPlanner(planner.scope, None, lambda: planner).plan(query) is None


@pytest.mark.parametrize("ranking", [None, RICH], ids=str)
def test_everything_is_planned_once(index: Index, ranking: Ranking | None) -> None:
    planner = general(index, ranking)
    plain = PlainPlanner(planner.scope, ranking, lambda: planner)
    plan = plain.plan("*:*")
    assert plan is not None and plan == planner.plan(parse("*:*", SCHEMA))
    assert plain.plan("*:*") is plan
    assert all(plain.plan(other) is None for other in (" *:*", "*:*^2", "*", "title:*", "*:* a"))


def test_many_queries_at_once_find_what_each_finds(index: Index) -> None:
    filled = Index.in_memory(SCHEMA)
    with filled.writer() as writer:
        for number in range(300):
            writer.add(
                {
                    "id": str(number),
                    "title": WORDS[number % len(WORDS)],
                    "body": " ".join(WORDS[: number % 9]),
                }
            )
    filled.refresh()
    words = [word for word in WORDS if "_" not in word[:2]]  # no word at all
    queries = [f"{a} {b}" for a in words for b in words] + ["cat AND люди", '"the cat"']
    expected = [[(hit.id, hit.score) for hit in filled.search(query)] for query in queries]
    for threads in (1, 2, 5):
        found = filled.search_many(queries, threads=threads)
        assert [[(hit.id, hit.score) for hit in results] for results in found] == expected
    assert filled.search_many([]) == []
    with pytest.raises(ValueError, match="threads is a whole number, 1 or more"):
        filled.search_many(queries, threads=0)


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("place", [0, 1, 99])
def test_a_query_that_cannot_be_spoils_its_own_results_alone(index: Index, threads: int, place: int) -> None:
    queries: list[str | nodes.Node] = ["cat люди"] * 100
    queries[place] = nodes.Or(tuple(nodes.Prefix(f"a{number}") for number in range(21)))
    found = index.search_many(queries, threads=threads)
    expected = [hit.id for hit in index.search("cat люди")]
    assert [[hit.id for hit in results] for number, results in enumerate(found) if number != place] == [
        expected
    ] * 99
    assert list(found[place]) == [] and found[place].total == 0
    assert isinstance(found[place].error, QueryTooComplex)
    assert "at most 20 prefixes" in found[place].notes[0]
    assert all(results.error is None for number, results in enumerate(found) if number != place)
    with pytest.raises(QueryTooComplex, match="at most 20 prefixes"):
        index.search_many(queries, threads=threads, strict=True)


@pytest.mark.parametrize("threads", [1, 5])
def test_a_strict_query_that_cannot_be_ends_them_all(index: Index, threads: int) -> None:
    queries = ["cat люди", "(((a) OR absent:b", "cat люди"]
    with pytest.raises(UnknownFieldError, match="absent"):
        index.search_many(queries, threads=threads, strict=True)
    first, second, third = index.search_many(queries, threads=threads)
    assert second.error is None and "absent" in second.notes[0]
    assert [hit.id for hit in first] == [hit.id for hit in third]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_a_plan_that_cannot_be_ends_them_all(index: Index, threads: int) -> None:
    def plans() -> Iterator[PlanNode]:
        yield from [All()] * 50
        yield Word([WordField(99, 1.0, ["there is no field 99"])])

    with pytest.raises(ValueError, match="does not fit"):
        index._searcher.core.search_many(plans(), 1, threads)

"""Filters: the oracle's hits under every one, bit for bit; pruned as exhaustive; no scores and no marks."""

from __future__ import annotations

import os
import random
import re
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bilingual import IDS, TAGS, queries, rankings
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from twins import Twins, batches, standing_twins

from searchlib import Date, F, Filter, Index, Keyword, Number, Plain, Ranking, Schema, Text
from searchlib.errors import QueryError
from searchlib.plan import Filtered
from searchlib.query import nodes, parse
from searchlib.query.conditions import FieldValues
from searchlib.search.ranking import BM25, DEFAULT, RICH

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
_settings = settings(
    deadline=None,
    max_examples=30 * DEPTH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

VALUES: dict[str, list[Any]] = {
    "tag": [*TAGS, "x", "", "а"],
    "year": [1990, 1991, 1992, 1991.5, 0, -1, 2**60, 10**400],
    "published": [
        date(1991, 2, 3),
        date(1992, 1, 1),
        datetime(1991, 2, 3, 12, tzinfo=timezone.utc),
        datetime(1991, 2, 3, 12, 0, 0, 1, tzinfo=timezone.utc),
        date(1991, 3, 31),
        date(1, 1, 1),
        date(9999, 12, 31),
    ],
    "old": [True, False],
    "code": [7, 2**53, 2**53 + 1, 2**53 + 2, 2**63 - 1, -(2**63), 2**63, -(2**63) - 1, 7.5, 2.0**53, 10**400],
}


def is_closed(index: Index, filter: str) -> bool:
    """Whether all that a filter opens is closed, and the other way round; if not, it is refused."""
    try:
        parse(filter, index.schema, strict=True)
    except QueryError as error:
        with pytest.raises(QueryError, match=re.escape(str(error))):
            index.search("force", filter=filter)
        return "closed" not in str(error)
    return True


@st.composite
def conditions(draw: st.DrawFn) -> Filter:
    name = draw(st.sampled_from([*VALUES, "id", "title", "body"]))
    field: FieldValues = F[name]
    if name == "id":
        return field.any(draw(st.lists(st.sampled_from([*IDS, "none"]), max_size=4)))
    if name not in VALUES or draw(st.integers(0, 5)) == 0:
        return field.exists()
    value, other = (draw(st.sampled_from(VALUES[name])) for _ in range(2))
    return draw(
        st.sampled_from(
            [
                field == value,
                field != value,
                field < value,
                field <= value,
                field > value,
                field >= value,
                field.between(value, other),
                field.any(),
                field.any(value, other),
                field.any([value, other, *VALUES[name][:1]]),
            ]
        )
    )


def _joined(parts: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    return st.one_of(
        st.builds(lambda one, other: one & other, parts, parts),
        st.builds(lambda one, other: one | other, parts, parts),
        st.builds(lambda one: ~one, parts),
    )


filters = st.one_of(conditions(), st.recursive(conditions(), _joined, max_leaves=5))


@pytest.fixture(scope="module", params=[True, False], ids=["stored", "not-stored"])
def standing(request: pytest.FixtureRequest) -> Twins:
    return standing_twins(request.param)


@given(query=queries, filter=filters, ranking=st.one_of(st.just(BM25), rankings))
@settings(_settings, max_examples=100 * DEPTH)
def test_filtered_searches_of_a_standing_index_equal_the_oracle(
    standing: Twins, query: str, filter: Filter, ranking: Ranking
) -> None:
    standing.check(query, ranking, filter)


@given(query=queries, filter=queries)
@settings(_settings, max_examples=100 * DEPTH)
def test_a_query_is_a_filter(standing: Twins, query: str, filter: str) -> None:
    if not is_closed(standing.index, filter):
        return
    standing.check(query, DEFAULT, filter)
    standing.check(query, BM25, [filter, F.year.exists()])


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not-stored"])
@given(batches=batches, asked=st.lists(st.tuples(queries, filters), min_size=3, max_size=8))
@_settings
def test_filtered_searches_equal_the_oracle(
    stored: bool, batches: list[list[Any]], asked: list[tuple[str, Filter]]
) -> None:
    twins = Twins(stored)
    twins.apply(batches)
    for query, filter in asked:
        twins.check(query, BM25, filter)
        twins.check(query, RICH, filter)
    twins.merge()
    for query, filter in asked:
        note(f"merged: {query}")
        twins.check(query, BM25, filter)


@given(query=queries, filter=filters)
@settings(_settings, max_examples=30 * DEPTH)
def test_many_at_once_equal_one_by_one(standing: Twins, query: str, filter: Filter) -> None:
    asked = [query, "лес force", '"state owned"']
    expected = [standing.oracle.search(each, 5, filter=filter) for each in asked]
    for threads in (1, 2):
        together = standing.index.search_many(asked, limit=5, threads=threads, filter=filter)
        assert [[(hit.id, hit.score) for hit in results] for results in together] == expected


# ---- an index of nothing


ALL_KINDS: list[Any] = [
    "id:a", "id:none", "*:*", "-id:a", "NOT *:*", "force", '"state owned"', '"state owned"~3', "for*", "*o*",
    "forc~", "tag:x", "tag:[a TO z]", "year:[1 TO 3000]", "year:1990", "old:true", "published:1991-02-03",
    "id:a OR tag:x", "(id:a OR id:none) AND force", "+id:a +force", "force^2", "nowhere", Plain("force"), "",
    ["id:a", "tag:x"], [F.id == "a", "force"], F.id == "a", F.id != "a", F.id.any("a", "none"), F.id.any(),
    ~(F.id == "a"), ~F.id.any("a", "none"), F.id.exists(), ~F.id.exists(), F.body.exists(), F.tag.exists(),
    F.tag == "x", F.tag.any("x", "y"), F.year > 5, F.year.any(1, 2), F.year.between(1, 2), F.old == True,  # noqa: E712
    F.published >= date(1991, 2, 3), F.code == 7, F.title.exists(), (F.tag == "x") & (F.id == "a"),
    (F.tag == "x") | (F.id == "a"), ~((F.tag == "x") | (F.id == "a")), nodes.Word("a", "id"),
    nodes.Or((nodes.Word("a", "id"), nodes.Word("none", "id"))), nodes.Not(nodes.Word("a", "id")),
]  # fmt: skip


@pytest.fixture(scope="module", params=["new", "emptied"])
def empty(request: pytest.FixtureRequest) -> Index:
    """An index without segments: nothing was added, or all of it was deleted."""
    twins = Twins(True)
    if request.param == "emptied":
        twins.apply([[{"id": "a", "body": "force", "tag": "x", "year": 1991}], ["a"]])
    return twins.index


@pytest.mark.parametrize("filter", ALL_KINDS, ids=repr)
def test_every_filter_of_an_index_of_nothing_finds_nothing(empty: Index, filter: Any) -> None:
    for query in ("force", "*:*", '-force OR "state owned" OR for*', "id:a OR tag:x"):
        for limit in (1, None):
            results = empty.search(query, limit, filter=filter, sort="year", facets=["tag", "year"])
            assert len(results) == results.total == 0
            assert list(results.facets["tag"]) == []
            results = empty.search(query, limit, filter=filter, expand="bo1", group_by="tag")
            assert len(results) == results.total == 0
        assert len(empty.search(query, filter=filter, count=True)) == 0
        assert list(map(len, empty.search_many([query] * 3, threads=2, filter=filter))) == [0] * 3
        empty.why_nothing(query, filter=filter)


@given(query=queries, filter=filters)
@_settings
def test_whatever_is_asked_of_an_index_of_nothing(empty: Index, query: str, filter: Filter) -> None:
    assert len(empty.search(query, filter=filter)) == len(empty.search("*:*", None, filter=filter)) == 0
    assert not is_closed(empty, query) or len(empty.search("*:*", filter=query)) == 0


# ---- what a filter is not


NOTHING: list[Any] = [
    "", "  ", "!!!", F.tag.any(), F.tag.any([]), F.id.any(), [], nodes.Empty(), Plain("…"), nodes.And(()),
    nodes.Or(()), F.tag.any() & F.year.exists(), [F.year.exists(), ""],
]  # fmt: skip


@pytest.mark.parametrize("filter", NOTHING, ids=repr)
def test_an_empty_filter_finds_nothing(standing: Twins, filter: Any) -> None:
    for query in ("лес", "*:*", "-force", '"two words" OR force'):
        for limit in (3, None):
            results = standing.index.search(query, limit, filter=filter)
            assert len(results) == 0 and results.total == 0


def test_what_is_not_empty_of_an_empty_filter_finds_all(standing: Twins) -> None:
    found = standing.index.search("*:*", None, filter=~F.tag.any())
    assert len(found) == len(standing.index)
    assert len(standing.index.search("*:*", None, filter=F.id.exists())) == len(standing.index)
    assert len(standing.index.search("*:*", None)) == len(standing.index.search("*:*", None, filter=None))


def test_a_filter_neither_scores_nor_marks_nor_is_a_missing_word(standing: Twins) -> None:
    scores = {hit.id: hit.score for hit in standing.index.search("force", None)}
    filtered = standing.index.search("force", None, filter="title:лес OR body:лес OR nowherewords")
    assert filtered and all(scores[hit.id] == hit.score for hit in filtered)
    assert not any("лес" in hit.highlight("body", "html").partition("<mark>")[2].partition("</mark>")[0]
                   for hit in filtered)  # fmt: skip
    assert not filtered.has_missing_words
    explained = filtered[0].explain()
    assert explained.value == filtered[0].score and "filter" in explained.description


def test_expansion_looks_at_what_the_filter_lets_through(standing: Twins) -> None:
    passing = {hit.id for hit in standing.index.search("*:*", None, filter=F.year <= 1991)}
    if not standing.index.schema["body"].stored:
        return
    found = standing.index.search("лес force", None, filter=F.year <= 1991, expand="bo1")
    assert {hit.id for hit in found} <= passing


# ---- pruned and exhaustive, where there are blocks


@pytest.fixture(scope="module", params=[(1, False), (1, True), (9, False), (9, True)], ids=str)
def large(request: pytest.FixtureRequest) -> Index:
    """20,000 documents of frequent and rare words, in one segment or nine, with and without deletes."""
    num_segments, deletes = request.param
    chance = random.Random(7)
    index = Index.in_memory(Schema(title=Text(), body=Text(), tag=Keyword(), price=Number(), rank=Number()))
    vocabulary = [f"w{number}" for number in range(300)]
    weights = [1 / (1 + number) for number in range(300)]
    total = 20_000
    with index.writer() as writer:
        for number in range(total):
            words = chance.choices(vocabulary, weights, k=chance.randint(3, 40))
            writer.add(
                {
                    "id": str(number),
                    "title": " ".join(words[:3]),
                    "body": " ".join(words),
                    "tag": chance.sample([f"t{i}" for i in range(30)], chance.randint(0, 3)),
                    "price": chance.randrange(1000),
                    **({"rank": number / 4} if number % 3 else {}),
                }
            )
            if (number + 1) % (total // num_segments) == 0:
                writer.commit(merge=False)
        if deletes:
            for number in range(0, total, 7):
                writer.delete(str(number))
        writer.commit(merge=False)
    index.refresh()
    assert len(index._searcher.segments) in (num_segments, num_segments + 1)
    return index


LARGE_FILTERS = [
    F.price < 900, F.price < 500, F.price < 100, F.price < 10, F.price == 3, F.price.between(100, 101),
    F.price.any(range(0, 1000, 3)), F.rank.between(1000, 1100), F.rank > 4000, ~F.rank.exists(),
    F.tag.any("t1"), F.tag.any([f"t{i}" for i in range(20)]), F.tag >= "t3", F.price < 0, ~F.id.any("1"),
    (F.price < 500) & F.tag.any("t1", "t2") | (F.rank < 10), "body:w40", '"w1 w2"', "w4* -w5",
    F.id.any([str(i) for i in range(0, 20_000, 501)]),
]  # fmt: skip
LARGE_QUERIES = [
    "w1", "w1 w2 w50", "w0 w1 w2 w3 w4", "+w1 +w2", "+w60 +w1 w2", '"w0 w1"', "title:w1", "w1 -w0", "w2*",
    "(w1 w200)^3 title:w9", "*:*", "price:[1 TO 20]", "+w3 tag:t4",
]  # fmt: skip


@pytest.mark.parametrize("filter", LARGE_FILTERS, ids=lambda value: repr(value)[:40])
def test_pruned_equals_exhaustive(large: Index, filter: Any) -> None:
    searcher = large._searcher
    passes = searcher.filter_plan(filter)
    for query in LARGE_QUERIES:
        for ranking in ("bm25", "default"):
            core = Filtered(searcher.plan(query, ranking=ranking).core, passes)
            expected = searcher.core.search(core, 100, exhaustive=True)
            for limit in (1, 10, 100):
                assert searcher.core.search(core, limit) == expected[:limit], (query, ranking, limit)
        everything = searcher.core.search(core, len(large), exhaustive=True)
        assert searcher.core.search(core, len(large)) == everything
        assert searcher.core.count(core) == len(everything), query


def test_the_documents_that_pass_are_those_that_should(large: Index) -> None:
    expected = [number for number in range(20_000) if number % 3 and 1000 <= number / 4 <= 1100]
    live = [number for number in expected if str(number) in large]
    found = large.search("*:*", None, filter=F.rank.between(1000, 1100))
    assert sorted(int(hit.id) for hit in found) == live


def test_a_segment_keeps_no_more_than_so_many_filters() -> None:
    index = Index.in_memory(Schema(body=Text(), price=Number()))
    with index.writer() as writer:
        writer.add_many({"id": str(i), "body": "word", "price": i} for i in range(200))
    index.refresh()
    for _ in range(2):
        for number in range(150):  # more than are kept
            assert [hit.id for hit in index.search("word", filter=F.price == number)] == [str(number)]


def test_an_empty_string_is_no_value() -> None:
    index = Index.in_memory(Schema(body=Text(), tag=Keyword(), line=Text(column=True)))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "word", "tag": "", "line": ""})
        writer.add({"id": "2", "body": "word", "tag": ["", "x"], "line": "x"})
    index.refresh()
    many = ["", *map(str, range(20))]
    for filter in (F.tag == "", F.tag.any(many), F.line == "", F.line < "a"):
        assert not index.search("word", filter=filter)
    for filter in (F.tag.exists(), F.tag >= "", F.line.exists(), F.line >= ""):
        assert [hit.id for hit in index.search("word", filter=filter)] == ["2"]


def test_a_field_that_is_younger_than_a_segment_has_no_values_there() -> None:
    index = Index.in_memory(Schema(body=Text(), price=Number(), tag=Keyword()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "word"})
        writer.commit(merge=False)
        writer.add({"id": "2", "body": "word", "price": 1, "tag": "a"})
    index.refresh()
    for filter in (F.price.exists(), F.price <= 1, F.tag >= "a", "tag:[a TO b]", "price:1"):
        assert [hit.id for hit in index.search("word", filter=filter)] == ["2"]
        assert [hit.id for hit in index.search("word", filter=~F.price.exists())] == ["1"]


def test_a_text_is_another_filter_than_the_query_of_the_same_letters() -> None:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        for name, body in (("a", "cat"), ("b", "cat dog"), ("c", "dog")):
            writer.add({"id": name, "body": body})
    index.refresh()

    def found(filter: Any) -> list[str]:
        return sorted(hit.id for hit in index.search("*:*", filter=filter))

    for _ in range(2):  # the second time they are remembered
        assert found(Plain("cat AND dog")) == ["a", "b", "c"]
        assert found("cat AND dog") == ["b"]


def test_the_two_hours_of_one_name_are_two_filters() -> None:
    index = Index.in_memory(Schema(at=Date()))
    zone = ZoneInfo("Europe/Berlin")
    hours = [datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold) for fold in (0, 1)]
    with index.writer() as writer:
        for fold, hour in enumerate(hours):
            writer.add({"id": fold, "at": hour})
    index.refresh()
    for _ in range(2):
        for fold, hour in enumerate(hours):
            assert [hit.id for hit in index.search("*:*", filter=F.at == hour)] == [str(fold)]

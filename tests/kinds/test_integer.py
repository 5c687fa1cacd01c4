"""Whole numbers of 64 bits: what filters, orders, facets, boosts and sources make of them is exact.

Doubles have gaps beyond 2**53: each case has neighbours that a double would confuse.
"""

from __future__ import annotations

import itertools
import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import (
    Distinct,
    F,
    Filter,
    Histogram,
    Index,
    Integer,
    Number,
    Range,
    Schema,
    Sort,
    Static,
    Stats,
    Terms,
    Text,
)
from searchlib.errors import DocumentError, QueryError
from searchlib.sources.sources import Sources

LEAST, MOST = -(2**63), 2**63 - 1
BIG = 2**60
EDGES = [
    LEAST,
    LEAST + 1,
    -BIG - 1,
    -(2**53) - 1,
    -(2**53),
    -1,
    0,
    1,
    7,
    2**53,
    2**53 + 1,
    2**53 + 2,
    BIG,
    BIG + 1,
]
EDGES += [MOST - 1, MOST]
BEYOND = [LEAST - 1, MOST + 1, 10**30, -(10**30), 0.5, -0.5, 2.0**60, math.inf, -math.inf, 1e300]
integers = st.one_of(st.sampled_from(EDGES), st.integers(LEAST, MOST), st.integers(-9, 9))


def index_of(values: list[Any], segments: int = 1) -> Index:
    """A document for each of the values, its id the number of it."""
    index = Index.in_memory(Schema(it=Integer(), body=Text()))
    with index.writer() as writer:
        for number, value in enumerate(values):
            writer.add({"id": str(number), "it": value, "body": "word"})
            if (number + 1) % max(len(values) // segments, 1) == 0:
                writer.commit(merge=False)
    index.refresh()
    return index


@pytest.fixture(scope="module", params=[1, 3])
def edges(request: pytest.FixtureRequest) -> Index:
    return index_of([*EDGES, None], request.param)


def found(index: Index, filter: Any) -> set[int]:
    return {index.get(hit.id)["it"] for hit in index.search("*:*", None, filter=filter)}  # type: ignore[index]


@pytest.mark.parametrize("value", [*EDGES, *BEYOND], ids=repr)
def test_each_comparison_is_that_of_python(edges: Index, value: Any) -> None:
    other = EDGES[5]
    cases: list[tuple[Filter, set[int]]] = [
        (F.it == value, {each for each in EDGES if each == value}),
        (F.it < value, {each for each in EDGES if each < value}),
        (F.it <= value, {each for each in EDGES if each <= value}),
        (F.it > value, {each for each in EDGES if each > value}),
        (F.it >= value, {each for each in EDGES if each >= value}),
        (F.it.between(other, value), {each for each in EDGES if other <= each <= value}),
        (F.it.between(value, other), {each for each in EDGES if value <= each <= other}),
        (F.it.any(value, 7), {each for each in EDGES if each in (value, 7)}),
    ]
    for filter, expected in cases:
        assert found(edges, filter) == expected, filter


@pytest.mark.parametrize("value", [*EDGES, LEAST - 1, MOST + 1, 10**30], ids=repr)
def test_a_query_asks_the_same(edges: Index, value: int) -> None:
    for text, expected in [
        (f"it:{value}" if value >= 0 else f'it:"{value}"', {each for each in EDGES if each == value}),
        (f"it:[{value} TO *]", {each for each in EDGES if each >= value}),
        (f"it:{{{value} TO *]", {each for each in EDGES if each > value}),
        (f"it:[* TO {value}]", {each for each in EDGES if each <= value}),
        (f"it:[* TO {value}}}", {each for each in EDGES if each < value}),
    ]:
        assert found(edges, text) == expected, text


@given(
    values=st.lists(st.one_of(st.none(), integers, st.lists(integers, max_size=3)), max_size=12),
    segments=st.integers(1, 3),
)
@settings(deadline=None, max_examples=60)
def test_orders_and_facets_are_exact(values: list[Any], segments: int) -> None:
    index = index_of(values, segments)
    lists = [sorted({*value} if isinstance(value, list) else {value} - {None}) for value in values]
    for reverse in (False, True):

        def key(number: int, reverse: bool = reverse) -> tuple[bool, int]:
            its = lists[number]
            return (not its, 0) if not its else (False, -its[-1] if reverse else its[0])

        expected = sorted(range(len(values)), key=key)
        assert [int(hit.id) for hit in index.search("*:*", None, sort=Sort("it", reverse))] == expected
    every = [value for its in lists for value in its]
    borders = [None, LEAST, -BIG, 0, 0.5, 1, 2**53, 2**53 + 1, BIG + 1, MOST, None]
    facets = [Terms("it", None), Range("it", borders, name="ranges"), Stats("it"), Distinct("it")]
    counts: Any = index.search("*:*", 0, facets=facets).facets
    assert counts["it"].as_dict() == {value: sum(value in its for its in lists) for value in set(every)}
    assert counts["it:distinct"].distinct == len(set(every))
    assert [bucket.count for bucket in counts["ranges"]] == [
        sum(
            any((low is None or low <= value) and (high is None or value < high) for value in its)
            for its in lists
        )
        for low, high in itertools.pairwise(borders)
    ]
    stats = counts["it:stats"]
    expected_stats = (len(every), min(every), max(every), sum(every)) if every else (0, None, None, None)
    assert (stats.values, stats.min, stats.max, stats.sum) == expected_stats
    assert stats.mean == (sum(every) / len(every) if every else None)


@given(values=st.lists(st.integers(MOST - 1000, MOST), min_size=1, max_size=9), width=st.integers(1, 500))
@settings(deadline=None, max_examples=30)
def test_steps_of_whole_numbers_are_exact(values: list[int], width: int) -> None:
    steps: Any = index_of(values).search("*:*", 0, facets=Histogram("it", width)).facets["it"]
    assert {b.value: b.count for b in steps if b.count} == {
        start: sum(value // width * width == start for value in values)
        for start in {v // width * width for v in values}
    }
    assert [b.value for b in steps] == list(range(min(values) // width * width, max(values) + 1, width))


@pytest.mark.parametrize("number", [Decimal(5), Fraction(10, 2), np.int64(5), 5.0])
def test_what_a_document_may_hold_a_filter_may_ask(number: Any) -> None:
    index = index_of([3, 5, 7])
    assert [hit["it"] for hit in index.search("word", filter=F.it == number)] == [5]
    assert {hit["it"] for hit in index.search("word", filter=F.it >= number)} == {5, 7}


def test_a_page_goes_on_behind_a_neighbour() -> None:
    index = index_of([BIG + number for number in range(50)])
    seen, after = [], None
    while page := index.search("*:*", 7, sort="-it", after=after):
        seen += [hit["it"] for hit in page]
        after = page.cursor
    assert seen == [BIG + number for number in reversed(range(50))]


def test_groups_of_neighbours_stay_apart() -> None:
    index = index_of([BIG, BIG + 1, BIG, BIG + 1, BIG + 2])
    groups = index.search("word", 10, group_by="it").groups or []
    assert {group.value: group.total for group in groups} == {BIG: 2, BIG + 1: 2, BIG + 2: 1}


def test_a_static_score_is_the_numbers_own() -> None:
    index = index_of([0, 100, 300, -5, None])
    plain = index.search("word", 1)[0].score
    scores = {hit.id: hit.score for hit in index.search("word", boost_by=Static("it", 100.0, 2.0))}
    factors = {"0": 1.0, "1": 2.0, "2": 2.5, "3": 1.0, "4": 1.0}
    assert scores == {name: plain * factor for name, factor in factors.items()}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, "whole numbers, got float"), (1.5, "whole numbers"), (True, "got bool"), ("12", "got str"),
        (LEAST - 1, "64 bits.*Keyword"), (MOST + 1, "64 bits"), ([1, 2.5], "whole numbers"), ({}, "got dict"),
        (math.nan, "whole numbers"),
    ],
)  # fmt: skip
def test_what_it_cannot_keep_is_refused(value: Any, message: str) -> None:
    index = Index.in_memory(Schema(it=Integer()))
    with index.writer() as writer, pytest.raises(DocumentError, match=message):
        writer.add({"id": "1", "it": value})


@pytest.mark.parametrize("value", [math.nan, True, "7", None, [1]], ids=repr)
def test_what_cannot_be_asked_is_said(edges: Index, value: Any) -> None:
    with pytest.raises(QueryError, match="'it'"):
        edges.search("*:*", filter=F.it < value)
    with pytest.raises(QueryError, match="whole numbers"):
        edges.search("it:many", strict=True)


# ---- schemas of sources

TEXT = Text(column=True)  # what a string is
ID = 1_234_567_890_123_456_789
GUESSES: list[tuple[list[Any], Any]] = [
    ([ID], Integer()), ([ID, ID + 1], Integer()), ([5, ID], Integer()), ([ID, 5], Integer()),
    ([-ID], Integer()),
    ([MOST], Integer()), ([LEAST], Integer()), ([2**53 + 1], Integer()), ([2**53], Number()), ([5], Number()),
    ([5, 6.5], Number()), ([6.5, ID], TEXT), ([ID, 6.5], TEXT), ([ID, "x"], TEXT),
    ([MOST + 1], TEXT), ([MOST + 1, ID], TEXT), ([ID, None], Integer()), ([None, ID], Integer()),
    ([[ID, 7]], Integer()), ([[7], [ID]], Integer()), ([ID, True], TEXT),
    ([ID, "2024-01-01"], TEXT),
    ([ID, {"a": 1}, ID], Integer()), ([0, 1, 2, ID], Integer()), ([str(ID)], TEXT),
    ([0.0, ID], TEXT),
    ([10**17], Integer()), ([10**16], Integer()), ([9 * 10**15], Number()), ([10**19], TEXT),
]  # fmt: skip
CELLS: list[tuple[list[str], Any]] = [
    ([str(ID)], Integer()), ([str(ID), "5"], Integer()), (["5", str(ID)], Integer()), (["5"], Number()),
    ([f"0{ID}"[:18]], TEXT), ([str(ID), "007"], TEXT), ([str(ID), "1.5"], TEXT),
    ([str(ID), ""], Integer()), ([f"-{ID}"], Integer()), ([str(MOST + 1)], TEXT),
    (["5", "x"], TEXT),
    ([str(ID), "x"], TEXT), ([str(2**53)], Number()), ([str(2**53 + 1)], Integer()),
    (["1e18"], Number()),
    ([str(ID), "1e3"], TEXT), ([str(ID), "yes"], TEXT), (["12", "13.5"], Number()),
    ([str(MOST)], Integer()), ([str(LEAST)], Integer()), ([str(LEAST - 1)], TEXT),
]  # fmt: skip


@pytest.mark.parametrize(("values", "field"), GUESSES, ids=repr)
def test_what_json_has_is_an_integer_where_a_double_would_round(
    tmp_path: Path, values: list[Any], field: Any
) -> None:
    rows = [{"id": number, "body": "some words", "n": value} for number, value in enumerate(values)]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert Sources(tmp_path).schema["n"] == field


@pytest.mark.parametrize(("cells", "field"), CELLS, ids=repr)
def test_what_a_table_has_is_the_same(tmp_path: Path, cells: list[str], field: Any) -> None:
    rows = "".join(f'{number},some words,"{cell}"\n' for number, cell in enumerate(cells))
    (tmp_path / "t.csv").write_text("id,body,n\n" + rows, encoding="utf-8")
    assert Sources(tmp_path).schema["n"] == field


def test_ids_of_posts_come_through_whole(tmp_path: Path) -> None:
    rows = [{"id": n, "body": "some words", "post": ID + n} for n in range(20)]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    sources = Sources(tmp_path)
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        writer.add_many(iter(sources))
    index.refresh()
    assert [hit["post"] for hit in index.search("words", filter=F.post == ID + 3)] == [ID + 3]
    assert [hit["post"] for hit in index.search("words", 3, sort="-post")] == [ID + 19, ID + 18, ID + 17]

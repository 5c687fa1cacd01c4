"""Orders, pages, facets and groups of any query, any cut into segments: what the oracle says, exactly."""

from __future__ import annotations

import os
import random
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bilingual import IDS, documents, queries, sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Twins

import oracle_around as truth
from searchlib import (
    Distinct,
    F,
    GroupBy,
    Histogram,
    Index,
    Integer,
    Keyword,
    Number,
    Range,
    Ranking,
    Schema,
    Sort,
    Stats,
    Terms,
    Text,
)
from searchlib.search.ranking import BM25, DEFAULT, RICH

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
_settings = settings(
    deadline=None,
    max_examples=60 * DEPTH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

FIELDS = ["tag", "year", "published", "old", "code"]
_keys = st.builds(
    Sort, st.sampled_from([*FIELDS, *FIELDS, "_score"]), st.booleans(), st.sampled_from(["last", "first"])
)
FORTY = sample(40)
orders = st.lists(_keys, min_size=1, max_size=4, unique_by=lambda key: key.field)
rankings = st.sampled_from([BM25, DEFAULT, RICH])
_changes = st.one_of(documents(), documents(), st.sampled_from(IDS))
_batches = st.lists(st.lists(_changes, min_size=1, max_size=6), min_size=1, max_size=5)
_matching = st.one_of(st.just("*:*"), st.sampled_from(["лес OR force", "state стали", "-лес *:*"]), queries)


@pytest.fixture(scope="module", params=[1, 3], ids=["one segment", "segments"])
def standing(request: pytest.FixtureRequest) -> Twins:
    """The same 300 documents every time, some of them deleted."""
    twins = Twins(stored=True)
    made = [{**document, "id": str(number)} for number, document in enumerate(sample(300))]
    gone = [str(number) for number in range(0, 300, 13)]
    twins.apply([made[:200], made[200:290], [*made[290:], *gone]])
    if request.param == 1:
        twins.merge()
    return twins


def pairs(hits: Any) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in hits]


def check_order(
    twins: Twins, query: str, order: list[Sort], ranking: Ranking, limit: int, offset: int
) -> None:
    expected = truth.in_order(twins.oracle, twins.oracle.search(query, None, ranking=ranking), order)
    found = twins.index.search(query, limit, offset, sort=order, ranking=ranking)
    assert pairs(found) == expected[offset : offset + limit]
    assert found.total == len(expected)
    assert pairs(twins.index.search(query, None, sort=order, ranking=ranking)) == expected


@given(query=_matching, order=orders, ranking=rankings, limit=st.integers(0, 30), offset=st.integers(0, 10))
@_settings
def test_orders_of_a_standing_index(
    standing: Twins, query: str, order: list[Sort], ranking: Ranking, limit: int, offset: int
) -> None:
    check_order(standing, query, order, ranking, limit, offset)


@given(batches=_batches, query=_matching, order=orders, merges=st.booleans())
@_settings
def test_orders_of_any_index(batches: list[list[Any]], query: str, order: list[Sort], merges: bool) -> None:
    twins = Twins(stored=True)
    twins.apply(batches)
    if merges:
        twins.merge()
    check_order(twins, query, order, BM25, 3, 1)


@given(query=_matching, order=st.one_of(st.none(), orders), ranking=rankings, size=st.integers(1, 60))
@_settings
def test_pages_side_by_side_are_the_whole(
    standing: Twins, query: str, order: list[Sort] | None, ranking: Ranking, size: int
) -> None:
    expected = pairs(standing.index.search(query, None, sort=order, ranking=ranking))
    found: list[tuple[str, float]] = []
    cursor = None
    while page := standing.index.search(query, size, sort=order, ranking=ranking, after=cursor):
        found += pairs(page)
        cursor = page.cursor
        assert page.total == len(expected)
        if len(found) > 5 * size and len(found) < len(expected) - 5 * size:  # the middle is like the rest
            found = expected[: len(expected) - 3 * size]
            cursor = standing.index.search(query, len(found), sort=order, ranking=ranking).cursor
    assert found == expected


BORDERS: dict[str, list[Any]] = {
    "year": [None, 1990, 1991, 1991.25, 1992, None],
    "code": [None, -(2**63), 7, 7.5, 2**53 + 1, 2**63 - 1, None],
    "published": ["1991", datetime(1991, 2, 3, 12, tzinfo=timezone.utc), "1991-03", "1992-01-01", None],
}
MOMENTS = [None if border is None else border for border in BORDERS["published"]]
MOMENTS[0] = datetime(1991, 1, 1, tzinfo=timezone.utc)
MOMENTS[2] = datetime(1991, 3, 1, tzinfo=timezone.utc)
MOMENTS[3] = datetime(1992, 1, 1, tzinfo=timezone.utc)


def check_facets(twins: Twins, query: str, limit: int | None, least: int) -> None:
    hits = twins.oracle.search(query, None)
    matched = [twins.oracle.documents[document_id].values for document_id, _ in hits]
    lists = {field: [truth.values(document, field) for document in matched] for field in FIELDS}
    facets = [
        *(Terms(field, limit, least) for field in FIELDS),
        *(Range(field, borders, name=f"{field} range") for field, borders in BORDERS.items()),
        *(Distinct(field) for field in FIELDS),
        *(Stats(field) for field in BORDERS),
        Histogram("published", "month", tz="Asia/Tashkent", name="months"),
        Histogram("year", 0.75, name="steps"),
    ]
    results = twins.index.search(query, 3, facets=facets)
    assert pairs(results) == hits[:3] and results.total == len(hits)
    found: Any = results.facets
    for field in FIELDS:
        expected = truth.counted(lists[field])
        docs = sum(bool(its) for its in lists[field])
        listed = [pair for pair in expected if pair[1] >= least][:limit]
        assert [(bucket.value, bucket.count) for bucket in found[field]] == listed
        assert (found[field].distinct, found[field].docs) == (len(expected), docs)
        assert found[field].missing == len(hits) - docs
        distinct = found[f"{field}:distinct"]
        assert (distinct.distinct, distinct.docs, distinct.missing) == (len(expected), docs, len(hits) - docs)
    for field, borders in (("year", BORDERS["year"]), ("published", MOMENTS), ("code", BORDERS["code"])):
        counts = [bucket.count for bucket in found[f"{field} range"]]
        assert counts == truth.in_ranges(lists[field], borders)
    number, low, high, total = truth.summed(lists["year"])
    stats = found["year:stats"]
    assert (stats.values, stats.min, stats.max, stats.sum) == (number, low, high, total)
    whole = [value for its in lists["code"] for value in its]
    sums = found["code:stats"]
    assert (sums.values, sums.sum) == (len(whole), sum(whole) if whole else None)
    every = [moment for its in lists["published"] for moment in its]
    assert (found["published:stats"].min, found["published:stats"].max) == (
        min(every, default=None),
        max(every, default=None),
    )
    zone = ZoneInfo("Asia/Tashkent")
    months = {(moment.astimezone(zone).year, moment.astimezone(zone).month) for moment in every}
    in_month = {
        month: sum(
            any((moment.astimezone(zone).year, moment.astimezone(zone).month) == month for moment in its)
            for its in lists["published"]
        )
        for month in months
    }
    assert {
        (bucket.value.year, bucket.value.month): bucket.count for bucket in found["months"] if bucket.count
    } == in_month
    assert (len(found["months"]) == (every != []) and not every) or (found["months"][0].count > 0)
    steps = {value // 0.75 * 0.75 for its in lists["year"] for value in its}
    assert {bucket.value for bucket in found["steps"] if bucket.count} == steps


@given(query=_matching, limit=st.sampled_from([None, 0, 1, 2, 10]), least=st.integers(1, 3))
@_settings
def test_facets_of_a_standing_index(standing: Twins, query: str, limit: int | None, least: int) -> None:
    check_facets(standing, query, limit, least)


@given(batches=_batches, query=_matching, merges=st.booleans())
@_settings
def test_facets_of_any_index(batches: list[list[Any]], query: str, merges: bool) -> None:
    twins = Twins(stored=True)
    twins.apply(batches)
    if merges:
        twins.merge()
    check_facets(twins, query, 10, 1)


@given(
    query=_matching,
    field=st.sampled_from(FIELDS),
    order=st.one_of(st.none(), orders),
    limit=st.one_of(st.none(), st.integers(0, 4)),
    offset=st.integers(0, 2),
    size=st.integers(1, 4),
)
@_settings
def test_groups_of_a_standing_index(
    standing: Twins,
    query: str,
    field: str,
    order: list[Sort] | None,
    limit: int | None,
    offset: int,
    size: int,
) -> None:
    hits = standing.oracle.search(query, None)
    if order:
        hits = truth.in_order(standing.oracle, hits, order)
    expected = truth.grouped(
        hits, lambda name: truth.values(standing.oracle.documents[name].values, field), size
    )
    expected = expected[offset:] if limit is None else expected[offset : offset + limit]
    results = standing.index.search(
        query, limit, offset, sort=order, group_by=GroupBy(field, size), facets=[Stats("year")]
    )
    assert [(group.value, group.total, pairs(group.hits)) for group in results.groups] == expected
    assert pairs(results) == [its[0] for _, _, its in expected]
    assert results.cursor is None


# ---- pages of an index that changes


@given(
    order=st.one_of(st.none(), orders),
    size=st.integers(1, 8),
    changes=st.lists(st.one_of(documents(), st.sampled_from([str(n) for n in range(40)])), max_size=6),
    merges=st.booleans(),
)
@_settings
def test_no_document_that_stays_is_skipped(
    order: list[Sort] | None, size: int, changes: list[Any], merges: bool
) -> None:
    """All score the same, so that scores stay. A document that came before may come again, as is said."""
    twins = Twins(stored=True)
    made = [{**document, "id": str(number)} for number, document in enumerate(FORTY)]
    twins.apply([made[:25], made[25:]])
    first = twins.index.search("*:*", size, sort=order)
    changed = {change if isinstance(change, str) else change["id"] for change in changes}
    expected = [hit.id for hit in twins.index.search("*:*", None, sort=order)][size:]
    last = first[-1].id
    twins.apply([changes] if changes else [])
    if merges:
        twins.merge()
    rest = [hit.id for hit in twins.index.search("*:*", None, sort=order, after=first.cursor)]
    stayed = [name for name in expected if name not in changed]
    assert [name for name in rest if name in stayed] == stayed
    if last not in changed:
        seen = {hit.id for hit in first} - changed
        assert not seen & set(rest)


# ---- strings


WORDS_IN_ORDER = [
    "", " ", "1", "10", "2", "a-b", "Apple", "apple", "apples", "Banana", "banana", "zoo", "É", "é",
    "Арбуз", "арбуз", "Ежи", "ежи", "Ёж", "ёж", "Ёлка", "ёлка", "Елки", "елки", "жук", "Ягода", "ягода", "я",
]  # fmt: skip


def test_strings_sort_by_letters_and_then_as_they_are(make_strings: Any) -> None:
    words = [
        "Ель",
        "ель",
        "Ёль",
        "ёль",
        "Ж",
        "ж",
        "Е",
        "е",
        "Ё",
        "ё",
        "D",
        "d",
        "Ea",
        "ea",
        "э",
        "Я",
        "а",
        "А",
        "😀",
    ]
    expected = sorted(words, key=truth.collated)
    assert expected.index("Ж") > expected.index("ёль") > expected.index("е") > expected.index("ea")
    for size in (1, 3, 100):
        index = make_strings(words, size)
        assert [hit["tag"] for hit in index.search("*:*", None, sort="tag")] == expected
        assert [hit["tag"] for hit in index.search("*:*", None, sort="-tag")] == expected[::-1]
        for limit in (1, 4):
            assert [hit["tag"] for hit in index.search("*:*", limit, sort="-tag")] == expected[::-1][:limit]


@pytest.fixture
def make_strings() -> Any:
    from searchlib import Index, Keyword, Schema

    def make(words: list[str], size: int) -> Index:
        index = Index.in_memory(Schema(tag=Keyword()))
        with index.writer() as writer:
            for start in range(0, len(words), size):
                for number, word in enumerate(words[start : start + size], start):
                    writer.add({"id": str(number), "tag": word})
                writer.commit(merge=False)
        index.refresh()
        return index

    return make


@given(
    words=st.lists(st.text(min_size=1, max_size=5), max_size=20),
    size=st.integers(1, 7),
    limit=st.integers(1, 8),
)
@_settings
def test_any_strings_page_by_page(words: list[str], size: int, limit: int) -> None:
    from searchlib import Index, Keyword, Schema, _core

    index = Index.in_memory(Schema(tag=Keyword()))
    words = [word for word in words if word.isprintable()]
    with index.writer() as writer:
        for start in range(0, len(words), size):
            for number, word in enumerate(words[start : start + size], start):
                writer.add({"id": str(number), "tag": word})
            writer.commit(merge=False)
    index.refresh()
    kept = [hit["tag"] for hit in index.search("*:*", None)]
    expected = sorted(kept, key=lambda word: (_core.folded(word).encode(), word.encode()))
    found: list[str] = []
    cursor = None
    while page := index.search("*:*", limit, sort="tag", after=cursor):
        found += [hit["tag"] for hit in page]
        cursor = page.cursor
    assert found == expected


def test_a_string_too_long_for_a_cursor_is_asked_of_its_document(make_strings: Any) -> None:
    words = [letter * 3000 for letter in "cab"] + ["b" * 3000 + "x"]
    index = make_strings(words, 2)
    page = index.search("*:*", 2, sort="tag")
    assert len(page.cursor) < 200
    assert [hit["tag"] for hit in index.search("*:*", sort="tag", after=page.cursor)] == sorted(words)[2:]
    with index.writer() as writer:
        writer.delete(page[-1].id)
        writer.merge()
    index.refresh()
    from searchlib.errors import CursorError

    with pytest.raises(CursorError, match="not in the index any more"):
        index.search("*:*", sort="tag", after=page.cursor)


def test_a_month_begins_when_the_zone_says_so() -> None:
    from searchlib import Date, Index, Schema

    index = Index.in_memory(Schema(at=Date()))
    zone = ZoneInfo("Europe/Berlin")  # the clocks change in March and October
    moments = [datetime(2024, 1, 1, tzinfo=zone) + timedelta(hours=7 * number) for number in range(2500)]
    with index.writer() as writer:
        for number, moment in enumerate(moments):
            writer.add({"id": str(number), "at": moment})
    index.refresh()
    for name, begin in {
        "year": lambda local: (local.year,),
        "quarter": lambda local: (local.year, (local.month - 1) // 3),
        "month": lambda local: (local.year, local.month),
        "week": lambda local: local.isocalendar()[:2],
        "day": lambda local: (local.year, local.month, local.day),
    }.items():
        expected: dict[Any, int] = {}
        for moment in moments:
            key = begin(moment.astimezone(timezone.utc).astimezone(zone))
            expected[key] = expected.get(key, 0) + 1
        counts: Any = index.search("*:*", 0, facets=Histogram("at", name, tz="Europe/Berlin")).facets["at"]
        assert {begin(bucket.value): bucket.count for bucket in counts if bucket.count} == expected
        assert all(bucket.value.hour == 0 for bucket in counts)


@pytest.fixture(scope="module", params=[1, 4], ids=["one segment", "segments"])
def many(request: pytest.FixtureRequest) -> tuple[Index, list[dict[str, Any]]]:
    """4,000 documents: groups of all sizes, some of which the best matches do not meet."""
    chance = random.Random(5)
    made = [
        {
            "id": str(number),
            "body": " ".join(["tea"] * chance.randint(1, 9) + ["pot"] * chance.randint(0, 9)),
            "shop": f"s{int(400 ** chance.random())}" if chance.random() < 0.9 else None,
            "price": chance.randrange(50),
            "tags": chance.sample("abcdefgh", chance.randrange(3)),
        }
        for number in range(4000)
    ]
    index = Index.in_memory(Schema(body=Text(), shop=Keyword(), price=Integer(), tags=Keyword()))
    with index.writer() as writer:
        for at in range(0, 4000, 4000 // request.param):
            writer.add_many(made[at : at + 4000 // request.param])
            writer.commit(merge=False)
        for number in range(0, 4000, 11):
            writer.delete(str(number))
    index.refresh()
    return index, [document for number, document in enumerate(made) if number % 11]


@pytest.mark.parametrize("field", ["shop", "price", "tags"])
@pytest.mark.parametrize("order", [None, "price", "-shop", ["_score", "price"]], ids=str)
@pytest.mark.parametrize(("limit", "size"), [(1, 1), (3, 2), (10, 30), (40, 3), (5, 5000), (None, 2)])
def test_groups_of_many_matches(
    many: tuple[Index, list[dict[str, Any]]], field: str, order: Any, limit: int | None, size: int
) -> None:
    index, documents = many
    values = {document["id"]: truth.values(document, field) for document in documents}
    for query, filter in (("tea pot", None), ("pot", F.price < 40), ("*:*", F.shop.exists())):
        hits = pairs(index.search(query, None, sort=order, filter=filter))
        expected = truth.grouped(hits, values.__getitem__, size)[:limit]
        found = index.search(query, limit, sort=order, filter=filter, group_by=GroupBy(field, size)).groups
        assert [(group.value, group.total, pairs(group.hits)) for group in found or []] == expected


def test_of_very_many_values_the_most_frequent_are_right() -> None:
    """60,000 different strings and numbers in two segments, a few of them frequent."""
    chance = random.Random(6)
    rows = [int(60_000 * chance.random() ** 4) for _ in range(120_000)]
    index = Index.in_memory(Schema(word=Keyword(), number=Integer(), price=Number()))
    with index.writer() as writer:
        for at in range(0, len(rows), 60_000):
            writer.add_many(
                {"id": str(at + n), "word": f"w{row}", "number": 2**60 + row, "price": row / 7}
                for n, row in enumerate(rows[at : at + 60_000])
            )
            writer.commit(merge=False)
    index.refresh()
    expected = truth.counted([[row] for row in rows])
    results = index.search("*:*", 0, facets=[Terms(name, 50) for name in ("word", "number", "price")])
    for name, of in (("number", lambda row: 2**60 + row), ("price", lambda row: row / 7)):
        assert [(b.value, b.count) for b in results.facets[name]] == [(of(r), c) for r, c in expected[:50]]
        assert results.facets[name].distinct == len(expected)
    words = truth.counted([[f"w{row}"] for row in rows])[:50]
    assert [(b.value, b.count) for b in results.facets["word"]] == words

"""Cursors: any string is answered, by a page or by a CursorError; what is no order or facet is an error."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import (
    Boolean,
    Date,
    Distinct,
    GroupBy,
    Histogram,
    Index,
    Keyword,
    Number,
    Range,
    Schema,
    Sort,
    Stats,
    Terms,
    Text,
)
from searchlib.errors import CursorError, QueryError, UnknownFieldError
from searchlib.search.cursor import MAX_CHARS

ORDERS: list[Any] = [None, "price", ["-tag", "_score"], [Sort("at", missing="first"), "tag", "price"]]


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index.in_memory(Schema(body=Text(), tag=Keyword(), price=Number(), at=Date(), ok=Boolean()))
    with made.writer() as writer:
        for number in range(12):
            writer.add(
                {
                    "id": str(number),
                    "body": "wood " * (number + 1),
                    "tag": f"т{number % 5}",
                    "price": number % 3,
                }
            )
            if number % 5 == 4:
                writer.commit(merge=False)
    made.refresh()
    return made


def packed(values: Any) -> str:
    """A cursor that is whole, whatever is in it."""
    data = json.dumps(values).encode()
    return base64.urlsafe_b64encode(zlib.crc32(data).to_bytes(4, "big") + data).rstrip(b"=").decode()


def answers(index: Index, cursor: Any, sort: Any) -> None:
    try:
        assert len(index.search("wood", 5, sort=sort, after=cursor)) <= 5
    except CursorError as error:
        assert len(str(error)) > 10


@given(
    cursor=st.one_of(st.text(), st.text(alphabet="abcXYZ019-_="), st.binary().map(lambda data: data.hex()))
)
def test_any_text_is_answered(index: Index, cursor: str) -> None:
    for sort in ORDERS:
        answers(index, cursor, sort)


_json = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(-(2**63), 2**63),
        st.floats(),
        st.text(max_size=8),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
)


@given(
    version=st.one_of(st.just(1), _json),
    order=st.one_of(st.sampled_from(["", "price", "-tag,_score", "at?first,tag,price"]), _json),
    keys=st.one_of(
        st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text(max_size=5)), max_size=3),
        _json,
    ),
    doc=st.one_of(st.integers(0, 2**82), _json),
    document_id=st.one_of(st.sampled_from(["3", "11", "x"]), _json),
    sort=st.sampled_from(ORDERS),
)
@settings(max_examples=400)
def test_any_forged_cursor_is_answered(
    index: Index, version: Any, order: Any, keys: Any, doc: Any, document_id: Any, sort: Any
) -> None:
    answers(index, packed([version, order, keys, doc, document_id]), sort)


@given(data=st.data(), sort=st.sampled_from(ORDERS))
def test_any_change_of_a_cursor_is_noticed(index: Index, data: st.DataObject, sort: Any) -> None:
    cursor = index.search("wood", 4, sort=sort).cursor
    assert cursor is not None
    at = data.draw(st.integers(0, len(cursor) - 1))
    changed = cursor[:at] + data.draw(st.sampled_from("ABCxyz019-_")) + cursor[at + 1 :]
    answers(index, changed, sort)
    answers(index, cursor[:at], sort)


NO_CURSORS: list[tuple[Any, Any, str]] = [
    ("", None, "expected a cursor"),
    ("x", None, "expected a cursor"),
    ("x" * (MAX_CHARS + 1), None, "at most 64,000 characters"),
    (7, None, "string that results.cursor gave"),
    (b"abc", None, "string that results.cursor gave"),
    ("я", None, "expected a cursor"),
    (packed([]), None, "expected a cursor"),
    (packed({"order": ""}), None, "expected a cursor"),
    (packed([2, "", [1], 1, "1"]), None, "version 2"),
    (packed([1, "price", [1], 1, "1"]), None, "sorted by '_score'"),
    (packed([1, "", [1], 1, "1"]), "price", "the order '_score'"),
    (packed([1, "price", [1], 1, "1"]), "-price", "sorted by '-price'"),
    (packed([1, "price", [1], 1, "1"]), [Sort("price", missing="first")], "sorted by"),
    (packed([1, "price", [1, 2], 1, "1"]), "price", "expected a cursor"),
    (packed([1, "price", ["a"], 1, "1"]), "price", "other types"),
    (packed([1, "tag", [1], 1, "1"]), "tag", "other types"),
    (packed([1, "tag", [True], 1, "1"]), "tag", "whole numbers, strings or null"),
    (packed([1, "price", [2**63], 1, "1"]), "price", "whole numbers, strings or null"),
    (packed([1, "price", [1.5], 1, "1"]), "price", "whole numbers, strings or null"),
    (packed([1, "price", "a", 1, "1"]), "price", "whole numbers, strings or null"),
    (packed([1, "price", [1], -1, "1"]), "price", "no document's number"),
    (packed([1, "price", [1], 2**82, "1"]), "price", "no document's number"),
    (packed([1, "price", [1], "1", "1"]), "price", "no document's number"),
    (packed([1, "price", [1], 1, 1]), "price", "names no document"),
    (packed([1, "price", [1], 1, "\ud800"]), "price", "names no document"),
    (packed([1, "price", [1], 1, "x" * 5000]), "price", "names no document"),
    (packed([1, 5, [1], 1, "1"]), "price", "names no order"),
    (packed([1, "", [-5], 1, "1"]), None, "a score that no document can have"),
    (packed([1, "", [0x7FF0000000000000], 1, "1"]), None, "a score that no document can have"),
    (packed([1, "", [0x7FF8000000000000], 1, "1"]), None, "a score that no document can have"),
    (packed([1, "", ["a"], 1, "1"]), None, "no score"),
    (packed([1, "", None, 1, "1"]), None, "no score"),
    (packed([1, "tag", None, 1, "gone"]), "tag", "not in the index any more"),
    ("[" * 20_000, None, "expected a cursor"),
    (base64.b64encode(b"[" * 40_000).decode(), None, "expected a cursor"),
]


@pytest.mark.parametrize(("cursor", "sort", "says"), NO_CURSORS)
def test_what_is_no_cursor_is_an_error_that_says_so(index: Index, cursor: Any, sort: Any, says: str) -> None:
    with pytest.raises(CursorError, match=says):
        index.search("wood", sort=sort, after=cursor)


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"sort": "nope"}, UnknownFieldError, "no field 'nope'"),
    ({"sort": "-nope"}, UnknownFieldError, "no field 'nope'"),
    ({"sort": ""}, UnknownFieldError, "no field ''"),
    ({"sort": "-"}, UnknownFieldError, "no field ''"),
    ({"sort": "body"}, QueryError, "running text"),
    ({"sort": "id"}, QueryError, "ids are not sorted by"),
    ({"sort": "-_score"}, QueryError, "comes first anyway"),
    ({"sort": []}, QueryError, "1 to 8 keys, got 0"),
    ({"sort": ["tag"] * 9}, QueryError, "1 to 8 keys, got 9"),
    ({"sort": ["tag", "-tag"]}, QueryError, "a field once"),
    ({"sort": [3]}, QueryError, "a field's name, -name or a Sort"),
    ({"sort": [None]}, QueryError, "a field's name, -name or a Sort"),
    ({"facets": "nope"}, UnknownFieldError, "no field 'nope'"),
    ({"facets": "body"}, QueryError, "running text"),
    ({"facets": [3]}, QueryError, "a field's name or one of"),
    ({"facets": ["tag", "tag"]}, QueryError, "leave one of them out"),
    ({"facets": ["tag", Terms("tag", 5)]}, QueryError, "another name="),
    ({"facets": "id"}, QueryError, "ids are not counted"),
    ({"group_by": "id"}, QueryError, "ids are not grouped by"),
    ({"sort": Sort("-price")}, QueryError, r"Sort\('price', reverse=True\)"),
    ({"facets": ["tag", Stats("price", name="tag")]}, QueryError, "another name="),
    ({"facets": ["tag"] * 101}, QueryError, "at most 100 facets"),
    (
        {"facets": Stats("tag")},
        QueryError,
        "Stats is for Number, Integer and Date fields; 'tag'",
    ),
    ({"facets": Stats("ok")}, QueryError, "'ok' is a Boolean"),
    ({"facets": Range("tag", ["a", "b"])}, QueryError, "a Range is for"),
    ({"facets": Range("price", [2, 1])}, QueryError, "ascend"),
    ({"facets": Range("price", [1, 1])}, QueryError, "ascend"),
    ({"facets": Range("price", ["x", "y"])}, QueryError, "holds numbers"),
    ({"facets": Range("price", [1, [2]])}, QueryError, "holds numbers"),
    ({"facets": Range("price", [float("nan"), 1])}, QueryError, "NaN"),
    ({"facets": Range("at", [1, 2])}, QueryError, "holds dates"),
    ({"facets": Histogram("price", "month")}, QueryError, "is for Date fields"),
    ({"facets": Histogram("at", 5)}, QueryError, "is for Number and Integer fields"),
    ({"facets": Histogram("tag", 5)}, QueryError, "is for Number and Integer fields"),
    ({"facets": Histogram("price", 1e-9)}, QueryError, "at most 100,000 steps"),
    ({"group_by": "nope"}, UnknownFieldError, "no field 'nope'"),
    ({"group_by": "body"}, QueryError, "running text"),
    ({"group_by": 3}, QueryError, "a field's name or a GroupBy"),
    ({"group_by": "tag", "after": "x"}, QueryError, "paged through by offset"),
    ({"after": "x", "offset": 3}, QueryError, "leave offset= out"),
]


@pytest.mark.parametrize(("arguments", "error", "says"), WRONG)
def test_what_cannot_be_asked_is_an_error_that_says_so(
    index: Index, arguments: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        index.search("wood", **arguments)


UNMADE: list[tuple[Any, str]] = [
    (lambda: Sort("a", missing="middle"), "'last' or 'first'"),
    (lambda: Sort(3), "a field's name"),  # type: ignore[arg-type]
    (lambda: Terms("a", -1), "0 or more"),
    (lambda: Terms("a", min_count=0), "1 or more"),
    (lambda: Terms(5), "by its name"),  # type: ignore[arg-type]
    (lambda: Range("a", [1]), "2 to 100,001 borders"),
    (lambda: Range("a", [1, None, 2]), "first and the last"),
    (lambda: Histogram("a", "fortnight"), "one of year"),
    (lambda: Histogram("a", True), "one of year"),
    (lambda: Histogram("a", 0), "above 0"),
    (lambda: Histogram("a", -3), "above 0"),
    (lambda: Histogram("a", float("nan")), "above 0"),
    (lambda: Histogram("a", float("inf")), "above 0"),
    (lambda: Histogram("a", 10**400), "above 0"),
    (lambda: Histogram("a", "day", tz="Nowhere/City"), "there is none called"),
    (lambda: Histogram("a", "day", tz="../etc/passwd"), "there is none called"),
    (lambda: Histogram("a", "day", tz="\0"), "there is none called"),
    (lambda: Histogram("a", "day", tz=5), "there is none called"),
    (lambda: GroupBy("a", 0), "1 or more"),
]


@pytest.mark.parametrize(("make", "says"), UNMADE)
def test_what_cannot_be_made_says_why(make: Any, says: str) -> None:
    with pytest.raises((ValueError, TypeError), match=says):
        make()


def test_results_without_hits_have_no_cursor(index: Index) -> None:
    assert index.search("absent").cursor is None
    assert index.search("wood", 0).cursor is None
    assert index.search("absent", sort="tag").cursor is None


def test_an_empty_index_answers_all(index: Index) -> None:
    empty = Index.in_memory(index.schema)
    facets = [
        "tag",
        "price",
        Stats("price"),
        Stats("at", name="s"),
        Distinct("tag"),
        Histogram("at", "day"),
        Range("price", [0, 1], name="r"),
    ]
    results = empty.search("wood", sort="-price", facets=facets)
    assert (
        len(results) == 0
        and results.total == 0
        and set(results.facets) == {"tag", "price", "price:stats", "s", "tag:distinct", "at", "r"}
    )
    assert empty.search("wood", group_by="tag").groups == []


@pytest.mark.parametrize("interval", ["year", "quarter", "month", "week", "day", "hour", "minute"])
@pytest.mark.parametrize("tz", ["UTC", "Asia/Tashkent", "America/New_York", "Pacific/Apia", timezone.utc])
def test_the_ends_of_the_calendar_have_their_steps(interval: str, tz: Any) -> None:
    from datetime import date, datetime

    for moment in (
        date(1, 1, 1), date(1, 1, 2), date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59, 999999,
        tzinfo=timezone.utc), date(2011, 12, 30), date(2024, 2, 29),
    ):  # fmt: skip
        index = Index.in_memory(Schema(at=Date()))
        with index.writer() as writer:
            writer.add({"id": "1", "at": moment})
        index.refresh()
        counts: Any = index.search("*:*", facets=Histogram("at", interval, tz)).facets["at"]
        assert [bucket.count for bucket in counts if bucket.count] == [1]

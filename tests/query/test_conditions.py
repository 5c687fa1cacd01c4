"""What F says, and what it refuses: in words that name the field, what it holds and what came."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from searchlib import Boolean, Date, F, Filter, Index, Keyword, Number, Schema, Text
from searchlib.errors import QueryError, QueryTooComplex, UnknownFieldError
from searchlib.query.conditions import AllOf, AnyOf, Condition, NoneOf

SCHEMA = Schema(
    body=Text(),
    line=Text(column=True),
    tag=Keyword(),
    plain=Keyword(column=False),
    folded=Keyword(fold=True),
    price=Number(),
    when=Date(),
    open=Boolean(),
)
NOON = datetime(2024, 1, 31, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        writer.add(
            {
                "id": "1", "body": "a word", "line": "A line", "tag": ["a", "b"], "plain": "x",
                "folded": "Ёлка", "price": [1, 2.5], "when": NOON, "open": True,
            }
        )  # fmt: skip
        writer.add({"id": "2", "body": "word", "line": "another", "price": 2**53, "when": date(2024, 2, 1)})
        writer.add({"id": "3", "tag": "лес", "folded": "wood", "price": -1e300, "open": [True, False]})
        writer.add({"id": "4"})
    index.refresh()
    return index


CASES: list[tuple[Filter, str]] = [
    (F.price == 1, "1"), (F.price == 1.0, "1"), (F.price == 3, ""), (F.price != 1, "2 3 4"),
    (F.price < 1, "3"), (F.price <= 1, "1 3"), (F.price > 2.5, "2"), (F.price >= 2.5, "1 2"),
    (F.price.between(1, 2), "1"), (F.price.between(1.5, 2), ""), (F.price.between(2, 1), ""),
    (F.price == 2**53, "2"), (F.price == 2**53 + 1, ""), (F.price >= 2**53 + 1, ""),
    (F.price > 2**53 - 1, "2"),
    (F.price < 10**400, "1 2 3"), (F.price > -(10**400), "1 2 3"), (F.price > 10**400, ""),
    (F.price < float("inf"), "1 2 3"), (F.price.any(1, 2**53), "1 2"), (F.price.any([1, 1, 1]), "1"),
    (F.price.any(range(-5, 2)), "1"), (F.price.any(), ""), (~F.price.any(), "1 2 3 4"),
    (F.price.exists(), "1 2 3"), (~F.price.exists(), "4"), (F.price == -0.0, ""),
    (F.when == NOON, "1"), (F.when == date(2024, 1, 31), "1"), (F.when <= date(2024, 1, 31), "1"),
    (F.when < date(2024, 1, 31), ""), (F.when > date(2024, 1, 31), "2"), (F.when >= date(2024, 1, 31), "1 2"),
    (F.when < NOON, ""), (F.when <= NOON, "1"), (F.when.any(date(2024, 1, 31), date(2024, 2, 1)), "1 2"),
    (F.when.between(date(1, 1, 1), date(9999, 12, 31)), "1 2"), (F.when == date(2024, 2, 1), "2"),
    (F.open == True, "1 3"), (F.open == False, "3"), (F.open != True, "2 4"),  # noqa: E712
    (F.open.any(True, False), "1 3"),
    (F.tag == "a", "1"), (F.tag == "A", ""), (F.tag.any("a", "лес"), "1 3"), (F.tag.any(["b"]), "1"),
    (F.tag.any(str(number) for number in range(50)), ""), (F.tag.any([*map(str, range(50)), "b"]), "1"),
    (F.tag > "b", "3"), (F.tag >= "b", "1 3"), (F.tag < "b", "1"), (F.tag.between("b", "л"), "1"),
    (F.tag.exists(), "1 3"), (F.tag == "\x00", ""), (F.tag >= "", "1 3"), (F.tag < "", ""),
    (F.plain == "x", "1"), (F.plain.exists(), "1"), (F.folded == "ЕЛКА", "1"),
    (F.folded.between("Е", "Ж"), "1"),
    (F.folded.any("WOOD", "елка"), "1 3"), (F.line == "A line", "1"), (F.line == "line", ""),
    (F.line > "A", "1 2"), (F.line.any("another", "none"), "2"), (F.line.exists(), "1 2"),
    (F.body.exists(), "1 2"),
    (F.id == "3", "3"), (F.id.any("1", "4", "none"), "1 4"), (F.id != "3", "1 2 4"),
    (F.id.exists(), "1 2 3 4"),
    ((F.price > 0) & (F.tag == "a"), "1"), ((F.price > 0) | (F.tag == "лес"), "1 2 3"),
    (~((F.price > 0) | (F.tag == "лес")), "4"), (F["price"] == 1, "1"), (~~(F.price == 1), "1"),
]  # fmt: skip


@pytest.mark.parametrize(("filter", "ids"), CASES, ids=lambda value: repr(value)[:50])
def test_conditions_find_what_they_say(index: Index, filter: Filter, ids: str) -> None:
    assert sorted(hit.id for hit in index.search("*:*", filter=filter)) == ids.split()
    assert index.search("*:*", filter=filter).total == len(ids.split())


WRONG: list[tuple[Any, type[Exception], str]] = [
    (F.prize > 1, UnknownFieldError, "'prize', which there is not; this index has: id, body"),
    (F.price > "1", QueryError, "field 'price' holds numbers, got str: '1'"),
    (F.price == True, QueryError, "'price' holds numbers, got bool"),  # noqa: E712
    (F.price == Decimal("sNaN"), QueryError, "no number that a double can hold"),
    (F.price > float("nan"), QueryError, "'price': NaN"),
    (F.price == None, QueryError, r"None is no value; documents without one are ~F.price.exists\(\)"),  # noqa: E711
    (F.price.any(1, None), QueryError, "None is no value"),
    (F.price.any([1], [2]), QueryError, "holds numbers, got list"),
    (F.price.between(1, "2"), QueryError, "got str: '2'"),
    (
        F.when > 2024,
        QueryError,
        "'when' holds dates, as date, datetime or a string.*got int: 2024",
    ),
    (F.when > "soon", QueryError, "holds dates, got 'soon'"),
    (F.open == 1, QueryError, "field 'open' holds True or False, got int"),
    (F.open == "yes", QueryError, "holds True or False, got str"),
    (F.tag == 1, QueryError, "field 'tag' holds strings, got int: 1"),
    (F.tag.any("a", b"b"), QueryError, "holds strings, got bytes"),
    (F.tag == "\ud800", QueryError, "lone surrogate"),
    (
        F.body == "word",
        QueryError,
        r"filter='body:word' for its words, or make the field Text\(column=True\)",
    ),
    (F.body > "word", QueryError, "no column of whole values"),
    (F.plain > "a", QueryError, r"Keyword\(column=True\)"),
    (F.id > "1", QueryError, "ids have no order"),
    (F.id == 1.5, QueryError, "an id is a string or an int, got float"),
    (F[1] == 1, QueryError, "a field is named by a string, got int"),
    (F.price == [1, 2], QueryError, "holds numbers, got list"),
    (F.price, QueryError, "a filter is an expression of F"),
    (F, QueryError, "a filter is an expression of F"),
    (5, QueryError, "a filter is an expression of F.*got int: 5"),
    (True, QueryError, "got bool"),
    ({"price": 1}, QueryError, "got dict"),
    ([F.price > 1, 7], QueryError, "got int: 7"),
    pytest.param(lambda document: True, QueryError, "got function", id="a function"),
    ("prize:5", UnknownFieldError, "prize"),
    ("price:cheap", QueryError, "price"),
    ("body:[a TO b]", QueryError, "has no ranges|no column"),
    ("word " * 30_000, QueryTooComplex, "at most"),
    (F.price.any(range(200_000)), QueryTooComplex, "at most 100,000 conditions and values"),
]


@pytest.mark.parametrize(("filter", "error", "message"), WRONG, ids=lambda value: repr(value)[:50])
def test_what_cannot_be_is_refused_in_words(
    index: Index, filter: Any, error: type[Exception], message: str
) -> None:
    for call in (
        lambda: index.search("word", filter=filter),
        lambda: index.search_many(["word"], filter=filter),
    ):
        with pytest.raises(error, match=message):
            call()


def test_a_filter_that_nests_too_deep_is_refused(index: Index) -> None:
    deep = F.price > 1
    for _ in range(200):
        deep = ~deep
    with pytest.raises(QueryTooComplex, match="levels deep"):
        index.search("word", filter=deep)
    wide = F.price > 1
    for number in range(500):  # a chain is one level
        wide = wide | (F.price == number)
    assert len(index.search("word", filter=wide)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: bool(F.price > 1),
        lambda: 1 < F.price < 2,
        lambda: (F.price > 1) and (F.price < 2),
        lambda: not F.open,
        lambda: bool(F.open),
    ],
)
def test_what_python_would_read_otherwise_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"neither true nor false|is a field; compare it"):
        wrong()


@pytest.mark.parametrize("other", [1, "price:1", None, F.price])
def test_filters_are_joined_with_filters(other: Any) -> None:
    with pytest.raises(QueryError, match="joined with another filter, got"):
        (F.price > 1) & other


def test_an_expression_says_what_it_is() -> None:
    made = (F.price >= 1) & ~F.tag.any("лес") & F.open.exists() | (F.id == "a")
    assert repr(made) == "((F.price.from(1) & ~F.tag.any('лес') & F.open.exists()) | F.id.any('a'))"
    assert isinstance(made, AnyOf) and isinstance(made.parts[0], AllOf)
    assert isinstance(made.parts[0].parts[1], NoneOf) and isinstance(made.parts[1], Condition)
    assert repr(F) == "F" and repr(F.price) == "F.price"
    with pytest.raises(AttributeError):
        getattr(F, "__wrapped__")  # noqa: B009
    with pytest.raises(TypeError, match="unhashable"):
        hash(F.price)

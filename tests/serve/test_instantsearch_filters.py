"""Filters as InstantSearch front ends write them let through what a slow twin lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timezone
from typing import Any

import pytest
from books import books, shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index
from searchlib.errors import QueryError
from searchlib.serve.instantsearch.conditions import asker_of, seconds_of
from searchlib.serve.instantsearch.filter_grammar import MAX_DEPTH, filter_of

BOOKS = books()
Passes = Callable[[dict[str, Any]], bool]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    index = Index.in_memory(shelf())
    with index.writer() as writer:
        for book in BOOKS:
            writer.add(book)
    yield index
    index.close()


def found(index: Index, given: Any) -> set[str]:
    filter = filter_of(given, asker_of(index.schema))
    return {hit.id for hit in index.search("*:*", None, filter=filter)}


def expected(passes: Passes) -> set[str]:
    return {book["id"] for book in BOOKS if passes(book)}


# ---- the twin: a filter as text, and what it means for one document


def values_of(book: dict[str, Any], name: str) -> list[Any]:
    value = book.get(name)
    if isinstance(value, date):
        value = datetime.combine(value, time(tzinfo=timezone.utc)).timestamp()
    return [] if value is None else value if isinstance(value, list) else [value]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


NUMBERS = {"year": st.integers(1810, 1900), "stars": st.sampled_from([3, 3.5, 4, 4.5, 5])}
STRINGS = {
    name: st.sampled_from([*sorted({value for book in BOOKS for value in values_of(book, name)}), "none"])
    for name in ("genre", "author", "language")
}
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


def any_of(name: str, check: Callable[[Any], bool]) -> Passes:
    return lambda book: any(check(value) for value in values_of(book, name))


def none_of(passes: Passes) -> Passes:
    return lambda book: not passes(book)


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, Passes]:
    if draw(st.booleans()):
        name = draw(st.sampled_from(sorted(NUMBERS)))
        value = draw(NUMBERS[name])
        written = draw(st.sampled_from([str(value), f"'{value}'", quoted(str(value))]))
        if draw(st.booleans()):
            other = draw(NUMBERS[name])
            return f"{name} {written} TO {other}", any_of(name, lambda one: value <= one <= other)
        sign = draw(st.sampled_from(sorted(SIGNS)))
        return f"{name}{sign} {written}", any_of(name, lambda one: SIGNS[sign](one, value))
    name = draw(st.sampled_from(sorted(STRINGS)))
    kind = draw(
        st.sampled_from(["=", "!=", "IN", "NOT IN", "EXISTS", "NOT EXISTS", "IS NULL", "STARTS WITH"])
    )
    value = draw(STRINGS[name])
    if kind in ("=", "!="):
        passes = any_of(name, lambda one: one == value)
        return f"{name} {kind} {quoted(value)}", passes if kind == "=" else none_of(passes)
    if kind in ("IN", "NOT IN"):
        several = draw(st.lists(STRINGS[name], max_size=3))
        passes = any_of(name, lambda one: one in several)
        return f"{name} {kind} [{', '.join(map(quoted, several))}]", passes if kind == "IN" else none_of(
            passes
        )
    if kind == "STARTS WITH":
        begins = value[: draw(st.integers(1, 4))]
        return f"{name} STARTS WITH {quoted(begins)}", any_of(name, lambda one: one.startswith(begins))
    exists = any_of(name, lambda one: True)
    return f"{name} {kind}", exists if kind == "EXISTS" else none_of(exists)


def joined(parts: st.SearchStrategy[tuple[str, Passes]]) -> st.SearchStrategy[tuple[str, Passes]]:
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        several.map(
            lambda all_: (" AND ".join(f"({t})" for t, _ in all_), lambda b: all(p(b) for _, p in all_))
        ),
        several.map(
            lambda all_: (" OR ".join(f"({t})" for t, _ in all_), lambda b: any(p(b) for _, p in all_))
        ),
        parts.map(lambda one: (f"NOT ({one[0]})", none_of(one[1]))),
    )


FILTERS = st.recursive(conditions(), joined, max_leaves=6)


@given(FILTERS)
def test_a_filter_means_what_its_twin_means(index: Index, pair: tuple[str, Passes]) -> None:
    text, passes = pair
    assert found(index, text) == expected(passes), text


@settings(max_examples=40)
@given(st.lists(st.one_of(FILTERS, st.lists(FILTERS, min_size=1, max_size=3)), max_size=3))
def test_a_list_is_and_of_or(index: Index, parts: list[Any]) -> None:
    texts = [[text for text, _ in part] if isinstance(part, list) else part[0] for part in parts]

    def passes(book: dict[str, Any]) -> bool:
        return all(
            any(check(book) for _, check in part) if isinstance(part, list) else part[1](book)
            for part in parts
        )

    assert found(index, texts) == expected(passes), texts


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        (
            "language = en AND year < 1815 OR year > 1898",
            lambda b: (b["language"] == "en" and b["year"] < 1815) or b["year"] > 1898,
        ),
        ("NOT language=en AND lent=true", lambda b: b["language"] != "en" and b["lent"]),
        ("lent = 'false'", lambda b: not b["lent"]),
        ("NOT NOT year=1842", lambda b: b["year"] == 1842),
        ("stars IS NOT NULL", lambda b: "stars" in b),
        ("stars IS EMPTY", lambda b: "stars" not in b),
        ("id IN [1, '2', \"3\",]", lambda b: b["id"] in list("123")),
        ("printed = 1869", lambda b: b["printed"].year == 1869),
        ("printed >= 1892-01", lambda b: b["printed"].year >= 1892),
        ("printed 1842 TO 1852", lambda b: 1842 <= b["printed"].year <= 1852),
        (
            'printed IN ["1842-07-07", "1899-09-21"]',
            lambda b: str(b["printed"]) in ("1842-07-07", "1899-09-21"),
        ),
        ("printed < -3200000000", lambda b: seconds_of(b["printed"]) < -3200000000),
        ("author = 'Лев Толстой'", lambda b: b["author"] == "Лев Толстой"),
        ("author STARTS WITH Л", lambda b: b["author"] == "Лев Толстой"),
        ("genre NOT STARTS WITH ро", lambda b: "роман" not in b["genre"]),
        ("language=ru", lambda b: b["language"] == "ru"),
        ("  (  language=ru  )  ", lambda b: b["language"] == "ru"),
        ("", lambda b: True),
        ([], lambda b: True),
        (["", [], ["language=ru"]], lambda b: b["language"] == "ru"),
    ],
)
def test_forms(index: Index, text: Any, passes: Passes) -> None:
    assert found(index, text) == expected(passes)
    assert text in ("", []) or found(index, text) != set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year", "the end at character 5"),
        ("year =", "a value was expected"),
        ("year = 3 language = en", "AND, OR or the end was expected"),
        ("year == 3", "'=' at character 7"),
        ("= 3", "the name of a field"),
        ("year = 3 AND", "the name of a field"),
        ("(year = 3", "a closing parenthesis"),
        ("year = 3)", "AND, OR or the end"),
        ("genre IN novel", "[ was expected"),
        ("genre IN [novel", "a comma or ]"),
        ("genre NOT novel", "IN, EXISTS or STARTS WITH"),
        ("genre IS novel", "NULL or EMPTY"),
        ("year 3 TO", "the end of the range"),
        ("genre = AND", "put it into quotes"),
        ("genre = it's", "is not closed"),
        ("genre = a:b", "into quotes"),
        ("genre CONTAINS nov", "STARTS WITH"),
        ("_geoRadius(1, 2, 3)", "places on the globe"),
        ("prize = 3", "there is none of that name; it can by id, author, genre"),
        ("title = Emma", "no column"),
        ("year = many", "holds whole numbers, got 'many'"),
        ("lent = perhaps", "true or false"),
        ("printed = yesterday", "holds dates"),
        ("year STARTS WITH 18", "is for strings"),
        ("id > 3", "ids have no order"),
        ("(" * (MAX_DEPTH + 1) + "year=3" + ")" * (MAX_DEPTH + 1), "within one another"),
        ("NOT " * 5000 + "year=3", "within one another"),
        (3, "a string or a list"),
        ([3], "strings and lists of strings"),
        ([["year=3", ["year=4"]]], "strings alone"),
    ],
)
def test_what_is_no_filter_says_what_was_expected(index: Index, text: Any, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        found(index, text)
    assert said in str(caught.value)


@given(st.text(alphabet="year genre=<>!()[]'\",\\ANDORNOTINTOISEXISTS1.5-_", max_size=40))
def test_any_text_is_a_filter_or_an_error_of_its_own(index: Index, text: str) -> None:
    try:
        found(index, text)
    except QueryError as error:
        assert str(error)


def test_many_conditions_need_no_depth(index: Index) -> None:
    many = " OR ".join(f"year = {year}" for year in range(5_000))
    assert found(index, many) == {book["id"] for book in BOOKS}

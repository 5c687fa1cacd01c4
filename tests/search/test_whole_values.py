"""A text field with a column: words to a query, whole values to a filter, be it a string, a tree or F."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import F, Index, Schema, Text
from searchlib.errors import QueryError
from searchlib.query import nodes

AUTHORS: list[Any] = [
    "Гоголь", "Николай Гоголь", "Гоголя", "гоголь", ["Пушкин", "Гоголь"], "Гоголь-Моголь", None, "",
    "Пушкин А. С.", "re-established", "C++", "Гоголь, Н. В.", "Гогол\U0010ffff", "O'Reilly & Co.",
]  # fmt: skip
ALL = [str(number) for number in range(len(AUTHORS))]


def but(*ids: str) -> list[str]:
    return [each for each in ALL if each not in ids]


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(), author=Text(column=True), plain=Text()))
    with index.writer() as writer:
        for number, author in enumerate(AUTHORS):
            writer.add({"id": str(number), "body": "лес", "author": author, "plain": author})
            if number in (4, 9):
                writer.commit(merge=False)
    index.refresh()
    return index


def passing(index: Index, filter: Any) -> list[str]:
    return sorted((hit.id for hit in index.search("*:*", None, filter=filter)), key=int)


WHOLE: list[tuple[Any, list[str]]] = [
    ("author:Гоголь", ["0", "4"]),
    ("author:Гоголя", ["2"]),
    ("author:гоголь", ["3"]),
    ("author:ГОГОЛЬ", []),
    ("author:Николай", []),
    ('author:"Гоголь"', ["0", "4"]),
    ('author:"Николай Гоголь"', ["1"]),
    ('author:"николай гоголь"', []),
    ('author:"Гоголь Николай"', []),
    ('author:"Николай  Гоголь"', []),
    ("author:Николай Гоголь", ["0", "1", "2", "3", "4", "5", "11"]),  # a value, or a word of any field
    ('author:"Гоголь, Н. В."', ["11"]),
    ('author:"Пушкин А. С."', ["8"]),
    ("author:Пушкин", ["4"]),
    ("author:C++", ["10"]),
    ('author:"C++"', ["10"]),
    ("author:C", []),
    ("author:re-established", ["9"]),
    ("author:established", []),
    ("author:Гоголь-Моголь", ["5"]),
    ("author:Моголь", []),
    ('author:"O\'Reilly & Co."', ["13"]),
    ("author:(Гоголь Пушкин)", ["0", "4"]),
    ("author:(Гоголя гоголь)", ["2", "3"]),
    ('author:(Гоголя "Николай Гоголь")', ["1", "2"]),
    ("author:(Гоголь AND Пушкин)", ["4"]),
    ("author:Гоголь AND author:Пушкин", ["4"]),
    ("author:Гоголь OR author:Гоголя", ["0", "2", "4"]),
    ("+author:Гоголь -author:Пушкин", ["0"]),
    ("-author:Гоголь", but("0", "4")),
    ("NOT author:(Гоголь OR гоголь)", but("0", "3", "4")),
    ("author:Гог*", ["0", "2", "4", "5", "11", "12"]),
    ("author:Гоголь*", ["0", "4", "5", "11"]),
    ("author:Гоголя*", ["2"]),
    ("author:гог*", ["3"]),
    ("author:Н*", ["1"]),
    ("author:Ю*", []),
    ("author:Гогол\U0010ffff*", ["12"]),
    ("author:C*", ["10"]),
    ("author:*", but("6", "7")),
    ("-author:*", ["6", "7"]),
    ("author:[Г TO Н}", ["0", "2", "4", "5", "11", "12"]),
    ("author:[Гоголь TO Гоголя]", ["0", "2", "4", "5", "11"]),
    ("author:{Гоголь TO Гоголя}", ["5", "11"]),
    ("author:>=П", ["3", "4", "8"]),
    ("author:<D", ["10"]),
    ("author:Гоголь^5", ["0", "4"]),
    ("+лес +author:Гоголь", ["0", "4"]),
    ("+лес -author:Гоголь", but("0", "4")),
    ("plain:Гоголя", ["0", "1", "2", "3", "4", "5", "11"]),  # no column: words, in all their forms
    ("plain:гог*", ["0", "1", "2", "3", "4", "5", "11", "12"]),
    ("гоголя", ["0", "1", "2", "3", "4", "5", "11"]),  # no field: the default ones' words
    (nodes.Word("Гоголь", "author"), ["0", "4"]),
    (nodes.Phrase("Николай Гоголь", "author"), ["1"]),
    (nodes.Not(nodes.Word("Гоголь", "author")), but("0", "4")),
    (F.author == "Гоголь", ["0", "4"]),
    (F.author == "Николай Гоголь", ["1"]),
    (F.author.any("Гоголя", "гоголь"), ["2", "3"]),
    (~F.author.exists(), ["6", "7"]),
    ([F.author == "Гоголь", "author:Пушкин"], ["4"]),
]


@pytest.mark.parametrize(("filter", "ids"), WHOLE, ids=lambda value: repr(value)[:50])
def test_a_filter_compares_whole_values(index: Index, filter: Any, ids: list[str]) -> None:
    assert passing(index, filter) == ids


@pytest.mark.parametrize(
    "filter",
    ["author:*оголь", "author:Г?голь", "author:Гоголь~", 'author:"Николай Гоголь"~2', "лес AND author:*я*",
     nodes.Word("\ud800", "author"), nodes.Prefix("\ud800", "author")],
    ids=ascii,
)  # fmt: skip
def test_what_only_words_have_is_an_error(index: Index, filter: Any) -> None:
    with pytest.raises(QueryError, match="author"):
        index.search("*:*", filter=filter)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("author:Гоголя", ["0", "1", "2", "3", "4", "5", "11"]),
        ("author:моголь", ["5"]),
        ('author:"николаем гоголем"', ["1"]),
        ("author:*оголь", ["0", "1", "3", "4", "5", "11"]),
        ("author:гоголь~", ["0", "1", "2", "3", "4", "5", "11", "12"]),
        ("author:established", ["9"]),
    ],
)
def test_a_query_asks_for_words(index: Index, query: str, ids: list[str]) -> None:
    found = index.search(query, None, ranking="bm25")
    assert sorted((hit.id for hit in found), key=int) == ids


def test_it_is_sorted_and_counted_by_whole_values(index: Index) -> None:
    results = index.search("гоголя", None, sort="author", facets="author", filter="author:(Гоголь гоголь)")
    assert [hit.id for hit in results] == ["0", "4", "3"]
    assert {bucket.value: bucket.count for bucket in results.facets["author"]} == {
        "Гоголь": 2, "гоголь": 1, "Пушкин": 1,
    }  # fmt: skip


letters = st.text("абЯ\ud7ff\ue000\U0010ffff", min_size=1, max_size=3)


@given(values=st.lists(letters, min_size=1, max_size=12), beginning=letters)
@settings(deadline=None, max_examples=40)
def test_a_beginning_is_compared_as_python_does(values: list[str], beginning: str) -> None:
    index = Index.in_memory(Schema(author=Text(column=True)))
    with index.writer() as writer:
        for number, value in enumerate(values):
            writer.add({"id": str(number), "author": value})
    index.refresh()
    for asked, test in (
        (nodes.Prefix(beginning, "author"), str.startswith),
        (nodes.Word(beginning, "author"), str.__eq__),
    ):
        expected = [str(number) for number, value in enumerate(values) if test(value, beginning)]
        assert passing(index, asked) == expected

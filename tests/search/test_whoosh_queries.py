"""Index.search takes what whoosh makes: query trees, and parsers with their plugins."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from searchlib import Index, Number, Schema, Text
from searchlib.errors import QueryError, UnknownFieldError
from searchlib.query import Word

with warnings.catch_warnings():
    # whoosh 2.7.4 is of 2016: invalid escapes in its sources, modules that Python has deprecated since.
    warnings.simplefilter("ignore")
    q = pytest.importorskip("whoosh.query", reason="whoosh is not installed: pip install whoosh")
    from whoosh import qparser


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(), body=Text(), year=Number()))
    with index.writer() as writer:
        writer.add({"id": "ru", "title": "Выборы", "body": "Люди шли на выборы президента", "year": 2019})
        writer.add(
            {"id": "en", "title": "Police", "body": "They learned lessons as a police force", "year": 2022}
        )
    index.refresh()
    return index


def ids(index: Index, query: Any, **options: Any) -> list[str]:
    return [hit.id for hit in index.search(query, **options)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (q.Term("body", "идти"), ["ru"]),
        (q.And([q.Term("body", "lesson"), q.NumericRange("year", 2020, None)]), ["en"]),
        (q.Phrase("body", ["police", "forces"]), ["en"]),
        (q.Not(q.Term("body", "человек")), ["en"]),
    ],
)
def test_trees(index: Index, query: Any, expected: list[str]) -> None:
    assert ids(index, query) == expected
    assert [hit.id for hit in index.search_many([query])[0]] == expected


def test_a_tree_is_marked_as_a_string_is(index: Index) -> None:
    assert index.search(q.Term("body", "learn"))[0].highlight("body").startswith("They <mark>learned</mark>")


def test_parsers_with_plugins(index: Index) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = qparser.MultifieldParser(["title", "body"], schema=None)
        parser.add_plugin(qparser.FuzzyTermPlugin())
        assert ids(index, "poluce~", parser=parser) == ["en"]
        assert ids(index, "люди президентом", parser=parser) == ["ru"]
        assert ids(index, "люди police", parser=parser) == []  # whoosh's words are joined by AND
        with pytest.raises(UnknownFieldError):
            index.search("author:x", parser=parser)


def test_a_parser_of_ones_own(index: Index) -> None:
    class Literal:
        def parse(self, text: str, /) -> Word:
            return Word(text, "title")

    assert ids(index, "police", parser=Literal()) == ["en"]


def test_what_is_no_query_is_refused_by_name(index: Index) -> None:
    for query in (5, None, b"police"):
        with pytest.raises(QueryError, match=f"got {type(query).__name__}"):
            index.search(query)  # type: ignore[arg-type]

"""Arguments that cannot be: each is named, with what it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Number, Schema, Text
from searchlib.errors import QueryError


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(), body=Text(), year=Number()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "some words", "year": 2019})
    index.refresh()
    return index


def test_fields_that_cannot_be_searched(index: Index) -> None:
    with pytest.raises(QueryError, match=r"got the string 'title'; write \['title'\]"):
        index.search("words", fields="title")
    with pytest.raises(
        QueryError, match="'year' is a number and has no words; search it by value: year:value"
    ):
        index.search("words", fields=["year"])
    with pytest.raises(QueryError, match="names at least one"):
        index.search("words", fields=[])


def test_an_unknown_formatter(index: Index) -> None:
    with pytest.raises(ValueError, match="formatter is one of html, ansi, plain"):
        index.search("words")[0].highlight("body", "markdown")  # type: ignore[arg-type]


def test_an_unknown_way_to_verify(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="verify is 'map' or 'copy', got 'all'"):
        searchlib.open(tmp_path, verify="all")  # type: ignore[arg-type]


def test_a_field_without_languages_has_no_stopwords() -> None:
    index = Index.in_memory(Schema(body=Text(languages=())))
    with index.writer() as writer:
        writer.add({"body": "the cat"})
        writer.add({"body": "the dog"})
    index.refresh()
    assert index.search("the cat").total == 2
    assert index.search("the cat").dropped == []

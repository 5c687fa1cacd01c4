"""author.name:ann names the field author_name; what is no path of a field is text as before."""

from __future__ import annotations

import pytest

from searchlib import Index, Number, Schema, Text


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(
        Schema(body=Text(), author_name=Text(), meta_by_city=Text(), meta_year=Number(), автор_имя=Text())
    )
    with index.writer() as writer:
        writer.add({"id": "1", "body": "node.js:fs at example.com", "author_name": "Ann", "meta_year": 1991})
        writer.add({"id": "2", "body": "ann", "meta_by_city": "Ташкент", "автор_имя": "Анна"})
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("author.name:ann", ["1"]), ("author_name:ann", ["1"]), ("author.name:(ann OR x)", ["1"]),
        ("author.name:\"Ann\"", ["1"]), ("+author.name:ann", ["1"]), ("ann -author.name:ann", ["2"]),
        ("NOT author.name:ann", ["2"]), ("meta.by.city:ташкенте", ["2"]), ("meta.by_city:ташкент", ["2"]),
        ("meta_by.city:ташкент", ["2"]), ("meta.year:1991", ["1"]), ("meta.year:[1990 TO 1992]", ["1"]),
        ("meta.year:>1990", ["1"]), ("meta.year:>1991", []), ("автор.имя:Анны", ["2"]),
        ("author.name:an*", ["1"]), ("(author.name:ann)", ["1"]), ("author.name:bob", []),
        ("node.js:fs", ["1"]), ("example.com:ann", []), ("author.nome:zzz", []), ("a.b:c", []),
        ("author.:ann", []), (".name:zzz", []), ("author..name:zzz", []), ("Author.name:zzz", []),
    ],
)  # fmt: skip
def test_paths(index: Index, query: str, expected: list[str]) -> None:
    assert sorted(hit.id for hit in index.search(query)) == expected

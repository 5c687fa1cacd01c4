"""Names like О'Коннор are found without the apostrophe, in all forms; where it stands for ъ, by that."""

from __future__ import annotations

import pytest

from searchlib import Index, Schema, Text

SAME = [
    ("О'Коннор", "Оконнор"),
    ("О’Коннору", "О'Коннором"),
    ("О'Генри", "оГенри"),
    ("Д'Артаньяна", "дартаньян"),
    ("Жанна д'Арк", "дарк"),
    ("об'явление", "объявления"),
    ("под'езда", "подъезд"),
    ("с'езде", "съезд"),
]
APART = [("О'Генри", "окно"), ("об'явление", "явка"), ("п'ять", "пять"), ("о'кей", "океан"), ("д'ум", "дума")]


def found(text: str, query: str) -> bool:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": text})
    return bool(index.search(query, strict=True))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_they_find_each_other(one: str, other: str) -> None:
    assert found(one, other)
    assert found(other, one)


@pytest.mark.parametrize(("text", "query"), APART)
def test_they_do_not(text: str, query: str) -> None:
    assert not found(text, query)

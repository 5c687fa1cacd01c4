"""Cyrillic words with an apostrophe are found without it, in all their forms; where it stood for ъ, by that, too."""

from __future__ import annotations

import pytest

from searchlib import Index, Schema, Text

SAME = [
    ("О'Коннор", "Оконнор"),
    ("О’Коннору", "О'Коннором"),
    ("О'Генри", "оГенри"),
    ("Д'Артаньяна", "дартаньян"),
    ("Жанна д'Арк", "дарк"),
    ("Макдоналд'с", "Макдоналдса"),
    ("об'явление", "объявления"),
    ("под'езда", "подъезд"),
    ("с'езде", "съезд"),
    ("п'ять", "пять"),
    ("Кот-д'Ивуар", "Кот-д’Ивуара"),
]
APART = [("Жанна д'Арк", "арка"), ("О'Генри", "окно"), ("об'явление", "явка")]


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

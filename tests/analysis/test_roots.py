"""Russian roots: relatives leave the same, strangers mostly do not, and nothing else leaves anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis.roots import root_of, spellings

FAMILIES = [
    "уступить уступать уступка",
    "решить решать решение",
    "ташкент ташкентский",
    "президент президентский президентство",
    "свобода свободный свободно",
    "развить развивать развиваться развитие",
    "население населять населить",
    "экономика экономический экономист",
    "производить производство производитель",
    "религия религиозный",
    "защита защищать защитить защитник",
    "победа победить победитель",
    "ответ ответить отвечать",
    "посетить посещать посещение",
    "освободить освобождать освобождение",
    "представить представлять представление представитель",
    "отсутствовать отсутствие",
    "согласие согласиться согласный",
    "университет университетский",
]
STRANGERS = [("факт", "фактор"), ("порт", "портер"), ("вода", "водить"), ("премия", "премьер")]
NONE = ["", "я", "дом", "идти", "police", "Ташкент", "из-за", "ёлка", "1991", "дomik", "сорок два"]


@pytest.mark.parametrize("family", FAMILIES)
def test_relatives_leave_the_same(family: str) -> None:
    roots = {root_of(word) for word in family.split()}
    assert len(roots) == 1 and None not in roots


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_do_not(one: str, other: str) -> None:
    assert root_of(one) is None or root_of(one) != root_of(other)


@pytest.mark.parametrize("word", NONE)
def test_what_is_no_russian_lemma_or_too_short_leaves_nothing(word: str) -> None:
    assert root_of(word) is None


@given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя"), max_size=14))
def test_a_root_begins_its_word(word: str) -> None:
    root = root_of(word)
    if root is not None:
        assert len(root) >= 3
        assert any(word.startswith(spelling) for spelling in spellings(root))


def test_spellings_are_those_of_the_sounds_that_alternate() -> None:
    assert spellings("ответ") == ["ответ", "отвещ", "отвеч"]
    assert spellings("освобод") == ["освобод", "освобож"]
    assert spellings("уступ") == ["уступ"]

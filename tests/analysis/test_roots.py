"""Russian roots: relatives leave the same, strangers mostly do not, and nothing else leaves anything."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roots_twin import root_of
from searchlib import Analyzer, _core

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
    roots = {_core.russian_root(word) for word in family.split()}
    assert len(roots) == 1 and "" not in roots


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_do_not(one: str, other: str) -> None:
    root = _core.russian_root(one)
    assert root == "" or root != _core.russian_root(other)


@pytest.mark.parametrize("word", NONE)
def test_what_is_no_russian_lemma_or_too_short_leaves_nothing(word: str) -> None:
    assert _core.russian_root(word) == ""


SUFFIXES = [
    "е",
    "и",
    "а",
    "я",
    "н",
    "о",
    "ова",
    "ива",
    "ну",
    "ск",
    "ов",
    "тельн",
    "ость",
    "ние",
    "ение",
    "тие",
    "тель",
]
SUFFIXES += ["ник", "ция", "ка", "ие", "ист", "ть", "ться", "ти", "ый", "ий", "ой", "нн", "жд", "л"]
LETTERS = st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя"), max_size=6)


@given(start=LETTERS, suffixes=st.lists(st.sampled_from(SUFFIXES), max_size=4), other=st.text(max_size=2))
@settings(max_examples=2_000)
def test_it_is_what_the_twin_says(start: str, suffixes: list[str], other: str) -> None:
    for word in (start + "".join(suffixes), start + "".join(suffixes) + other):
        assert _core.russian_root(word) == root_of(word)


def test_of_every_word_of_real_text_it_is_what_the_twin_says(collections: Path) -> None:
    rows = gzip.decompress((collections / "xquad_ru" / "docs.jsonl.gz").read_bytes()).decode().splitlines()
    lemmas = {
        lemma
        for row in rows
        for token in Analyzer().tokens(json.loads(row)["text"])
        for lemma in token.lemmas
    }
    assert len(lemmas) > 3_000
    for lemma in lemmas:
        assert _core.russian_root(lemma) == root_of(lemma)

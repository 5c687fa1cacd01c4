"""Words that a search in Russian must get right, lowered before and folded after, as the analyzer does it."""

from __future__ import annotations

import pytest

from searchlib import _core
from searchlib.analysis import russian

WHOLE_SETS = {
    "стали": "стать сталь",
    "ели": "есть ель",
    "мыла": "мыло мыть",
    "пила": "пила пить пил",
    "стекла": "стекло стечь",
    "белки": "белка белок",
    "кружки": "кружка кружок",
    "еду": "еда ехать",
    "бегу": "бег бежать",
    "вести": "вести весть",
    "теста": "тест тесто",
    "есть": "есть быть",
    "осел": "осесть осел",
    "лет": "год лет",
    "все": "все весь",
    "лучше": "хороший лучше",
    "Пушкина": "пушкин пушкино",
    "Толстого": "толстой толстый",
    "пеку": "пек печь",
}
FIRST_LEMMAS = {
    "осёл": "осел",
    "людей": "человек",
    "детей": "ребенок",
    "шёл": "идти",
    "жжёт": "жечь",
    "возьми": "взять",
    "умрёт": "умереть",
    "сделанный": "сделать",
    "умывшись": "умыться",
    "семян": "семя",
    "семей": "семья",
    "пятьюдесятью": "пятьдесят",
    "обеими": "оба",
    "полугода": "полгода",
    "Шевченко": "шевченко",
    "МИДа": "мид",
    "премьер-министром": "премьер-министр",
    "Санкт-Петербурга": "санкт-петербург",
    "мм": "миллиметр",
    "должен": "должен",
    "должна": "должен",
    "должно": "должен",
    "должны": "должен",
}


def folded_lemmas(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lemma.replace("ё", "е") for lemma in russian.lemmas(word.lower())))


@pytest.mark.parametrize(("word", "lemmas"), WHOLE_SETS.items())
def test_whole_lemma_sets(word: str, lemmas: str) -> None:
    assert folded_lemmas(word) == tuple(lemmas.split())


@pytest.mark.parametrize(("word", "lemma"), FIRST_LEMMAS.items())
def test_first_lemmas(word: str, lemma: str) -> None:
    assert folded_lemmas(word)[0] == lemma


def test_a_surname_is_among_the_lemmas() -> None:
    assert "токаев" in folded_lemmas("Токаева")


def test_yo_is_read_before_it_is_folded() -> None:
    assert folded_lemmas("нём") == ("он", "оно")
    assert "немой" in folded_lemmas("нем")


@pytest.mark.parametrize("word", ["мм", "должен", "должна", "должно", "должны"])
def test_overrides_keep_what_the_dictionary_says(word: str) -> None:
    overridden, native = _core.RussianMorphology.override(word), russian.native()
    assert overridden is not None and native is not None
    assert set(native.lemmas(word, overrides=False) or ()) <= set(overridden)


def test_the_adjective_is_no_override() -> None:
    assert _core.RussianMorphology.override("должное") is None
    assert "должный" in folded_lemmas("должное")

"""Where a full stop is an abbreviation's and the sentence goes on: the core's tables say it for all uses."""

from __future__ import annotations

import pytest

from searchlib import _core
from searchlib.analysis.languages import dictionaries
from searchlib.highlight.fragments import abbreviations

GOES_ON = """
на ул. Ленина; у г. Ташкент; св. Георгий; проф. Иванов; акад. Сахаров; обл. Центр; им. Пушкина; о. Сахалин
ген. Петров
с. Ивановка; пос. Мирный; пл. Революции; пр. Мира; рис. 5; табл. 12; ст. 158; гл. 3; стр. 12; п. 4; ч. 2
т. 5; кв. 7
5 тыс. Потом; 10 млн. Всего; в 1991 г. Ельцин; в XX в. Россия; гг. Ельцина; вв. Россия; напр. Москва
5 янв. Понедельник
др. Город; см. Приложение; кол. Авторов; зам. Министра; лит. Журнал; до н. э. Египет; нем. Текст
ред. Иванов; доц. Петров
Gen. Petrov; Gov. Brown; Sen. Warren; Lt. Smith; Capt. Hook; Rev. King; St. John; Ft. Worth; Mr. Smith
Prof. Jones
No. 5; no. 5; fig. 3; vol. 2; p. 12; pp. 13; ch. 4; sec. 5; eq. 6; art. 7; est. 1990; Inc. Its; Ltd. The
dept. Head
etc. Then; approx. Ten; cf. Smith; dec. Five; Jan. Five; vs. Them; al. They
"""
ENDS = """
Он сказал нет. Потом; Вот дом. Потом; Это кот. Дальше; Мы видели снег. Утро; She said no. Then
No art. Then; A fig. Then
He has a page. Then; One is old. Then; A cat. Dogs; Мы тут. Там; Пришёл он. Она; рыба кит? Да; Все! Всё
He went away. Then; Два года. Потом; Текст. Ещё; Это том. Потом; Это часть. Потом; Он в доме. Она
"""


def texts(table: str) -> list[str]:
    return [text.strip() for line in table.strip().splitlines() for text in line.split("; ")]


@pytest.mark.parametrize("text", texts(GOES_ON))
def test_no_sentence_ends_behind_an_abbreviation(text: str) -> None:
    assert _core.sentence_borders(text, 0, len(text), abbreviations()) == [0, len(text)]


@pytest.mark.parametrize("text", texts(ENDS))
def test_a_sentence_ends_behind_a_word(text: str) -> None:
    assert _core.sentence_borders(text, 0, len(text), abbreviations()) == [0, text.rindex(" ") + 1, len(text)]


def test_there_is_one_table() -> None:
    """Whatever the core reads as an abbreviation keeps its sentence, somewhere."""
    found = {word for language in dictionaries() for word in language.abbreviations()}
    assert {*_core.sentence_abbreviations(True), *_core.sentence_abbreviations(False)} <= found
    assert len(texts(GOES_ON) + texts(ENDS)) >= 50

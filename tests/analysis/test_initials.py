"""A capital with a dot before a name is an initial: «С. Лавров» is no village."""

from __future__ import annotations

import itertools

import pytest

from searchlib import Analyzer, Index, Schema, Text

ANALYZER = Analyzer()

# What the letters stand for in other places: small, or before a number.
LETTERS = {
    "Г": "город год грамм",
    "С": "село страница секунда",
    "Р": "река рубль",
    "О": "остров",
    "Д": "деревня дом",
    "Ш": "шоссе",
    "М": "метр метро",
    "Т": "томов тонна",
    "П": "пункт",
    "К": "корпус",
    "Ч": "часть час",
    "Л": "лист литр",
}
_NAMES = """
    Иванов Петров Каримов Алиев Лавров Медведев Токаев Назарбаев Рахмон Атамбаев Бердымухамедов
    Мирзиёев Пушкин Толстой Горький Айтматов Ауэзов Тукай Каримова Мирзиёева Саакашвили Порошенко
    Зеленский Пашинян Чкалов Кирова Саратов Вовк Ли Цой Харатьян Тер-Петросян
"""
NAMES = _NAMES.split()
PLACES = (
    "перед {}",
    "вчера {} сказал",
    "{} сказал",
    "Он ушёл. {} остался",
    "12 {}",
    "(см. {})",
    "«{}»",
    "А. {}",
    "{}\n",
)


def words_of(text: str) -> set[str]:
    return {lemma for token in ANALYZER.tokens(text) for lemma in token.lemmas}


@pytest.mark.parametrize("letter", LETTERS)
def test_before_a_surname_it_stands_for_nothing(letter: str) -> None:
    wrong = set(LETTERS[letter].split())
    initials = (f"{letter}.", f"{letter}. А.", f"{letter}. Х.")
    for name, place, initial in itertools.product(NAMES, PLACES, initials):
        for one in (f"{initial} {name}", f"{initial} {name}".upper()):
            text = place.format(one)
            assert not wrong & words_of(text), text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("г. Москва", "город"),
        ("в г. Лавров", "город"),
        ("с. Ивановка", "село"),
        ("р. Волга", "река"),
        ("о. Крит", "остров"),
        ("д. Каримова", "деревня"),
        ("ш. Энтузиастов", "шоссе"),
        # Where capitals are no sign, the dictionary's places tell.
        ("Г. Москва — столица", "город"),
        ("Г. ТАШКЕНТ, УЛ. НАВОИ", "город"),
        ("АДРЕС: Г. САМАРКАНД", "город"),
        ("Улица Мира. Г. Ташкент", "город"),
        ("Г. Санкт-Петербург", "город"),
        ("Р. Волга впадает в море", "река"),
        ("О. Сахалин", "остров"),
        ("Г. «Мир»", "город"),
        ("комната 5 Г. Москва", "город"),
        # Before a number nobody is called so.
        ("С. 5", "страница"),
        ("Т. II", "том"),
        ("Т. XX", "том"),
        ("Д. 5", "дом"),
        ("220 В. Потом", "вольт"),
        ("2021 Г. Потом", "год"),
    ],
)
def test_what_is_an_abbreviation_stays_one(text: str, word: str) -> None:
    assert word in words_of(text)


def test_a_query_for_the_thing_neither_finds_nor_hides_nor_marks_a_person() -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "person", "text": "вчера С. Лавров прибыл"})
        writer.add({"id": "village", "text": "вчера в с. Ивановка прибыл"})
    index.refresh()
    assert [hit.id for hit in index.search("село")] == ["village"]
    assert [hit.id for hit in index.search("прибыл -село")] == ["person"]
    (hit,) = index.search('"С. Лавров"')
    assert hit.id == "person"


def test_acronyms_and_the_words_that_are_spelled_like_them() -> None:
    """`us` may mean either; `US` is no pronoun. "us" is a form of we, as «вас» is of «вы»."""
    index = Index.in_memory(Schema(text=Text()))
    texts = ("they told us", "we came", "the US army", "the U.S. army", "Ask Us now", "it is")
    with index.writer() as writer:
        writer.add_many({"id": text, "text": text} for text in texts)
    index.refresh()

    def found(query: str) -> list[str]:
        return sorted(hit.id for hit in index.search(query, ranking="bm25"))

    assert found("US") == found("U.S.") == ["the U.S. army", "the US army"]
    assert found("us") == sorted(texts[:5])
    assert found("we") == ["Ask Us now", "they told us", "we came"]
    assert found("IT") == found("it") == ["it is"]  # one spelling for both
    assert found('"told us"') == ["they told us"]
    assert found("army -US") == []

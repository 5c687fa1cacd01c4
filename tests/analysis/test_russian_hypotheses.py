"""Names and new words in all their cases: what must meet, what must not, and the twin of the rules."""

from __future__ import annotations

import os
import random

import pymorphy3
import pytest
from declensions import KINDS, paradigms
from hypotheses_twin import HypothesesTwin
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from searchlib import Analyzer, Index, Schema, Text, _core
from searchlib.analysis import russian
from shared_data import needed

ANALYZER = Analyzer()
SEED = int(os.environ.get("SEARCHLIB_SEED", "0"))

MEET = """
    Ахметов Ахметовым, Турсунов Турсунову, Турсунов Турсунова, Назарбаев Назарбаеве, Бердыев Бердыевых,
    Лебедкин Лебедкиным, Птицын Птицыну, Каримова Каримовой, Каримов Каримову, Каримова Каримову,
    Черепков Черепкову, Горшков Горшкову, Ореховой Орехов, Мамонтовой Мамонтов, Дубов Дубовым,
    Зябликов Зябликова,
    Бродский Бродского, Потоцкий Потоцкому, Рыбчинский Рыбчинской, Сухонский Сухонских,
    Сорбонск Сорбонском, Бишкекск Бишкекском, Саранск Саранске, Экибастуз Экибастузе, Талдык Талдыком,
    Рауз Раузом, Гелашвилек Гелашвилека, Бабаян Бабаяном, Мартиросянц Мартиросянца, Вовчок Вовчка,
    Мовк Мовком, Ткачук Ткачуком, Шульц Шульцем, Цой Цоя, Гейдель Гейделя, Нодар Нодаром, Фирдавс Фирдавсом,
    Айжан Айжаном, Айгуль Айгулью, Сибель Сибелью,
    Мадина Мадиной, Гульнора Гульнорой, Захро Захро, Шпаковенко Шпаковенка, Седых Седых,
    фаундер фаундеров, коммит коммитами, промпт промптов, деплой деплоями, пулл-реквест пулл-реквестом,
    чойхона чойхону, махалля махаллей, хокимият хокимиятом, акимат акиматах, рейтлимит рейтлимиту,
    Римский-Корсаков Римского-Корсакова, Сухово-Кобылин Сухово-Кобылиным, Нагорный-Бекетов Нагорному-Бекетову,
    Ибрагимова-Шнейдер Ибрагимовой-Шнейдер, Ново-Камышинск Ново-Камышинском, городов город, домов дом
"""
STAY_APART = """
    домов домовой, домов домовому, город городовой, столов столовая, столов столовой, ключей ключевой,
    основ новый, готов готика, здоров здоровяк, токарь Токаев, карим Каримову, Назар Назарбаеву,
    ахмет Ахметову,
    рыжик Рыжикову, кулак Кулакову, Маковский мак, Бродский бродить, Вовк волк, Вовком вовремя, Цой цоколь,
    Айжан Айгуль, Мадина Медина, деплой депо, деплой деплоймент, промпт промпторг, чойхона чай,
    махалля махать, хокимият хоккей, акимат акация, Петрова-Водкина водка, Экибастуз экипаж, Саранск сарай,
    Седых седло, фаундер фонд, коммит комитет, Шульц Шульман, Бердыев бердыш, Птицын птица, Горшков гореть,
    Черепков череп, Кустов кустарник, Дубов дубина, Рауз раунд, Нодар дар, Захро захват, стали сталевар,
    людей людской, отцов отцовство, братьев братство, магазин магазинов-склад, машин машинист,
    женщин женский, старый старик, половин половник
"""


def pairs(text: str) -> list[list[str]]:
    return [pair.split() for pair in " ".join(text.split()).split(", ")]


def meet(one: str, other: str) -> bool:
    return not set(ANALYZER.lemmas(one)).isdisjoint(ANALYZER.lemmas(other))


def folded(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lemma.replace("ё", "е") for lemma in russian.lemmas(word)))


@pytest.fixture(scope="module")
def twin() -> HypothesesTwin:
    return HypothesesTwin(pymorphy3.MorphAnalyzer(lang="ru", result_type=None))


@pytest.mark.parametrize(("one", "other"), pairs(MEET))
def test_forms_of_a_name_meet(one: str, other: str) -> None:
    assert meet(one, other)


@pytest.mark.parametrize(("one", "other"), pairs(STAY_APART))
def test_strangers_stay_apart(one: str, other: str) -> None:
    assert not meet(one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_declined_by_rule_every_case_finds_the_nominative(kind: str) -> None:
    """The bound: 98% of the forms of 500 names of each kind."""
    asked = [(nominative, form) for nominative, *forms in paradigms(kind, 500, SEED) for form in forms]
    missed = [pair for pair in asked if not meet(*pair)]
    assert len(missed) <= 0.02 * len(asked), missed[:20]


def test_names_of_the_shared_list_are_found_in_all_cases() -> None:
    """The bound: 99.8% of its distinct pairs of a nominative and another form."""
    rows = needed("lemmas", "names_ru.tsv").read_text(encoding="utf-8").splitlines()
    names = [row.split("\t")[1:] for row in rows]
    asked = {(forms[0], form) for forms in names for form in forms[1:] if form and form != forms[0]}
    missed = [pair for pair in asked if not meet(*pair)]
    assert len(missed) <= 0.002 * len(asked), missed


WORDS = st.text(st.sampled_from("абвегийклмнорстуцчшъыьяё"), min_size=1, max_size=9)
TAILS = "ов ев ин ын овой ову ским ского ск ок ец ом ему ая ия ью ами й ь ко ян"
PARTS = st.tuples(WORDS, st.sampled_from(TAILS.split())).map("".join)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.sampled_from(TAILS.split())).map("".join), min_size=1, max_size=3).map(
        "-".join
    )
)
def test_any_word_has_the_twins_lemmas(twin: HypothesesTwin, word: str) -> None:
    assume(_core.RussianMorphology.override(word) is None)
    assert folded(word) == twin.lemmas(word)


def test_names_and_words_have_the_twins_lemmas(twin: HypothesesTwin) -> None:
    words = [form for kind in KINDS for forms in paradigms(kind, 12, SEED) for form in forms]
    words += [form for pair in pairs(MEET + "," + STAY_APART) for form in pair if form.isalpha()]
    for word in words:
        assert folded(word.lower()) == twin.lemmas(word.lower()), word


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїўқғҳәңө"), min_size=1, max_size=12))
def test_an_unknown_word_is_its_own_lemma(word: str) -> None:
    native = russian.native()
    assert native is not None
    lemmas = ANALYZER.lemmas(word)
    assert native.known(word) or word.replace("ё", "е") in lemmas
    assert len(lemmas) == len(set(lemmas))


def test_the_dictionarys_lemmas_come_first() -> None:
    native = russian.native()
    assert native is not None
    for kind in KINDS:
        for forms in paradigms(kind, 5, SEED):
            raw = native.lemmas(forms[-1].lower(), overrides=False)
            assert raw is not None and native.lemmas(forms[-1].lower())[: len(raw)] == raw


def test_a_name_is_found_and_marked_in_every_case() -> None:
    index = Index.in_memory(Schema(body=Text()))
    rng = random.Random(SEED)
    names = [rng.choice(paradigms(kind, 20, SEED)) for kind in KINDS]
    with index.writer() as writer:
        for number, forms in enumerate(names):
            writer.add({"id": str(number), "body": f"Сказано о {forms[-1]} вчера."})
    index.refresh()
    for number, forms in enumerate(names):
        hits = index.search(f'"{forms[0]}"')
        assert str(number) in [hit.id for hit in hits], forms
        marked = next(hit for hit in hits if hit.id == str(number)).highlight("body")
        assert f"<mark>{forms[-1]}</mark>" in str(marked)


def test_the_rules_end_soon_on_any_length() -> None:
    for piece in ("ов", "овой", "ском", "а-", "ому", "ь"):
        assert ANALYZER.lemmas(piece * 40)


def test_a_known_word_gets_no_guess_but_a_surname() -> None:
    assert ANALYZER.lemmas("домового") == ("домовый", "домовой")
    assert ANALYZER.lemmas("городов") == ("город", "городов")
    assert ANALYZER.lemmas("здоров") == ("здоровый",)
    assert ANALYZER.lemmas("рыжиков")[-1] == "рыжиков"

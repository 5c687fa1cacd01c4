"""Abbreviations in their places: what each stands for, and what it does not."""

from __future__ import annotations

import pytest

from searchlib import Analyzer, Index, Schema, Text, _core

ANALYZER = Analyzer()

# A text and the words that find it, divided by commas, the last part after a bar those that do not.
READ = """
10 см в длину | сантиметр | смотреть
см. рис. 5 | смотреть, рисунок | сантиметр
5 т груза | тонна | том, тысяча
5 т. р. и больше | тысяча, рубль | тонна
в т. 5 собрания | том | тонна
в т. II собрания | том | тонна
и т. е. так | | тонна, том
и т. д. и т. п. | | тонна, том
2021 г. | год | город, грамм
1812 г. | год | город, грамм
5 г соли | грамм | год, город
комната 5 г. Москва | город | грамм, год
кв. 12 г. Казань | город, квартира | грамм
дом 7 г. Казань | город, дом | грамм
оф. 301 г. Уфа | город | грамм
этаж 5 м. Сокол | метро | метр
д. 5 с. Ивановка | село, дом | секунда, страница
корп. 2 р. Волга | река | рубль
room 5 Ft. Worth | fort | foot
соли 5 г. Потом | грамм | город, год
весом 5 г. Москва | грамм | город
комната 5 г сахара | грамм | город
комната 5 г. сахара | грамм | город
канат 5 м. Сокол | метр | метро
ширина 5 ft. then | foot | fort
табл. 5 см. рис. 3 | смотреть, рисунок | сантиметр
пункт 2 см. стр. 8 | смотреть | сантиметр
глава 3 см. также | сантиметр | смотреть
длина 5 см. Потом | сантиметр | смотреть
длина 5 см. ниже | сантиметр | смотреть
рана 5 см. раздел | смотреть | сантиметр
5 см рис. 3 | сантиметр, рисунок | смотреть
1500 г муки | грамм, год | город
г. Ташкент | город | год, грамм
г. «Мир» | город | год
12 окт. 2020 | октябрь |
с 5 янв. по 6 фев. | январь, февраль |
ш. Энтузиастов | шоссе | широта
5 ш сукна | | шоссе
кол-во мест | количество |
нет кол-ва | количество |
с кол-вом | количество |
ун-т и ин-та | университет, институт |
г-ну Петрову | господин |
у д-ра Петрова | доктор |
пр-том | проспект |
пл. Революции | площадь |
5 пл | | площадь
кв. 5 | квартира | квадратный
10 кв. м | квадратный, метр | квартира
10 м пути | метр | метро
м. Таганская | метро | метр
в XX в. | век | вольт
в XIX в. было | век |
220 В | вольт | век
5 в шестой | | вольт, век
глава V в книге | | век
5 А тока | ампер |
5 а шестой | | ампер
50 Вт | ватт | вторник
вт. и ср. | вторник, среда | ватт
5 Дж | джоуль |
Дж. Буш | | джоуль
с. 5 | страница | село, секунда
с. Ивановка | село | страница
5 с. бега | секунда |
5 с половиной | | секунда, страница, село
ч. 2 | часть | час
5 ч работы | час | часть
п. 3 договора | пункт |
д. 5 | дом | деревня
д. Ивановка | деревня | дом
р. Волга | река | рубль
100 р. за штуку | рубль | река
о. Сахалин | остров |
ст. 158 | статья | станция
ст. Лихая | станция | статья
гл. 3 | глава | главный
гл. Врач | главный | глава
стр. 12 | страница |
12 стр. | страница |
рис. 5 | рисунок |
варить рис. Потом | | рисунок
ген. Иванов | генерал |
ген. и клетка | | генерал
кап. Иванов | капитан | капля
5 кап. воды | капля | капитан
пос. Солнечный | посёлок |
оз. Байкал | озеро |
св. Георгий | святой | свыше
мин. 5 | | министерство, минута
5 мин ходьбы | минута | министерство
10 тыс. т | тысяча, тонна |
длина 10 см г. Ташкент | сантиметр, город | грамм
5 чел. пришли | человек |
тел. 123 | телефон |
мягкие тел. Потом | телефон |
9 мая и 3 мар. 2020 | март |
5 км пути | километр |
100 кВт | киловатт |
5 Гб | гигабайт |
1000 ккал | килокалория |
нем. и англ. | английский |
пер. Гагаринский | переулок | перевод
лит. источники | литература |
5 km run | kilometer, kilometre |
5 m long | meter, metre | mile
the m word | | meter
Gen. Smith | general | gender
gen. pool | | general
Gov. Brown | governor |
Acme Inc. | incorporated |
Acme Co. and | company |
co. and others | | company
Main St. is long | street | saint
St. John came | saint | street
Sunset Blvd | boulevard |
vol. 5 | volume |
vol. II | volume |
No. 5 | number |
there is no 5 | | number
no. Then | | number
p. 12 | page |
pp. 12 | page |
fig. 3 | figure |
a fig tree | | figure
5 ft. 10 in. tall | foot, inch |
Ft. Worth | fort | foot
5 in the morning | | inch
16 GB | gigabyte |
50 W | watt |
50 w | | watt
2 hrs | hour |
5 g salt | gram |
G major | | gram
Lt. Col. Smith | lieutenant, colonel |
est. 1990 | established |
ed. Smith | editor |
Sen. Warren | senator |
Mar. 5, 2020 | march |
5 Jun 2020 and Jul. 6 | june, july |
Del Mar is here | | march
ch. 3 | chapter |
art. 5 | article |
art is long | | article
12 V | volt | version
Варшавское ш., 5 | шоссе |
Карпов Ш. | | шоссе
Невский пр., 5 | проспект | прочий
Россия и пр. | прочий | проспект
Красная пл. | площадь |
Чудское оз. | озеро |
Гагаринский пер. | переулок | перевод
Тверской бул. | бульвар |
Ташкент г., Навои ул. | город, улица | грамм
Волга р. | река | рубль
Москва Г. | | город
Приложение г. Примеры | | грамм
Приложение г. | | город
ген.-майор Петров | генерал-майор, "генерал-майор", генерал, майор | генеральный
ген.-лейт. Петров | генерал-лейтенант |
ген.-губернатор | генерал-губернатор |
кап.-лейт. Петров | капитан-лейтенант | капля
чл.-корр. академии | член-корреспондент |
гр-н Петров | гражданин |
у гр-на Петрова | гражданин |
гр-ну Петрову | гражданин |
гр-ка Петрова | гражданка |
500 дол. США | доллар |
за дол. за | | доллар
500 тг | тенге |
2000 тг. | тенге |
1 500 тг | тенге |
500тг | тенге |
тг канал | | тенге
Roe v. Wade | versus |
John V. Smith | | versus, version, volt
5 M. Smith | | meter
v. 12 | version | volt
"""


def rows() -> list[tuple[str, list[str], list[str]]]:
    found = []
    for line in READ.strip().splitlines():
        text, yes, no = (part.strip() for part in line.split("|"))
        found.append(
            (text, *([word.strip() for word in part.split(",") if word.strip()] for part in (yes, no)))
        )
    return found


@pytest.mark.parametrize(("text", "yes", "no"), rows())
def test_what_an_abbreviation_stands_for_where_it_stands(text: str, yes: list[str], no: list[str]) -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "text": f"{text}"})
    index.refresh()
    found = {word: [hit.id for hit in index.search(word, ranking="bm25")] == ["1"] for word in (*yes, *no)}
    assert found == {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}


def lemmas_of(raw: str) -> set[str]:
    return set(ANALYZER.core.analyze(raw)[1])


def test_no_lemma_comes_twice_at_a_place() -> None:
    """A term stands once at a position: no word of an abbreviation may share a lemma with it or its like."""
    for token, words in _core.abbreviations():
        seen = lemmas_of(token)
        assert words or seen != {token}, token
        for word in words.split():
            assert not seen & lemmas_of(word), (token, word)
            seen |= lemmas_of(word)


@pytest.mark.parametrize(
    ("word", "lemmas"), [("см", "смотреть см"), ("г.", "год город г"), ("кг", "килограмм кг"), ("ч", "час ч")]
)
def test_alone_it_stands_for_what_it_mostly_is(word: str, lemmas: str) -> None:
    assert set(ANALYZER.lemmas(word)) == set(lemmas.split())


def test_what_is_marked_is_the_abbreviation() -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "text": "Длина 10 см, вес 5 кг."})
    index.refresh()
    (hit,) = index.search("сантиметры")
    assert [hit["text"][span.start : span.end] for span in hit.spans("text")] == ["см"]
    (hit,) = index.search('"10 сантиметров"')
    assert [hit["text"][span.start : span.end] for span in hit.spans("text")] == ["10 см"]


QUERIES = """
10 см | 10 сантиметров, длина см | смотреть сюда
2021 г. | 2021 год, в г. | большой город
г. Ташкент | город Ташкент | год
5 г соли | граммы | год
см. рисунок | смотри | сантиметр
5 kg meat, 10 ft | foot, kilogram | fort
No. 5 | numbers | not here
10 -см | длина 10 | сантиметр
10 см г. Ташкент | сантиметры, город | граммы
5 т | тонны, 5 | том
"""


@pytest.mark.parametrize("row", QUERIES.strip().splitlines())
def test_in_a_query_the_words_beside_it_say_it_too(row: str) -> None:
    query, yes, no = (part.strip() for part in row.split("|"))
    index = Index.in_memory(Schema(text=Text()))
    texts = {text.strip(): wanted for part, wanted in ((yes, True), (no, False)) for text in part.split(",")}
    with index.writer() as writer:
        writer.add_many({"id": text, "text": text} for text in texts)
    index.refresh()
    found = {hit.id for hit in index.search(query)}
    assert {text: text in found for text in texts} == texts


def test_deleting_a_document_takes_what_its_abbreviations_stood_for() -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "text": "5 т груза"})
        writer.add({"id": "2", "text": "тонна груза"})
    with index.writer() as writer:
        writer.delete("1")
    index.refresh()
    (hit,) = index.search("тонна")
    alone = Index.in_memory(Schema(text=Text()))
    with alone.writer() as writer:
        writer.add({"id": "2", "text": "тонна груза"})
    alone.refresh()
    assert hit.score == next(iter(alone.search("тонна"))).score


def test_a_field_without_the_language_reads_none() -> None:
    assert [token.lemmas for token in Analyzer(()).tokens("10 см")] == [("10",), ("см",)]
    assert [token.lemmas for token in Analyzer(("en",)).tokens("10 см, 5 ft")][1] == ("см",)
    assert "foot" in Analyzer(("en",)).tokens("5 ft")[1].lemmas

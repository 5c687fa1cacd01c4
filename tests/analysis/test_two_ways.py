"""Words that people write in two ways: each finds the other, and what only looks like it stays apart."""

from __future__ import annotations

from functools import cache

import pytest

from searchlib import Index, Schema, Text
from searchlib.query import parse

SAME = """
F-16: F16; Т-34: Т34; Ил-76: ил76; Су-27К: Су27К; COVID-19: covid19; MP-3: mp3; Windows-10: windows10
С-300: С300; А-4: А4; Boeing-747: boeing747; B-52: B52; К-19: К19; H-1: h1; ГАЗ-66: газ66; GPT-4: gpt4
1990s: 1990; 80s: 80; 2020s: 2020; 1860s: 1860; 10×15: 10x15; 10х15: 10x15; 10×15: 10х15; 2,5×4: 2,5x4
3×4×5: 3x4x5; 1920×1080: 1920x1080; 5-ти: 5ти; 10-ти: 10ти; 5-й: 5й; 1990-е: 1990е; 1990-х: 1990х
90-х: 90х; 2-го: 2го; 3-х: 3х; 12-ю: 12ю; бизнес-план: бизнесплан; пресс-служба: прессслужба
веб-портала: вебпортал; интернет-магазины: интернетмагазином; 28-му: 28му; 5-ая: 5ая; 100-й: 100й
1-ый: 1ый; 7-ми: 7ми; 20-х: 20х; 2-мя: 2мя
3-D: 3D; 5-G: 5G; 4-K: 4K; 2-D: 2D; 9-а: 9а; 10-Б: 10Б; 1-С: 1С; 12-px: 12-px; 8-bt: 8bt
20-летний: 20летний; 20-летия: 20летия; 20летний: 20 летний; 20-летний: 20 летний; 5-летнего: 5летний
20-year: 20year; 100-летию: 100летие; 10-дневный: 10дневный; 5-комнатная: 5комнатный; 3-этажного: 3этажный
Ту-154М: Ту154М; Ту-154м: ту154М; МиГ-29С: МиГ29С; Ан-2в: Ан2в; Як-42л: Як42л; М-5т: М5т; А-50р: А50р
F-16s: F16s; F-16s: F-16; F16s: F16; F16s: F-16
B-52s: B52; A320s: A320; AK-47s: AK47; Mi-8s: Mi-8
1970's: 1970s; 1970's: 1970; 1970’s: 1970s; 80's: 80s; 1970-s: 1970s; 90-s: 90
20 x 30: 20x30; 20 × 30: 20x30; 20 х 30: 20×30; 20 X 30: 20x30; 2,5 x 4: 2,5×4; 3 × 4 × 5: 3x4x5
20 x 30: 20 × 30; 1920 x 1080: 1920×1080; 20 x 30 см: 20x30 см
v3.9.2: 3.9.2; ver1.2.3: 1.2.3; V1.20.3: v1.20.3; v10.0.1.4: 10.0.1.4; Ver2.4.6: v2.4.6
"""
# A document that has the second is found by the first; not the other way.
INSIDE = """
10x15: 10×15×20; 15x20: 10×15×20; 10×15: 10x15x20; 10x15: 10 x 15 x 20; 15 x 20: 10×15×20; 2x3x4: 1x2x3x4
2×3: 1x2x3x4; 1x2: 1×2×3×4×5; 2,5x4: 2,5×4×6
3.9: v3.9.2; v3.9: v3.9.2; 2.4: V2.4; 1.2: ver1.2.3; ver1.2: ver1.2.3; 10.0: v10.0.1.4; 4.7: v4.7
25000: 25 000-31 000; 31 000: 25 000-31 000; 31,000: 25 000-31 000; 5000: 5 000–10 000; 10000: 5 000–10 000
12 000: 12 000-метровый; 12000: 12 000-метрового; 2000000: 2 000 000-й; 100000: 100 000-strong
10000: 5-10 000; 3 000: 3 000-4 000 руб; 4000: 3 000-4 000 руб
F-16: F-16C; F16: F-16C; F-16: F16C; F-15: F-15E; F-16: F-16C/D; F-16C: F-16C/D; МиГ-29: МиГ-29К
Т-72: Т-72Б3; Т72: Т-72Б3; Ил-76: Ил-76ТД; Су-24: Су-24М; Ми-8: Ми-8АМТШ; Ту-22: Ту-22М3; Ту-154: Ту154М
"""
APART = """
F-16: F-17; F-16: F1; Т-34: Т35; 2010-2012: 20102012; 1990s: 1991; 5s: 5; 805s: 805; 10×15: 15×10
10x15: 10; 0x10: 10; 5-ти: 5; 5ти: 6ти; 5й: 5; 3d: 3; mp3: mp-4; 5кс: 5-кс; x×y: xy
10×15: 1015; 5-й: 6-й; 1990-х: 1991-х; 2pac: 2; state-owned: statesowned; 100s: 10; 1990s: 199
3-D: 3; 3D: d; 3-D: 4D; 1990-s: 1991; 20-летний: 30летний; 20летний: летнийй
5-летний: 15летний
Ту-154М: Ту154; Ту-154М: Ту-154Б; ЧМ-2018г: ЧМ2018г; 3-5м: 35м; F-16s: F-17
H2S: H2; Na2S: Na2
F16s: F-1; 1970's: 1971; 1975's: 1975s1; 20 x 30: 20x31; 20 x 30: 30x20; 10x20: 10×15×20; 10×15×20: 10x15
10×15: 110x15x20; 20 x 30: 2030; a x b: axb; 20 x y: 20xy; 10x15x20: 10x15
3: v3.9.2; 9.2: v3.9.2; 2: v2; v3.9.2: 3.9; v3.9: 3.9.2; 3.9: v3.90.2; V2.4: 2.4; v: v2.4; 2.4: x2.4
25: 5-10 000; 510000: 5-10 000; 25000: 25 001-31 000; 31000: 25 000-31 001; 19100: COVID-19 100 мест
F-16C: F-16D; F-16C: F-16; F-1: F-16C; Т-7: Т-72Б3; Ми-8: Ми-80А; Na2: Na2S; a1: a1b; mp3: mp3ab
F-16: F-16abcde; Т-72Б: Т-72Б3; Су-24М: Су-24
"""


SPACED = """
т. к.: т.к.; т. ч.: т.ч.; т. н.: т.н.; т. о.: т.о.; ч. л.: ч.л.; ст. л.: ст.л.; л. с.: л.с.; у. е.: у.е.
б. у.: б.у.; и. о.: и.о.; с. ш.: с.ш.; ю. ш.: ю.ш.; в. д.: в.д.; з. д.: з.д.; м. б.: м.б.; н. с.: н.с.
с. н. с.: с.н.с.; м. н. с.: м.н.с.; г. р.: г.р.; г. в.: г.в.; ж. д.: ж.д.; с. х.: с.х.; з. п.: з.п.
а. е. м.: а.е.м.; ч. т. д.: ч.т.д.; к. т. н.: к.т.н.; д. м. н.: д.м.н.; Т. к.: т.к.; Т. е.: т.е.
т. е.: Т.е.; a. k. a.: a.k.a.; n. b.: n.b.; т.\u00a0ч.: т.ч.; ч.\u202fл.: ч.л.; Т. н.: т. н.
т. д.: т.д.; т. п.: т.п.; н. э.: н.э.; т. е.: т.е.; А. С. Пушкин: А.С. Пушкин
Дж. Р. Р. Толкин: Дж. Р.Р. Толкин; U. S. army: U.S. army; J. K. Rowling: J.K. Rowling
+7 (999) 123-45-67: +7 999 123 45 67; 8 (812) 555-35-35: +7 812 555-35-35
8-800-555-35-35: 8 800 555 35 35; (415) 555-1234: (415)555-1234; 84951234567: +7 495 123-45-67
+44 20 7946 0958: +44 20 79460958
"""
SPACED_APART = """
т. ч.: т.к.; ч. л.: ч.с.; ст. л.: ст. с.; к. т. н.: к.т.о.; с. ш.: с.д.; у. е.: у.о.; б. к.: б.к.; л. т.: л.т.
р. т. н.: р.т.н.; сп. л.: сп.л.; т. д.: т.п.; А. С. Пушкин: А. Т. Пушкин
+7 (999) 123-45-67: +7 (999) 123-45-68
8 (812) 555-35-35: 8 (813) 555-35-35; п. а. б.: п.а.; (415) 555-1234: (416) 555-1234
"""


def pairs(table: str) -> list[tuple[str, str]]:
    cells = (cell.strip() for line in table.strip().splitlines() for cell in line.split(";"))
    return [(one, other) for one, _, other in (cell.partition(": ") for cell in cells)]


@cache
def index() -> Index:
    words = {word for table in (SAME, INSIDE, APART) for pair in pairs(table) for word in pair}
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": word, "text": f"слово {word} here"} for word in sorted(words))
    index.refresh()
    return index


def finds(query: str, id: str) -> bool:
    return any(hit.id == id for hit in index().search(query, limit=None, ranking="bm25"))


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_each_finds_the_other(one: str, other: str) -> None:
    assert finds(one, other)
    assert finds(other, one)


@pytest.mark.parametrize(("one", "other"), pairs(INSIDE))
def test_what_stands_inside_is_found_by_itself(one: str, other: str) -> None:
    assert finds(one, other)
    assert not finds(other, one)


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_what_is_another_thing_is_not_found(one: str, other: str) -> None:
    assert not finds(one, other)


@cache
def spaced() -> Index:
    words = {word for table in (SPACED, SPACED_APART) for pair in pairs(table) for word in pair}
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": word, "text": f"слово {word} here"} for word in sorted(words))
    index.refresh()
    return index


@pytest.mark.parametrize(("one", "other"), pairs(SPACED))
def test_what_spaces_divide_is_one_in_quotes_or_not_and_beside_words(one: str, other: str) -> None:
    for asked, id in ((one, other), (other, one)):
        for query in (asked, f'"{asked}"', f'"слово {asked}"', f'"{asked} here"'):
            assert any(hit.id == id for hit in spaced().search(query, limit=None)), query


@pytest.mark.parametrize(("one", "other"), pairs(SPACED_APART))
def test_what_spaces_divide_is_no_other(one: str, other: str) -> None:
    assert not any(hit.id == other for hit in spaced().search(f'"{one}"', limit=None))


@pytest.mark.parametrize(
    ("query", "text", "piece"),
    [("F-16", "F-16C", "F-16C"), ("Т-72", "Т-72Б3", "Т-72Б3"), ("Су-24", "Су-24М", "Су-24М"),
     ("3.9", "v3.9.2", "v3.9.2"), ("31000", "25 000-31 000", "31 000"), ("5000", "5 000–10 000", "5 000")],
)  # fmt: skip
def test_what_is_found_is_marked_whole(query: str, text: str, piece: str) -> None:
    (hit,) = [hit for hit in index().search(query, limit=None) if hit.id == text]
    assert [hit["text"][span.start : span.end] for span in hit.spans("text")] == [piece]


def test_what_spaces_divide_is_marked_whole() -> None:
    (hit,) = [hit for hit in spaced().search('"89991234567"', limit=None) if hit.id == "+7 (999) 123-45-67"]
    assert [hit["text"][span.start : span.end] for span in hit.spans("text")] == ["+7 (999) 123-45-67"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("+7 (999) 123-45-67", '"+7 (999) 123-45-67"'),
        ("звонить 8 70 12 22 33 44", 'звонить OR "8 70 12 22 33 44"'),
        ("А. С. Пушкин", '"А. С." OR Пушкин'),
        ("text:(и т. д.)", 'text:и OR text:"т. д."'),
        ("+7 (99) 12", "+7 (99 12)"),
        ("9 30", "9 OR 30"),
        ("т. д.*", "т. OR д.*"),
        ("a. b. c.", "a. OR b. OR c."),
        ("text:т. д.", 'text:"т. д."'),
        ("text:в т. ч. соль", 'text:в OR "т. ч." OR соль'),
        ("text:ст. л. соли", 'text:"ст. л." OR соли'),
        ("-text:т. п. соль", '-text:"т. п." соль'),
        ("+т. п.", '+"т. п."'),
        ("text:+7 (701) 222-33-44", 'text:"+7 (701) 222-33-44"'),
        ("text:(соль ч. л.)", 'text:соль OR text:"ч. л."'),
        ("text:т. д.*", "text:т. OR д.*"),
        ("text:т. ж.", "text:т. OR ж."),
    ],
)
def test_a_query_takes_as_one_what_a_text_does(query: str, text: str) -> None:
    tree = parse(query, Schema(text=Text()))
    assert parse(text, Schema(text=Text())) == tree
    assert parse(str(tree), Schema(text=Text())) == tree

"""The scanner and the normalisation: a table of hard text, and the slow twin on random text."""

from __future__ import annotations

import random
import unicodedata

import pytest
import token_oracle as oracle
from hypothesis import assume, given
from hypothesis import strategies as st

from searchlib import _core

PLAIN = _core.Analyzer()

# text → its tokens: text|form@position+span, where form is not the text and position not just the next one.
HARD_TEXT = {
    "O'Brien’s don't": ["O'Brien’s|o'brien's", "don't"],
    "rock'n'roll 'quoted' students'": ["rock'n'roll", "quoted", "students"],
    "Oʻzbekiston O‘zbekiston O`zbekiston": [
        "Oʻzbekiston|o'zbekiston",
        "O‘zbekiston|o'zbekiston",
        "O`zbekiston|o'zbekiston",
    ],
    "the U.S. and e.g. Ph.D. now": ["the", "U.S.|u.s", "and", "e.g.|e.g", "Ph.D|ph.d", "now"],
    "и т.д., т.е. «г.Ташкент»": ["и", "т.д.|т.д", "т.е.|т.е", "г", "Ташкент|ташкент"],
    "А.С.Пушкин, Дж.Буш": ["А.С.|а.с", "Пушкин|пушкин", "Дж|дж", "Буш|буш"],
    "платформы.NET службы.aspx мвд.рф": ["платформы", "NET|net", "службы", "aspx", "мвд.рф"],
    "The end.Then more...": ["The|the", "end", "Then|then", "more"],
    "3.14 3,14 1.2.3 1,234.56 1'000 -5 №7": ["3.14", "3,14", "1.2.3", "1,234.56", "1'000", "5", "7"],
    "192.168.0.1:8080 v2.0 5% $10": ["192.168.0.1", "8080", "v2.0", "5", "10"],
    "user.name@example.com": ["user.name", "example.com"],
    "https://example.com/a_b?q=1&r=x#top": ["https", "example.com", "a_b", "q", "1", "r", "x", "top"],
    "foo__bar __init__ _emphasis_ ___": ["foo__bar", "init", "emphasis"],
    "well-known": ["well-known@0+2", "well@0", "known@1"],
    "Премьер-министры шли": [
        "Премьер-министры|премьер-министры@0+2", "Премьер|премьер@0", "министры@1", "шли@2",
    ],
    "a‐b c‑d": ["a‐b|a-b@0+2", "a@0", "b@1", "c‑d|c-d@2+2", "c@2", "d@3"],
    "COVID-19 2020-01-02": [
        "COVID-19|covid-19@0+2", "COVID|covid@0", "19@1",
        "2020-01-02@2+3", "2020@2", "01@3", "02@4",
    ],
    "U.S.-led": ["U.S.-led|u.s.-led@0+2", "U.S.|u.s@0", "led@1"],
    "-a- b-- c-,d e -f": ["a", "b", "c", "d", "e", "f"],
    "за́мок замо́к": ["за́мок|замок", "замо́к|замок"],
    "со\u00adба\u00adка co\u00adop": ["со\u00adба\u00adка|собака", "co\u00adop|coop"],
    unicodedata.normalize("NFD", "Йод ёлка café"): [
        unicodedata.normalize("NFD", "Йод") + "|йод",
        unicodedata.normalize("NFD", "ёлка") + "|ёлка",
        unicodedata.normalize("NFD", "café") + "|café",
    ],
    "е\u0301\u0308лка": ["е\u0301\u0308лка|ёлка"],
    "ЁЛКА Straße İstanbul ΣΟΦΟΣ ﬁn": [
        "ЁЛКА|ёлка", "Straße|strasse", "İstanbul|istanbul", "ΣΟΦΟΣ|σοφοσ", "ﬁn|fin",
    ],
    "Tашкент miсrosoft сop": ["Tашкент|ташкент", "miсrosoft|microsoft", "сop|cop"],
    "SQL-cервер SMSка": ["SQL-cервер|sql-сервер@0+2", "SQL|sql@0", "cервер|сервер@1", "SMSка|smsка@2"],
    "PHPи Exeмилые MОСКВA": ["PHPи|phpи", "Exeмилые|exeмилые", "MОСКВA|москва"],
    "Ўзбекистон Қазақстан Київ": ["Ўзбекистон|ўзбекистон", "Қазақстан|қазақстан", "Київ|київ"],
    "об'єкт obʼyekt": ["об'єкт", "obʼyekt|ob'yekt"],
    "я❤️NY 👍🏽 👩‍🚀 🇺🇿🇰🇿": ["я", "❤️|❤", "NY|ny", "👍🏽", "👩‍🚀|👩🚀", "🇺🇿", "🇰🇿"],
    "東京タワー ไทย": ["東", "京", "タ", "ワ", "ー", "ไ", "ท", "ย"],
    "한국어 עברית العربية हिन्दी": ["한국어", "עברית", "العربية", "हिन्दी"],
    "title:word a/b c;d": ["title", "word", "a", "b", "c", "d"],
    "col·legi": ["col·legi"],
    "a\u200bb a\u2060b \ufeffa": ["a", "b", "a\u2060b|ab", "a"],
    "a\0b \x1b[31mred": ["a", "b", "31mred"],
    "\u0301 \u0301a": ["a"],
    "x² H₂O ½": ["x", "H|h", "O|o"],
    "": [],
    " \t\n…—«»": [],
}  # fmt: skip


def _expected(cells: list[str]) -> list[tuple[str, str, int, int]]:
    rows, position = [], 0
    for cell in cells:
        body, _, place = cell.partition("@")
        text, _, form = body.partition("|")
        if place:
            at, _, span = place.partition("+")
            position = int(at)
        rows.append((text, form or text, position, int(span or 1) if place else 1))
        position += 1
    return rows


@pytest.mark.parametrize("text", HARD_TEXT)
def test_hard_text(text: str) -> None:
    rows, analyses = PLAIN.tokens(text)
    got = [(text[start:end], analyses[form][0], position, span) for form, position, start, end, span in rows]
    assert got == _expected(HARD_TEXT[text])


@pytest.mark.parametrize("text", HARD_TEXT)
def test_the_twin_agrees_on_hard_text(text: str) -> None:
    assert _spans(text) == oracle.spans(text)


def _spans(text: str) -> list[oracle.Span]:
    return [oracle.Span(*row) for row in _core.scan(text)]


def _known_to_this_python(char: str) -> bool:
    return unicodedata.category(char) not in ("Cn", "Cs", "Co")


LETTERS = "abcESUTHZzßİıéàñ" + "аесорхуТНКМВёйЁЙгкщыўқғҳіїєәѕј" + "αΣς" + "אب" + "한中あカก" + "0379٣"
JOINERS = "''’ʻʼ`--‐‑..,,__·:;" + "\u00ad\u200d\ufe0f\u2060"
MARKS = "\u0301\u0306\u0308\u0300\u030c\u0327\u0345\u0483"
BORDERS = "  \n\0/@—«»²№\u200b\u2028"
PICTURES = "😀❤☀👍🏽👩🚀🇺🇿🇰"
CHARS = st.sampled_from(LETTERS + JOINERS + MARKS + BORDERS + PICTURES) | st.characters(
    exclude_categories=["Cn", "Cs", "Co"]
).filter(_known_to_this_python)
MIXED = st.text(CHARS, max_size=40)
WORDS = st.text(st.sampled_from(LETTERS[:48] + JOINERS[:12]), max_size=24)
DECOMPOSED = MIXED.map(lambda text: unicodedata.normalize("NFD", text))


@given(MIXED | WORDS | DECOMPOSED)
def test_the_twin_cuts_the_same_tokens(text: str) -> None:
    assert _spans(text) == oracle.spans(text)


@given(MIXED | WORDS | DECOMPOSED)
def test_the_twin_gives_the_same_forms(text: str) -> None:
    for start, end, _, _ in _core.scan(text):
        form, lemmas = PLAIN.analyze(text[start:end])
        assert form == oracle.form(text[start:end])
        assert lemmas == (form.replace("ё", "е"),)


@given(MIXED | DECOMPOSED)
def test_a_form_is_its_own_form(text: str) -> None:
    # It becomes an i, which in «İй» now looks like a Cyrillic letter.
    assume("İ" not in unicodedata.normalize("NFC", text))
    for start, end, _, _ in _core.scan(text):
        form, _ = PLAIN.analyze(text[start:end])
        assert PLAIN.analyze(form)[0] == form


@given(MIXED)
def test_composed_and_decomposed_text_have_the_same_forms(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    forms = [
        [PLAIN.analyze(version[start:end])[0] for start, end, _, _ in _core.scan(version)]
        for version in (composed, decomposed)
    ]
    assert forms[0] == forms[1]


@given(st.text(st.characters() | CHARS, max_size=60))
def test_any_code_point_may_come_in(text: str) -> None:
    """Lone surrogates included: they are borders, and the offsets of what follows stay right."""
    last_position = -1
    for start, end, position, span in _core.scan(text):
        assert 0 <= start < end <= len(text) and span >= 1
        assert position in (last_position, last_position + 1)
        last_position = position
        assert not any("\ud800" <= char <= "\udfff" for char in text[start:end])


def test_surrogates_do_not_shift_offsets() -> None:
    assert _core.scan("\ud800я\udfffб") == [(1, 2, 0, 1), (3, 4, 1, 1)]


def test_a_very_long_run_is_one_token_with_a_bounded_form() -> None:
    text = "я" * 3_000_000 + " b"
    assert _core.scan(text) == [(0, 3_000_000, 0, 1), (3_000_001, 3_000_002, 1, 1)]
    assert PLAIN.analyze(text[:3_000_000]) == ("я" * 512, ("я" * 512,))


def test_a_long_chain_of_hyphens_is_cut_into_compounds() -> None:
    rows = _core.scan("-".join(["a"] * 100))
    assert [row for row in rows if row[3] > 1] == [(0, 127, 0, 64), (128, 199, 64, 36)]
    assert [row[2] for row in rows if row[3] == 1] == list(range(100))


def test_a_long_run_of_marks_is_normalised_in_linear_time() -> None:
    word = "a" + "\u0301\u0327" * 500_000
    assert _core.scan(word) == [(0, len(word), 0, 1)]
    assert len(PLAIN.analyze(word)[0].encode()) <= 1024


def test_the_scanner_agrees_with_the_twin_on_long_random_text() -> None:
    seed = random.randrange(2**32)
    chooser = random.Random(seed)
    text = "".join(chooser.choice(LETTERS + JOINERS + MARKS + BORDERS + PICTURES) for _ in range(20_000))
    assert _spans(text) == oracle.spans(text), f"seed {seed}"


def _every_character() -> str:
    """Those that this Python knows; of the big blocks of ideographs and Hangul, every hundredth."""
    big = (range(0x3400, 0xD7B0), range(0x17000, 0x19000), range(0x20000, 0xE0000))
    codes = (code for code in range(0x110000) if code % 101 == 0 or not any(code in block for block in big))
    return "".join(filter(_known_to_this_python, map(chr, codes)))


def test_the_twin_agrees_on_every_character() -> None:
    for pattern in ("{} ", "a{}b ", "я{}\u0301 "):
        text = "".join(map(pattern.format, _every_character()))
        assert _spans(text) == oracle.spans(text)


def test_the_twin_folds_and_composes_every_character_alike() -> None:
    for char in _every_character():
        decomposed = unicodedata.normalize("NFD", char)
        assert PLAIN.analyze(char)[0] == PLAIN.analyze(decomposed)[0] == oracle.form(char)

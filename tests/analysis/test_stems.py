"""Stems of lemmas: what leaves the same, what nothing, and that the core says what Snowball does."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Analyzer, Index, Schema, Text, _core
from stems_twin import _nltk, english_stem, is_english, russian_stem, whole_russian_stem

FAMILIES = """
    happy happily happiness; connect connected connection connective; relate relation relational relative;
    probable probability probably; operate operation operational operative operator; general generally
    generalise; hope hopeful hopefully hopefulness hopeless; usable usability; national nationally
    nationalism; agree agreed agreeable agreement; active actively activity activist; organise organisation;
    nervous nervously nervousness; possible possibly possibility; simple simply; angry angrily;
    flutter fluttering; heat heating; noisy noise; compress compression compressive compressible;
    деревня деревенька; красивый красиво красивость; быстрый быстро; важный важно важность;
    молодой молодость; новый новость; русский русски; читать читатель; гибкий гибкость
"""
STRANGERS = [
    ("universe", "police"), ("arm", "army"), ("новый", "новатор"), ("стол", "столица"),
    ("general", "generate"), ("news", "new"), ("proceed", "process"), ("порт", "портер"),
]  # fmt: skip
NONE = [
    "",
    "a",
    "as",
    "мы",
    "naïve",
    "don't",
    "COVID",
    "x86",
    "wi-fi",
    "ёлка",
    "сорок два",
    "дomik",
    "Ташкент",
]


def families() -> list[list[str]]:
    return [family.split() for family in FAMILIES.split(";")]


@pytest.mark.parametrize(
    "word", ["happy", "happiness", "connection", "relational", "probability", "operator"]
)
def test_stems_are_those_that_stemmers_print(word: str) -> None:
    printed = {
        "happy": "happi", "happiness": "happi", "connection": "connect", "relational": "relat",
        "probability": "probabl", "operator": "oper",
    }  # fmt: skip
    assert _core.english_stem(word) == printed[word]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("важность", "важност"), ("вежливость", "вежлив"), ("красивый", "красив"),
        ("ташкентский", "ташкентск"),
        ("выборы", "выбор"), ("рожденный", "рожден"), ("умываться", "умыва"), ("сильнейший", "сильн"),
        ("новейше", "нов"), ("читав", "чита"), ("прочитавши", "прочита"), ("деревянный", "деревя"),
        ("взгляд", "взгляд"), ("вдв", "вдв"), ("ель", "ел"), ("здание", "здан"),
        ("государственность", "государствен"),
    ],
)  # fmt: skip
def test_russian_stems_are_those_that_stemmers_print(word: str, stem: str) -> None:
    assert _core.russian_stem(word) == whole_russian_stem(word) == stem


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_leave_different_ones(one: str, other: str) -> None:
    stem = _core.english_stem if one.isascii() else _core.russian_stem
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", NONE)
def test_what_is_no_lemma_of_the_language_leaves_nothing(word: str) -> None:
    assert _core.english_stem(word) == "" and _core.russian_stem(word) == ""


_ENDINGS = """
    s ies ied us ss sses eed eedly ed edly ing ingly y ly li ization ational fulness ousness iveness
    tional bility lessly ently ation alism ality ously ivity fully ency ancy ably izer ator ally bly
    logy alize icate iciti ative ical ness ful ement ance ence able ible ment ant ent ism ate iti ous
    ive ize ion al er ic e l ll tt at bl iz
"""
ENDINGS = _ENDINGS.split()
STARTS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=6)
BEGINNINGS = st.sampled_from(["gener", "arsen", "commun", "y", "ay", "sky", "inning"])


@given(st.one_of(STARTS, BEGINNINGS), st.lists(st.sampled_from(ENDINGS), max_size=3))
@settings(max_examples=500)
def test_english_is_what_nltk_says(start: str, endings: list[str]) -> None:
    word = start + "".join(endings)
    assert _core.english_stem(word) == (_nltk().stem(word) if is_english(word) else "")


_RUSSIAN_ENDINGS = """
    в вши вшись ив ивши ыв ывшись ее ие ые ими ей ий ый ой ем им ого ему ых ую ая яя ою нн вш ющ щ ивш
    ующ ся сь ла на ете ли й л н ло но ет ют ны ть ешь нно ила ена уйте или ыли ил ило ят ит ить ыть ишь
    ю а ев ов ье иями ами ии ией иям ием ам о у ах ы ь ию ия ья я и ост ость ейш ейше
"""
RUSSIAN_ENDINGS = _RUSSIAN_ENDINGS.split()
LETTERS = st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя"), max_size=6)


@given(LETTERS, st.lists(st.sampled_from(RUSSIAN_ENDINGS), max_size=4), st.text(max_size=1))
@settings(max_examples=500)
def test_russian_is_what_the_twin_says(start: str, endings: list[str], other: str) -> None:
    for word in (start + "".join(endings), start + "".join(endings) + other):
        assert _core.russian_stem(word) == whole_russian_stem(word)


def test_of_every_word_of_real_text_they_say_the_same(collections: Path) -> None:
    lemmas: set[str] = set()
    for name in ("cranfield", "cisi", "xquad_ru"):
        rows = gzip.decompress((collections / name / "docs.jsonl.gz").read_bytes()).decode().splitlines()
        lemmas.update(
            lemma
            for row in rows
            for token in Analyzer().tokens(json.loads(row)["text"])
            for lemma in token.lemmas
        )
    assert len(lemmas) > 8_000
    for lemma in lemmas:
        assert _core.english_stem(lemma) == (_nltk().stem(lemma) if is_english(lemma) else "")
        assert _core.russian_stem(lemma) == whole_russian_stem(lemma)


def _index(words: list[str]) -> Index:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "text": word} for number, word in enumerate(words))
    index.refresh()
    return index


def test_words_of_a_stem_are_found_by_how_they_begin(collections: Path) -> None:
    """The core looks through the lemmas that begin like a stem: none must begin otherwise."""
    rows = gzip.decompress((collections / "cisi" / "docs.jsonl.gz").read_bytes()).decode().splitlines()
    lemmas = {
        lemma
        for row in rows
        for token in Analyzer().tokens(json.loads(row)["text"])
        for lemma in token.lemmas
    }
    words = sorted(lemma for lemma in lemmas if is_english(lemma))[::3]
    words += [word for family in families() for word in family]
    core = _index(words)._searcher.core
    held = [word for word in dict.fromkeys(words) if core.df(0, word)]
    by_stem: dict[str, list[str]] = {}
    for word in held:
        for stem in {english_stem(word), russian_stem(word)} - {""}:
            by_stem.setdefault(stem, []).append(word)
    for stem, of_stem in by_stem.items():
        kind = "english" if stem.isascii() else "russian"
        for word in of_stem[:2]:
            found = core.relatives(0, kind, [word], 10_000)
            assert set(of_stem) - {word} <= set(found) and word not in found


def test_short_stems_of_too_many_words_make_no_relatives() -> None:
    core = _index(["вода водить водный", "spy spies spying", "die dying"])._searcher.core
    assert core.relatives(0, "russian", ["вода"], 100) == []
    assert core.relatives(0, "english", ["spy", "die"], 100) == []


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="root, english or russian"):
        _index(["word"])._searcher.core.relatives(0, "german", ["word"], 10)

"""The scanner and the normalisation beside their slow twin, on random text (hard_text.py has the table)."""

from __future__ import annotations

import os
import random
import unicodedata

import token_oracle as oracle
from hypothesis import assume, given
from hypothesis import strategies as st

from searchlib import _core

PLAIN = _core.Analyzer()
SEED = int(os.environ.get("SEARCHLIB_SEED", "20260"))


def _spans(text: str) -> list[oracle.Span]:
    return [oracle.Span(*row) for row in _core.scan(text)]


def _known_to_this_python(char: str) -> bool:
    return unicodedata.category(char) not in ("Cn", "Cs", "Co")


LETTERS = "abcESUTHZzßİıéàñ" + "аесорхуТНКМВёйЁЙгкщыўқғҳіїєәѕј" + "αΣς" + "אب" + "한中あカก" + "0379٣"
JOINERS = "''’ʻʼ`--‐‑..,,__·:;" + "\u00ad\u200d\ufe0f\u2060"
MARKS = "\u0301\u0306\u0308\u0300\u030c\u0327\u0345\u0483"
BORDERS = "  \n\r\0/@(¬—«»²№\u200b\u2028"
PICTURES = "😀❤☀👍🏽👩🚀🇺🇿🇰"
CHARS = st.sampled_from(LETTERS + JOINERS + MARKS + BORDERS + PICTURES) | st.characters(
    exclude_categories=["Cn", "Cs", "Co"]
).filter(_known_to_this_python)
WORDLY = """get User Name XML Doc La TeX IDs O' d’ Reilly 3.14 228.1 1.2.3 0 5 км kB г .NET .net ¬ -¬
( _ __ . @ / node js U.S. т.е Мос Гор Суд é e\u0301 ß C++ C# -- \u00ad"""
PIECES = st.sampled_from([*WORDLY.split(), "1 000", "-\n", "\u00ad\r\n", "¬\n"])
MIXED = st.text(CHARS, max_size=40) | st.lists(PIECES | CHARS, max_size=14).map("".join)
WORDS = st.text(st.sampled_from(LETTERS[:48] + JOINERS[:12]), max_size=24)
DECOMPOSED = MIXED.map(lambda text: unicodedata.normalize("NFD", text))


@given(MIXED | WORDS | DECOMPOSED)
def test_the_twin_cuts_the_same_tokens(text: str) -> None:
    assert _spans(text) == oracle.spans(text)


@given(MIXED | WORDS | DECOMPOSED)
def test_the_twin_cuts_the_same_words_without_parts(text: str) -> None:
    assert [oracle.Span(*row) for row in _core.scan(text, parts=False)] == oracle.spans(text, parts=False)


@given(MIXED | WORDS | DECOMPOSED)
def test_the_twin_gives_the_same_forms(text: str) -> None:
    for start, end, _, _ in _core.scan(text):
        form, lemmas = PLAIN.analyze(text[start:end])
        assert form == oracle.form(text[start:end])
        assert lemmas == oracle.lemmas(form)


@given(MIXED | DECOMPOSED)
def test_a_form_is_its_own_form(text: str) -> None:
    # It becomes an i, which in «İй» now looks like a Cyrillic letter.
    assume("İ" not in unicodedata.normalize("NFC", text))
    for start, end, _, _ in _core.scan(text):
        form, _ = PLAIN.analyze(text[start:end])
        assert PLAIN.analyze(form)[0] == form


_PARTS = ["1", "12", "345", "678", "000", "9", "2020", "a", "b", "C++", "U.S.", "½"]
_JOINTS = " \u00a0\u202f-–-.,'"
NUMBERS = st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(_JOINTS)), max_size=9).map(
    lambda pairs: "".join(part + joint for part, joint in pairs)
)


@given(NUMBERS)
def test_the_form_alone_says_how_many_positions_a_token_takes(text: str) -> None:
    """Of numbers and compounds; test_parts.py asks it of the other wholes."""
    rows, analyses = PLAIN.tokens(text)  # which see the marks beside an identifier, too
    for form, _, _, _, span in rows:
        assert _core.form_span(analyses[form][0]) == span


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
    chooser = random.Random(SEED)
    text = "".join(chooser.choice(LETTERS + JOINERS + MARKS + BORDERS + PICTURES) for _ in range(20_000))
    assert _spans(text) == oracle.spans(text), f"seed {SEED}"


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

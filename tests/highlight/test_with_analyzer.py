"""Highlighting with the real analyzer: both languages, all the ways to write a letter, exact offsets."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis.analyzer import Analyzer
from searchlib.highlight import Html, Mark, PhraseMatch, Span, WordMatch, mark

from .native import spans

ANALYZER = Analyzer.for_languages(("en", "ru"))


def word(text: str) -> WordMatch:
    return WordMatch(frozenset(ANALYZER.lemmas(text)))


def phrase(text: str, slop: int = 0) -> PhraseMatch:
    parts = [token for token in ANALYZER.tokens(text) if token.span == 1]
    first = parts[0].position
    words = tuple(WordMatch(frozenset(token.lemmas)) for token in parts)
    return PhraseMatch(words, tuple(token.position - first for token in parts), slop)


def marked(text: str, *marks: Mark) -> list[str]:
    return [text[span.start : span.end] for span in spans(text, marks, ANALYZER)]


EXAMPLES = [
    ("A police force was formed.", [word("police"), word("forces")], ["police", "force"]),
    ("They learn lessons.", [word("learned"), word("lesson")], ["learn", "lessons"]),
    ("Выборы президента прошли.", [word("выборов"), word("президентов")], ["Выборы", "президента"]),
    ("Они шли домой.", [word("идти")], ["шли"]),
    ("Люди и человек, людям.", [word("человек")], ["Люди", "человек", "людям"]),
    ("US and us", [word("US")], ["US"]),
    ("Он шёл, она шла, шел и ШЁЛ.", [word("шел")], ["шёл", "шла", "шел", "ШЁЛ"]),
    ("лю\u0301ди, лю\u00adди, \u200bлюди", [word("люди")], ["лю\u0301ди", "лю\u00adди", "люди"]),
    ("Премьер-министры шли", [word("министр")], ["министры"]),
    ("Премьер-министры шли", [word("премьер-министр")], ["Премьер-министры"]),
    ("Санкт-Петербург и Петербург", [word("Санкт-Петербурга")], ["Санкт-Петербург"]),
    ("cafe\u0301s, caf\u00e9s 😀 café", [word("café")], ["cafe\u0301s", "caf\u00e9s", "café"]),
    (
        "The unit re-established itself into a police force.",
        [phrase("re-established itself into a police force")],
        ["re-established itself into a police force"],
    ),
    ("police forces and the force of police", [phrase("police force")], ["police forces"]),
    ("police and border forces", [phrase("police force", slop=2)], ["police and border forces"]),
    ("I don't know. Do not!", [word("do")], ["don't", "Do"]),
    ("лес\x00лес\x1bлес \ud800лес", [word("лес")], ["лес", "лес", "лес", "лес"]),
]


@pytest.mark.parametrize(("text", "marks", "expected"), EXAMPLES, ids=[text[:20] for text, _, _ in EXAMPLES])
def test_examples(text: str, marks: Sequence[Mark], expected: list[str]) -> None:
    assert marked(text, *marks) == expected


def test_a_marked_text_is_the_text_when_the_marks_are_taken_out() -> None:
    text = "Люди видели, как премьер-министр шёл; people saw the prime minister go."
    html = mark(
        text, spans(text, [word("человек"), word("person"), phrase("prime minister")], ANALYZER), Html()
    )
    assert "<mark>Люди</mark>" in html and "<mark>prime minister</mark>" in html
    assert html.replace("<mark>", "").replace("</mark>", "") == text


VOCABULARY = [
    "люди",
    "человека",
    "Шли",
    "идти",
    "police",
    "forces",
    "force",
    "don't",
    "do",
    "US",
    "us",
    "re-established",
]
STRANGE = [
    "премьер-министр",
    "и\u0306",
    "лю\u0301ди",
    "👩\u200d👧",
    "\ud800",
    "\x00",
    "U.S.",
    "3,14",
    "-",
    "\u202e",
    "ﬁ",
    "İ",
]
texts = st.lists(st.sampled_from(VOCABULARY + STRANGE), max_size=12).map(" ".join) | st.text(max_size=30)


@given(texts, st.lists(st.sampled_from(VOCABULARY), max_size=3))
def test_spans_are_the_tokens_whose_lemmas_meet(text: str, words: list[str]) -> None:
    marks = [word(each) for each in words]
    meeting = [
        Span(token.start, token.end, number)
        for token in ANALYZER.tokens(text)
        for number, each in enumerate(marks)
        if each.lemmas & set(token.lemmas)
    ]
    found = spans(text, marks, ANALYZER)
    covered = {offset for span in meeting for offset in range(span.start, span.end)}
    assert {offset for span in found for offset in range(span.start, span.end)} == covered
    assert all(0 <= span.start < span.end <= len(text) for span in found)


@given(
    st.lists(
        st.sampled_from(["police", "forces", "люди", "шли", "премьер-министр", "the"]), min_size=1, max_size=4
    )
)
def test_a_phrase_is_found_in_its_own_text(words: list[str]) -> None:
    text = " ".join(words)
    assert marked(f"Before: «{text}», after", phrase(text)) == [text]

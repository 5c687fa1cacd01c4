"""Hard text: the table of hard_text.py, as tokens and end to end, and what holds for any text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
import token_oracle as oracle
from hard_text import ONE_WAY, SAME, TOKENS
from hypothesis import example, given
from hypothesis import strategies as st

from searchlib import Analyzer, Index, Schema, Text, _core

ANALYZER = Analyzer()


@pytest.mark.parametrize("text", TOKENS)
def test_tokens_lemmas_and_offsets(text: str) -> None:
    cells = []
    next_position = 0
    for token in ANALYZER.tokens(text):
        span = f"+{token.span}" if token.span > 1 else ""
        cells.append(f"{token.start}-{token.end}{span} {' '.join(token.lemmas)}")
        assert token.text == text[token.start : token.end]
        assert token.position == next_position
        next_position += token.span == 1  # the parts of a whole begin where it does
    assert "; ".join(cells) == TOKENS[text]


@pytest.mark.parametrize("text", TOKENS)
def test_the_slow_twin_cuts_the_same_tokens(text: str) -> None:
    assert [oracle.Span(*row) for row in _core.scan(text)] == oracle.spans(text)


@cache
def index() -> Index:
    """Both writings of each pair in a document of their own, and the texts of ONE_WAY."""
    texts = {word: f"до {word} после" for pair in SAME for word in pair}
    texts |= {f"text {text!a}": text for text, _, _ in ONE_WAY}
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": id, "text": text} for id, text in texts.items())
    index.refresh()
    return index


def marked(query: str, id: str) -> list[str]:
    """What a query marks in the document of that id, which it must find."""
    results = index().search(query, limit=1000)
    hit = next((hit for hit in results if hit.id == id), None)
    assert hit is not None, f"{query!r} does not find {id!r}"
    return [hit["text"][span.start : span.end] for span in hit.spans("text")]


@pytest.mark.parametrize(("odd", "normal"), SAME)
def test_the_normal_writing_finds_the_odd_one_and_marks_just_that(odd: str, normal: str) -> None:
    assert marked(normal, odd) == [odd]


@pytest.mark.parametrize(("odd", "normal"), SAME)
def test_the_odd_writing_finds_the_normal_one(odd: str, normal: str) -> None:
    assert marked(odd, normal) == [normal]


@pytest.mark.parametrize(("text", "query", "piece"), ONE_WAY)
def test_a_plain_word_finds_it_in_the_text(text: str, query: str, piece: str) -> None:
    assert marked(query, f"text {text!a}") == [piece]


# ---- what holds for any text

PIECES = st.sampled_from(
    sorted({*TOKENS, *(word for pair in SAME for word in pair), *(row[0] for row in ONE_WAY)})
)
TEXTS = st.lists(PIECES | st.text(max_size=8) | st.sampled_from(" -–'.,\u00a0\u00ad\u0301\u200b#+")).map(
    "".join
)


@given(TEXTS)
def test_offsets_ascend_and_stay_in_the_text(text: str) -> None:
    last = (0, 0)
    for token in ANALYZER.tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert (token.position, token.start) >= last
        last = token.position, token.start
        assert token.lemmas and all(token.lemmas) and len(set(token.lemmas)) == len(token.lemmas)


@given(TEXTS)
@example("C++ 1\u00a0000")
def test_what_an_offset_names_is_analysed_alike_by_itself(text: str) -> None:
    """So a highlighted word can be searched for, and a deletion finds the lemmas that were indexed.

    An abbreviation has its own lemmas everywhere, and others by its place. What a mark beside it makes an
    identifier (.NETPh.D) may be a plain word by itself.
    """
    read = {start for start, _ in _core.readings(text)}
    for token in ANALYZER.tokens(text):
        again = ANALYZER.tokens(token.text)
        if token.start in read or _core.readings(token.text):
            own = set(ANALYZER.lemmas_alone(token.text))
            assert own <= set(token.lemmas) and own <= set(again[0].lemmas)
        else:
            assert again[0].lemmas == token.lemmas
        is_marked = text[max(token.start - 1, 0)] in "._" or text[token.end : token.end + 1] in (
            "(",
            ".",
            "_",
        )
        assert (again[0].start, again[0].end) == (0, len(token.text))
        assert again[0].span == token.span or is_marked


CAPITALS = (
    "US",
    "us",
    "SEC",
    "Sec",
    "Sept",
    "BEST",
    "СТАЛИ",
    "стали",
    "МИД",
    "U.S.",
    "café",
    "İs",
    "ХХ",
    "IХ",
)
WORDS = st.sampled_from(CAPITALS)


@given(WORDS | TEXTS, st.sampled_from([str.lower, str.upper, str.title, str.swapcase]))
def test_a_form_has_one_list_of_lemmas(text: str, recased: Callable[[str], str]) -> None:
    """The lexicon keeps the lemmas of a form: two words that share it must share them."""
    lemmas: dict[str, tuple[str, ...] | None] = {}
    for version in (text, recased(text), recased(text).replace("е", "ё")):
        for start, end, _, _ in _core.scan(version):
            form, found = ANALYZER.core.analyze(version[start:end])
            assert lemmas.setdefault(form, found) == found


@given(TEXTS)
def test_composed_and_decomposed_text_find_each_other(text: str) -> None:
    composed, decomposed = (
        [
            (token.position, token.span, token.lemmas)
            for token in ANALYZER.tokens(unicodedata.normalize(form, text))
        ]
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed


@pytest.mark.parametrize(
    "piece", ["я", "C+", "1\u00a0000", "a\u0301\u0327", "ѣ", "ıé", "1,", "a.", "ll", "our", "👩\u200d"]
)
def test_a_million_of_anything_is_analysed(piece: str) -> None:
    """A quadratic loop would not come to its end."""
    text = piece * 1_000_000
    tokens = ANALYZER.tokens(text)
    assert tokens[-1].end <= len(text)

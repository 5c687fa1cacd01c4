"""How hits are shown to InstantSearch front ends: tags, crops, places, numbers as text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from books import books, shelf
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Schema, Text
from searchlib.serve.instantsearch.asked import Asked
from searchlib.serve.instantsearch.cropping import cropped
from searchlib.serve.instantsearch.matching import begins_so
from searchlib.serve.instantsearch.searching import answer
from searchlib.serve.settings import Limits

LINES = [
    "Люди шли на выборы, и выборы прошли.",
    "Ёлки 🎄 выборов",
    "No match here",
    "",
]


def hits(index: Index, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(index, Asked(**asked), Limits())["hits"]
    return found


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(), note=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": LINES, "note": LINES[0]})
    return index


def test_each_string_of_a_list_is_marked_by_itself(index: Index) -> None:
    (hit,) = hits(
        index, q="выборы ", attributes_to_highlight=["*"], highlight_pre_tag="«", highlight_post_tag="»"
    )
    assert hit["body"] == LINES
    assert hit["_formatted"]["body"] == [
        "Люди шли на «выборы», и «выборы» прошли.",
        "Ёлки 🎄 «выборов»",
        *LINES[2:],
    ]
    assert hit["_formatted"]["note"] == "Люди шли на «выборы», и «выборы» прошли."


def test_places_are_bytes_of_utf_8(index: Index) -> None:
    (hit,) = hits(index, q="выборы ", show_matches_position=True)
    texts = {"body": LINES, "note": LINES[:1]}
    for name, places in hit["_matchesPosition"].items():
        assert places
        for place in places:
            raw = texts[name][place.get("indices", [0])[0]].encode()
            found = raw[place["start"] : place["start"] + place["length"]].decode()
            assert found in ("выборы", "выборов")
    assert [place["indices"] for place in hit["_matchesPosition"]["body"]] == [[0], [0], [1]]
    assert all("indices" not in place for place in hit["_matchesPosition"]["note"])


def test_only_what_is_asked_for_is_there(index: Index) -> None:
    (hit,) = hits(index, q="выборы", attributes_to_retrieve=["id", "nothing"])
    assert hit == {"id": "1"}
    (hit,) = hits(index, q="выборы", attributes_to_retrieve=["id"], attributes_to_crop=["note:2"])
    assert hit == {"id": "1", "_formatted": {"id": "1", "note": "…выборы, и…"}}
    (hit,) = hits(index, q="выборы", attributes_to_crop=["body"], crop_length=1, crop_marker="*")
    assert hit["_formatted"]["body"] == ["*выборы*", "*выборов", "No*", ""]


def test_numbers_are_text_where_they_are_formatted() -> None:
    index = Index.in_memory(shelf())
    with index.writer() as writer:
        writer.add(books()[0])
    (hit,) = hits(index, attributes_to_highlight=["title"])
    assert (hit["stars"], hit["year"], hit["lent"]) == (5.0, 1869, False)
    shown = hit["_formatted"]
    assert (shown["stars"], shown["year"], shown["lent"], shown["id"]) == ("5", "1869", False, "1")
    assert shown["genre"] == ["novel", "history"]


@given(
    st.lists(st.tuples(st.text("абв", min_size=1, max_size=40), st.booleans()), max_size=30),
    st.integers(1, 12),
    st.sampled_from([" ", ", ", " — ", "\n"]),
)
def test_a_crop_has_so_many_words_and_a_match_if_there_is_one(
    words: list[tuple[str, bool]], wanted: int, between: str
) -> None:
    text, spans = "", []
    for word, is_match in words:
        text += between if text else ""
        if is_match:
            spans.append((len(text), len(text) + len(word)))
        text += word
    start, end = cropped(text, spans, wanted)
    shown = re.findall(r"\w+", text[start:end])
    assert len(shown) == min(wanted, len(words))
    assert start == 0 or re.match(r"\b\w", text[start:])
    assert end == len(text) or re.search(r"\w\b$", text[:end])
    assert not spans or any(start <= first and last <= end for first, last in spans)
    if len(words) <= wanted:
        assert (start, end) == (0, len(text))


def test_the_crop_is_where_most_matches_are() -> None:
    text = "one match here, then a long way of other words without, and then match match match at the end"
    spans = [found.span() for found in re.finditer("match", text)]
    start, end = cropped(text, spans, 5)
    assert text[start:end] == "then match match match at"


def test_a_long_word_is_not_cut() -> None:
    text = "and " + "x" * 50 + " or match"
    assert text[slice(*cropped(text, [(len(text) - 5, len(text))], 3))] == "x" * 50 + " or match"


@pytest.mark.parametrize(
    ("typed", "value", "is_so"),
    [
        ("", "anything", True),
        ("тол", "Лев Толстой", True),
        ("лев тол", "Толстой, Лев", True),
        ("фёд", "Федор", True),
        ("фед", "Фёдор", True),
        ("олст", "Лев Толстой", False),
        ("C++", "C++", True),
        ("++", "C++", True),
        ("++", "Ada", False),
        ("лев пушк", "Лев Толстой", False),
    ],
)
def test_what_begins_a_value(typed: str, value: str, is_so: bool) -> None:
    assert begins_so(typed)(value) == is_so

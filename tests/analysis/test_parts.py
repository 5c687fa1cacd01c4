"""Wholes and their parts, marks, units, line ends: parts_tables.py, and what holds for any text."""

from __future__ import annotations

import re
from functools import cache

import pytest
import token_oracle as oracle
from hypothesis import given
from hypothesis import strategies as st
from parts_tables import TABLES

from searchlib import Analyzer, Index, Schema, Text, _core


def rows(table: str) -> list[tuple[str, str, tuple[str, ...] | None]]:
    escapes = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\u00ad": "\u00ad"}
    found: list[tuple[str, str, tuple[str, ...] | None]] = []
    for line in table.strip().splitlines():
        for written, meant in escapes.items():
            line = line.replace(written, meant)
        text, query, pieces = (cell.strip(" ") for cell in line.split("|"))
        found.append((text, query, tuple(pieces.split(", ")) if pieces else None))
    return found


CASES = [case for table in TABLES for case in rows(table)]


@cache
def index(parts: bool = True) -> Index:
    """Each text in a document of its own, whose id is the text."""
    index = Index.in_memory(Schema(text=Text(parts=parts)))
    with index.writer() as writer:
        for text in dict.fromkeys(text for text, _, _ in CASES):
            writer.add({"id": ascii(text), "text": f"до; {text} ; после"})
    index.refresh()
    return index


def marked(text: str, query: str, parts: bool = True) -> tuple[str, ...] | None:
    hits = {hit.id: hit for hit in index(parts).search(query, limit=None, ranking="bm25")}
    hit = hits.get(ascii(text))
    return hit and tuple(hit["text"][span.start : span.end] for span in hit.spans("text"))


@pytest.mark.parametrize(("text", "query", "pieces"), CASES)
def test_what_a_query_finds_and_marks(text: str, query: str, pieces: tuple[str, ...] | None) -> None:
    assert marked(text, query) == pieces


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_refusals(table: str) -> None:
    assert any(pieces is None for _, _, pieces in rows(table))


@pytest.mark.parametrize(
    ("text", "query", "finds"),
    [("vue.js", "vue.js", True), ("vue.js", "vue", False), ("findUserById", "user", False),
     ("a_long_winter.epub", "winter", False), ("O'Hara", "hara", False), ("O'Hara", "o'hara", True),
     ("olga.ivanova@post.firm.org", "olga.ivanova@post.firm.org", True), ("7км пути", "км", True),
     ("olga.ivanova@post.firm.org", "olga", False), ("ст. 158.2", "158", False), ("3.9.13", "3.9", True),
     ("python-3.9.13", "python", True), ("штаб-\nквартира", "штаб-квартира", True), ("1 000", "1000", True)],
)  # fmt: skip
def test_a_field_may_say_no(text: str, query: str, finds: bool) -> None:
    assert (marked(text, query, parts=False) is not None) == finds


def test_fields_with_and_without_parts_are_searched_together() -> None:
    index = Index.in_memory(Schema(body=Text(), code=Text(parts=False)))
    with index.writer() as writer:
        writer.add_many([{"id": "1", "body": "vue.js here"}, {"id": "2", "code": "vue.js here"}])
        writer.add_many([{"id": "3", "body": "a@b.org"}, {"id": "4", "code": "a@b.org", "body": "vue"}])
    index.refresh()
    assert {hit.id for hit in index.search("vue.js")} == {"1", "2"}
    assert {hit.id for hit in index.search("vue")} == {"1", "4"}
    assert {hit.id for hit in index.search("a@b.org")} == {"3", "4"}
    assert {hit.id for hit in index.search('"vue.js here"')} == {"1", "2"}


def test_the_schema_and_the_fingerprint_know_of_parts() -> None:
    schema = Schema(body=Text(parts=False))
    assert Schema.from_dict(schema.to_dict())["body"] == schema["body"]
    assert Analyzer(parts=False).fingerprint != Analyzer().fingerprint
    assert Analyzer.for_languages(("en",), parts=False) is not Analyzer.for_languages(("en",))


def test_a_text_is_as_long_as_its_words() -> None:
    """The parts of node.js are one word to the score, so that other words of the text weigh the same."""
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "whole", "text": "кот вот findUserById a_long_winter vue.js"})
        writer.add({"id": "plain", "text": "кот вот раз два три"})
    index.refresh()
    assert len({hit.score for hit in index.search("кот")}) == 1


@pytest.mark.parametrize(
    ("whole", "part"), [("wifi_setup.txt", "wifi"), ("findUserById", "user"), ("vue.js", "vue")]
)
def test_a_part_scores_as_the_word_in_its_place(whole: str, part: str) -> None:
    """ARCHITECTURE says so: neither the length of the text nor a weight tells them apart."""
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "whole", "text": f"кот вот {whole}"})
        writer.add({"id": "plain", "text": f"кот вот {part}"})
    index.refresh()
    assert len({hit.score for hit in index.search(part)}) == 1 and index.search(part).total == 2
    assert [hit.id for hit in index.search(whole)] == ["whole"]


PIECES = st.sampled_from(
    ["find", "User", "Id", "XML", "Doc", "URLs", "La", "O'", "d’", "Hara", "3.14", "158.2", "1.2.3", "0", "5",
     "kB", "1 000", ".NET", "-\n", "\u00ad\r\n", "¬", "¬\n", "(", "_", "__", ".", "@", "/", " ", "vue", "js",
     "U.S.", "C++", "C#", "--", "\u00ad", ",", "'", "é", "e\u0327"]
)  # fmt: skip
RUSSIAN = st.sampled_from(
    ["найти", "Дом", "Суд", "МГУ", "км", "г", "т.е.", "7", "-\n", "¬", "_", ".", "/", "(", " ", "ё"]
)
TEXTS = (st.lists(PIECES, max_size=12) | st.lists(RUSSIAN, max_size=12)).map("".join)


@given(TEXTS)
def test_a_form_alone_has_the_span_of_its_token(text: str) -> None:
    """So whoever has a form of a lexicon knows how many places it takes."""
    rows, analyses = Analyzer(()).core.tokens(text)
    for number, _, _, _, span in rows:
        form = analyses[number][0]
        start, end, position, width = _core.scan(form)[0]
        assert (start, end, position, width) == (0, len(form), 0, span)
        assert Analyzer(()).core.analyze(form) == analyses[number]


@given(TEXTS)
def test_parts_tile_their_wholes(text: str) -> None:
    rows = _core.scan(text)
    assert [oracle.Span(*row) for row in rows] == oracle.spans(text)
    leaves = {position: (start, end) for start, end, position, span in rows if span == 1}
    for start, end, position, span in rows:
        assert start >= leaves[position][0] - 1 and leaves[position][0] >= start
        rest = text[leaves[position + span - 1][1] : end]
        assert re.fullmatch(r"(?:[.․﹒．]\d)*", rest), "one digit behind a dot is no part"

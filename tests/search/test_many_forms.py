"""Patterns that many words match find the documents that few cursors would, and in bounded time."""

from __future__ import annotations

import random

import pytest

from hang import must_end
from searchlib import Index, Schema, Text
from searchlib.errors import QueryTooComplex

FORMS = ["ran", "runs", "running", "люди", "человека", "людей", "went", "goes"]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    rng = random.Random(7)
    words = [f"{a}u{b}n" for a in "bcdfgh" for b in "klmprst"] + FORMS
    return {str(number): " ".join(rng.sample(words, 3)) for number in range(700)}


@pytest.fixture(scope="module")
def index(texts: dict[str, str]) -> Index:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        for document_id, text in texts.items():
            writer.add({"id": document_id, "body": text})
    index.refresh()
    return index


@pytest.mark.parametrize(("pattern", "part"), [("*u*", "u"), ("*un*", "un"), ("*n", "n"), ("*s", "s")])
def test_the_documents_are_those_that_say_it(
    index: Index, texts: dict[str, str], pattern: str, part: str
) -> None:
    def says_it(word: str) -> bool:
        return word.endswith(part) if not pattern.endswith("*") else part in word

    expected = {key for key, text in texts.items() if any(map(says_it, text.split()))}
    assert {hit.id for hit in index.search(pattern, limit=None)} == expected
    within = {key for key in expected if "went" in texts[key]}
    assert {
        hit.id for hit in index.search(f"{pattern} AND go", limit=None) if "went" in texts[hit.id]
    } == within


@pytest.mark.unsanitized(reason="takes many times as long there")
def test_a_pattern_that_every_word_matches_takes_no_longer_than_reading_the_postings() -> None:
    numbers = range(60_000)
    index = Index.in_memory(Schema(body=Text(languages=())))
    with index.writer() as writer:
        writer.add_many({"body": f"a{number} b{number} c{number}"} for number in numbers)
    index.refresh()
    with must_end():  # every cursor for every document: ten minutes
        assert index.search("*1*").total == sum("1" in str(number) for number in numbers)


def test_a_query_has_a_bounded_number_of_patterns() -> None:
    index = Index.in_memory(Schema(text=Text()))
    many = " ".join(f"w{number}*" for number in range(21))
    with pytest.raises(QueryTooComplex, match="at most 20 prefixes"):
        index.search(many, strict=True)
    assert index.search(many).notes == (
        "a query has at most 20 prefixes, wildcards and fuzzy words, this one has 21: "
        "they were read as words",
    )
    assert len(index.search(" ".join(f"w{number}*" for number in range(20)))) == 0

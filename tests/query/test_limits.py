"""No query takes long or ends the process: it is answered, or refused by an error that says where."""

from __future__ import annotations

import re

import pytest

from hang import must_end
from searchlib.errors import QueryTooComplex
from searchlib.query import And, Limits, Or, Word, parse

from .conftest import SCHEMA

A, B, C, D = (Word(letter) for letter in "abcd")

HOSTILE = {
    "nested parentheses": "(" * 100_000 + "a" + ")" * 100_000,
    "opened parentheses": "(a " * 9_000,
    "a megabyte of parentheses": "(" * 1_000_000,
    "nested exclusions": "-(" * 100_000 + "a",
    "negations": "NOT " * 200_000 + "a",
    "alternating groups": "(a OR b AND " * 3_000,
    "10,000 words": "word " * 10_000,
    "10,000 wildcards": "*a* " * 10_000,
    "more words": "word " * 100_000,
    "operators": "AND " * 200_000,
    "one word": "a" * 1_000_000,
    "(a?){40}": "(a?){40}" * 100_000,
    "quotes": '"' * 500_000,
    "escaped quotes": '"\\' * 400_000,
    "backslashes": "\\" * 1_000_000,
    "colons": "a:" * 500_000,
    "ranges": "year:(" + "[ " * 300_000,
    "long ranges": "year:(" + "[" + " " * 900_000,
    "comparisons": "year:(" + '<"' * 300_000,
    "punctuation": "... " * 250_000,
    "dots": "." * 1_000_000,
    "boosts": "a" + "^2" * 400_000,
    "carets": "^" * 1_000_000,
    "tildes": "a~" * 500_000,
    "stars": "*" * 1_000_000,
    "stars apart": "* " * 500_000,
    "question marks": "a?" * 500_000,
    "too long": "a " * 600_000,
}


@pytest.mark.unsanitized(reason="Python alone, and strings that grow are copied each time there")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_end(text: str) -> None:
    with must_end():
        try:
            tree = parse(text, SCHEMA)
        except QueryTooComplex as error:
            assert re.match(r"a query (has at most|nests at most) [\d,]+ ", str(error))
            return
        back = parse(tree.to_text(), SCHEMA)
        assert back == tree and hash(back) == hash(tree)


@pytest.mark.parametrize(
    ("text", "limits", "position"),
    [
        ("a b c", Limits(clauses=2), 4),
        ("a (b AND (c OR d))", Limits(depth=3), 0),
        ("((a))", Limits(groups=1), 1),
        ("abcde", Limits(length=4), None),
    ],
)
def test_each_limit_says_where(text: str, limits: Limits, position: int | None) -> None:
    with pytest.raises(QueryTooComplex) as caught:
        parse(text, SCHEMA, limits)
    assert caught.value.position == position


def test_a_query_at_its_limits_is_taken() -> None:
    limits = Limits(length=18, clauses=4, groups=2, depth=4)
    assert parse("a (b AND (c OR d))", SCHEMA, limits) == Or((A, And((B, Or((C, D))))))


@pytest.mark.parametrize("glue", [" ", ";", "-", "/"])
def test_words_within_phrases_and_joined_words_count(glue: str) -> None:
    from searchlib import Index, Schema, Text
    from searchlib.query.nodes import Phrase, Word

    words = glue.join(["a"] * 20_001)
    for text in (f'"{words}"', f"title:{words}"):
        with pytest.raises(QueryTooComplex, match="at most 20,000 words, those of phrases too"):
            parse(text, SCHEMA)
    index = Index.in_memory(Schema(title=Text()))
    for node in (Phrase(words), Word(words)):  # made by hand, or by another parser
        with pytest.raises(QueryTooComplex, match="at most 20,000 words"):
            index.search(node)
    assert index.search(Phrase(glue.join(["a"] * 20_000))).total == 0

"""Queries as JSON has them: what goes out comes back, and what a server would not bear is refused."""

import pytest

from searchlib import Schema, Text
from searchlib.errors import QueryError, QueryTooComplex
from searchlib.query import Word
from searchlib.wire.trees import query_as_json, query_of_json

SCHEMA = Schema(body=Text())


@pytest.mark.parametrize("name", ["stands_for", "becomes"])
def test_a_word_comes_back_with_those_that_stand_for_it(name: str) -> None:
    sent = query_as_json(Word("тока", **{name: ("токаев", "токарь")}), SCHEMA)
    assert sent[name] == ["токаев", "токарь"]
    assert getattr(query_of_json(sent), name) == ("токаев", "токарь")
    with pytest.raises(QueryError, match=name):
        query_of_json({**sent, name: "токаев"})


@pytest.mark.parametrize("name", ["stands_for", "becomes"])
def test_they_count_as_words_of_the_query(name: str) -> None:
    sent = {"node": "or", "operands": [{"node": "word", "text": "а", name: ["б"] * 100}] * 101}
    with pytest.raises(QueryTooComplex, match="10,000 words"):
        query_of_json(sent)

"""Phrases whose words stand in step, against the oracle: counted, searched for, and inside of larger queries.

Places are marked and raised (core/search/place_marks.hpp) where each document's places stand: in lists of one
block and of several, in texts so long that marks need more room or that a block has them apart, of words with
one lemma and with two. Of three words, two may be looked at before the third (PhraseInField::require_pair).
"""

from __future__ import annotations

import random
from functools import cache
from itertools import product

import pytest

from oracle import Oracle
from searchlib import Index, Schema, Text
from searchlib.search.ranking import BM25

PLAIN = Schema(text=Text(languages=()))
LEMMAS = Schema(text=Text(languages=("en", "ru")))
# Of the second kind, saw, left and стали have two lemmas each.
WORDS = {
    "plain": ("the", "of", "tree", "green", "root", "leaf"),
    "lemmas": ("saw", "left", "green", "стали", "нить", "leaf"),
}
WEIGHTS = (40, 20, 8, 4, 2, 1)
NUM_DOCS = 400
LONG = {13: 1_300, 140: 5_000, 311: 2_500, 390: 1_100}
"""Documents of so many words: their positions need more bits than those of their neighbours."""


@cache
def world(kind: str, deletes: bool) -> tuple[Index, Oracle]:
    schema = PLAIN if kind == "plain" else LEMMAS
    chance = random.Random(23)
    index, oracle = Index.in_memory(schema), Oracle(schema)
    with index.writer() as writer:
        for number in range(NUM_DOCS):
            words = chance.choices(WORDS[kind], WEIGHTS, k=chance.randrange(1, 25))
            if number in LONG:
                words = ["sand"] * (LONG[number] - len(words)) + words
                for _ in range(20):
                    at = chance.randrange(LONG[number])
                    words[at : at + 5] = chance.choices(WORDS[kind], WEIGHTS, k=5)
            document = {"id": str(number), "text": " ".join(words)}
            writer.add(document)
            oracle.add(document)
    if deletes:
        with index.writer() as writer:
            for number in range(0, NUM_DOCS, 7):
                writer.delete(str(number))
                oracle.delete(str(number))
    return index, oracle


def phrases(kind: str) -> list[str]:
    words = WORDS[kind]
    some = random.Random(5)
    longer = [some.choices(words, WEIGHTS, k=count) for count in (3, 4, 7) for _ in range(6)]
    return [f'"{" ".join(each)}"' for each in (*product(words, words), *longer)]


@pytest.mark.parametrize("deletes", [False, True], ids=["all", "deletes"])
@pytest.mark.parametrize("kind", ["plain", "lemmas"])
def test_phrases_are_the_oracles(kind: str, deletes: bool) -> None:
    index, oracle = world(kind, deletes)
    for phrase in phrases(kind):
        expected = oracle.search(phrase, None, ranking=BM25)
        for limit in (3, NUM_DOCS):
            results = index.search(phrase, limit, ranking="bm25")
            assert [(hit.id, hit.score) for hit in results] == expected[:limit], phrase
        counted = index.search(phrase, 3, count=True, ranking="bm25")
        assert counted.total == index.search(phrase, 0).total == len(expected), phrase
        assert [(hit.id, hit.score) for hit in counted] == expected[:3], phrase


@pytest.mark.parametrize("deletes", [False, True], ids=["all", "deletes"])
@pytest.mark.parametrize("kind", ["plain", "lemmas"])
def test_a_phrase_is_a_part_of_a_query(kind: str, deletes: bool) -> None:
    index, oracle = world(kind, deletes)
    a, b, c, d, e, f = WORDS[kind]
    for query in (
        f'"{a} {b}" AND {d} AND NOT {f}',
        f'("{b} {a} {a}" AND {c}) AND NOT ({e} OR {f})',
        f'"{a} {a}" AND "{b} {c}"',
        f'"{c} {a}" AND ("{d} {a}" OR {e})',
        f'"{c} {d}" AND NOT {f}',
        f'"{a} {b}"^3 AND {c}^0.5',
    ):
        expected = oracle.search(query, None, ranking=BM25)
        assert expected, query
        for limit in (2, 20, NUM_DOCS):
            results = index.search(query, limit, count=True, ranking="bm25")
            assert results.total == len(expected), query
            assert [(hit.id, hit.score) for hit in results] == expected[:limit], query


def test_a_phrase_longer_than_marks_can_tell() -> None:
    chance = random.Random(3)
    text = chance.choices(WORDS["plain"], WEIGHTS, k=300)
    index = Index.in_memory(PLAIN)
    with index.writer() as writer:
        writer.add({"id": "whole", "text": " ".join(text)})
        writer.add({"id": "turned", "text": " ".join(reversed(text))})
    for length in (254, 255, 256, 300):
        results = index.search(f'"{" ".join(text[:length])}"', count=True)
        assert ([hit.id for hit in results], results.total) == (["whole"], 1), length

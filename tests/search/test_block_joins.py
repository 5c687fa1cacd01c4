"""Words in two lists, against the oracle: where the lists' blocks end, how documents are found in a list.

Where an AND is led by a word that stands in a title and in a body, it goes from the nearer end of the two
lists' blocks to the next (Window::take_blocks, core/search/window_blocks.cpp). Documents that this leaves are
looked for in the other words' lists: one by one, behind a filter of the block's documents, by one pass over
the block, or the block's postings among the documents (core/search/block_join.hpp). Each layout below leads
to one of these.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from functools import cache

import pytest

from oracle import Oracle
from searchlib import Index, Schema, Text
from searchlib.plan import And, Boost, Or, PlanNode, Word, WordField

NUM_DOCS = 12_000  # more than a pass over a block reaches
FIELDS = ("title", "body")
SCHEMA = Schema(title=Text(languages=(), boost=3, b=0.4), body=Text(languages=()))
Has = Callable[[int], bool]

# Whether a document's title has the word, and whether its body has it. These lead: they are the rarest.
LEADS: dict[str, tuple[Has, Has]] = {
    "same": (lambda n: n % 60 == 0, lambda n: n % 60 == 0),  # all blocks end together
    "shifted": (lambda n: n % 60 == 1, lambda n: n % 55 == 1),
    "within": (lambda n: n % 70 == 0, lambda n: n % 35 == 0),
    "tail": (lambda n: n % 600 == 0, lambda n: n % 50 == 0),  # one list has a single short block
    "tails": (lambda n: n % 150 == 5, lambda n: n % 110 == 5),  # both have
    "early": (lambda n: n < 3_000 and n % 20 == 5, lambda n: n >= 9_000 and n % 20 == 5),
    "late": (lambda n: n >= 9_000 and n % 20 == 6, lambda n: n < 3_000 and n % 20 == 6),
    "longer": (lambda n: n % 40 == 7, lambda n: n % 90 == 7),  # the title's list is the longer one
    "single": (lambda n: n == 6_030, lambda n: n % 45 == 0),
    "full": (lambda n: n % 80 == 9 and n < 80 * 128, lambda n: n % 40 == 9 and n < 40 * 256),  # whole blocks
    "alone": (lambda _: False, lambda n: n % 85 == 0),  # one list, whose blocks reach over most documents
    "titled": (lambda n: n % 85 == 4, lambda _: False),
    "crowd": (lambda n: 700 <= n < 950, lambda n: 720 <= n < 990),  # all in one place
}


def some(share: float, salt: int) -> Has:
    """That share of the documents, one here and one there."""
    return lambda n: (n * 2_654_435_761 + salt * 40_503) % 2**32 < share * 2**32


# What is looked for: a list that has a few documents, and one that has many.
OTHERS: dict[str, tuple[Has, Has]] = {
    "far": (some(0.012, 1), some(0.2, 2)),  # one block for most documents: a filter
    "near": (some(0.33, 3), some(0.5, 4)),  # many in a block: a pass over it
    "few": (some(0.001, 5), some(0.33, 6)),  # fewer than the documents: they are looked for
    "ends": (lambda n: n in (0, 4_080, NUM_DOCS - 60), some(0.25, 7)),
    "plain": (lambda _: False, some(0.5, 8)),
    "gone": (lambda n: n >= 11_000, lambda n: n >= 10_000),  # lists that begin where most leads have ended
}
PLACES = LEADS | OTHERS
PAIRS = list(itertools.product(LEADS, OTHERS))
TRIPLES = [(lead, *others) for lead in LEADS for others in (("far", "few"), ("near", "ends"))]


class World:
    """The index, and what its documents have: of a word, by document, how often in which field."""

    def __init__(self, deletes: bool) -> None:
        chance = random.Random(11)
        self.index, self.oracle = Index.in_memory(SCHEMA), Oracle(SCHEMA)
        self.found: dict[str, dict[int, dict[str, int]]] = {word: {} for word in PLACES}
        with self.index.writer() as writer:
            for number in range(NUM_DOCS):
                document = self._document(number, chance)
                writer.add(document)
                self.oracle.add(document)
        if deletes:
            with self.index.writer() as writer:
                for number in range(0, NUM_DOCS, 13):
                    writer.delete(str(number))
                    self.oracle.delete(str(number))
        self.index.refresh()
        self.oracle.forget_statistics()

    def _document(self, number: int, chance: random.Random) -> dict[str, str]:
        texts = {"title": ["t"] * chance.randrange(3), "body": ["b"] * chance.randrange(20)}
        for word, places in PLACES.items():
            for name, has in zip(FIELDS, places, strict=True):
                if has(number):
                    times = chance.choice((1, 1, 1, 2, 7))
                    texts[name] += [word] * times
                    self.found[word].setdefault(number, {})[name] = times
        return {"id": str(number), **{name: " ".join(words) for name, words in texts.items()}}

    @cache  # noqa: B019 (it lives as long as the tests)
    def score(self, word: str, number: int) -> float:
        places = self.found[word].get(number)
        if places is None:
            return 0.0
        document = self.oracle.documents[str(number)]
        first = next(iter(places))
        return self._idf(word) * self.oracle.saturated(document, places, first)

    @cache  # noqa: B019
    def _idf(self, word: str) -> float:
        return self.oracle.idf(FIELDS, FIELDS, word)

    def expected(
        self, words: tuple[str, ...], needs_all: bool, boost: float = 1.0
    ) -> list[tuple[float, int]]:
        """All matches, the best first; the first word's score is multiplied."""
        having = [self.found[word].keys() for word in words]
        matching = set.intersection(*map(set, having)) if needs_all else set().union(*having)
        scored = []
        for number in matching:
            if str(number) not in self.oracle.documents:
                continue
            score = 0.0
            for place, word in enumerate(words):
                score += self.score(word, number) * (boost if place == 0 else 1.0)
            scored.append((score, number))
        return sorted(scored, key=lambda hit: (-hit[0], hit[1]))


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "with deletes"])
def world(request: pytest.FixtureRequest) -> World:
    return World(request.param)


def _word(text: str) -> PlanNode:
    return Word([WordField(0, 3.0, [text]), WordField(1, 1.0, [text])])


def _check(world: World, plan: PlanNode, expected: list[tuple[float, int]]) -> None:
    core = world.index._searcher.core
    for limit in (1, 3, 10, 100, NUM_DOCS - 1_000):
        assert core.search(plan, limit) == expected[:limit], limit
    assert core.count(plan) == len(expected)


@pytest.mark.parametrize("words", [*PAIRS, *TRIPLES], ids=" ".join)
def test_all_words(world: World, words: tuple[str, ...]) -> None:
    expected = world.expected(words, needs_all=True)
    assert expected or {"gone", "crowd"} & {*words}
    _check(world, And([_word(word) for word in words]), expected)


@pytest.mark.parametrize("words", PAIRS, ids=" ".join)
def test_a_heavy_lead_prunes_the_others(world: World, words: tuple[str, ...]) -> None:
    plan = And([Boost(5.0, _word(words[0])), *map(_word, words[1:])])
    _check(world, plan, world.expected(words, needs_all=True, boost=5.0))


@pytest.mark.parametrize("words", TRIPLES, ids=" ".join)
def test_any_words(world: World, words: tuple[str, ...]) -> None:
    _check(world, Or([_word(word) for word in words]), world.expected(words, needs_all=False))

"""AND and OR where a word has two lists, of a title and of a body, each of many blocks: pruned is exhaustive.

Here what the shorter list has is laid into the blocks of the longer one (core/search/two_lists.hpp), and
documents may have the word in the one alone, in the other, or in both.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable

import pytest

from searchlib import Index, Schema, Text
from searchlib.plan import And, Or, Word, WordField

NUM_DOCS = 6_000
# Of each word, whether a document's title and its body have it.
PLACES: dict[str, tuple[Callable[[int], bool], Callable[[int], bool]]] = {
    "both": (lambda n: n % 5 == 0, lambda n: n % 3 == 0),
    "title": (lambda n: n % 7 == 0, lambda _: False),
    "body": (lambda _: False, lambda n: n % 2 == 0),
    "apart": (lambda n: n % 4 == 1, lambda n: n % 4 == 3),
    "bunch": (lambda n: n % 900 < 40, lambda n: n % 400 < 150),
    "rare": (lambda n: n % 331 == 0, lambda n: n % 97 == 0),
}
COMBINATIONS = [words for count in (2, 3) for words in itertools.combinations(PLACES, count)]


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "with deletes"])
def index(request: pytest.FixtureRequest) -> Index:
    chance = random.Random(7)
    made = Index.in_memory(Schema(title=Text(languages=(), boost=3, b=0.4), body=Text(languages=())))

    def text(field: int, number: int, filler: int) -> str:
        words = ["filler"] * chance.randrange(filler)
        for word, has in PLACES.items():
            words += [word] * (chance.choice((1, 1, 1, 2, 9)) if has[field](number) else 0)
        return " ".join(words)

    with made.writer() as writer:
        for n in range(NUM_DOCS):
            writer.add({"id": str(n), "title": text(0, n, 4), "body": text(1, n, 60)})
    if request.param:
        with made.writer() as writer:
            for n in range(0, NUM_DOCS, 11):
                writer.delete(str(n))
    made.refresh()
    return made


@pytest.mark.parametrize("words", COMBINATIONS, ids=" ".join)
@pytest.mark.parametrize("weight", [0.5, 1.0, 3.0])
@pytest.mark.parametrize(("node", "wants"), [(And, all), (Or, any)], ids=["and", "or"])
def test_pruned_is_exhaustive(
    index: Index,
    words: tuple[str, ...],
    weight: float,
    node: type[And] | type[Or],
    wants: Callable[[Iterable[bool]], bool],
) -> None:
    core = index._searcher.core
    plan = node([Word([WordField(0, weight, [word]), WordField(1, 1.0, [word])]) for word in words])
    everything = core.search(plan, NUM_DOCS, exhaustive=True)
    wanted = [
        n
        for n in range(NUM_DOCS)
        if wants(any(has(n) for has in PLACES[word]) for word in words) and str(n) in index
    ]
    assert sorted(doc for _, doc in everything) == wanted
    for limit in (1, 3, 10, 100, NUM_DOCS):
        assert core.search(plan, limit) == everything[:limit]

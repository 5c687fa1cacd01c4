"""How many documents match: the oracle's number, and that of a search that scores every match; however dense
the words are, however the index is cut, whatever was deleted.

Two kinds of indexes: small bilingual ones with every operator, and one of 40,000 documents in which word wK
stands in every K-th document, so that any tree's number is that of a set of integers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from bilingual import IDS, documents, queries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Twins

from searchlib import Index, Keyword, Number, Schema, Text, _core
from searchlib.errors import SearchTimeout
from searchlib.query import nodes

_settings = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_batches = st.lists(
    st.lists(st.one_of(documents(), documents(), st.sampled_from(IDS)), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not-stored"])
@given(batches=_batches, asked=st.lists(queries, min_size=3, max_size=12), limit=st.integers(0, 4))
@_settings
def test_totals_are_the_oracles(stored: bool, batches: list[list[Any]], asked: list[str], limit: int) -> None:
    twins = Twins(stored)
    twins.apply(batches)
    for query in asked:
        expected = len(twins.oracle.search(query, None))
        lazily = twins.index.search(query, limit)
        at_once = twins.index.search(query, limit, count=True)
        assert lazily.total == at_once.total == expected, query
        found = [[(hit.id, hit.score) for hit in results] for results in (lazily, at_once)]
        assert found[0] == found[1], query


# ---- word wK stands in every K-th document

SIZE = 40_000
STEPS = (1, 2, 3, 5, 7, 30, 64, 129, 1000, 4001, 16384, 39_999)
RUN = 11
"""So many documents from each multiple of 4,999 on have a word of their own, dense there and nowhere else."""


def holds(step: int, doc: int) -> bool:
    return doc % step == 0


def text(doc: int) -> str:
    words = [f"w{step}" for step in STEPS if holds(step, doc)]
    if doc % 4999 < RUN:
        words.append("run")
    if doc % 6 == 0:
        words.append("side by side")  # w1 … side by side
    if doc % 10 == 0:
        words.append("by side")
    return " ".join(words)


class Numbers:
    """The index, and its live documents as numbers."""

    def __init__(self, index: Index, live: list[int]) -> None:
        self.index, self.live = index, live

    def matches(self, node: nodes.Node) -> set[int]:
        if isinstance(node, nodes.Word):
            if node.text == "run":
                return {doc for doc in self.live if doc % 4999 < RUN}
            return {doc for doc in self.live if holds(int(node.text[1:]), doc)}
        if isinstance(node, nodes.Phrase):
            word = node.text.split()
            if word == ["by", "side"]:
                return {doc for doc in self.live if doc % 6 == 0 or doc % 10 == 0}
            assert word == ["side", "by"]
            return {doc for doc in self.live if doc % 6 == 0}
        if isinstance(node, nodes.Range):
            assert node.low is not None
            return {doc for doc in self.live if doc >= int(node.low)}
        if isinstance(node, nodes.Prefix):
            return set(self.live)
        found = [self.matches(child) for child in node.children]
        if isinstance(node, nodes.And):
            return set.intersection(*found)
        if isinstance(node, nodes.Or):
            return set.union(*found)
        assert isinstance(node, nodes.Not)
        return set(self.live) - found[0]

    def check(self, node: nodes.Node) -> None:
        searcher = self.index._searcher
        expected = len(self.matches(node))
        plan = searcher.plan(node, ranking="bm25").core
        assert searcher.core.count(plan) == expected, str(node)
        best, total = searcher.core.search_counted(plan, 7)
        assert total == expected, str(node)
        assert best == searcher.core.search(plan, 7, exhaustive=True), str(node)


def cut(segments: int, deletes: bool, stored: bool) -> Numbers:
    index = Index.in_memory(Schema(body=Text(languages=(), stored=stored), n=Number()))
    with index.writer() as writer:
        for part in range(segments):
            for doc in range(SIZE * part // segments, SIZE * (part + 1) // segments):
                writer.add({"id": str(doc), "body": text(doc), "n": doc})
            writer.commit(merge=False)
        live = list(range(SIZE))
        if deletes:
            gone = {*range(0, SIZE, 9), *range(16_000, 16_700)}
            for doc in gone:
                writer.delete(str(doc))
            live = [doc for doc in live if doc not in gone]
        writer.commit(merge=False)
    index.refresh()
    assert len(index) == len(live)
    return Numbers(index, live)


@pytest.fixture(
    scope="module",
    params=[(1, False, False), (1, True, True), (3, True, False)],
    ids=lambda given: f"{given[0]}-segments{'-deletes' * given[1]}{'-stored' * given[2]}",
)
def numbers(request: pytest.FixtureRequest) -> Iterator[Numbers]:
    yield cut(*request.param)


def tree(rng: random.Random, depth: int) -> nodes.Node:
    kind = rng.choice(("word", "word", "word", "phrase", "other", "and", "and", "or", "or", "not"))
    if depth == 0 or kind == "word":
        return nodes.Word(rng.choice(["run", *(f"w{step}" for step in STEPS)]))
    if kind == "phrase":
        return nodes.Phrase(rng.choice(["by side", "side by"]))
    if kind == "other":
        return rng.choice(
            [nodes.Range("n", "20000", None), nodes.Range("n", "39000", None), nodes.Prefix("w")]
        )
    children = tuple(tree(rng, depth - 1) for _ in range(rng.randint(2, 4)))
    if kind == "and":
        return nodes.And(children)
    if kind == "or":
        return nodes.Or(children)
    return nodes.And((children[0], nodes.Not(children[1])))


def test_single_words(numbers: Numbers) -> None:
    for word in ("run", *(f"w{step}" for step in STEPS)):
        numbers.check(nodes.Word(word))


@pytest.mark.parametrize("seed", range(6))
def test_pairs_of_every_density(numbers: Numbers, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(6):
        a, b = (nodes.Word(f"w{step}") for step in rng.sample(STEPS, 2))
        for node in (nodes.And((a, b)), nodes.Or((a, b)), nodes.And((a, nodes.Not(b)))):
            numbers.check(node)


@pytest.mark.parametrize("seed", range(12))
def test_trees_of_any_shape(numbers: Numbers, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        numbers.check(tree(rng, 3))


# ---- single cases


def small() -> Index:
    index = Index.in_memory(
        Schema(title=Text(), body=Text(), loose=Text(stored=False), tag=Keyword(), key=Keyword(stored=False))
    )
    with index.writer() as writer:
        for n in range(60):
            word = "forest" if n % 2 else "леса"
            writer.add(
                {
                    "id": str(n),
                    "title": f"{word} стали",
                    "body": f"{word} {word} steel{n % 3}",
                    "loose": word,
                    "tag": ["a", "b"][n % 2],
                    "key": ["a", "b"][n % 2],
                }
            )
        writer.commit()
        for n in range(0, 60, 5):
            writer.delete(str(n))
    index.refresh()
    return index


@pytest.mark.parametrize(
    "query",
    [
        "forest",  # in two fields: once
        "title:forest",
        "сталь",  # стали has two lemmas
        "title:стали",
        "loose:forest",  # not stored: what the deleted ones held is not known
        "loose:лес",
        "tag:a",
        "key:a",
        "loose:forest OR tag:a",
        "loose:forest AND NOT key:a",
        "forest лес",
        "forest AND лес",
        "forest AND NOT лес",
        "*:*",
        "*:* AND NOT forest",
        "loose:*",
        "loose:* AND NOT loose:forest",
        "body:*",
        "missing:nothing",
        "nothing",
        "nothing OR forest",
        "nothing AND forest",
        "forest AND NOT nothing",
        "steel*",
        "steel* AND forest",
        "steel* AND NOT steel1",
        "fores~",
        '"forest forest"',
        '"forest steel1"~2',
        '"леса стали"',
        '"леса стали" OR forest',
        'steel1 AND "forest forest"',
        '+steel1 -"forest forest"',
        "+forest стали -steel2",
        "(forest OR лес) AND (steel1 OR steel2) AND NOT tag:b",
        "forest^2 OR лес^0.5",
        "id:7",
        "id:5",
        "id:7 OR лес",
        "-forest",
        "-forest -лес",
    ],
)
@pytest.mark.parametrize("ranking", ["default", "bm25", "rich"])
def test_counts_are_those_of_the_hits(query: str, ranking: str) -> None:
    index = SMALL
    expected = len(list(index.search(query, None, ranking=ranking)))
    assert index.search(query, 1, ranking=ranking).total == expected
    assert index.search(query, 1, ranking=ranking, count=True).total == expected
    assert index.search(query, 0, ranking=ranking, count=True).total == expected
    assert index.search(query, 3, offset=2, ranking=ranking, count=True).total == expected


SMALL = small()


def test_fewer_hits_than_asked_for_say_the_total() -> None:
    results = SMALL.search("forest", 100)
    assert "total" in vars(results), "nothing is counted"
    assert results.total == len(results)
    assert "total" not in vars(SMALL.search("forest", 3))
    assert SMALL.search("forest", 5, offset=1000).total == results.total


def test_a_count_keeps_to_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SearchTimeout):
        SMALL.search("forest AND лес", timeout=1e-9, count=True)
    plan = SMALL._searcher.plan("forest AND NOT лес").core
    with pytest.raises(SearchTimeout):
        SMALL._searcher.core.count(_core.Plan(plan), 0.0)

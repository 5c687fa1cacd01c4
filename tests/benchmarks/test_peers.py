"""Every adapter that can run here indexes 200 documents and finds one, with the scores of its formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.corpora import Document
from benchmarks.peers import Engine

from benchmarks import agreement, peers

TOPICS = ("desert caravan market", "река берег мост", "satellite orbit launch", "выборы президент голос")
NEEDLE = Document("needle", "the silk road passes tashkent and самарканд before the desert")


def corpus() -> list[Document]:
    """199 documents of four topics, of growing length, and the needle among them."""
    documents = [
        Document(f"d{number}", " ".join([TOPICS[number % 4], "word", f"n{number}"] * (1 + number % 9)))
        for number in range(199)
    ]
    return [*documents[:120], NEEDLE, *documents[120:]]


@pytest.fixture(scope="module", params=peers.NAMES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    adapter = peers.engine(request.param)
    if reason := adapter.unavailable():
        pytest.skip(f"absent: {reason}")
    folder = tmp_path_factory.mktemp(request.param)
    assert adapter.build(folder, map(adapter.given, corpus())) == 200
    adapter.settle()
    reopened = peers.engine(request.param)
    reopened.open(folder)
    size = reopened.size(folder)
    assert size.total_bytes > 1000 and (size.stored_bytes or 0) < size.total_bytes
    yield reopened
    reopened.close()


def test_or_finds_the_document(engine: Engine) -> None:
    hits = engine.search("tashkent самарканд absent", "or", 10)
    assert [identifier for identifier, _ in hits] == ["needle"]


def test_or_ranks_best_first_and_obeys_k(engine: Engine) -> None:
    hits = engine.search("desert tashkent", "or", 5)
    assert len(hits) == 5 and hits[0][0] == "needle"
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0


def test_and_wants_every_term(engine: Engine) -> None:
    if "and" not in engine.modes:
        pytest.skip(f"{engine.name} has no AND")
    assert [identifier for identifier, _ in engine.search("desert road", "and", 10)] == ["needle"]
    assert engine.search("orbit road", "and", 10) == []


def test_phrase_wants_neighbours_in_order(engine: Engine) -> None:
    if "phrase" not in engine.modes:
        pytest.skip(f"{engine.name} has no phrases")
    assert [identifier for identifier, _ in engine.search("silk road", "phrase", 10)] == ["needle"]
    assert engine.search("road silk", "phrase", 10) == []
    assert len(engine.search("река берег", "phrase", 100)) == 50


def test_scores_are_those_of_the_formula(engine: Engine) -> None:
    if engine.formula is None:
        pytest.skip(f"{engine.name}'s formula is another one")
    queries = ["desert tashkent", "выборы голос word", "мост", "n7 n8 n9 orbit launch"]
    reference = agreement.Reference(corpus(), queries)
    for query in queries:
        scores = reference.scores(query, engine.formula)
        assert agreement.disagreement(engine.search(query, "or", 10), scores, engine.formula) is None


def num_hits(engine: Engine, found: Any) -> int:
    """Of what an engine gives back as it is, the hits."""
    if engine.name.startswith("tantivy"):
        return len(found.hits)
    if engine.name == "whoosh":
        return found.scored_length()
    if engine.name == "infino":
        return int(found.num_rows)
    if engine.name == "lucene":
        return len(found.scoreDocs)
    if engine.name == "pisa":
        return int(found)
    if engine.name == "bm25s":  # it fills up with documents that have nothing of the query
        return int((found[1] > 0).sum())
    return len(found)


def test_a_prepared_search_finds_what_a_search_finds(engine: Engine) -> None:
    for mode, text in (("or", "desert tashkent"), ("and", "desert road"), ("phrase", "silk road")):
        if mode in engine.modes:
            for k in (1, 5):
                expected = len(engine.search(text, mode, k))
                assert num_hits(engine, engine.prepared(text, mode, k)()) == expected > 0, (mode, k)


def test_a_batch_finds_what_its_searches_find(engine: Engine) -> None:
    texts = ["desert market", "river", "tashkent", "река"]
    batch = engine.batch(texts, 7, 1)
    if batch is None:
        assert type(engine).batch is Engine.batch, "it is said not to have such a call"
        return
    found = batch()
    expected = [len(engine.search(text, "or", 7)) for text in texts]
    assert expected == [7, 0, 1, 7]
    if isinstance(found, list):
        assert [len(results) for results in found] == expected
    else:
        assert num_hits(engine, found) == sum(expected)


def test_every_engine_tells_its_version_or_why_it_is_absent() -> None:
    for name in peers.NAMES:
        adapter = peers.engine(name)
        assert adapter.name == name and adapter.setting
        reason = adapter.unavailable()
        if reason is None:
            assert re.search(r"\d|built in place", adapter.version())
        else:
            assert name in reason

"""Real text, real queries: the top 20 and their scores are the oracle's, however the index was cut."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from oracle import Oracle
from searchlib import Index, Schema, Text
from searchlib.search.ranking import RICH
from shared_data import needed

# What they find beyond tests/search/test_against_oracle.py is a matter of scores, not of memory.
pytestmark = pytest.mark.unsanitized(reason="whole collections take many minutes there")

SCHEMA = Schema(title=Text(boost=1.7), text=Text())
SEED = int(os.environ.get("SEARCHLIB_SEED", "20260"))
LIMIT = 20


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in text.decode().split("\n") if line]


class Collection:
    """A collection's documents and queries, and the oracle with all documents in it."""

    def __init__(self, folder: Path) -> None:
        rows = read(folder / "docs.jsonl.gz")
        self.documents = [{"id": row["id"], "title": row["title"], "text": row["text"]} for row in rows]
        self.queries = [row["text"] for row in read(folder / "queries.jsonl")]
        self.oracle = Oracle(SCHEMA, self.documents)
        self.expected = [self.oracle.search(query, LIMIT) for query in self.queries]

    def index(self, num_segments: int) -> Index:
        """An index of so many segments."""
        index = Index.in_memory(SCHEMA)
        size = -(-len(self.documents) // num_segments)
        with index.writer() as writer:
            for start in range(0, len(self.documents), size):
                writer.add_many(self.documents[start : start + size])
                writer.commit(merge=False)
        index.refresh()
        assert index.stats()["num_segments"] == num_segments
        return index

    def check(self, index: Index, expected: list[list[tuple[str, float]]]) -> None:
        """Every query's top 20, bit for bit: as they are found, and by scoring every match."""
        searcher = index._searcher
        num_apart = 0
        for query, wanted in zip(self.queries, expected, strict=True):
            found = [(hit.id, hit.score) for hit in index.search(query, LIMIT)]
            if is_written_apart(index, query):
                num_apart += 1
            else:
                assert found == wanted, query
            scored = searcher.core.search(searcher.plan(query).core, LIMIT, exhaustive=True)
            assert [(searcher.document_id(doc), score) for score, doc in scored] == found, query
        assert num_apart * 4 <= len(self.queries)


def is_written_apart(index: Index, query: str) -> bool:
    """Whether it has words written together or apart, which the oracle does not know: test_written_apart."""
    pairs = index._searcher._default_pairs()
    return pairs is not None and pairs.is_in(query.replace(".", " ").replace("?", " ").split())


@pytest.fixture(scope="module", params=["cranfield", "cisi", "xquad_ru", "xquad_en"])
def collection(request: pytest.FixtureRequest) -> Collection:
    return Collection(needed("collections", request.param))


@pytest.mark.parametrize("num_segments", [1, 7])
def test_top_20_equal_the_oracle(collection: Collection, num_segments: int) -> None:
    index = collection.index(num_segments)
    assert len(index) == len(collection.documents)
    collection.check(index, collection.expected)


@pytest.mark.parametrize("num_segments", [1, 7])
def test_top_20_of_the_rich_ranking_equal_the_oracle(collection: Collection, num_segments: int) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    index = collection.index(num_segments)
    for query in random.Random(SEED).sample(collection.queries, 15):
        if is_written_apart(index, query):
            continue
        found = [(hit.id, hit.score) for hit in index.search(query, LIMIT, ranking="rich")]
        assert found == collection.oracle.search(query, LIMIT, ranking=RICH), query


def test_top_20_after_random_updates_and_deletes(collection: Collection) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    chance = random.Random(SEED)
    index = collection.index(7)
    live = {document["id"]: document for document in collection.documents}
    oracle = Oracle(SCHEMA)
    oracle.documents = dict(collection.oracle.documents)
    with index.writer() as writer:
        for _ in range(6):
            for document in chance.sample(list(live.values()), len(live) // 40):
                other = chance.choice(collection.documents)
                changed = {**document, "text": f"{other['title']} {document['text'][:200]}"}
                writer.add(changed)
                oracle.add(changed)
                live[document["id"]] = changed
            for document_id in chance.sample(list(live), len(live) // 30):
                assert writer.delete(document_id) and oracle.delete(document_id)
                del live[document_id]
            writer.commit(merge=chance.random() < 0.5)
    index.refresh()
    assert index.stats()["num_deleted"] > 0
    expected = [oracle.search(query, LIMIT) for query in collection.queries]
    collection.check(index, expected)
    with index.writer() as writer:
        writer.merge()
    index.refresh()
    assert index.stats()["num_segments"] == 1 and index.stats()["num_deleted"] == 0
    collection.check(index, expected)

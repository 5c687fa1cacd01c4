"""Which segments are joined, and that it leaves no trace: the bytes are those of a segment built at once."""

from __future__ import annotations

import os
import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import Index, Keyword, Schema, Text
from searchlib.indexing.merging import MAX_DELETED_SHARE, MERGE_FACTOR, SMALLEST_TIER_BYTES, plan_merge

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
SEED = int(os.environ.get("SEARCHLIB_SEED", "1"))

# ---- the policy

_bytes = st.one_of(st.integers(1, 10 * SMALLEST_TIER_BYTES), st.integers(1, 10**11))
_segments = st.lists(st.tuples(_bytes, st.integers(0, 1000), st.integers(0, 1000)), max_size=60)


@given(segments=_segments)
@settings(deadline=None, max_examples=200 * DEPTH)
def test_a_plan_is_a_run_of_neighbours(segments: list[tuple[int, int, int]]) -> None:
    chosen = plan_merge(segments)
    if chosen is None:
        return
    assert chosen.step == 1 and 0 <= chosen.start < chosen.stop <= len(segments)
    if len(chosen) == 1:  # worth rewriting for its deletes alone
        _, live, deleted = segments[chosen.start]
        assert live > 0 and deleted > MAX_DELETED_SHARE * (live + deleted)
    else:
        assert len(chosen) >= MERGE_FACTOR


@given(segments=_segments)
@settings(deadline=None, max_examples=200 * DEPTH)
def test_merging_ends_with_few_segments(segments: list[tuple[int, int, int]]) -> None:
    segments = [(size, live, deleted) for size, live, deleted in segments if live > 0]
    steps = 0
    while (chosen := plan_merge(segments)) is not None:
        part = segments[chosen.start : chosen.stop]
        live = sum(segment[1] for segment in part)
        whole = sum(segment[1] + segment[2] for segment in part)
        size = max(1, sum(segment[0] for segment in part) * live // whole)
        segments[chosen.start : chosen.stop] = [(size, live, 0)]
        steps += 1
        assert steps <= 200
    # Between two larger segments there are fewer than MERGE_FACTOR of the smallest tier.
    run = longest = 0
    for size, _, _ in segments:
        run = run + 1 if size <= SMALLEST_TIER_BYTES else 0
        longest = max(longest, run)
    assert longest < MERGE_FACTOR


@pytest.mark.parametrize(
    "sizes, times",
    [
        ((1_000_000,), 6),
        ((10_000,), 20),  # below the smallest tier all is one: little bytes, written more often
        ((1000, 300_000_000), 6),
        ((1_000_000, 3_000_000, 50_000_000, 200), 6),
    ],
)
def test_many_commits_keep_few_segments_and_rewrite_little(sizes: tuple[int, ...], times: int) -> None:
    segments: list[tuple[int, int, int]] = []
    written = rewritten = most = 0
    chance = random.Random(SEED)
    for _ in range(5_000):
        size = chance.choice(sizes)
        segments.append((size, 1, 0))
        written += size
        while (chosen := plan_merge(segments)) is not None:
            part = segments[chosen.start : chosen.stop]
            total = sum(segment[0] for segment in part)
            rewritten += total
            segments[chosen.start : chosen.stop] = [(total, len(part), 0)]
        most = max(most, len(segments))
    assert sum(segment[0] for segment in segments) == written
    assert most <= 5 * MERGE_FACTOR
    assert rewritten <= times * written  # each byte about log_8(5,000) times


# ---- its execution

WORDS = [
    "лес",
    "леса",
    "люди",
    "человек",
    "стали",
    "force",
    "forces",
    "re-established",
    "état",
    "us",
    "US",
    "3,14",
    "ёлка",
    "премьер-министр",
]


def schema(stored: bool) -> Schema:
    return Schema(
        title=Text(boost=2.0, k1=0.9, stored=stored, term_vectors=True),
        body=Text(k1=0.9, b=0.4, stored=stored, term_vectors=True),
        plain=Text(languages=(), k1=0.9, stored=stored),
        german=Text(languages=("de",), k1=0.9, stored=stored, term_vectors=True),
        tag=Keyword(stored=stored),
    )


def texts(chance: random.Random, mean: int) -> str:
    """Frequent and rare words, so that terms have one block, several, or one posting."""
    rare = [f"слово{chance.randrange(400)}" for _ in range(2)]
    words = chance.choices(WORDS, k=chance.randrange(2 * mean)) + rare
    chance.shuffle(words)
    return " ".join(words)


def some_documents(chance: random.Random, count: int) -> list[dict[str, Any]]:
    made = []
    for number in range(count):
        document: dict[str, Any] = {"id": f"d{number}", "body": texts(chance, 8)}
        if chance.random() < 0.7:
            document["title"] = [texts(chance, 2), texts(chance, 1)]
        if chance.random() < 0.3:
            document["german"] = chance.choice(["Häuser", "Haus Wälder", ""])
        if chance.random() < 0.5:
            document["plain"] = texts(chance, 3)
        if chance.random() < 0.5:
            document["tag"] = chance.choices(["a", "b", "c d"], k=chance.randrange(3))
        made.append(document)
    made[count // 2]["body"] = " ".join(chance.choices(WORDS, k=4000))  # a giant among them
    return made


FIELD_PARTS = ("words", "postings", "positions", "norms", "stats")


def core_parts(index: Index) -> dict[str, bytes]:
    """Every part that the core wrote of an index of one segment: the keys, and those of each field."""
    index.refresh()
    (segment,) = index._searcher.segments
    names = [name for name in segment.file.parts if name == "keys" or name.partition(".")[0] in index.schema]
    expected = {f"{field}.{part}" for field in index.schema for part in FIELD_PARTS} | {"keys"}
    for field, options in index.schema.items():
        if not options.stored:  # nothing else tells how long it was
            expected.add(f"{field}.lengths")
        if isinstance(options, Text) and options.term_vectors:
            expected.add(f"{field}.vectors")
    assert set(names) == expected
    return {name: bytes(segment.file.read(name)) for name in names}


def built(stored: bool, batches: list[list[Any]], memory_mb: float = 256) -> Index:
    """An index of these documents, a segment for each batch; a string deletes."""
    index = Index.in_memory(schema(stored))
    with index.writer(memory_mb=memory_mb) as writer:
        for batch in batches:
            for change in batch:
                if isinstance(change, str):
                    assert writer.delete(change)
                else:
                    writer.add(change)
            writer.commit(merge=False)
    index.refresh()
    return index


def merged(index: Index) -> Index:
    with index.writer() as writer:
        writer.merge()
    return index


def differing(found: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    return [name for name in {**found, **wanted} if found.get(name) != wanted.get(name)]


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not-stored"])
@pytest.mark.parametrize("num_segments", [2, 5])
def test_a_merged_segment_has_the_bytes_of_one_built_at_once(stored: bool, num_segments: int) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    documents = some_documents(random.Random(SEED), 700)
    size = -(-len(documents) // num_segments)
    batches: list[list[Any]] = [documents[start : start + size] for start in range(0, len(documents), size)]
    index = built(stored, batches)
    assert index.stats()["num_segments"] == num_segments
    assert differing(core_parts(merged(index)), core_parts(built(stored, [documents]))) == []


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not-stored"])
def test_deleted_and_updated_documents_leave_no_trace(stored: bool) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    chance = random.Random(SEED)
    documents = some_documents(chance, 700)
    live = {document["id"]: document for document in documents}
    batches: list[list[Any]] = [documents[:300], documents[300:]]
    for _ in range(3):
        changes: list[Any] = []
        for document_id in chance.sample(list(live), 40):
            del live[document_id]
            changes.append(document_id)
        for document_id in chance.sample(list(live), 20):
            live[document_id] = {"id": document_id, "body": texts(chance, 5)}
            live[document_id] = live.pop(document_id)  # the last from now on
            changes.append(live[document_id])
        batches.append(changes)
    index = built(stored, batches)
    assert index.stats()["num_deleted"] > 100
    assert differing(core_parts(merged(index)), core_parts(built(stored, [list(live.values())]))) == []


@pytest.mark.parametrize("memory_mb, num_documents", [(256, 300), (0.3, 4000)])
def test_the_same_documents_give_the_same_bytes(memory_mb: float, num_documents: int) -> None:
    documents = some_documents(random.Random(SEED), num_documents)
    first, second = (built(True, [documents], memory_mb) for _ in range(2))
    assert first.stats()["num_segments"] == second.stats()["num_segments"] >= (1 if memory_mb == 256 else 2)
    for one, other in zip(first._searcher.segments, second._searcher.segments, strict=True):
        assert one.entry.file == other.entry.file  # the whole file's length and checksum
        assert bytes(one.file.read("documents")) == bytes(other.file.read("documents"))


@given(
    cuts=st.lists(st.integers(0, 60), max_size=6),
    doomed=st.sets(st.integers(0, 59), max_size=50),
    seed=st.integers(0, 100),
)
@settings(deadline=None, max_examples=15 * DEPTH, suppress_health_check=list(HealthCheck))
def test_any_cut_and_any_deletes(cuts: list[int], doomed: set[int], seed: int) -> None:
    documents = some_documents(random.Random(seed), 60)
    borders = sorted({0, 60, *cuts})
    batches: list[list[Any]] = [documents[a:b] for a, b in pairwise(borders)]
    index = built(True, [*batches, [f"d{number}" for number in sorted(doomed)]])
    live = [document for number, document in enumerate(documents) if number not in doomed]
    assert differing(core_parts(merged(index)), core_parts(built(True, [live]))) == []
    assert [document["id"] for document in index] == [document["id"] for document in live]

"""The best k are the first k of all: whatever is skipped on the way, no hit, score or tie may differ."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from bilingual import WORDS, rankings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import Index, Keyword, Ranking, Schema, Text
from searchlib.plan import And, Or, Phrase, PhraseField, Word, WordField

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
SEED = int(os.environ.get("SEARCHLIB_SEED", "1"))
NUM_DOCS = 20_000
VOCABULARY = 400

Hits = list[tuple[float, int]]


@pytest.fixture(scope="module")
def index() -> Index:
    """Zipf's words in short and a few long documents, with topics and ties; four segments, some deletes."""
    print(f"SEARCHLIB_SEED={SEED}")
    chance = random.Random(SEED)
    words = [f"w{number}" for number in range(VOCABULARY)]
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    made = Index.in_memory(
        Schema(title=Text(languages=(), boost=1.3), body=Text(languages=()), tag=Keyword())
    )
    before: dict[str, Any] = {}
    with made.writer() as writer:
        for number in range(NUM_DOCS):
            length = 300 if number % 997 == 0 else chance.randrange(1, 12)
            body = chance.choices(words, weights, k=length)
            if chance.random() < 0.2:
                body += [f"w{200 + number // 1000}"] * chance.randrange(
                    1, 4
                )  # a topic: its documents stand together
            document = {"title": chance.choice(words), "body": " ".join(body), "tag": str(number % 5)}
            if chance.random() < 0.3 and before:
                document = before  # ties
            before = document
            writer.add({**document, "id": str(number)})
            if number in (100, 9_000, 12_000):
                writer.commit(merge=False)
        writer.commit(merge=False)
        for number in chance.sample(range(NUM_DOCS), 500):
            writer.delete(str(number))
        writer.commit(merge=False)
    made.refresh()
    assert made.stats()["num_segments"] == 4
    return made


@pytest.fixture(scope="module")
def inflected() -> Index:
    """Words in several forms and of several lemmas, next to each other or not; three segments."""
    chance = random.Random(SEED)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    made = Index.in_memory(Schema(title=Text(boost=1.3), body=Text()))
    with made.writer() as writer:
        for number in range(4_000):
            length = 200 if number % 499 == 0 else chance.randrange(1, 15)
            body = " ".join(chance.choices(WORDS, weights, k=length))
            writer.add({"id": str(number), "title": chance.choice(WORDS), "body": body})
            if number in (50, 2_500):
                writer.commit(merge=False)
        writer.commit(merge=False)
        for number in chance.sample(range(4_000), 200):
            writer.delete(str(number))
        writer.commit(merge=False)
    made.refresh()
    return made


def hits(index: Index, query: str, limit: int, offset: int = 0, ranking: Ranking | str = "bm25") -> Hits:
    return [(hit.score, int(hit.id)) for hit in index.search(query, limit, offset, ranking=ranking)]


def all_hits(index: Index, query: str, ranking: Ranking | str = "bm25") -> Hits:
    """Every match scored one by one, nothing skipped."""
    searcher = index._searcher
    plan = searcher.plan(query, ranking=ranking)
    scored = searcher.core.search(plan.core, NUM_DOCS, exhaustive=True)
    return [(score, int(searcher.document_id(doc))) for score, doc in scored]


_words = st.one_of(st.integers(0, 8), st.integers(0, VOCABULARY - 1)).map("w{}".format)
_flat = st.lists(_words, min_size=1, max_size=6).map(" ".join)
_phrases = (
    st.lists(st.integers(0, 6).map("w{}".format), min_size=2, max_size=3).map(" ".join).map('"{}"'.format)
)
_boosted = st.builds("title:{}^{}".format, _words, st.sampled_from(["2", "0.3", "0"]))
_sloppy = st.builds("{}~{}".format, _phrases, st.integers(1, 4))
_leaves = st.one_of(_words, _words, _phrases, _sloppy, _boosted, st.sampled_from(["tag:1", "w1*", "body:*"]))
_joined = st.builds(
    lambda leaves, join: join.join(leaves),
    st.lists(_leaves, min_size=1, max_size=4),
    st.sampled_from([" ", " AND ", " OR "]),
)
_signed = st.builds(
    lambda leaves, signs: " ".join(sign + leaf for sign, leaf in zip(signs, leaves, strict=False)),
    st.lists(st.one_of(_leaves, _joined.map("({})".format)), min_size=1, max_size=4),
    st.lists(st.sampled_from(["", "", "+", "-"]), min_size=4, max_size=4),
)
queries = st.one_of(_flat, _flat, _joined, _signed)


@given(
    query=queries, limit=st.sampled_from([1, 2, 10, 10, 100, 1000]), offset=st.sampled_from([0, 0, 0, 5, 90])
)
@settings(deadline=None, max_examples=100 * DEPTH, suppress_health_check=list(HealthCheck))
def test_the_best_k_are_the_first_of_all(index: Index, query: str, limit: int, offset: int) -> None:
    everything = all_hits(index, query)
    assert everything == sorted(everything, key=lambda hit: (-hit[0], hit[1]))
    assert hits(index, query, limit, offset) == everything[offset : offset + limit]
    assert index.search(query, limit).total == len(everything)


@given(query=queries, limit=st.sampled_from([1, 10, 10, 100, 1000]), ranking=rankings)
@settings(deadline=None, max_examples=60 * DEPTH, suppress_health_check=list(HealthCheck))
def test_the_best_k_of_other_rankings(index: Index, query: str, limit: int, ranking: Ranking) -> None:
    everything = all_hits(index, query, ranking)
    assert hits(index, query, limit, 0, ranking) == everything[:limit]
    assert index.search(query, limit, ranking=ranking).total == len(everything)


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    join=st.sampled_from([" ", " ", " AND "]),
    limit=st.sampled_from([1, 10, 10, 100, 1000]),
    ranking=rankings,
)
@settings(deadline=None, max_examples=150 * DEPTH, suppress_health_check=list(HealthCheck))
def test_the_best_k_by_forms_and_neighbours(
    inflected: Index, words: list[str], join: str, limit: int, ranking: Ranking
) -> None:
    query = join.join(words)
    assert hits(inflected, query, limit, 0, ranking) == all_hits(inflected, query, ranking)[:limit]


@pytest.mark.parametrize("limit", [1, 10, 100, 1000, 5000])
@pytest.mark.parametrize(
    "query",
    [
        "w0",
        "w0 w1 w2",
        "w3 w200 w219",
        '"w0 w1"',
        "+w0 w300",
        "w5 AND w7",
        "title:w0 w250",
        "w0^0",
        "w0 w1^0 w2",
        "(w3 w9)^0.0000000000000000000000000000001",
        " ".join(f"w{number}" for number in range(VOCABULARY)),  # so many additions that float is far off
        " OR ".join(f'(w{number} OR "w1 w{number}")' for number in range(60)),
    ],
)
def test_every_size_of_page(index: Index, query: str, limit: int) -> None:
    assert hits(index, query, limit) == all_hits(index, query)[:limit]


_groups = st.lists(_words, min_size=1, max_size=4, unique=True)
_word_plans = st.one_of(
    st.builds(
        lambda boost, group: Word([WordField(1, boost, group)]), st.sampled_from([1.0, 2.5, 0.1]), _groups
    ),
    st.builds(lambda one, other: Word([WordField(0, 1.3, one), WordField(1, 1.0, other)]), _groups, _groups),
)


@given(
    kind=st.sampled_from([Or, And]),
    words=st.lists(_word_plans, min_size=1, max_size=5),
    limit=st.sampled_from([1, 10, 100, 1000]),
)
@settings(deadline=None, max_examples=150 * DEPTH, suppress_health_check=list(HealthCheck))
def test_words_of_several_lemmas(index: Index, kind: type[Or | And], words: list[Word], limit: int) -> None:
    """Rare lemmas beside frequent ones, in one field and in two: read in different ways, added up alike."""
    snapshot, plan = index._searcher.core, kind(words)
    assert snapshot.search(plan, limit) == snapshot.search(plan, NUM_DOCS, exhaustive=True)[:limit]


_slots = st.lists(_groups, min_size=2, max_size=3)


@given(
    slots=_slots,
    field=st.integers(0, 1),
    slop=st.sampled_from([0, 0, 1, 3]),
    limit=st.sampled_from([1, 10, 1000]),
)
@settings(deadline=None, max_examples=100 * DEPTH, suppress_health_check=list(HealthCheck))
def test_phrases_of_several_lemmas(
    index: Index, slots: list[list[str]], field: int, slop: int, limit: int
) -> None:
    plan = Phrase([PhraseField(field, 1.0, range(len(slots)), slots)], slop)
    snapshot = index._searcher.core
    assert snapshot.search(plan, limit) == snapshot.search(plan, NUM_DOCS, exhaustive=True)[:limit]


UNIONS = ["w0", "w399", "w3 w399 w7", "w1^3 w2", "title:w5 OR body:w9", "w0 w0", "w250 absent", "absent"]


@pytest.mark.parametrize("query", [*UNIONS, "w1 AND w2", "w1 -w2", '"w0 w1"', "w39*"])
def test_the_total_is_the_number_of_all_hits(index: Index, query: str) -> None:
    found = index.search(query, 3)
    assert found.total == len(index.search(query, None)) == len(index.search(query, NUM_DOCS))


@pytest.mark.parametrize("query", UNIONS)
def test_the_total_where_nothing_was_deleted(query: str) -> None:
    chance = random.Random(SEED)
    made = Index.in_memory(Schema(title=Text(languages=()), body=Text(languages=())))
    for _ in range(2):
        with made.writer() as writer:
            for _ in range(300):
                writer.add(
                    {
                        name: " ".join(f"w{chance.randrange(400)}" for _ in range(9))
                        for name in ("title", "body")
                    }
                )
    made.refresh()
    assert made.search(query, 3).total == len(made.search(query, None))

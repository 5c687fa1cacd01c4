"""Pruned search equals the exhaustive one on a corpus large enough for blocks, windows and bounds to work.

Documents in two languages, in one segment and in nine, with and without deletes, as forms and as lemma sets,
in one field and in two with weights; words, conjunctions, phrases, slop and trees of all of them, and the
same behind filters and raised by what columns hold. 20,000 documents and a few hundred queries fill blocks
and windows in each run; SEARCHLIB_SLOW=1 takes minutes for 100,000 and 2,000 of each kind.
"""

from __future__ import annotations

import os
import random
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from searchlib import Date, F, Filter, Index, Integer, Keyword, Number, Recency, Schema, Static, Text, _core
from searchlib.plan import Filtered
from searchlib.search.boosts import raised

pytestmark = pytest.mark.unsanitized(reason="a scale for the core as it is used")

IS_SLOW = os.environ.get("SEARCHLIB_SLOW") == "1"
SEED = int(os.environ.get("SEARCHLIB_SEED", "20261124"))
NUM_DOCS = int(os.environ.get("SEARCHLIB_SCALE") or (100_000 if IS_SLOW else 20_000))
NUM_QUERIES = 2000 if IS_SLOW else 20
LIMITS = (1, 10, 100, 1000)
SEGMENTS = 9

Make = Callable[[random.Random, "Words"], str]


class Words:
    """Runs of words that stand in the corpus, so that queries of several words have matches."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = [text.split() for text in texts]

    def run(self, rng: random.Random, least: int, most: int) -> list[str]:
        text = rng.choice(self.texts)
        size = rng.randint(least, most)
        at = rng.randrange(max(len(text) - size, 1))
        return text[at : at + size]

    def scattered(self, rng: random.Random, least: int, most: int) -> list[str]:
        text = rng.choice(self.texts)
        return [rng.choice(text) for _ in range(rng.randint(least, most))]


def _or(rng: random.Random, words: Words) -> str:
    return " ".join(f'"{word}"' for word in words.scattered(rng, 1, 6))


def _and(rng: random.Random, words: Words) -> str:
    return " AND ".join(f'"{word}"' for word in words.scattered(rng, 2, 4))


def _phrase(rng: random.Random, words: Words) -> str:
    return f'"{" ".join(words.run(rng, 2, 4))}"'


def _slop(rng: random.Random, words: Words) -> str:
    return f"{_phrase(rng, words)}~{rng.randint(1, 5)}"


def _mixed(rng: random.Random, words: Words) -> str:
    a, b, c = (f'"{word}"' for word in (words.scattered(rng, 3, 3)))
    phrase, other = _phrase(rng, words), _or(rng, words)
    return rng.choice(
        (
            f"+{a} {b} {c}",
            f"{a} {b} -{c}",
            f"{phrase} {a} {b}",
            f"({a} AND {b}) OR {other}",
            f"+{phrase} {a} -{b}",
            f"({a} OR {b})^2.5 AND ({c} OR {phrase})",
            f"{a}^0.3 {b}^7 {c}",
        )
    )


def _plain(rng: random.Random, words: Words) -> str:
    return " ".join(words.run(rng, 1, 5) + words.scattered(rng, 0, 2))


def _plain_and(rng: random.Random, words: Words) -> str:
    return " AND ".join(words.run(rng, 2, 4))


KINDS: dict[str, tuple[Make, str]] = {
    "or": (_or, "bm25"),
    "and": (_and, "bm25"),
    "phrase": (_phrase, "bm25"),
    "slop": (_slop, "bm25"),
    "mixed": (_mixed, "bm25"),
    "default or": (_plain, "default"),
    "default and": (_plain_and, "default"),
    "default mixed": (_mixed, "default"),
    "rich or": (_plain, "rich"),
    "rich and": (_plain_and, "rich"),
    "rich mixed": (_mixed, "rich"),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    generate = pytest.importorskip("benchmarks.generate", reason="run from the project's folder")
    vocabulary = pytest.importorskip("benchmarks.vocabulary", reason="run from the project's folder")
    no_data = tmp_path_factory.mktemp("no_data")  # samples corpus/, whose words are read at once
    sources = vocabulary.load() if IS_SLOW else vocabulary.load(no_data)
    return [(doc["id"], f"{doc['title']}\n{doc['body']}") for doc in generate.documents(sources, NUM_DOCS)]


@pytest.fixture(scope="module", params=["forms", "lemmas"])
def languages(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return () if request.param == "forms" else ("en", "ru")


@pytest.fixture(scope="module", params=["one field", "two fields"])
def fields(request: pytest.FixtureRequest, languages: tuple[str, ...]) -> Schema:
    columns = {"price": Number(), "sold": Integer(), "day": Date(), "tag": Keyword()}
    if request.param == "one field":
        return Schema(text=Text(languages=languages), **columns)
    return Schema(title=Text(languages=languages, boost=3, b=0.4), body=Text(languages=languages), **columns)


TAGS = [f"t{number}" for number in range(40)]
_LAST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)


def _document(schema: Schema, name: str, text: str) -> dict[str, Any]:
    title, _, body = text.partition("\n")
    chance = random.Random(zlib.crc32(name.encode()))
    columns = {
        "price": chance.randrange(100_000) / 100,
        "sold": 2**60 + chance.randrange(1000) if chance.random() < 0.7 else None,
        "day": _LAST_DAY - timedelta(seconds=chance.randrange(10**8)),
        "tag": chance.sample(TAGS, chance.randrange(4)),
    }
    texts = {"text": text} if "text" in schema else {"title": title, "body": body}
    return {"id": name, **texts, **columns}


def _filter(rng: random.Random) -> Filter:
    """From nine tenths of the documents to one of a thousand, and what is joined of such."""

    def one() -> Filter:
        width = rng.choice((900, 500, 100, 10, 1))
        low = rng.uniform(0, 1000 - width)
        sold = 2**60 + rng.randrange(1000)
        return rng.choice(
            (
                F.price.between(low, low + width),
                F.price.between(low, low + width),
                F.sold > sold,
                ~F.sold.exists(),
                F.day > _LAST_DAY - timedelta(seconds=rng.randrange(10**8)),
                F.tag.any(rng.sample(TAGS, rng.choice((1, 3, 20)))),
                F.tag >= rng.choice(TAGS),
            )
        )

    return rng.choice((one, one, lambda: one() & one(), lambda: one() | one(), lambda: ~one()))()


RAISES = (
    None,
    None,
    Static("price", 100.0, 0.5),
    Static("sold", 2.0**60, 2.0),
    Recency("day", 200.0, 1.5, now=_LAST_DAY),
    (Recency("day", 30.0, now=_LAST_DAY), Static("price", 5.0, 3.0)),
)


@pytest.fixture(scope="module", params=[1, SEGMENTS], ids=["one segment", "nine segments"])
def whole(
    request: pytest.FixtureRequest,
    corpus: list[tuple[str, str]],
    fields: Schema,
    tmp_path_factory: pytest.TempPathFactory,
) -> Index:
    folder: Path = tmp_path_factory.mktemp("scale") / "index"
    index = Index.create(folder, fields)
    size = -(-len(corpus) // request.param)
    with index.writer() as writer:
        for at in range(0, len(corpus), size):
            writer.add_many(_document(fields, name, text) for name, text in corpus[at : at + size])
            writer.commit(merge=False)
        if request.param == 1:
            writer.merge()
    index.refresh()
    assert index.stats()["num_segments"] == request.param
    return index


@pytest.fixture(scope="module", params=[False, True], ids=["all live", "a tenth deleted"])
def index(request: pytest.FixtureRequest, whole: Index, corpus: list[tuple[str, str]]) -> Iterator[Index]:
    if request.param:
        chance = random.Random(SEED)
        with whole.writer() as writer:
            for name, _ in chance.sample(corpus, len(corpus) // 10):
                writer.delete(name)
            writer.commit(merge=False)
        whole.refresh()
    return whole


@pytest.fixture(scope="module")
def words(corpus: list[tuple[str, str]]) -> Words:
    return Words([text for _, text in random.Random(SEED).sample(corpus, min(5000, len(corpus)))])


def rng_of(request: pytest.FixtureRequest) -> random.Random:
    """Other queries in each cell of the parameters."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_best_are_the_first_of_all(
    request: pytest.FixtureRequest, index: Index, words: Words, kind: str
) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    rng = rng_of(request)
    searcher = index._searcher
    make, ranking = KINDS[kind]
    for _ in range(NUM_QUERIES):
        query = make(rng, words)
        plan = _core.Plan(searcher.plan(query, ranking=ranking).core)
        everything = searcher.core.search(plan, max(LIMITS), exhaustive=True)
        for limit in LIMITS:
            assert searcher.core.search(plan, limit) == everything[:limit], (query, limit, SEED)


FILTERED = [
    "or",
    "and",
    "phrase",
    "mixed",
    "default or",
    "default mixed",
    "rich or",
    "rich and",
    "rich mixed",
]


@pytest.mark.parametrize("kind", FILTERED)
def test_the_best_that_pass_and_are_raised(
    request: pytest.FixtureRequest, index: Index, words: Words, kind: str
) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    rng = rng_of(request)
    searcher = index._searcher
    make, ranking = KINDS[kind]
    for _ in range(NUM_QUERIES):
        query, filter, boosts = make(rng, words), _filter(rng), rng.choice(RAISES)
        core = searcher.plan(query, ranking=ranking).core
        if boosts is not None:
            core = raised(core, boosts, index.schema)
        plan = _core.Plan(Filtered(core, searcher.filter_plan(filter)))
        everything = searcher.core.search(plan, len(index), exhaustive=True)
        said = (query, filter, boosts, SEED)
        for limit in LIMITS:
            assert searcher.core.search(plan, limit) == everything[:limit], (limit, *said)
        if len(everything) > 15:
            behind = searcher.core.search(plan, 10, after=everything[4])
            assert behind == everything[5:15], said
        assert searcher.core.search_counted(plan, 10) == (everything[:10], len(everything)), said
        if boosts is not None:
            unfiltered = searcher.core.search(_core.Plan(core), 10)
            assert unfiltered == searcher.core.search(_core.Plan(core), 10, exhaustive=True), said

"""How long a worker takes for a router's messages, and how large they are, by kinds of query.

A collection of one shard is asked real queries; between router and worker the messages are timed and counted.
Times are those of the processor and those on the clock: on a busy machine the second say how noisy it was.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from searchlib.cluster.collection import Collection
from searchlib.cluster.worker import Worker

from . import corpora
from .generate import SEED

_QUERIES = 150
_PASSES = 4


class Exchange(NamedTuple):
    """One message to one shard. seconds: of the processor; on_clock: on the clock."""

    names: tuple[str, ...]
    sent: int
    received: int
    seconds: float
    on_clock: float


class OneShard:
    """A fleet of one worker in this process, which takes down what is exchanged."""

    num_shards = 1

    def __init__(self, folder: Path) -> None:
        self._worker = Worker(folder, 0)
        self.version = self._worker.version
        self.exchanges: list[Exchange] = []

    def ask(
        self,
        messages: Mapping[int, bytes],
        timeout: float | None = None,
        *,
        version: int | None = None,
        partial: bool = False,
    ) -> dict[int, bytes]:
        """See Fleet."""
        answers = {}
        for shard, message in messages.items():
            began, worked = time.perf_counter(), time.thread_time()
            answer = self._worker.answer(message)
            seconds, on_clock = time.thread_time() - worked, time.perf_counter() - began
            answers[shard] = answer
            names = tuple(str(question[0]) for question in questions_of(message))
            self.exchanges.append(Exchange(names, len(message), len(answer), seconds, on_clock))
        return answers

    def close(self) -> None:
        """See Fleet."""
        self._worker.close()


def questions_of(message: bytes) -> list[list[Any]]:
    """What a message asks."""
    from searchlib.cluster.messages import read_message

    return read_message(message).questions


Ask = Callable[[Collection], object]


def queries(corpus: str) -> dict[str, list[Ask]]:
    """By kind: what is asked of a collection. The words are those of the corpus's query set."""
    texts = corpora.queries(corpus)
    chance = Random(SEED)
    few = chance.sample(texts, _QUERIES)
    words = [chance.choice(text.split()) for text in few]
    phrases = chance.sample(corpora.queries(corpus, "phrases"), _QUERIES)

    def page(text: str, **named: Any) -> Ask:
        return lambda collection: [(hit.id, hit.score) for hit in collection.search(text, **named)]

    return {
        "one word": [page(word) for word in words],
        "any of 2 to 5 words": [page(text) for text in few],
        "all of 2 to 5 words": [page(" AND ".join(text.split())) for text in few],
        "phrase": [page(f'"{text}"') for text in phrases],
        "beginning of a word": [page(f"{word[:4]}*") for word in words],
        "any, and the total": [page(text, count=True) for text in few],
        "any, and facets": [page(text, facets=["language"]) for text in few],
        "any, in another order": [page(text, sort="words") for text in few],
    }


def texts_fetched(corpus: str) -> list[Ask]:
    """The same with ten stored texts and their fragments."""

    def page(text: str) -> Ask:
        def ask(collection: Collection) -> object:
            found = collection.search(text)
            return found.stored(), found.fragments("body")

        return ask

    return [page(text) for text in Random(SEED).sample(corpora.queries(corpus), _QUERIES)]


SCORING = ("search", "search_counted", "num_matches", "sort_matches", "count_terms")


def taken(folders: list[Path], asked: list[Ask]) -> list[list[Exchange]]:
    """For each query what scored it, at all shards in all passes. All queries pass before one recurs."""
    rows: list[list[Exchange]] = [[] for _ in asked]
    for folder in folders:
        fleet = OneShard(folder)
        gc.disable()  # what it would collect is the router's and the benchmark's
        with Collection(fleet) as collection:
            for number in range(_PASSES + 1):
                for row, ask in zip(rows, asked, strict=True):
                    fleet.exchanges.clear()
                    ask(collection)
                    if number:  # the first pass warms up
                        row += _scoring(fleet.exchanges)
        gc.enable()
    return [row for row in rows if row]


def _scoring(exchanges: list[Exchange]) -> list[Exchange]:
    """What a query's rounds that score took together."""
    found = [one for one in exchanges if set(one.names) & set(SCORING)]
    if not found:
        return []
    sums = (sum(getattr(one, name) for one in found) for name in Exchange._fields[1:])
    return [Exchange(tuple(name for one in found for name in one.names), *sums)]


def rounds(folder: Path, asked: list[Ask]) -> tuple[list[list[Exchange]], list[list[Exchange]]]:
    """All exchanges of each query: the first time, and when it is asked again."""
    fleet = OneShard(folder)
    passes: list[list[list[Exchange]]] = []
    with Collection(fleet) as collection:
        for _ in range(2):
            passes.append([])
            for ask in asked:
                fleet.exchanges.clear()
                ask(collection)
                passes[-1].append(list(fleet.exchanges))
    return passes[0], passes[1]


def saved(path: Path, rows: Mapping[str, list[list[Exchange]]], about: Mapping[str, object]) -> None:
    """Keep a sample: by kind the rows of seconds, of the processor and on the clock."""
    times = {
        kind: {
            "processor": [[round(one.seconds, 7) for one in row] for row in of],
            "clock": [[round(one.on_clock, 7) for one in row] for row in of],
        }
        for kind, of in rows.items()
    }
    path.write_text(json.dumps({"about": about, "times": times}), "utf-8")

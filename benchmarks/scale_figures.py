"""What a shard and a router need, measured: bytes on disk, memory, messages, and a router's own work.

What is extrapolated from these figures is in docs/scale.md, not here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from searchlib import Index
from searchlib.cluster.collection import Collection
from searchlib.cluster.fleets.placing import Processes, Serving
from searchlib.cluster.fleets.replicated import ReplicatedFleet
from searchlib.cluster.fleets.sockets import SocketChannel
from searchlib.cluster.worker import Worker

from . import corpora, service_times
from .service_times import Exchange

_WORDS = 100_000

Bytes = dict[str, int]


def bytes_of(folder: Path) -> tuple[Bytes, Mapping[str, float]]:
    """Bytes of a shard by what they are for, and its numbers of documents, words and segments."""
    sizes: Counter[str] = Counter()
    with Index.open(folder / "shard-0") as index:
        for segment in index._searcher.segments:
            for name, (_, length) in segment.parts.items():
                sizes[_purpose(name)] += length
        stats = index.stats()
    numbers = {
        "documents": stats["num_docs"],
        "segments": stats["num_segments"],
        "words": sum(field["num_terms"] for field in stats["fields"].values()),
        "bytes": stats["size_bytes"],
    }
    return dict(sizes.most_common()), numbers


def _purpose(part: str) -> str:
    name = part.rpartition(".")[2]
    if part.startswith("column:"):
        return "columns"
    if part.startswith(("documents", "dictionaries")):
        return "stored texts"
    return {
        "words": "dictionaries",
        "postings": "postings",
        "positions": "positions",
        "norms": "lengths",
        "lengths": "lengths",
        "stats": "lengths",
        "keys": "ids",
    }.get(name, part)


class Exchanged(NamedTuple):
    """Medians over queries, for one shard: messages a query, bytes of all of them there and back."""

    messages: float
    sent: float
    received: float

    @classmethod
    def of(cls, queries: list[list[Exchange]]) -> Exchanged:
        """Of the exchanges of some queries."""
        return cls(
            median(len(one) for one in queries),
            median(sum(each.sent for each in one) for one in queries),
            median(sum(each.received for each in one) for one in queries),
        )


def memory_of_worker(folder: str, corpus: str) -> dict[str, int]:
    """Bytes that a worker's process holds after all kinds of queries: its own, and mapped pages."""
    fleet = service_times.OneShard(Path(folder))
    with Collection(fleet) as collection:
        for asked in (*service_times.queries(corpus).values(), service_times.texts_fetched(corpus)):
            for ask in asked:
                ask(collection)
        return resident()


def resident() -> dict[str, int]:
    """Bytes of this process that are its own, and that are pages of files."""
    found = re.findall(r"^(RssAnon|RssFile):\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"), re.M)
    return {name: int(kib) * 1024 for name, kib in found}


def in_new_process(function: str, *arguments: str) -> dict[str, int]:
    """What a function of this module returns in a process of its own."""
    asked = f"{function}(*{arguments!r})"
    code = f"import json; from benchmarks.scale_figures import *; print(json.dumps({asked}))"
    environment = {**os.environ, corpora.DATA_VARIABLE: str(corpora.DATA)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[1],
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def remembered(folder: Path) -> float:
    """Bytes that a router needs for each word whose number of documents it remembers."""
    fleet = service_times.OneShard(folder)
    with Collection(fleet) as collection:
        snapshot = collection._searcher.remote
        body = list(collection.schema.searched_fields).index("body")
        walk = snapshot.terms(body, "", False)
        words: list[str] = []
        while len(words) < _WORDS and (found := walk.next(10_000)):
            words += [word for word, _, _ in found]
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        for start in range(0, len(words), 1000):
            snapshot.dfs([(body, word) for word in words[start : start + 1000]])
            fleet.exchanges.clear()
        used = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        # The words are in this list, too: a router has them in its memory alone.
        return (used + sum(map(sys.getsizeof, words))) / len(words)


class Replayed:
    """A fleet of many shards, whose answers one worker gave before: what is left is a router's own work."""

    def __init__(self, folder: Path, num_shards: int) -> None:
        self.num_shards = num_shards
        self._worker = Worker(folder, 0)
        self.version = self._worker.version
        self._answers: dict[bytes, bytes] = {}

    def ask(
        self,
        messages: Mapping[int, bytes],
        timeout: float | None = None,
        *,
        version: int | None = None,
        partial: bool = False,
    ) -> dict[int, bytes]:
        """See Fleet."""
        return {
            shard: self._answers.get(message) or self._work(message) for shard, message in messages.items()
        }

    def _work(self, message: bytes) -> bytes:
        answer = self._answers[message] = self._worker.answer(message)
        return answer

    def close(self) -> None:
        """See Fleet."""
        self._worker.close()


def router_seconds(folder: Path, corpus: str, num_shards: int) -> float:
    """Processor seconds of a router for a search whose words it knows: the median over queries, the best of
    four.

    Without the transport: messages are made, answers are read and merged.
    """
    texts = service_times.queries(corpus)["any of 2 to 5 words"][:60]
    best = [float("inf")] * len(texts)
    with Collection(Replayed(folder, num_shards)) as collection:
        for _ in range(4):
            for number, ask in enumerate(texts):
                began = time.thread_time()
                ask(collection)
                best[number] = min(best[number], time.thread_time() - began)
    return median(best)


def widest(folder: Path) -> dict[str, int]:
    """Bytes of a shard's answers that grow with what it holds: all shards send them whole."""
    fleet = service_times.OneShard(folder)
    found = {}
    with Collection(fleet) as collection:
        for beginning in ("с", "со"):
            fleet.exchanges.clear()
            collection.complete(beginning)
            found[f"completion of {beginning}"] = max(one.received for one in fleet.exchanges)
    return found


class SameAnswerOpener:
    """For a worker process that answers all messages the same, with as many bytes as ten hits have."""

    def __call__(self) -> tuple[int, SameAnswerOpener]:
        """See Processes."""
        return 1, self

    def answer(self, message: bytes) -> bytes:
        """Of any message."""
        return bytes(168)

    def close(self) -> None:
        """Nothing is held."""


def transport_seconds(num_shards: int, size: int = 750, times: int = 200) -> float:
    """Processor seconds of a router's thread to ask so many shards over sockets, the median.

    All their addresses are those of one process, which answers at once.
    """
    serving = [Serving("benchmarks.scale_figures:SameAnswerOpener", [])]
    message = bytes(size)
    with Processes(serving, 1) as workers:
        shards, authkey = workers.addresses
        channels = [[SocketChannel(shards[0][0], authkey)] for _ in range(num_shards)]
        with ReplicatedFleet(channels, hedged=False) as fleet:
            taken = []
            for _ in range(times):
                began = time.thread_time()
                fleet.ask(dict.fromkeys(range(num_shards), message))
                taken.append(time.thread_time() - began)
    return median(taken)

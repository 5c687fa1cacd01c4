"""Times one engine over one corpus, in this process: documents to a committed index on disk.

The timed pass has its documents in memory, so that no engine waits for the harness; the memory pass streams
them from disk, so that the peak is the engine's own. They are two tasks for two fresh processes.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from . import corpora
from .corpora import Document
from .machine import peak_memory_bytes
from .peers import Engine

Measured = dict[str, float | int | None]


def timed(engine: Engine, corpus: str, folder: Path, threads: int) -> Measured:
    """Seconds from the first document to the commit, and of all the process's threads on a processor."""
    documents = list(_documents(engine, corpus))
    _warm_up(engine, folder.with_name(folder.name + ".warm"), documents)
    gc.collect()
    start, cpu_start = time.perf_counter(), time.process_time()
    num_docs = engine.build(folder, documents, threads)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    engine.settle()
    settled = time.perf_counter() - start
    _check(engine, num_docs, len(documents))
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "settled_seconds": settled}


def streamed(engine: Engine, corpus: str, folder: Path, threads: int) -> Measured:
    """Peak memory of the process; size and segments of the index, which is kept for the queries.

    No engine is made to merge: the index is searched as its writer leaves it, its own merges waited for.
    """
    counted = _Counted(_documents(engine, corpus))
    before = peak_memory_bytes()
    num_docs = engine.build(folder, counted, threads)
    peak = peak_memory_bytes()
    engine.settle()
    _check(engine, num_docs, counted.number)
    total, stored = engine.size(folder)
    engine.open(folder)
    return {
        "num_docs": num_docs,
        "peak_rss_bytes": peak,
        "start_rss_bytes": before,
        "total_bytes": total,
        "stored_bytes": stored,
        "num_segments": engine.num_segments(),
    }


def _documents(engine: Engine, corpus: str) -> Iterator[Document]:
    return map(engine.given, corpora.documents(corpus, raw=engine.raw_text))


class _Counted:
    """An iterator that knows how many documents it has given."""

    def __init__(self, documents: Iterator[Document]) -> None:
        self._documents = documents
        self.number = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self.number += 1
            yield document


def _warm_up(engine: Engine, folder: Path, documents: list[Document]) -> None:
    """Imports, compilers and dictionaries are loaded before the clock starts, for every engine alike."""
    folder.mkdir(parents=True)
    engine.build(folder, islice(cycle(documents), engine.warm_up_documents))
    engine.settle()


def _check(engine: Engine, indexed: int, given: int) -> None:
    if indexed != given:
        raise RuntimeError(f"{engine.name} indexed {indexed:,} of {given:,} documents")

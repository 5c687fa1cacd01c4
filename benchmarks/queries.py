"""Times one engine's queries over one index, in this process: each query alone, after passes that warm up.

Two clocks: the engine call alone (query built beforehand, hits left as the engine gives them) and end to end
(a string to ids and scores in Python). Searches do not count their matches, in any engine.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from . import corpora
from .peers import Engine, Mode
from .percentiles import percentile

Summary = dict[str, float | int]


class Operation(NamedTuple):
    """A kind of query and how many hits it wants."""

    name: str
    mode: Mode
    k: int
    queries: str = "queries"


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("or-10", "or", 10),
        Operation("or-1000", "or", 1000),
        Operation("and-10", "and", 10),
        Operation("phrase-10", "phrase", 10, "phrases"),
    )
}


def measure(engine: Engine, corpus: str, names: list[str], budget_s: float) -> dict[str, dict[str, Summary]]:
    """For each operation that the engine has: {"call": summary, "end_to_end": summary}."""
    measured: dict[str, dict[str, Summary]] = {}
    for operation in (OPERATIONS[name] for name in names):
        if operation.mode not in engine.modes:
            continue
        texts = corpora.queries(corpus, operation.queries)
        calls = [engine.prepared(text, operation.mode, operation.k) for text in texts]
        searches = [partial(engine.search, text, operation.mode, operation.k) for text in texts]
        measured[operation.name] = {
            "call": summary(_latencies(calls, budget_s, engine.warm_up_s)),
            "end_to_end": summary(_latencies(searches, budget_s, engine.warm_up_s)),
        }
    return measured


def measure_batches(engine: Engine, corpus: str, k: int, thread_counts: list[int]) -> dict[str, float]:
    """Queries a second of all OR queries in one call, by threads: the best of two after a warm-up."""
    texts = corpora.queries(corpus)
    rates: dict[str, float] = {}
    for threads in thread_counts:
        call = engine.batch(texts, k, threads)
        if call is None:
            break
        call()
        rates[str(threads)] = round(len(texts) / min(_elapsed_s(call) for _ in range(2)), 1)
    return rates


def summary(latencies_us: list[float]) -> Summary:
    """Percentiles by nearest rank, in µs; QPS is what one thread reaches at the mean."""
    mean = sum(latencies_us) / len(latencies_us)
    shares = {f"p{percent}_us": round(percentile(latencies_us, percent), 2) for percent in (50, 95, 99)}
    return {
        "num_queries": len(latencies_us),
        "mean_us": round(mean, 2),
        **shares,
        "qps": round(1e6 / mean, 1),
    }


def _latencies(calls: Sequence[Callable[[], object]], budget_s: float, warm_up_s: float) -> list[float]:
    """Warms up with a pass or more, then times one: of fewer queries where a pass would exceed the budget."""
    start = time.perf_counter()
    calls = _within(calls, budget_s)
    while time.perf_counter() - start < warm_up_s:
        for call in calls:
            call()
    clock = time.perf_counter_ns
    latencies = []
    gc.collect()
    gc.disable()
    try:
        for call in calls:
            start = clock()
            call()
            latencies.append((clock() - start) / 1000)
    finally:
        gc.enable()
    return latencies


def _within(calls: Sequence[Callable[[], object]], budget_s: float) -> Sequence[Callable[[], object]]:
    calls[0]()  # may load or compile: not held against the budget
    start = time.perf_counter()
    for number, call in enumerate(calls, 1):
        call()
        if time.perf_counter() - start > budget_s:
            return calls[:number]
    return calls


def _elapsed_s(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start

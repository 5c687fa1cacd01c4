"""The ratios that searchlib is built to reach, judged on one results file: what is met, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from . import results

Measured = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """`ratio` tells how searchlib compares, or raises KeyError where something was not measured."""

    name: str
    corpus: str
    sign: Literal["≥", "≤"]
    bound: float
    ratio: Callable[[Measured, str], float]
    unit: str = "×"

    def met(self, ratio: float) -> bool:
        return ratio >= self.bound if self.sign == "≥" else ratio <= self.bound


def judge(measured: Measured) -> Iterator[tuple[Target, float | None]]:
    """Every target, with its ratio; None where the run did not measure it."""
    for target in TARGETS:
        try:
            yield target, target.ratio(measured, target.corpus)
        except KeyError:
            yield target, None


def _faster(operation: str, peer: str, key: str, clock: str = "call") -> Callable[[Measured, str], float]:
    def ratio(measured: Measured, corpus: str) -> float:
        rows = results.latencies(measured, corpus, operation, clock)
        return rows[peer][key] / rows["searchlib"][key]

    return ratio


def _faster_than_batched(peer: str) -> Callable[[Measured, str], float]:
    """The engine call against all of the peer's queries in one call: the peer at its best."""

    def ratio(measured: Measured, corpus: str) -> float:
        peer_mean_us = 1e6 / results.batches(measured, corpus)[peer]["1"]
        return peer_mean_us / results.latencies(measured, corpus, "or-10", "call")["searchlib"]["mean_us"]

    return ratio


def _indexed(measured: Measured, corpus: str) -> dict[str, results.Indexing]:
    return results.indexing(measured, corpus) if corpus in measured["corpora"] else {}


def _indexes_faster(peer: str) -> Callable[[Measured, str], float]:
    def ratio(measured: Measured, corpus: str) -> float:
        rows = _indexed(measured, corpus)
        return rows["searchlib_lemmas"].docs_per_s / rows[peer].docs_per_s

    return ratio


def _size(engine: str, peer: str) -> Callable[[Measured, str], float]:
    def ratio(measured: Measured, corpus: str) -> float:
        rows = _indexed(measured, corpus)
        own, other = rows[engine].postings_ratio, rows[peer].postings_ratio
        if own is None or other is None:
            raise KeyError(peer)
        return own / other

    return ratio


def _peak_gib(engine: str) -> Callable[[Measured, str], float]:
    return lambda measured, corpus: _indexed(measured, corpus)[engine].peak_mib / 1024


def _process_ms(measured: Measured, corpus: str) -> float:
    return results.one_shot(measured, corpus)["searchlib_lemmas"]["p50_ms"]


def _process(measured: Measured, corpus: str) -> float:
    floor = results.one_shot(measured, corpus)["python, import click"]["p50_ms"]
    return _process_ms(measured, corpus) / floor


def _scaling(measured: Measured, corpus: str) -> float:
    rates = results.batches(measured, corpus)["searchlib"]
    return rates["2"] / rates["1"]


def _both(
    name: str, sign: Literal["≥", "≤"], bound: float, ratio: Callable[[Measured, str], float]
) -> list[Target]:
    return [Target(name, corpus, sign, bound, ratio) for corpus in ("d100k", "d1m")]


def _whoosh(name: str, operation: str, clock: str = "call") -> Target:
    return Target(
        f"{name} against whoosh, p50", "d20k", "≥", 100, _faster(operation, "whoosh", "p50_us", clock)
    )


_STRING = "string to hits, OR-10, against tantivy, p50"

TARGETS = [
    Target("OR-10 against tantivy, p50", "d1m", "≥", 6, _faster("or-10", "tantivy", "p50_us")),
    Target("OR-10 against tantivy, mean", "d1m", "≥", 8, _faster("or-10", "tantivy", "mean_us")),
    *_both("OR-10 against PISA, one call each, p50", "≥", 2.5, _faster("or-10", "pisa", "p50_us")),
    *_both("OR-10 against PISA batched, mean", "≥", 2.5, _faster_than_batched("pisa")),
    *_both("OR-1000 against tantivy, p50", "≥", 2.5, _faster("or-1000", "tantivy", "p50_us")),
    *_both("OR-1000 against PISA, p50", "≥", 2.5, _faster("or-1000", "pisa", "p50_us")),
    *_both("AND-10 against tantivy, mean", "≥", 2.5, _faster("and-10", "tantivy", "mean_us")),
    *_both("AND-10 against PISA, mean", "≥", 1.4, _faster("and-10", "pisa", "mean_us")),
    *_both("phrase against tantivy, p50", "≥", 1.7, _faster("phrase-10", "tantivy", "p50_us")),
    *_both("phrase against tantivy, mean", "≥", 4, _faster("phrase-10", "tantivy", "mean_us")),
    Target("OR-10 against bm25s, p50", "d100k", "≥", 6, _faster("or-10", "bm25s", "p50_us")),
    Target("OR-10 against bm25s batched, mean", "d100k", "≥", 6, _faster_than_batched("bm25s")),
    _whoosh("OR-10", "or-10"),
    _whoosh("OR-1000", "or-1000"),
    _whoosh("AND-10", "and-10"),
    _whoosh("phrase", "phrase-10"),
    _whoosh("string to hits, OR-10,", "or-10", "end_to_end"),
    Target("indexing with lemmas against whoosh", "d20k", "≥", 100, _indexes_faster("whoosh")),
    Target(_STRING, "d100k", "≥", 2.5, _faster("or-10", "tantivy", "p50_us", "end_to_end")),
    Target(_STRING, "d1m", "≥", 5, _faster("or-10", "tantivy", "p50_us", "end_to_end")),
    Target("indexing with lemmas against tantivy without", "d100k", "≥", 1.5, _indexes_faster("tantivy")),
    Target(
        "indexing with lemmas against pymorphy3 + tantivy",
        "d20k",
        "≥",
        20,
        _indexes_faster("tantivy_pymorphy3"),
    ),
    *_both("index size against tantivy, same tokens", "≤", 1.0, _size("searchlib", "tantivy")),
    *_both("index size with lemmas against tantivy", "≤", 1.25, _size("searchlib_lemmas", "tantivy")),
    Target("one-shot query, whole process, p50", "d1m", "≤", 90, _process_ms, " ms"),
    Target("one-shot query against `import click`, p50", "d1m", "≤", 1.5, _process),
    *_both("search_many, 2 threads against 1", "≥", 1.8, _scaling),
    Target("peak memory while indexing, forms", "d1m", "≤", 1.0, _peak_gib("searchlib"), " GiB"),
    Target("peak memory while indexing, lemmas", "d1m", "≤", 1.0, _peak_gib("searchlib_lemmas"), " GiB"),
]

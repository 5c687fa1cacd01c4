"""What becomes of latency, throughput, size and memory as the corpus grows: numbers for plot and table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import results

Measured = dict[str, Any]
Series = Callable[[Measured, str], dict[str, float]]


def sizes(measured: Measured) -> list[str]:
    """The corpora of a run, the smallest first."""
    return sorted(measured["corpora"], key=lambda corpus: int(measured["corpora"][corpus]["num_docs"]))


def tabulate(measured: Measured) -> dict[str, dict[str, dict[str, float]]]:
    """By series and engine: the value at each corpus that has one."""
    return {title: _by_engine(measured, series) for title, series in SERIES.items()}


def _by_engine(measured: Measured, series: Series) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for corpus in sizes(measured):
        for engine, value in series(measured, corpus).items():
            table.setdefault(engine, {})[corpus] = value
    return table


def _latency(operation: str) -> Series:
    def series(measured: Measured, corpus: str) -> dict[str, float]:
        rows = results.latencies(measured, corpus, operation, "call")
        return {engine: row["p50_us"] for engine, row in rows.items()}

    return series


def _queries_per_second(measured: Measured, corpus: str) -> dict[str, float]:
    rows = results.latencies(measured, corpus, "or-10", "end_to_end")
    return {engine: row["qps"] for engine, row in rows.items()}


def _indexing(value: Callable[[results.Indexing], float]) -> Series:
    def series(measured: Measured, corpus: str) -> dict[str, float]:
        return {engine: value(row) for engine, row in results.indexing(measured, corpus).items()}

    return series


def _megabytes(measured: Measured, corpus: str) -> dict[str, float]:
    text_mb = measured["corpora"][corpus]["text_bytes"] / 1e6
    rows = results.indexing(measured, corpus)
    return {engine: row.total_ratio * text_mb for engine, row in rows.items()}


SERIES: dict[str, Series] = {
    "OR-10 p50, µs": _latency("or-10"),
    "OR-1000 p50, µs": _latency("or-1000"),
    "AND-10 p50, µs": _latency("and-10"),
    "phrase-10 p50, µs": _latency("phrase-10"),
    "OR-10, queries/s from Python": _queries_per_second,
    "indexing, documents/s": _indexing(lambda row: row.docs_per_s),
    "index on disk, MB": _megabytes,
    "peak memory of indexing, MiB": _indexing(lambda row: row.peak_mib),
}

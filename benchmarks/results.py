"""A results file: where it lies, how it is written and read, and the medians that tables are made of."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any, NamedTuple

from . import machine
from .vocabulary import PROJECT

FORMAT = 1
FOLDER = PROJECT / "benchmarks" / "results"


def default_path(date: str) -> Path:
    """benchmarks/results/DATE-MACHINE.json, numbered from the second of a day on."""
    stem = f"{date[:10]}-{machine.slug()}"
    path, number = FOLDER / f"{stem}.json", 2
    while path.exists():
        path, number = FOLDER / f"{stem}-{number}.json", number + 1
    return path


def write(results: dict[str, Any], path: Path) -> None:
    """Indented just enough for a diff to be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def newest() -> Path:
    """The results file of the latest date."""
    files = list(FOLDER.glob("*.json"))
    if not files:
        raise SystemExit(f"no results in {FOLDER}: run `python -m benchmarks run` first")
    return max(files, key=lambda file: str(read(file)["machine"]["date"]))


def read(path: Path) -> dict[str, Any]:
    """A file that `write` wrote; of another format, it ends the command with a line that says so."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if loaded.get("format") != FORMAT:
        raise SystemExit(f"{path} has format {loaded.get('format')!r}, expected {FORMAT}")
    return loaded


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """Of each key, over the runs."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


class Indexing(NamedTuple):
    """Medians of one engine's indexing of one corpus."""

    seconds: float
    cpu_seconds: float
    """Of all threads: above `seconds` where an engine used more than one, below on a busy machine."""
    settled_seconds: float
    """Until the engine's own merges after its commit were done too."""
    docs_per_s: float
    mb_per_s: float
    """MB of the documents' text as written, the same for all engines."""
    peak_mib: float
    total_ratio: float
    """Bytes on disk ÷ bytes of text."""
    postings_ratio: float | None
    """The same without the stored documents; None where the engine does not tell them apart."""
    num_segments: int | None
    """Of the index that was searched; None where the engine does not tell."""


def indexing(results: dict[str, Any], corpus: str) -> dict[str, Indexing]:
    """By engine, in the order of the run."""
    text_bytes, rows = results["corpora"][corpus]["text_bytes"], {}
    for row in results["indexing"]:
        if row["corpus"] != corpus or not row["runs"]:
            continue
        run = medians(row["runs"])
        stored = row["stored_bytes"]
        rows[row["engine"]] = Indexing(
            seconds=run["seconds"],
            cpu_seconds=run["cpu_seconds"],
            settled_seconds=run["settled_seconds"],
            docs_per_s=row["num_docs"] / run["seconds"],
            mb_per_s=text_bytes / 1e6 / run["seconds"],
            peak_mib=row["peak_rss_bytes"] / 2**20,
            total_ratio=row["total_bytes"] / text_bytes,
            postings_ratio=None if stored is None else (row["total_bytes"] - stored) / text_bytes,
            num_segments=row.get("num_segments"),
        )
    return rows


def latencies(
    results: dict[str, Any], corpus: str, operation: str, clock: str
) -> dict[str, dict[str, float]]:
    """By engine: the median over the runs of each of mean_us, p50_us, p95_us, p99_us, qps, num_queries."""
    return {
        row["engine"]: medians(row["runs"])
        for row in results["queries"]
        if (row["corpus"], row["operation"], row["clock"]) == (corpus, operation, clock)
    }


def batches(results: dict[str, Any], corpus: str) -> dict[str, dict[str, float]]:
    """By engine: queries a second by number of threads."""
    return {row["engine"]: row["qps_by_threads"] for row in results["batches"] if row["corpus"] == corpus}


def one_shot(results: dict[str, Any], corpus: str) -> dict[str, dict[str, float]]:
    """By engine or floor: p50_ms, p95_ms, min_ms of a whole process."""
    for row in results["one_shot"]:
        if row["corpus"] == corpus:
            engines: dict[str, dict[str, float]] = row["engines"]
            return engines
    return {}

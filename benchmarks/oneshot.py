"""Times whole processes: an interpreter starts, opens the index, answers one query, prints, ends.

Two rows that search nothing stand for the floor: a bare interpreter, and one that imports click.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from . import corpora, peers
from .environments import interpreter, variables
from .percentiles import percentile

FLOORS = {"bare python": ["-c", "pass"], "python, import click": ["-c", "import click"]}


def measure(folders: Mapping[str, Path], corpus: str, runs: int) -> dict[str, dict[str, float]]:
    """Times in ms of each engine in `folders` and of the floors, which take turns query by query."""
    commands = {name: [str(interpreter("")), *arguments] for name, arguments in FLOORS.items()}
    texts = corpora.queries(corpus)[:runs]
    times: dict[str, list[float]] = {}
    for turn, text in enumerate([texts[0], *texts]):
        for name, folder in folders.items():
            arguments = peers.engine(name).one_shot(folder, text)
            if arguments is not None:
                commands[name] = [str(interpreter(name)), *arguments]
        for name, command in commands.items():
            elapsed_ms = _run(command)
            if turn > 0 and elapsed_ms is not None:  # the first turn warms the page cache
                times.setdefault(name, []).append(elapsed_ms)
    return {name: _summary(spent) for name, spent in times.items()}


def _run(command: list[str]) -> float | None:
    """None where the process failed: an engine without a row has no such command, or it fails here."""
    start = time.perf_counter()
    done = subprocess.run(command, env=variables(), capture_output=True, check=False)
    elapsed_ms = (time.perf_counter() - start) * 1000
    if done.returncode not in (0, 1) or b"Traceback" in done.stderr:  # 1 is searchlib's "no hit"
        return None
    return elapsed_ms


def _summary(times_ms: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(statistics.median(times_ms), 1),
        "p95_ms": round(percentile(times_ms, 95), 1),
        "min_ms": round(min(times_ms), 1),
    }

"""Times what starting costs: processes that do nothing, import click or searchlib, or answer one query.

They take turns, so that whatever else the machine does is shared by all; the ratios to a bare interpreter are
what machines can be compared by. An index may be named; else the project's corpus is indexed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from . import machine
from .environments import interpreter
from .processes import run
from .vocabulary import PROJECT

_COMMAND = "from searchlib.__main__ import main; main()"
_BASE = "bare python"


class Cost(NamedTuple):
    """Milliseconds of one process: by the clock, and of the processor, which a busy machine disturbs less."""

    elapsed_ms: float
    cpu_ms: float


def commands(index: Path, query: str) -> dict[str, list[str]]:
    """What is timed, by name: the arguments of an interpreter."""
    return {
        _BASE: ["-c", "pass"],
        "import click": ["-c", "import click"],
        "import searchlib": ["-c", "import searchlib"],
        "import searchlib.index": ["-c", "import searchlib.index"],
        "searchlib --version": ["-c", _COMMAND, "--version"],
        "searchlib query": ["-c", _COMMAND, "query", query, "--index", str(index)],
    }


def measure(index: Path, query: str, runs: int) -> dict[str, Cost]:
    """The medians of each command, after one turn that fills the page cache and writes the bytecode."""
    spent: dict[str, list[Cost]] = {}
    for turn in range(runs + 1):
        for name, arguments in commands(index, query).items():
            cost = _run(arguments)
            if turn > 0:
                spent.setdefault(name, []).append(cost)
    return {
        name: Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))
        for name, costs in spent.items()
    }


def table(medians: Mapping[str, Cost]) -> str:
    """A line for each command, with its ratios to a bare interpreter."""
    base = medians[_BASE]
    lines = [f"{'':24}{'elapsed':>10}{'ratio':>8}{'cpu':>10}{'ratio':>8}"]
    for name, cost in medians.items():
        ratios = cost.elapsed_ms / base.elapsed_ms, cost.cpu_ms / base.cpu_ms
        lines.append(
            f"{name:24}{cost.elapsed_ms:7.1f} ms{ratios[0]:8.2f}{cost.cpu_ms:7.1f} ms{ratios[1]:8.2f}"
        )
    return "\n".join(lines)


def _run(arguments: Sequence[str]) -> Cost:
    took = run([str(interpreter("")), *arguments])
    return Cost(took.elapsed * 1000, took.cpu * 1000)


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks startup [--index DIR] [--query TEXT] [--runs N]`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks startup", description=__doc__)
    parser.add_argument("--index", type=Path, help="an index; default: one of corpus/, made for this run")
    parser.add_argument("--query", default="Tashkent CSTO", help="it has to have hits; default: %(default)s")
    parser.add_argument("--runs", type=int, default=21, help="turns; default: %(default)s")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        index = options.index
        if index is None:
            index = Path(folder) / "index"
            _run(["-c", _COMMAND, "index", str(PROJECT / "corpus"), "--index", str(index)])
        medians = measure(index, options.query, options.runs)
    print(table(medians))
    print(f"medians of {options.runs} turns; load {machine.describe()['load_average']}")
    return 0

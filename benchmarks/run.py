"""Measures engines side by side, each task in a fresh process, and writes one results file.

The engines take turns. What runs in which order is decided here, and what the workers report is kept; no
engine is known by name.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import agreement, corpora, generate, machine, oneshot, peers, results
from .environments import interpreter, variables
from .queries import OPERATIONS
from .vocabulary import PROJECT

_STARTED = time.perf_counter()


class Session:
    """One run: its options, the folder of its indexes, and the results so far."""

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self.options = options
        self.scratch = scratch
        described = machine.describe()
        self.out: Path = options.out or results.default_path(str(described["date"]))
        self.results: dict[str, Any] = {
            "format": results.FORMAT,
            "machine": described,
            "arguments": {name: str(value) for name, value in vars(options).items() if name != "out"},
            "engines": {},
            "corpora": {},
            "indexing": [],
            "queries": [],
            "batches": [],
            "one_shot": [],
            "agreement": [],
        }

    def work(self, engine: str, kind: str, **arguments: Any) -> Any:
        """One task in a process of its own."""
        task, result = self.scratch / "task.json", self.scratch / "result.json"
        task.write_text(json.dumps({"engine": engine, "kind": kind, **arguments}), encoding="utf-8")
        result.unlink(missing_ok=True)
        command = [str(interpreter(engine)), "-m", "benchmarks.worker", str(task), str(result)]
        done = subprocess.run(command, env=variables(), cwd=PROJECT, capture_output=True, check=False)
        if done.returncode != 0 or not result.exists():
            raise WorkerFailed(f"{engine}, {kind}: {done.stderr.decode(errors='replace')[-3000:]}")
        return json.loads(result.read_text(encoding="utf-8"))

    def present(self) -> list[str]:
        """The engines that can run here, the others noted as absent."""
        for name in self.options.engines:
            try:
                self.results["engines"][name] = self.work(name, "describe")
            except WorkerFailed as problem:
                self.results["engines"][name] = {"absent": str(problem).strip().splitlines()[-1]}
            described = self.results["engines"][name]
            _say(f"{name}: {described.get('version') or 'absent: ' + described['absent']}")
        return [name for name, described in self.results["engines"].items() if "absent" not in described]

    def measure(self, corpus: str, engines: list[str]) -> None:
        """Everything about one corpus."""
        self.results["corpora"][corpus] = corpora.meta(corpus)
        folders = self.index(corpus, engines)
        self.save()
        self.query(corpus, folders)
        self.check(corpus, folders)
        self.save()
        if runs := self.options.one_shot:
            self.results["one_shot"].append(
                {"corpus": corpus, "engines": oneshot.measure(folders, corpus, runs)}
            )
        self.save()
        for folder in folders.values():
            shutil.rmtree(folder)

    def save(self) -> None:
        """Writes what there is: a long run that is stopped keeps it."""
        results.write(self.results, self.out)

    def index(self, corpus: str, engines: list[str]) -> dict[str, Path]:
        """Builds the indexes that the queries use, for memory and size; then the timed builds, in turns."""
        folders: dict[str, Path] = {}
        rows: dict[str, dict[str, Any]] = {}
        threads = self.options.threads
        for name in engines:
            folder = self.scratch / f"{corpus}-{name}"
            measured = self._task(name, "streamed", corpus=corpus, folder=folder, threads=threads)
            if measured is not None:
                folders[name] = folder
                _say(f"{corpus} {name}: built for the queries")
                rows[name] = {"corpus": corpus, "engine": name, "threads": threads, **measured, "runs": []}
        for turn in range(self.options.repeats):
            for name, row in rows.items():
                if sum(run["seconds"] for run in row["runs"]) > self.options.index_budget:
                    continue
                folder = self.scratch / f"timed-{turn}-{name}"
                measured = self._task(name, "timed", corpus=corpus, folder=folder, threads=threads)
                if measured is not None:
                    row["runs"].append(measured)
                    _say(f"{corpus} {name}: indexed in {measured['seconds']:.2f} s")
                for left in self.scratch.glob(f"{folder.name}*"):
                    shutil.rmtree(left)
        self.results["indexing"] += rows.values()
        return folders

    def query(self, corpus: str, folders: dict[str, Path]) -> None:
        """In turns: latencies; then whole query sets in one call, where an engine has such a call."""
        rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        batches: dict[str, list[dict[str, float]]] = {}
        wanted = {
            "operations": self.options.operations,
            "budget_s": self.options.budget,
            "thread_counts": [1, 2],
        }
        for _ in range(self.options.repeats):
            for name, folder in folders.items():
                measured = self._task(name, "queries", corpus=corpus, folder=folder, **wanted)
                if measured is None:
                    continue
                for operation, clocks in measured["alone"].items():
                    for clock, summary in clocks.items():
                        row = {
                            "corpus": corpus,
                            "engine": name,
                            "operation": operation,
                            "clock": clock,
                            "runs": [],
                        }
                        rows.setdefault((name, operation, clock), row)["runs"].append(summary)
                if measured["batches"]:
                    batches.setdefault(name, []).append(measured["batches"])
                _say(f"{corpus} {name}: queries done")
        self.results["queries"] += rows.values()
        self.results["batches"] += [
            {"corpus": corpus, "engine": name, "qps_by_threads": results.medians(runs), "runs": runs}
            for name, runs in batches.items()
        ]

    def check(self, corpus: str, folders: dict[str, Path]) -> None:
        """Holds every engine with a known formula to the slow BM25."""
        queries, phrases = agreement.texts(corpus, "or"), agreement.texts(corpus, "phrase")
        reference = agreement.Reference(corpora.documents(corpus), queries, phrases)
        for name, folder in folders.items():
            formula = peers.engine(name).formula
            if formula is None:
                continue
            for mode, tops in (self._task(name, "top", corpus=corpus, folder=folder) or {}).items():
                texts = agreement.texts(corpus, mode)
                judged = [
                    agreement.disagreement(hits, reference.scores(text, formula, mode), formula)
                    for text, hits in zip(texts, tops, strict=True)
                ]
                wrong = [
                    f"{text!r}: {problem}" for text, problem in zip(texts, judged, strict=True) if problem
                ]
                row = {"corpus": corpus, "engine": name, "mode": mode, "num_queries": len(texts)}
                first = wrong[0] if wrong else None
                self.results["agreement"].append({**row, "wrong": len(wrong), "first": first})
                _say(f"{corpus} {name}: {mode} top {agreement.K} right for {len(texts) - len(wrong)}")

    def _task(self, engine: str, kind: str, folder: Path, **arguments: Any) -> Any:
        """A failure of one engine is a result too: noted, and the others go on."""
        try:
            return self.work(engine, kind, folder=str(folder), **arguments)
        except WorkerFailed as problem:
            _say(f"FAILED {problem}")
            failures = self.results["engines"][engine].setdefault("failures", [])
            failures.append(f"{kind}, {arguments['corpus']}: {str(problem).strip().splitlines()[-1]}")
            return None


class WorkerFailed(Exception):
    """A worker ended without a result; the message is the end of what it wrote to standard error."""


def _say(line: str) -> None:
    print(f"{time.perf_counter() - _STARTED:6.0f} s  {line}", file=sys.stderr, flush=True)


def _names(known: tuple[str, ...]) -> Any:
    def parse(text: str) -> list[str]:
        names = text.split(",")
        if unknown := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"unknown {', '.join(unknown)}; known: {', '.join(known)}")
        return names

    return parse


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks run", description=__doc__)
    sizes = tuple(name.removeprefix("d") for name in corpora.SIZES)
    parser.add_argument(
        "--size", type=_names(sizes), default=["20k"], help=f"of {', '.join(sizes)}; several by commas"
    )
    parser.add_argument(
        "--engines", type=_names(peers.NAMES), default=list(peers.NAMES), help=", ".join(peers.NAMES)
    )
    parser.add_argument("--operations", type=_names(tuple(OPERATIONS)), default=list(OPERATIONS))
    parser.add_argument("--repeats", type=int, default=3, help="turns of the engines; medians are reported")
    parser.add_argument("--threads", type=int, default=1, help="of each engine's writer")
    parser.add_argument(
        "--budget", type=float, default=2.0, metavar="SECONDS", help="per pass over a query set"
    )
    parser.add_argument(
        "--index-budget",
        type=float,
        default=100.0,
        metavar="SECONDS",
        help="per engine and size; then no repeats",
    )
    parser.add_argument("--slow", action="store_true", help="slow engines at large sizes too")
    parser.add_argument(
        "--one-shot", type=int, default=20, metavar="RUNS", help="of a whole process; 0: none"
    )
    parser.add_argument("--out", type=Path, help="default: benchmarks/results/DATE-MACHINE.json")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks run --size 20k --engines searchlib,tantivy`"""
    options = _options(arguments)
    corpora_wanted = [f"d{size}" for size in options.size]
    generate.main(corpora_wanted)
    with tempfile.TemporaryDirectory(prefix="indexes-", dir=corpora.DATA) as scratch:
        session = Session(options, Path(scratch))
        engines = session.present()
        for corpus in corpora_wanted:
            session.measure(corpus, [name for name in engines if options.slow or _fits(name, corpus)])
    _say(f"written: {session.out}")
    return 1 if any("failures" in engine for engine in session.results["engines"].values()) else 0


def _fits(name: str, corpus: str) -> bool:
    largest = peers.engine(name).largest_size
    return largest is None or corpora.SIZES[corpus] <= largest

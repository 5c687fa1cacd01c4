"""One engine that counts, in a process of its own: `python -m benchmarks.counting ENGINE`, driven by lines of
JSON.

The harness keeps one such process for each engine and lets them take turns, pass by pass, so that what slows
the machine slows all of them. A query is a tree; how an engine spells it is its adapter's business.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from . import peers
from .corpora import Document
from .peers import Engine, Tree

Ways = list[Callable[[], int]]
LONG_PASS_US = 300_000


def read(path: Path) -> Iterator[Document]:
    """The documents of a file of lines: id, tab, words."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield Document(*line.rstrip("\n").split("\t"))


class Worker:
    """An engine, its index, and the queries that it was given last."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ways: list[Ways] = []
        self._best: list[float] = []
        self._passes = 0

    def describe(self) -> dict[str, str]:
        reason = self._engine.unavailable()
        return {"absent": reason} if reason else {"version": self._engine.version()}

    def build(self, texts: str, folder: str) -> int:
        Path(folder).mkdir(parents=True)
        count = self._engine.build(Path(folder), map(self._engine.given, read(Path(texts))))
        self._engine.settle()
        return count

    def open(self, folder: str) -> int | None:
        self._engine.open(Path(folder))
        return self._engine.num_segments()

    def prepare(self, trees: list[Tree], k: int) -> list[int] | None:
        """How many documents each tree matches, by each way to count; None if the engine has no such
        query."""
        self._ways = [list(self._engine.counts(tree, k)) for tree in trees]
        self._best = [float("inf")] * len(trees)
        self._passes = 0
        if not all(self._ways):
            return None
        found: list[int] = []
        for ways in self._ways:
            totals = {way() for way in ways}
            if len(totals) > 1:
                raise SystemExit(f"{self._engine.name}: two ways to count differ, {sorted(totals)}")
            found.extend(totals)
        self.warm_up()
        return found

    def warm_up(self) -> None:
        start = time.perf_counter()
        for ways in cycle(self._ways):
            if time.perf_counter() - start > self._engine.warm_up_s:
                return
            for way in ways:
                way()

    def go(self) -> None:
        """One pass over the queries; of each the best time stays. Two long ones are enough."""
        clock, best = time.perf_counter_ns, self._best
        self._passes += 1
        if self._passes > 2 and sum(best) > LONG_PASS_US:
            return
        gc.collect()
        gc.disable()
        for number, ways in enumerate(self._ways):
            for way in ways:
                started = clock()
                way()
                best[number] = min(best[number], (clock() - started) / 1000)
        gc.enable()

    def best(self) -> list[float]:
        """The best times so far, in µs."""
        return self._best


def main() -> int:
    """Answers tasks, a line each, until there are no more."""
    worker, answers = Worker(peers.engine(sys.argv[1])), sys.stdout
    sys.stdout = sys.stderr  # what engines print is no answer
    for line in sys.stdin:
        task: dict[str, Any] = json.loads(line)
        answer = getattr(worker, task.pop("do"))(**task)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

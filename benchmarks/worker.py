"""One task in a process of its own: `python -m benchmarks.worker TASK RESULT`, both JSON files.

The harness starts it under the engine's interpreter, so it imports only the standard library and
the adapter. What the engine prints is not read.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from . import agreement, indexing, peers, queries
from .agreement import K


def run(task: dict[str, Any]) -> Any:
    """Dispatches on task["kind"]; the other keys are the arguments of that kind."""
    engine = peers.engine(task["engine"])
    kind = task["kind"]
    if kind == "describe":
        reason = engine.unavailable()
        return {"absent": reason} if reason else {"version": engine.version(), "setting": engine.setting}
    corpus, folder = task["corpus"], Path(task["folder"])
    if kind in {"timed", "streamed"}:
        folder.mkdir(parents=True)
        measure = indexing.timed if kind == "timed" else indexing.streamed
        return measure(engine, corpus, folder, task["threads"])
    engine.open(folder)
    if kind == "queries":
        return {
            "alone": queries.measure(engine, corpus, task["operations"], task["budget_s"]),
            "batches": queries.measure_batches(engine, corpus, K, task["thread_counts"]),
        }
    if kind == "top":
        return {
            mode: [engine.search(text, mode, K) for text in agreement.texts(corpus, mode)]
            for mode in agreement.checked(engine)
        }
    raise ValueError(f"no task {kind!r}")


def main() -> int:
    """Reads the task, writes the result."""
    task, result = Path(sys.argv[1]), Path(sys.argv[2])
    answer = run(json.loads(task.read_text(encoding="utf-8")))
    result.write_text(json.dumps(answer), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Indexing by this checkout beside another one of searchlib, such as an older commit's: the same texts.

Each build is a process of its own, whose clock starts after its imports and a first small index. The two take
turns, and of each turn the ratio counts: what else a machine does meanwhile falls on both. Both cores must be
compiled.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from .lemmas import DATA

PROJECT = Path(__file__).parents[1]
_WARM_UP = 300
_MEASURES = {"cpu": "time of processors", "clock": "time by the clock", "size": "size of the index"}


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks before CHECKOUT [--text en_win32] [--every 4] [--turns 9] [--threads 1]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks before", description=__doc__)
    parser.add_argument("checkout", type=Path, help="a folder with another searchlib in src/")
    parser.add_argument(
        "--text", default="en_win32", help="a file of $SEARCHLIB_DATA/text, without its ending"
    )
    parser.add_argument("--every", type=int, default=4, help="take each so many-th document")
    parser.add_argument("--turns", type=int, default=9, help="how often each is asked, in turn")
    parser.add_argument("--threads", type=int, default=1, help="of the writer")
    parser.add_argument("--only", action="store_true", help="one build by that checkout alone, as JSON")
    options = parser.parse_args(arguments)
    texts = DATA / "text" / f"{options.text}.jsonl.gz"
    if not texts.is_file():
        print(f"no texts in {texts}; set SEARCHLIB_DATA", file=sys.stderr)
        return 2
    if options.only:
        print(json.dumps(build(texts, options.every, options.threads)))
        return 0
    ratios: dict[str, list[float]] = {name: [] for name in _MEASURES}
    for _ in range(options.turns):
        before, now = (_built_by(folder, options) for folder in (options.checkout, PROJECT))
        for name, found in ratios.items():
            found.append(now[name] / before[name])
    for name, found in ratios.items():
        low, middle, high = statistics.quantiles(found, n=4) if len(found) > 1 else found * 3
        print(f"{_MEASURES[name]}: {middle:.3f} of what it was (half of the turns {low:.3f} to {high:.3f})")
    return 0


def build(texts: Path, every: int, threads: int) -> dict[str, float]:
    """An index of the texts by the searchlib that this process imports: seconds, and bytes on disk."""
    from searchlib import Index, Schema, Text

    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        documents = [
            {"id": document["id"], "text": document["text"]}
            for document in map(json.loads, islice(lines, 0, None, every))
        ]

    def index(folder: Path, some: list[dict[str, str]]) -> None:
        with Index.create(folder, Schema(text=Text())).writer(threads=threads) as writer:
            writer.add_many(some)

    with tempfile.TemporaryDirectory() as name:
        index(Path(name, "warm"), documents[:_WARM_UP])
        folder = Path(name, "index")
        clock, cpu = time.perf_counter(), time.process_time()
        index(folder, documents)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        return {"cpu": cpu, "clock": clock, "size": sum(file.stat().st_size for file in folder.iterdir())}


def _built_by(checkout: Path, options: argparse.Namespace) -> Mapping[str, float]:
    """The same, in a process that has that checkout's searchlib."""
    source = checkout.resolve() / "src"
    if not (source / "searchlib").is_dir():
        raise SystemExit(f"{checkout} has no src/searchlib: name a checkout whose core is compiled")
    again = ["--text", options.text, "--every", str(options.every), "--threads", str(options.threads)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "before", str(checkout), "--only", *again],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"the build by {checkout} ended with {done.returncode}")
    found: dict[str, float] = json.loads(done.stdout)
    return found

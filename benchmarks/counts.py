"""COUNT and TOP_10_COUNT beside engines that count: unions, intersections, phrases, exclusions, mixed trees.

`python -m benchmarks counts` indexes the texts of $SEARCHLIB_DATA/text with each engine, the same tokens for
all, and prints for each kind of query the median of the best times. The engines take turns pass by pass. A
figure of a peer that is better than ours by more than a tenth is bold.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from .corpora import tokens
from .environments import interpreter, variables
from .fields import documents
from .peers import Tree
from .percentiles import percentile
from .vocabulary import PROJECT, data_folder

SEED = 20261130
ENGINES = ("searchlib", "tantivy", "lucene", "infino")
LEAST = 0.9
"""What our speed is to be at least, of the best peer's."""
NUM_FREQUENT = 300


class Texts:
    """What queries are made of: documents as words, and the most frequent words.

    Words of letters alone: a number may be grouped (2 000), which engines tell apart in different ways.
    """

    def __init__(self, docs: Sequence[Sequence[str]]) -> None:
        self._docs = docs
        df = Counter(word for doc in docs for word in set(doc) if len(word) > 1 and word.isalpha())
        self.frequent = [word for word, _ in df.most_common(NUM_FREQUENT)]
        known = set(self.frequent)
        pairs = Counter(
            pair for doc in islice(docs, 20_000) for pair in pairwise(doc) if known.issuperset(pair)
        )
        self.pairs = [list(pair) for pair, _ in pairs.most_common(NUM_FREQUENT)]

    def words(self, rng: random.Random, count: int) -> list[str]:
        """Different ones of one document, of three letters or more."""
        while True:
            words = list(
                dict.fromkeys(word for word in rng.choice(self._docs) if len(word) > 2 and word.isalpha())
            )
            if len(words) >= count:
                return rng.sample(words, count)

    def neighbours(self, rng: random.Random, count: int) -> list[str]:
        """Words side by side."""
        while True:
            doc = rng.choice(self._docs)
            if len(doc) > count:
                at = rng.randrange(len(doc) - count)
                run = list(doc[at : at + count])
                if all(map(str.isalpha, run)):
                    return run


def _words(words: Sequence[str]) -> list[Tree]:
    return [["word", word] for word in words]


Make = Callable[[random.Random, Texts], Tree]

KINDS: dict[str, Make] = {
    "a frequent word": lambda rng, it: ["word", rng.choice(it.frequent)],
    "any of 2–5 frequent words": lambda rng, it: ["or", _words(rng.sample(it.frequent, rng.randint(2, 5)))],
    "any of 2–5 words": lambda rng, it: ["or", _words(it.words(rng, rng.randint(2, 5)))],
    "all of 2–3 frequent words": lambda rng, it: ["and", _words(rng.sample(it.frequent, rng.randint(2, 3)))],
    "all of 2–3 words": lambda rng, it: ["and", _words(it.words(rng, rng.randint(2, 3)))],
    "a phrase of frequent words": lambda rng, it: ["phrase", rng.choice(it.pairs)],
    "a phrase of 2–3 words": lambda rng, it: ["phrase", it.neighbours(rng, rng.randint(2, 3))],
    "a frequent word without another": lambda rng, it: ["not", *_words(rng.sample(it.frequent, 2))],
    "a word without another": lambda rng, it: ["not", *_words(it.words(rng, 2))],
    "a phrase and a word without another": lambda rng, it: [
        "not",
        ["and", [["phrase", rng.choice(it.pairs)], *_words([rng.choice(it.frequent)])]],
        *_words([rng.choice(it.frequent)]),
    ],
    "one of two and one of two without a fifth": lambda rng, it: _mixed(it.words(rng, 5)),
    "the same of frequent words": lambda rng, it: _mixed(rng.sample(it.frequent, 5)),
}


def _mixed(words: Sequence[str]) -> Tree:
    a, b, c, d, e = _words(words)
    return ["not", ["and", [["or", [a, b]], ["or", [c, d]]]], e]


class Process:
    """The worker of one engine."""

    def __init__(self, name: str) -> None:
        self.name = name
        command = [str(interpreter(name)), "-m", "benchmarks.counting", name]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, env=variables(), cwd=PROJECT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8"
        )

    def ask(self, do: str, **arguments: Any) -> Any:
        """The answer to one task; SystemExit if the worker is gone."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        try:
            stdin.write(json.dumps({"do": do, **arguments}) + "\n")
            stdin.flush()
        except BrokenPipeError:
            pass
        line = stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended at {do!r}; what it said is above")
        return json.loads(line)

    def close(self) -> None:
        """No more tasks."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def measure(processes: Sequence[Process], trees: list[Tree], k: int, passes: int) -> dict[str, list[float]]:
    """Of each engine that has such queries the best times; SystemExit if they count differently."""
    totals = {process.name: process.ask("prepare", trees=trees, k=k) for process in processes}
    able = [process for process in processes if totals[process.name] is not None]
    for process in able[1:]:
        for tree, ours, theirs in zip(trees, totals[able[0].name], totals[process.name], strict=True):
            if ours != theirs:
                raise SystemExit(f"{able[0].name} counts {ours}, {process.name} {theirs}: {tree}")
    for number in range(passes):
        turn = number % len(able)
        for process in able[turn:] + able[:turn]:
            process.ask("go")
    return {process.name: process.ask("best") for process in able}


def row(kind: str, names: Sequence[str], times: dict[str, list[float]]) -> str:
    """A line of the table."""
    medians = {name: percentile(found, 50) for name, found in times.items()}
    ours = medians[names[0]]
    cells = []
    for name in names:
        if name not in medians:
            cells.append("–")
            continue
        cell = f"{medians[name]:.1f} / {percentile(times[name], 95):.1f}"
        cells.append(f"**{cell}**" if medians[name] < LEAST * ours else cell)
    others = [found for name, found in times.items() if name != names[0]]
    best = list(map(min, *others)) if len(others) > 1 else (others or [times[names[0]]])[0]
    ratios = [theirs / mine for theirs, mine in zip(best, times[names[0]], strict=True)]
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    against = min((value for name, value in medians.items() if name != names[0]), default=ours) / ours
    return f"| {kind} | {' | '.join(cells)} | {against:.2f} | {mean:.2f} |"


def main(arguments: Sequence[str]) -> int:
    """Builds an index for each engine, measures, prints two tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks counts", description=__doc__)
    parser.add_argument("--docs", type=int, default=100_000, help="documents at most")
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--engines", default=",".join(ENGINES), help="the first is the one that is compared")
    parser.add_argument("--kinds", default="", help="only those with one of these words, by commas")
    parser.add_argument("--folder", type=Path, help="keep the indexes there, and use those that are there")
    given = parser.parse_args(arguments)
    cut = [
        tokens(f"{title}\n{body}") for title, body in islice(documents(data_folder() / "text"), given.docs)
    ]
    texts = Texts(cut)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        lines = folder / "texts.tsv"
        lines.write_text("".join(f"{n}\t{' '.join(doc)}\n" for n, doc in enumerate(cut)), encoding="utf-8")
        processes = list(_opened(given.engines.split(","), lines, folder))
        names = [process.name for process in processes]
        wanted = [word for word in given.kinds.split(",") if word]
        for title, k in (("COUNT", 0), ("TOP_10_COUNT", 10)):
            print(f"\n{title}, {len(cut):,} documents, {given.queries} queries of a kind, µs (p50 / p95)\n")
            print(f"| | {' | '.join(names)} | best peer's median / ours | the same, query by query |")
            print("|---" * (len(names) + 3) + "|")
            for kind, make in KINDS.items():
                if wanted and not any(word in kind for word in wanted):
                    continue
                rng = random.Random(SEED)
                trees = [make(rng, texts) for _ in range(given.queries)]
                print(row(kind, names, measure(processes, trees, k, given.passes)), flush=True)
        for process in processes:
            process.close()
    return 0


def _opened(names: Sequence[str], lines: Path, folder: Path) -> Any:
    for name in names:
        process = Process(name)
        described = process.ask("describe")
        print(f"{name}: {described.get('version') or 'absent: ' + described['absent']}")
        if "absent" in described:
            process.close()
            continue
        own = folder / name
        if not own.exists():
            process.ask("build", texts=str(lines), folder=str(own))
            process.close()
            process = Process(name)
        print(f"{name}: {process.ask('open', folder=str(own))} segments", flush=True)
        yield process

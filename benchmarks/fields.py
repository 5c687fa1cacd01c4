"""What two fields cost: title and body, scored by BM25F, beside one field that joins them; on real text.

`python -m benchmarks fields` prints, for any words, all words and phrases, the median and the 95th percentile
of the engine call. Two indexes of each kind take turns query by query, so that the code of either was run
as shortly before: with one of two fields beside two that join them, its calls took a quarter more. What the
second index of a kind takes beside the first is the noise that any ratio has. The texts are those of
$SEARCHLIB_DATA/text.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import searchlib
from searchlib import Index, Schema, Text, _core
from searchlib.sources.inference import TITLE_WEIGHT

from .percentiles import percentile
from .vocabulary import WORD, data_folder

SEED = 20261129
_JOINED = Schema(text=Text(stored=False))
_FIELDS = Schema(title=Text(boost=TITLE_WEIGHT, stored=False), body=Text(stored=False))
SCHEMAS = {"joined": _JOINED, "fields": _FIELDS, "joined again": _JOINED, "fields again": _FIELDS}
TARGET = 1.4

Make = Callable[[random.Random, Sequence[str]], str]


def _any(rng: random.Random, words: Sequence[str]) -> str:
    return " ".join(rng.sample(words, min(rng.randint(2, 5), len(words))))


def _all(rng: random.Random, words: Sequence[str]) -> str:
    return " AND ".join(rng.sample(words, min(rng.randint(2, 3), len(words))))


def _phrase(rng: random.Random, words: Sequence[str]) -> str:
    at = rng.randrange(max(len(words) - 1, 1))
    return f'"{" ".join(words[at : at + 2])}"'


KINDS: dict[str, Make] = {"any words": _any, "all words": _all, "phrases": _phrase}


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Titles and texts."""
    files = sorted(folder.glob("*.jsonl.gz"))
    if not files:
        raise SystemExit(f"no *.jsonl.gz in {folder}: set SEARCHLIB_DATA to a folder that has text/")
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield row.get("title") or "", row["text"]


def build(folder: Path, name: str, docs: Sequence[tuple[str, str]]) -> Index:
    """One segment of all documents."""
    index = Index.create(folder / name, SCHEMAS[name])
    with index.writer() as writer:
        for number, (title, body) in enumerate(docs):
            apart = SCHEMAS[name] is _FIELDS
            whole = {"title": title, "body": body} if apart else {"text": f"{title}\n{body}"}
            writer.add({"id": str(number), **whole})
        writer.commit(merge=False)
        writer.merge()
    index.refresh()
    return index


def queries(docs: Sequence[tuple[str, str]], make: Make, count: int) -> list[str]:
    """Words of one document each, of three letters or more; a quarter of the queries are of a title's."""
    rng = random.Random(SEED)
    made: list[str] = []
    while len(made) < count:
        title, body = rng.choice(docs)
        text = title if len(made) % 4 == 0 else body
        words = [word for word in WORD.findall(text[:5000]) if len(word) > 2 and word not in ("AND", "NOT")]
        if len(words) > 2:
            made.append(make(rng, words))
    return made


def measure(engines: Sequence[tuple[Index, Sequence[str]]], repeats: int, limit: int) -> list[list[float]]:
    """The best time of each query in µs, by engine: they take turns at every query, each as often first."""
    best = [[float("inf")] * len(texts) for _, texts in engines]
    plans = [
        [(it.core, _core.Plan(it.plan(text, ranking="bm25").core)) for text in texts]
        for it, texts in ((index._searcher, texts) for index, texts in engines)
    ]
    gc.disable()
    for repeat in range(repeats * len(engines)):
        order = [(repeat + place) % len(engines) for place in range(len(engines))]
        for number in range(len(engines[0][1])):
            for engine in order:
                core, plan = plans[engine][number]
                started = time.perf_counter_ns()
                core.search(plan, limit)
                took = (time.perf_counter_ns() - started) / 1000
                best[engine][number] = min(best[engine][number], took)
    gc.enable()
    return best


def main(arguments: Sequence[str]) -> int:
    """Builds both indexes, measures, prints a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks fields", description=__doc__)
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="keep the indexes there, and use those that are there")
    given = parser.parse_args(arguments)
    docs = list(islice(documents(data_folder() / "text"), given.docs))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        indexes = {
            name: searchlib.open(folder / name) if (folder / name).exists() else build(folder, name, docs)
            for name in SCHEMAS
        }
        print(
            f"{len(docs):,} documents, {given.queries} queries of a kind, top {given.limit}, µs (p50 / p95)"
        )
        print(
            "| | one field | two fields | ratio | again: one field | two fields | target |\n"
            + "|---" * 7
            + "|"
        )
        for kind, make in KINDS.items():
            texts = queries(docs, make, given.queries)
            engines = [(indexes[name], texts) for name in SCHEMAS]
            times = dict(zip(SCHEMAS, measure(engines, given.repeats, given.limit), strict=True))
            one, two = (times[name] + times[f"{name} again"] for name in ("joined", "fields"))
            noise = (
                percentile(times[f"{name} again"], 50) / percentile(times[name], 50)
                for name in ("joined", "fields")
            )
            ratio = percentile(two, 50) / percentile(one, 50)
            cells = [f"{percentile(its, 50):.1f} / {percentile(its, 95):.1f}" for its in (one, two)]
            cells += [f"{number:.2f}" for number in (ratio, *noise)]
            print(f"| {kind} | {' | '.join(cells)} | ≤ {TARGET} |", flush=True)
    return 0

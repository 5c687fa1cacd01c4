"""What expand="bo1" costs: the same queries with it and without, taking turns.

`python -m benchmarks feedback` prints, for questions and for short queries, by stored texts and by term
vectors, the median time from the string to the hits; of expansion where the best documents were read before,
as queries come of which none was asked before, by an index that was just opened, where it knows nothing of
any document nor of any word's rarity, and where no text was ever read, so that each token is analysed. What
term vectors cost is said before the table. The texts are those of $SEARCHLIB_DATA/text. A question is six to
twelve words of a text that stand side by side; a short query is one or two of its words.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import islice

from searchlib import Index, Plain, Schema, Text
from searchlib.search import feedback
from searchlib.sources.inference import TITLE_WEIGHT

from .fields import SEED, documents
from .vocabulary import WORD, data_folder

TARGET = 3.0
PLAIN, AGAIN, FIRST, COLD = "plain", "bo1, read before", "bo1, first time", "bo1, no text read"
COMING = "bo1, as they come"


def _question(chance: random.Random, words: Sequence[str]) -> str:
    at = chance.randrange(max(len(words) - 12, 1))
    return " ".join(words[at : at + chance.randint(6, 12)])


def _short(chance: random.Random, words: Sequence[str]) -> str:
    return " ".join(
        chance.sample([word for word in words if len(word) > 3] or words, 1 + chance.randrange(2))
    )


KINDS: dict[str, Callable[[random.Random, Sequence[str]], str]] = {"questions": _question, "short": _short}


def queries(docs: Sequence[tuple[str, str]], make: Callable[..., str], count: int) -> list[str]:
    """Of one document each."""
    chance, made = random.Random(SEED), list[str]()
    while len(made) < count:
        words = WORD.findall(chance.choice(docs)[1][:5_000])
        if len(words) > 12:
            made.append(make(chance, words))
    return made


def took(index: Index, query: str, how: str) -> float:
    """Microseconds."""
    if how in (FIRST, COLD):
        index._searcher._feedback.clear()  # what was read of documents, and how rare words are
    if how == COLD:
        feedback._COUNTERS.forget()  # what tokens mean
    started = time.perf_counter_ns()
    index.search(Plain(query), 10, expand=None if how == PLAIN else "bo1")
    return (time.perf_counter_ns() - started) / 1000


def built(docs: Sequence[tuple[str, str]], vectors: bool) -> Index:
    """An index in memory, of one segment. Prints what making it took, and how large it is."""
    index = Index.in_memory(
        Schema(title=Text(boost=TITLE_WEIGHT, term_vectors=vectors), body=Text(term_vectors=vectors))
    )
    started = time.process_time()
    with index.writer() as writer:
        for number, (title, body) in enumerate(docs):
            writer.add({"id": str(number), "title": title, "body": body})
        writer.commit(merge=False)
        seconds = time.process_time() - started
        writer.merge()
    index.refresh()
    num_bytes = sum(segment.entry.file.length for segment in index._searcher.segments)
    how = "with" if vectors else "without"
    print(f"{how} term vectors: {seconds:.2f} s of processor time to index, {num_bytes / 1e6:.2f} MB")
    return index


def measured(index: Index, texts: Sequence[str], repeats: int) -> dict[str, list[float]]:
    """The best time of each query, by how it was searched for."""
    best = {how: [float("inf")] * len(texts) for how in (PLAIN, COLD, FIRST, AGAIN)}
    gc.disable()
    for _ in range(repeats):
        for number, text in enumerate(texts):
            for how, times in best.items():
                times[number] = min(times[number], took(index, text, how))
    best[COMING] = [float("inf")] * len(texts)
    for _ in range(repeats):
        index._searcher._feedback.clear()
        feedback._COUNTERS.forget()
        for number, text in enumerate(texts):
            best[COMING][number] = min(best[COMING][number], took(index, text, COMING))
    gc.enable()
    return best


def main(arguments: Sequence[str]) -> int:
    """Builds two indexes in memory, measures, prints a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks feedback", description=__doc__)
    parser.add_argument("--docs", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args(arguments)
    docs = list(islice(documents(data_folder() / "text"), given.docs))
    indexes = {how: built(docs, how == "vectors") for how in ("texts", "vectors")}
    print(f"{len(docs):,} documents, {given.queries} queries of a kind, top 10, µs (p50), ≤ {TARGET:g} ×")
    columns = " | ratio | ".join((AGAIN, COMING, FIRST, COLD))
    print(f"| | {PLAIN} | {columns} | ratio |\n{'|---' * 10}|")
    for kind, make in KINDS.items():
        texts = queries(docs, make, given.queries)
        for how, index in indexes.items():
            best = measured(index, texts, given.repeats)
            plain, *others = (statistics.median(best[one]) for one in (PLAIN, AGAIN, COMING, FIRST, COLD))
            cells = " | ".join(f"{other:.0f} | {other / plain:.1f}" for other in others)
            print(f"| {kind}, {how} | {plain:.0f} | {cells} |", flush=True)
    return 0

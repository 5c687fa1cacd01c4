"""What filters, orders and facets cost, beside other engines on the same values, in one run.

`python -m benchmarks around` makes documents of 100 words of real text with four columns
(around_documents.py). First it prints what a filter costs searchlib itself: ten best of 2 to 4 words, with
and without one, by how many documents the filter lets through; cold means a filter that was never asked
before. Then orders and facets over all documents, by each engine that is installed (around_peers.py), in
turns of several calls. Then what the columns take on disk. `--distinct N`
asks for the most frequent of N values in place of all that, and tells the memory that it takes.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import multiprocessing
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from searchlib import F, Index, Keyword, Schema, Terms

from . import around_documents, patterns, vocabulary
from .around_documents import PRICES, SEED
from .around_peers import (
    LATEST,
    MONTHS,
    QUESTIONS,
    TAG_COUNTS,
    Ask,
    Peer,
    duckdb_peer,
    ours,
    sqlite_peer,
    tantivy_peer,
    whoosh_peer,
)
from .corpora import tokens
from .verdicts import Verdict

_FACTOR = 2.0  # how much faster than tantivy and DuckDB
_COLUMN_BYTES = 1.2  # of tantivy's fast fields
_MOST_WHOOSH = 20_000
_WARM = 4  # calls of an engine's turn behind the first

# ---- what a filter costs


def queries(count: int) -> list[str]:
    """Of 2 to 4 words that stand together somewhere in the text."""
    chance = random.Random(SEED + 1)
    made: list[str] = []
    texts = [document.text for document in patterns.passages(vocabulary.load(), 20_000)]
    while len(made) < count:
        words = [word for word in tokens(chance.choice(texts)) if len(word) > 3]
        if len(words) >= 4:
            made.append(" ".join(chance.sample(words, chance.randint(2, 4))))
    return made


class Limit(NamedTuple):
    """What a filtered search may take, of the unfiltered one's time and of one for a thousand hits, in µs."""

    text: str
    of: Callable[[float, float], float]


LIMITS = {
    90.0: Limit("1.2 × unfiltered", lambda ten, thousand: 1.2 * ten),
    50.0: Limit("1.2 × unfiltered", lambda ten, thousand: 1.2 * ten),
    10.0: Limit("1.5 × unfiltered + 50 µs", lambda ten, thousand: 1.5 * ten + 50),
    1.0: Limit("the greater of a search for 1,000 and 400 µs", lambda ten, thousand: max(thousand, 400)),
    0.1: Limit("200 µs", lambda ten, thousand: 200),
}


def filters(index: Index, count: int, repeats: int) -> Iterator[Verdict]:
    """Medians over the queries: each is asked without a filter, with one, and for a thousand, in turns."""
    texts = queries(count)
    for text in texts:
        index.search(text)
    chance = random.Random(SEED + 2)
    for percent, limit in LIMITS.items():
        width = int(PRICES * percent / 100)
        found: dict[str, list[float]] = {"ten": [], "thousand": [], "cold": [], "warm": []}
        for text in texts:
            best = dict.fromkeys(found, float("inf"))
            for _ in range(repeats):
                low = chance.randrange(PRICES - width + 1)
                for name, took in _turns(index, text, F.price.between(low, low + width - 1)).items():
                    best[name] = min(best[name], took)
            for name, took in best.items():
                found[name].append(took)
        medians = {name: statistics.median(times) for name, times in found.items()}
        allowed = limit.of(medians["ten"], medians["thousand"])
        yield Verdict(
            medians["warm"] <= allowed,
            f"a filter that lets {percent:g}% through: warm {medians['warm']:.0f} µs, "
            f"cold {medians['cold']:.0f}, no filter {medians['ten']:.0f}, "
            f"1,000 hits {medians['thousand']:.0f}; at most {limit.text} = {allowed:.0f} µs",
        )


def _turns(index: Index, text: str, within: Any) -> dict[str, float]:
    """The µs of one query in each way."""
    return {
        "ten": microseconds(lambda: index.search(text)),
        "cold": microseconds(lambda: index.search(text, filter=within)),
        "warm": microseconds(lambda: index.search(text, filter=within)),
        "thousand": microseconds(lambda: index.search(text, 1000)),
    }


# ---- beside others

TARGETS = {LATEST: 2000.0, TAG_COUNTS: 1000.0, MONTHS: 1000.0}
"""In µs at 100,000 matches for the facets, at any number of documents for the order."""


def beside(peers: Sequence[Peer], count: int, rounds: int) -> Iterator[Verdict]:
    """Medians over the rounds, the engines in turns. The first call of a turn finds the processor's caches as
    the others left them; those behind it are warm."""
    for question in QUESTIONS:
        cold = {peer.name: microseconds(peer.asks[question]) for peer in peers}
        firsts: dict[str, list[float]] = {peer.name: [] for peer in peers}
        times: dict[str, list[float]] = {peer.name: [] for peer in peers}
        for _ in range(rounds):
            for peer in peers:
                firsts[peer.name].append(microseconds(peer.asks[question]))
                times[peer.name] += [microseconds(peer.asks[question]) for _ in range(_WARM)]
        medians = {name: statistics.median(found) for name, found in times.items()}
        own = medians["searchlib"]
        allowed = TARGETS.get(question, float("inf"))
        if question != LATEST:
            allowed *= max(1.0, count / 100_000)
        judged = [medians[name] for name in ("tantivy", "DuckDB") if name in medians]
        met = own <= allowed and all(own * _FACTOR <= other for other in judged)
        shown = ", ".join(
            f"{name} {took:.0f}{'' if name == 'searchlib' else f' ({took / own:.1f} ×)'} "
            f"[{statistics.median(firsts[name]):.0f}, {cold[name]:.0f}]"
            for name, took in medians.items()
        )
        limit = f"at most {allowed:.0f} µs and " if allowed < float("inf") else ""
        yield Verdict(
            met,
            f"{question}, µs [first of a turn, first of all]: {shown}; {limit}"
            f"{_FACTOR:g} × as fast as tantivy and DuckDB",
        )


def sizes(peers: Sequence[Peer]) -> Iterator[Verdict]:
    """The bytes of the columns beside tantivy's fast fields."""
    found = {peer.name: peer.column_bytes for peer in peers}
    own, other = found["searchlib"], found.get("tantivy")
    if own is not None and other is not None:
        yield Verdict(
            own <= _COLUMN_BYTES * other,
            f"columns of {own:,} bytes, tantivy's fast fields {other:,}: {own / other:.2f} ×, "
            f"at most {_COLUMN_BYTES} ×",
        )


def microseconds(ask: Ask) -> float:
    """How long a call takes a processor: on a machine that is shared, the clock tells of others as well."""
    started = time.process_time_ns()
    ask()
    return (time.process_time_ns() - started) / 1000


# ---- many values


def _numbers(count: int) -> list[int]:
    """Each of the values three times, and the first hundred more often: 20 times, 21 and so on."""
    found = [*range(count)] * 3
    for number in range(min(count, 100)):
        found += [number] * (17 + number)
    random.Random(SEED + 3).shuffle(found)
    return found


def _value(number: int, count: int) -> str:
    return f"value {number * 7919 % count:08}"


def _build_distinct(folder: Path, count: int) -> None:
    index = Index.create(folder, Schema(value=Keyword(stored=False)))
    with index.writer() as writer:
        writer.add_many({"value": _value(number, count)} for number in _numbers(count))


def distinct(folder: Path, count: int) -> Iterator[Verdict]:
    """A facet over all documents: is it exact? Another process makes the index, so that this one's memory is
    that of the search."""
    made = multiprocessing.get_context("spawn").Process(
        target=_build_distinct, args=(folder / "distinct", count)
    )
    made.start()
    made.join()
    index = Index.open(folder / "distinct")
    index.search("*:*", 1)
    before = _resident_mib()
    facet = Terms("value", limit=10)
    times = [microseconds(lambda: index.search("*:*", 0, facets=facet)) / 1000 for _ in range(5)]
    after = _resident_mib()
    found: Any = index.search("*:*", 0, facets=facet).facets["value"]
    numbers = _numbers(count)
    best = sorted(Counter(numbers).items(), key=lambda one: (-one[1], _value(one[0], count)))[:10]
    yield Verdict(
        [(one.value, one.count) for one in found] == [(_value(number, count), n) for number, n in best],
        f"the ten most frequent of {count:,} values in {len(numbers):,} documents: cold {times[0]:.1f} ms, "
        f"warm {statistics.median(times[1:]):.1f}; {before:.0f} MiB of memory before, {after:.0f} at most",
    )


def _resident_mib() -> float:
    """The most memory that the process has had at any time."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextlib.contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is None:
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)
    else:
        given.mkdir(parents=True, exist_ok=True)
        yield given


def main(arguments: Sequence[str]) -> int:
    """One line a question; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks around", description=__doc__)
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=7, help="of each query; the best counts")
    parser.add_argument("--rounds", type=int, default=15, help="of each order and facet; the median counts")
    parser.add_argument("--folder", type=Path, help="where indexes are kept, and looked for")
    parser.add_argument("--distinct", type=int, help="values of the one facet that is asked for")
    given = parser.parse_args(arguments)
    met = True
    with _folder(given.folder) as folder:
        for verdict in distinct(folder, given.distinct) if given.distinct else _all(folder, given):
            met = met and verdict.met
            print(verdict, flush=True)
    return int(not met)


def _all(folder: Path, given: argparse.Namespace) -> Iterator[Verdict]:
    index = around_documents.build(folder / "searchlib", given.docs)
    print(f"       {given.docs:,} documents, four columns", flush=True)
    gc.disable()
    yield from filters(index, given.queries, given.repeats)
    found = {
        "tantivy": tantivy_peer(folder / "tantivy", given.docs),
        "duckdb": duckdb_peer(folder / "duckdb", given.docs),
        "sqlite": sqlite_peer(folder / "sqlite", given.docs),
    }
    if given.docs <= _MOST_WHOOSH:
        found["whoosh"] = whoosh_peer(folder / "whoosh", given.docs)
    for name, peer in found.items():
        if peer is None:
            print(f"{name} is absent: pip install {name}", file=sys.stderr)
    peers = [ours(index), *(peer for peer in found.values() if peer is not None)]
    yield from beside(peers, given.docs, given.rounds)
    yield from sizes(peers)

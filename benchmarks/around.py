"""What filters, orders and facets cost, beside tantivy and DuckDB on the same values, in one run.

`python -m benchmarks around` makes documents of 100 words of real text (those of $SEARCHLIB_DATA, see
vocabulary.py) with four columns: a price, a date, one of 50 tags, a boolean. First it prints what a filter
costs searchlib itself: ten best of 2 to 4 words, with and without one, by how many documents the filter lets
through; cold means a filter that was never asked before. Then orders and facets over all documents, by each
engine that is installed, in turns. DuckDB has the columns alone, SQLite an index on each.
"""

from __future__ import annotations

import argparse
import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from searchlib import Boolean, Date, F, Histogram, Index, Keyword, Number, Schema, Text

from . import patterns, vocabulary
from .corpora import tokens
from .verdicts import Verdict

SEED = 20261129
PRICES = 1_000_000
"""A price is below it, and evenly spread: n per cent of that lets n per cent of the documents through."""
TAGS = [f"tag{number:02}" for number in range(50)]
SCHEMA = Schema(
    body=Text(stored=False), price=Number(), published=Date(), tag=Keyword(), sold=Boolean(stored=False)
)
_FIRST_DAY = datetime(2010, 1, 1, tzinfo=timezone.utc)
_SECONDS = 15 * 365 * 86_400
_FACTOR = 2.0  # how much faster than either peer


class Row(NamedTuple):
    """One document: `published` in seconds since 1970."""

    number: int
    text: str
    price: int
    published: int
    tag: str
    sold: bool

    @property
    def moment(self) -> datetime:
        """`published`, in UTC."""
        return datetime.fromtimestamp(self.published, timezone.utc)


def rows(count: int) -> Iterator[Row]:
    """The documents: the text is cut from real text, over and over from another place; the rest is drawn."""
    chance = random.Random(SEED)
    texts = [document.text for document in patterns.passages(vocabulary.load(), min(count, 100_000))]
    first = int(_FIRST_DAY.timestamp())
    for number in range(count):
        half, other = texts[number % len(texts)], texts[chance.randrange(len(texts))]
        text = half if number < len(texts) else half[: len(half) // 2] + " " + other[len(other) // 2 :]
        tag = TAGS[min(int(50 * chance.random() ** 2), 49)]
        yield Row(
            number,
            text,
            chance.randrange(PRICES),
            first + chance.randrange(_SECONDS),
            tag,
            chance.random() < 0.3,
        )


def build(folder: Path, count: int) -> Index:
    """One segment with all documents."""
    index = Index.create(folder / "searchlib", SCHEMA)
    with index.writer() as writer:
        for row in rows(count):
            writer.add(
                {
                    "id": str(row.number),
                    "body": row.text,
                    "price": row.price,
                    "published": row.moment,
                    "tag": row.tag,
                    "sold": row.sold,
                }
            )
        writer.commit(merge=False)
        writer.merge()
    index.refresh()
    return index


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

Ask = Callable[[], Any]


class Peer(NamedTuple):
    """The same questions in one engine's words; what one cannot answer is missing."""

    name: str
    asks: Mapping[str, Ask]


LATEST, TAG_COUNTS, MONTHS, RANGE = (
    "ten latest of all",
    "documents of each of 50 tags",
    "documents of each month",
    "documents in a tenth of the prices",
)
TARGETS = {LATEST: 2000.0, TAG_COUNTS: 1000.0, MONTHS: 1000.0}
"""In µs at 100,000 matches for the facets, at any number of documents for the order."""
_LOW, _HIGH = 300_000, 399_999


def ours(index: Index) -> Peer:
    """searchlib."""
    return Peer(
        "searchlib",
        {
            LATEST: lambda: [hit.id for hit in index.search("*:*", sort="-published")],
            TAG_COUNTS: lambda: index.search("*:*", 0, facets="tag").facets["tag"],
            MONTHS: lambda: index.search("*:*", 0, facets=Histogram("published", "month")).facets[
                "published"
            ],
            RANGE: lambda: index.search("*:*", 0, filter=F.price.between(_LOW, _HIGH)).total,
        },
    )


def tantivy_peer(folder: Path, count: int) -> Peer | None:
    """Fast fields, a range query, order_by_field and aggregations."""
    try:
        import tantivy
    except ImportError:
        return None
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_text_field("tag", tokenizer_name="raw", fast=True)
    for name in ("number", "price"):
        builder.add_integer_field(name, fast=True, indexed=True)
    builder.add_date_field("published", fast=True, indexed=True)
    schema = builder.build()
    (folder / "tantivy").mkdir()
    index = tantivy.Index(schema, path=str(folder / "tantivy"))
    writer = index.writer(heap_size=256 << 20, num_threads=1)
    for row in rows(count):
        document = tantivy.Document(body=row.text, tag=row.tag, number=row.number, price=row.price)
        document.add_date("published", row.moment.replace(tzinfo=None))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    everything = tantivy.Query.all_query()
    within = tantivy.Query.range_query(schema, "price", tantivy.FieldType.Integer, _LOW, _HIGH)

    def latest() -> Any:
        hits = searcher.search(everything, 10, count=False, order_by_field="published").hits
        return searcher.fast_field_values("number", [address for _, address in hits])

    return Peer(
        "tantivy",
        {
            LATEST: latest,
            TAG_COUNTS: lambda: searcher.aggregate(
                everything, {"it": {"terms": {"field": "tag", "size": 10}}}
            ),
            MONTHS: lambda: searcher.aggregate(
                everything, {"it": {"date_histogram": {"field": "published", "fixed_interval": "30d"}}}
            ),
            RANGE: lambda: searcher.search(within, 1, count=True).count,
        },
    )


_SQL = {
    LATEST: "SELECT number FROM docs ORDER BY published DESC LIMIT 10",
    TAG_COUNTS: "SELECT tag, count(*) AS n FROM docs GROUP BY tag ORDER BY n DESC LIMIT 10",
    RANGE: f"SELECT count(*) FROM docs WHERE price BETWEEN {_LOW} AND {_HIGH}",
}


def duckdb_peer(folder: Path, count: int) -> Peer | None:
    """A table of the columns, on disk, one thread."""
    try:
        import duckdb
    except ImportError:
        return None
    file = folder / "columns.csv"
    with file.open("w", encoding="utf-8") as out:
        for row in rows(count):
            out.write(f"{row.number},{row.price},{row.moment:%Y-%m-%d %H:%M:%S},{row.tag},{row.sold}\n")
    database = duckdb.connect(str(folder / "duckdb"))
    database.execute("SET threads = 1")
    database.execute(
        "CREATE TABLE docs (number INT, price INT, published TIMESTAMP, tag VARCHAR, sold BOOLEAN)"
    )
    database.execute(f"COPY docs FROM '{file}'")
    months = "SELECT date_trunc('month', published) AS month, count(*) FROM docs GROUP BY month"
    texts = {**_SQL, MONTHS: months}
    return Peer("DuckDB", {name: _asker(database, text) for name, text in texts.items()})


def sqlite_peer(folder: Path, count: int) -> Peer:
    """The same with an index on every column."""
    database = sqlite3.connect(folder / "sqlite")
    database.execute("CREATE TABLE docs (number, price, published, tag, sold)")
    values = (
        (row.number, row.price, f"{row.moment:%Y-%m-%d %H:%M:%S}", row.tag, row.sold) for row in rows(count)
    )
    database.executemany("INSERT INTO docs VALUES (?, ?, ?, ?, ?)", values)
    for name in ("price", "published", "tag"):
        database.execute(f"CREATE INDEX by_{name} ON docs ({name})")
    database.commit()
    months = "SELECT substr(published, 1, 7) AS month, count(*) FROM docs GROUP BY month"
    texts = {**_SQL, MONTHS: months}
    return Peer("SQLite", {name: _asker(database, text) for name, text in texts.items()})


def _asker(database: Any, text: str) -> Ask:
    return lambda: database.execute(text).fetchall()


def beside(peers: Sequence[Peer], count: int, repeats: int) -> Iterator[Verdict]:
    """Medians over the rounds, the engines in turns."""
    for question in (LATEST, TAG_COUNTS, MONTHS, RANGE):
        times: dict[str, list[float]] = {peer.name: [] for peer in peers}
        for _ in range(repeats):
            for peer in peers:
                times[peer.name].append(microseconds(peer.asks[question]))
        medians = {name: statistics.median(found) for name, found in times.items()}
        own = medians.pop("searchlib")
        allowed = TARGETS.get(question, float("inf"))
        if question != LATEST:
            allowed *= max(1.0, count / 100_000)
        judged = [medians[name] for name in ("tantivy", "DuckDB") if name in medians]
        met = own <= allowed and all(own * _FACTOR <= other for other in judged)
        shown = ", ".join(f"{name} {took:.0f} ({took / own:.1f} ×)" for name, took in medians.items())
        limit = f"; at most {allowed:.0f} µs" if allowed < float("inf") else ""
        yield Verdict(
            met, f"{question}: {own:.0f} µs, {shown}{limit} and a {_FACTOR:g}th of tantivy's and DuckDB's"
        )


def microseconds(ask: Ask) -> float:
    """How long a call takes."""
    started = time.perf_counter_ns()
    ask()
    return (time.perf_counter_ns() - started) / 1000


def main(arguments: Sequence[str]) -> int:
    """One line a question; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks around", description=__doc__)
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=7)
    given = parser.parse_args(arguments)
    met = True
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        index = build(folder, given.docs)
        print(f"       {given.docs:,} documents, four columns", flush=True)
        gc.disable()
        for verdict in filters(index, given.queries, given.repeats):
            met = met and verdict.met
            print(verdict, flush=True)
        found = (
            tantivy_peer(folder, given.docs),
            duckdb_peer(folder, given.docs),
            sqlite_peer(folder, given.docs),
        )
        for name, peer in zip(("tantivy", "duckdb"), found, strict=False):
            if peer is None:
                print(f"{name} is absent: pip install {name}", file=sys.stderr)
        peers = [ours(index), *(peer for peer in found if peer is not None)]
        for verdict in beside(peers, given.docs, given.repeats):
            met = met and verdict.met
            print(verdict, flush=True)
    return int(not met)

"""The questions of `around` in the words of searchlib, tantivy, DuckDB, SQLite and Whoosh.

Each engine makes its index of the same documents where it is not there yet. DuckDB has the columns alone,
SQLite an index on each beside the texts' (FTS5). What is measured, and what is wanted, is not known here.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from searchlib import F, Histogram, Index, Terms
from searchlib.storage.parts import column_part

from .around_documents import PRICES, SEED, rows

Ask = Callable[[], Any]
LATEST, TAG_COUNTS, TAGS_OF_HALF, MONTHS, RANGE = (
    "ten latest of all",
    "documents of each of 50 tags",
    "the same of those in half of the prices, each time another half",
    "documents of each month",
    "documents in a tenth of the prices",
)
QUESTIONS = (LATEST, TAG_COUNTS, TAGS_OF_HALF, MONTHS, RANGE)
_LOW, _HIGH = 300_000, 399_999


def _halves() -> Callable[[], tuple[int, int]]:
    """Halves of the prices, a new one at each call: what is kept of a filter helps nobody."""
    chance = random.Random(SEED)

    def half() -> tuple[int, int]:
        low = chance.randrange(PRICES // 2)
        return low, low + PRICES // 2 - 1

    return half


class Peer(NamedTuple):
    """The same questions in one engine's words; what one cannot answer is missing. column_bytes: of its four
    columns on disk, if that can be told."""

    name: str
    asks: Mapping[str, Ask]
    column_bytes: int | None = None


def ours(index: Index) -> Peer:
    """searchlib."""
    searcher: Any = index.search("*:*", 1)._searcher
    half = _halves()
    return Peer(
        "searchlib",
        {
            LATEST: lambda: [hit.id for hit in index.search("*:*", sort="-published")],
            TAG_COUNTS: lambda: index.search("*:*", 0, facets=Terms("tag", 50)).facets["tag"],
            TAGS_OF_HALF: lambda: index.search(
                "*:*", 0, filter=F.price.between(*half()), facets=Terms("tag", 50)
            ).facets["tag"],
            MONTHS: lambda: index.search("*:*", 0, facets=Histogram("published", "month")).facets[
                "published"
            ],
            RANGE: lambda: index.search("*:*", 0, filter=F.price.between(_LOW, _HIGH)).total,
        },
        sum(
            length
            for segment in searcher.segments
            for part, (_, length) in segment.file.parts.items()
            if part.startswith(column_part(""))
        ),
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
    builder.add_boolean_field("sold", fast=True)
    schema = builder.build()
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        unfinished.mkdir()
        made = tantivy.Index(schema, path=str(unfinished))
        writer = made.writer(heap_size=256 << 20, num_threads=1)
        for row in rows(count):
            document = tantivy.Document(
                body=row.text, tag=row.tag, number=row.number, price=row.price, sold=row.sold
            )
            document.add_date("published", row.moment.replace(tzinfo=None))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        unfinished.rename(folder)
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    everything = tantivy.Query.all_query()
    within = tantivy.Query.range_query(schema, "price", tantivy.FieldType.Integer, _LOW, _HIGH)

    half = _halves()

    def tags_of_half() -> Any:
        some = tantivy.Query.range_query(schema, "price", tantivy.FieldType.Integer, *half())
        return searcher.aggregate(some, {"it": {"terms": {"field": "tag", "size": 50}}})

    def latest() -> Any:
        hits = searcher.search(everything, 10, count=False, order_by_field="published").hits
        return searcher.fast_field_values("number", [address for _, address in hits])

    return Peer(
        "tantivy",
        {
            LATEST: latest,
            TAG_COUNTS: lambda: searcher.aggregate(
                everything, {"it": {"terms": {"field": "tag", "size": 50}}}
            ),
            TAGS_OF_HALF: tags_of_half,
            MONTHS: lambda: searcher.aggregate(
                everything, {"it": {"date_histogram": {"field": "published", "fixed_interval": "30d"}}}
            ),
            RANGE: lambda: searcher.search(within, 1, count=True).count,
        },
        sum(file.stat().st_size for file in folder.glob("*.fast")),
    )


_SQL = {
    LATEST: "SELECT number FROM docs ORDER BY published DESC LIMIT 10",
    TAG_COUNTS: "SELECT tag, count(*) AS n FROM docs GROUP BY tag ORDER BY n DESC",
    RANGE: f"SELECT count(*) FROM docs WHERE price BETWEEN {_LOW} AND {_HIGH}",
}


def duckdb_peer(folder: Path, count: int) -> Peer | None:
    """A table of the columns, on disk, one thread."""
    try:
        import duckdb
    except ImportError:
        return None
    is_new = not folder.exists()
    database = duckdb.connect(str(folder))
    database.execute("SET threads = 1")
    if is_new:
        file = folder.with_name("columns.csv")
        with file.open("w", encoding="utf-8") as out:
            for row in rows(count):
                out.write(f"{row.number},{row.price},{row.moment:%Y-%m-%d %H:%M:%S},{row.tag},{row.sold}\n")
        database.execute(
            "CREATE TABLE docs (number INT, price INT, published TIMESTAMP, tag VARCHAR, sold BOOLEAN)"
        )
        database.execute(f"COPY docs FROM '{file}'")
    months = "SELECT date_trunc('month', published) AS month, count(*) FROM docs GROUP BY month"
    texts = {**_SQL, MONTHS: months}
    asks = {name: _asker(database, text) for name, text in texts.items()}
    return Peer("DuckDB", {**asks, TAGS_OF_HALF: _tags_of_half(database)})


def sqlite_peer(folder: Path, count: int) -> Peer:
    """The same with an index on every column, and FTS5 beside them."""
    is_new = not folder.exists()
    database = sqlite3.connect(folder)
    if is_new:
        database.execute("CREATE TABLE docs (number, price, published, tag, sold)")
        database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, content='')")
        for row in rows(count):
            values = (row.number, row.price, f"{row.moment:%Y-%m-%d %H:%M:%S}", row.tag, row.sold)
            database.execute("INSERT INTO docs VALUES (?, ?, ?, ?, ?)", values)
            database.execute("INSERT INTO texts (rowid, body) VALUES (?, ?)", (row.number, row.text))
        for name in ("price", "published", "tag"):
            database.execute(f"CREATE INDEX by_{name} ON docs ({name})")
        database.commit()
    months = "SELECT substr(published, 1, 7) AS month, count(*) FROM docs GROUP BY month"
    texts = {**_SQL, MONTHS: months}
    asks = {name: _asker(database, text) for name, text in texts.items()}
    return Peer("SQLite", {**asks, TAGS_OF_HALF: _tags_of_half(database)})


def _asker(database: Any, text: str) -> Ask:
    return lambda: database.execute(text).fetchall()


def _tags_of_half(database: Any) -> Ask:
    half = _halves()
    text = "SELECT tag, count(*) AS n FROM docs WHERE price BETWEEN ? AND ? GROUP BY tag ORDER BY n DESC"
    return lambda: database.execute(text, half()).fetchall()


def whoosh_peer(folder: Path, count: int) -> Peer | None:
    """Sorted and grouped by fields with columns; only of few documents, for its time."""
    try:
        from whoosh import columns, fields, index, query, sorting
    except ImportError:
        return None
    if not folder.exists():
        schema = fields.Schema(
            number=fields.STORED,
            body=fields.TEXT,
            price=fields.NUMERIC(sortable=True),
            published=fields.NUMERIC(bits=64, sortable=True),
            tag=fields.ID(sortable=True),
            sold=fields.BOOLEAN,
        )
        schema["sold"].column_type = columns.BitColumn()
        folder.mkdir()
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for row in rows(count):
            writer.add_document(
                number=row.number,
                body=row.text,
                price=row.price,
                published=row.published,
                tag=row.tag,
                sold=row.sold,
            )
        writer.commit()
    searcher = index.open_dir(str(folder)).searcher()
    everything = query.Every()
    months = sorting.RangeFacet("published", 1_262_304_000, 1_735_344_000, 30 * 86_400)

    def latest() -> Any:
        found = searcher.search(everything, limit=10, sortedby="published", reverse=True)
        return [hit["number"] for hit in found]

    half = _halves()

    def groups(facet: Any, within: Any = everything) -> Any:
        found = searcher.search(within, limit=1, groupedby={"it": facet}, maptype=sorting.Count)
        return found.groups("it")

    return Peer(
        "Whoosh",
        {
            LATEST: latest,
            TAG_COUNTS: lambda: groups(sorting.FieldFacet("tag")),
            TAGS_OF_HALF: lambda: groups(sorting.FieldFacet("tag"), query.NumericRange("price", *half())),
            MONTHS: lambda: groups(months),
            RANGE: lambda: len(searcher.search(query.NumericRange("price", _LOW, _HIGH), limit=1)),
        },
    )

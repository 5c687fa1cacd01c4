"""What four columns cost while documents are indexed: a date, a number, one of 50 keywords, a boolean.

`python -m benchmarks columns` indexes the same documents without these fields, with their columns alone, and
with columns and stored values, as the schema's defaults have it; a second index without them tells the noise.
All take turns, and seconds of processors count, those of all threads. Once the documents are passages of 100
words of real text, once the whole texts of $SEARCHLIB_DATA/text.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path
from typing import Any

from searchlib import Boolean, Date, Index, Keyword, Number, Schema, Text

from . import around_documents, fields
from .verdicts import Verdict
from .vocabulary import data_folder

_MOST = 1.15
_SCHEMAS = {
    "no columns": Schema(body=Text()),
    "no columns again": Schema(body=Text()),
    "columns alone": Schema(
        body=Text(),
        price=Number(stored=False),
        published=Date(stored=False),
        tag=Keyword(stored=False),
        sold=Boolean(stored=False),
    ),
    "columns and stored values": Schema(
        body=Text(), price=Number(), published=Date(), tag=Keyword(), sold=Boolean()
    ),
}

Document = Mapping[str, Any]


def passages(count: int) -> list[Document]:
    """Of 100 words, with values."""
    return [row.document for row in around_documents.rows(count)]


def whole_texts(count: int) -> list[Document]:
    """As people wrote them, with values that are drawn."""
    chance = random.Random(around_documents.SEED)
    found = islice(fields.documents(data_folder() / "text"), count)
    return [
        {
            "id": str(number),
            "body": f"{title}\n{text}",
            "price": chance.randrange(around_documents.PRICES),
            "published": datetime.fromtimestamp(chance.randrange(10**9, 2 * 10**9), timezone.utc),
            "tag": chance.choice(around_documents.TAGS),
            "sold": chance.random() < 0.3,
        }
        for number, (title, text) in enumerate(found)
    ]


_KINDS = {"passages of 100 words": passages, "whole texts": whole_texts}


def seconds(schema: Schema, documents: Sequence[Document], folder: Path) -> float:
    """Of processors, from the first document to the commit's return."""
    given = [{name: one[name] for name in ("id", *schema)} for one in documents]
    index = Index.create(folder, schema)
    started = time.process_time()
    with index.writer(threads=1) as writer:
        writer.add_many(given)
    taken = time.process_time() - started
    index.close()
    return taken


def measures(what: str, documents: Sequence[Document], rounds: int) -> Iterator[str | Verdict]:
    """A line for each schema, beside the first one: medians of the rounds' ratios."""
    times: dict[str, list[float]] = {name: [] for name in _SCHEMAS}
    for number in range(rounds):
        names = list(_SCHEMAS) if number % 2 == 0 else list(reversed(_SCHEMAS))
        for name in names:
            with tempfile.TemporaryDirectory() as folder:
                times[name].append(seconds(_SCHEMAS[name], documents, Path(folder) / "index"))
    plain = times.pop("no columns")
    yield f"       {len(documents):,} {what}: {statistics.median(plain):.2f} s of processors without columns"
    for name, found in times.items():
        ratio = statistics.median(one / other for one, other in zip(found, plain, strict=True))
        best = min(found) / min(plain)
        line = f"{what}, {name}: {statistics.median(found):.2f} s, {ratio:.3f} × (the best {best:.3f} ×)"
        if name.startswith("columns"):
            yield Verdict(ratio <= _MOST, f"{line}, at most {_MOST}")
        else:
            yield f"       {line}"


def main(arguments: Sequence[str]) -> int:
    """One line a schema; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks columns", description=__doc__)
    parser.add_argument("--docs", type=int, default=100_000, help="at most so many of each kind")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--of", choices=_KINDS, action="append", help="of one kind alone")
    given = parser.parse_args(arguments)
    met = True
    gc.disable()
    for what in given.of or _KINDS:
        documents = _KINDS[what](given.docs)
        for line in measures(what, documents, given.rounds):
            met = met and not (isinstance(line, Verdict) and not line.met)
            print(line, flush=True)
        del documents
    return int(not met)

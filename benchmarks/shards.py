"""Shards of a collection, made of the first documents of a generated corpus and kept beside it.

Each is a collection of one shard: what a worker of a larger collection opens. What it cost to make is kept
with it.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchlib import Index, Integer, Keyword, Schema, Text
from searchlib.cluster.manifest import CollectionManifest, ShardEntry, replace_collection
from searchlib.cluster.ordinals import ORDINAL, shard_schema

from . import corpora

SCHEMA = Schema(
    title=Text(boost=2.0),
    body=Text(),
    language=Keyword(column=True),
    words=Integer(),
)


def shard(corpus: str, num_docs: int, skipped: int = 0) -> Path:
    """The folder of the collection whose shard has so many documents of the corpus, behind those skipped."""
    path = corpora.DATA / f"{corpus}.shard-{num_docs}-{skipped}"
    if path.exists():
        return path
    source = corpora.DATA / f"{corpus}.jsonl"
    if not source.exists():
        raise SystemExit(f"{source} is not there: make it with `python -m benchmarks generate {corpus}`")
    print(f"{num_docs:,} documents of {corpus} are indexed into {path}", file=sys.stderr)
    unfinished = path.with_name(path.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    index = Index.create(unfinished / "shard-0", shard_schema(SCHEMA))
    documents = list(_documents(source, num_docs, skipped))
    began, worked = time.perf_counter(), _worked()
    with index.writer(memory_mb=1024, threads=2) as writer:
        writer.add_many(documents)
    cost = {"seconds": time.perf_counter() - began, "processor_seconds": _worked() - worked}
    index.refresh()
    if len(index) != num_docs:
        raise SystemExit(f"{source} has fewer than {num_docs + skipped:,} documents")
    entry = ShardEntry("shard-0", index.stats()["generation"], num_docs)
    index.close()
    replace_collection(unfinished, CollectionManifest(1, SCHEMA.to_dict(), (entry,), num_docs))
    (unfinished / "cost.json").write_text(json.dumps(cost), "utf-8")
    unfinished.replace(path)
    return path


def _documents(source: Path, num_docs: int, skipped: int) -> Iterator[dict[str, Any]]:
    with source.open(encoding="utf-8") as lines:
        for ordinal, line in enumerate(itertools.islice(lines, skipped, skipped + num_docs)):
            document = json.loads(line)
            document |= {"language": document["id"][:2], "words": document["body"].count(" ") + 1}
            yield document | {ORDINAL: ordinal}


def _worked() -> float:
    """Processor seconds of this process and its children, all threads together."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def cost_of(path: Path) -> dict[str, float]:
    """What making it took: seconds, and processor_seconds of all threads."""
    cost: dict[str, float] = json.loads((path / "cost.json").read_text("utf-8"))
    return cost

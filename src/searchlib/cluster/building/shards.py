"""The documents of one shard, from the spools of all parts, into an ordinary index folder.

The writer is the ordinary one, and documents come in the order of their ordinals. So the folder has the same
bytes whenever and wherever it is made.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...index import Index
from ...schema import ID, Schema
from ...storage.files import LOCK
from ..manifest import ShardEntry
from ..ordinals import ORDINAL, shard_schema
from ..shard_folders import shard_path
from .places import Job, made_whole
from .spools import Spooled, spooled
from .told import Teller


def shard_task(shard: int) -> str:
    """What the task is called where it tells how far it is."""
    return f"shard-{shard:04}"


def index_shard(
    job: Job,
    shard: int,
    schema: Mapping[str, Any],
    parts: Sequence[str],
    renamed: str,
    gone: Sequence[int],
    version: int,
) -> ShardEntry:
    """Index a shard, unless that was done. parts, renamed: folders of spools; gone: as of Renamed."""
    path = shard_path(shard, version)
    final = Path(job.folder) / path
    if not final.is_dir():
        with made_whole(final) as temporary:
            fields = Schema.from_dict(schema)
            documents = _documents(shard, tuple(fields.encoded_kinds), parts, renamed, frozenset(gone))
            _write(job, shard, temporary, fields, documents)
    with Index.open(final) as index:
        return ShardEntry(path, index.generation, len(index))


def _documents(
    shard: int, dates: Sequence[str], parts: Sequence[str], renamed: str, gone: frozenset[int]
) -> Iterator[Spooled]:
    read = itertools.chain.from_iterable(spooled(Path(folder), shard, dates) for folder in parts)
    kept = (each for each in read if each.ordinal not in gone)
    moved = spooled(Path(renamed), shard, dates) if renamed else iter(())
    return heapq.merge(kept, moved, key=lambda each: each.ordinal)


def _write(job: Job, shard: int, folder: Path, schema: Schema, documents: Iterator[Spooled]) -> None:
    index = Index.create(folder, shard_schema(schema))
    teller = Teller(job.building / "told", shard_task(shard))
    num_documents, before = 0, -1
    with index, index.writer(memory_mb=job.memory_mb) as writer:
        for ordinal, _, document in documents:
            assert ordinal > before, f"{document[ID]} comes behind a document that it should precede"
            before = ordinal
            document[ORDINAL] = ordinal
            writer.add(document)
            num_documents += 1
            teller.tell(num_documents, 0)
    (folder / LOCK).unlink(missing_ok=True)  # it names the process that held it

"""Which folders an index holds, which file a document came from, and how a folder leaves an index.

All of it is read from the record that update_index keeps in the index's metadata.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from .ledger import Ledger
from .ownership import path_of
from .update import Writer


class HeldFolder(NamedTuple):
    """A folder that an index holds, or a file that was given by itself; time: of the last run, ISO 8601."""

    path: str
    num_files: int
    num_documents: int
    time: str


class SourcedIndex(Protocol):
    """What is needed of an Index: its metadata and its schema."""

    @property
    def metadata(self) -> Mapping[str, Any]: ...

    @property
    def schema(self) -> Any: ...


def folders_of(index: SourcedIndex) -> list[HeldFolder]:
    """The folders and files that an index was made from, in the order of their paths."""
    ledger = Ledger(dict(index.metadata), index.schema)
    given = ledger.given
    held: list[HeldFolder] = []
    counts: dict[str, list[int]] = {path: [0, 0] for path in given}
    for key in list(ledger.keys()):
        if not key[0]:
            continue
        owner = key[0] if key[0] in given else path_of(key)
        count = counts.setdefault(owner, [0, 0])
        count[0] += 1
        count[1] += len(ledger.ids(key))
    for path, (num_files, num_documents) in sorted(counts.items()):
        held.append(HeldFolder(path, num_files, num_documents, given.get(path, "")))
    return held


def path_of_document(index: SourcedIndex, document_id: str) -> str | None:
    """The file that a document came from; None if none is known, or it was standard input."""
    ledger = Ledger(dict(index.metadata), index.schema)
    return next((path_of(key) or None for key, ids in ledger.all_ids() if document_id in ids), None)


def remove_folder(writer: Writer, path: str | os.PathLike[str]) -> int:
    """Delete the documents of all files that are, or lie under, that path; returns how many there were."""
    ledger = Ledger(writer.metadata, writer.schema)
    absolute = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
    num_removed = 0
    for key in list(ledger.under(absolute)):
        num_removed += sum(bool(writer.delete(document_id)) for document_id in ledger.ids(key))
        ledger.forget(key)
    ledger.drop(absolute)
    return num_removed

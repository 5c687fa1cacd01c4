"""What an index holds of which folder, and where a document came from, as the record of its files says.

It reads the record that update_index keeps in the index's metadata. What was added by programs, or by hand,
is in no record.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Protocol

from ..records import Record
from ..schema import Schema
from .ledger import Ledger
from .ownership import Key, path_of


class Holding(Record):
    """A folder that was read into an index.

    path: absolute; "" for standard input. num_files: those that gave documents. num_documents: those of them
    that are in the index. num_bytes: of the files, when they were read. num_refused: rows that were not
    taken. is_gone: whether the folder is no longer there. last_run: when it was last read, ISO 8601;
    "" if that is not known. is_folder: whether the folder was given to a run, or single files in it alone.
    """

    path: str
    num_files: int
    num_documents: int
    num_bytes: int
    num_refused: int
    is_gone: bool
    last_run: str = ""
    is_folder: bool = True


class Recorded(Protocol):
    """What a record is read from: an Index, or what is like one."""

    @property
    def metadata(self) -> Mapping[str, Any]: ...

    @property
    def schema(self) -> Schema: ...


class HoldsDocuments(Recorded, Protocol):
    """What is needed of an Index."""

    def __contains__(self, document_id: object) -> bool: ...


class RemovesDocuments(Protocol):
    """What is needed of an IndexWriter."""

    metadata: dict[str, Any]

    @property
    def schema(self) -> Schema: ...

    def delete(self, document_id: str, /) -> bool: ...


def holdings(index: HoldsDocuments) -> list[Holding]:
    """The folders that the index was made from, in the order of their paths."""
    ledger = _ledger(index)
    by_root: dict[str, list[str]] = {}
    for root, name in ledger.keys():  # noqa: SIM118 (no dict)
        by_root.setdefault(root, []).append(name)
    found = []
    for root, names in sorted(by_root.items()):
        records = [ledger.record_of((root, name)) for name in names]
        found.append(
            Holding(
                root,
                len(names),
                sum(document_id in index for name in names for document_id in ledger.ids((root, name))),
                sum(record["size_bytes"] for record in records),
                sum(record.get("refused", 0) for record in records),
                bool(root) and not os.path.lexists(root),
                ledger.given.last_run(root, (path_of((root, name)) for name in names)),
                ledger.given.is_folder(root),
            )
        )
    return found


def documents_under(index: HoldsDocuments, path: str | os.PathLike[str]) -> list[str]:
    """The ids of the documents that a file gave, or the files under a folder, as far as they are there."""
    ledger = _ledger(index)
    keys = ledger.under(_absolute(path))
    return [document_id for key in keys for document_id in sorted(ledger.ids(key)) if document_id in index]


def has_source(index: HoldsDocuments, path: str | os.PathLike[str]) -> bool:
    """Whether the index remembers a file or folder, or a file under it, be documents of it there or not."""
    ledger, absolute = _ledger(index), _absolute(path)
    prefix = absolute.rstrip(os.sep) + os.sep
    return (
        absolute in ledger.given
        or next(ledger.under(absolute), None) is not None
        or any(given.startswith(prefix) for given in ledger.given)
    )


def source_of(index: HoldsDocuments, document_id: str) -> str | None:
    """The absolute path of the file that gave a document, be it there or not; None if it was no file."""
    key = _key_of(_ledger(index), document_id)
    return path_of(key) or None if key else None


def refused_files(index: Recorded) -> dict[str, int]:
    """How many rows of each file were refused, by its absolute path; 0 for a file that was taken whole."""
    ledger = _ledger(index)
    return {path_of(key): ledger.record_of(key).get("refused", 0) for key in ledger.keys() if key[0]}  # noqa: SIM118


def remove_source(writer: RemovesDocuments, path: str | os.PathLike[str]) -> int:
    """Delete the documents of a file or folder, and forget its files, so that they count as new.

    The files themselves are left alone. Returns how many documents were deleted.
    """
    ledger, folder = Ledger(writer.metadata, writer.schema), _absolute(path)
    deleted = 0
    for key in list(ledger.under(folder)):
        deleted += sum(writer.delete(document_id) for document_id in ledger.ids(key))
        ledger.forget(key)
    ledger.given.drop(folder)
    return deleted


def mark_unread(writer: RemovesDocuments) -> None:
    """Let the next run read every file again, as if all had changed; what each gave before is still known.

    For an index that lost documents, such as by a repair: their files look unchanged.
    """
    Ledger(writer.metadata, writer.schema).mark_unread()


def _ledger(index: Recorded) -> Ledger:
    return Ledger(dict(index.metadata), index.schema)


def _key_of(ledger: Ledger, document_id: str) -> Key | None:
    return next((key for key in ledger.keys() if document_id in ledger.ids(key)), None)  # noqa: SIM118


def _absolute(path: str | os.PathLike[str]) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)

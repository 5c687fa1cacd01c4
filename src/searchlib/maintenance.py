"""Checking, repairing and removing an index that may be too damaged to open.

Each gives a report. What storage knows of files is joined here with what the core knows of its parts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from . import _core
from .indexing.superseded import without_superseded
from .schema import Schema
from .storage import check as storage_check
from .storage.check import Damage, Report
from .storage.disk import DiskDirectory
from .storage.manifest import Manifest, SegmentEntry
from .storage.opened import parts_without
from .storage.repair import Repair
from .storage.repair import repair as repair_storage
from .storage.segment import SegmentFile


def check(path: str | os.PathLike[str]) -> Report:
    """Read every byte of the index at that path: compare it with its checksums, its parts with each other.

    Raises IndexNotFoundError, NotAnIndexError; damage is in the report, never raised.
    """
    return storage_check.check(DiskDirectory(path), _inspect_core)


def repair(path: str | os.PathLike[str], *, timeout: float = 0.0) -> Repair:
    """Keep the intact segments of a damaged index and say what was lost. Files are set aside, never deleted.

    An id stays that of one document: where a list of deleted documents is lost, those that a later document
    replaced stay deleted.

    timeout: seconds to wait for a writer; LockError after that.
    """
    return repair_storage(DiskDirectory(path), _inspect_core, timeout, without_superseded)


def drop(path: str | os.PathLike[str], *, timeout: float = 0.0) -> list[str]:
    """Remove the index at that path, damaged or not; returns the names of other files that the folder holds.

    The folder goes, too, if nothing else is in it. Readers that have the index open may go on.

    timeout: seconds to wait for a writer. Raises IndexNotFoundError, LockError.
    """
    directory = DiskDirectory(path)
    if not directory.exists():
        directory.read_manifest()  # says what is missing
    with directory.lock(timeout):
        return directory.remove_all()


def _inspect_core(file: SegmentFile, entry: SegmentEntry, manifest: Manifest) -> Iterator[Damage]:
    """The parts that the core wrote: CorruptIndexError is a problem that ends the segment."""
    schema = Schema.from_dict(manifest.schema)
    _core.Segment(
        file.checked, parts_without(file, entry), list(schema.searched_fields), entry.num_docs
    ).check()
    return iter(())

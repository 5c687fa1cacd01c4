"""Which segments to join, and joining them.

The policy is a pure function of the segments' sizes. It is tiered: a run of adjacent segments of similar size
is joined once there are MERGE_FACTOR of them, so that a document is rewritten about log(size) times; only
adjacent ones, so that documents keep their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import _core
from ..analysis.analyzer import Analyzer
from ..schema import Schema
from ..storage.columns import ColumnsWriter
from ..storage.directory import Directory
from ..storage.documents import DocumentsWriter
from ..storage.manifest import SegmentEntry
from ..storage.opened import OpenSegment
from ..storage.segment_writer import SegmentWriter
from .building import core_fields
from .working import WorkingSegment

MERGE_FACTOR = 8
SMALLEST_TIER_BYTES = 2_000_000
MAX_DELETED_SHARE = 0.3

_RELEASE_BYTES = 32_000_000
"""Written between two times at which a merge lets go of what it has read: its sources may be a gigabyte."""

SegmentSize = tuple[int, int, int]
"""Bytes of the file, live documents, deleted documents."""


def plan_merge(segments: Sequence[SegmentSize]) -> range | None:
    """The next run of adjacent segments to join, or None.

    First a segment of which more than MAX_DELETED_SHARE is deleted (alone); then neighbours of one tier, and
    smaller ones between them: MERGE_FACTOR of that tier, or twice as many in all, the largest at most half of
    their bytes. So every byte moves to a segment at least twice as large, and a large segment is not written
    again for each few small ones that follow it.
    """
    for i, (_, live, deleted) in enumerate(segments):
        if live > 0 and deleted > MAX_DELETED_SHARE * (live + deleted):
            return range(i, i + 1)
    sizes = [size for size, _, _ in segments]
    tiers = [_tier(size) for size in sizes]
    for tier in sorted(set(tiers)):
        start = 0
        for end in range(len(tiers) + 1):
            if end < len(tiers) and tiers[end] <= tier:
                continue
            if _is_worth_joining(sizes[start:end], tiers[start:end].count(tier)):
                return range(start, end)
            start = end + 1
    return None


def _is_worth_joining(sizes: Sequence[int], num_of_tier: int) -> bool:
    if num_of_tier >= MERGE_FACTOR:
        return True
    return len(sizes) >= 2 * MERGE_FACTOR and 2 * max(sizes) <= sum(sizes)


def _tier(size_bytes: int) -> int:
    tier, limit = 0, SMALLEST_TIER_BYTES
    while size_bytes > limit:
        tier, limit = tier + 1, limit * MERGE_FACTOR
    return tier


def merge_segments(
    directory: Directory,
    name: str,
    schema: Schema,
    analyzers: Mapping[str, Analyzer | None],
    segments: Sequence[WorkingSegment],
    threads: int = 1,
) -> OpenSegment | None:
    """One segment of the live documents of several, in their order; None if there are none.

    The old files stay.
    """
    num_docs = sum(segment.num_live for segment in segments)
    if num_docs == 0:
        return None
    with SegmentWriter(directory, name) as file:
        documents = DocumentsWriter(file, schema.encoded_kinds)
        columns = ColumnsWriter(schema.column_kinds, schema.folded_columns)
        for segment in segments:
            deleted = segment.deleted_docs()
            documents.merge(segment.opened.documents, deleted)
            opened = segment.opened
            columns.merge(opened.file, opened.entry.num_docs, deleted, opened.parts)
            opened.file.release_pages()
        documents.finish()
        columns.finish(file)
        pairs = [segment.core_pair() for segment in segments]
        _core.merge(pairs, core_fields(schema, analyzers), _MergedFile(file, segments), threads)
        entry = SegmentEntry(file.finish(), num_docs, first_ordinal=segments[0].opened.entry.first_ordinal)
    return OpenSegment(directory, entry, schema)


class _MergedFile:
    """The new file as the core's sink. While it grows, its sources' pages do not pile up in memory."""

    def __init__(self, file: SegmentWriter, sources: Sequence[WorkingSegment]) -> None:
        self.begin = file.begin
        self._file, self._sources, self._num_bytes = file, sources, 0

    def write(self, data: bytes) -> None:
        """Append to the part that was begun."""
        self._file.write(data)
        self._num_bytes += len(data)
        if self._num_bytes >= _RELEASE_BYTES:
            self._num_bytes = 0
            for source in self._sources:
                source.opened.file.release_pages()

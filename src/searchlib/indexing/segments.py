"""The finished segments of a transaction, in the order of their documents: those of the commit that it began
at, and those that it wrote.

Documents are found and deleted here wherever they are, and segments are joined. What is not finished yet, and
when anything is committed, is the transaction's concern.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..analysis.analyzer import Analyzer
from ..schema import Schema
from ..storage.directory import Directory
from ..storage.files import file_name
from ..storage.manifest import Manifest, SegmentEntry
from ..storage.opened import OpenSegment
from .merging import merge_segments, plan_merge
from .working import WorkingSegment


class WorkingSegments:
    """all: the segments. are_merged: whether some were joined since the last commit."""

    def __init__(
        self,
        directory: Directory,
        manifest: Manifest,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        threads: int,
    ) -> None:
        self._directory, self._schema, self._analyzers = directory, schema, analyzers
        self._threads = threads
        self.all = [self._working(OpenSegment(directory, entry, schema)) for entry in manifest.segments]
        self.next_file = directory.first_free_number(manifest.next_file)
        self.are_merged = False

    def new_name(self, kind: str) -> str:
        """The name of the next file."""
        name = file_name(self.next_file, kind)
        self.next_file += 1
        return name

    def open(self, entry: SegmentEntry) -> OpenSegment:
        """A segment that was just written."""
        return OpenSegment(self._directory, entry, self._schema)

    def append(self, opened: OpenSegment, ids: Iterable[str], dead: Iterable[int] = ()) -> None:
        """Add a segment, in place of the documents that had its ids. dead: its own deleted documents.

        It is not there before all is deleted; deleting twice is deleting once, so the call may be repeated.
        """
        segment = self._working(opened)
        for other in self.all:
            other.delete_ids(ids)
        for doc in dead:
            segment.delete(doc)
        self.all.append(segment)

    def holds(self, document_id: str) -> bool:
        """Whether there is a live document of that id."""
        return any(segment.find(document_id) is not None for segment in self.all)

    def delete(self, document_id: str) -> bool:
        """Delete the document of that id; False if there is none."""
        found = False
        for segment in self.all:
            doc = segment.find(document_id)
            if doc is not None:
                found = segment.delete(doc) or found
        return found

    def delete_docs(self, docs: Sequence[Sequence[int]]) -> int:
        """Delete documents, by segment; returns how many there were."""
        pairs = zip(self.all, docs, strict=True)
        return sum(segment.delete(doc) for segment, numbers in pairs for doc in numbers)

    def merge_automatically(self) -> None:
        """Join what the policy says, until it says nothing."""
        while chosen := plan_merge(
            [(s.opened.entry.file.length, s.num_live, s.num_deleted) for s in self.all]
        ):
            self._merge(chosen.start, chosen.stop)

    def merge_all(self) -> None:
        """Join all segments into one, without deleted documents."""
        if len(self.all) > 1 or any(segment.num_deleted for segment in self.all):
            self._merge(0, len(self.all))

    def _merge(self, start: int, stop: int) -> None:
        merged = merge_segments(
            self._directory,
            self.new_name("segment"),
            self._schema,
            self._analyzers,
            self.all[start:stop],
            self._threads,
        )
        self.all[start:stop] = [self._working(merged)] if merged else []
        self.are_merged = True

    def reopened(
        self, segments: Sequence[WorkingSegment], entries: Sequence[SegmentEntry]
    ) -> list[WorkingSegment]:
        """The segments as the next commit has them, without further deletes."""
        pairs = zip(segments, entries, strict=True)
        return [
            self._working(segment.opened.as_of(self._directory, entry, self._schema))
            for segment, entry in pairs
        ]

    def change_schema(self, schema: Schema, analyzers: Mapping[str, Analyzer | None]) -> None:
        """See Transaction.change_schema."""
        changed = [segment.under(self._directory, schema, analyzers) for segment in self.all]
        self._schema, self._analyzers, self.all = schema, analyzers, changed

    def _working(self, opened: OpenSegment) -> WorkingSegment:
        return WorkingSegment(opened, self._analyzers)

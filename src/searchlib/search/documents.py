"""The documents of a snapshot by their numbers: which segment has them, their ids, their stored fields.

A snapshot counts its documents through, segment by segment; deleted ones keep their numbers until a merge.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from .. import _core
from ..storage.opened import OpenSegment


class SnapshotDocuments:
    """deletes: those of each segment, None for none."""

    def __init__(self, segments: Sequence[OpenSegment], deletes: Sequence[_core.Deletes | None]) -> None:
        self._segments, self._deletes = segments, deletes
        self._first_docs: list[int] = []
        num_docs = 0
        for segment in segments:
            self._first_docs.append(num_docs)
            num_docs += segment.entry.num_docs
        self._blocks: list[_core.DocumentBlocks | None] = [None] * len(segments)  # None: not opened yet

    def locate(self, doc: int) -> tuple[int, int]:
        """A snapshot's document number as (segment, the segment's document number)."""
        segment = bisect_right(self._first_docs, doc) - 1
        return segment, doc - self._first_docs[segment]

    def stored(self, doc: int) -> dict[str, Any]:
        """A document's stored fields."""
        segment, local = self.locate(doc)
        return self._segments[segment].documents.get(local)

    def lines(self, docs: Sequence[int]) -> _core.DocumentLines:
        """Documents as they are encoded; what stands together is unpacked together."""
        if None in self._blocks:
            for segment, _ in map(self.locate, docs):
                self._blocks[segment] = self._segments[segment].documents.core
        return _core.read_documents(self._first_docs, self._blocks, docs)

    def decoded(self, doc: int, line: bytes) -> dict[str, Any]:
        """A document's stored fields, from its line."""
        return self._segments[self.locate(doc)[0]].documents.decoded(line)

    def find(self, document_id: str) -> int | None:
        """The number of the live document with that id."""
        try:
            document_id.encode()
        except (AttributeError, UnicodeEncodeError):  # no string, or one with lone surrogates: no id
            return None
        for first, segment, deletes in zip(self._first_docs, self._segments, self._deletes, strict=True):
            local = segment.core.find_id(document_id)
            if local is not None and (deletes is None or local not in deletes):
                return first + local
        return None

    def number_of(self, document_id: str, latest: int) -> int | None:
        """The greatest number, not above `latest`, of a document with that id, be it deleted or not."""
        found = None
        for first, segment in zip(self._first_docs, self._segments, strict=True):
            local = segment.core.find_id(document_id)
            if local is not None and first + local <= latest:
                found = first + local
        return found

    def live(self) -> Iterator[int]:
        """The numbers of all live documents, in order."""
        for first, segment, deletes in zip(self._first_docs, self._segments, self._deletes, strict=True):
            for local in range(segment.entry.num_docs):
                if deletes is None or local not in deletes:
                    yield first + local

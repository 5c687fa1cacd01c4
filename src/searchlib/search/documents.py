"""The documents of a snapshot by their numbers and ids: which segment has them, and their stored fields.

A snapshot counts its documents through, segment by segment; deleted ones keep their numbers until a merge.
"""

from __future__ import annotations

from .. import _core
from ..forks import cached_property
from ..lean import TYPE_CHECKING
from ..storage.opened import OpenSegment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any


class SnapshotDocuments:
    """What a searcher knows of its documents. deletes: those of each segment, None for none."""

    def __init__(self, segments: Sequence[OpenSegment], deletes: Sequence[_core.Deletes | None]) -> None:
        self.segments, self._deletes = tuple(segments), deletes
        self._first_docs: list[int] = []
        num_docs = 0
        for segment in segments:
            self._first_docs.append(num_docs)
            num_docs += segment.entry.num_docs
        self._blocks: list[_core.DocumentBlocks | None] = [None] * len(segments)  # None: not opened yet
        if len(segments) > 1:
            from bisect import bisect_right  # an index of one segment needs none

            self._num_begun = bisect_right

    def locate(self, doc: int) -> tuple[int, int]:
        """A snapshot's document number as (segment, the segment's document number)."""
        if len(self._first_docs) == 1:
            return 0, doc
        segment = self._num_begun(self._first_docs, doc) - 1
        return segment, doc - self._first_docs[segment]

    def stored(self, doc: int) -> dict[str, Any]:
        """A document's stored fields."""
        segment, local = self.locate(doc)
        return self.segments[segment].documents.get(local)

    def at_hand(self, doc: int) -> dict[str, Any] | None:
        """None: documents are on disk, in lines."""
        return None

    def lines(self, docs: Sequence[int]) -> _core.DocumentLines:
        """Documents as they are encoded; what stands together is unpacked together."""
        if None in self._blocks:
            for segment, _ in map(self.locate, docs):
                self._blocks[segment] = self.segments[segment].documents.core
        return _core.read_documents(self._first_docs, self._blocks, docs)

    @cached_property
    def has_plain_lines(self) -> bool:
        """Whether a line has nothing but the document: no field that does not count any more."""
        return not any(segment.entry.without for segment in self.segments)

    def decoded(self, doc: int, line: bytes) -> dict[str, Any]:
        """A document's stored fields, from its line."""
        return self.segments[self.locate(doc)[0]].documents.decoded(line)

    def hiding(self, field: str, docs: Sequence[int]) -> list[int]:
        """The places of those documents whose stored value of a field does not count."""
        hides = [field in segment.entry.without for segment in self.segments]
        return [place for place, doc in enumerate(docs) if hides[self.locate(doc)[0]]] if any(hides) else []

    def by_segment(self, docs: Sequence[int]) -> list[list[int]]:
        """Documents by their segments, with the numbers that they have there."""
        found: list[list[int]] = [[] for _ in self.segments]
        for segment, local in map(self.locate, docs):
            found[segment].append(local)
        return found

    # ---- by their ids

    def with_id(self, document_id: str) -> list[list[int]]:
        """The documents that have that id, by segment: one at most in each, be it deleted or not."""
        if not is_id(document_id):
            return [[] for _ in self.segments]
        found = (segment.core.find_id(document_id) for segment in self.segments)
        return [[] if doc is None else [doc] for doc in found]

    def find(self, document_id: str) -> int | None:
        """The number of the live document with that id."""
        for first, docs, deletes in zip(
            self._first_docs, self.with_id(document_id), self._deletes, strict=True
        ):
            for doc in docs:
                if deletes is None or doc not in deletes:
                    return first + doc
        return None

    def number_of(self, document_id: str, latest: int) -> int | None:
        """The greatest number, not above `latest`, of a document with that id, be it deleted or not."""
        pairs = zip(self._first_docs, self.with_id(document_id), strict=True)
        return max(
            (first + doc for first, docs in pairs for doc in docs if first + doc <= latest), default=None
        )

    def live_docs(self, least: int = 0) -> Iterator[int]:
        """The numbers of all live documents from a number on, in order."""
        for first, segment, deletes in zip(self._first_docs, self.segments, self._deletes, strict=True):
            for local in range(max(least - first, 0), segment.entry.num_docs):
                if deletes is None or local not in deletes:
                    yield first + local


def is_id(document_id: object) -> bool:
    """Whether it may be one: a string, and with no lone surrogates, for which there is no UTF-8."""
    try:
        return isinstance(document_id, str) and document_id.encode() is not None
    except UnicodeEncodeError:
        return False

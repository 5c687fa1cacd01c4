"""A shard's documents by their ordinals: its own numbers count them in the same order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ... import _core
from ...errors import QueryError
from ...storage.parts import column_part
from ..ordinals import ORDINAL

if TYPE_CHECKING:
    from ...search.searcher import Searcher
    from ...storage.opened import OpenSegment


class _Ordinals(Sequence[int]):
    """The ordinals of a segment's documents, ascending."""

    def __init__(self, segment: OpenSegment) -> None:
        part = column_part(ORDINAL)
        self._column = _core.Column(
            segment.file.checked, segment.parts[part], part, segment.entry.num_docs, "q"
        )

    def __len__(self) -> int:
        return self._column.num_docs

    def __getitem__(self, doc):  # type: ignore[no-untyped-def]
        return self._column.values(doc)[0]


class ShardDocuments:
    """Of one snapshot of a shard. It reads the ordinals that it is asked for, no others."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._segments = [_Ordinals(segment) for segment in searcher.segments]
        self._first_docs: list[int] = []
        self._first_ordinals: list[int] = []
        num_docs = 0
        for segment in self._segments:
            self._first_docs.append(num_docs)
            self._first_ordinals.append(segment[0])
            num_docs += len(segment)

    def ordinal(self, doc: int) -> int:
        """That of the shard's document of that number."""
        segment, local = self._searcher.locate(doc)
        found: int = self._segments[segment][local]
        return found

    def last_until(self, ordinal: int) -> int | None:
        """The greatest number of a document whose ordinal is that or less, be it deleted or not."""
        segment = bisect_right(self._first_ordinals, ordinal) - 1
        if segment < 0:
            return None
        return self._first_docs[segment] + bisect_right(self._segments[segment], ordinal) - 1

    def doc(self, ordinal: int) -> int:
        """The number of the document with that ordinal; QueryError if there is none."""
        doc = self.last_until(ordinal)
        if doc is None or self.ordinal(doc) != ordinal:
            raise QueryError(f"the shard has no document with the ordinal {ordinal}")
        return doc

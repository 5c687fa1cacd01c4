"""Stored fields: documents are written in order and numbered from 0, and read one at a time, by number.

A document is a dict of JSON values, and of others that their fields' kinds make JSON of. Blocks of about 32
KiB of documents are compressed by zstandard; a merge copies whole blocks. What the fields mean is not known
here.
"""

from __future__ import annotations

import json
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from .. import _core
from ..errors import CorruptIndexError, DocumentError, brief
from .blocks import BLOCK_BYTES, BlockWriter, Sink, decompress
from .segment import SegmentFile

if TYPE_CHECKING:
    from ..kinds.base import Kind

DOCUMENTS = "documents"
DOCUMENTS_INDEX = "documents.index"

_HEADER = struct.Struct("<QQ")
_MAX_DOCS = 2**31 - 1

MAX_DOCUMENT_BYTES = 64 << 20
"""Of one document: all its fields together, as JSON in UTF-8. It is held in memory whole, several times over:
while it is written it takes 4 times its size if it is prose, 16 times if each letter is a word."""


def too_big(num_bytes: int, is_lower_bound: bool = False) -> DocumentError:
    """The error of a document beyond the limit."""
    return DocumentError(
        f"a document has at most {MAX_DOCUMENT_BYTES:,} bytes ({MAX_DOCUMENT_BYTES >> 20} MiB), all fields "
        f"together, as JSON in UTF-8; this one has {'at least ' if is_lower_bound else ''}{num_bytes:,}; "
        "split it, for example into its chapters, each a document of its own"
    )


def _refuse(value: Any) -> NoReturn:
    raise DocumentError(
        f"a stored value is a str, int, float, bool, None, a list of them, or a date in a Date field, "
        f"got {type(value).__name__}: {brief(value)}"
    )


# No sorting, no spaces, real letters: the smallest text. NaN and infinities pass, as Python's
# own words for them.
_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_refuse).encode


def _encode(values: dict[str, Any]) -> bytes:
    try:
        line = _core.json_of_strings(values)
    except UnicodeEncodeError:  # a lone surrogate
        line = None
    return line if line is not None else _encode_json(values).encode("utf-8", "surrogatepass")


def _encoded(kind: Kind, value: Any, field: str) -> Any:
    if isinstance(value, (list, tuple)):
        return [_encoded(kind, item, field) for item in value]
    return None if value is None else kind.to_stored(value, field)


def _decoded(kind: Kind, value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(kind, item) for item in value]
    return None if value is None else kind.from_stored(value)


def _kinds_of(names: Mapping[str, str]) -> dict[str, Kind]:
    if not names:
        return {}
    from ..kinds import kind_of  # documents of strings and numbers need none, and are shown sooner

    return {field: kind_of(name) for field, name in names.items()}


class DocumentsWriter:
    """Writes the parts "documents" and "documents.index" of one segment.

    kinds: those of the fields whose values are no JSON, as Schema.encoded_kinds has them.
    worker: compress on a second thread (the bytes are the same).
    """

    def __init__(self, sink: Sink, kinds: Mapping[str, str] | None = None, worker: bool = True) -> None:
        self._kinds = _kinds_of(kinds or {})
        self._sink = sink
        sink.begin(DOCUMENTS)
        self._blocks = BlockWriter(sink, worker)

    def __len__(self) -> int:
        return self._blocks.num_docs

    def encode(self, values: dict[str, Any]) -> bytes:
        """The document as it will be stored; DocumentError if it cannot be. Nothing is changed."""
        for field, kind in self._kinds.items():
            if field in values:
                values = {**values, field: _encoded(kind, values[field], field)}
        try:
            line = _encode(values)
        except (TypeError, ValueError, RecursionError) as error:
            if isinstance(error, DocumentError):
                raise
            raise DocumentError(f"a document that cannot be stored: {error}") from error
        if len(line) > MAX_DOCUMENT_BYTES:
            raise too_big(len(line))
        return line

    def add(self, values: dict[str, Any]) -> None:
        """Append a document."""
        self.add_encoded(self.encode(values))

    def add_encoded(self, line: bytes) -> None:
        """Append what encode() returned."""
        self._blocks.add(line)

    def merge(self, reader: DocumentsReader, deleted: Sequence[int] = ()) -> None:
        """Append the documents of another segment but for the deleted ones (ascending numbers)."""
        for block in range(reader.num_blocks):
            first, end = reader.block_range(block)
            gone = deleted[bisect_left(deleted, first) : bisect_left(deleted, end)]
            frame, raw_length = reader.frame(block)
            if not gone and self._blocks.takes_frame(raw_length):
                self._blocks.add_frame(frame, raw_length, end - first)
                continue
            dead = set(gone)
            for number, line in enumerate(reader.lines(block), first):
                if number not in dead:
                    self._blocks.add(line)

    def finish(self) -> None:
        """Write what is left and the index; SegmentWriter.finish() makes it durable."""
        offsets, first_docs, raw_lengths = self._blocks.finish()
        self._sink.begin(DOCUMENTS_INDEX)
        self._sink.write(_HEADER.pack(len(self), len(raw_lengths)))
        self._sink.write(struct.pack(f"<{len(offsets)}Q", *offsets))
        self._sink.write(struct.pack(f"<{len(first_docs)}I", *first_docs))
        self._sink.write(struct.pack(f"<{len(raw_lengths)}I", *raw_lengths))


class DocumentsReader:
    """The documents of an open segment. Safe to use from several threads."""

    def __init__(self, segment: SegmentFile, kinds: Mapping[str, str] | None = None) -> None:
        self._segment = segment
        self._kinds = _kinds_of(kinds or {})
        self._size = segment.parts[DOCUMENTS][1] if DOCUMENTS in segment.parts else 0
        index = segment.read(DOCUMENTS_INDEX)
        if len(index) < _HEADER.size:
            raise self._corrupt("too short", DOCUMENTS_INDEX)
        self._num_docs, self.num_blocks = _HEADER.unpack_from(index)
        offsets_end = _HEADER.size + 8 * (self.num_blocks + 1)
        firsts_end = offsets_end + 4 * (self.num_blocks + 1)
        if self._num_docs > _MAX_DOCS or len(index) != firsts_end + 4 * self.num_blocks:
            raise self._corrupt("its length does not fit its counts", DOCUMENTS_INDEX)
        self._offsets = index[_HEADER.size : offsets_end].cast("Q")
        self._first_docs = index[offsets_end:firsts_end].cast("I")
        self._raw_lengths = index[firsts_end:].cast("I") if self.num_blocks else memoryview(b"")
        if (
            self._offsets[-1] != self._size
            or self._first_docs[0] != 0
            or self._first_docs[-1] != self._num_docs
        ):
            raise self._corrupt("its ends do not fit", DOCUMENTS_INDEX)
        self._cached: tuple[int, list[bytes]] = (-1, [])

    def __len__(self) -> int:
        return int(self._num_docs)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for block in range(self.num_blocks):
            for line in self.lines(block):
                yield self._decode(line)

    def get(self, doc: int) -> dict[str, Any]:
        """The doc-th document (from 0); IndexError if there are not so many."""
        if not 0 <= doc < self._num_docs:
            raise IndexError(f"there are {self._num_docs} documents here, no number {doc}")
        block = bisect_right(self._first_docs, doc) - 1
        first, end = self.block_range(block)
        if not first <= doc < end:
            raise self._corrupt("its document numbers do not ascend", DOCUMENTS_INDEX)
        cached, lines = self._cached
        if cached != block:
            lines = self.lines(block)
            self._cached = (block, lines)  # one assignment: another thread sees the old pair or the new one
        return self._decode(lines[doc - first])

    def block_range(self, block: int) -> tuple[int, int]:
        """The first document of a block and the first one after it."""
        first, end = self._first_docs[block], self._first_docs[block + 1]
        if not first < end <= self._num_docs:
            raise self._corrupt("its document numbers do not ascend", DOCUMENTS_INDEX)
        return first, end

    def frame(self, block: int) -> tuple[memoryview, int]:
        """A block as it is stored, and its length when decompressed."""
        start, end = self._offsets[block], self._offsets[block + 1]
        if not start < end <= self._size:
            raise self._corrupt("its offsets do not ascend", DOCUMENTS_INDEX)
        return self._segment.read(DOCUMENTS, start, end - start), self._raw_lengths[block]

    def lines(self, block: int) -> list[bytes]:
        """The documents of a block, encoded."""
        first, end = self.block_range(block)
        frame, raw_length = self.frame(block)
        if raw_length > (BLOCK_BYTES if end - first > 1 else MAX_DOCUMENT_BYTES):
            raise self._corrupt(f"block {block} claims {raw_length} bytes, more than any", DOCUMENTS_INDEX)
        try:
            lines = decompress(frame, raw_length).split(b"\n")
        except ValueError as error:
            raise self._corrupt(f"block {block}: {error}", DOCUMENTS) from None
        if len(lines) != end - first:
            raise self._corrupt(
                f"block {block} has {len(lines)} documents instead of {end - first}", DOCUMENTS
            )
        return lines

    def _decode(self, line: bytes) -> dict[str, Any]:
        try:
            values = json.loads(line.decode("utf-8", "surrogatepass"))
            if not isinstance(values, dict):
                raise ValueError("not an object")
            for field, kind in self._kinds.items():
                if field in values:
                    values[field] = _decoded(kind, values[field])
        except (ValueError, RecursionError) as error:
            raise self._corrupt(f"a document that is none ({error})", DOCUMENTS) from None
        return values

    def _corrupt(self, message: str, part: str) -> CorruptIndexError:
        name = self._segment.name
        return CorruptIndexError(f"{name}, part {part!r}: {message}", file=name, part=part)

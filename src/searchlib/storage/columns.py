"""Columns: the values of a field that has no terms, by document, for filters, sorting and facets.

A field's kind makes numbers of the values, and their arrays are read in place in the file. A document may
have no value, one, or several. Ranges, orders and counts are not computed here.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import CorruptIndexError
from ..kinds import column_kind
from ..kinds.base import ColumnKind, Scalar
from .packing import Sink
from .segment import SegmentFile

# Layouts: how documents find their values.
EMPTY, DENSE, OPTIONAL, LISTS = range(4)
# Type code, layout, documents, values.
_HEADER = struct.Struct("<BB6xQQ")
_MAX_DOCS = 2**31 - 1


def column_part(field: str) -> str:
    """The name of a field's part."""
    return f"column.{field}"


class _Column:
    """One field's values, growing."""

    def __init__(self, kind: ColumnKind) -> None:
        self.kind, self.typecode = kind, kind.typecode
        self.values: array[Any] = array(self.typecode)
        self.counts = array("I")

    def add(self, values: list[Scalar]) -> None:
        self.values.extend(values)
        self.counts.append(len(values))

    def extend(self, reader: ColumnReader, first: int, end: int) -> None:
        """Append the documents first … end - 1 of another segment's column."""
        if reader.layout == DENSE:
            self.values.frombytes(reader.raw(first, end))
            self.counts.extend([1] * (end - first))
            return
        for doc in range(first, end):
            start, stop = reader.bounds(doc)
            self.values.frombytes(reader.raw(start, stop))
            self.counts.append(stop - start)

    def write(self, sink: Sink, part: str) -> None:
        num_docs, num_values = len(self.counts), len(self.values)
        layout = _choose_layout(self.counts, num_values)
        sink.begin(part)
        sink.write(_HEADER.pack(ord(self.typecode), layout, num_docs, num_values))
        values = self.values
        if layout == OPTIONAL:
            remaining = iter(values)
            values = array(self.typecode, (next(remaining) if count else 0 for count in self.counts))
        sink.write(values.tobytes())
        sink.write(bytes(-values.itemsize * len(values) % 8))
        if layout == OPTIONAL:
            sink.write(_bitmap(self.counts))
        elif layout == LISTS:
            sink.write(_starts(self.counts).tobytes())


def _choose_layout(counts: array[int], num_values: int) -> int:
    if num_values == 0:
        return EMPTY
    most = max(counts)
    if most == 1 and num_values == len(counts):
        return DENSE
    # A slot for every document costs less than a list of starts, and is faster, unless most slots are empty.
    return OPTIONAL if most == 1 and num_values * 2 >= len(counts) else LISTS


def _bitmap(counts: array[int]) -> bytes:
    """Bit doc % 8 of byte doc // 8: whether the document has a value."""
    bits = bytearray(-(-len(counts) // 8))
    for doc, count in enumerate(counts):
        if count:
            bits[doc >> 3] |= 1 << (doc & 7)
    return bytes(bits)


def _starts(counts: array[int]) -> array[int]:
    starts = array("I", [0])
    total = 0
    for count in counts:
        total += count
        starts.append(total)
    return starts


def _values(kind: ColumnKind, field: str, value: Any) -> list[Scalar]:
    """What a document has in a field (nothing, one value or a list) as the column holds it."""
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [kind.to_column(item, field) for item in value]
    return [kind.to_column(value, field)]


class ColumnsWriter:
    """The columns of one segment. `kinds`: field → the name of its kind, as the schema has it."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = dict(kinds)
        self._columns = {field: _Column(column_kind(kind)) for field, kind in self._kinds.items()}

    def encode(self, values: Mapping[str, Any]) -> list[list[Scalar]]:
        """What a document has in each column; DocumentError if it cannot be. Nothing is changed."""
        return [_values(column.kind, field, values.get(field)) for field, column in self._columns.items()]

    def add(self, values: Mapping[str, Any]) -> None:
        """Append a document, wholly or not at all."""
        self.add_encoded(self.encode(values))

    def add_encoded(self, encoded: Sequence[list[Scalar]]) -> None:
        """Append what encode() returned."""
        for column, values in zip(self._columns.values(), encoded, strict=True):
            column.add(values)

    def merge(self, segment: SegmentFile, deleted: Sequence[int] = (), num_docs: int | None = None) -> None:
        """Append another segment's columns, of `num_docs` documents, but for the deleted ones."""
        for field, column in self._columns.items():
            reader = ColumnReader(segment, field, self._kinds[field], num_docs)
            for first, end in _live_ranges(reader.num_docs, deleted):
                column.extend(reader, first, end)

    def finish(self, sink: Sink) -> None:
        """Write one part a field."""
        for field, column in self._columns.items():
            column.write(sink, column_part(field))


def _live_ranges(num_docs: int, deleted: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = 0
    for doc in deleted[: bisect_left(deleted, num_docs)]:
        if first < doc:
            yield first, doc
        first = doc + 1
    if first < num_docs:
        yield first, num_docs


def _format(kind: ColumnKind) -> Any:
    """The typecode, for a view that is of any type until it is cast."""
    return kind.typecode


class ColumnReader:
    """One column of an open segment, in place.

    layout: EMPTY, DENSE (one value for each document), OPTIONAL (one slot for each, and a bitmap of the
    filled ones) or
        LISTS (`starts` says where each document's values are).
    kind: what the numbers stand for. values: the numbers, of its typecode.
    present: the bitmap, of OPTIONAL alone. starts: num_docs + 1 numbers that ascend, of LISTS alone; check
    them where
        they are used: they come from a file.
    """

    def __init__(self, segment: SegmentFile, field: str, kind: str, num_docs: int | None = None) -> None:
        self.kind, self._file, self._part = column_kind(kind), segment.name, column_part(field)
        data = segment.read(self._part)
        if len(data) < _HEADER.size:
            raise self._corrupt("too short")
        typecode, self.layout, self.num_docs, self.num_values = _HEADER.unpack_from(data)
        if typecode != ord(self.kind.typecode) or self.layout > LISTS or self.num_docs > _MAX_DOCS:
            raise self._corrupt(f"not a column of the kind {kind!r}")
        if num_docs is not None and self.num_docs != num_docs:
            raise self._corrupt(f"it has {self.num_docs} documents, its segment {num_docs}")
        if self.num_values != {EMPTY: 0, DENSE: self.num_docs}.get(self.layout, self.num_values):
            raise self._corrupt("its counts do not fit its layout")
        self._itemsize = array(self.kind.typecode).itemsize
        num_slots = {EMPTY: 0, LISTS: self.num_values}.get(self.layout, self.num_docs)
        values_end = _HEADER.size + self._itemsize * num_slots
        rest = values_end + -values_end % 8
        rest_length = {OPTIONAL: -(-self.num_docs // 8), LISTS: 4 * (self.num_docs + 1)}.get(self.layout, 0)
        if len(data) != rest + rest_length:
            raise self._corrupt("its length does not fit its counts")
        self._raw = data[_HEADER.size : values_end]
        self.values: memoryview[Any] = self._raw.cast(_format(self.kind)) if num_slots else self._raw
        self.present = data[rest:] if self.layout == OPTIONAL else None
        self.starts = data[rest:].cast("I") if self.layout == LISTS else None
        if self.starts is not None and (self.starts[0] != 0 or self.starts[-1] != self.num_values):
            raise self._corrupt("its ends do not fit")

    def bounds(self, doc: int) -> tuple[int, int]:
        """Where in `values` the document's are: first, end. IndexError for a document that is not here."""
        if not 0 <= doc < self.num_docs:
            raise IndexError(f"there are {self.num_docs} documents here, no number {doc}")
        if self.layout == DENSE:
            return doc, doc + 1
        if self.present is not None:
            return doc, doc + (self.present[doc >> 3] >> (doc & 7) & 1)
        if self.starts is None:
            return 0, 0
        start, end = self.starts[doc], self.starts[doc + 1]
        if not start <= end <= self.num_values:
            raise self._corrupt("its starts do not ascend")
        return start, end

    def raw(self, first: int, end: int) -> memoryview:
        """The bytes of values first … end - 1."""
        return self._raw[first * self._itemsize : end * self._itemsize]

    def get(self, doc: int) -> list[Any]:
        """The document's values as Python has them: floats, datetimes in UTC, or booleans."""
        first, end = self.bounds(doc)
        try:
            return [self.kind.from_column(number) for number in self.values[first:end]]
        except ValueError as error:
            raise self._corrupt(f"document {doc} has {error}") from None

    def _corrupt(self, message: str) -> CorruptIndexError:
        text = f"{self._file}, part {self._part!r}: {message}"
        return CorruptIndexError(text, file=self._file, part=self._part)

"""CIFF's three messages in protobuf's wire format: length-delimited, in one stream.

Plain values come in, bytes go out, and the reverse. The format is Lin et al., "Supporting Interoperability
Between Open-Source Search Engines with the Common Index File Format" (2020), in the version 1 of
https://github.com/osirrc/ciff: a Header, its number of PostingsList, its number of DocRecord; a posting's
docid counts from the posting before it.

Written by hand, since three messages of integers and strings are less code than what a dependency on
protobuf's generated classes would need, and faster: a posting is two table look-ups. Nothing is known of
indexes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from ..errors import SourceError

VERSION = 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MAX_INT32 = 2**31 - 1


@dataclass(frozen=True)
class Header:
    """The first message.

    num_postings_lists and num_docs may be fewer than the totals: a file can hold a part of an index.
    """

    num_postings_lists: int
    num_docs: int
    total_postings_lists: int
    total_docs: int
    total_terms: int
    average_length: float
    description: str = ""
    version: int = VERSION


class PostingsList(NamedTuple):
    """A term, the documents that hold it (ascending numbers of this file), and how often each does."""

    term: str
    docs: Sequence[int]
    frequencies: Sequence[int]


class DocRecord(NamedTuple):
    """A document's number in this file, its id in the collection, its length in tokens."""

    doc: int
    id: str
    length: int


# ---- writing


def encode_varint(value: int) -> bytes:
    """A number ≥ 0 in groups of seven bits, the lowest first."""
    if value < 128:
        return _ONE_BYTE[value]
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


_ONE_BYTE = [bytes((value,)) for value in range(128)]
_SHORT = [encode_varint(value) for value in range(1 << 14)]


def encode_header(header: Header) -> bytes:
    """The message with its length before it, as all of these."""
    return _delimited(
        _integer(1, header.version)
        + _integer(2, header.num_postings_lists)
        + _integer(3, header.num_docs)
        + _integer(4, header.total_postings_lists)
        + _integer(5, header.total_docs)
        + _integer(6, header.total_terms)
        + b"\x39"
        + struct.pack("<d", header.average_length)
        + _text(8, header.description)
    )


def encode_postings_list(postings: PostingsList) -> bytes:
    """df and cf are counted from the postings."""
    parts = [
        _text(1, postings.term),
        _integer(2, len(postings.docs)),
        _integer(3, sum(postings.frequencies)),
    ]
    previous = 0
    for doc, frequency in zip(postings.docs, postings.frequencies, strict=True):
        gap = doc - previous
        previous = doc
        head = _SHORT[gap] if gap < 1 << 14 else encode_varint(gap)
        tail = _SHORT[frequency] if frequency < 1 << 14 else encode_varint(frequency)
        # proto3 leaves out a field that is 0: the gap of document 0.
        body = b"\x08" + head + b"\x10" + tail if gap else b"\x10" + tail
        parts.append(b"\x22" + _ONE_BYTE[len(body)] + body)
    return _delimited(b"".join(parts))


def encode_doc_record(record: DocRecord) -> bytes:
    """One document."""
    return _delimited(_integer(1, record.doc) + _text(2, record.id) + _integer(3, record.length))


def _integer(number: int, value: int) -> bytes:
    return encode_varint(number << 3 | _VARINT) + encode_varint(value) if value else b""


def _text(number: int, value: str) -> bytes:
    encoded = value.encode("utf-8", "surrogatepass")
    return encode_varint(number << 3 | _BYTES) + encode_varint(len(encoded)) + encoded if encoded else b""


def _delimited(message: bytes) -> bytes:
    return encode_varint(len(message)) + message


# ---- reading


class Reader:
    """Reads the messages of a stream in order. Raises SourceError where it is torn or is something else."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name = stream, name

    def header(self) -> Header:
        """The first message."""
        numbers: dict[int, int] = {}
        average, description = 0.0, ""
        for number, value in self._fields(self._message("a header")):
            if number == 7 and isinstance(value, bytes) and len(value) == 8:
                average = struct.unpack("<d", value)[0]
            elif number == 8 and isinstance(value, bytes):
                description = self._string(value)
            elif isinstance(value, int):
                numbers[number] = value
        if numbers.get(1) != VERSION:
            raise SourceError(f"{self._name} is no CIFF file of version {VERSION}")
        return Header(
            num_postings_lists=numbers.get(2, 0),
            num_docs=numbers.get(3, 0),
            total_postings_lists=numbers.get(4, 0),
            total_docs=numbers.get(5, 0),
            total_terms=numbers.get(6, 0),
            average_length=average,
            description=description,
        )

    def postings_list(self) -> PostingsList:
        """The next term."""
        term, docs, frequencies = "", list[int](), list[int]()
        doc = 0
        for number, value in self._fields(self._message("a postings list")):
            if number == 1 and isinstance(value, bytes):
                term = self._string(value)
            elif number == 4 and isinstance(value, bytes):
                gap = frequency = 0
                for inner, entry in self._fields(value):
                    if inner == 1 and isinstance(entry, int):
                        gap = entry
                    elif inner == 2 and isinstance(entry, int):
                        frequency = entry
                doc += gap
                if doc > _MAX_INT32 or frequency > _MAX_INT32:
                    raise self._torn("a posting")
                docs.append(doc)
                frequencies.append(frequency)
        return PostingsList(term, docs, frequencies)

    def doc_record(self) -> DocRecord:
        """The next document."""
        doc = length = 0
        document_id = ""
        for number, value in self._fields(self._message("a document's record")):
            if number == 2 and isinstance(value, bytes):
                document_id = self._string(value)
            elif number == 1 and isinstance(value, int):
                doc = value
            elif number == 3 and isinstance(value, int):
                length = value
        if length > _MAX_INT32:
            raise self._torn("a length")
        return DocRecord(doc, document_id, length)

    def _message(self, what: str) -> bytes:
        length = shift = 0
        while True:
            byte = self._stream.read(1)
            if not byte or shift > 28:
                raise self._torn(what)
            length |= (byte[0] & 127) << shift
            if byte[0] < 128:
                break
            shift += 7
        message = self._stream.read(length) if length <= _MAX_INT32 else b""
        if len(message) != length:
            raise self._torn(what)
        return message

    def _fields(self, message: bytes) -> Iterator[tuple[int, int | bytes]]:
        """The number of each field, and its value: an integer, or bytes for all else.

        Unknown fields pass, as in protobuf.
        """
        at = 0
        while at < len(message):
            tag, at = self._varint(message, at)
            kind = tag & 7
            if kind == _VARINT:
                value, at = self._varint(message, at)
                yield tag >> 3, value
                continue
            if kind == _BYTES:
                length, at = self._varint(message, at)
            elif kind in (_FIXED64, _FIXED32):
                length = 8 if kind == _FIXED64 else 4
            else:
                raise self._torn("a field")
            if at + length > len(message):
                raise self._torn("a field")
            yield tag >> 3, message[at : at + length]
            at += length

    def _varint(self, message: bytes, at: int) -> tuple[int, int]:
        value = shift = 0
        while at < len(message) and shift < 70:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value, at
            shift += 7
        raise self._torn("a number")

    def _string(self, value: bytes) -> str:
        try:
            return value.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise SourceError(f"{self._name} is no CIFF file, or is damaged: {error}") from error

    def _torn(self, what: str) -> SourceError:
        return SourceError(f"{self._name} is no CIFF file, or is torn: {what} was expected")

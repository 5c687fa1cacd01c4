"""CIFF's three messages, and their bytes in protobuf's wire format: length-delimited, in one stream.

Here they are written; reader.py reads them. The format is Lin et al., "Supporting Interoperability Between
Open-Source Search Engines with the Common Index File Format" (2020), in the version 1 of
https://github.com/osirrc/ciff: a Header, its number of PostingsList, its number of DocRecord; a posting's
docid counts from the posting before it. The bytes are those that protobuf's own classes write.

Written by hand, since three messages of integers and strings are less code than what a dependency on
protobuf's generated classes would need, and faster: a posting is two table look-ups. Nothing is known of
indexes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from ..records import Record
from .wire import FIXED64, delimited, encode_varint, integer, text

VERSION = 1


class Header(Record):
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


# ---- their bytes

_AVERAGE = bytes((7 << 3 | FIXED64,))
_SHORT = [encode_varint(value) for value in range(1 << 14)]


def encode_header(header: Header) -> bytes:
    """The message with its length before it, as all of these."""
    return delimited(
        integer(1, header.version)
        + integer(2, header.num_postings_lists)
        + integer(3, header.num_docs)
        + integer(4, header.total_postings_lists)
        + integer(5, header.total_docs)
        + integer(6, header.total_terms)
        + (_AVERAGE + struct.pack("<d", header.average_length) if header.average_length else b"")
        + text(8, header.description)
    )


def encode_postings_list(postings: PostingsList) -> bytes:
    """df and cf are counted from the postings."""
    parts = [
        text(1, postings.term),
        integer(2, len(postings.docs)),
        integer(3, sum(postings.frequencies)),
    ]
    previous = 0
    for doc, frequency in zip(postings.docs, postings.frequencies, strict=True):
        gap = doc - previous
        previous = doc
        head = _SHORT[gap] if gap < 1 << 14 else encode_varint(gap)
        tail = _SHORT[frequency] if frequency < 1 << 14 else encode_varint(frequency)
        # proto3 leaves out a field that is 0: the gap of document 0.
        body = b"\x08" + head + b"\x10" + tail if gap else b"\x10" + tail
        parts.append(b"\x22" + _SHORT[len(body)] + body)
    return delimited(b"".join(parts))


def encode_doc_record(record: DocRecord) -> bytes:
    """One document."""
    return delimited(integer(1, record.doc) + text(2, record.id) + integer(3, record.length))

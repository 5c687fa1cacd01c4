"""CIFF read and written as protobuf's specification says, field by field, slowly: the oracle of the tests.

It shares nothing with searchlib.ciff. A message is a list of (number, wire kind, value), repeated fields and
all, in the order of the bytes.
"""

from __future__ import annotations

import io
import struct
from typing import NamedTuple

Message = list[tuple[int, int, int | bytes]]


class Ciff(NamedTuple):
    header: dict[str, object]
    postings: list[tuple[str, int, int, list[tuple[int, int]]]]  # term, df, cf, (absolute doc, tf)
    docs: list[tuple[int, str, int]]


def number(stream: io.BytesIO) -> int:
    bits = []
    while True:
        (byte,) = stream.read(1)
        bits += [byte >> bit & 1 for bit in range(7)]
        if not byte & 0b1000_0000:
            return sum(bit << place for place, bit in enumerate(bits))


def message(data: bytes) -> Message:
    stream = io.BytesIO(data)
    found: Message = []
    while stream.tell() < len(data):
        tag = number(stream)
        if tag % 8 == 0:
            found.append((tag // 8, 0, number(stream)))
        elif tag % 8 == 1:
            found.append((tag // 8, 1, stream.read(8)))
        elif tag % 8 == 2:
            found.append((tag // 8, 2, stream.read(number(stream))))
        else:
            raise AssertionError(f"wire kind {tag % 8}")
    return found


def decode(data: bytes) -> Ciff:
    """A whole file; every field must be one that the .proto has, and nothing may follow."""
    stream = io.BytesIO(data)

    def next_one() -> Message:
        return message(stream.read(number(stream)))

    names = {
        1: "version",
        2: "num_postings_lists",
        3: "num_doc_records",
        4: "total_postings_lists",
        5: "total_docs",
        6: "total_terms_in_collection",
        7: "average_doclength",
        8: "description",
    }
    header: dict[str, object] = {}
    for field, kind, value in next_one():
        if kind == 1:
            (value,) = struct.unpack("<d", value)  # type: ignore[arg-type]
        header[names[field]] = value.decode() if isinstance(value, bytes) else value
    postings = [_postings(next_one()) for _ in range(int(str(header.get("num_postings_lists", 0))))]
    docs = [_doc(next_one()) for _ in range(int(str(header.get("num_doc_records", 0))))]
    assert stream.read() == b""
    return Ciff(header, postings, docs)


def _postings(fields: Message) -> tuple[str, int, int, list[tuple[int, int]]]:
    single = {field: value for field, _, value in fields if field != 4}
    assert set(single) <= {1, 2, 3}
    entries, doc = [], 0
    for field, _, value in fields:
        if field == 4:
            assert isinstance(value, bytes)
            posting = {inner: found for inner, _, found in message(value)}
            assert set(posting) <= {1, 2}
            doc += int(posting.get(1, 0))
            entries.append((doc, int(posting.get(2, 0))))
    term = single.get(1, b"")
    assert isinstance(term, bytes)
    return term.decode(), int(single.get(2, 0)), int(single.get(3, 0)), entries


def _doc(fields: Message) -> tuple[int, str, int]:
    single = {field: value for field, _, value in fields}
    assert set(single) <= {1, 2, 3}
    name = single.get(2, b"")
    assert isinstance(name, bytes)
    return int(single.get(1, 0)), name.decode(), int(single.get(3, 0))


# ---- writing


def varint(value: int) -> bytes:
    value %= 1 << 64  # a negative int32 is sent as ten bytes
    groups = [value >> shift & 127 for shift in range(0, max(value.bit_length(), 1), 7)]
    return bytes(group | 128 for group in groups[:-1]) + bytes(groups[-1:])


def encode(fields: Message) -> bytes:
    """A message in a stream, fields exactly as they are given."""
    body = b"".join(
        varint(field * 8 + kind)
        + (varint(len(value)) + value if kind == 2 else value if isinstance(value, bytes) else varint(value))
        for field, kind, value in fields
    )
    return varint(len(body)) + body


def header(lists: int, docs: int, total_terms: int = 0) -> bytes:
    return encode([(1, 0, 1), (2, 0, lists), (3, 0, docs), (4, 0, lists), (5, 0, docs), (6, 0, total_terms)])


def postings(term: str, entries: list[tuple[int, int]], df: int | None = None) -> bytes:
    """entries: (gap, tf), as they stand in the file."""
    body: Message = [(1, 2, term.encode()), (2, 0, len(entries) if df is None else df)]
    for gap, tf in entries:
        posting = encode([(1, 0, gap), (2, 0, tf)])
        body.append((4, 2, posting[1:]))  # no posting is longer than 127 bytes: its length is one byte
    return encode(body)


def doc(number: int, name: str, length: int) -> bytes:
    return encode([(1, 0, number), (2, 2, name.encode()), (3, 0, length)])

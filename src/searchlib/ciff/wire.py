"""Protobuf's wire format, as much of it as three messages of integers and strings need.

It encodes and decodes; the format is that of https://protobuf.dev/programming-guides/encoding. What a field
means is not known.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""Kinds of a field's value: the low three bits of its tag, above which stands its number."""


class TornError(ValueError):
    """Bytes end before what they began; says what."""


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


def integer(number: int, value: int) -> bytes:
    """A field of a number; proto3 leaves out a 0."""
    return encode_varint(number << 3 | VARINT) + encode_varint(value) if value else b""


def text(number: int, value: str) -> bytes:
    """A field of a string; proto3 leaves out an empty one."""
    encoded = value.encode()
    return encode_varint(number << 3 | BYTES) + encode_varint(len(encoded)) + encoded if encoded else b""


def delimited(message: bytes) -> bytes:
    """A message with its length before it, as it stands in a stream."""
    return encode_varint(len(message)) + message


def varint(data: bytes | mmap.mmap, at: int) -> tuple[int, int]:
    """The number, and where it ends."""
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise TornError("a number")


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The number of each field, and its value: an integer, or bytes for all else."""
    at = 0
    while at < len(message):
        number, value, at = field(message, at)
        yield number, value


def field(message: bytes, at: int) -> tuple[int, int | bytes, int]:
    """A field's number, its value, and where the next one begins."""
    tag, at = varint(message, at)
    kind = tag & 7
    if kind == VARINT:
        return tag >> 3, *varint(message, at)
    if kind == BYTES:
        length, at = varint(message, at)
    elif kind in (FIXED64, FIXED32):
        length = 8 if kind == FIXED64 else 4
    else:
        raise TornError("a field of a known kind")
    if at + length > len(message):
        raise TornError("a field")
    return tag >> 3, message[at : at + length], at + length

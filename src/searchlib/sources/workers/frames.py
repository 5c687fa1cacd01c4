"""What goes through the pipes between a run and its workers: frames of a kind, a length and plain data.

The data is JSON, which can make nothing but strings, numbers, lists and dicts: a worker may have been taken
over by the file that it reads. What is no frame, or too long for one, is a BrokenFrame.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

HEADER = struct.Struct(">cI")
MAX_BYTES = 1 << 29
"""Of one frame: a document of 64 MiB, each character of it written as an escape."""

SETUP, FILE, DATA, END = b"S", b"F", b"D", b"E"
"""What a worker is sent: how to work; a file to read; bytes of one that has no path, and their end."""

READY, OPENED, ROW, DONE, REFUSED, MEMORY = b"R", b"O", b"W", b"D", b"X", b"M"
"""What it answers: it has started; a file is open; a row; all was read; it is refused; memory is out."""


class BrokenFrame(Exception):
    """What came is nothing that a worker sends."""


class Frame(NamedTuple):
    """A kind, and its data as bytes."""

    kind: bytes
    payload: bytes

    def value(self) -> Any:
        """The data. Raises BrokenFrame."""
        try:
            return json.loads(self.payload.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as error:
            raise BrokenFrame(str(error)) from None


def encoded(kind: bytes, value: Any) -> bytes:
    """A frame of plain data; strings may hold surrogates. Raises TypeError for what is no plain data."""
    _check_plain(value)
    payload = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return HEADER.pack(kind, len(payload)) + payload


def raw(kind: bytes, payload: bytes) -> bytes:
    """A frame of bytes."""
    return HEADER.pack(kind, len(payload)) + payload


def _check_plain(value: Any) -> None:
    """JSON would change keys and tuples without a word."""
    if value is None or type(value) in (str, int, float, bool):
        return
    if type(value) is list:
        for item in value:
            _check_plain(item)
    elif type(value) is dict:
        for name, item in value.items():
            if type(name) is not str:
                raise TypeError(f"a key is a str, got a {type(name).__name__}")
            _check_plain(item)
    else:
        raise TypeError(f"a value is plain data, got a {type(value).__name__}")


class Incoming:
    """Bytes as they come, cut into frames."""

    def __init__(self, kinds: frozenset[bytes]) -> None:
        """kinds: those that are awaited."""
        self._kinds = kinds
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that are complete now. Raises BrokenFrame behind those that are whole."""
        self._bytes += data
        at = 0
        try:
            while len(self._bytes) - at >= HEADER.size:
                kind, size = HEADER.unpack_from(self._bytes, at)
                if kind not in self._kinds or size > MAX_BYTES:
                    raise BrokenFrame(f"a frame of kind {kind!r} and {size:,} bytes")
                start, end = at + HEADER.size, at + HEADER.size + size
                if len(self._bytes) < end:
                    break
                at = end
                with memoryview(self._bytes) as view:
                    payload = bytes(view[start:end])
                yield Frame(kind, payload)
        finally:
            del self._bytes[:at]


ANSWERS = frozenset((READY, OPENED, ROW, DONE, REFUSED, MEMORY))

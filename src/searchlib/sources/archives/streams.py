"""Bytes that come piece by piece as a stream, and bytes that can be read anywhere.

An error of a stream stays: who reads on is told again, and never takes it for the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

from ...errors import SourceError


class Readable(Protocol):
    """A stream that only goes forward; a read may stop short, and b"" is the end."""

    def read(self, size: int, /) -> bytes | None: ...


class Pieces:
    """A Readable of pieces of any size."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")
        self._error: SourceError | None = None

    def read(self, size: int, /) -> bytes:
        while not self._left:
            if self._error is not None:
                raise self._error
            try:
                piece = next(self._pieces, None)
            except SourceError as error:
                self._error = error
                raise
            if piece is None:
                return b""
            self._left = memoryview(piece)
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)


def skip(stream: Readable, num_bytes: int | None = None) -> int:
    """Read so many bytes (None: all) and drop them; returns how many there were."""
    done = 0
    while num_bytes is None or done < num_bytes:
        chunk = stream.read(1 << 18 if num_bytes is None else min(1 << 18, num_bytes - done))
        if not chunk:
            break
        done += len(chunk)
    return done


class RandomAccess(Protocol):
    """Bytes that can be read anywhere."""

    @property
    def size(self) -> int: ...

    def at(self, offset: int, num_bytes: int) -> bytes:
        """The bytes there, fewer at the end."""


class InMemory:
    """RandomAccess to bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)

    def at(self, offset: int, num_bytes: int) -> bytes:
        return self.data[offset : offset + num_bytes] if offset >= 0 else b""


class InFile:
    """RandomAccess to an open file, whose own position stays. num_read: bytes that were asked for."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self.num_read = 0

    def at(self, offset: int, num_bytes: int) -> bytes:
        if offset < 0 or num_bytes <= 0 or offset >= self.size:
            return b""
        chunks = []
        while num_bytes > 0 and (chunk := os.pread(self._descriptor, min(num_bytes, 1 << 24), offset)):
            chunks.append(chunk)
            offset += len(chunk)
            num_bytes -= len(chunk)
            self.num_read += len(chunk)
        return b"".join(chunks)

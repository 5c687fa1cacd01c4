"""Bytes whose first ones can be looked at before they are read: what tells a format or an encoding.

The stream below need not seek, so it may be a pipe.
"""

from __future__ import annotations

import io
from typing import IO, Any


class LookAhead(io.RawIOBase):
    """A raw stream over another one. Closing it leaves that one open."""

    def __init__(self, below: IO[bytes] | io.BufferedIOBase | io.RawIOBase) -> None:
        self._below, self._ahead = below, b""

    def readable(self) -> bool:
        return True

    def look(self, size: int) -> bytes:
        """The first bytes that nobody has read, at most `size`; fewer only if there are no more."""
        chunks = [self._ahead]
        missing = size - len(self._ahead)
        while missing > 0 and (chunk := self._read(missing)):
            chunks.append(chunk)
            missing -= len(chunk)
        self._ahead = b"".join(chunks)
        return self._ahead

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        if self._ahead:
            data, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        else:
            data = self._read(len(view))
        view[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        return self._below.read(size) or b""

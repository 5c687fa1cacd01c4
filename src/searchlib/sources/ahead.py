"""Bytes whose first ones can be looked at before they are read: what tells a format or an encoding.

The stream below need not seek, so it may be a pipe.
"""

from __future__ import annotations

import io
from typing import Any

from ..errors import SourceError
from .archives.streams import Readable


class LookAhead(io.RawIOBase):
    """A raw stream over another one. Closing it leaves that one open."""

    def __init__(self, below: Readable) -> None:
        self._below, self._ahead = below, b""
        self.is_broken = False  # what can be looked at ends at an error, which is raised to who reads it

    def readable(self) -> bool:
        return True

    def look(self, size: int) -> bytes:
        """The first bytes that nobody has read, at most `size`; fewer only if there are no more."""
        chunks = [self._ahead]
        missing = size - len(self._ahead)
        try:
            while missing > 0 and (chunk := self._read(missing)):
                chunks.append(chunk)
                missing -= len(chunk)
        except SourceError:
            self.is_broken = True
        self._ahead = b"".join(chunks)
        return self._ahead

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        data = self._take(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1, /) -> bytes:
        """All of `size` bytes, or what there is (a raw read may stop short)."""
        chunks = []
        while size and (chunk := self._take(min(size, 1 << 24) if size > 0 else 1 << 24)):
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def _take(self, size: int) -> bytes:
        """The next bytes, at most `size`; none only at the end."""
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._read(size)

    def _read(self, size: int) -> bytes:
        return self._below.read(size) or b""

"""The bytes of a file as they pass: counted and hashed, so that one pass over it tells its digest.

What they mean is not known here.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from typing import BinaryIO

from ..errors import SourceError
from .ahead import LookAhead
from .archives.streams import Readable, skip
from .files import STDIN, SourceFile


class Metered(LookAhead):
    """Raw bytes, hashed and counted as they pass."""

    def __init__(self, raw: Readable, *, owned: bool) -> None:
        """owned: whether closing this closes `raw` too; standard input is the caller's."""
        super().__init__(raw)
        self._owned = owned
        self.num_bytes = 0
        self.hash = hashlib.blake2b(digest_size=16)

    def _take(self, size: int) -> bytes:
        data = super()._take(size)
        self.hash.update(data)
        self.num_bytes += len(data)
        return data

    def descriptor(self) -> int | None:
        """That of the file on disk, if it is one."""
        return self._below.fileno() if self._owned and isinstance(self._below, io.FileIO) else None

    def close(self) -> None:
        if not self.closed:
            super().close()
            if self._owned and isinstance(self._below, io.IOBase):
                self._below.close()


def digest_of(file: SourceFile) -> str:
    """The digest that reading the file would give; SourceError if it cannot be read."""
    with metered(file) as opened:
        try:
            skip(opened)
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror or error}") from None
        return opened.hash.hexdigest()


def metered(file: SourceFile) -> Metered:
    """The file, open. Raises SourceError."""
    if file.path != STDIN:
        return Metered(open_file(file), owned=True)
    if sys.stdin is None:
        raise SourceError("standard input is closed")
    return Metered(sys.stdin.buffer, owned=False)


def open_file(file: SourceFile) -> BinaryIO:
    """The file, open; not blocked by a pipe that took its name in the meantime."""
    try:
        descriptor = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise SourceError(f"cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceError("not a file any more")
    return open(descriptor, "rb", buffering=0)  # noqa: PTH123 (not a path)

"""How far the tasks of a build are: each tells it in a small file, wherever it runs."""

from __future__ import annotations

import contextlib
import struct
import time
from pathlib import Path

_COUNTS = struct.Struct("<QQ")
_SECONDS = 0.25


class Teller:
    """Told by a task what it has done so far."""

    def __init__(self, folder: Path, task: str) -> None:
        self._path = folder / task
        self._next = 0.0

    def tell(self, num_documents: int, num_bytes: int) -> None:
        """Write it down, if it is time to. That it cannot be is no fault of the task."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _SECONDS
            with contextlib.suppress(OSError):
                self._path.parent.mkdir(exist_ok=True)
                self._path.write_bytes(_COUNTS.pack(num_documents, num_bytes))


def told(folder: Path, task: str) -> tuple[int, int]:
    """Documents and bytes that a task has told of; none if it has not."""
    try:
        data = (folder / task).read_bytes()
    except OSError:
        return 0, 0
    return _COUNTS.unpack(data) if len(data) == _COUNTS.size else (0, 0)

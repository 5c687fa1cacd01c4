"""How much memory is left, asked cheaply: a server refuses before the machine ends it."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_CGROUP = Path("/sys/fs/cgroup")
_STATUS = Path("/proc/self/statm")
_PAGE_BYTES = resource.getpagesize()


class Memory:
    """What is left, looked up every so many seconds."""

    def __init__(self, seconds: float = 0.25) -> None:
        self._seconds, self._look_at, self._left = seconds, 0.0, None

    _left: int | None

    @property
    def left(self) -> int | None:
        """Bytes that this process may still take; None where nobody says."""
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + self._seconds
            known = [found for found in (_of_machine(), _of_group()) if found is not None]
            self._left = min(known) if known else None
        return self._left


def resident_bytes() -> int:
    """What this process has in memory; its most so far, where only that is said."""
    try:
        return int(_STATUS.read_text().split()[1]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _of_machine() -> int | None:
    try:
        for line in _MEMINFO.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return None


def _of_group() -> int | None:
    """Of a container's limit, with what the kernel would give back of cached files."""
    try:
        most = (_CGROUP / "memory.max").read_text().strip()
        if most == "max":
            return None
        taken = int((_CGROUP / "memory.current").read_text())
        for line in (_CGROUP / "memory.stat").read_text().splitlines():
            if line.startswith("inactive_file "):
                taken -= int(line.split()[1])
        return max(int(most) - taken, 0)
    except (OSError, ValueError, IndexError):
        return None

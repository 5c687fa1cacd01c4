"""What a writer or a change of fields may take: memory before it writes a segment, and threads."""

from __future__ import annotations

from ..arguments import checked_number
from ..records import Record

MAX_THREADS = 256
MAX_MEMORY_MB = 1 << 30


class Effort(Record):
    """memory: bytes of documents that are kept before they are written out. threads: that work."""

    memory: int
    threads: int


def effort(memory_mb: float, threads: int) -> Effort:
    """As callers say it; TypeError or ValueError for what is no number, or too large or small a one."""
    checked_number("memory_mb", memory_mb)
    if not 0 < memory_mb <= MAX_MEMORY_MB:
        raise ValueError(
            f"memory_mb is a number of megabytes above 0, {MAX_MEMORY_MB:,} at most, got {memory_mb!r}"
        )
    if type(threads) is not int or not 1 <= threads <= MAX_THREADS:
        raise ValueError(f"threads is a number from 1 to {MAX_THREADS}, got {threads!r}")
    return Effort(int(memory_mb * 1_000_000), threads)

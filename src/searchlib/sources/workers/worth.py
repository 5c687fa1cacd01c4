"""Which files are read by a worker, and how many workers there are: what it costs, and what it saves."""

from __future__ import annotations

import os

from ..files import STDIN, SourceFile
from ..formats import of_name

_WORTH_MS = 0.3
"""A file that goes to a worker takes longer to be read than this."""

_MAX_PROCESSES = 4


def num_processes() -> int:
    """How many read ahead where nobody says: as many as there are processors for this process."""
    num = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(num, _MAX_PROCESSES) if num > 1 else 0


def is_worth_it(file: SourceFile) -> bool:
    """Whether a file may be read by a worker."""
    return _has_path(file) and (cost_ms(file) >= _WORTH_MS or is_isolated(file))


def _has_path(file: SourceFile) -> bool:
    """Standard input and members of archives have none: their bytes are sent."""
    return file.path != STDIN and file.within is None


def is_isolated(file: SourceFile) -> bool:
    """Whether it is never read by the run itself."""
    return bool(file.format) and _has_path(file) and of_name(file.format).isolated


def cost_ms(file: SourceFile) -> float:
    """Milliseconds that it takes to be read, 0 where that is not dear."""
    return of_name(file.format).ms_per_mb * file.size_bytes / 1e6 if file.format else 0.0

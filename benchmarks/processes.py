"""A process from its beginning to its end, and what it took."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from typing import NamedTuple

from .environments import variables


class Took(NamedTuple):
    """One process: seconds by the clock, and of the processors, its children's too."""

    elapsed: float
    cpu: float


def run(arguments: list[str]) -> Took:
    """A process to its end. SystemExit if it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            arguments, env=variables(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            raise SystemExit(f"{arguments[:2]} ended with {process.returncode}: {errors.read().decode()}")
    return Took(elapsed, usage.ru_utime + usage.ru_stime)

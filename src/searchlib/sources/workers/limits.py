"""What a worker may take: time by the clock and of the processor, memory, and nothing on disk.

The system enforces them, whatever code runs in the worker; where it does not bound memory (macOS), the run
looks. What a worker died of is put into words here.
"""

from __future__ import annotations

import signal
import subprocess
import sys

from ...records import Record

_MIB = 1 << 20


class Limits(Record):
    """For one file, or some rows of one: seconds, and more of them for each MiB of it; bytes of memory."""

    seconds: float = 60.0
    seconds_per_mib: float = 2.0
    memory_bytes: int = 1536 * _MIB

    def seconds_for(self, size_bytes: int) -> float:
        """How long reading a file of that size may take."""
        return self.seconds + self.seconds_per_mib * size_bytes / _MIB


LIMITS = Limits()

_REMEDY = "split it, or convert it to text"
_REPORT = "please report it, with the file"


def took_too_long(seconds: float) -> str:
    return f"took longer than {seconds:.0f} s to be read; {_REMEDY}"


def took_too_much(memory_bytes: int) -> str:
    return f"needed more than {memory_bytes / 1024 / _MIB:.4g} GiB of memory to be read; {_REMEDY}"


def cause_of_death(code: int | None, seconds: float) -> str:
    """Why a file was not read whose worker ended. code: as of subprocess; None: it lives and says nothing."""
    if code is None:
        return f"what reads it broke off; {_REPORT}"
    if code >= 0:
        return f"what reads it ended with code {code}; {_REPORT}"
    if -code in (signal.SIGALRM, signal.SIGXCPU):
        return took_too_long(seconds)
    try:
        name = f" ({signal.Signals(-code).name})"
    except ValueError:
        name = ""
    if -code == signal.SIGKILL:
        return f"what reads it was killed by signal 9{name}, as systems do that run out of memory; {_REMEDY}"
    if -code == signal.SIGABRT:
        return f"what reads it gave up (signal 6, SIGABRT), as for lack of memory; {_REMEDY}"
    return f"what reads it was killed by signal {-code}{name}; {_REPORT}"


MEMORY_IS_BOUNDED = sys.platform == "linux"
"""Whether the system keeps to setrlimit where memory is concerned."""


def resident_bytes(pid: int) -> int:
    """The memory that a process has now; 0 where nobody knows."""
    asked = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return int(asked.stdout or 0) * 1024 if asked.stdout.strip().isdigit() else 0

"""What a result was measured on: processor, memory, kernel, Python, date, commit; and a process's memory."""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

from .vocabulary import PROJECT


def describe() -> dict[str, object]:
    """The machine and the moment, as plain data for a results file."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "date": now.isoformat(timespec="seconds"),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(_memory_bytes() / 2**30, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "commit": _git("rev-parse", "--short=12", "HEAD") or "unknown",
        "uncommitted_changes": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "load_average": round(os.getloadavg()[0], 2),
    }


def slug() -> str:
    """A short name of the machine for file names: amd-epyc-2c."""
    words = re.findall(r"[a-z0-9]+", _cpu().lower())
    kept = [word for word in words if word not in {"r", "tm", "cpu", "processor", "core"}]
    return "-".join(kept[:4]) + f"-{os.cpu_count()}c"


def peak_memory_bytes() -> int:
    """The largest resident size of this process so far, mapped file pages included."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: its maximum is inherited from the parent across fork and exec.
        return _status_kib(status.read_text(encoding="ascii", errors="replace"), "VmHWM") * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _status_kib(status: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) if found else 0


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", info.read_text(errors="replace"), re.MULTILINE)
        if found:
            return found.group(1).strip()
    if sys.platform == "darwin":
        return _output("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()
    return platform.processor() or platform.machine()


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _git(*arguments: str) -> str:
    return _output("git", "-C", str(PROJECT), *arguments)


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""

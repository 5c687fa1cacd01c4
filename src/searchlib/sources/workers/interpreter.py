"""How a worker is started: a fresh interpreter that imports this package, and nothing of its program.

No fork, for the run has threads; and not multiprocessing, whose children execute the program's main module
again. In an application that has Python inside, `sys.executable` may be anything: that is never run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from ...errors import SourceError

_PYTHON = re.compile(r"(python|pypy)[\w.-]*(\.exe)?", re.IGNORECASE)

# Until the path is set nothing is imported that a file beside the program could stand in for.
_START = (
    "import sys; sys.path = [p for p in sys.path if p]; import os, json\n"
    "size = int(os.read(0, 8)); data = b''\n"
    "while len(data) < size: data += os.read(0, size - len(data)) or sys.exit()\n"
    "sys.path = json.loads(data)\n"
    f"from {__package__}.child import main; main()"
)


def started() -> subprocess.Popen[bytes]:
    """A process that awaits its setup. Raises SourceError where there is no interpreter that could run it."""
    program = _interpreter()
    debugged = os.environ.get("SEARCHLIB_DEBUG", "0") not in ("", "0")
    try:
        process = subprocess.Popen(
            [program, "-c", _START],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debugged else subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for the run, which ends its workers
        )
    except OSError as error:
        raise SourceError(f"{_NEEDED}, and {program} cannot be started: {error.strerror}") from None
    assert process.stdin is not None
    path = json.dumps([os.path.abspath(folder) for folder in sys.path]).encode()  # noqa: PTH100
    with suppress(OSError):  # it has ended, which is seen when it is asked
        process.stdin.write(b"%8d" % len(path) + path)
    return process


_NEEDED = "it is read by a process of its own, so that a damaged file harms nothing else"


def _interpreter() -> str:
    candidates = [sys.executable, getattr(sys, "_base_executable", "")]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates += [os.path.join(sys.exec_prefix, "bin", name) for name in (version, "python3")]  # noqa: PTH118
    if not getattr(sys, "frozen", False):
        for candidate in candidates:
            if candidate and _PYTHON.fullmatch(Path(candidate).name) and os.access(candidate, os.X_OK):
                return candidate
    raise SourceError(
        f"{_NEEDED}, and no Python interpreter was found to run it (sys.executable is {sys.executable!r}); "
        f"set sys.executable to the path of one that has searchlib"
    )

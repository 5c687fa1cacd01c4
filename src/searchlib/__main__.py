"""`python -m searchlib` is the command `searchlib`: how its process starts, and how it ends."""

from __future__ import annotations

import gc
import os
import sys

from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

_INTERRUPTED = 130


def main() -> NoReturn:
    """The entry point of the `searchlib` script: quiet from the first import on, whenever Ctrl-C comes."""
    # Starting makes no garbage, and looking for it costs a short process time.
    gc.set_threshold(100_000)
    try:
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        _leave(_INTERRUPTED)
    except SystemExit as end:
        _leave(end.code)
    _leave(0)


def _leave(code: str | int | None) -> NoReturn:
    """End the process as sys.exit does, without tearing it down first: its memory goes with it.

    Exit handlers run and streams are flushed. Where other threads still work, or a developer may have a
    profiler on, it is sys.exit itself.
    """
    # What nobody has loaded has nothing to do at the end, and is not loaded for it.
    atexit, threading = sys.modules.get("atexit"), sys.modules.get("threading")
    has_threads = threading is not None and threading.active_count() > 1
    is_debugged = os.environ.get("SEARCHLIB_DEBUG", "0") not in ("", "0")
    if isinstance(code, str) or is_debugged or has_threads:
        sys.exit(code)
    if atexit is not None:
        atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # the interpreter knows what to say of it
        sys.exit(code)
    os._exit(code or 0)


if __name__ == "__main__":
    main()

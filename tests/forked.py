"""A child process that is forked from a test."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable


def in_child(action: Callable[[], object]) -> bool:
    """Whether action() came to its end in a forked child, within 20 seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12: the process has threads
        pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(20)  # ends the child, whatever it waits for
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1] == 0

"""A bound for what would run for hours where the code is broken: an end, never a measurement.

It counts the processor time of this process, so that a busy machine fails nothing. What stands under it takes
a hundredth of the bound where all is well, and many times the bound where the work is no longer linear.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

BOUND = 60.0
"""Seconds of the processor's time."""


@contextmanager
def must_end(seconds: float = BOUND) -> Iterator[None]:
    """AssertionError in the middle of what takes longer, as soon as the interpreter has its turn."""

    def late(*_: object) -> None:
        raise AssertionError(f"took more than {seconds:g} s of the processor's time")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

"""How long an answer may take: one limit for all that a call does, in the core and between its calls.

A call gives its result or, when its time is over, raises a SearchTimeout that says what took too long. What
the call does is not known here.
"""

from __future__ import annotations

import time

from .. import _core
from ..arguments import checked_number
from ..errors import SearchTimeout
from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")


def checked_timeout(timeout: float | None) -> None:
    """TypeError or ValueError if it is no time."""
    if timeout is None:
        return
    checked_number("timeout", timeout)
    if not timeout > 0:
        raise ValueError(f"timeout is a number of seconds above 0, or None, got {timeout!r}")


def timed(what: str, query: object, timeout: float | None, call: Callable[[], T]) -> T:
    """What the call gives, within so many seconds; None: however long it takes."""
    checked_timeout(timeout)
    if timeout is None:
        return call()
    try:
        with _core.TimeLimit(timeout):
            return call()
    except SearchTimeout:
        raise too_slow(what, query, timeout) from None


def time_left(started: float, timeout: float | None) -> float | None:
    """Seconds of a call that began at that perf_counter(); None: no limit."""
    return None if timeout is None else max(started + timeout - time.perf_counter(), 0.0)


def too_slow(what: str, query: object, timeout: float | None) -> SearchTimeout:
    """The error, with what may help."""
    return SearchTimeout(
        f"{what} of {str(query)!r:.100} did not end within {timeout:g} s; allow it more time, or ask for "
        f"less: fewer words, fewer and longer prefixes, rarer words",
        timeout,
    )

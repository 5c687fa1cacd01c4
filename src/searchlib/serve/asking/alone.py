"""Who asks alone is answered by the event loop itself, where answers take little time.

To a thread and back takes time: another core has to wake up, and then the first again. What the server adds
to a search is said by `python -m benchmarks over_http`. But while the loop looks for an answer, it listens to
nobody. So it does that only where nobody else asks, in indexes of this process, as long as searches are short
on average, and gives a question little time: what is late is asked again in a thread. A search, suggestions
and reasons have that time each, and writing the hits has none of its own, so that an answer of all of these
is later still.

Whether somebody else asks, for whatever it may be, is seen in two ways. Another request has not ended. Or one
of another connection comes right behind an answer of the loop: it waited for it. From then on all go to
threads, for a second from the last time that two met.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ...errors import SearchTimeout
from ...index import Index
from ..access.tenants import whole

if TYPE_CHECKING:
    from ..settings import Settings

T = TypeVar("T")

LONGEST = 0.02
"""Seconds that the loop gives a search at most."""
_LATE = 0.9 * LONGEST
"""Seconds behind which an answer may have come to its end because they were over."""
_SHORT = 0.005
"""Seconds that searches take on average at most: so long Python lets one thread keep others waiting, too."""
_UNKNOWN = 0.05
"""What they take before any was asked, so that the first ones go to threads."""
_WEIGHT = 0.125
"""Of the newest of them in the average, which is an exponential one."""
_APART = 1.0
"""Seconds for which all go to threads since two met."""
_STEPS = 3
"""Of the loop, till a request that waited is here: its bytes are read, its task is made, the task begins."""


class Alone:
    """When the loop answers by itself. settings: of the server; clock: seconds."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.perf_counter) -> None:
        self._settings, self._clock = settings, clock
        limits = settings.limits
        self._brief = settings.replace(
            limits=limits.replace(search_seconds=min(LONGEST, limits.search_seconds))
        )
        self._average, self._met = _UNKNOWN, -_APART
        self._answered: object = None  # the connection, for as long as others may be behind it
        self._num_behind = 0  # answers whose steps are not done

    def comes(self, connection: object, num_others: int) -> None:
        """A request begins. connection: an object of its own for each; num_others: that have not ended."""
        waited = self._num_behind > 0 and (connection is None or connection is not self._answered)
        if waited or num_others:
            self._met = self._clock()

    def may(self, index: object) -> bool:
        """Whether the loop answers a question to this index."""
        is_short, is_alone = self._average <= _SHORT, self._clock() - self._met > _APART
        return is_short and is_alone and isinstance(whole(index), Index)

    def answer(self, question: Callable[[Settings], T], connection: object) -> T | None:
        """What the loop finds; None if it takes too long. Some of an answer that is late may be left out
        without an error, so that none is taken."""
        started = self._clock()
        try:
            answer = self.timed(question, self._brief)
        except SearchTimeout:
            return None
        finally:
            self._stand_behind(connection)
        return answer if self._clock() - started < _LATE else None

    def timed(self, question: Callable[[Settings], T], settings: Settings | None = None) -> T:
        """What is found, wherever, while its time is taken. settings: within their limits; the server's."""
        started = self._clock()
        try:
            return question(settings or self._settings)
        finally:
            self._average += (self._clock() - started - self._average) * _WEIGHT

    def _stand_behind(self, connection: object) -> None:
        """Let it be known for some steps of the loop that whoever comes waited for this answer."""
        self._answered = connection
        self._num_behind += 1
        self._step(asyncio.get_running_loop(), _STEPS)

    def _step(self, loop: asyncio.AbstractEventLoop, left: int) -> None:
        if left:
            loop.call_soon(self._step, loop, left - 1)
            return
        self._num_behind -= 1
        if not self._num_behind:
            self._answered = None

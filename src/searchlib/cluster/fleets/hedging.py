"""When a request is asked of a second replica, too: after what 95 of 100 took, and as long as the budget
lasts.
"""

from __future__ import annotations

FIRST_DELAY = 0.1
LEAST_DELAY = 0.001

_WINDOW = 128
_EVERY = 16


class Latencies:
    """The 95th percentile of the last 128 times, in seconds, worked out anew after every 16.

    Threads add without a lock: of two that come at once a time may be lost, which a percentile does not
    notice.
    """

    def __init__(self) -> None:
        self._last = [0.0] * _WINDOW
        self._count = 0
        self.delay = FIRST_DELAY

    def add(self, seconds: float) -> None:
        """A request took so long."""
        self._last[self._count % _WINDOW] = seconds
        self._count += 1
        if self._count % _EVERY == 0 and self._count >= 2 * _EVERY:
            known = sorted(self._last[: self._count])
            self.delay = max(LEAST_DELAY, known[int(len(known) * 0.95)])


class HedgeBudget:
    """How many hedges there may be: one for 20 requests, and ten a second; 32 at once.

    So an overload, in which everything is late, is not doubled; and what a replica that hangs has swallowed
    is asked elsewhere all the same. Its owner locks.
    """

    share = 0.05
    per_second = 10.0
    most = 32.0

    def __init__(self, now: float) -> None:
        self._tokens, self._at = self.most, now

    def earn(self, num_requests: int) -> None:
        """So many requests were made."""
        self._tokens = min(self.most, self._tokens + self.share * num_requests)

    def spend(self, now: float) -> bool:
        """Whether there may be one more hedge; it is then counted."""
        self._tokens = min(self.most, self._tokens + self.per_second * (now - self._at))
        self._at = now
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True

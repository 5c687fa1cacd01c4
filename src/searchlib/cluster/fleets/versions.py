"""The versions of a shard that a replica holds: one, and the one before as long as routers ask for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ...forks import renew_locks_in_children
from .fleet import Answering

LINGER = 30.0

Opener = Callable[[], "tuple[int, Answering]"]


class Versions:
    """What `opener` opens: the number of the newest version, which only grows, and a worker for it.

    linger: seconds without a question for the older version after which it is let go. At most two are held:
    to open a third one ends the oldest. A worker goes when the last question that it answers is done.
    """

    def __init__(self, opener: Opener, linger: float = LINGER) -> None:
        self._opener, self._linger = opener, linger
        self.renew_locks()
        self._newest, self._worker = opener()
        self._older: tuple[int, Answering] | None = None
        self._asked_older = 0.0
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """A forked child's own."""
        self._lock = threading.Lock()
        self._opening = threading.Lock()

    @property
    def held(self) -> tuple[int, int]:
        """The numbers of the newest version and of the one before, or 0."""
        older = self._older
        if older is not None and time.monotonic() - self._asked_older > self._linger:
            with self._lock:
                if self._older is older and time.monotonic() - self._asked_older > self._linger:
                    self._older = older = None
        return self._newest, older[0] if older else 0

    def worker(self, version: int) -> Answering | None:
        """The worker of a version, 0 for the newest one; None if it is not held."""
        with self._lock:
            if version in (0, self._newest):
                return self._worker
            if self._older is not None and version == self._older[0]:
                self._asked_older = time.monotonic()
                return self._older[1]
        return None

    def open_newest(self) -> int:
        """Hold the newest version, too; returns its number. What is answered meanwhile goes on."""
        with self._opening:
            version, worker = self._opener()
            with self._lock:
                if version > self._newest:
                    self._older, self._asked_older = (self._newest, self._worker), time.monotonic()
                    self._newest, self._worker = version, worker
                return self._newest

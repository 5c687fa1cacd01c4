"""What all requests of a server share."""

from __future__ import annotations

import os
import time

import anyio

from .catalogue import Catalogue
from .settings import Settings
from .walks import Walks
from .writes import WriteQueue


class State:
    """The indexes, the settings, what waits to be written, and how many searches run.

    Made once the event loop runs.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogue = Catalogue(settings.indexes, settings.root, settings.refresh_seconds)
        threads = settings.limits.concurrent or 2 * (os.cpu_count() or 1)
        self.searches = anyio.CapacityLimiter(threads)
        self.waiting = 0
        self.walks = Walks()
        self.started = time.time()
        self._queues: dict[str, WriteQueue] = {}

    def queue(self, name: str) -> WriteQueue:
        """Where the writes of an index wait for their turn; a Problem for one that is not served."""
        self.catalogue.folder(name)
        if name not in self._queues:
            self._queues[name] = WriteQueue(lambda: self.catalogue[name])
        return self._queues[name]

    async def close(self) -> None:
        """Write what was asked for, and let go of all files."""
        for queue in self._queues.values():
            await queue.drain()
        self.catalogue.close()

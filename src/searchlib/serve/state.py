"""What all requests of a server share."""

from __future__ import annotations

import os
import time

import anyio

from .catalogue import Catalogue
from .settings import Settings
from .walks import Walks


class State:
    """The indexes, the settings, and how many searches run. Made once the event loop runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogue = Catalogue(settings.indexes, settings.refresh_seconds)
        threads = settings.limits.concurrent or 2 * (os.cpu_count() or 1)
        self.searches = anyio.CapacityLimiter(threads)
        self.waiting = 0
        self.walks = Walks()
        self.started = time.time()

    def close(self) -> None:
        """Let go of all files."""
        self.catalogue.close()

"""What all requests of a server share."""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .access.keys import Key, Keys
from .access.keys_followed import KeysFollowed
from .access.rates import Rate, Rates, address_of
from .asking.alone import Alone
from .asking.term_walks import Walks
from .asking.turns import Turns
from .catalogue import Catalogue
from .connections.memory import Memory
from .problems import ProblemError
from .settings import Settings
from .tools import Tools
from .watching.metrics import Metrics
from .writing.queue import WriteQueue

if TYPE_CHECKING:
    from starlette.requests import Request


class State:
    """The indexes, the settings, what waits to be written, and how many searches run.

    Made once the event loop runs.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogue = Catalogue(settings.indexes, settings.root, settings.refresh_seconds)
        self.turns = Turns(settings.limits)
        self.alone = Alone(settings)
        self.held_bytes = 0
        self.walks, self.tools = Walks(), Tools()
        self.started = time.time()
        self.nonce = secrets.token_hex(8)
        self.keys, self.rates = Keys(settings.keys), Rates()
        file = settings.keys_file
        self.keys_followed = None if file is None else KeysFollowed(file, self.keys, settings)
        self.metrics, self.memory = Metrics(), Memory()
        self.num_connections: Callable[[], int] = int  # the process that listens says how many
        self._queues: dict[str, WriteQueue] = {}

    def key_of(self, request: Request) -> Key:
        """Whose request it is; a Problem of status 401 for a key that is none, which counts as a request."""
        try:
            return self.keys.of(request)
        except ProblemError:
            self._count(request, self.settings.limits.rate, None)  # so that keys cannot be tried out faster
            raise

    def count(self, request: Request, key: Key) -> None:
        """A Problem of status 429 for who asks too often."""
        self._count(request, key.rate or self.settings.limits.rate, key)

    def _count(self, request: Request, rate: Rate | None, key: Key | None) -> None:
        if rate is None:
            return
        client = request.client
        who = f"key {key.name}" if key is not None and key.digest else address_of(client and client.host)
        waits = self.rates.take(who, rate)
        if waits:
            headers = {"Retry-After": str(math.ceil(waits))}
            detail = f"at most {rate} are answered; ask again in {math.ceil(waits)} s"
            raise ProblemError(429, "TooOften", "Too many requests", detail, headers)

    def check_memory(self) -> None:
        """A Problem of status 503 where the machine has next to no memory left."""
        left, spare = self.memory.left, self.settings.limits.spare_bytes
        if left is not None and left < spare:
            detail = f"{left >> 20:,} MB of memory are left, and the server keeps {spare >> 20:,} MB free"
            raise ProblemError(503, "Busy", "The memory is full", detail, {"Retry-After": "5"})

    def queue(self, name: str) -> WriteQueue:
        """Where the writes of an index wait for their turn; a Problem for one that is not served."""
        self.catalogue.folder(name)
        if name not in self._queues:
            self._queues[name] = WriteQueue(lambda: self.catalogue[name])
        return self._queues[name]

    def unwritten(self) -> dict[str, int]:
        """Writes that were asked for and are not done, by index."""
        return {name: queue.unfinished for name, queue in self._queues.items() if queue.unfinished}

    async def close(self) -> None:
        """Write what was asked for, and let go of all files."""
        if self.keys_followed is not None:
            await self.keys_followed.close()
        for queue in self._queues.values():
            await queue.drain()
        await self.tools.close()
        self.turns.close()
        self.catalogue.close()

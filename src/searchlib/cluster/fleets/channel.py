"""What a fleet needs of a replica, however it is reached: requests begun, waited for together, abandoned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .frames import Reply


class ReplicaFailed(Exception):
    """A replica that is not there, went away, or sent what is no reply.

    had_request: it had the request, and may have died of it.
    """

    def __init__(self, message: str, had_request: bool = False) -> None:
        super().__init__(message)
        self.had_request = had_request


class ReplicaBusy(Exception):
    """A replica that has as many requests of this router as it may have."""


class Call(Protocol):
    """One request under way; a thread at a time uses it."""

    def reply(self) -> Reply:
        """The reply, once `wait` has named this call. ReplicaFailed, ReplicaBusy: there will be none."""
        ...

    def abandon(self) -> None:
        """The reply is not wanted any longer. What has not begun will not; what runs ends by its deadline."""
        ...


class Channel(Protocol):
    """One replica of one shard. Thread-safe."""

    name: str

    def begin(self, frame: bytes, number: int, seconds: float) -> Call:
        """Send a request: its frame, the id in it, and how long it may take. ReplicaFailed, ReplicaBusy."""
        ...

    def wait(self, calls: Sequence[Call], seconds: float | None) -> Sequence[Call]:
        """Those of some calls, of channels of this kind, whose replies are there; none after that time."""
        ...

    def revive(self, seconds: float) -> None:
        """Reach the replica anew. ReplicaFailed: it is not there (yet). It may block for that time."""
        ...

    def close(self) -> None:
        """Ends connections and threads of this channel; the replica itself lives on."""
        ...

"""Replicas in this process: a pool of threads before a desk."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from typing import cast

from ...forks import renew_locks_in_children
from .channel import Call, ReplicaFailed
from .desk import Desk
from .frames import Reply, unpack_reply


class HereCall:
    """A request in the pool."""

    def __init__(self, future: Future[bytes]) -> None:
        self.future = future

    def reply(self) -> Reply:
        """See Call."""
        try:
            return unpack_reply(self.future.result())
        except CancelledError:
            raise ReplicaFailed("closed") from None

    def abandon(self) -> None:
        """See Call."""
        self.future.cancel()


class HereChannel:
    """A replica whose desk is in this process."""

    def __init__(self, desk: Desk, name: str = "here") -> None:
        self.name = name
        self._desk = desk
        self.renew_locks()
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """A forked child has none of its parent's threads."""
        self._pool = ThreadPoolExecutor(self._desk.max_present, f"searchlib-{self.name}")

    def begin(self, frame: bytes, number: int, seconds: float) -> HereCall:
        """See Channel. The desk refuses what is too much."""
        try:
            return HereCall(self._pool.submit(self._desk.handle, frame))
        except RuntimeError:
            raise ReplicaFailed("closed") from None

    def wait(self, calls: Sequence[Call], seconds: float | None) -> Sequence[Call]:
        """See Channel."""
        own = cast("Sequence[HereCall]", calls)
        done = wait([call.future for call in own], seconds, FIRST_COMPLETED).done
        return [call for call in own if call.future in done]

    def revive(self, seconds: float) -> None:
        """See Channel: a thread needs no reviving."""

    def close(self) -> None:
        """See Channel."""
        self._pool.shutdown(wait=True, cancel_futures=True)

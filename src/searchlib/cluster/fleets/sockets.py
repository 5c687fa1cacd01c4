"""Replicas that listen elsewhere: a channel has a few connections, each with one request at a time.

The thread that asks sends by itself, and polls the connections of all shards by itself. No thread stands
between. An abandoned request keeps its connection until the reply has come, which is dropped.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import cast

from ...forks import renew_locks_in_children
from .addresses import Address
from .channel import Call, ReplicaBusy, ReplicaFailed
from .frames import LARGEST_REPLY, NEVER, Kind, Reply, pack_request, unpack_reply
from .framing import FAILURES, Framed

MAX_CONNECTIONS = 64
CONNECT_SECONDS = 1.0
STALL_SECONDS = 1.0
OWED_SECONDS = 30.0
_LEAST_SECONDS = 0.001


class SocketCall:
    """A request that has a connection for itself, or will have one."""

    def __init__(self, channel: SocketChannel, number: int, framed: Framed | None = None) -> None:
        self._channel, self._number = channel, number
        self._framed = framed
        self._error: ReplicaFailed | ReplicaBusy | None = None
        self._connected: socket.socket | None = None
        self._is_abandoned = False

    def connect(self, frame: bytes, seconds: float) -> None:
        """Another thread connects and sends: who asks does not wait for a machine that is not there."""
        self._lock = threading.Lock()
        self._connected, self._wake = socket.socketpair()
        thread = threading.Thread(target=self._connect, args=(frame, seconds), name="searchlib-connect")
        thread.daemon = True
        thread.start()

    def _connect(self, frame: bytes, seconds: float) -> None:
        try:
            framed = self._channel.connect(seconds, CONNECT_SECONDS)
        except (ReplicaFailed, ReplicaBusy) as error:
            self._error = error
        else:
            with self._lock:
                if self._is_abandoned:
                    self._channel.give_back(framed)
                else:
                    try:
                        framed.send(frame)
                        self._framed = framed
                    except FAILURES as error:
                        self._channel.lose(framed)
                        self._error = ReplicaFailed(f"cannot be sent to: {_why(error)}")
        finally:
            self._wake.close()  # which shows at the other end

    def _stop_polling_for_connection(self) -> None:
        if self._connected is not None:
            self._connected.close()

    def fileno(self) -> int:
        """What to poll."""
        return cast("Framed | socket.socket", self._framed or self._connected).fileno()

    def is_ready(self) -> bool:
        """Whether the reply can be read, or an error is known; a connection alone is neither."""
        return self._error is not None or (self._framed is not None and self._framed.is_readable())

    def reply(self) -> Reply:
        """See Call."""
        self._stop_polling_for_connection()
        if self._error is not None:
            raise self._error
        framed = cast(Framed, self._framed)
        try:
            reply = unpack_reply(framed.receive(LARGEST_REPLY))
            if reply.id != self._number:
                raise ValueError(f"expected the reply to request {self._number}, got that to {reply.id}")
        except FAILURES as error:
            self._channel.lose(framed)
            raise ReplicaFailed(f"went away: {_why(error)}", had_request=True) from None
        self._channel.give_back(framed)
        return reply

    def abandon(self) -> None:
        """See Call."""
        self._stop_polling_for_connection()
        if self._framed is None and self._error is None:
            with self._lock:
                self._is_abandoned = True
        if self._framed is not None:
            self._channel.owe(self._framed, self._number)


class SocketChannel:
    """A replica behind an address. where: the address, or what tells it, asked again whenever it is lost."""

    def __init__(
        self,
        where: Address | Callable[[], Address],
        authkey: bytes,
        name: str | None = None,
        max_connections: int = MAX_CONNECTIONS,
    ) -> None:
        self._where, self._authkey = where, authkey
        self.name = name or str(where)
        self._max_connections = max_connections
        self._address = where if isinstance(where, Address) else None
        self._is_closed = False
        self._reset()
        renew_locks_in_children(self)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._free: list[Framed] = []
        self._owed: list[tuple[float, Framed]] = []
        self._num_open = 0

    def renew_locks(self) -> None:
        """A forked child has connections of its own; its parent's live on there, and are closed here."""
        inherited = [*self._free, *(framed for _, framed in self._owed)]
        self._reset()
        for framed in inherited:
            framed.close()

    def begin(self, frame: bytes, number: int, seconds: float) -> SocketCall:
        """See Channel."""
        framed = self._take()
        if framed is None:
            call = SocketCall(self, number)
            call.connect(frame, seconds)
            return call
        try:
            framed.send(frame)
        except FAILURES as error:
            self.lose(framed)
            raise ReplicaFailed(f"cannot be sent to: {_why(error)}") from None
        return SocketCall(self, number, framed)

    def wait(self, calls: Sequence[Call], seconds: float | None) -> Sequence[Call]:
        """See Channel."""
        ends = NEVER if seconds is None else time.monotonic() + seconds
        while True:
            own = {call.fileno(): call for call in cast("Sequence[SocketCall]", calls)}
            poll = select.poll()
            for descriptor in own:
                poll.register(descriptor, select.POLLIN)
            found = poll.poll(None if seconds is None else max(0.0, seconds) * 1000)
            if ready := [call for descriptor, _ in found if (call := own[descriptor]).is_ready()]:
                return ready
            seconds = None if ends == NEVER else ends - time.monotonic()
            if seconds is not None and seconds <= 0.0:
                return []

    def revive(self, seconds: float) -> None:
        """See Channel."""
        if not isinstance(self._where, Address):
            self._address = None
        with self._lock:
            self._num_open += 1
        self.give_back(self.connect(seconds, seconds))

    def close(self) -> None:
        """See Channel."""
        with self._lock:
            self._is_closed = True
            idle = [*self._free, *(framed for _, framed in self._owed)]
            self._free, self._owed = [], []
        for framed in idle:
            framed.close()

    def _take(self) -> Framed | None:
        """A connection at rest; None if one may be made."""
        with self._lock:
            if self._is_closed:
                raise ReplicaFailed("closed")
            if self._owed:
                self._sweep()
            if self._free:
                return self._free.pop()
            if self._num_open >= self._max_connections:
                raise ReplicaBusy(f"{self._num_open} requests under way")
            self._num_open += 1
            return None

    def connect(self, seconds: float, most: float) -> Framed:
        """A new connection, which is counted already; within the time that is left, and within `most`."""
        framed = None
        try:
            if self._address is None:
                self._address = cast("Callable[[], Address]", self._where)()
            limit = max(_LEAST_SECONDS, min(seconds, most))
            framed = Framed(self._address.connect(limit), limit)
            framed.greet(self._authkey)
            framed.limit(STALL_SECONDS)
        except (*FAILURES, ReplicaFailed) as error:
            with self._lock:
                self._num_open -= 1
            if framed is not None:
                framed.close()
            if (
                isinstance(error, (TimeoutError, BlockingIOError)) and seconds < most
            ):  # no fault of the replica's
                raise ReplicaBusy(f"not reached in the {seconds:.3g} s that were left") from None
            raise ReplicaFailed(f"cannot be reached: {_why(error)}") from None
        return framed

    def give_back(self, framed: Framed) -> None:
        """A connection on which nothing is under way."""
        with self._lock:
            if not self._is_closed:
                self._free.append(framed)
                return
        framed.close()

    def lose(self, framed: Framed) -> None:
        """A connection that has ended: those at rest lead to the same process, and go with it."""
        with self._lock:
            self._num_open -= 1 + len(self._free)
            idle, self._free = self._free, []
        for each in (framed, *idle):
            each.close()

    def owe(self, framed: Framed, number: int) -> None:
        """A connection whose reply nobody waits for."""
        with contextlib.suppress(*FAILURES):
            framed.send(pack_request(Kind.ABANDON, number, 0, 0.0))
        with self._lock:
            self._owed.append((time.monotonic(), framed))

    def _sweep(self) -> None:
        """Drop the replies that have come meanwhile, and the connections on which none came for long."""
        owed, self._owed = self._owed, []
        for since, framed in owed:
            try:
                if framed.is_readable():
                    framed.receive(LARGEST_REPLY)
                    self._free.append(framed)
                elif time.monotonic() - since < OWED_SECONDS:
                    self._owed.append((since, framed))
                else:
                    raise EOFError
            except FAILURES:
                self._num_open -= 1
                framed.close()


def _why(error: BaseException) -> str:
    return f"{type(error).__name__} {error}".strip()

"""A worker that listens: a thread for each connection, which reads a frame, has it answered, and sends the
reply.

So a request costs its worker no hop between threads. A connection has one request at a time; a router has as
many connections as it has requests under way.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time

from .addresses import Address
from .desk import Desk
from .frames import LARGEST_REQUEST, Kind
from .framing import FAILURES, Framed

MAX_CONNECTIONS = 512
STALL_SECONDS = 5.0


class Listening:
    """Serves a desk at an address, from the construction on until `close`.

    address: port 0 is any free one; `address` says which one it became. OSError: it cannot listen there.
    """

    def __init__(
        self, desk: Desk, address: Address, authkey: bytes, max_connections: int = MAX_CONNECTIONS
    ) -> None:
        self._desk, self._authkey, self._max_connections = desk, authkey, max_connections
        self._listener = address.listen()
        name = self._listener.getsockname()
        self.address = address if address.path else Address(address.host, name[1])
        self._connections: set[Framed] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._accept, name="searchlib-accept", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends all connections; requests under way get no reply."""
        with self._lock:
            self._is_closed = True
            open_ones = list(self._connections)
        self._wake.send(b"x")
        self._thread.join()
        for framed in open_ones:
            framed.shut_down()
        for each in (self._listener, self._wake, self._woken):
            each.close()

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._is_closed:
                selector.select()
                if self._is_closed:
                    return
                try:
                    connected, _ = self._listener.accept()
                except OSError:  # who came has gone, or there are no descriptors: the next one may be luckier
                    time.sleep(0.05)
                    continue
                self._take(connected)

    def _take(self, connected: socket.socket) -> None:
        if connected.family != socket.AF_UNIX:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        framed = Framed(connected, STALL_SECONDS)
        with self._lock:
            is_full = self._is_closed or len(self._connections) >= self._max_connections
            if not is_full:
                self._connections.add(framed)
        if is_full:
            framed.close()
            return
        threading.Thread(target=self._serve, args=(framed,), name="searchlib-serve", daemon=True).start()

    def _serve(self, framed: Framed) -> None:
        try:
            framed.welcome(self._authkey)
            while framed.is_readable(None):
                frame = framed.receive(LARGEST_REQUEST)
                if frame[:1] != _ABANDON:  # else of a request that is answered already
                    framed.send(self._desk.handle(frame, lambda: _is_abandoned(framed)))
        except FAILURES:  # the router has gone, or is none
            pass
        finally:
            with self._lock:
                self._connections.discard(framed)
            framed.close()


_ABANDON = bytes([Kind.ABANDON])


def _is_abandoned(framed: Framed) -> bool:
    """Anything that comes while a request waits says so: the router's word, or its end."""
    return framed.is_readable()

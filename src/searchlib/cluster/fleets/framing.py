"""Sockets that carry frames: the framing and the handshake of the standard library's
multiprocessing.connection.

Both sides prove that they have the key, by a challenge each. Bytes are sent and received as they are; nothing
is pickled. The network is trusted beyond that: frames are neither encrypted nor signed.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge


class Framed:
    """A connected socket as a carrier of frames. One thread at a time sends or receives.

    stall_seconds: a peer that stops in the midst of a frame, or of the handshake, is given up after that.
    """

    def __init__(self, connected: socket.socket, stall_seconds: float) -> None:
        _limit(connected, stall_seconds)
        self._connection: Connection = Connection(connected.detach())
        self._poll = select.poll()
        self._poll.register(self._connection.fileno(), select.POLLIN)
        self._descriptor = self._connection.fileno()

    def greet(self, authkey: bytes) -> None:
        """The handshake of who has connected. OSError, EOFError, AuthenticationError."""
        answer_challenge(self._connection, authkey)
        deliver_challenge(self._connection, authkey)

    def welcome(self, authkey: bytes) -> None:
        """The handshake of who listens."""
        deliver_challenge(self._connection, authkey)
        answer_challenge(self._connection, authkey)

    def send(self, frame: bytes) -> None:
        """Send a frame. OSError: the connection is of no use any more."""
        self._connection.send_bytes(frame)

    def receive(self, largest: int) -> bytes:
        """The next frame, of so many bytes at most. OSError or EOFError: the connection is of no use any
        more.
        """
        return self._connection.recv_bytes(largest)

    def is_readable(self, seconds: float | None = 0.0) -> bool:
        """Whether a frame, or the end, is there within that time."""
        return bool(self._poll.poll(None if seconds is None else max(0.0, seconds) * 1000))

    def fileno(self) -> int:
        """For poll."""
        return self._descriptor

    def limit(self, stall_seconds: float) -> None:
        """Another limit from now on."""
        with socket.socket(fileno=os.dup(self._descriptor)) as twin:
            _limit(twin, stall_seconds)

    def shut_down(self) -> None:
        """From another thread: who waits for a frame finds the end."""
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self._descriptor)) as twin:
            twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """At once, once and again."""
        with contextlib.suppress(OSError):
            self._connection.close()


FAILURES = (OSError, EOFError, AuthenticationError, ValueError)


def _limit(connected: socket.socket, seconds: float) -> None:
    timeval = struct.pack("@ll", int(seconds), int(seconds % 1 * 1e6))
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):  # of the socket itself: no poll before each read
        connected.setsockopt(socket.SOL_SOCKET, option, timeval)

"""What goes to a replica and comes back: a fixed head of a few numbers, and the message as it is.

Nothing that is received is ever unpickled. The transports carry whole frames; they know nothing of their
heads but the id, by which an answer that nobody waits for any longer is told from the one that is awaited.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import NamedTuple

_REQUEST = struct.Struct("<BQQd")  # kind, id, version wanted or 0, seconds left or infinity
_REPLY = struct.Struct("<BQQQ")  # status, id, the newest version held, the one before it or 0

LARGEST_REQUEST = 16 << 20
LARGEST_REPLY = 1 << 30

NEVER = float("inf")


class Kind(IntEnum):
    """What a request wants."""

    ASK = 1
    OPEN = 2  # hold the newest version, too
    STATUS = 3
    ABANDON = 4  # of the request of this id; it is not answered by itself


class Status(IntEnum):
    """What a reply is. All but ANSWER are refusals, with a text that says why."""

    ANSWER = 1
    OTHER_VERSION = 2
    BUSY = 3
    EXPIRED = 4  # the seconds were over, or it was abandoned, before it was begun
    FAILED = 5


_STATUSES = frozenset(Status)


class Request(NamedTuple):
    """A request as the worker reads it."""

    kind: int
    id: int
    version: int
    seconds: float
    message: bytes


class Reply(NamedTuple):
    """A reply as the router reads it. versions: those that the replica holds, the newest one first."""

    status: int
    id: int
    versions: tuple[int, int]
    message: bytes


def pack_request(kind: Kind, number: int, version: int, seconds: float, message: bytes = b"") -> bytes:
    """A request's frame."""
    return _REQUEST.pack(kind, number, version, seconds) + message


def unpack_request(frame: bytes) -> Request:
    """ValueError: what came is no request."""
    if len(frame) < _REQUEST.size:
        raise ValueError(f"expected a head of {_REQUEST.size} bytes, got {len(frame)}")
    kind, number, version, seconds = _REQUEST.unpack_from(frame)
    return Request(kind, number, version, seconds, frame[_REQUEST.size :])


def pack_reply(status: Status, number: int, versions: tuple[int, int], message: bytes = b"") -> bytes:
    """A reply's frame."""
    return _REPLY.pack(status, number, *versions) + message


def unpack_reply(frame: bytes) -> Reply:
    """ValueError: what came is no reply."""
    if len(frame) < _REPLY.size:
        raise ValueError(f"expected a head of {_REPLY.size} bytes, got {len(frame)}")
    status, number, newest, older = _REPLY.unpack_from(frame)
    if status not in _STATUSES:
        raise ValueError(f"expected a status, got {status}")
    return Reply(status, number, (newest, older), frame[_REPLY.size :])

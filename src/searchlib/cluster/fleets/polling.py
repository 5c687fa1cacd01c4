"""A request without a message to several replicas at once: what they hold, or that they open what is new."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Generator, Sequence
from typing import Protocol, TypeVar

from .channel import Call, Channel, ReplicaBusy, ReplicaFailed
from .frames import Kind, Reply, pack_request

numbers = itertools.count(random.SystemRandom().getrandbits(48))


class Reached(Protocol):
    """Whoever has a channel."""

    channel: Channel


_R = TypeVar("_R", bound=Reached)


def ask_each(
    reached: Sequence[_R], kind: Kind, seconds: float
) -> Generator[tuple[_R, Reply | ReplicaFailed | None], None, None]:
    """Their replies as they come, or why there is none; None is no reply in that time, or too much to do.

    Who has heard enough closes the iterator: the others are abandoned.
    """
    under_way: dict[Call, _R] = {}
    ends = time.monotonic() + seconds
    try:
        for each in reached:
            number = next(numbers)
            try:
                call = each.channel.begin(pack_request(kind, number, 0, seconds), number, seconds)
            except ReplicaFailed as error:
                yield each, error
            except ReplicaBusy:
                yield each, None
            else:
                under_way[call] = each
        while under_way and (left := ends - time.monotonic()) > 0:
            channel = next(iter(under_way.values())).channel
            for call in channel.wait(list(under_way), left):
                each = under_way.pop(call)
                reply: Reply | ReplicaFailed | None
                try:
                    reply = call.reply()
                except ReplicaFailed as error:
                    reply = error
                except ReplicaBusy:
                    reply = None
                yield each, reply
    finally:
        for call in under_way:
            call.abandon()
    for each in under_way.values():
        yield each, None


def ask_all(reached: Sequence[_R], kind: Kind, seconds: float) -> dict[_R, Reply | ReplicaFailed | None]:
    """The same, of all of them."""
    return dict(ask_each(reached, kind, seconds))

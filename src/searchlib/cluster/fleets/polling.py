"""A request without a message to several replicas at once: what they hold, or that they open what is new."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from typing import Protocol, TypeVar

from .channel import Call, Channel, ReplicaBusy, ReplicaFailed
from .frames import Kind, Reply, pack_request

numbers = itertools.count(random.getrandbits(48))


class Reached(Protocol):
    """Whoever has a channel."""

    channel: Channel


_R = TypeVar("_R", bound=Reached)


def ask_all(reached: Sequence[_R], kind: Kind, seconds: float) -> dict[_R, Reply | ReplicaFailed | None]:
    """Their replies, or why there is none; None is no reply in that time."""
    found: dict[_R, Reply | ReplicaFailed | None] = {}
    under_way: dict[Call, _R] = {}
    ends = time.monotonic() + seconds
    for each in reached:
        number = next(numbers)
        try:
            call = each.channel.begin(pack_request(kind, number, 0, seconds), number, seconds)
        except (ReplicaFailed, ReplicaBusy) as error:
            found[each] = ReplicaFailed(str(error)) if isinstance(error, ReplicaBusy) else error
        else:
            under_way[call] = each
    while under_way and (left := ends - time.monotonic()) > 0:
        channel = next(iter(under_way.values())).channel
        for call in channel.wait(list(under_way), left):
            each = under_way.pop(call)
            try:
                found[each] = call.reply()
            except ReplicaFailed as error:
                found[each] = error
    for call, each in under_way.items():
        call.abandon()
        found[each] = None
    return found

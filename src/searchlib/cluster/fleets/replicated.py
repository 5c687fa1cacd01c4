"""A fleet of channels: replicas of each shard, of which any may fail."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping, Sequence

from ...errors import ClosedError, ShardUnavailableError, ShardVersionError
from .asking import Asking
from .channel import Channel, ReplicaFailed
from .frames import Kind, Reply, Status
from .hedging import HedgeBudget
from .polling import ask_all, ask_each
from .questions import Limits, error_of
from .replicas import Replica, Replicas

PATIENCE = 5.0
_IDLE = 1.0
_LEARN_SECONDS = 2.0
_REFRESH_SECONDS = 0.25
_OPEN_SECONDS = 600.0
_MOVES = 3


class ReplicatedFleet:
    """A Fleet. channels: for each shard those of its replicas, all of one kind.

    patience: seconds for which a shard may be without a replica before questions end with
    ShardUnavailableError, be it at once; until then they wait, at most their `timeout`. hedged: whether a
    request that is late is asked of another replica, too.
    """

    def __init__(
        self, channels: Sequence[Sequence[Channel]], *, patience: float = PATIENCE, hedged: bool = True
    ) -> None:
        kinds = {type(channel) for shard in channels for channel in shard}
        if not channels or not all(channels) or len(kinds) != 1:
            raise ValueError("expected a shard at least, a replica of each, and channels of one kind")
        self.num_shards = len(channels)
        self._replicas = Replicas(channels)
        self._patience = patience
        self._budget = HedgeBudget(time.monotonic()) if hedged else None
        self._heard_at = -_IDLE
        self._is_closed = False

    @property
    def version(self) -> int:
        """See Fleet. After a second without questions the replicas are asked.

        Where a shard has no replica, it is waited for as questions wait. ShardUnavailableError,
        ShardVersionError.
        """
        if time.monotonic() - self._heard_at > _IDLE:
            self._refresh(_REFRESH_SECONDS)
        return self._version_until(time.monotonic() + self._patience)

    def _version_until(self, ends: float) -> int:
        replicas = self._replicas
        while not replicas.version:
            self._refresh(_LEARN_SECONDS)
            if not replicas.version and (behind := replicas.behind()):
                ask_all(behind, Kind.OPEN, _LEARN_SECONDS)
                self._refresh(_REFRESH_SECONDS)
            left = ends - time.monotonic()
            is_gone = any(replicas.is_gone(shard, self._patience) for shard in range(self.num_shards))
            if not replicas.version and (left <= 0 or is_gone):
                raise self._no_version()
            with replicas.changed:
                replicas.changed.wait_for(lambda: replicas.version, min(left, 0.05))
        return replicas.version

    def _refresh(self, seconds: float) -> None:
        """Learn what those replicas hold that are up. Who is later than the others is passed over for a
        while.

        It ends when there is a version that all shards have, if none was known before.
        """
        replicas = self._replicas
        was_known = bool(replicas.version)
        up = [replica for replica in replicas.all() if not replica.is_down]
        with contextlib.closing(ask_each(up, Kind.STATUS, seconds)) as replies:
            for replica, reply in replies:
                if isinstance(reply, ReplicaFailed):
                    replicas.failed(replica, str(reply))
                elif reply is None:
                    replica.is_late(time.monotonic(), replicas.latencies[replica.shard].delay)
                else:
                    replicas.heard(replica, reply.versions)
                if replicas.version and not was_known:
                    break
        self._heard_at = time.monotonic()

    def ask(
        self,
        messages: Mapping[int, bytes],
        timeout: float | None = None,
        *,
        version: int | None = None,
        partial: bool = False,
    ) -> dict[int, bytes]:
        """See Fleet."""
        limits = Limits(timeout, self._patience, self._budget)
        for last in (False,) * (_MOVES if version is None else 0) + (True,):
            if self._is_closed:
                raise ClosedError("the fleet was closed")
            named = version or self._present(limits)
            if self._budget is not None:
                self._budget.earn(len(messages))
            round_ = Asking(self._replicas, messages, named, limits)
            answers = round_.run()
            self._heard_at = time.monotonic()
            if not (round_.failed or round_.late):
                break
            error = error_of(round_.failed, round_.late, limits, named)
            if isinstance(error, ShardVersionError) and not last:
                self._refresh(_REFRESH_SECONDS)
                continue
            if not partial:
                raise error
            break
        return answers

    def _present(self, limits: Limits) -> int:
        """The version to ask for; within the limits."""
        return self._replicas.version or self._version_until(min(limits.ends, limits.begun + limits.patience))

    def roll(self) -> int:
        """Have every replica open the newest version of the collection, one after the other; returns which it
        is.

        Each goes on answering, also for the version before. ShardUnavailableError: some replicas could not;
        those that were down open the newest one anyway when they start.
        """
        tried: dict[int, tuple[str, ...]] = {}
        for place in range(max(map(len, self._replicas.shards))):
            for shard in self._replicas.shards:
                for replica in shard[place : place + 1]:
                    if why := self._roll_one(replica):
                        tried[replica.shard] = (*tried.get(replica.shard, ()), f"{replica.name}: {why}")
        if tried:
            raise ShardUnavailableError(f"not opened everywhere: {tried}", tuple(tried), tried)
        return self.version

    def _roll_one(self, replica: Replica) -> str:
        reply = ask_all([replica], Kind.OPEN, _OPEN_SECONDS)[replica]
        if not isinstance(reply, Reply):
            return str(reply or "no reply in time")
        self._replicas.heard(replica, reply.versions)
        return "" if reply.status == Status.ANSWER else reply.message.decode(errors="replace")

    def status(self) -> list[list[dict[str, object]]]:
        """What each replica of each shard says of itself, or why it is down: plain data."""
        replies = ask_all(self._replicas.all(), Kind.STATUS, _LEARN_SECONDS)
        for replica, reply in replies.items():
            if isinstance(reply, ReplicaFailed):
                self._replicas.failed(replica, str(reply))
        return [
            [_told(replica, replies.get(replica)) for replica in shard] for shard in self._replicas.shards
        ]

    def _no_version(self) -> ShardUnavailableError:
        shards = self._replicas.shards
        tried = {
            n: tuple(f"{r.name}: {r.why_down or r.versions}" for r in shard) for n, shard in enumerate(shards)
        }
        gone = tuple(n for n, shard in enumerate(shards) if all(replica.is_down for replica in shard))
        if gone:
            return ShardUnavailableError(f"no replica answers of shard {gone}: {tried}", gone, tried)
        return ShardVersionError(f"no version is there on all shards: {tried}; roll", tuple(tried), tried)

    def close(self) -> None:
        """See Fleet."""
        self._is_closed = True
        self._replicas.close()
        for replica in self._replicas.all():
            replica.channel.close()

    def __enter__(self) -> ReplicatedFleet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _told(replica: Replica, reply: Reply | ReplicaFailed | None) -> dict[str, object]:
    if isinstance(reply, Reply) and reply.status == Status.ANSWER:
        return {"replica": replica.name, **json.loads(reply.message)}
    return {"replica": replica.name, "down": str(reply or "no reply in time")}

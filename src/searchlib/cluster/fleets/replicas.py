"""What a fleet knows of its replicas: which are up, how busy they are, which versions they hold.

A replica that fails is down until it was reached again, which a thread of its own tries after pauses that
grow. No question waits for a machine that is not there.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Collection, Sequence

from ...forks import renew_locks_in_children
from .channel import Channel, ReplicaFailed
from .frames import Kind, Reply
from .hedging import Latencies
from .polling import ask_all

FIRST_PAUSE = 0.02
LONGEST_PAUSE = 5.0
HURRIED_PAUSE = 0.05
_HURRY_SECONDS = 0.5
_STALE = 0.25
_REVIVE_SECONDS = 1.0
_FIRST_PASS = 0.01

RANDOM = random.Random()
"""Its own: who seeds the one of all wants to see the same numbers."""


class Replica:
    """One replica of a shard, as a fleet sees it. Its Replicas locks."""

    def __init__(self, shard: int, channel: Channel) -> None:
        self.shard, self.channel, self.name = shard, channel, channel.name
        self.versions = (0, 0)  # unknown
        self.heard_at = 0.0
        self.in_flight = 0
        self.is_down = False
        self.down_since = 0.0
        self.why_down = ""
        self._passed_over_until = self._pause = 0.0

    def may_hold(self, version: int, now: float) -> bool:
        """Whether it is worth to ask it for that version: it has it, or may have opened it meanwhile."""
        newest = self.versions[0]
        return version in self.versions or newest == 0 or (version > newest and now - self.heard_at > _STALE)

    def is_late(self, now: float, delay: float) -> None:
        """It was slower than another one, or refused: pass it over for a while, if there is one.

        delay: seconds after which an answer of this shard is late. The first pause is no longer: while it
            lasts the others have all the work.
        """
        self._pause = min(1.0, max(min(delay, _FIRST_PASS), 2 * self._pause))
        self._passed_over_until = now + self._pause

    def is_in_time(self) -> None:
        """It answered."""
        self._pause = self._passed_over_until = 0.0

    def rank(self, now: float) -> tuple[bool, float]:
        """Of several the least one is asked: the least busy, any of those that are equal."""
        return now < self._passed_over_until, self.in_flight + RANDOM.random()


class Replicas:
    """The replicas of all shards, and the version that a fleet is at. Thread-safe."""

    def __init__(self, channels: Sequence[Sequence[Channel]]) -> None:
        self.shards = [[Replica(shard, each) for each in some] for shard, some in enumerate(channels)]
        self.latencies = [Latencies() for _ in self.shards]
        self._common = 0
        self._hurried = [0.0] * len(self.shards)
        self._is_closed = False
        self.renew_locks()
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """In a forked child nothing is under way, and nobody sees to what is down: it is tried anew."""
        self.changed = threading.Condition()
        for replica in self.all():
            replica.in_flight, replica.is_down, replica.versions = 0, False, (0, 0)

    def all(self) -> list[Replica]:
        """Every replica of every shard."""
        return [replica for shard in self.shards for replica in shard]

    def choose(self, shard: int, version: int, excluded: Collection[Replica]) -> Replica | None:
        """The replica to ask, which counts as busy with it; None if there is none beside those excluded."""
        now = time.monotonic()
        with self.changed:
            fit = [
                replica
                for replica in self.shards[shard]
                if not replica.is_down and replica not in excluded and replica.may_hold(version, now)
            ]
            if not fit:
                return None
            chosen = min(fit, key=lambda replica: replica.rank(now)) if len(fit) > 1 else fit[0]
            chosen.in_flight += 1
            return chosen

    def heard(self, replica: Replica, versions: tuple[int, int]) -> None:
        """A reply says what the replica holds."""
        replica.heard_at = time.monotonic()
        if replica.versions != versions:
            with self.changed:
                if not replica.is_down:
                    replica.versions = versions
                    self._move()

    def failed(self, replica: Replica, why: str) -> None:
        """It is down from now on; a thread sees to it."""
        with self.changed:
            if replica.is_down or self._is_closed:
                return
            replica.is_down, replica.why_down, replica.versions = True, why, (0, 0)
            replica.down_since = time.monotonic()
            self._move()
        threading.Thread(target=self._mend, args=(replica,), name="searchlib-mend", daemon=True).start()

    def _mend(self, replica: Replica) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                replica.channel.revive(_REVIVE_SECONDS)
                reply = ask_all([replica], Kind.STATUS, _REVIVE_SECONDS)[replica]
                if not isinstance(reply, Reply):
                    raise reply or ReplicaFailed("no reply in time")
            except Exception as error:  # whatever it is, the replica is no better
                replica.why_down = str(error)
                if self._is_closed_after(pause, replica.shard):
                    return
                pause = min(LONGEST_PAUSE, 2 * pause) * RANDOM.uniform(0.8, 1.2)
                continue
            with self.changed:
                replica.is_down, replica.versions, replica.heard_at = False, reply.versions, time.monotonic()
                replica.is_in_time()
                self._move()
                self.changed.notify_all()
            return

    def _is_closed_after(self, pause: float, shard: int) -> bool:
        """Wait so long, or shorter where a question has nobody else to go to."""
        begun = time.monotonic()
        with self.changed:
            while not self._is_closed:
                ends = begun + (min(pause, HURRIED_PAUSE) if begun < self._hurried[shard] else pause)
                left = ends - time.monotonic()
                if left <= 0.0:
                    return False
                self.changed.wait(left)
            return True

    def hurry(self, shard: int) -> None:
        """A question has no other replica of this shard to go to: see to those that are down."""
        with self.changed:
            self._hurried[shard] = time.monotonic() + _HURRY_SECONDS
            self.changed.notify_all()

    def is_gone(self, shard: int, seconds: float) -> bool:
        """Whether the shard has had no replica for so long. Those that are down are tried on."""
        some = self.shards[shard]
        since = max(replica.down_since for replica in some)
        return all(replica.is_down for replica in some) and time.monotonic() - since >= seconds

    def _move(self) -> None:
        """To the newest version that all shards have; where a shard has no replica now, not at all."""
        known = [{v for replica in shard for v in replica.versions if v} for shard in self.shards]
        if all(known):
            self._common = max(set.intersection(*known), default=0)

    def behind(self) -> list[Replica]:
        """Where all shards answer, and have no common version: those that lack the newest one of all.

        So it is after a roll that ended half way: replicas that were started again have only what is newest.
        """
        up = [replica for replica in self.all() if replica.versions[0]]
        if len({replica.shard for replica in up}) < len(self.shards):
            return []
        newest = max(replica.versions[0] for replica in up)
        return [replica for replica in up if replica.versions[0] < newest]

    @property
    def version(self) -> int:
        """The newest version of which each shard has a replica, as far as is known; 0 if none is."""
        return self._common

    def close(self) -> None:
        """Menders end."""
        with self.changed:
            self._is_closed = True
            self.changed.notify_all()

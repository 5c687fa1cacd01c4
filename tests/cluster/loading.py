"""A router as a process of its own, for torture.py: asks a fleet on and on, and says what came of it.

The first line of stdin says which fleet and how; a line of figures goes to stdout five times a second, so
that those of a router which is killed are not lost. It ends with its stdin.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import threading
import time
from typing import Any

from searchlib.cluster.fleets.addresses import read_addresses
from searchlib.cluster.fleets.replicated import ReplicatedFleet
from searchlib.cluster.fleets.sockets import SocketChannel
from searchlib.errors import ShardVersionError


def digest(shard: int, version: int, message: bytes) -> bytes:
    """What a worker answers: none but that of this shard, this version and this message gives it."""
    return b"%d:" % version + hashlib.sha256(b"%d:%d:" % (shard, version) + message).digest()


def fleet_of(wanted: dict[str, Any]) -> ReplicatedFleet:
    if "addresses" in wanted:
        shards, authkey = read_addresses(wanted["addresses"])
        return ReplicatedFleet([[SocketChannel(each, authkey) for each in shard] for shard in shards])
    from searchlib.cluster.fleets.ray_placing import RayReplicas, join

    join(wanted["ray"])
    return ReplicatedFleet(RayReplicas.connect(wanted["collection"]).channels(wanted["by_sockets"]))


class Load:
    """What some threads ask, and what came of it since it was told last."""

    def __init__(self, fleet: ReplicatedFleet, seed: int) -> None:
        self.fleet, self.seed = fleet, seed
        self.lock = threading.Lock()
        self.done = threading.Event()
        self.failed: list[str] = []
        self.wrong: list[str] = []
        self.milliseconds: list[float] = []

    def ask_on(self, number: int) -> None:
        drawn = random.Random(f"{self.seed}.{number}")
        while not self.done.is_set():
            pause = drawn.choice([0.0, 0.0, 0.0, 0.002, 0.02])
            message = b"%f %d" % (pause, drawn.getrandbits(64))
            started = time.perf_counter()
            try:
                what = self.two_rounds(message)
                self.note(self.wrong, what)
            except Exception as error:
                self.note(self.failed, f"{type(error).__name__}: {error}")
            with self.lock:
                self.milliseconds.append((time.perf_counter() - started) * 1000)

    def two_rounds(self, message: bytes) -> str:
        """As a router does: both rounds of one version; begun again where that goes meanwhile."""
        for _ in range(5):
            version = self.fleet.version
            try:
                for text in (message, b"0.0 fetch " + message):
                    shards = range(self.fleet.num_shards)
                    answers = self.fleet.ask(dict.fromkeys(shards, text), 30.0, version=version)
                    if answers != {shard: digest(shard, version, text) for shard in shards}:
                        return f"{text!r} of version {version}: {answers}"
            except ShardVersionError:
                continue
            return ""
        raise ShardVersionError("five times in turn")

    def note(self, where: list[str], what: str) -> None:
        if what:
            with self.lock:
                where.append(what)

    def tell(self) -> None:
        with self.lock:
            told = {"failed": self.failed, "wrong": self.wrong, "milliseconds": self.milliseconds}
            self.failed, self.wrong, self.milliseconds = [], [], []
        print(json.dumps(told), flush=True)


def main() -> None:
    wanted = json.loads(sys.stdin.readline())
    with fleet_of(wanted) as fleet:
        load = Load(fleet, wanted["seed"])
        threads = [threading.Thread(target=load.ask_on, args=(n,)) for n in range(wanted["threads"])]
        for thread in threads:
            thread.start()
        threading.Thread(target=lambda: (sys.stdin.read(), load.done.set()), daemon=True).start()
        while not load.done.wait(0.2):
            load.tell()
        for thread in threads:
            thread.join()
        load.tell()


if __name__ == "__main__":
    main()

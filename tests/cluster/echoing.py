"""A worker for tests of the fleets: it says who it is, and does as a message tells it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from searchlib.cluster.fleets.desk import Desk
from searchlib.cluster.fleets.here import HereChannel
from searchlib.cluster.fleets.versions import Versions


class Echoing:
    """Answers "shard:version:message"; "sleep S" takes so long, "die" ends the process."""

    def __init__(self, shard: int, version: int) -> None:
        self.shard, self.version = shard, version

    def answer(self, message: bytes) -> bytes:
        word, _, rest = message.partition(b" ")
        if word == b"sleep":
            time.sleep(float(rest))
        elif word == b"die":
            os._exit(1)
        elif word == b"raise":
            raise RuntimeError("a fault")
        return b"%d:%d:" % (self.shard, self.version) + message


class EchoingOpener:
    """The version that a file says, 1 if there is none."""

    def __init__(self, shard: int, version_file: str = "") -> None:
        self.shard, self.version_file = shard, version_file

    def __call__(self) -> tuple[int, Echoing]:
        version = int(Path(self.version_file).read_text()) if self.version_file else 1
        return version, Echoing(self.shard, version)


def channel_here(shard: int, **desk: int) -> HereChannel:
    return HereChannel(Desk(Versions(EchoingOpener(shard)), **desk), f"{shard}")

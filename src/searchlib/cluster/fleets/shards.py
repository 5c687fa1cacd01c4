"""What the workers of a collection serve: for each shard its index, at the newest version of the manifest."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

from ...errors import SearchlibError
from ..manifest import read_collection
from ..worker import Worker
from .addresses import Address
from .desk import Desk
from .listening import Listening
from .placing import Serving
from .versions import Opener, Versions

_FOLLOW_SECONDS = 1.0


def opener(folder: str, shard: int) -> Opener:
    """Opens a shard of the collection in a folder, each time as the manifest says by then."""

    def opened() -> tuple[int, Worker]:
        worker = Worker(folder, shard)
        return worker.version, worker

    return opened


def shards_of(folder: str) -> list[Serving]:
    """What the workers of a collection are to serve. Errors: those of read_collection."""
    path = os.path.realpath(folder)  # workers run elsewhere
    return [Serving(f"{__name__}:opener", [path, shard]) for shard in range(read_collection(path).num_shards)]


def serve_shard(folder: str, shard: int, listen: str, authkey: bytes) -> Iterator[tuple[int, Address]]:
    """Serve a shard at an address, as long as the iterator goes on: it gives each version once it is open.

    listen: as Address.parse reads it. Errors: those of Worker, ClusterError, OSError.
    """
    address = Address.parse(listen)
    versions = Versions(opener(os.path.realpath(folder), shard))
    with contextlib.closing(Listening(Desk(versions), address, authkey)) as listening:
        version = 0
        while True:
            with contextlib.suppress(
                SearchlibError, OSError
            ):  # the folder is away: what is open is served on
                if read_collection(folder).version != version:
                    version = versions.open_newest()
                    yield version, listening.address
            time.sleep(_FOLLOW_SECONDS)

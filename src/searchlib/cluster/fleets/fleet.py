"""What a router asks: the worker of one shard, and the fleet of all of them. Names of types, nothing that
runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Answering(Protocol):
    """One shard at one version of a collection: thread-safe, and without the interpreter's lock as it
    searches.
    """

    def answer(self, message: bytes) -> bytes:
        """Never raises for what a message asks: errors are part of the answer."""
        ...


class Fleet(Protocol):
    """The workers of all shards. Any number of threads may ask at the same time."""

    num_shards: int

    @property
    def version(self) -> int:
        """The newest version of the collection that each shard has a replica of: what a question should name.

        It grows while the fleet is asked. What is asked in several rounds names one version in all of them.
        """
        ...

    def ask(
        self,
        messages: Mapping[int, bytes],
        timeout: float | None = None,
        *,
        version: int | None = None,
        partial: bool = False,
    ) -> dict[int, bytes]:
        """The answers of some shards, all of one version, asked at the same time.

        messages: by the number of the shard. timeout: seconds, for all of them; a worker is told how many are
        left. version: None is the newest one that all shards have. partial: a shard that does not answer is
        left out of what is returned, instead of an error.

        ShardUnavailableError: no replica of a shard answers; ShardBusyError: all refuse more work;
        ShardVersionError: none has the version (any longer): take `version` anew, and begin again.
        SearchTimeout: the time was over first.
        """
        ...

    def close(self) -> None:
        """Ends what the fleet has started, and its connections. Who asks later gets a ClosedError."""
        ...

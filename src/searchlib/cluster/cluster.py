"""A collection that is served: where its workers run, how a router reaches them, how they move on and end."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ClusterError, IndexNotFoundError, SearchlibError, brief
from .collection import Collection
from .fleets.desk import Desk
from .fleets.here import HereChannel
from .fleets.placing import Processes
from .fleets.replicated import ReplicatedFleet
from .fleets.shards import opener, shards_of
from .fleets.versions import Versions
from .manifest import COLLECTION, read_collection

if TYPE_CHECKING:
    from typing_extensions import Self

    from .fleets.ray_placing import RayReplicas

RAY = "ray://"
ADDRESSES = "addresses.json"
_FOLLOW_SECONDS = 1.0


class Cluster:
    """The workers of one collection, started by this process: `Cluster.start`.

    What others need is an address, for `Cluster.connect`. Close it, or use it as a context: workers that are
    processes end then; those that Ray placed go on, until `stop`.
    """

    def __init__(self, folder: str, name: str, placed: Processes | RayReplicas) -> None:
        self._folder, self.name, self._placed = folder, name, placed
        self.fleet = fleet_of_placed(placed)
        self._ended = threading.Event()

    @classmethod
    def start(
        cls,
        folder: str | os.PathLike[str],
        replicas: int = 2,
        *,
        ray: str | None = None,
        name: str | None = None,
        num_cpus: float = 1.0,
        host: str | None = None,
    ) -> Self:
        """Start workers for the collection in a folder, `replicas` of each shard; returns when all answer.

        ray: the cluster that places them: "HOST:PORT" of its head, or "auto" for that of this machine; all
        its machines must have the folder. None: they are processes of this machine, which this one starts
        again when they end. name: of the collection in Ray; that of the folder. num_cpus: what Ray reserves
        for each. host: an address of this machine at which the processes listen; None is a socket in a
        temporary folder. What cannot be placed is a ClusterError.
        """
        path = os.path.realpath(folder)
        serving = shards_of(path)
        called = name or Path(path).name
        if ray is None:
            return cls(path, called, Processes(serving, replicas, host=host))
        from .fleets.ray_placing import RayReplicas, join

        join(ray)
        return cls(path, called, RayReplicas.start(called, serving, replicas, num_cpus=num_cpus))

    @staticmethod
    def connect(
        address: str | os.PathLike[str],
        *,
        by_sockets: bool = False,
        partial: bool = False,
        auto_refresh: bool | float = False,
    ) -> Collection:
        """The collection that is served there, with the methods and types of an Index.

        by_sockets: see fleet_at, whose errors these are. partial, auto_refresh: as Collection has them; where
        the workers are elsewhere, the collection follows their versions in any case.
        """
        fleet = fleet_at(address, by_sockets=by_sockets)
        roll = fleet.follow if isinstance(fleet, FleetHere) else None
        auto_refresh = auto_refresh if roll is not None else True
        folder = os.fspath(address) if (Path(address) / COLLECTION).exists() else None
        reopen = connected, (os.fspath(address), by_sockets, partial, auto_refresh)
        return Collection(
            fleet, partial=partial, auto_refresh=auto_refresh, roll=roll, folder=folder, reopen=reopen
        )

    def collection(self) -> Collection:
        """The same, of these workers. It is closed with the cluster at the latest."""
        return Collection(fleet_of_placed(self._placed))

    def write_addresses(self, path: str | os.PathLike[str]) -> None:
        """For `Cluster.connect` elsewhere, where the workers are processes: they stay at their addresses."""
        from .fleets.addresses import write_addresses

        if not isinstance(self._placed, Processes):
            raise ClusterError(f"Ray knows where its actors are: connect to {RAY}HOST:PORT/{self.name}")
        write_addresses(os.fspath(path), self._placed.addresses)

    def roll(self) -> int:
        """Have all workers open the newest version of the collection, one after the other; returns which it
        is.
        """
        return self.fleet.roll()

    def status(self) -> list[list[dict[str, Any]]]:
        """What each replica of each shard says of itself, or why it is down."""
        return self.fleet.status()

    def follow(self) -> None:
        """Roll whenever the collection has a new version, until the cluster is closed."""
        version = 0
        while not self._ended.wait(_FOLLOW_SECONDS):
            try:
                newest = read_collection(self._folder).version
                if newest != version:
                    version = self.roll()
            except (SearchlibError, OSError):  # some replica is down, or the folder is away: once more
                continue

    def stop(self) -> None:
        """End the workers, wherever they are."""
        self.close()
        if not isinstance(self._placed, Processes):
            self._placed.stop()

    def close(self) -> None:
        """End what this process has started: those that Ray placed go on."""
        self._ended.set()
        self.fleet.close()
        if isinstance(self._placed, Processes):
            self._placed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connected(address: str, by_sockets: bool, partial: bool, auto_refresh: bool | float) -> Collection:
    """For pickles: the collection again."""
    return Cluster.connect(address, by_sockets=by_sockets, partial=partial, auto_refresh=auto_refresh)


class FleetHere(ReplicatedFleet):
    """Workers of this process alone, whom nobody else tells of new versions."""

    def __init__(self, folder: str, channels: Sequence[Sequence[HereChannel]]) -> None:
        super().__init__(channels)
        self._folder = folder

    def follow(self) -> None:
        """Have them open the newest version, if it is not theirs."""
        if read_collection(self._folder).version != self.version:
            self.roll()


def fleet_of_placed(placed: Processes | RayReplicas) -> ReplicatedFleet:
    """A fleet of workers that were just placed."""
    if isinstance(placed, Processes):
        return _by_addresses(placed.addresses)
    return ReplicatedFleet(placed.channels())


def fleet_at(address: str | os.PathLike[str], *, by_sockets: bool = False) -> ReplicatedFleet:
    """The fleet at an address.

    address: `ray://HOST:PORT/NAME` ("ray://auto/NAME" for this machine's Ray); a file of addresses, JSON or
    TOML; or the folder of a collection, whose file of addresses is taken if it is there, and whose shards are
    else opened in this process. by_sockets: ask actors of Ray at the sockets at which they listen, which is
    several times as fast and needs a network that lets it pass.

    ClusterError: it is no address, or no file of addresses; ShardUnavailableError: nobody
    serves it.
    """
    text = os.fspath(address)
    if text.startswith(RAY):
        from .fleets.ray_placing import RayReplicas, join

        where, _, name = text[len(RAY) :].partition("/")
        if not where or not name:
            raise ClusterError(f"expected ray://HOST:PORT/NAME, got {brief(text)}")
        join(where)
        return ReplicatedFleet(RayReplicas.connect(name).channels(by_sockets))
    path = Path(text)
    if path.is_file() and path.name == COLLECTION:
        path = path.parent
    if path.is_dir():
        return _of_folder(path)
    if not path.exists():
        raise IndexNotFoundError(
            f"neither a collection nor a file of addresses is at {text}: `searchlib cluster build` makes one"
        )
    from .fleets.addresses import read_addresses

    return _by_addresses(read_addresses(text))


def _of_folder(folder: Path) -> ReplicatedFleet:
    from .fleets.addresses import read_addresses

    if (folder / ADDRESSES).exists():
        return _by_addresses(read_addresses(str(folder / ADDRESSES)))
    shards = range(read_collection(folder).num_shards)
    return FleetHere(
        str(folder),
        [[HereChannel(Desk(Versions(opener(str(folder), shard))), f"shard {shard}")] for shard in shards],
    )


def _by_addresses(addresses: Any) -> ReplicatedFleet:
    from .fleets.sockets import SocketChannel

    return ReplicatedFleet(
        [[SocketChannel(each, addresses.authkey) for each in shard] for shard in addresses.shards]
    )

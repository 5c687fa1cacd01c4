"""Replicas placed by Ray: those of a shard on different machines, started again where they end.

The actors are detached: they outlive who has started them, and are found again by the name of the collection.
"""

from __future__ import annotations

import secrets
import socket
import time
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import ClusterError, PlacementWarning, ShardUnavailableError
from .actors import MAX_WAITING, NAMESPACE, RayChannel, ShardReplica, actor_of
from .channel import ReplicaFailed
from .placing import Serving
from .sockets import SocketChannel

if TYPE_CHECKING:
    from ray.util.placement_group import PlacementGroup

START_SECONDS = 60.0
ROOM_SECONDS = 10.0


class Name(NamedTuple):
    """What an actor is called: of which collection, which shard of how many, which replica."""

    collection: str
    shard: int
    num_shards: int
    place: int

    def __str__(self) -> str:
        return f"{self.collection}/{self.shard}-of-{self.num_shards}/{self.place}"

    @classmethod
    def parse(cls, text: str) -> Name | None:
        """None: it is the name of something else."""
        try:
            collection, shard, place = text.rsplit("/", 2)
            number, _, total = shard.partition("-of-")
            return cls(collection, int(number), int(total), int(place))
        except ValueError:
            return None


_KNOCK_SECONDS = 5.0


def join(address: str | None = None) -> None:
    """Join the cluster of Ray at an address, unless this process is in one already. ClusterError: there is
    none.

    address: "HOST:PORT" of its head, or "auto" for the one of this machine; None starts one here, for this
    process.
    """
    import logging

    try:
        import ray
    except ModuleNotFoundError:
        raise ClusterError("a cluster of Ray needs ray: pip install 'searchlib[ray]'") from None
    if ray.is_initialized():
        return
    try:
        _knock(address)
        ray.init(address=address, namespace=NAMESPACE, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise ClusterError(
            f"no cluster of Ray at {address}: {error}; `ray start --head` starts one"
        ) from None


def _knock(address: str | None) -> None:
    """OSError or ValueError unless somebody listens at HOST:PORT: Ray itself would wait for minutes."""
    if address is None or ":" not in address:
        return
    host, _, port = address.rpartition(":")
    socket.create_connection((host, int(port)), _KNOCK_SECONDS).close()


class RayReplicas:
    """The actors of a collection. `start` places them, `connect` finds them."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self.names = names

    @classmethod
    def start(
        cls,
        collection: str,
        shards: Sequence[Serving],
        replicas: int = 2,
        *,
        num_cpus: float = 1.0,
        max_running: int | None = None,
    ) -> RayReplicas:
        """Place and start them; returns when all answer.

        num_cpus: what Ray reserves for each. Where there are fewer machines than replicas, those of a shard
        share machines, and a PlacementWarning says so. ClusterError: they are there already, or there is no
        room.
        """
        import ray

        if there := _names_of(collection):
            raise ClusterError(
                f"{collection} is served already by {len(there)} actors: connect, or stop them"
            )
        strategy = _strategy(replicas)
        key = secrets.token_hex(32).encode()
        names = [
            [str(Name(collection, shard, len(shards), place)) for place in range(replicas)]
            for shard in range(len(shards))
        ]
        started = cls(names)
        try:
            for shard, serving in enumerate(shards):
                group = _group(f"{collection}/{shard}", replicas, num_cpus, strategy)
                for place in range(replicas):
                    _actor(names[shard][place], group, place, num_cpus).remote(
                        serving.opener, list(serving.arguments), key, max_running
                    )
            ready = [actor_of(name).listens.remote() for some in names for name in some]
            try:
                ray.get(ready, timeout=START_SECONDS)
            except ray.exceptions.RayError as error:
                raise ClusterError(f"{collection}: a worker does not start: {error}") from None
        except BaseException:
            started.stop()
            raise
        return started

    @classmethod
    def connect(cls, collection: str) -> RayReplicas:
        """Those that somebody has started. ShardUnavailableError: there are none, or not of each shard."""
        found = _names_of(collection)
        total = found[0].num_shards if found else 0
        names = [[str(name) for name in found if name.shard == shard] for shard in range(total)]
        missing = tuple(shard for shard, some in enumerate(names) if not some)
        if not found or missing:
            raise ShardUnavailableError(
                f"Ray has no actors of {collection}{f', shard {missing}' if found else ''}: "
                "`searchlib cluster serve` starts them",
                missing,
            )
        return cls(names)

    def channels(self, by_sockets: bool = False) -> list[list[RayChannel]] | list[list[SocketChannel]]:
        """Channels through Ray, or straight to the sockets at which the actors listen."""
        through_ray = [[RayChannel(name) for name in some] for some in self.names]
        if not by_sockets:
            return through_ray
        return [[_socket(channel) for channel in some] for some in through_ray]

    def stop(self) -> None:
        """End the actors, and what was reserved for them."""
        import ray
        from ray.util import remove_placement_group
        from ray.util.placement_group import get_placement_group

        for name in (name for some in self.names for name in some):
            try:
                ray.kill(actor_of(name))
            except ReplicaFailed:
                continue
        for shard, some in enumerate(self.names):
            parsed = Name.parse(some[0])
            assert parsed is not None
            try:
                remove_placement_group(get_placement_group(f"{parsed.collection}/{shard}"))
            except ValueError:
                continue


def _socket(channel: RayChannel) -> SocketChannel:
    key = b""
    ends = time.monotonic() + START_SECONDS
    while not key:
        try:
            key = channel.listens()[1]
        except ReplicaFailed as error:
            if time.monotonic() > ends:
                raise ShardUnavailableError(f"{channel.name} {error}") from None
            time.sleep(0.2)
    return SocketChannel(channel.address, key, channel.name)


def _names_of(collection: str) -> list[Name]:
    from ray.util import list_named_actors

    known = (Name.parse(each["name"]) for each in list_named_actors(all_namespaces=True))
    return sorted(name for name in known if name is not None and name.collection == collection)


def _strategy(replicas: int) -> str:
    """How Ray is to spread the replicas of a shard."""
    import ray

    machines = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
    if replicas <= len(machines):
        return "STRICT_SPREAD"
    warnings.warn(
        f"{replicas} replicas of each shard and {len(machines)} machines: some share one, and go with it",
        PlacementWarning,
        stacklevel=4,
    )
    return "SPREAD"


def _group(name: str, replicas: int, num_cpus: float, strategy: str) -> PlacementGroup:
    import ray
    from ray.util import placement_group

    group = placement_group([{"CPU": num_cpus}] * replicas, strategy, name, lifetime="detached")
    if not group.wait(ROOM_SECONDS):
        free, total = (what.get("CPU", 0) for what in (ray.available_resources(), ray.cluster_resources()))
        raise ClusterError(
            f"expected room for {replicas} replicas of {num_cpus:g} processors each ({strategy}); "
            f"{free:g} of {total:g} processors are free: "
            "give num_cpus= a part of one, or add machines"
        )
    return group


def _actor(name: str, group: PlacementGroup, place: int, num_cpus: float) -> Any:
    import ray
    from ray.util.scheduling_strategies import PlacementGroupSchedulingStrategy

    return ray.remote(ShardReplica).options(
        name=name,
        namespace=NAMESPACE,
        lifetime="detached",
        num_cpus=num_cpus,
        max_restarts=-1,
        max_task_retries=0,
        max_concurrency=MAX_WAITING + 8,
        scheduling_strategy=PlacementGroupSchedulingStrategy(group, place),
    )

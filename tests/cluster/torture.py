"""Replicas, machines and routers killed and halted at random under load: nothing may fail, nothing be wrong.

`python tests/cluster/torture.py --seconds 600` is `make torture`; the tests run a short form. A machine is
all workers of one place among the replicas, or a node of Ray. One thing is killed at a time: two replicas
bear that.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from loading import digest

from searchlib.cluster.fleets.addresses import write_addresses
from searchlib.cluster.fleets.placing import Processes, Serving
from searchlib.cluster.fleets.replicated import ReplicatedFleet
from searchlib.cluster.fleets.sockets import SocketChannel
from searchlib.errors import ShardUnavailableError

HERE = Path(__file__).parent
_UP_SECONDS = 60.0


class Digesting:
    """A worker that takes the time that a message says, and answers what no other one would."""

    def __init__(self, shard: int, version: int) -> None:
        self.shard, self.version = shard, version

    def answer(self, message: bytes) -> bytes:
        time.sleep(float(message.split()[0]))
        return digest(self.shard, self.version, message)


def opener(shard: int, version_file: str) -> Callable[[], tuple[int, Digesting]]:
    def opened() -> tuple[int, Digesting]:
        version = int(Path(version_file).read_text())
        return version, Digesting(shard, version)

    return opened


def serving(shards: int, version_file: Path) -> list[Serving]:
    return [Serving("torture:opener", [shard, str(version_file)]) for shard in range(shards)]


class Report(NamedTuple):
    """What came of it. Milliseconds are those of two rounds, by the clock of the router that asked."""

    num_asked: int
    failed: list[str]
    wrong: list[str]
    p50_ms: float
    p99_ms: float
    longest_ms: float
    done: dict[str, int]

    def __str__(self) -> str:
        times = f"p50 {self.p50_ms:.1f}, p99 {self.p99_ms:.1f}, longest {self.longest_ms:.0f} ms"
        what = f"{self.num_asked} asked, {len(self.failed)} failed, {len(self.wrong)} wrong"
        return f"{what}; {times}; {self.done}"


class Router:
    """A process that asks, and what it has told."""

    def __init__(self, wanted: dict[str, Any]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "loading.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(wanted) + "\n")
        self.process.stdin.flush()
        self.told: list[dict[str, Any]] = []
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with contextlib.suppress(ValueError):  # half a line of one that was killed
                self.told.append(json.loads(line))

    def end(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.thread.join()
        self.process.stdout.close()


class Torture:
    """Routers that ask, and what is done to them and to their workers meanwhile."""

    def __init__(self, seed: int, version_file: Path, wanted: dict[str, Any], num_routers: int) -> None:
        self.drawn = random.Random(seed)
        self.version_file, self.wanted = version_file, wanted
        self.done: Counter[str] = Counter()
        self.routers = [self._router() for _ in range(num_routers)]
        self.ended: list[Router] = []

    def _router(self) -> Router:
        return Router({**self.wanted, "seed": self.drawn.getrandbits(32), "threads": 2})

    def kill_router(self) -> None:
        place = self.drawn.randrange(len(self.routers))
        self.routers[place].process.kill()
        self.routers[place].end()
        self.ended.append(self.routers[place])
        self.routers[place] = self._router()

    def roll(self, fleet: ReplicatedFleet) -> None:
        """A new version, opened by one replica after the other."""
        version = int(self.version_file.read_text()) + 1
        temporary = self.version_file.with_suffix(".new")
        temporary.write_text(str(version))
        temporary.replace(self.version_file)
        assert fleet.roll() == version

    def run(self, seconds: float, fleet: ReplicatedFleet, cruelties: dict[str, Callable[[], None]]) -> Report:
        """One after the other at random, each when all replicas are up again."""
        cruelties = {
            "router killed": self.kill_router,
            "version rolled": lambda: self.roll(fleet),
            **cruelties,
        }
        ends = time.monotonic() + seconds
        names: list[str] = []
        try:
            while time.monotonic() < ends or len(self.done) < len(cruelties):  # each of them once at least
                wait_until_all_are_up(fleet)
                if not names:
                    names = self.drawn.sample(sorted(cruelties), len(cruelties))
                name = names.pop()
                cruelties[name]()
                self.done[name] += 1
                time.sleep(self.drawn.uniform(0.05, 0.5))
            wait_until_all_are_up(fleet)
            time.sleep(0.5)
        finally:
            for router in self.routers:
                router.end()
        return self.report()

    def report(self) -> Report:
        told = [each for router in (*self.routers, *self.ended) for each in router.told]
        times = sorted(time for each in told for time in each["milliseconds"]) or [0.0]
        return Report(
            len(times),
            [what for each in told for what in each["failed"]],
            [what for each in told for what in each["wrong"]],
            times[len(times) // 2],
            times[int(len(times) * 0.99)],
            times[-1],
            dict(self.done),
        )


def wait_until_all_are_up(fleet: ReplicatedFleet) -> None:
    ends = time.monotonic() + _UP_SECONDS
    while any("down" in replica for shard in fleet.status() for replica in shard):
        if time.monotonic() > ends:
            raise ShardUnavailableError(f"not up again: {fleet.status()}")
        time.sleep(0.05)


@contextlib.contextmanager
def workers_find_this_folder() -> Iterator[None]:
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), before or ""])
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def torture_processes(
    seconds: float, seed: int, shards: int = 4, replicas: int = 2, routers: int = 2
) -> Report:
    """Workers behind sockets, started again by their starter."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(workers_find_this_folder())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        version_file = folder / "version"
        version_file.write_text("1")
        workers = stack.enter_context(Processes(serving(shards, version_file), replicas))
        write_addresses(str(folder / "addresses.json"), workers.addresses)
        channels = [
            [SocketChannel(address, workers.addresses.authkey) for address in some]
            for some in workers.addresses.shards
        ]
        fleet = stack.enter_context(ReplicatedFleet(channels))
        torture = Torture(seed, version_file, {"addresses": str(folder / "addresses.json")}, routers)
        drawn = torture.drawn

        def signal_some(how: signal.Signals, pids: list[int | None]) -> None:
            for pid in pids:
                if pid is not None:
                    os.kill(pid, how)

        def machine() -> list[int | None]:
            place = drawn.randrange(replicas)
            return [shard[place].pid for shard in workers.workers]

        def halt(pids: list[int | None]) -> None:
            signal_some(signal.SIGSTOP, pids)
            time.sleep(drawn.uniform(0.2, 1.0))
            signal_some(signal.SIGCONT, pids)

        return torture.run(
            seconds,
            fleet,
            {
                "replica killed": lambda: signal_some(signal.SIGKILL, [drawn.choice(workers.all()).pid]),
                "machine killed": lambda: signal_some(signal.SIGKILL, machine()),
                "machine halted": lambda: halt(machine()),
            },
        )


# A node that is gone is noticed in a second or two, not in the half a minute that suits a data centre.
_HEALTH = {
    "health_check_initial_delay_ms": 0,
    "health_check_period_ms": 300,
    "health_check_timeout_ms": 1000,
    "health_check_failure_threshold": 3,
}


def torture_ray(
    seconds: float,
    seed: int,
    shards: int = 4,
    replicas: int = 2,
    routers: int = 2,
    by_sockets: bool = False,
    num_nodes: int = 2,
) -> Report:
    """Actors on several nodes of Ray, all on this machine; Ray starts again what ends.

    num_nodes: beside that of Ray's head, which stays.
    """
    import ray
    from ray.cluster_utils import Cluster

    from searchlib.cluster.fleets.ray_placing import RayReplicas, join

    os.environ["RAY_memory_monitor_refresh_ms"] = "0"  # noqa: SIM112
    memory = 80 << 20
    with contextlib.ExitStack() as stack:
        stack.enter_context(workers_find_this_folder())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        version_file = folder / "version"
        version_file.write_text("1")
        head = {"num_cpus": 8, "object_store_memory": memory, "_system_config": _HEALTH}
        cluster = Cluster(initialize_head=True, head_node_args=head)
        stack.callback(cluster.shutdown)
        nodes = [cluster.add_node(num_cpus=8, object_store_memory=memory) for _ in range(num_nodes)]
        join(cluster.address)
        stack.callback(ray.shutdown)
        placed = RayReplicas.start("torture", serving(shards, version_file), replicas)
        stack.callback(placed.stop)
        fleet = stack.enter_context(ReplicatedFleet(placed.channels(by_sockets)))
        wanted = {"ray": cluster.address, "collection": "torture", "by_sockets": by_sockets}
        torture = Torture(seed, version_file, wanted, routers)
        drawn = torture.drawn

        def kill_replica() -> None:
            told = [replica for shard in fleet.status() for replica in shard if "pid" in replica]
            os.kill(int(str(drawn.choice(told)["pid"])), signal.SIGKILL)

        def kill_node() -> None:
            if len(nodes) < num_nodes:  # what was lost the last time comes back
                nodes.append(cluster.add_node(num_cpus=8, object_store_memory=memory))
                wait_until_all_are_up(fleet)
            cluster.remove_node(nodes.pop(drawn.randrange(len(nodes))), allow_graceful=False)

        return torture.run(seconds, fleet, {"replica killed": kill_replica, "node killed": kill_node})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=["processes", "ray", "ray-sockets"], action="append")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--routers", type=int, default=2)
    arguments = parser.parse_args()
    status = 0
    for kind in arguments.kind or ["processes", "ray", "ray-sockets"]:
        if kind == "processes":
            report = torture_processes(
                arguments.seconds, arguments.seed, arguments.shards, routers=arguments.routers
            )
        else:
            by_sockets = kind == "ray-sockets"
            report = torture_ray(
                arguments.seconds,
                arguments.seed,
                arguments.shards,
                routers=arguments.routers,
                by_sockets=by_sockets,
            )
        print(f"{kind}: {report}", *report.failed[:10], *report.wrong[:10], sep="\n", flush=True)
        if report.failed or report.wrong or not report.num_asked:
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main())

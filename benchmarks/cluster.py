"""What a cluster costs on loopback: its transports beside bare ones, and whole searches beside one index.

The searches of a corpus are recorded first: how many bytes go to each shard and come back, round by round.
Then workers that do no work exchange the same bytes, by the sockets of searchlib, bare pipes, gRPC, HTTP and
Ray. All processes share the machine's cores, and take turns.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from searchlib import Index, Schema, Text, cluster
from searchlib.cluster.cluster import Cluster
from searchlib.cluster.fleets.placing import Processes, Serving
from searchlib.cluster.fleets.replicated import ReplicatedFleet
from searchlib.cluster.fleets.sockets import SocketChannel

from . import corpora
from .cluster_peers import Exchange, bare_actors, bare_grpc, bare_http, bare_pipes, message_of
from .percentiles import percentile, summary
from .verdicts import Verdict

MAX_OF_PIPES = 3.0
MAX_OF_RAY = 1.5
_QUERIES = 300
_TURNS = 4

Rounds = list[list[dict[int, bytes]]]
"""For each query its rounds, for each round the messages to some shards."""


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks cluster [--corpus d20k] [--folder FOLDER] [--no-ray]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks cluster", description=__doc__)
    parser.add_argument("--corpus", default="d20k", choices=sorted(corpora.SIZES), help="see `generate`")
    parser.add_argument("--folder", type=Path, help="where its indexes are, or are made and kept")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--no-ray", action="store_true", help="leave Ray out")
    options = parser.parse_args(arguments)
    folder = options.folder or corpora.DATA / f"{options.corpus}.cluster"
    _build(options.corpus, folder, options.shards)
    met = True
    for line in _measures(folder, options.corpus, options.shards, not options.no_ray):
        print(line, flush=True)
        met &= not isinstance(line, Verdict) or line.met
    return 0 if met else 1


def _build(corpus: str, folder: Path, shards: int) -> None:
    """One index, and a collection of the same documents."""
    source = corpora.DATA / f"{corpus}.jsonl"
    many = folder / f"{shards}-shards"
    if not (folder / "one").exists():
        shutil.rmtree(folder, ignore_errors=True)
        index = Index.create(folder / "one", Schema(title=Text(boost=3.0), body=Text()))
        with index.writer(threads=2) as writer, source.open(encoding="utf-8") as lines:
            writer.add_many(map(json.loads, lines))
        index.close()
    if not many.exists():
        with Index.open(folder / "one") as index:
            cluster.build([str(source)], many, shards=shards, schema=index.schema)


def _measures(folder: Path, corpus: str, shards: int, with_ray: bool) -> Iterator[str | Verdict]:
    queries = corpora.queries(corpus)[:_QUERIES]
    many = folder / f"{shards}-shards"
    with Index.open(folder / "one") as one, Cluster.start(many, 1) as served:
        rounds = _recorded(served, queries)
        sent, back = _sizes(rounds)
        each = _mean(map(len, rounds))
        yield f"{len(rounds)} queries, {each:.2f} rounds each, to a shard {sent} bytes, back {back}"
        with served.collection() as collection:
            times = _in_turns(
                {
                    "one index": [partial(one.search, text) for text in queries],
                    f"{shards} shards": [partial(collection.search, text) for text in queries],
                }
            )
        for name, taken in times.items():
            yield f"whole searches, {name}: {summary(taken)}"
    yield from _transports(rounds, shards)
    yield from _fan_out(rounds)
    yield from _throughput(rounds, shards)
    if with_ray:
        yield from _ray(rounds, shards)


def _recorded(served: Cluster, queries: Sequence[str]) -> Rounds:
    """The rounds of the queries when they are asked for the second time, with what is kept by then."""
    recorder = Recorder(served.fleet)
    collection = cluster.Collection(recorder)
    for _ in range(2):
        recorder.rounds = []
        for text in queries:
            recorder.rounds.append([])
            collection.search(text)
    return recorder.rounds


class Recorder:
    """A fleet that notes how long messages and answers are, as messages to workers that do no work."""

    def __init__(self, fleet: ReplicatedFleet) -> None:
        self._fleet, self.num_shards = fleet, fleet.num_shards
        self.rounds: Rounds = [[]]

    @property
    def version(self) -> int:
        """Of the fleet."""
        return self._fleet.version

    def ask(
        self, messages: Mapping[int, bytes], timeout: float | None = None, **named: Any
    ) -> dict[int, bytes]:
        """Of the fleet, noted."""
        answers = self._fleet.ask(messages, timeout, **named)
        noted = {shard: message_of(len(messages[shard]), len(answer)) for shard, answer in answers.items()}
        self.rounds[-1].append(noted)
        return answers

    def close(self) -> None:
        """The fleet is closed by whoever made it."""


def _two(rounds: Rounds) -> Rounds:
    """Two rounds of each query: what is recorded, or that twice."""
    return [(some * 2)[:2] for some in rounds if some]


def _exchanging(exchange: Exchange, rounds: Rounds) -> list[Callable[[], object]]:
    return [partial(_exchange, exchange, some) for some in rounds]


def _exchange(exchange: Exchange, rounds: Sequence[dict[int, bytes]]) -> None:
    for messages in rounds:
        exchange(messages)


def _in_turns(tasks: Mapping[str, Sequence[Callable[[], object]]]) -> dict[str, list[float]]:
    """Milliseconds of each call, but for a first pass that warms up."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(_TURNS + 1):
        for name, calls in tasks.items():
            for call in calls:
                started = time.perf_counter()
                call()
                if turn:
                    times[name].append((time.perf_counter() - started) * 1000)
    return times


@contextlib.contextmanager
def _fleet(shards: int, host: str | None) -> Iterator[Exchange]:
    with Processes([Serving("benchmarks.cluster_peers:opener", [])] * shards, 1, host=host) as workers:
        addresses = workers.addresses
        channels = [[SocketChannel(each, addresses.authkey) for each in some] for some in addresses.shards]
        with ReplicatedFleet(channels) as fleet:
            fleet.ask(dict.fromkeys(range(shards), message_of(8, 8)))
            yield lambda messages: fleet.ask(messages)


def _transports(rounds: Rounds, shards: int) -> Iterator[str | Verdict]:
    two = _two(rounds)
    with contextlib.ExitStack() as stack:
        ways = {
            "bare pipes": stack.enter_context(bare_pipes(shards)),
            "sockets": stack.enter_context(_fleet(shards, None)),
            "sockets, TCP": stack.enter_context(_fleet(shards, "127.0.0.1")),
            "HTTP": stack.enter_context(bare_http(shards)),
        }
        try:
            ways["gRPC"] = stack.enter_context(bare_grpc(shards))
        except ModuleNotFoundError:
            yield "absent: gRPC, which is pip install grpcio"
        times = _in_turns({name: _exchanging(exchange, two) for name, exchange in ways.items()})
    for name, taken in times.items():
        yield f"two rounds, {shards} shards, {name}: {summary(taken)}"
    for name in ("sockets", "sockets, TCP"):
        ratio = percentile(times[name], 50) / percentile(times["bare pipes"], 50)
        yield Verdict(ratio <= MAX_OF_PIPES, f"{name} {ratio:.2f} x bare pipes (<= {MAX_OF_PIPES:g})")


def _fan_out(rounds: Rounds) -> Iterator[str]:
    request = next(iter(_two(rounds)[0][0].values()))
    for shards in (1, 2, 4, 8, 16):
        some: Rounds = [[dict.fromkeys(range(shards), request)] * 2] * 200
        with bare_pipes(shards) as pipes, _fleet(shards, None) as fleet:
            times = _in_turns({"pipes": _exchanging(pipes, some), "sockets": _exchanging(fleet, some)})
        shown = "; ".join(f"{name} {summary(taken)}" for name, taken in times.items())
        yield f"two rounds of one size, {shards} shards: {shown}"


def _throughput(rounds: Rounds, shards: int) -> Iterator[str]:
    two = _two(rounds)
    with _fleet(shards, None) as exchange:
        for num_threads in (1, 2, 4, 8):
            counts = [0] * num_threads
            ends = time.perf_counter() + 2.0

            def ask_on(number: int, counts: list[int] = counts, ends: float = ends) -> None:
                while time.perf_counter() < ends:
                    for each in two[counts[number] % len(two)]:
                        exchange(each)
                    counts[number] += 1

            threads = [threading.Thread(target=ask_on, args=(number,)) for number in range(num_threads)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            yield f"a router, {num_threads} threads: {sum(counts) / 2:.0f} queries/s of two rounds"


def _ray(rounds: Rounds, shards: int) -> Iterator[str | Verdict]:
    from searchlib.cluster.fleets.ray_placing import RayReplicas

    try:
        import ray
    except ModuleNotFoundError:
        yield "absent: Ray, which is pip install 'searchlib[ray]'"
        return
    before = _resident()
    started = time.perf_counter()
    ray.init("local", num_cpus=shards, include_dashboard=False, log_to_driver=False, namespace="searchlib")
    yield f"Ray starts in {time.perf_counter() - started:.1f} s"
    yield f"its processes have {_resident() - before:.0f} MB"
    before, started = _resident(), time.perf_counter()
    serving = [Serving("benchmarks.cluster_peers:opener", [])] * shards
    placed = RayReplicas.start("benchmark", serving, 1, num_cpus=0.1)
    seconds, megabytes = time.perf_counter() - started, (_resident() - before) / shards
    yield f"{shards} actors start in {seconds:.1f} s, {megabytes:.0f} MB each"
    try:
        with contextlib.ExitStack() as stack:
            ways: dict[str, Exchange] = {"Ray's own, empty": stack.enter_context(bare_actors(shards))}
            for name, by_sockets in (("actors", False), ("their sockets", True)):
                fleet = stack.enter_context(ReplicatedFleet(placed.channels(by_sockets)))
                fleet.ask(dict.fromkeys(range(shards), message_of(8, 8)))
                ways[name] = fleet.ask
            times = _in_turns({name: _exchanging(way, _two(rounds)) for name, way in ways.items()})
        for name, taken in times.items():
            yield f"two rounds, {shards} shards, {name}: {summary(taken)}"
        ratio = percentile(times["actors"], 50) / percentile(times["Ray's own, empty"], 50)
        yield Verdict(
            ratio <= MAX_OF_RAY, f"actors {ratio:.2f} x Ray's own two empty rounds (<= {MAX_OF_RAY:g})"
        )
    finally:
        placed.stop()
        ray.shutdown()


def _resident() -> float:
    """Megabytes of the processes that are Ray's; pages that they share count in each."""
    listed = subprocess.run(["ps", "-eo", "rss=,args="], capture_output=True, text=True, check=True).stdout
    ours = [line.split() for line in listed.splitlines()]
    return sum(float(words[0]) for words in ours if any("ray" in word for word in words[1:6])) / 1024


def _sizes(rounds: Rounds) -> tuple[int, int]:
    messages = [message for some in rounds for each in some for message in each.values()]
    answers = [int.from_bytes(message[:8], "little") for message in messages]
    return round(_mean(map(len, messages))), round(_mean(answers))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / max(1, len(listed))


if __name__ == "__main__":
    sys.exit(main())

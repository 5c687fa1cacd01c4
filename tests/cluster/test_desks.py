"""The worker side of a fleet: frames, and what a desk takes, lets wait and refuses; and hedges."""

from __future__ import annotations

import random
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from echoing import Echoing, EchoingOpener, channel_here
from hypothesis import given
from hypothesis import strategies as st

from forked import in_child
from searchlib import Index, Schema, Text
from searchlib.cluster.fleets.addresses import Address
from searchlib.cluster.fleets.desk import Desk
from searchlib.cluster.fleets.frames import (
    NEVER,
    Kind,
    Status,
    pack_reply,
    pack_request,
    unpack_reply,
    unpack_request,
)
from searchlib.cluster.fleets.hedging import FIRST_DELAY, HedgeBudget, Latencies
from searchlib.cluster.fleets.here import HereChannel
from searchlib.cluster.fleets.listening import Listening
from searchlib.cluster.fleets.replicas import Replica
from searchlib.cluster.fleets.replicated import ReplicatedFleet
from searchlib.cluster.fleets.sockets import SocketChannel
from searchlib.cluster.fleets.versions import Versions
from searchlib.errors import ClosedError, SearchTimeout, ShardUnavailableError, ShardVersionError
from searchlib.plan import FormPattern, Forms, Or

NUMBERS = st.integers(0, 2**64 - 1)


@given(st.sampled_from(Kind), NUMBERS, NUMBERS, st.floats(0, NEVER), st.binary())
def test_a_request_is_read_as_it_was_written(
    kind: Kind, number: int, version: int, seconds: float, message: bytes
) -> None:
    frame = pack_request(kind, number, version, seconds, message)
    assert unpack_request(frame) == (kind, number, version, seconds, message)


@given(st.sampled_from(Status), NUMBERS, st.tuples(NUMBERS, NUMBERS), st.binary())
def test_a_reply_is_read_as_it_was_written(
    status: Status, number: int, versions: tuple[int, int], message: bytes
) -> None:
    assert unpack_reply(pack_reply(status, number, versions, message)) == (status, number, versions, message)


@given(st.binary(max_size=60))
def test_any_bytes_get_a_reply(frame: bytes) -> None:
    reply = unpack_reply(DESK.handle(frame))
    assert reply.versions == (1, 0)
    assert reply.status in set(Status)


DESK = Desk(Versions(EchoingOpener(0)))


def asked(desk: Desk, message: bytes, seconds: float = NEVER, version: int = 1) -> tuple[int, bytes]:
    reply = unpack_reply(desk.handle(pack_request(Kind.ASK, 7, version, seconds, message)))
    assert reply.id == 7
    return reply.status, reply.message


def test_what_a_worker_raises_is_a_reply() -> None:
    assert asked(DESK, b"raise") == (Status.FAILED, b"RuntimeError: a fault")


def test_so_many_run_so_many_wait_and_the_rest_is_refused() -> None:
    desk = Desk(Versions(EchoingOpener(0)), max_running=1, max_waiting=1)
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(asked, desk, b"sleep 0.6")
        time.sleep(0.1)
        assert asked(desk, b"q", seconds=0.05) == (Status.EXPIRED, b"its time was over before it was begun")
        waiting = pool.submit(asked, desk, b"q")
        time.sleep(0.1)
        assert asked(desk, b"q") == (Status.BUSY, b"1 requests wait already")
        assert running.result() == (Status.ANSWER, b"0:1:sleep 0.6")
        assert waiting.result() == (Status.ANSWER, b"0:1:q")


def test_what_was_abandoned_while_it_waited_is_not_begun() -> None:
    desk = Desk(Versions(EchoingOpener(0)), max_running=1)
    thread = threading.Thread(target=asked, args=(desk, b"sleep 0.2"))
    thread.start()
    time.sleep(0.05)
    reply = unpack_reply(desk.handle(pack_request(Kind.ASK, 7, 1, NEVER, b"q"), lambda: True))
    assert (reply.status, reply.message) == (Status.EXPIRED, b"abandoned before it was begun")
    thread.join()


def test_two_versions_are_held_and_the_older_goes_when_nobody_asks_for_it() -> None:
    newest = iter([(1, Echoing(0, 1)), (2, Echoing(0, 2)), (2, Echoing(0, 2)), (3, Echoing(0, 3))])
    versions = Versions(lambda: next(newest), linger=0.1)
    desk = Desk(versions)
    assert [versions.open_newest(), versions.open_newest()] == [2, 2]
    assert versions.held == (2, 1)
    assert asked(desk, b"q", version=1) == (Status.ANSWER, b"0:1:q")
    assert asked(desk, b"q", version=0) == (Status.ANSWER, b"0:2:q")
    versions.open_newest()
    assert versions.held == (3, 2)
    assert asked(desk, b"q", version=1) == (Status.OTHER_VERSION, b"holds 3, 2")
    time.sleep(0.15)
    assert versions.held == (3, 0)


def test_strangers_do_not_disturb_a_worker() -> None:
    listening = Listening(DESK, Address("127.0.0.1"), b"key", max_connections=3)
    try:
        where = (listening.address.host, listening.address.port)
        for junk in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 100):
            with socket.create_connection(where) as stranger:
                stranger.sendall(junk)
        fleet = ReplicatedFleet([[SocketChannel(listening.address, b"key")]])
        with socket.create_connection(where), fleet:  # one who says nothing
            assert fleet.ask({0: b"q"}) == {0: b"0:1:q"}
    finally:
        listening.close()


class Endless:
    """A worker whose search has no end, unless it is told that nobody waits for it."""

    def __init__(self) -> None:
        index = Index.in_memory(Schema(body=Text(languages=())))
        with index.writer() as writer:
            writer.add_many({"body": f"{'w' * 200}{number:06}"} for number in range(1000))
        self.core = index._searcher.core
        self.ended: list[BaseException] = []

    def answer(self, message: bytes) -> bytes:
        if message == b"endless":
            pattern = Forms(FormPattern("fuzzy", "w" * 200 + "xyzxyz", 2), [0])
            try:
                self.core.search(Or([pattern] * 20_000), 1)
            except BaseException as error:
                self.ended.append(error)
                raise
        return message


def test_what_runs_ends_when_it_is_abandoned() -> None:
    worker = Endless()
    listening = Listening(
        Desk(Versions(lambda: (1, worker)), max_running=1), Address("127.0.0.1"), b"key", max_connections=3
    )
    try:
        with ReplicatedFleet([[SocketChannel(listening.address, b"key")]]) as fleet:
            with pytest.raises(SearchTimeout):
                fleet.ask({0: b"endless"}, timeout=0.2)
            assert fleet.ask({0: b"q"}, timeout=60) == {0: b"q"}, "the one place is free again"
            (ended,) = worker.ended
            assert "nobody waits for the answer any more" in str(ended)
    finally:
        listening.close()


class Slow:
    """A worker that takes its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.num_asked = seconds, 0

    def answer(self, message: bytes) -> bytes:
        self.num_asked += 1
        time.sleep(self.seconds)
        return message


def channel_of(worker: Slow) -> HereChannel:
    return HereChannel(Desk(Versions(lambda: (1, worker))))


def test_who_is_late_is_hedged_and_passed_over() -> None:
    quick, slow = Slow(0.0), Slow(0.5)
    with ReplicatedFleet([[channel_of(quick), channel_of(slow)]]) as fleet:
        for _ in range(100):
            assert fleet.ask({0: b"q"}) == {0: b"q"}
        assert slow.num_asked < 20 < quick.num_asked


def test_a_time_that_a_hedge_cut_short_counts_from_the_first_call() -> None:
    """Else the router would learn that answers come at once, and ask everything twice."""
    quick, slow = Slow(0.0), Slow(0.3)
    with ReplicatedFleet([[channel_of(slow), channel_of(quick)]]) as fleet:
        for _ in range(40):
            fleet._replicas.shards[0][0]._passed_over_until = 0.0
            fleet._replicas.shards[0][1].in_flight = 2  # so that the slow one is asked first
            fleet.ask({0: b"q"})
            fleet._replicas.shards[0][1].in_flight = 0
        assert fleet._replicas.latencies[0].delay >= FIRST_DELAY


@pytest.mark.parametrize(("delay", "passed_over"), [(0.001, 0.001), (0.08, 0.01)])
def test_who_was_late_is_passed_over_for_no_longer_than_answers_take(
    delay: float, passed_over: float
) -> None:
    replica = Replica(0, channel_here(0))
    replica.is_late(100.0, delay)
    assert not replica.rank(100.0 + passed_over)[0] and replica.rank(100.0 + passed_over * 0.9)[0]
    replica.is_late(100.0, delay)
    assert replica.rank(100.0 + passed_over * 1.9)[0], "twice as long the second time"


def test_a_fault_of_all_replicas_is_said() -> None:
    with ReplicatedFleet([[channel_here(0), channel_here(0)]]) as fleet:
        with pytest.raises(ShardUnavailableError, match="failed: RuntimeError: a fault"):
            fleet.ask({0: b"raise"})
        assert fleet.ask({0: b"q"}) == {0: b"0:1:q"}


def test_a_roll_that_ended_half_way_is_ended() -> None:
    """Shard 0 was started again and has only version 2, shard 1 has only 1: no common one, until 1 opens it,
    too.
    """
    now = [2, 1]

    def channel(shard: int) -> HereChannel:
        return HereChannel(Desk(Versions(lambda: (now[shard], Echoing(shard, now[shard])))))

    with ReplicatedFleet([[channel(0)], [channel(1)]], patience=0.1) as fleet:
        with pytest.raises(ShardVersionError, match="no version is there on all shards"):
            fleet.ask({0: b"q", 1: b"q"})
        now[1] = 2
        assert fleet.ask({0: b"q", 1: b"q"}) == {0: b"0:2:q", 1: b"1:2:q"}


def test_a_forked_child_asks_by_itself() -> None:
    with ReplicatedFleet([[channel_here(0)]]) as fleet:
        done = threading.Event()

        def ask_on() -> None:
            while not done.is_set():
                fleet.ask({0: b"sleep 0.001"})

        threads = [threading.Thread(target=ask_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        good = [in_child(lambda: answers(fleet)) for _ in range(5)]
        done.set()
        for thread in threads:
            thread.join()
        assert good == [True] * 5


def answers(fleet: ReplicatedFleet) -> None:
    assert fleet.ask({0: b"q"}, timeout=15) == {0: b"0:1:q"}


def test_a_closed_fleet_says_so() -> None:
    fleet = ReplicatedFleet([[channel_here(0)]])
    fleet.close()
    with pytest.raises(ClosedError):
        fleet.ask({0: b"q"})


def test_the_delay_is_the_95th_percentile_of_the_last_times() -> None:
    latencies, drawn = Latencies(), random.Random(1)
    assert latencies.delay == FIRST_DELAY
    times = [drawn.uniform(0.01, 0.1) for _ in range(320)]
    for each in times:
        latencies.add(each)
    assert latencies.delay == sorted(times[-128:])[int(128 * 0.95)]


def test_hedges_are_few() -> None:
    budget = HedgeBudget(0.0)
    assert sum(budget.spend(0.0) for _ in range(100)) == 32, "at once"
    budget.earn(100)
    assert sum(budget.spend(0.0) for _ in range(100)) == 5, "of a hundred requests"
    assert sum(budget.spend(1.0) for _ in range(100)) == 10, "in a second"

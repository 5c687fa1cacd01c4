"""Fleets whose replicas are processes behind sockets: they answer, die, hang and come back."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from forked import in_child
from searchlib.cluster.fleets.addresses import (
    Address,
    Addresses,
    read_addresses,
    write_addresses,
)
from searchlib.cluster.fleets.placing import Processes, Serving, WorkerProcess
from searchlib.cluster.fleets.replicated import ReplicatedFleet
from searchlib.cluster.fleets.sockets import SocketChannel
from searchlib.errors import (
    ClusterError,
    SearchTimeout,
    ShardBusyError,
    ShardUnavailableError,
    ShardVersionError,
)

HERE = Path(__file__).parent
PATIENT = 20.0


@pytest.fixture(autouse=True)
def openers_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers import the opener from this folder."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]))


def processes(shards: int = 1, replicas: int = 2, version_file: str = "", **options: object) -> Processes:
    serving = [Serving("echoing:EchoingOpener", [shard, version_file]) for shard in range(shards)]
    return Processes(serving, replicas, **options)  # type: ignore[arg-type]


@contextlib.contextmanager
def fleet_of(workers: Processes, **options: float) -> Iterator[ReplicatedFleet]:
    shards, authkey = workers.addresses
    channels = [[SocketChannel(address, authkey) for address in shard] for shard in shards]
    with ReplicatedFleet(channels, **options) as fleet:  # type: ignore[arg-type]
        yield fleet


def kill(worker: WorkerProcess, how: signal.Signals = signal.SIGKILL) -> None:
    assert worker.pid is not None
    os.kill(worker.pid, how)


@pytest.mark.parametrize("host", [None, "127.0.0.1"])
def test_each_shard_answers_for_itself(host: str | None) -> None:
    with processes(3, 1, host=host) as workers, fleet_of(workers) as fleet:
        assert fleet.num_shards == 3
        large = b"x" * 3_000_000
        assert fleet.ask({0: b"a", 2: large}) == {0: b"0:1:a", 2: b"2:1:" + large}
        assert fleet.version == 1


def test_a_killed_replica_fails_no_question_and_comes_back() -> None:
    with processes(2, 2) as workers, fleet_of(workers, patience=PATIENT) as fleet:
        fleet.ask({0: b"", 1: b""})
        failures: list[BaseException] = []
        done = threading.Event()

        def ask_on() -> None:
            while not done.is_set():
                try:
                    assert fleet.ask({0: b"q", 1: b"r"}) == {0: b"0:1:q", 1: b"1:1:r"}
                except BaseException as error:
                    failures.append(error)
                    return

        threads = [threading.Thread(target=ask_on) for _ in range(3)]
        for thread in threads:
            thread.start()
        pids = [worker.pid for worker in workers.all()]
        for worker in (workers.workers[0][0], workers.workers[1][1], workers.workers[0][1]):
            kill(worker)
            wait_until_all_are_up(fleet)
        done.set()
        for thread in threads:
            thread.join()
        assert failures == []
        lives = [worker.pid == pid for worker, pid in zip(workers.all(), pids, strict=True)]
        assert lives == [False, False, True, False]


def wait_until_all_are_up(fleet: ReplicatedFleet) -> None:
    ends = time.monotonic() + PATIENT
    time.sleep(0.1)
    while any("down" in replica for shard in fleet.status() for replica in shard):
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_replica_that_hangs_is_passed_over() -> None:
    with processes(1, 2) as workers, fleet_of(workers) as fleet:
        for _ in range(100):
            fleet.ask({0: b""})
        kill(workers.workers[0][1], signal.SIGSTOP)
        try:
            for _ in range(100):
                assert fleet.ask({0: b"q"}, timeout=PATIENT) == {0: b"0:1:q"}
        finally:
            kill(workers.workers[0][1], signal.SIGCONT)


def test_a_shard_without_replicas_is_said_or_left_out() -> None:
    with processes(2, 1) as workers, fleet_of(workers, patience=0.05) as fleet:
        fleet.ask({0: b"", 1: b""})
        workers._closing.set()  # nobody starts it again
        workers._watcher.join()
        kill(workers.workers[1][0])
        with pytest.raises(ShardUnavailableError, match="no replica answers") as raised:
            fleet.ask({0: b"q", 1: b"q"})
        assert raised.value.shards == (1,)
        assert str(workers.workers[1][0].address) in raised.value.tried[1][0]
        assert fleet.ask({0: b"q", 1: b"q"}, partial=True) == {0: b"0:1:q"}


def test_a_question_that_kills_workers_is_not_asked_for_ever() -> None:
    with processes(1, 2) as workers, fleet_of(workers, patience=PATIENT) as fleet:
        with pytest.raises(ShardUnavailableError) as raised:
            fleet.ask({0: b"die"})
        assert len(raised.value.tried[0]) == 3
        assert fleet.ask({0: b"q"}) == {0: b"0:1:q"}, "the workers are there again"


def test_time_is_up() -> None:
    with processes(1, 2) as workers, fleet_of(workers) as fleet:
        with pytest.raises(SearchTimeout, match="no answer of shard 0 within"):
            fleet.ask({0: b"sleep 0.4"}, timeout=0.1)
        assert fleet.ask({0: b"sleep 0.4"}, timeout=0.1, partial=True) == {}
        assert fleet.ask({0: b"q"}) == {0: b"0:1:q"}, "what comes late is nobody's answer"


def test_what_is_too_much_is_refused() -> None:
    with processes(1, 1, max_running=1) as workers:
        shards, authkey = workers.addresses
        channel = SocketChannel(shards[0][0], authkey, max_connections=1)
        with ReplicatedFleet([[channel]]) as fleet:
            fleet.ask({0: b""})
            slow = threading.Thread(target=fleet.ask, args=({0: b"sleep 1"},))
            slow.start()
            time.sleep(0.3)
            with pytest.raises(ShardBusyError, match="1 requests under way"):
                fleet.ask({0: b"q"})
            slow.join()
            assert fleet.ask({0: b"q"}) == {0: b"0:1:q"}


def test_a_new_version_rolls_through_and_the_old_one_answers_on(tmp_path: Path) -> None:
    file = tmp_path / "version"
    file.write_text("1")
    with processes(2, 2, str(file)) as workers, fleet_of(workers) as fleet, fleet_of(workers) as other:
        assert fleet.version == other.version == 1
        file.write_text("2")
        assert fleet.ask({0: b"q", 1: b"q"}) == {0: b"0:1:q", 1: b"1:1:q"}
        assert fleet.roll() == 2
        assert fleet.ask({0: b"q", 1: b"q"}) == {0: b"0:2:q", 1: b"1:2:q"}
        assert fleet.ask({0: b"q", 1: b"q"}, version=1) == {0: b"0:1:q", 1: b"1:1:q"}
        answers = [other.ask({0: b"q", 1: b"q"}) for _ in range(50)]
        for answer in answers:
            assert answer in ({0: b"0:1:q", 1: b"1:1:q"}, {0: b"0:2:q", 1: b"1:2:q"}), "never of two versions"
        assert answers[-1] == {0: b"0:2:q", 1: b"1:2:q"}, "who hears of it moves"
        with pytest.raises(ShardVersionError, match="no replica has version 7"):
            fleet.ask({0: b"q"}, version=7)


def test_who_has_another_key_is_not_answered() -> None:
    with processes(1, 1) as workers:
        channel = SocketChannel(workers.addresses.shards[0][0], b"another key")
        refused = pytest.raises(ShardUnavailableError, match="AuthenticationError")
        with ReplicatedFleet([[channel]], patience=0.2) as fleet, refused:
            fleet.ask({0: b"q"})


def test_a_forked_child_asks_by_connections_of_its_own() -> None:
    with processes(1, 1) as workers, fleet_of(workers) as fleet:
        fleet.ask({0: b"q"})

        def ask_on() -> None:
            assert all(fleet.ask({0: b"c%d" % n}) == {0: b"0:1:c%d" % n} for n in range(100))

        with ThreadPoolExecutor(1) as pool:
            child = pool.submit(in_child, ask_on)
            assert all(fleet.ask({0: b"p%d" % n}) == {0: b"0:1:p%d" % n} for n in range(100))
            assert child.result()


def test_workers_end_with_whoever_started_them() -> None:
    with processes(1, 2) as workers:
        pids = [worker.pid for worker in workers.all()]
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_worker_that_cannot_start_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ClusterError, match="ended with status 1"):
        Processes([Serving("echoing:NoSuchOpener", [])], 1)
    assert "NoSuchOpener" in capfd.readouterr().err


def test_a_file_of_addresses(tmp_path: Path) -> None:
    addresses = Addresses(((Address("::1", 7), Address("10.0.0.1", 8)), (Address(path="/run/x"),)), b"a key")
    path = tmp_path / "addresses.json"
    write_addresses(str(path), addresses)
    assert path.stat().st_mode & 0o777 == 0o600, "it has a secret"
    assert read_addresses(str(path)) == addresses
    toml = tmp_path / "addresses.toml"
    toml.write_text('authkey = "a key"\nshards = [["[::1]:7", "10.0.0.1:8"], ["unix:/run/x"]]\n')
    assert read_addresses(str(toml)) == addresses


KEY = '"authkey": "k"'
NO_SHARDS = ["[]", "[[]]", '[["a"]]', "[[7]]", '[["a:99999"]]', "7"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"shards": [["a:1"]]}', '{"authkey": "", "shards": [["a:1"]]}']
    + [f'{{{KEY}, "shards": {shards}}}' for shards in NO_SHARDS],
)
def test_what_is_no_file_of_addresses(text: str, tmp_path: Path) -> None:
    path = tmp_path / "addresses.json"
    path.write_text(text)
    with pytest.raises(ClusterError):
        read_addresses(str(path))

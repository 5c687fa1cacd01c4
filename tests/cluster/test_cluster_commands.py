"""searchlib cluster serve, status and roll, as processes; Ray's side is in test_placing_by_ray.py."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchlib.cluster.cluster import ADDRESSES, Cluster


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "searchlib", "cluster", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("built")
    lines = [json.dumps({"id": str(n), "text": f"the sea and {'ships ' * (n % 5)}"}) for n in range(50)]
    (tmp_path / "documents.ndjson").write_text("\n".join(lines))
    ended = run("build", tmp_path / "documents.ndjson", "--to", tmp_path / "mine", "--shards", "2")
    assert ended.returncode == 0, ended.stderr
    return tmp_path / "mine"


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "mine")


@pytest.fixture
def served(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "searchlib", "cluster", "serve", str(folder), "--replicas", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        assert "Ctrl-C ends it" in process.stderr.readline()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_workers_are_served_shown_and_ended(folder: Path, served: subprocess.Popen[str]) -> None:
    with Cluster.connect(folder) as collection:
        assert collection.search("ships").total == 40
    status = run("status", folder)
    assert status.returncode == 0, status.stderr
    assert status.stdout.count(": version 1, ") == 2
    told = [json.loads(line) for line in run("status", folder / ADDRESSES, "--json").stdout.splitlines()]
    assert [each["shard"] for each in told] == [0, 1]
    rolled = run("roll", folder)
    assert (rolled.returncode, rolled.stderr) == (0, "all workers have version 1\n")
    served.send_signal(signal.SIGTERM)
    assert served.wait(20) == 0
    assert not (folder / ADDRESSES).exists()
    for each in told:
        with pytest.raises(ProcessLookupError):
            os.kill(each["pid"], 0)


def test_workers_do_not_outlive_a_killed_starter(folder: Path, served: subprocess.Popen[str]) -> None:
    pids = [json.loads(line)["pid"] for line in run("status", folder, "--json").stdout.splitlines()]
    assert len(pids) == 2
    served.kill()
    served.wait()
    status = run("status", folder)
    assert status.returncode == 2
    assert status.stdout.count("down: ") == 2


def test_what_is_served_is_not_served_again(folder: Path, served: subprocess.Popen[str]) -> None:
    again = run("serve", folder)
    assert again.returncode == 2 and "workers answer at the addresses in" in again.stderr
    served.kill()
    served.wait()
    with Cluster.start(folder, 1) as cluster:  # what is left of a killed one is no hindrance
        cluster.write_addresses(folder / ADDRESSES)
        assert run("status", folder).returncode == 0


def test_workers_that_others_start_are_found_by_a_file_of_addresses(folder: Path, tmp_path: Path) -> None:
    key, file = tmp_path / "key", tmp_path / "addresses.toml"
    key.write_text("a long random text\n")
    sockets = [f"unix:{tmp_path}/{shard}" for shard in range(2)]
    shards = ", ".join(f'["{each}"]' for each in sockets)
    file.write_text(f'authkey = "a long random text"\nshards = [{shards}]\n')
    workers = []
    try:
        for shard, listen in enumerate(sockets):
            command = [sys.executable, "-m", "searchlib", "cluster", "worker", str(folder)]
            command += ["--shard", str(shard), "--listen", listen, "--key-file", str(key)]
            workers.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        for worker in workers:
            assert worker.stderr is not None and "version 1" in worker.stderr.readline()
        with Cluster.connect(file) as collection:
            assert collection.search("ships").total == 40
        workers[0].send_signal(signal.SIGTERM)
        assert workers[0].wait(20) == 0
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
            assert worker.stderr is not None
            worker.stderr.close()
    beyond = run("worker", folder, "--shard", "2", "--listen", "127.0.0.1:0", "--key-file", key)
    assert beyond.returncode == 2 and "the last is 1; got 2" in beyond.stderr


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    serve = run("serve", tmp_path)
    assert serve.returncode == 2 and "no collection.json is there" in serve.stderr
    status = run("status", tmp_path / "nowhere")
    assert status.returncode == 2 and "neither a collection nor a file of addresses" in status.stderr
    both = run("serve", tmp_path, "--ray", "auto", "--host", "127.0.0.1")
    assert both.returncode == 2 and "leave out --host and --addresses" in both.stderr

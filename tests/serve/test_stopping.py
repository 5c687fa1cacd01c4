"""The end of a server: what runs comes to its end, and the second signal does not wait."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from serving import make_index

import searchlib

PATIENCE = 60.0
HEAD = b"POST /v1/indexes/main/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
pytestmark = pytest.mark.unsanitized(reason="starts processes")


class Process:
    """searchlib serve, and what it says on stderr. port: 0 with a socket in the file system."""

    def __init__(self, *arguments: str, command: Sequence[str] = ("-m", "searchlib", "serve")) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command, *arguments],
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self.said = ""
        found = self.wait_for(r"at (?:http://.*:(\d+)/|unix:)")
        self.port = int(found[1] or 0)

    def wait_for(self, pattern: str) -> re.Match[str]:
        end = time.monotonic() + PATIENCE
        assert self.process.stderr is not None
        while (found := re.search(pattern, self.said)) is None:
            assert time.monotonic() < end, self.said
            if select.select([self.process.stderr], [], [], 0.1)[0]:
                piece = os.read(self.process.stderr.fileno(), 1 << 16)
                assert piece, self.said
                self.said += piece.decode()
        return found

    def wait_for_requests(self, number: int) -> None:
        """Until so many are on their way, beside the one that asks."""
        end = time.monotonic() + PATIENCE
        running, found = f"searchlib_requests_in_flight {number + 1}\n".encode(), b""
        while running not in found:
            assert time.monotonic() < end, found
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=PATIENCE) as answer:
                found = answer.read()

    def wait_until_it_refuses(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self.connect().close()
            except ConnectionRefusedError:
                return
            time.sleep(0.02)
        raise AssertionError("it still listens")

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("stopping") / "main")


@pytest.fixture
def process(folder: Path) -> Iterator[Process]:
    started = Process("--index", str(folder), "--port", "0")
    yield started
    started.close()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_an_idle_server(process: Process, by: signal.Signals) -> None:
    with process.connect() as idle:
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):
            answer += idle.recv(1 << 16)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert process.end(by) == 0
        assert idle.recv(1 << 16) == b""


def test_what_is_on_its_way_is_written_and_answered(process: Process, folder: Path) -> None:
    body = b'{"id": "late", "body": "written at the last moment"}'
    with process.connect() as client:
        client.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body[:10])
        process.wait_for_requests(1)
        process.process.send_signal(signal.SIGTERM)
        process.wait_for("stopping requests=1")
        process.wait_until_it_refuses()
        client.sendall(body[10:])
        answer = b""
        while piece := client.recv(1 << 16):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert process.process.wait(PATIENCE) == 0
    with searchlib.open(folder) as index:
        assert "late" in index


def test_the_second_signal_does_not_wait(process: Process, folder: Path) -> None:
    with process.connect() as client:
        client.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
        process.wait_for_requests(1)
        process.process.send_signal(signal.SIGTERM)
        process.wait_for("stopping")
        assert process.end() == 128 + signal.SIGTERM
    process.wait_for("ended at once, 1 requests are not answered")
    assert searchlib.check(folder).ok


def test_a_socket_in_the_file_system_goes_with_its_server(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.sock"
    process = Process("--index", str(folder), "--unix", str(path))
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(str(path))
            client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        assert process.end() == 0
        assert not path.exists()
    finally:
        process.close()


CUT = """
import sys
from searchlib.serve.running import run
from searchlib.serve.settings import Limits, Settings
limits = Limits(stop_seconds=1)
run(Settings({"main": sys.argv[1]}, port=0, limits=limits), lambda at: print("at", at, file=sys.stderr))
"""


def test_what_does_not_come_to_its_end_is_told_so(folder: Path) -> None:
    process = Process(str(folder), command=("-c", CUT))
    try:
        with process.connect() as client:
            client.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
            process.wait_for_requests(1)
            process.process.send_signal(signal.SIGTERM)
            answer = b""
            while piece := client.recv(1 << 16):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 503 ") and b"urn:searchlib:problem:Stopping" in answer
        process.wait_for("given up operation=add_documents index=main")
        assert process.process.wait(PATIENCE) == 0
        assert "Traceback" not in process.said
        assert searchlib.check(folder).ok
    finally:
        process.close()

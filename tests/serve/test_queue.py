"""Searches wait for their turn in a queue of a length and for a time, and nobody is searched for in vain."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from serving import listening, make_index

from searchlib.serve import app
from searchlib.serve.calls import Call
from searchlib.serve.operations.operation import Operation
from searchlib.serve.settings import Limits

PATIENCE = 60.0


class Slow:
    """A server with a question that is answered when the test says so. asked: how often it was begun."""

    def __init__(self) -> None:
        self.may_end, self.asked = threading.Event(), 0
        self.url = ""

    async def answer(self, call: Call) -> dict[str, bool]:
        return await call.ask(self._wait)

    def _wait(self) -> dict[str, bool]:
        self.asked += 1
        return {"answered": self.may_end.wait(PATIENCE)}

    def ask(self) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + "/slow", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def wait_for(self, number: int) -> None:
        """Until so many are asked or wait."""
        end = time.monotonic() + PATIENCE
        while True:
            with urllib.request.urlopen(self.url + "/metrics", timeout=PATIENCE) as answer:
                lines = answer.read().decode().splitlines()
            values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
            if (
                int(values["searchlib_searches_running"]) + int(values["searchlib_searches_waiting"])
                == number
            ):
                return
            assert time.monotonic() < end, values
            time.sleep(0.02)


def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **limits: Any) -> Iterator[Slow]:
    slow = Slow()
    operation = Operation("GET", "/slow", "slow", "Wait.", "public", slow.answer, dict[str, bool])
    monkeypatch.setattr(app, "OPERATIONS", (*app.OPERATIONS, operation))
    folder = make_index(tmp_path / "main")
    with listening({"main": str(folder)}, limits=Limits(concurrent=1, **limits)) as url:
        slow.url = url
        try:
            yield slow
        finally:
            slow.may_end.set()


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    yield from served(tmp_path, monkeypatch, queued=1)


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    yield from served(tmp_path, monkeypatch, queued=10, search_seconds=0.3)


def test_beyond_its_length_nobody_waits(slow: Slow) -> None:
    with ThreadPoolExecutor() as threads:
        running: Future[tuple[int, str]] = threads.submit(slow.ask)
        slow.wait_for(1)
        waiting = threads.submit(slow.ask)
        slow.wait_for(2)
        status, text = slow.ask()
        assert (status, "2 searches run or wait" in text) == (503, True), text
        assert slow.asked == 1
        slow.may_end.set()
        assert running.result()[0] == waiting.result()[0] == 200
    assert slow.asked == 2


def test_beyond_its_time_nobody_waits(impatient: Slow) -> None:
    with ThreadPoolExecutor() as threads:
        running = threads.submit(impatient.ask)
        impatient.wait_for(1)
        status, text = impatient.ask()
        assert (status, "no thread was free" in text) == (503, True), text
        assert impatient.asked == 1
        impatient.may_end.set()
        assert running.result()[0] == 200
    assert impatient.ask()[0] == 200


def test_who_went_away_is_not_searched_for(slow: Slow) -> None:
    address = "127.0.0.1", int(slow.url.rpartition(":")[2])
    with ThreadPoolExecutor() as threads:
        running = threads.submit(slow.ask)
        slow.wait_for(1)
        with socket.create_connection(address, timeout=PATIENCE) as gone:
            gone.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            slow.wait_for(2)
        time.sleep(0.1)  # the server is to see it before there is a turn
        slow.may_end.set()
        assert running.result()[0] == 200
        slow.wait_for(0)
    assert slow.asked == 1

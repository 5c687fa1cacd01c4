"""The server as a process of its own: it is started, killed while it writes, and follows a folder."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import free_port, make_index

import searchlib

_PATIENCE = 60.0


class Server:
    """One process. url: where it answers."""

    def __init__(self, *arguments: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "searchlib", "serve", "--port", str(port), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        wait_until(self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
        try:
            return bool(self.ask("/health"))
        except OSError:
            return False

    def ask(self, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(self.url + path, data=body)
        if body is not None:
            request.add_header("Content-Type", "application/x-ndjson")
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            return json.load(answer)

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        status = self.process.wait(_PATIENCE)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return status


@contextlib.contextmanager
def running(*arguments: str) -> Iterator[Server]:
    server = Server(*arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end(signal.SIGKILL)


def wait_until(holds: Any) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


@pytest.mark.unsanitized(reason="starts processes")
def test_what_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    folder = make_index(tmp_path / "main")
    before = len(searchlib.open(folder))
    acknowledged: list[str] = []
    sent = 0
    for round_ in range(3):
        with running("--index", str(folder)) as server:
            ends = threading.Event()

            def write(worker: int, server: Server = server, round_: int = round_, ends: Any = ends) -> None:
                for number in range(1000):
                    document_id = f"{round_}-{worker}-{number}"
                    body = json.dumps({"id": document_id, "body": "слово в документе"}).encode()
                    try:
                        assert server.ask("/v1/indexes/main/documents", body)["written"] == 1
                    except (OSError, urllib.error.URLError, ValueError):
                        return
                    acknowledged.append(document_id)
                    if ends.is_set():
                        return

            threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
            for thread in threads:
                thread.start()
            sent = len(acknowledged)
            wait_until(lambda sent=sent: len(acknowledged) >= sent + 20)
            server.end(signal.SIGKILL)
            ends.set()
            for thread in threads:
                thread.join()
        assert searchlib.check(folder).ok
        with searchlib.open(folder) as index:
            assert [each for each in acknowledged if each not in index] == []
            # Each worker has one write at most that was done and not answered.
            assert len(acknowledged) <= len(index) - before <= len(acknowledged) + 4 * (round_ + 1)


@pytest.mark.unsanitized(reason="starts processes")
def test_a_stop_ends_it_and_an_index_follows_its_folder(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "first.txt").write_text("Первая заметка о выборах.", "utf-8")
    with running("--index", f"own={tmp_path / 'index'}", "--watch", str(notes)) as server:

        def found(query: str) -> list[str]:
            with contextlib.suppress(urllib.error.HTTPError):
                path = f"/v1/indexes/own/search?q={urllib.request.quote(query)}"
                return [hit["id"] for hit in server.ask(path)["hits"]]
            return []

        wait_until(lambda: found("выборы") == ["first.txt"])
        (notes / "second.txt").write_text("The police forces came.", "utf-8")
        wait_until(lambda: found("force") == ["second.txt"])
        (notes / "first.txt").unlink()
        wait_until(lambda: found("выборы") == [])
        assert server.end() in (0, -signal.SIGTERM)


@pytest.mark.unsanitized(reason="starts processes")
def test_a_stop_in_the_first_reading_of_a_folder_is_one(tmp_path: Path) -> None:
    """What the run wrote is forgotten, and the next one does it all."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(40):
        rows = "".join(f'{{"id": "{number}-{row}", "body": "слово {row}"}}\n' for row in range(5000))
        (notes / f"{number}.jsonl").write_text(rows, "utf-8")
    with running("--index", f"own={tmp_path / 'index'}", "--watch", str(notes)) as server:
        assert server.end() in (0, -signal.SIGTERM)
    if (tmp_path / "index").exists():
        assert searchlib.check(tmp_path / "index").ok
        assert len(searchlib.open(tmp_path / "index")) == 0


def test_what_contradicts_is_refused(tmp_path: Path) -> None:
    for options in (["--read-only"], ["--root", str(tmp_path)]):
        arguments = ["serve", *options, "--watch", str(tmp_path)]
        done = subprocess.run(
            [sys.executable, "-m", "searchlib", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(sys.path), "XDG_DATA_HOME": str(tmp_path / "data")},
        )
        assert done.returncode == 2 and "--watch" in done.stderr
        assert not (tmp_path / "data").exists()

"""Workers as processes of this machine: started, started again when they end, ended with their starter."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import ClusterError
from .addresses import Address, Addresses

START_SECONDS = 60.0
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0
_GRACE_SECONDS = 5.0


class Serving(NamedTuple):
    """What a worker is to serve: a function by name that makes an opener, and its arguments (plain data)."""

    opener: str
    arguments: Sequence[Any]


class Processes:
    """Workers, `replicas` of each of the shards, each listening at an address that stays the same.

    shards: what each of them serves. host: an address to listen at by TCP, each at a free port; None is a
    socket in a temporary folder. max_running: requests that each answers at a time. OSError;
    ClusterError: one ends, or says nothing for a minute, before it answers.
    """

    def __init__(
        self,
        shards: Sequence[Serving],
        replicas: int = 2,
        *,
        host: str | None = None,
        max_running: int | None = None,
    ) -> None:
        self._max_running = max_running
        self._key = secrets.token_hex(32)
        self._folder = Path(tempfile.mkdtemp(prefix="searchlib-")) if host is None else None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.workers: list[list[WorkerProcess]] = []
        try:
            self.workers = [
                [self._worker(serving, host, f"{shard}.{place}") for place in range(replicas)]
                for shard, serving in enumerate(shards)
            ]
            for worker in self.all():
                worker.start()
            for worker in self.all():
                worker.wait_until_it_answers()
        except BaseException:
            self.close()
            raise
        self._watcher = threading.Thread(target=self._watch, name="searchlib-watch", daemon=True)
        self._watcher.start()

    def _worker(self, serving: Serving, host: str | None, name: str) -> WorkerProcess:
        address = Address(path=str(self._folder / name)) if self._folder else Address(host or "")
        return WorkerProcess(serving, address, self._key, name, self._max_running)

    def all(self) -> list[WorkerProcess]:
        """Every worker of every shard."""
        return [worker for shard in self.workers for worker in shard]

    @property
    def addresses(self) -> Addresses:
        """Where they listen, for a router and for write_addresses."""
        shards = tuple(tuple(worker.address for worker in shard) for shard in self.workers)
        return Addresses(shards, self._key.encode())

    def _watch(self) -> None:
        while not self._closing.wait(0.05):
            for worker in self.all():
                worker.mend()

    def close(self) -> None:
        """End all of them; in all cases."""
        self._closing.set()
        if hasattr(self, "_watcher"):
            self._watcher.join()
        for worker in self.all():
            worker.leave()
        ends = time.monotonic() + _GRACE_SECONDS
        for worker in self.all():
            worker.end(max(0.0, ends - time.monotonic()))
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class WorkerProcess:
    """One worker, in whatever process it is at present."""

    def __init__(
        self, serving: Serving, address: Address, authkey: str, name: str, max_running: int | None
    ) -> None:
        self.address, self.name = address, name
        self._wanted = {"opener": serving.opener, "arguments": list(serving.arguments), "authkey": authkey}
        self._max_running = max_running
        self._process: subprocess.Popen[str] | None = None
        self._pause, self._again_at, self._since = _FIRST_PAUSE, 0.0, 0.0

    @property
    def pid(self) -> int | None:
        """Of the present process."""
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start a process; it answers later."""
        self._since = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a terminal's Ctrl-C is for who started it
        )
        wanted = {**self._wanted, "address": str(self.address), "max_running": self._max_running}
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has ended already, which is seen later
            self._process.stdin.write(json.dumps(wanted) + "\n")
            self._process.stdin.flush()

    def wait_until_it_answers(self) -> None:
        """ClusterError: it does not."""
        assert self._process is not None and self._process.stdout is not None
        timer = threading.Timer(START_SECONDS, self._process.kill)
        timer.start()
        line = self._process.stdout.readline().strip()
        timer.cancel()
        if not line:
            status = self._process.wait()
            raise ClusterError(
                f"worker {self.name} ended with status {status} before it answered; stderr has what it said"
            )
        self.address = Address.parse(line)

    def mend(self) -> None:
        """If the process has ended, start another one at the same address, after a pause that grows."""
        if self.is_alive:
            return
        now = time.monotonic()
        if self._again_at == 0.0:
            if now - self._since > _LONGEST_PAUSE:  # it has served for a while
                self._pause = _FIRST_PAUSE
            self._again_at = now + self._pause
            self._pause = min(_LONGEST_PAUSE, 2 * self._pause)
        if now >= self._again_at:
            self._again_at = 0.0
            self._release()
            self.start()

    def leave(self) -> None:
        """Ask it to end."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def end(self, seconds: float) -> None:
        """Wait for its end, or end it."""
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._release()

    def _release(self) -> None:
        assert self._process is not None
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

"""The worker's side: frames in, frames out. As many at a time as pay, some that wait, the rest refused."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable

from ..._core import while_wanted
from ...errors import brief
from ...forks import renew_locks_in_children
from .frames import NEVER, Kind, Request, Status, pack_reply, unpack_request
from .versions import Versions

MAX_WAITING = 64


def _never() -> bool:
    return False


class Desk:
    """Answers requests for one shard out of the versions that are held. Thread-safe.

    max_running: how many are answered at a time; None is the number of processors, two at least. max_waiting:
    how many may wait for that; more are refused as BUSY.
    """

    def __init__(
        self, versions: Versions, max_running: int | None = None, max_waiting: int = MAX_WAITING
    ) -> None:
        self._versions = versions
        self.max_running = max_running or max(2, os.cpu_count() or 2)
        self._max_waiting = max_waiting
        self.max_present = self.max_running + max_waiting + 1  # threads that a transport needs: one to refuse
        self._num_answered = self._num_refused = 0
        self._started = time.time()
        self.renew_locks()
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """In a forked child nobody runs or waits yet."""
        self._slots = threading.Semaphore(self.max_running)
        self._lock = threading.Lock()
        self._num_waiting = 0

    def handle(self, frame: bytes, is_abandoned: Callable[[], bool] = _never) -> bytes:
        """The reply to a request. Never raises: what goes wrong is a reply, too.

        is_abandoned: asked before the work begins, if it had to wait, and every 50 ms while it lasts.
        """
        try:
            request = unpack_request(frame)
        except ValueError as error:
            return pack_reply(Status.FAILED, 0, self._versions.held, f"no request: {error}".encode())
        try:
            status, message = self._reply(request, is_abandoned)
        except Exception as error:  # a fault of ours; the replica lives on
            status, message = Status.FAILED, f"{type(error).__name__}: {error}".encode(errors="replace")
        if status != Status.ANSWER:
            with self._lock:
                self._num_refused += 1
        return pack_reply(status, request.id, self._versions.held, message)

    def _reply(self, request: Request, is_abandoned: Callable[[], bool]) -> tuple[Status, bytes]:
        if request.kind == Kind.ASK:
            return self._ask(request, is_abandoned)
        if request.kind == Kind.OPEN:
            self._versions.open_newest()
            return Status.ANSWER, b""
        if request.kind == Kind.STATUS:
            return Status.ANSWER, json.dumps(self._state()).encode()
        return Status.FAILED, f"expected a kind of request, got {brief(request.kind)}".encode()

    def _ask(self, request: Request, is_abandoned: Callable[[], bool]) -> tuple[Status, bytes]:
        if self._versions.worker(request.version) is None:
            return Status.OTHER_VERSION, b"holds %d, %d" % self._versions.held
        ends = time.monotonic() + request.seconds
        if not self._slots.acquire(blocking=False) and (refusal := self._wait(ends, is_abandoned)):
            return refusal
        try:
            worker = self._versions.worker(request.version)
            if worker is None:  # let go while this one waited
                return Status.OTHER_VERSION, b"holds %d, %d" % self._versions.held
            answer = while_wanted(lambda: not is_abandoned(), lambda: worker.answer(request.message))
        finally:
            self._slots.release()
        self._num_answered += 1
        return Status.ANSWER, answer

    def _wait(self, ends: float, is_abandoned: Callable[[], bool]) -> tuple[Status, bytes] | None:
        """Wait for one of those that run to end: None, and a slot is taken; or why not."""
        with self._lock:
            if self._num_waiting >= self._max_waiting:
                return Status.BUSY, b"%d requests wait already" % self._num_waiting
            self._num_waiting += 1
        try:
            left = None if ends == NEVER else max(0.0, ends - time.monotonic())
            if not self._slots.acquire(timeout=left):
                return Status.EXPIRED, b"its time was over before it was begun"
        finally:
            with self._lock:
                self._num_waiting -= 1
        if is_abandoned():
            self._slots.release()
            return Status.EXPIRED, b"abandoned before it was begun"
        return None

    def _state(self) -> dict[str, object]:
        newest, older = self._versions.held
        return {
            "version": newest,
            "older_version": older or None,
            "pid": os.getpid(),
            "num_answered": self._num_answered,
            "num_refused": self._num_refused,
            "num_waiting": self._num_waiting,
            "uptime_seconds": round(time.time() - self._started, 1),
        }

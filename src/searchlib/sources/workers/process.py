"""One worker as the run sees it: what it was asked, what it has answered, and what it died of.

Nothing here waits, but for room in the worker's pipe and for the end of a worker. Which files are asked for,
and when, is the pool's to say.
"""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Iterator

from ..files import SourceFile
from ..mending import Errors
from . import frames
from .frames import ANSWERS, BrokenFrame, Frame, Incoming
from .interpreter import started
from .limits import Limits, cause_of_death

_READ_BYTES = 1 << 20
_LAST_WORDS_SECONDS = 1.0
_SAMPLE_BYTES = 16_000_000


class Job:
    """A file that a worker is asked to read, and what it has answered so far."""

    def __init__(
        self,
        file: SourceFile,
        encoding: str | None,
        records: str | None,
        errors: Errors = "mend",
        *,
        max_rows: int = 0,
    ) -> None:
        """max_rows: 0 for all of them."""
        self.file, self.encoding, self.records, self.errors = file, encoding, records, errors
        self.max_rows = max_rows
        self.worker: Worker | None = None
        self.frames: deque[Frame] = deque()
        self.num_buffered = 0  # bytes of those frames
        self.is_done = False
        self.is_dropped = False
        self.failure = ""  # why it was not read to its end, if the worker did not live to say so
        self.was_started = True  # False: no worker could be started for it
        self.waited_seconds = 0.0
        self.num_asked = 0  # how many workers were asked

    @property
    def asks(self) -> tuple[object, ...]:
        """What has the same answer where it is the same."""
        its = self.file
        of_file = its.path, its.format, its.size_bytes, its.mtime_ns
        return *of_file, self.encoding, self.records, self.errors

    def request(self, seconds: float, *, is_sent: bool) -> bytes:
        """As a frame."""
        path = os.fsencode(os.path.abspath(self.file.path)).decode("latin-1")  # noqa: PTH100
        return frames.encoded(
            frames.FILE,
            {
                "file": {**self.file.as_dict(), "path": path},
                "encoding": self.encoding,
                "records": self.records,
                "errors": self.errors,
                "seconds": seconds,
                "max_rows": self.max_rows,
                "max_bytes": _SAMPLE_BYTES,
                "is_sent": is_sent,
            },
        )

    def take_in(self, frame: Frame) -> None:
        if not self.is_dropped:
            self.frames.append(frame)
            self.num_buffered += len(frame.payload)

    def taken(self) -> Frame:
        """The next frame of those that have come."""
        frame = self.frames.popleft()
        self.num_buffered -= len(frame.payload)
        return frame

    def fail(self, reason: str) -> None:
        self.is_done, self.failure = True, reason

    def drop(self) -> None:
        """Nobody wants what is still to come of it."""
        self.is_dropped = True
        self.frames.clear()
        self.num_buffered = 0


class Worker:
    """A process that was started. Raises SourceError where that is not possible."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.jobs: deque[Job] = deque()  # in the order in which they are answered
        self.is_ready = self.is_dead = self.failed_to_start = False
        self._incoming = Incoming(ANSWERS)
        self.process = started()
        assert self.process.stdin is not None and self.process.stdout is not None
        self._requests, self.answers = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.answers, False)
        os.set_blocking(self._requests, False)
        _widen(self.answers)
        self._write(frames.encoded(frames.SETUP, {"memory_bytes": limits.memory_bytes}))

    def ask(self, job: Job, data: Iterator[bytes] | None = None) -> None:
        """Send a request. data: the bytes of a file that has no path of its own."""
        job.worker = self
        job.num_asked += 1
        job.waited_seconds = 0.0
        self.jobs.append(job)
        seconds = self.limits.seconds_for(job.file.size_bytes)
        sent = self._write(job.request(seconds, is_sent=data is not None))
        for piece in data or ():
            sent = sent and self._write(frames.raw(frames.DATA, piece))
        if data is not None and sent:
            self._write(frames.raw(frames.END, b""))

    def pump(self) -> None:
        """Take in what has come, without waiting. A worker that died leaves its jobs to `survivors`."""
        try:
            data = os.read(self.answers, _READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._bury()
            return
        try:
            for frame in self._incoming.feed(data):
                self._take_in(frame)
        except BrokenFrame:
            self.end("what reads it sent something else than its rows; please report it, with the file")

    def _take_in(self, frame: Frame) -> None:
        if frame.kind == frames.READY:
            self.is_ready = True
            return
        if not self.jobs:
            raise BrokenFrame("an answer to nothing")
        self.jobs[0].take_in(frame)
        if frame.kind in (frames.DONE, frames.REFUSED, frames.MEMORY):
            self.jobs.popleft().is_done = True

    def end(self, reason: str = "") -> None:
        """Kill it. reason: why the file that it reads is not read."""
        if not self.is_dead:
            self.is_dead = True
            self.process.kill()
            self._close()
            if reason and self.jobs:
                self.jobs.popleft().fail(reason)

    def survivors(self) -> list[Job]:
        """What a dead worker was asked and did not begin with, to be asked of another."""
        assert self.is_dead
        left = [job for job in self.jobs if not job.is_dropped]
        self.jobs.clear()
        return left

    def _bury(self) -> None:
        """Its pipe is at its end: the file that it read is to blame, unless it never came that far."""
        code: int | None
        try:
            code = self.process.wait(_LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        if not self.is_ready:
            self.failed_to_start = True
            for job in self.jobs:
                job.was_started = False
                job.fail(
                    f"it is read by a process of its own, which cannot be started ({self.process.args!r})"
                )
            self.jobs.clear()
        read = self.jobs[0] if self.jobs else None
        if read is None or (code == 0 and read.num_asked == 1 and not read.frames):
            self.end()  # it had left already, for want of work
        else:
            self.end(cause_of_death(code, self.limits.seconds_for(read.file.size_bytes)))

    def _close(self) -> None:
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def _write(self, data: bytes) -> bool:
        """Whether all of it went; a worker that takes nothing for too long, or is gone, is seen by pump()."""
        view, until = memoryview(data), time.monotonic() + self.limits.seconds
        while view and not self.is_dead:
            try:
                view = view[os.write(self._requests, view) :]
            except BlockingIOError:
                if not select.select([], [self._requests], [], max(0.0, until - time.monotonic()))[1]:
                    return False
            except OSError:
                return False
        return not view


def _widen(pipe: int) -> None:
    """A pipe that holds a document, where the system has such pipes: its worker can go on with the next."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)
        except OSError:
            return  # more than this user may have

"""The workers of a run: they read files ahead of it, as far as that pays, and what is not safe in any case.

Rows come in the order in which files are asked for, whatever the order in which they were read. A run of few
files starts no worker; what is read ahead is bounded, and so are the bytes that wait.
"""

from __future__ import annotations

import os
import select
import time
import weakref
from collections import deque
from collections.abc import Iterator

from ...errors import SourceError
from ..content import OpenFile
from ..files import SourceFile
from ..formats import of_name
from ..formats.contract import Row
from ..mending import Errors
from . import limits as _limits
from .away import AwayFile
from .frames import Frame
from .limits import MEMORY_IS_BOUNDED, Limits, resident_bytes, took_too_long, took_too_much
from .process import Job, Worker
from .worth import cost_ms, is_isolated, is_worth_it, num_processes

_PER_WORKER = 4
_AHEAD_BYTES = 64 << 20
"""Of files that are being read ahead: each may take a multiple of its size in its worker."""

_SENT_BYTES = (256 << 20) + 1
"""Of what has no path; a format that takes fewer says so."""

_BUFFERED_BYTES = 24 << 20
_START_MS = 1000.0
"""So much reading is worth it that a worker starts."""

_LOOK_SECONDS = 1.0
_START_SECONDS = 120.0


class Workers:
    """Processes that are started when they are needed, and end with close(), or when nobody has this object.

    processes: how many read files ahead; 0: none, and one reads what is not safe.
    """

    def __init__(self, processes: int | None = None, limits: Limits | None = None) -> None:
        self._num = num_processes() if processes is None else processes
        self._limits = limits or _limits.LIMITS
        self._workers: list[Worker] = []
        self._expected: deque[Job] = deque()  # in the order in which they will be opened; some are asked for
        self._paths: set[str] = set()  # theirs
        self._cost_ms = 0.0  # of reading what was read and is awaited
        self._cannot_start = False
        self._pid = os.getpid()
        weakref.finalize(self, _end_all, self._workers, self._pid)

    def close(self) -> None:
        """End all workers; they start again when there is something to read."""
        _end_all(self._workers, self._pid)
        self._expected.clear()
        self._paths.clear()

    # ---- what is asked of it

    def expect(
        self, file: SourceFile, encoding: str | None, records: str | None, errors: Errors = "mend"
    ) -> None:
        """This file will be opened, after those that were said before."""
        self._after_fork()
        if file.path not in self._paths and is_worth_it(file):
            self._paths.add(file.path)
            self._expected.append(Job(file, encoding, records, errors))
            self._cost_ms += cost_ms(file)
            self._hand_out()

    def open(
        self,
        file: SourceFile,
        encoding: str | None,
        records: str | None,
        errors: Errors = "mend",
        *,
        max_rows: int = 0,
    ) -> AwayFile | None:
        """The file, read by a worker; None where it is to be read here. Raises SourceError."""
        self._after_fork()
        self._pump(0)
        job = None if max_rows else self._awaited(Job(file, encoding, records, errors))
        isolated = is_isolated(file)
        if job is None and isolated:
            job = Job(file, encoding, records, errors, max_rows=max_rows)
        if job is None or (job.worker is None and not isolated):
            self._hand_out()
            return None
        if job.worker is None:
            self._ask_now(job)
        try:
            return AwayFile(job, self._next_frame, self._close_job, self._limits.memory_bytes)
        except SourceError:
            if job.was_started or isolated:
                raise
            self._cannot_start = True
            return None

    def rows_of(self, reading: OpenFile) -> Iterator[Row]:
        """The rows of an open file whose bytes have no path of their own, such as standard input."""
        data = reading.pieces(_SENT_BYTES)
        pieces = list(data)
        if (num_bytes := sum(map(len, pieces))) == _SENT_BYTES:
            raise SourceError(f"bigger than the {_SENT_BYTES >> 20} MiB that are read of it without a path")
        file = reading.file.replace(format=reading.format.name, size_bytes=num_bytes, within=None)
        job = Job(file, reading.forced_encoding, reading.records, reading.errors)
        worker = Worker(self._limits)
        self._workers.append(worker)
        worker.ask(job, iter(pieces))
        pieces.clear()
        with AwayFile(job, self._next_frame, self._close_job, self._limits.memory_bytes) as away:
            yield from away.rows()
            reading.encoding, reading.how = away.encoding, away.how
            reading.notices += away.notices
            reading.unread += away.unread

    # ---- which worker reads what

    def _awaited(self, wanted: Job) -> Job | None:
        """The expected job that asks the same, if any; what was expected before it is not wanted any more."""
        for number, job in enumerate(self._expected):
            if job.asks == wanted.asks:
                for _ in range(number):
                    self._next_expected().drop()
                return self._next_expected()
        return None

    def _next_expected(self) -> Job:
        job = self._expected.popleft()
        self._paths.discard(job.file.path)
        return job

    def _hand_out(self) -> None:
        """Ask workers for what is expected next, as far as it is worth it and there is room."""
        self._pump(0)
        waiting = [job for job in self._expected if job.worker is None and not job.is_done]
        if not waiting or not self._num or self._cannot_start:
            return
        wanted = min(self._num, int(self._cost_ms / _START_MS))
        if not wanted and any(is_isolated(job.file) for job in waiting):
            wanted = 1
        try:
            while len(self._workers) < wanted:
                self._workers.append(Worker(self._limits))
        except SourceError:
            self._cannot_start = True
            return
        asked = [job for worker in self._workers for job in worker.jobs]
        num_bytes = sum(job.file.size_bytes for job in asked)
        for job in waiting:
            worker = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
            if worker is None or len(worker.jobs) >= _PER_WORKER or self._num_buffered() > _BUFFERED_BYTES:
                return
            num_bytes += job.file.size_bytes
            if num_bytes > _AHEAD_BYTES and asked:
                return
            worker.ask(job)
            asked.append(job)

    def _ask_now(self, job: Job) -> None:
        """Whatever else is to be done."""
        idle = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if idle is None:
            idle = Worker(self._limits)
            self._workers.append(idle)
        idle.ask(job)

    def _close_job(self, job: Job) -> None:
        """A worker that is in the midst of what nobody wants is ended."""
        job.drop()
        while job.max_rows and not job.is_done:
            self._wait(job)  # it ends by itself
        worker = job.worker
        if worker is not None and worker.jobs and worker.jobs[0] is job:
            worker.end("nobody wants it")
            self._replace_dead()

    # ---- what they answer

    def _next_frame(self, job: Job) -> Frame | None:
        while not job.frames:
            if job.is_done:
                return None
            self._wait(job)
        frame = job.taken()
        self._hand_out()
        return frame

    def _wait(self, job: Job) -> None:
        worker = job.worker
        assert worker is not None
        seconds = self._limits.seconds_for(job.file.size_bytes) if worker.is_ready else _START_SECONDS
        was_ready, started = worker.is_ready, time.monotonic()
        self._pump(max(0.0, min(_LOOK_SECONDS, seconds - job.waited_seconds)), first=worker)
        job.waited_seconds += time.monotonic() - started
        if worker.is_ready and not was_ready:
            job.waited_seconds = 0.0
        if job.is_done or job.frames or job.worker is not worker:
            if job.frames and of_name(job.file.format).has_rows:
                job.waited_seconds = 0.0  # a table takes as long as it has rows
            return
        if job.waited_seconds >= seconds:
            worker.end(took_too_long(seconds))
        elif not MEMORY_IS_BOUNDED and resident_bytes(worker.process.pid) > self._limits.memory_bytes:
            worker.end(took_too_much(self._limits.memory_bytes))
        self._replace_dead()

    def _pump(self, seconds: float, first: Worker | None = None) -> None:
        """Take in what workers have answered; wait for it so long at most.

        first: the one whose answer is awaited; of others no more is taken in than may wait here.
        """
        by_answers = {
            worker.answers: worker
            for worker in self._workers
            if worker is first or self._num_buffered() <= _BUFFERED_BYTES
        }
        if by_answers:
            poll = select.poll()
            for answers in by_answers:
                poll.register(answers, select.POLLIN)
            for answers, _ in poll.poll(seconds * 1000):
                by_answers[answers].pump()
        self._replace_dead()

    def _replace_dead(self) -> None:
        for worker in [worker for worker in self._workers if worker.is_dead]:
            self._workers.remove(worker)
            self._cannot_start |= worker.failed_to_start
            left = worker.survivors()
            try:
                if left:
                    self._workers.append(another := Worker(self._limits))
                    for job in left:
                        another.ask(job)
            except SourceError as error:
                for job in left:
                    job.was_started = False
                    job.fail(str(error))

    def _num_buffered(self) -> int:
        return sum(job.num_buffered for job in self._expected)

    def _after_fork(self) -> None:
        """The workers are the parent's: a forked child has none."""
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._workers = []
            self._expected.clear()
            self._paths.clear()
            weakref.finalize(self, _end_all, self._workers, self._pid)


def _end_all(workers: list[Worker], pid: int) -> None:
    if pid == os.getpid():
        for worker in workers:
            worker.end()
        workers.clear()

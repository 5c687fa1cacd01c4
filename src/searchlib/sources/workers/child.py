"""A worker: reads the files that it is sent one after the other, and answers with their rows.

It ends when nobody is there any more who would send one. Its limits are its own process's: the system ends it
where a parser does not let go. It writes nothing but its answers.
"""

from __future__ import annotations

import _thread
import io
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ...errors import SearchlibError
from ..content import OpenFile
from ..files import SourceFile
from . import frames
from .frames import HEADER, Frame

_FLUSH_BYTES, _FLUSH_SECONDS = 256 * 1024, 0.05
_TICK_SECONDS, _MAX_IDLE_SECONDS = 2.0, 20.0
_WATCH_SECONDS = 0.5
_ROWS_A_CLOCK = 1_000
"""So many rows may take as long as a file that is one document."""
_GRACE_SECONDS = 2.0
"""The run has the first word about a file that takes too long; this is for when it is gone or busy."""


def main() -> None:
    """The process, from its standard streams on: the pipes are its own, and parsers get the null device."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever runs it is told, and ends it
    for ends_it in (signal.SIGALRM, signal.SIGXCPU):
        signal.signal(ends_it, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGALRM, signal.SIGXCPU))
    parent = os.getppid()
    _thread.start_new_thread(_end_with, (parent,))
    requests, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    with suppress(BrokenPipeError, EOFError):  # nobody listens
        _Worker(requests, answers, parent).run()
    os._exit(0)


def _end_with(parent: int) -> None:
    """In the midst of a file, too: native code lets other threads work."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


class _Worker:
    def __init__(self, requests: int, answers: int, parent: int) -> None:
        self._requests, self._answers, self._parent = requests, answers, parent
        self._out = bytearray()
        self._flushed = time.monotonic()

    def run(self) -> None:
        setup = self._next().value()
        _bound_process(setup["memory_bytes"])
        self._send(frames.encoded(frames.READY, os.getpid()))
        self._flush()
        while True:
            request = self._next()
            asked = request.value()
            stream = io.BytesIO(b"".join(self._data())) if asked["is_sent"] else None
            self._read(asked, stream)

    # ---- what comes

    def _next(self) -> Frame:
        """The next request. Raises EOFError when there will be none."""
        until = time.monotonic() + _MAX_IDLE_SECONDS
        while not select.select([self._requests], [], [], _TICK_SECONDS)[0]:
            if os.getppid() != self._parent or time.monotonic() > until:
                raise EOFError
        kind, size = HEADER.unpack(self._exactly(HEADER.size))
        return Frame(kind, self._exactly(size))

    def _exactly(self, size: int) -> bytes:
        chunks = []
        while size:
            chunk = os.read(self._requests, min(size, 1 << 20))
            if not chunk:
                raise EOFError
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def _data(self) -> Iterator[bytes]:
        while (frame := self._next()).kind == frames.DATA:
            yield frame.payload

    # ---- what goes

    def _read(self, asked: dict[str, Any], stream: io.BytesIO | None) -> None:
        file = SourceFile(**{**asked["file"], "path": os.fsdecode(asked["file"]["path"].encode("latin-1"))})
        _start_clock(asked["seconds"] + _GRACE_SECONDS)
        reading = None
        try:
            with OpenFile(
                file, asked["encoding"], asked["records"], stream=stream, errors=asked["errors"]
            ) as reading:
                self._send(frames.encoded(frames.OPENED, reading.format.name))
                for number, row in enumerate(reading.rows(), 1):
                    self._send(frames.encoded(frames.ROW, [reading.num_bytes, *row]))
                    if number % _ROWS_A_CLOCK == 0:
                        _start_clock(asked["seconds"] + _GRACE_SECONDS)
                    if number == asked["max_rows"] or (
                        asked["max_rows"] and reading.num_bytes > asked["max_bytes"]
                    ):
                        break
                answer = frames.DONE, ""
        except MemoryError:
            self._out.clear()
            answer = frames.MEMORY, ""
        except SearchlibError as error:
            answer = frames.REFUSED, str(error)
        self._send(frames.encoded(answer[0], {"reason": answer[1], **_state(reading)}))
        _start_clock(0)
        self._flush()

    def _send(self, frame: bytes) -> None:
        self._out += frame
        if len(self._out) > _FLUSH_BYTES or time.monotonic() - self._flushed > _FLUSH_SECONDS:
            left = signal.setitimer(signal.ITIMER_REAL, 0)[0]
            self._flush()  # as long as it waits for the run, no parser takes time
            signal.setitimer(signal.ITIMER_REAL, left)

    def _flush(self) -> None:
        out, self._out = self._out, bytearray()
        with memoryview(out) as sent:
            at = 0
            while at < len(sent):
                at += os.write(self._answers, sent[at : at + (1 << 20)])
        self._flushed = time.monotonic()


def _state(reading: OpenFile | None) -> dict[str, Any]:
    """What is known of a file once it was read."""
    if reading is None:
        return {}
    return {
        "num_bytes": reading.num_bytes,
        "digest": reading.digest,
        "encoding": reading.encoding,
        "how": reading.how,
        "notices": reading.notices,
        "unread": reading.unread,
    }


def _bound_process(memory_bytes: int) -> None:
    """No more memory than that, no files, no core dumps."""
    import resource

    sys.dont_write_bytecode = True
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_DATA, memory_bytes),
    ):
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):
            continue  # a system that has it not; the run looks itself


def _start_clock(seconds: float) -> None:
    """The system ends this process after so many seconds, by the clock or of the processor; 0: never."""
    import resource

    signal.setitimer(signal.ITIMER_REAL, seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = int(used.ru_utime + used.ru_stime + seconds) + 2 if seconds else hard
    if hard == resource.RLIM_INFINITY or until <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))

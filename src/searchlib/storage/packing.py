"""Encoded documents → compressed blocks, in order.

Documents are given one by one, or by a merge as whole compressed blocks. Compression may run on a second
thread, since zstandard works without the interpreter's lock; the bytes are the same.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from .blocks import BLOCK_BYTES, Run
from .packer import Frame, Packer

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_COPIED_RUN = 4 << 20
"""A merge copies blocks of a dictionary that served so many bytes; others are packed anew, so that many small
segments do not leave a dictionary each."""

_BYTES_OF_TASK = 8 * BLOCK_BYTES
_MAX_PENDING = 4
"""Tasks with the worker. A task is several blocks: handing one over costs as much as compressing one."""


class Sink(Protocol):
    """Where parts are written: a SegmentWriter."""

    def begin(self, part: str) -> None: ...
    def write(self, data: bytes | bytearray | memoryview) -> None: ...


def is_worth_copying(raw_length: int) -> bool:
    """Whether a merge copies the blocks of a run that has so many bytes before compression."""
    return raw_length >= _COPIED_RUN


class BlockWriter:
    """Cuts documents into blocks by their contents alone, so the bytes do not depend on threads."""

    def __init__(self, sink: Sink, worker: bool) -> None:
        from array import array

        self._sink = sink
        self._packer = Packer()
        self._pool: ThreadPoolExecutor | None = _new_pool() if worker else None
        self._waiting: list[bytes] = []  # lines of the next task
        self._waiting_bytes = 0
        self._pending: deque[Future[list[Frame]]] = deque()
        self.num_docs = 0
        self.offsets = array("Q", [0])
        self.first_docs = array("I", [0])
        self.raw_lengths = array("I")
        self.runs: list[tuple[int, Run]] = []  # each with its first block

    def add(self, line: bytes) -> None:
        """Append one encoded document."""
        self.num_docs += 1
        self._waiting.append(line)
        self._waiting_bytes += len(line)
        if self._waiting_bytes >= _BYTES_OF_TASK:
            self._send()
            self._drain(_MAX_PENDING)

    def adopt(self, run: Run) -> None:
        """What follows comes from such blocks of another segment."""
        self._end()
        self._packer.adopt(run)

    def takes_frame(self, raw_length: int) -> bool:
        """Whether a whole block of the run may follow: not if that left small blocks, merge after merge."""
        if raw_length * 2 < self._packer.run.size:
            return False
        self._drain(0)
        return not self._packer.left or self._packer.left * 2 >= self._packer.run.size

    def add_frame(self, data: memoryview, raw_length: int, num_docs: int) -> None:
        """Append a block that another segment compressed, of the run that was adopted."""
        self._end()
        self.num_docs += num_docs
        self._write(Frame(data, raw_length, num_docs, self._packer.run))

    def finish(self) -> None:
        """Write what is left. Then the arrays are whole: offsets and first documents have ends."""
        self._end()
        if self._pool is not None:
            self._pool.shutdown()

    def _end(self) -> None:
        self._drain(0)
        for frame in self._packer.rest():
            self._write(frame)

    def _send(self) -> None:
        if not self._waiting:
            return
        lines, self._waiting, self._waiting_bytes = self._waiting, [], 0
        if self._pool is not None:
            self._pending.append(self._pool.submit(self._packer.pack, lines))
            return
        for frame in self._packer.pack(lines):
            self._write(frame)

    def _drain(self, leave: int) -> None:
        """Write blocks in order, until at most `leave` tasks are still with the worker."""
        if leave == 0:
            self._send()
        while len(self._pending) > leave:
            for frame in self._pending.popleft().result():
                self._write(frame)

    def _write(self, frame: Frame) -> None:
        self._sink.write(frame.data)
        if not self.runs or self.runs[-1][1] is not frame.run:
            self.runs.append((len(self.raw_lengths), frame.run))
        self.offsets.append(self.offsets[-1] + len(frame.data))
        self.first_docs.append(self.first_docs[-1] + frame.num_docs)
        self.raw_lengths.append(frame.raw_length)


def _new_pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="searchlib-compress")

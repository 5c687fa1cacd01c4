"""Encoded documents → compressed blocks, in order.

Documents are given one by one, or by a merge as whole compressed blocks. Compression may run on a second
thread, since zstandard works without the interpreter's lock; the bytes are the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .blocks import BLOCK_BYTES, Run
from .dictionaries import (
    FEWEST,
    GATHERED,
    MEASURED,
    PLAIN,
    Compress,
    chosen,
    compressor,
    next_step,
    packed_plainly,
)

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_WINDOW = 1 << 20
"""After each so many bytes it is asked whether the size and the dictionary still suit the text: at once where
it packs worse than when that was measured last, else after _MOST_WINDOWS."""

_SAME = 1.03
_MOST_WINDOWS = 16

_BYTES_OF_TRAINING = 16 << 20
"""After the first two there is no more than one dictionary in so many bytes, for training takes its time."""

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


class _Frame(NamedTuple):
    data: bytes | memoryview
    raw_length: int
    num_docs: int
    run: Run


class BlockWriter:
    """Cuts documents into blocks by their contents alone, so the bytes do not depend on threads."""

    def __init__(self, sink: Sink, worker: bool) -> None:
        from array import array

        self._sink = sink
        self._packer = _Packer()
        self._pool: ThreadPoolExecutor | None = _new_pool() if worker else None
        self._waiting: list[bytes] = []  # lines of the next task
        self._waiting_bytes = 0
        self._pending: deque[Future[list[_Frame]]] = deque()
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
        self._write(_Frame(data, raw_length, num_docs, self._packer.run))

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

    def _write(self, frame: _Frame) -> None:
        self._sink.write(frame.data)
        if not self.runs or self.runs[-1][1] is not frame.run:
            self.runs.append((len(self.raw_lengths), frame.run))
        self.offsets.append(self.offsets[-1] + len(frame.data))
        self.first_docs.append(self.first_docs[-1] + frame.num_docs)
        self.raw_lengths.append(frame.raw_length)


class _Packer:
    """Lines in, blocks out, one call after the other: gathers some, chooses a dictionary and a size, and goes
    on with these until the text is another one."""

    def __init__(self) -> None:
        self.run = PLAIN
        self._lines: list[bytes] = []
        self.left = 0  # bytes of these
        self._compress: Compress | None = None  # None: gathering
        self._window = self._window_packed = 0  # bytes of this window
        self._windows = 0  # since it was measured
        self._measured = 0.0  # what was left of its window then
        self._recent: list[bytes] = []  # the last blocks, and what they were packed to
        self._recent_packed = 0
        self._total = self._trainings = 0

    def pack(self, lines: list[bytes]) -> list[_Frame]:
        """The blocks that are full."""
        self._lines += lines
        self.left += sum(map(len, lines))
        frames: list[_Frame] = []
        while True:
            if self._compress is None:
                if self.left < GATHERED:
                    return frames
                self._choose()
            if self._cut(frames, whole=False):
                return frames

    def rest(self) -> list[_Frame]:
        """The last blocks of what came so far."""
        frames: list[_Frame] = []
        if self._compress is None and self.left >= FEWEST:
            self._choose()
        gathering = self._compress is None
        if gathering:
            self.run, self._compress = PLAIN, compressor(b"")
        self._cut(frames, whole=True)
        if gathering:
            self._compress = None
        return frames

    def adopt(self, run: Run) -> None:
        """Go on with a run of another segment. Nothing may be left."""
        self.run, self._compress = run, compressor(run.dictionary)
        self._forget()

    def _cut(self, frames: list[_Frame], whole: bool) -> bool:
        """Compress what is full, or all; False if it stopped because the text is another one."""
        begin, size = 0, 0
        for end, line in enumerate(self._lines):
            if end > begin and size + len(line) > self.run.size:
                self._add(frames, self._lines[begin:end])
                begin, size = end, 0
                if not whole and self._has_drifted():
                    self._keep(begin)
                    self._compress = None
                    return False
            size += len(line) + 1
        if whole and begin < len(self._lines):
            self._add(frames, self._lines[begin:])
            begin = len(self._lines)
        self._keep(begin)
        return True

    def _keep(self, begin: int) -> None:
        self._lines = self._lines[begin:]
        self.left = sum(map(len, self._lines))

    def _add(self, frames: list[_Frame], lines: Sequence[bytes]) -> None:
        raw = b"\n".join(lines)
        assert self._compress is not None
        data = self._compress(raw)
        frames.append(_Frame(data, len(raw), len(lines), self.run))
        self._window += len(raw)
        self._window_packed += len(data)
        self._total += len(raw)
        if self._window >= _WINDOW - MEASURED:
            self._recent.append(raw)
            self._recent_packed += len(data)

    def _forget(self) -> None:
        self._windows, self._measured = 0, 0.0
        self._begin_window()

    def _begin_window(self) -> None:
        self._window = self._window_packed = self._recent_packed = 0
        self._recent = []

    def _has_drifted(self) -> bool:
        """Whether the text wants another dictionary. Where larger blocks will do, they begin here."""
        if self._window < _WINDOW:
            return False
        left = self._window_packed / self._window
        self._windows += 1
        if left <= self._measured * _SAME and self._windows < _MOST_WINDOWS:
            self._begin_window()
            return False
        worse = self._recent_packed / max(packed_plainly(self._recent), 1)
        step = next_step(self.run, worse)
        if self.run is PLAIN and self._windows >= _MOST_WINDOWS:
            step = None  # what came first gave no dictionary: maybe one text ended there, and another began
        self._forget()
        self._measured = left if step is self.run else 0.0
        may_train = self._trainings < 2 + self._total // _BYTES_OF_TRAINING
        if step is None:
            if may_train:
                return True
            step = PLAIN
        if step is not self.run:
            if step.dictionary is not self.run.dictionary:
                self._compress = compressor(step.dictionary)
            self.run = step
        return False

    def _choose(self) -> None:
        self._trainings += 1
        self._forget()
        self.run, self._compress = chosen(self._lines)


def _new_pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="searchlib-compress")

"""Lines → blocks: where one ends, the dictionary that it is packed with, and when the text wants another.

The blocks depend on the lines alone, and on the runs that a merge goes on with. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .blocks import Run
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

_WINDOW = 1 << 20
"""After each so many bytes it is asked whether the size and the dictionary still suit the text: at once where
it packs worse than when that was measured last, else after _MOST_WINDOWS."""

_SAME = 1.03
_MOST_WINDOWS = 16

_BYTES_OF_TRAINING = 16 << 20
"""After the first two there is no more than one dictionary in so many bytes, for training takes its time."""


class Frame(NamedTuple):
    """A block, packed, with its length and its documents before that."""

    data: bytes | memoryview
    raw_length: int
    num_docs: int
    run: Run


class Packer:
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

    def pack(self, lines: list[bytes]) -> list[Frame]:
        """The blocks that are full."""
        self._lines += lines
        self.left += sum(map(len, lines))
        frames: list[Frame] = []
        while True:
            if self._compress is None:
                if self.left < GATHERED:
                    return frames
                self._choose()
            if self._cut(frames, whole=False):
                return frames

    def rest(self) -> list[Frame]:
        """The last blocks of what came so far."""
        frames: list[Frame] = []
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

    def _cut(self, frames: list[Frame], whole: bool) -> bool:
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

    def _add(self, frames: list[Frame], lines: Sequence[bytes]) -> None:
        raw = b"\n".join(lines)
        assert self._compress is not None
        data = self._compress(raw)
        frames.append(Frame(data, len(raw), len(lines), self.run))
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

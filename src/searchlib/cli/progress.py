"""A progress line on a terminal: documents, MB/s, time left. Silence everywhere else.

One line of stderr is written over and over, ten times a second at most. What is counted is not known here.
"""

from __future__ import annotations

import sys
import time
from typing import Protocol

_INTERVAL_SECONDS = 0.1
_BAR_WIDTH = 24


class ProgressLine:
    """Use as a context manager; the line is gone at the end, and while others print."""

    def __init__(self, total_bytes: int | None, *, enabled: bool = True, name: str = "") -> None:
        """total_bytes: None if nobody knows, as of a pipe. name: what stands before the counts."""
        self._total, self._name = total_bytes, name
        self._enabled = enabled and sys.stderr.isatty()
        self._start = time.monotonic()
        self._next = self._start + _INTERVAL_SECONDS
        self._shown = False

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.clear()

    def update(self, num_bytes: int, num_documents: int) -> None:
        """Show these counts, if it is time to."""
        if not self._enabled:
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _INTERVAL_SECONDS
            counts = progress_text(num_bytes, self._total, num_documents, now - self._start)
            self._write(f"{self._name}{counts}")

    def note(self, text: str, *, at_once: bool = False) -> None:
        """Show a word instead of counts, such as "committing". at_once: also where all has just begun."""
        if self._enabled and (at_once or time.monotonic() - self._start > _INTERVAL_SECONDS):
            self._write(text)

    def clear(self) -> None:
        """Make room for a line of someone else."""
        if self._shown:
            self._shown = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        self._shown = True
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()


class Holder(Protocol):
    """Who prints beside the line, and makes room first."""

    line: ProgressLine | None


class Stage(Protocol):
    """How far a stage of a build is."""

    @property
    def stage(self) -> str: ...

    @property
    def num_bytes(self) -> int: ...

    @property
    def total_bytes(self) -> int: ...

    @property
    def num_documents(self) -> int: ...


class BuildLine:
    """A line for each stage of a build, one after the other, with the stage's name before it."""

    def __init__(self, holder: Holder, *, enabled: bool) -> None:
        self._holder, self._enabled = holder, enabled
        self._stage = ""

    def __enter__(self) -> BuildLine:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._holder.line is not None:
            self._holder.line.clear()

    def update(self, done: Stage) -> None:
        """Show these counts; of a stage that has none, its name."""
        line = self._holder.line
        if done.stage != self._stage or line is None:
            if line is not None:
                line.clear()
            self._stage = done.stage
            line = self._holder.line = ProgressLine(
                done.total_bytes or None, enabled=self._enabled, name=f"{done.stage}  "
            )
        if done.total_bytes:
            line.update(done.num_bytes, done.num_documents)
        else:
            line.note(f"{done.stage} …", at_once=True)


def progress_text(num_bytes: int, total: int | None, num_documents: int, seconds: float) -> str:
    """`━━━━────  45%  1,234 documents  3.2 MB/s  0:12 left`; without a total, what there is of it."""
    rate = num_bytes / seconds if seconds > 0 else 0.0
    counts = f"{num_documents:,} documents  {rate / 1e6:.1f} MB/s"
    if not total:
        return f"{num_bytes / 1e6:,.1f} MB  {counts}"
    share = min(1.0, num_bytes / total)
    done = round(share * _BAR_WIDTH)
    bar = "━" * done + "─" * (_BAR_WIDTH - done)
    left = f"  {_clock((total - num_bytes) / rate)} left" if rate and share < 1 else ""
    return f"{bar} {share:4.0%}  {counts}{left}"


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02.0f}" if hours else f"{minutes}:{seconds:02.0f}"

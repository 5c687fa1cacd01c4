"""A file that a worker reads, for who takes its rows: like an OpenFile, and its rows in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ...errors import SourceError
from ..formats import of_name
from ..formats.contract import Row
from ..formats.declaration import Format
from . import frames
from .frames import BrokenFrame, Frame
from .limits import took_too_much
from .process import Job

_Read = TypeVar("_Read")

_STRANGE = "what reads it sent something else than its rows; please report it, with the file"


class AwayFile:
    """Use it as an OpenFile. next_frame: waits for a frame of the job; None when there is none any more.

    Raises SourceError where the file cannot be opened.
    """

    def __init__(
        self,
        job: Job,
        next_frame: Callable[[Job], Frame | None],
        close: Callable[[Job], object],
        memory_bytes: int,
    ) -> None:
        self._job, self._next_frame, self._close = job, next_frame, close
        self._memory_bytes = memory_bytes
        self.notices: list[str] = []
        self.unread: list[str] = []
        self.encoding = self.how = self.digest = ""
        self.num_bytes = 0
        self._is_over = False
        self.format = self._opened()

    def __enter__(self) -> AwayFile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Whatever is still to come is not wanted."""
        self._close(self._job)

    def rows(self) -> Iterator[Row]:
        """The raw fields of each row. Raises SourceError where it must end early."""
        while not self._is_over:
            frame = self._frame()
            if frame.kind == frames.ROW:
                yield self._row(frame)
            else:
                self._end(frame)

    def _opened(self) -> Format:
        frame = self._frame()
        if frame.kind == frames.OPENED:
            return self._trusted(lambda: of_name(_checked(frame.value(), str)))
        self._end(frame)
        raise SourceError(_STRANGE)

    def _frame(self) -> Frame:
        frame = self._next_frame(self._job)
        if frame is None:
            self._is_over = True
            raise SourceError(self._job.failure or _STRANGE)
        return frame

    def _row(self, frame: Frame) -> Row:
        def read() -> Row:
            num_bytes, line, fields, *more = frame.value()
            self.num_bytes = _checked(num_bytes, int)
            if fields is not None:
                _checked(fields, dict)
            return Row(_checked(line, int), fields, *(_checked(value, str) for value in more))

        return self._trusted(read)

    def _end(self, frame: Frame) -> None:
        """Take in what is known at the end, which may be a refusal."""
        self._is_over = True

        def read() -> str:
            told = _checked(frame.value(), dict)
            for name in ("digest", "encoding", "how"):
                setattr(self, name, _checked(told.get(name, ""), str))
            self.num_bytes = _checked(told.get("num_bytes", 0), int)
            for name in ("notices", "unread"):
                setattr(self, name, [_checked(each, str) for each in _checked(told.get(name, []), list)])
            return str(_checked(told["reason"], str))

        reason = self._trusted(read)
        if frame.kind == frames.MEMORY:
            raise SourceError(took_too_much(self._memory_bytes))
        if frame.kind != frames.DONE:
            raise SourceError(reason)

    def _trusted(self, read: Callable[[], _Read]) -> _Read:
        """What a worker says is looked at before it is believed."""
        try:
            return read()
        except (BrokenFrame, LookupError, TypeError, ValueError, SourceError):
            self._is_over = True
            self._close(self._job)
            raise SourceError(_STRANGE) from None


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError
    return value

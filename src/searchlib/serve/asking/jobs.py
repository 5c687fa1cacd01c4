"""Questions on their way to threads and back.

Threads wait at a pipe, and so does the event loop, and neither at a lock: who writes to a pipe lets go of the
interpreter meanwhile, so that the thread that wakes up has it at once. The loop writes as the last thing that
it does before it waits: whatever it had left to do would wait for the interpreter then, until the thread that
has it is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

_MANY = 4096
"""Bytes that are read at a time: one stands for a job that has ended."""


class Job:
    """A question. answered: what came of it, for the event loop."""

    __slots__ = ("_has_ended", "_over", "answered", "loop", "question")

    def __init__(self, question: Callable[[], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.question, self.loop = question, loop
        self.answered: asyncio.Future[Any] = loop.create_future()
        self._over: asyncio.Future[None] | None = None
        self._has_ended = False

    def end(self, answer: Any, error: BaseException | None) -> None:
        """In the event loop: the thread is done with it. Another time, it is nothing new."""
        self._has_ended = True
        if self._over is not None and not self._over.done():
            self._over.set_result(None)
        if self.answered.done():
            return  # given up
        if error is None:
            self.answered.set_result(answer)
        elif isinstance(error, StopIteration):  # which no future takes
            self.answered.set_exception(RuntimeError("a question ended with StopIteration"))
        else:
            self.answered.set_exception(error)

    async def is_over(self) -> None:
        """Until the thread is done with it."""
        if not self._has_ended:
            self._over = self.loop.create_future()
            await self._over


class Jobs:
    """What threads are given to do, and what came of it. Made once the event loop runs.

    For the event loop alone, but for `_work` and what it calls.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs: deque[Job] = deque()
        self._ended: deque[tuple[Job, Any, BaseException | None]] = deque()
        self._heard, self._bell = os.pipe()
        self._back, self._bell_back = os.pipe()
        os.set_blocking(self._back, False)
        self._loop.add_reader(self._back, self._hear)
        self._num_threads, self._num_unheard, self._leaving = 0, 0, threading.Lock()
        self._is_closed = False

    def put(self, job: Job, num_running: int) -> None:
        """Give one of the threads a job. num_running: jobs that are not done, with this one."""
        if self._is_closed:
            raise RuntimeError("nothing is asked any more: the server has ended")
        if num_running > self._num_threads:
            self._num_threads += 1
            name = f"searchlib-asks-{self._num_threads}"
            threading.Thread(target=self._work, name=name, daemon=True).start()
        self._jobs.append(job)
        self._num_unheard += 1
        self._loop.call_soon(self._ring)

    def _ring(self) -> None:
        if self._num_unheard:
            self._num_unheard -= 1
            os.write(self._bell, b"\0")

    def _hear(self) -> None:
        """Some jobs have ended."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._back, _MANY)
        self._end()

    def _end(self) -> None:
        while self._ended:
            job, answer, error = self._ended.popleft()
            job.end(answer, error)

    def close(self) -> None:
        """Send the threads home, each when nothing is left to do. The last one closes the door."""
        self._is_closed = True
        while self._num_unheard:
            self._ring()
        self._loop.remove_reader(self._back)
        os.close(self._back)
        self._end()  # behind the close: what ends later is told in another way
        with self._leaving:
            os.close(self._bell)
            if not self._num_threads:
                self._close_doors()

    def _close_doors(self) -> None:
        os.close(self._heard)
        os.close(self._bell_back)

    # ---- in the threads

    def _work(self) -> None:
        while os.read(self._heard, 1):
            self._do(self._jobs.popleft())
        with self._leaving:
            self._num_threads -= 1
            if not self._num_threads:
                self._close_doors()

    def _do(self, job: Job) -> None:
        answer, error = None, None
        try:
            answer = job.question()
        except BaseException as raised:  # it is raised where the question was asked
            error = raised
        self._ended.append((job, answer, error))
        try:
            os.write(self._bell_back, b"\0")
        except OSError:  # nobody hears it any more
            with contextlib.suppress(RuntimeError):  # an event loop that is closed waits for nothing
                job.loop.call_soon_threadsafe(self._end)

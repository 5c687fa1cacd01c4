"""Questions to the engine, each in a thread: so many at a time, and so many wait for their turn."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..problems import ProblemError

if TYPE_CHECKING:
    from ..settings import Limits

T = TypeVar("T")


class Turns:
    """Made once the event loop runs. asked: questions that run or wait; running: those in a thread.

    Its threads are its own: a question goes to one of them and back in half the time that an executor takes.
    """

    def __init__(self, limits: Limits) -> None:
        self._most_threads = limits.concurrent or 2 * (os.cpu_count() or 1)
        self._most, self._seconds = limits.queued + self._most_threads, limits.search_seconds
        self._free = asyncio.Semaphore(self._most_threads)
        self._given = _Jobs()
        self.asked = self.running = 0

    async def ask(self, question: Callable[[], T], is_gone: Callable[[], Awaitable[bool]]) -> T:
        """What is answered. is_gone: whether nobody waits for it any more.

        A Problem of status 503 where too many wait already, or it waited for too long.
        """
        if self.asked >= self._most:
            detail = f"{self.asked} searches run or wait; ask again later"
            raise ProblemError(503, "Busy", "Too many searches", detail, {"Retry-After": "1"})
        self.asked += 1
        try:
            if self._free.locked():
                await self._turn(is_gone)
            else:
                await self._free.acquire()  # at once
            self.running += 1
            try:
                return await self._in_a_thread(question)
            finally:
                self.running -= 1
                self._free.release()
        finally:
            self.asked -= 1

    async def _turn(self, is_gone: Callable[[], Awaitable[bool]]) -> None:
        try:
            await asyncio.wait_for(self._free.acquire(), self._seconds)
        except asyncio.TimeoutError:
            detail = "no thread was free for it in time; ask again later"
            raise ProblemError(503, "Busy", "Too many searches", detail, {"Retry-After": "2"}) from None
        if await is_gone():
            self._free.release()
            raise ProblemError(499, "Disconnected", "The client went away", "nobody waits for the answer")

    async def _in_a_thread(self, question: Callable[[], T]) -> T:
        """The turn lasts as long as the thread has work, even where the request is given up."""
        job = _Job(question, asyncio.get_running_loop())
        self._given.put(job, self.running)
        try:
            answered: T = await job.answered
            return answered
        except asyncio.CancelledError:
            await job.is_over()
            raise

    def close(self) -> None:
        """Ask nothing more. What runs comes to its end."""
        self._given.close()


class _Job:
    """A question on its way to a thread and back. answered: what came of it, for the event loop."""

    __slots__ = ("_has_ended", "_over", "answered", "loop", "question")

    def __init__(self, question: Callable[[], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.question, self.loop = question, loop
        self.answered: asyncio.Future[Any] = loop.create_future()
        self._over: asyncio.Future[None] | None = None
        self._has_ended = False

    def end(self, answer: Any, error: BaseException | None) -> None:
        """In the event loop: the thread is done with it."""
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


class _Jobs:
    """What threads are given to do. For the event loop alone, but for `_work`.

    They wait at a pipe, and not at a lock: who writes to it lets go of the interpreter meanwhile, so that the
    thread that wakes up has it at once.
    """

    def __init__(self) -> None:
        self._jobs: deque[_Job] = deque()
        self._heard, self._bell = os.pipe()
        self._num_threads, self._leaving = 0, threading.Lock()

    def put(self, job: _Job, num_running: int) -> None:
        """Give one of the threads a job. num_running: jobs that are not done, with this one."""
        if num_running > self._num_threads:
            self._num_threads += 1
            name = f"searchlib-asks-{self._num_threads}"
            threading.Thread(target=self._work, name=name, daemon=True).start()
        self._jobs.append(job)
        os.write(self._bell, b"\0")

    def close(self) -> None:
        """Send the threads home, each when it is done. The last one closes the door."""
        with self._leaving:
            os.close(self._bell)
            if not self._num_threads:
                os.close(self._heard)

    def _work(self) -> None:
        """What a thread does."""
        while os.read(self._heard, 1):
            self._do(self._jobs.popleft())
        with self._leaving:
            self._num_threads -= 1
            if not self._num_threads:
                os.close(self._heard)

    @staticmethod
    def _do(job: _Job) -> None:
        answer, error = None, None
        try:
            answer = job.question()
        except BaseException as raised:  # it is raised where the question was asked
            error = raised
        with contextlib.suppress(RuntimeError):  # an event loop that is closed waits for nothing
            job.loop.call_soon_threadsafe(job.end, answer, error)

"""Questions to the engine, each in a thread: so many at a time, and so many wait for their turn."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from ..problems import ProblemError
from .jobs import Job, Jobs

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
        self._given = Jobs()
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
        job = Job(question, asyncio.get_running_loop())
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

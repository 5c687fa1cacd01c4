"""Writes, one after the other: each index has a queue, and what waits in it is committed together.

So a hundred small writes at a time cost a few commits, and each is answered when its own is durable.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from ...index import Index
from ..problems import ProblemError

if TYPE_CHECKING:
    from .jobs import Job

_LOCK_SECONDS = 30.0
_MAX_GROUP = 256
_MAX_WAITING = 4096


class WriteQueue:
    """The jobs of one index. `do` returns when the job is durable and visible."""

    def __init__(self, index: Callable[[], Index]) -> None:
        self._index = index
        self._waiting: deque[tuple[Job, asyncio.Future[dict[str, Any]]]] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._alone = asyncio.Lock()
        self._running = 0

    @property
    def unfinished(self) -> int:
        """How many jobs wait, or are being done."""
        return len(self._waiting) + self._running

    @property
    def length(self) -> int:
        """How many jobs wait."""
        return len(self._waiting)

    async def do(self, job: Job) -> dict[str, Any]:
        """What the job answers, with the commit that has it."""
        if len(self._waiting) >= _MAX_WAITING:
            job.close()
            detail = f"{len(self._waiting):,} writes wait; ask again later"
            raise ProblemError(503, "Busy", "Too many writes", detail, {"Retry-After": "2"})
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        # A client that goes away takes nothing back: what it sent whole is written.
        return await asyncio.shield(future)

    async def alone(self, change: Callable[[Index], Any]) -> Any:
        """What needs the whole index to itself, such as another schema."""
        async with self._alone:
            index = await anyio.to_thread.run_sync(self._index)
            return await anyio.to_thread.run_sync(change, index)

    async def drain(self) -> None:
        """Wait until all that was asked for is written."""
        while self._worker is not None and not self._worker.done():
            await asyncio.wait([self._worker])

    async def _work(self) -> None:
        while self._waiting:
            group = self._group()
            jobs = [job for job, _ in group]
            self._running = len(jobs)
            try:
                async with self._alone:
                    outcomes = await anyio.to_thread.run_sync(self._written, jobs)
            except Exception as error:
                outcomes = [error for _ in jobs]
            for (job, future), outcome in zip(group, outcomes, strict=True):
                job.close()
                if future.cancelled():
                    continue
                if isinstance(outcome, Exception):
                    future.set_exception(outcome)
                    future.exception()  # looked at, though nobody may wait for it any more
                else:
                    future.set_result(outcome)
            self._running = 0

    def _group(self) -> list[tuple[Job, asyncio.Future[dict[str, Any]]]]:
        """The jobs that are committed next. What is done again, as another failed, must not be there yet."""
        group = [self._waiting.popleft()]
        while self._waiting and len(group) < _MAX_GROUP:
            if group[-1][0].commits or self._waiting[0][0].commits:
                break
            group.append(self._waiting.popleft())
        return group

    def _written(self, jobs: list[Job]) -> list[dict[str, Any] | Exception]:
        """Do jobs in one commit; where one fails it is left out, and the others are done one by one."""
        index = self._index()
        for job in jobs:
            job.prepare(index)
        with index.writer(timeout=_LOCK_SECONDS) as writer:
            answers: list[dict[str, Any] | Exception] = []
            try:
                answers += [job.run(writer, index) for job in jobs]
                writer.commit()
            except Exception as error:
                writer.rollback()
                if len(jobs) == 1:
                    return [error]
                answers = []
        if not answers:
            return [outcome for job in jobs for outcome in self._written([job])]
        told = {"generation": index.generation, "documents": len(index)}
        return [{**answer, **told} for answer in answers if isinstance(answer, dict)]

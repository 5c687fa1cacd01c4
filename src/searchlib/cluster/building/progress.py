"""How far a build is, counted of the tasks that are done and of what the others tell.

Tasks are run here by a Runner, so that each wait is one in which somebody is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...records import Record
from ..manifest import ShardEntry
from .parts import Part
from .places import Job
from .reading import PartRead, part_task
from .runners import Runner
from .shards import shard_task
from .told import told

_SECONDS = 0.2


class BuildProgress(Record):
    """stage: "looking", "reading" (sources to documents) or "indexing". Counts are of this stage.

    num_bytes, total_bytes: of sources while reading, of documents while indexing.
    """

    stage: str
    num_documents: int = 0
    num_bytes: int = 0
    total_bytes: int = 0
    num_tasks_done: int = 0
    num_tasks: int = 0


class Following:
    """Runs the tasks of a build, and tells `progress` about them."""

    def __init__(self, job: Job, runner: Runner, progress: Callable[[BuildProgress], object]) -> None:
        self._folder = job.building / "told"
        self._runner, self._progress = runner, progress
        self._next = 0.0

    def values(self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> list[Any]:
        """What the tasks give, in their order."""
        found = dict(self._runner.run(function, tasks, lambda: None))
        return [found[number] for number in range(len(tasks))]

    def reading(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], parts: Sequence[Part]
    ) -> Iterator[tuple[int, PartRead]]:
        """The parts that are read, each with its number, as they are done."""
        numbers = [task[1] for task in tasks]
        total = sum(part.num_bytes for part in parts)
        before = total - sum(parts[number].num_bytes for number in numbers)
        done: dict[int, PartRead] = {}

        def tick() -> None:
            if self._is_time():
                waiting = [told(self._folder, part_task(number)) for number in numbers if number not in done]
                documents = sum(part.num_docs for part in done.values()) + sum(each[0] for each in waiting)
                num_bytes = sum(parts[number].num_bytes for number in done) + sum(each[1] for each in waiting)
                self._progress(
                    BuildProgress("reading", documents, before + num_bytes, total, len(done), len(tasks))
                )

        for place, read in self._runner.run(function, tasks, tick):
            done[numbers[place]] = read
            yield numbers[place], read

    def indexing(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], parts: Sequence[PartRead]
    ) -> list[ShardEntry]:
        """The shards, in their order."""
        num_bytes = [sum(part.spool_bytes[shard] for part in parts) for shard in range(len(tasks))]
        total, all_docs = sum(num_bytes), sum(part.num_docs for part in parts)
        done: dict[int, ShardEntry] = {}

        def tick() -> None:
            if self._is_time():
                documents = sum(shard.num_docs for shard in done.values())
                documents += sum(
                    told(self._folder, shard_task(shard))[0]
                    for shard in range(len(tasks))
                    if shard not in done
                )
                share = documents / all_docs if all_docs else 1.0
                self._progress(
                    BuildProgress("indexing", documents, int(total * share), total, len(done), len(tasks))
                )

        for shard, entry in self._runner.run(function, tasks, tick):
            done[shard] = entry
        return [done[shard] for shard in range(len(tasks))]

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _SECONDS
        return True

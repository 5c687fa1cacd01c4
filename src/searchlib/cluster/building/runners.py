"""Where the tasks of a build run: in this process, in others beside it, or on Ray (ray_tasks.py).

A task is a function and its arguments; what it makes is on disk. One whose process died is done again, by
another process. A task that kills each process that takes it ends the build.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...errors import BuildError

MAX_ATTEMPTS = 20
"""So often a task is begun, at most."""


class Runner(ABC):
    """Runs tasks. A context manager, which ends what it started."""

    @abstractmethod
    def run(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        """What the function gives for each tuple of arguments, with its place, as they are done.

        tick: is called now and then while all wait. Raises what a task raises; BuildError for one whose
        process dies each time.
        """

    def close(self) -> None:  # noqa: B027 (most have nothing to end)
        """End what was started here."""

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class Here(Runner):
    """In this process, one after the other."""

    def run(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        """See Runner."""
        for number, arguments in enumerate(tasks):
            yield number, function(*arguments)
            tick()


def too_many_deaths(what: str, attempts: int) -> BuildError:
    """Of a task that is not begun again."""
    return BuildError(
        f"a task of the build ended {attempts} times without an answer: {what}. Its memory may not "
        f"suffice (fewer tasks at once, or a smaller memory_mb); what was done stays: build again"
    )

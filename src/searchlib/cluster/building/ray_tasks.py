"""Tasks on Ray: as many at once as its nodes have processors. All nodes see the folder of the collection.

Ray is imported here alone, and not before a build asks for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...errors import BuildError
from .runners import MAX_ATTEMPTS, Runner, too_many_deaths

_TICK_SECONDS = 0.2
_NEEDED = "building on Ray needs Ray: pip install 'searchlib[ray]', or build without --ray"


class OnRay(Runner):
    """Joins the cluster at an address ("auto": the one that runs here), or one that was joined before.

    address: None takes what the program has joined, else the one that runs on this machine, and else starts
        one, which ends with this.
    Raises BuildError where Ray is not installed, or cannot be reached.
    """

    def __init__(self, address: str | None = None) -> None:
        try:
            import ray
        except ModuleNotFoundError:
            raise BuildError(_NEEDED) from None
        self._ray = ray
        self._started = not ray.is_initialized()
        if self._started:
            try:
                ray.init(
                    address=address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR
                )
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise BuildError(f"Ray cannot be joined at {address or 'this machine'}: {error}") from None

    def run(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        """See Runner."""
        ray = self._ray
        # Ray would begin a task again by itself where its process died, and not say how often.
        remote = ray.remote(max_retries=0, num_cpus=1)(function)
        attempts = [0] * len(tasks)
        waiting = list(reversed(range(len(tasks))))
        running: dict[Any, int] = {}
        most = max(2, 2 * int(ray.cluster_resources().get("CPU", 1)))
        try:
            while waiting or running:
                while waiting and len(running) < most:
                    number = waiting.pop()
                    attempts[number] += 1
                    running[remote.remote(*tasks[number])] = number
                done, _ = ray.wait(list(running), timeout=_TICK_SECONDS)
                for reference in done:
                    number = running.pop(reference)
                    try:
                        yield number, ray.get(reference)
                    except ray.exceptions.RayTaskError as error:
                        raise error.cause from None
                    except ray.exceptions.RayError as error:
                        if attempts[number] >= MAX_ATTEMPTS:
                            name = getattr(function, "__name__", function)
                            raise too_many_deaths(f"{name} ({type(error).__name__})", MAX_ATTEMPTS) from error
                        waiting.append(number)
                        time.sleep(0.01 * attempts[number])
                tick()
        finally:
            for reference in running:
                ray.cancel(reference, force=True)

    def close(self) -> None:
        """Leave Ray, if it was started or joined here."""
        if self._started:
            self._ray.shutdown()

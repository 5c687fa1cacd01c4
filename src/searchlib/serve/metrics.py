"""Numbers of a running server, in the text format of Prometheus.

They are counted where requests end (`watching`); what is true at a moment, such as how many searches run, is
looked up when somebody asks.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.responses import Response

from .. import __version__
from .memory import resident_bytes
from .problems import ProblemError

if TYPE_CHECKING:
    from .calls import Call
    from .state import State

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""

_OF_INDEXES = (
    ("index_documents", "Documents of an index that is open."),
    ("index_generation", "The commit that an index is at."),
    ("index_bytes", "Bytes of its files."),
)

_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """What was counted since the start. For the event loop alone."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._seconds: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self.in_flight = 0
        self.sizes: dict[str, tuple[int, int]] = {}

    def count(self, operation: str, status: int, seconds: float, num_bytes: int) -> None:
        """A request that has ended."""
        self._requests[operation, status] += 1
        self._buckets[operation][bisect_left(BOUNDS, seconds)] += 1
        self._seconds[operation] += seconds  # type: ignore[assignment]
        self._bytes[operation] += num_bytes

    def lines(self) -> Iterable[str]:
        """All of it."""
        yield from _family("requests_total", "counter", "Requests by operation and status.")
        for (operation, status), number in sorted(self._requests.items()):
            yield _sample("requests_total", number, operation=operation, status=str(status))
        yield from _family("response_bytes_total", "counter", "Bytes of answers, as they were sent.")
        for operation, number in sorted(self._bytes.items()):
            yield _sample("response_bytes_total", number, operation=operation)
        yield from _family("request_seconds", "histogram", "Seconds from a request to its whole answer.")
        for operation, buckets in sorted(self._buckets.items()):
            total = 0
            for bound, number in zip((*BOUNDS, "+Inf"), buckets, strict=True):
                total += number
                yield _sample("request_seconds_bucket", total, operation=operation, le=str(bound))
            yield _sample("request_seconds_sum", self._seconds[operation], operation=operation)
            yield _sample("request_seconds_count", total, operation=operation)


async def metrics(call: Call) -> Response:
    """Everything, for a key that sees everything."""
    if call.key.indexes is not None:
        detail = "they are about all indexes, and this key sees a part"
        raise ProblemError(403, "Forbidden", "The key does not allow it", detail)
    of_indexes = await anyio.to_thread.run_sync(_of_indexes, call.state)
    lines = [*call.state.metrics.lines(), *_of_state(call.state), *of_indexes, *_of_process(call.state)]
    return Response("\n".join(lines) + "\n", media_type=_TYPE)


def _of_state(state: State) -> Iterable[str]:
    running = int(state.threads.borrowed_tokens)
    gauges = {
        "requests_in_flight": ("Requests that are not answered yet.", state.metrics.in_flight),
        "searches_running": ("Searches in a thread.", running),
        "searches_waiting": ("Searches that wait for one.", max(state.waiting - running, 0)),
        "connections": ("Open connections.", state.num_connections()),
    }
    for name, (text, value) in gauges.items():
        yield from _family(name, "gauge", text)
        yield _sample(name, value)


def _of_indexes(state: State) -> list[str]:
    """Of those that are open. Their bytes are counted once a commit."""
    found = []
    for name, index in sorted(state.catalogue.opened().items()):
        generation = index.generation
        if state.metrics.sizes.get(name, (0, 0))[0] != generation:
            state.metrics.sizes[name] = generation, index.stats()["size_bytes"]
        found.append((name, len(index), generation, state.metrics.sizes[name][1]))
    lines: list[str] = []
    for at, (family, text) in enumerate(_OF_INDEXES, 1):
        lines += _family(family, "gauge", text)
        lines += [_sample(family, one[at], index=str(one[0])) for one in found]  # type: ignore[arg-type]
    return lines


def _of_process(state: State) -> Iterable[str]:
    yield from _family("build_info", "gauge", "The version.")
    yield _sample("build_info", 1, version=__version__)
    for name, text, kind, value in (
        ("process_resident_memory_bytes", "Bytes in memory.", "gauge", resident_bytes()),
        ("process_cpu_seconds_total", "Seconds of processor time.", "counter", time.process_time()),
        ("process_start_time_seconds", "When it started.", "gauge", state.started),
    ):
        yield f"# HELP {name} {text}"
        yield f"# TYPE {name} {kind}"
        yield f"{name} {value!r}"


def _family(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP searchlib_{name} {text}", f"# TYPE searchlib_{name} {kind}"


def _sample(name: str, value: float, **labels: str) -> str:
    return f"searchlib_{name}{_labels(labels)} {value!r}"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

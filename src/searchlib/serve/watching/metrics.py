"""What is counted of a running server, and the text format of Prometheus.

Requests are counted where they end (`watching`). What is true at a moment is looked up in `scraping`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""


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
        yield from family("requests_total", "counter", "Requests by operation and status.")
        for (operation, status), number in sorted(self._requests.items()):
            yield sample("requests_total", number, operation=operation, status=str(status))
        yield from family("response_bytes_total", "counter", "Bytes of answers, as they were sent.")
        for operation, number in sorted(self._bytes.items()):
            yield sample("response_bytes_total", number, operation=operation)
        yield from family("request_seconds", "histogram", "Seconds from a request to its whole answer.")
        for operation, buckets in sorted(self._buckets.items()):
            total = 0
            for bound, number in zip((*BOUNDS, "+Inf"), buckets, strict=True):
                total += number
                yield sample("request_seconds_bucket", total, operation=operation, le=str(bound))
            yield sample("request_seconds_sum", self._seconds[operation], operation=operation)
            yield sample("request_seconds_count", total, operation=operation)


def family(name: str, kind: str, text: str) -> tuple[str, str]:
    """The lines before the samples of a name."""
    return f"# HELP searchlib_{name} {text}", f"# TYPE searchlib_{name} {kind}"


def sample(name: str, value: float, **labels: str) -> str:
    """The line of a number."""
    return f"searchlib_{name}{_labels(labels)} {value!r}"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

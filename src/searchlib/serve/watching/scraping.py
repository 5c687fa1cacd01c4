"""/metrics: what was counted, and what is true at this moment: searches that run, indexes, memory."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.responses import Response

from ... import __version__
from ..connections.memory import resident_bytes
from ..problems import ProblemError
from .metrics import family, sample

if TYPE_CHECKING:
    from ..calls import Call
    from ..state import State

_OF_INDEXES = (
    ("index_documents", "Documents of an index that is open."),
    ("index_generation", "The commit that an index is at."),
    ("index_bytes", "Bytes of its files."),
)

_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def metrics(call: Call) -> Response:
    """Everything, for a key that sees everything."""
    if call.key.indexes is not None:
        detail = "they are about all indexes, and this key sees a part"
        raise ProblemError(403, "Forbidden", "The key does not allow it", detail)
    of_indexes = await anyio.to_thread.run_sync(_of_indexes, call.state)
    lines = [*call.state.metrics.lines(), *_of_state(call.state), *of_indexes, *_of_process(call.state)]
    return Response("\n".join(lines) + "\n", media_type=_TYPE)


def _of_state(state: State) -> Iterable[str]:
    turns = state.turns
    gauges = {
        "requests_in_flight": ("Requests that are not answered yet.", state.metrics.in_flight),
        "searches_running": ("Searches in a thread.", turns.running),
        "searches_waiting": ("Searches that wait for one.", turns.asked - turns.running),
        "connections": ("Open connections.", state.num_connections()),
    }
    for name, (text, value) in gauges.items():
        yield from family(name, "gauge", text)
        yield sample(name, value)


def _of_indexes(state: State) -> list[str]:
    """Of those that are open. Their bytes are counted once a commit."""
    found = []
    for name, index in sorted(state.catalogue.opened().items()):
        generation = index.generation
        if state.metrics.sizes.get(name, (0, 0))[0] != generation:
            state.metrics.sizes[name] = generation, index.stats()["size_bytes"]
        found.append((name, len(index), generation, state.metrics.sizes[name][1]))
    lines: list[str] = []
    for at, (called, text) in enumerate(_OF_INDEXES, 1):
        lines += family(called, "gauge", text)
        lines += [sample(called, one[at], index=str(one[0])) for one in found]  # type: ignore[arg-type]
    return lines


def _of_process(state: State) -> Iterable[str]:
    yield from family("build_info", "gauge", "The version.")
    yield sample("build_info", 1, version=__version__)
    for name, text, kind, value in (
        ("process_resident_memory_bytes", "Bytes in memory.", "gauge", resident_bytes()),
        ("process_cpu_seconds_total", "Seconds of processor time.", "counter", time.process_time()),
        ("process_start_time_seconds", "When it started.", "gauge", state.started),
    ):
        yield f"# HELP {name} {text}"
        yield f"# TYPE {name} {kind}"
        yield f"{name} {value!r}"

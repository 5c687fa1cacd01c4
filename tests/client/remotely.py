"""A pytest plugin, `-p remotely`: in every test each Index is asked over HTTP.

What a test asks of an Index goes to a server in this process, which has that very index; what the server asks
of it, in its own threads, does not.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from far import far

from searchlib import Index

ASKED = (
    *("search", "search_many", "more_like", "instant", "explain", "suggest", "complete", "why_nothing"),
    *("words_missing", "terms", "get", "ids"),
)
COUNT = {"calls": 0}


def _elsewhere(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Index, *args: Any, **named: Any) -> Any:
        if threading.current_thread().name.startswith(("AnyIO", "searchlib-asks")):
            return method(self, *args, **named)
        COUNT["calls"] += 1
        return getattr(far(self), name)(*args, **named)

    return call


@pytest.fixture(scope="session", autouse=True)
def asked_over_http() -> Iterator[None]:
    kept = {name: getattr(Index, name) for name in ASKED}
    for name, method in kept.items():
        setattr(Index, name, _elsewhere(name, method))
    yield
    for name, method in kept.items():
        setattr(Index, name, method)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line(f"asked over HTTP: {COUNT['calls']}")

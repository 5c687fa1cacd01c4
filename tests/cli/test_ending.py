"""Commands that go on until they are ended look for garbage as they go."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from running import Run

from searchlib.cli.ending import until_ended

SHORT = 100_000
"""As `python -m searchlib` sets it."""


@pytest.fixture(autouse=True)
def _threshold() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(SHORT)
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("serving", "arguments"),
    [
        ("searchlib.serve.running.run", ("serve",)),
        ("searchlib.agents.stdio.serve_stdio", ("mcp",)),
        ("searchlib.agents.http.serve_http", ("mcp", "--http")),
    ],
)
def test_servers_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, serving: str, arguments: tuple[str, ...]
) -> None:
    seen = []

    def served(*_: Any) -> int:
        seen.append(gc.get_threshold()[0])
        return 0

    monkeypatch.setattr(serving, served)
    assert run(*arguments).code == 0
    assert seen[0] < SHORT // 10


def test_whatever_runs_until_it_is_ended_does() -> None:
    with until_ended():
        assert gc.get_threshold()[0] < SHORT // 10

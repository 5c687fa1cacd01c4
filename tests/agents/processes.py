"""`searchlib mcp` as a process, and the official client's sessions with it."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters

import searchlib

SOURCE = str(Path(searchlib.__file__).parents[1])
HELLO = (
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",'
    b'"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\n'
)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "searchlib", "mcp", *arguments]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": SOURCE, **more}


def over_stdio(*arguments: str) -> StdioServerParameters:
    program, *others = command(*arguments)
    return StdioServerParameters(command=program, args=others, env=environment())


def session(server: Any, talk: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """What comes of a talk with a server."""

    async def run() -> Any:
        async with Client(server, mode=mode) as client:
            return await talk(client)

    return anyio.run(run)


@contextlib.contextmanager
def over_http(*arguments: str, **more: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a server at a free port, and its process; it is ended in any case."""
    started = subprocess.Popen(
        command("--http", "--port", "0", *arguments), stderr=subprocess.PIPE, env=environment(**more)
    )
    try:
        assert started.stderr is not None
        line = started.stderr.readline().decode()
        found = re.search(r"http://\S+", line)
        assert found, line + started.stderr.read().decode()
        yield found[0], started
    finally:
        started.kill()
        started.wait()
        assert started.stderr is not None
        started.stderr.close()

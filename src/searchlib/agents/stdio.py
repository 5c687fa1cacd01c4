"""The server over standard input and output, as clients start it: a line of JSON each way.

Standard output belongs to the protocol. While it is served, whatever else is printed goes to stderr.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

import anyio
from mcp.server.stdio import stdio_server

from .server import server_of

if TYPE_CHECKING:
    from types import FrameType

    from .catalog import Catalog

_INTERRUPTED = 130
_WRITE_SECONDS = 10.0


def serve_stdio(catalog: Catalog) -> int:
    """Serve until the client closes the stream, or somebody ends it: SIGTERM is a good end, Ctrl-C is 130.

    A thread may wait for a line that never comes, and Python would wait for that thread: so a process that is
    ended leaves without it, as soon as what is being written is written.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s: %(message)s")

    def leave(number: int, frame: FrameType | None) -> None:
        catalog.wait_for_writes(_WRITE_SECONDS)
        os._exit(_INTERRUPTED if number == signal.SIGINT else 0)

    before = {each: signal.signal(each, leave) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        anyio.run(_serve, catalog)
    except BaseException as error:
        if not _is_hung_up(error):
            raise
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        catalog.close()
    return 0


async def _serve(catalog: Catalog) -> None:
    server = server_of(catalog)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _is_hung_up(error: BaseException) -> bool:
    """Whether the client is gone, and nothing else happened; a group of errors is all of them."""
    inner = getattr(error, "exceptions", None)
    return all(map(_is_hung_up, inner)) if inner else isinstance(error, BrokenPipeError)

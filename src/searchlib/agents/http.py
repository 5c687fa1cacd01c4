"""The server over streamable HTTP: an ASGI application, alone or mounted in another one, and its own process.

Nothing is kept between requests, and an answer is one JSON document: so a server may be restarted, or be
several processes, and no client notices. Who may ask is gate.py's to say.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from .gate import Gate, refuse
from .server import server_of

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from .catalog import Catalog

PATH = "/mcp"
_MAX_BODY = 32 << 20
_GRACE_SECONDS = 10


class McpApp:
    """An ASGI application that answers MCP at any path below which it is mounted.

    Whoever mounts it enters `lifespan()` for as long as it serves; served by itself it does so. A gate stands
    before it unless `gate` is None, for applications that have one of their own.
    """

    def __init__(self, catalog: Catalog, gate: Gate | None) -> None:
        self._catalog, self._gate = catalog, gate
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        """Inside, requests are answered. It may be entered again when it is over."""
        self._manager = StreamableHTTPSessionManager(
            server_of(self._catalog), json_response=True, stateless=True, max_request_body_size=_MAX_BODY
        )
        async with self._manager.run():
            yield
        self._manager = None

    def close(self) -> None:
        """Let go of the indexes' files."""
        self._catalog.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._manager is None:
            await refuse(send, 503, "the tools are not served yet, or not any more")
        elif self._gate is None or await self._gate.lets_through(scope, receive, send):
            if scope["method"] == "POST":
                await self._manager.handle_request(scope, receive, send)
            else:  # a stream for what a server says by itself, which this one never does
                await refuse(send, 405, "this server answers POST alone")

    async def _live(self, receive: Receive, send: Send) -> None:
        """As the specification of ASGI has the lifespan of an application."""
        running: AbstractAsyncContextManager[None] = self.lifespan()
        await receive()
        await running.__aenter__()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await running.__aexit__(None, None, None)
        await send({"type": "lifespan.shutdown.complete"})


def serve_http(catalog: Catalog, gate: Gate, host: str, port: int) -> int:
    """Serve at http://host:port/mcp until somebody ends the process; requests that run are answered first.

    OSError where nobody can listen there.
    """
    import uvicorn

    app = McpApp(catalog, gate)

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") != PATH:
            await refuse(send, 404, f"MCP is served at {PATH}")
            return
        await app(scope, receive, send)

    config = uvicorn.Config(
        routed,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    _announce(listening, host)
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listening])
    finally:
        catalog.wait_for_writes(_GRACE_SECONDS)
        catalog.close()
    return 0


def _announce(listening: socket.socket, host: str) -> None:
    """Say on stderr where it is served, once somebody can connect."""
    import sys

    shown = f"[{host}]" if ":" in host else host
    print(f"MCP at http://{shown}:{listening.getsockname()[1]}{PATH}", file=sys.stderr, flush=True)

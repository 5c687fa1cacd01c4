"""Each request from its first byte to its last: counted, logged, and audited where it wrote."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import logs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..state import State

NOTED = "searchlib.noted"
"""The name in an ASGI scope under which a request's Noted is."""


_NOSNIFF = (b"x-content-type-options", b"nosniff")


@dataclass
class Noted:
    """What is known of a request by the time that it ends. index, query: what was searched in, and for.

    operation: its name in the table; key: the name of whose key it was. outcome: the numbers of what a write
    answered, None for other requests.
    """

    operation: str = "none"
    key: str | None = None
    index: str | None = None
    query: str | None = None
    writes: bool = False
    outcome: dict[str, Any] = field(default_factory=dict)


class Watching:
    """ASGI middleware, the outermost. slow_ms: searches that take longer are logged with their query."""

    def __init__(self, app: ASGIApp, slow_ms: float | None) -> None:
        self._app, self._slow_ms = app, slow_ms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and watch."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        noted = scope[NOTED] = Noted()
        state: State = scope["app"].state.shared
        status, num_bytes = 499, 0  # as long as no answer has begun: the client went away

        async def watched(message: Message) -> None:
            nonlocal status, num_bytes
            if message["type"] == "http.response.start":
                status = message["status"]
                ms = (time.perf_counter() - started) * 1000
                headers = message["headers"] = list(message.get("headers", ()))
                if _NOSNIFF not in headers:
                    headers.append(_NOSNIFF)
                headers.append((b"server-timing", b"total;dur=%.1f" % ms))
            else:
                num_bytes += len(message.get("body", b""))
            await send(message)

        state.metrics.in_flight += 1
        try:
            await self._app(scope, receive, watched)
        finally:
            seconds = time.perf_counter() - started
            state.metrics.in_flight -= 1
            state.metrics.count(noted.operation, status, seconds, num_bytes)
            self._tell(scope, noted, status, num_bytes, seconds * 1000)

    def _tell(self, scope: Scope, noted: Noted, status: int, num_bytes: int, ms: float) -> None:
        client = scope.get("client")
        who = {"client": client[0] if client else None, "key": noted.key}
        if logs.REQUESTS.isEnabledFor(logging.INFO):
            path = scope.get("raw_path", scope["path"].encode()).decode("ascii", "backslashreplace")
            said = {"method": scope["method"], "path": path[:300], "status": status}
            logs.tell(logs.REQUESTS, "request", {**said, "ms": round(ms, 1), "bytes": num_bytes, **who})
        if self._slow_ms is not None and ms >= self._slow_ms and noted.query is not None:
            found = {"operation": noted.operation, "index": noted.index, "query": noted.query}
            logs.tell(logs.SLOW, "slow", {"ms": round(ms, 1), **found, **who}, logging.WARNING)
        if noted.writes:
            what = {"operation": noted.operation, "index": noted.index, "status": status}
            logs.tell(logs.WRITES, "write", {**noted.outcome, **what, **who})

"""Each request that has ended: counted, logged, and audited where it wrote."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import logs

if TYPE_CHECKING:
    from starlette.types import Scope

    from ..connections.sending import Sender
    from .metrics import Metrics


@dataclass(slots=True)
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
    """Tells of requests that have ended. slow_ms: searches that take longer are logged with their query."""

    def __init__(self, slow_ms: float | None) -> None:
        self._slow_ms = slow_ms

    def count(self, metrics: Metrics, scope: Scope, noted: Noted, sender: Sender, seconds: float) -> None:
        """A request that has ended: what was known of it, what was sent, and how long it took."""
        metrics.count(noted.operation, sender.status, seconds, sender.num_bytes)
        ms = seconds * 1000
        is_slow = self._slow_ms is not None and ms >= self._slow_ms and noted.query is not None
        if is_slow or noted.writes or logs.REQUESTS.isEnabledFor(logging.INFO):
            self._tell(scope, noted, sender, ms, is_slow)

    def _tell(self, scope: Scope, noted: Noted, sender: Sender, ms: float, is_slow: bool) -> None:
        status, num_bytes = sender.status, sender.num_bytes
        client = scope.get("client")
        who = {"client": client[0] if client else None, "key": noted.key}
        if logs.REQUESTS.isEnabledFor(logging.INFO):
            path = scope.get("raw_path", scope["path"].encode()).decode("ascii", "backslashreplace")
            said = {"method": scope["method"], "path": path[:300], "status": status}
            logs.tell(logs.REQUESTS, "request", {**said, "ms": round(ms, 1), "bytes": num_bytes, **who})
        if is_slow:
            found = {"operation": noted.operation, "index": noted.index, "query": noted.query}
            logs.tell(logs.SLOW, "slow", {"ms": round(ms, 1), **found, **who}, logging.WARNING)
        if noted.writes:
            what = {"operation": noted.operation, "index": noted.index, "status": status}
            logs.tell(logs.WRITES, "write", {**noted.outcome, **what, **who})

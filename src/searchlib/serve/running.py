"""The server as a process: uvicorn over the application."""

from __future__ import annotations

import uvicorn

from .app import make_app
from .settings import Settings


def run(settings: Settings) -> None:
    """Serve until a signal ends it; searches that run are finished first."""
    config = uvicorn.Config(
        make_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=30,
        h11_max_incomplete_event_size=64 << 10,
    )
    uvicorn.Server(config).run()

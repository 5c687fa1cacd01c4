"""The server as a process: uvicorn over the application."""

from __future__ import annotations

import uvicorn
from starlette.applications import Starlette

from .app import make_app
from .settings import Settings


def run(settings: Settings) -> None:
    """Serve until a signal ends it; searches that run are finished first."""
    uvicorn.Server(config_of(make_app(settings), settings)).run()


def config_of(app: Starlette, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves an application."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=30,
        h11_max_incomplete_event_size=64 << 10,
    )

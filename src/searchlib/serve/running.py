"""The server as a process: uvicorn over the application, until a signal ends it.

The first signal lets what runs come to its end: no connection is taken any more, searches are answered, and
what was asked to be written is written. The second one ends it at once, which an index survives.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn

from .app import Application
from .connections.listening import address_of, forget, listen
from .connections.protocol import protocol_of
from .settings import Settings
from .watching import logs

_SWITCH_SECONDS = 0.001
"""So long a thread has another one wait for the interpreter: by Python's 5 ms the event loop comes late."""

_FILES_BESIDE = 512
"""Open files that are left for indexes."""


class Server(uvicorn.Server):
    """uvicorn's, which says when it listens, and whom it leaves unanswered."""

    def __init__(self, settings: Settings, on_start: Callable[[], None] | None = None) -> None:
        app = Application(settings)
        super().__init__(config_of(app, settings))
        self._app, self._on_start = app, on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        if self.started:
            self._app.state.num_connections = lambda: len(self.server_state.connections)
            self._heed_hangup()
            if self._on_start is not None:
                self._on_start()

    def _heed_hangup(self) -> None:
        """SIGHUP has the file of keys read anew; without one it ends the server, as it ends any program."""
        followed = self._app.state.keys_followed
        if followed is not None and threading.current_thread() is threading.main_thread():
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, followed.look)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal asks for an end, the second one is it."""
        if not self.should_exit:
            self.should_exit = True
            return
        state = self._app.state
        writes = "".join(
            f"; writes that may be lost: {number} to {name}" for name, number in state.unwritten().items()
        )
        said = f"ended at once, {state.metrics.in_flight} requests are not answered{writes}"
        os.write(2, f"searchlib: {said}\n".encode("utf-8", "replace"))
        os._exit(128 + sig)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing more, and wait for what runs."""
        state = self._app.state
        left = {"requests": state.metrics.in_flight, "writes": state.unwritten() or None}
        logs.tell(logs.SERVER, "stopping", left)
        await super().shutdown(sockets)
        logs.tell(logs.SERVER, "stopped", {})


def config_of(app: Application, settings: Settings) -> uvicorn.Config:
    """How uvicorn runs the application."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=protocol_of(settings.limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=1024,
        timeout_graceful_shutdown=round(settings.limits.stop_seconds),
        timeout_keep_alive=round(settings.limits.idle_seconds),
    )


def run(settings: Settings, on_start: Callable[[str], None] = lambda address: None) -> None:
    """Serve until a signal ends it. on_start: is told the address once it listens. ListenError."""
    raise_file_limit(settings.limits.connections + _FILES_BESIDE)
    sockets = listen(settings)
    logs.set_up(settings.log, settings.audit)
    try:

        def started() -> None:
            tune_interpreter()
            on_start(address_of(sockets, settings))

        server = Server(settings, started)
        server.run(sockets)
    finally:
        for each in sockets:
            each.close()
        forget(settings)


def tune_interpreter() -> None:
    """Have threads change more often, and the collector of garbage look no more at what is there now."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.collect()
    gc.freeze()


def raise_file_limit(wanted: int) -> None:
    """Let this process open so many files, as far as it may: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

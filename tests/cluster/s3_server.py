"""moto's S3 server on loopback, with faults: what is between it and its clients."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class S3Server:
    """A server with the bucket "bucket". fault: is asked of each request, by method and path, and may answer
    it.

    What it may say: None, and the request is done; a status, and it is not; "lost", and it is done, but who
    asked gets a 500; "cut", and the connection ends within the answer.
    """

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import (
            DomainDispatcherApplication,
            MotoRequestHandler,
            create_backend_app,
        )
        from werkzeug.serving import make_server

        self._inner: Application = DomainDispatcherApplication(create_backend_app)
        self.fault: Callable[[str, str], int | str | None] = lambda method, path: None
        self.seen: list[tuple[str, str]] = []
        self._server = make_server("127.0.0.1", 0, self._answer, True, request_handler=MotoRequestHandler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.seen.append((method, path))
        what = self.fault(method, path)
        if what is None:
            return self._inner(environ, start)
        if what == "lost":
            list(self._inner(environ, lambda *_: None))
            what = 500
        if what == "cut":
            return self._cut(environ, start)
        start(f"{what} Fault", [("Content-Length", "5"), ("Connection", "close")])
        return [b"fault"]

    def _cut(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        data = b"".join(self._inner(environ, start))
        yield data[: len(data) // 2]
        raise ConnectionAbortedError("a fault that the test wanted")

"""The application: every operation has its path, every error is a problem document."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from . import caching
from .access.hosts import HostCheck
from .access.keys import STRANGER
from .calls import Call
from .connections.sending import NOT_STARTED, Sender, connection_of
from .json_response import JsonResponse
from .operations.operation import Operation
from .operations.table import OPERATIONS
from .problems import ProblemError, problem_of, response_of
from .routing import Routes
from .settings import Settings
from .state import State
from .watching import logs
from .watching.ended import Noted, Watching

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("searchlib.serve")

_HEADERS, _NOTED = "searchlib.headers", "searchlib.noted"
"""What a scope has besides what ASGI says: its headers by their names, and what is known of the request."""

_CORS_HEADERS = ("Authorization", "Content-Type", "If-None-Match", "X-API-Key", "X-Meilisearch-Client")
_SEEN_HEADERS = ("ETag", "Retry-After", "Server-Timing", "WWW-Authenticate")


class Application:
    """The server as an ASGI application, for uvicorn or any other server.

    operations: what it can do; None: all of the table. state: what all requests share, from the start of the
    server to its end.
    """

    state: State

    def __init__(self, settings: Settings, operations: Sequence[Operation] | None = None) -> None:
        self._settings = settings
        self._routes = _by_method(OPERATIONS if operations is None else operations)
        self._watching = Watching(settings.slow_ms)
        self._hosts = HostCheck(settings.allow_hosts, settings.cors, settings.host, not settings.keys)
        self._with_cors = _with_cors(self._respond, settings.cors) if settings.cors else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request, or the life of the server."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start, and end when it is asked for."""
        await receive()
        step = "startup"
        try:
            self.state = State(self._settings)
            await send({"type": "lifespan.startup.complete"})
            await receive()
            step = "shutdown"
            await self.state.close()
        except BaseException:
            await send({"type": f"lifespan.{step}.failed", "message": traceback.format_exc()})
            raise
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What every request passes, from its first byte to its last."""
        started = time.perf_counter()
        headers = scope[_HEADERS] = dict(reversed(scope["headers"]))  # each as it stands there first
        noted = scope[_NOTED] = Noted()
        sender = Sender(scope, headers, send, started)
        metrics = self.state.metrics
        self.state.alone.comes(connection_of(scope), metrics.in_flight)
        metrics.in_flight += 1
        try:
            self._hosts.check(scope, headers)
            if self._with_cors is not None and b"origin" in headers:
                await self._with_cors(scope, receive, sender)
            else:
                await self._respond(scope, receive, sender)
        except asyncio.CancelledError:  # the server's end waits no longer
            logs.tell(logs.SERVER, "given up", {"operation": noted.operation, "index": noted.index})
            if sender.status == NOT_STARTED:
                await response_of(_stopping())(scope, receive, sender)
        except Exception as error:
            has_begun = sender.status != NOT_STARTED
            if not has_begun:
                await response_of(problem_of(error))(scope, receive, sender)
            if has_begun or not isinstance(error, ProblemError):
                raise
        finally:
            metrics.in_flight -= 1
            self._watching.count(metrics, scope, noted, sender, time.perf_counter() - started)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the operation, and send what it answers."""
        operation, scope["path_params"] = self._found(scope)
        if isinstance(operation, ProblemError):
            response = response_of(operation)
        else:
            call = Call(operation, Request(scope, receive), self.state, scope[_HEADERS])
            response = await _answered(call, scope[_NOTED])
        await response(scope, receive, send)

    def _found(self, scope: Scope) -> tuple[Operation | ProblemError, dict[str, str]]:
        """The operation, or what is refused, and the parts of its path."""
        method, path = scope["method"], scope["path"].removeprefix(scope.get("root_path", ""))
        routes = self._routes.get("GET" if method == "HEAD" else method)
        found = None if routes is None else routes.find(path)
        if found is not None:
            return found
        detail = f"{method} {path[:200]}; /openapi.json lists what there is"
        others = [each[0] for of_it in self._routes.values() if (each := of_it.find(path)) is not None]
        if not others:
            return ProblemError(404, "NotFound", "There is nothing here", detail), {}
        nearest = min((other.path for other in others), key=lambda path: path.count("{"))
        methods = {other.method for other in others if other.path == nearest}
        known = ", ".join(sorted({"HEAD", *methods} if "GET" in methods else methods))
        title = "Not a method that is known here"
        return ProblemError(405, "Method", title, detail, {"Allow": known}), {}


def _by_method(operations: Sequence[Operation]) -> dict[str, Routes[Operation]]:
    by_method: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        by_method.setdefault(operation.method, {})[operation.path] = operation
    return {method: Routes(by_path) for method, by_path in by_method.items()}


def _with_cors(app: ASGIApp, origins: Sequence[str]) -> CORSMiddleware:
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
        allow_headers=_CORS_HEADERS,
        expose_headers=_SEEN_HEADERS,
    )


def _stopping() -> ProblemError:
    detail = "the server was told to end before this was done; ask again when it is back"
    return ProblemError(503, "Stopping", "The server stops", detail, {"Retry-After": "5"})


async def _answered(call: Call, noted: Noted) -> Response:
    """What an operation answers, which may be a refusal in its own shape."""
    try:
        return await _answer(call, noted)
    except ProblemError as error:
        return call.operation.refused(call, error)
    except Exception as error:
        problem = problem_of(error)
        if problem.problem.status == 500:
            log.exception("%s %s failed", call.request.method, call.request.url.path[:300])
        return call.operation.refused(call, problem)


async def _answer(call: Call, noted: Noted) -> Response:
    """The only way to a handler: whoever asks is known and may, before anything else is looked at."""
    operation = call.operation
    noted.operation = operation.name
    noted.index = call.request.path_params.get("index")
    noted.writes = operation.scope in ("write", "admin") and operation.method != "GET"
    try:
        call.admit()
    finally:
        noted.key = None if call.key is STRANGER else call.key.name
    await call.read()
    noted.query = getattr(call.query if call.body is None else call.body, "q", None)
    tag = None
    if operation.cacheable:
        tag = await caching.tag_of(call)
        if caching.is_known(call, tag):
            return caching.mark(call, Response(status_code=304), tag)
    answer = await operation.handler(call)
    if noted.writes and isinstance(answer, Mapping):
        noted.outcome = {
            name: value for name, value in answer.items() if isinstance(value, (int, float, str))
        }
    response = answer if isinstance(answer, Response) else JsonResponse(answer, operation.status)
    return caching.mark(call, response, tag)

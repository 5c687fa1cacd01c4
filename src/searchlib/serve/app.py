"""The application: every operation a route, every error a problem document."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from . import caching
from .access.hosts import HostCheck
from .access.keys import STRANGER
from .calls import Call
from .connections.compressing import Compressing
from .operations.operation import Operation
from .operations.table import OPERATIONS
from .problems import ProblemError, problem_of, response_of
from .settings import Settings
from .state import State
from .watching.middleware import NOTED, Noted, Watching

log = logging.getLogger("searchlib.serve")

_INDEX = ("index", "uid")
_CORS_HEADERS = ("Authorization", "Content-Type", "If-None-Match", "X-API-Key", "X-Meilisearch-Client")
_SEEN_HEADERS = ("ETag", "Retry-After", "Server-Timing", "WWW-Authenticate")


def make_app(settings: Settings) -> Starlette:
    """The server as an ASGI application, for uvicorn or any other server."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.shared = State(settings)
        try:
            yield
        finally:
            await app.state.shared.close()

    app = Starlette(
        routes=_routes(OPERATIONS),
        middleware=_middleware(settings),
        lifespan=lifespan,
        exception_handlers={HTTPException: _http_error, Exception: _unforeseen},
    )
    # A client makes …/x/documents/.. to …/x/; sent on to …/x, its DELETE would be one of the index.
    app.router.redirect_slashes = False
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    """What every request passes, from the outside in."""
    bound, is_keyless = settings.host, not settings.keys
    watching = Middleware(Watching, slow_ms=settings.slow_ms)
    hosts = Middleware(
        HostCheck, names=settings.allow_hosts, origins=settings.cors, bound=bound, is_keyless=is_keyless
    )
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors,
        allow_methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
        allow_headers=_CORS_HEADERS,
        expose_headers=_SEEN_HEADERS,
    )
    return [watching, hosts, *([cors] if settings.cors else []), Middleware(Compressing)]


def _routes(operations: Sequence[Operation]) -> list[BaseRoute]:
    """One route a path, so that another method is a 405 which names those that there are."""
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    paths = sorted(by_path, key=lambda path: ":rest}" in path)  # …/delete comes before what takes the rest
    return [Route(path, _endpoint(by_path[path]), methods=list(by_path[path])) for path in paths]


def _endpoint(operations: dict[str, Operation]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        call = Call(operations[method], request, request.app.state.shared)
        noted: Noted = request.scope[NOTED]
        try:
            return await _answer(call, noted)
        except ProblemError as error:
            return call.operation.refused(call, error)
        except Exception as error:
            problem = problem_of(error)
            if problem.problem.status == 500:
                log.exception("%s %s failed", request.method, request.url.path[:300])
            return call.operation.refused(call, problem)

    return endpoint


async def _answer(call: Call, noted: Noted) -> Response:
    """The only way to a handler: whoever asks is known and may, before anything else is looked at."""
    operation = call.operation
    noted.operation = operation.name
    noted.index = next(
        (str(call.request.path_params[n]) for n in _INDEX if n in call.request.path_params), None
    )
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
    if noted.writes and isinstance(answer, dict):
        noted.outcome = {
            name: value for name, value in answer.items() if isinstance(value, (int, float, str))
        }
    response = answer if isinstance(answer, Response) else json_response(answer, operation.status)
    return caching.mark(call, response, tag)


def json_response(answer: Any, status: int = 200) -> Response:
    """Plain data as JSON."""
    return Response(msgspec.json.encode(answer), status, media_type="application/json")


async def _http_error(request: Request, error: Exception) -> Response:
    """What Starlette refuses: no such path, no such method."""
    assert isinstance(error, HTTPException)
    kinds = {404: ("NotFound", "There is nothing here"), 405: ("Method", "Not a method that is known here")}
    kind, title = kinds.get(error.status_code, ("Http", str(error.detail)))
    detail = f"{request.method} {request.url.path[:200]}; /openapi.json lists what there is"
    return response_of(ProblemError(error.status_code, kind, title, detail, dict(error.headers or {})))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return response_of(problem_of(error))

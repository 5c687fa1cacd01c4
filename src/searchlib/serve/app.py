"""The application: every operation a route, every error a problem document."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .calls import Call
from .operations import Operation
from .problems import ProblemError, problem_of, response_of
from .settings import Settings
from .state import State
from .table import OPERATIONS

log = logging.getLogger("searchlib.serve")


def make_app(settings: Settings) -> Starlette:
    """The server as an ASGI application, for uvicorn or any other server."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.shared = State(settings)
        try:
            yield
        finally:
            await app.state.shared.close()

    return Starlette(
        routes=_routes(OPERATIONS),
        lifespan=lifespan,
        exception_handlers={HTTPException: _http_error, Exception: _unforeseen},
    )


def _routes(operations: Sequence[Operation]) -> list[BaseRoute]:
    """One route a path, so that another method is a 405 which names those that there are."""
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    return [Route(path, _endpoint(found), methods=list(found)) for path, found in by_path.items()]


def _endpoint(operations: dict[str, Operation]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        call = Call(operations[method], request, request.app.state.shared)
        try:
            await call.read()
            answer = await call.operation.handler(call)
        except ProblemError as error:
            return call.operation.refused(call, error)
        except Exception as error:
            problem = problem_of(error)
            if problem.problem.status == 500:
                log.exception("%s %s failed", request.method, request.url.path)
            return call.operation.refused(call, problem)
        return answer if isinstance(answer, Response) else json_response(answer, call.operation.status)

    return endpoint


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

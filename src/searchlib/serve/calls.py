"""A request on its way: its body read within limits, its parameters checked, the engine asked in a thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import anyio.to_thread
from starlette.requests import ClientDisconnect, Request

from ..errors import SearchTimeout
from .access.keys import STRANGER, Key, admit
from .access.seen import Seen
from .connections.decompressing import coding_of, unpacked
from .connections.sending import connection_of
from .json_response import JsonResponse
from .problems import ProblemError, problem_of
from .types.reading import bad_request, decoded, query_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..index import Index
    from .operations.operation import Operation
    from .settings import Settings
    from .state import State

T = TypeVar("T")

_LEAST_RATE = 1024
"""Bytes of a body that come in a second, on the whole."""


class Call:
    """One request of one operation.

    state: of the server; request: Starlette's own; headers: its headers, each as it stands there first.
    """

    def __init__(
        self, operation: Operation, request: Request, state: State, headers: Mapping[bytes, bytes]
    ) -> None:
        self.operation, self.request, self.state, self.headers = operation, request, state, headers
        self.query: Any = None
        self.body: Any = None
        self.key: Key = STRANGER

    def admit(self) -> None:
        """Find out who asks, and whether they may; a Problem of status 401, 403, 404, 429 or 503.

        The limit comes first, so that whoever tries keys out is slowed down, too.
        """
        state = self.state
        self.key = state.key_of(self.request)
        state.count(self.request, self.key)
        admit(self.request, self.operation, self.key)
        if self.operation.scope in ("write", "admin") and not state.settings.writable:
            detail = "the server was started with --read-only"
            raise ProblemError(403, "ReadOnly", "Nothing is written here", detail)
        if self.operation.scope != "public":
            state.check_memory()

    @property
    def index_name(self) -> str:
        """The {index} of the path."""
        return str(self.request.path_params["index"])

    async def index(self, name: str | None = None) -> Index:
        """The index of the path, or one by its name; opened in a thread where it is not open yet."""
        wanted = self.index_name if name is None else name
        at_hand = self.catalogue.at_hand(wanted)
        if at_hand is not None:
            return at_hand
        return await anyio.to_thread.run_sync(self.catalogue.__getitem__, wanted)

    @property
    def catalogue(self) -> Seen:
        """The indexes that the key of this request sees, as it sees them."""
        return Seen(self.state.catalogue, self.key)

    async def reply(self, index: Index, question: Callable[[Settings], Any]) -> Response:
        """The same as the answer to the request, its JSON made at once: in a thread, or without one.

        question: is asked within the limits of the settings that it is given; it may be asked twice.
        """
        alone, status = self.state.alone, self.operation.status

        def made(settings: Settings) -> JsonResponse:
            return JsonResponse(question(settings), status)

        if alone.may(index):
            answered = alone.answer(made, connection_of(self.request.scope))
            if answered is not None:
                return answered
        return await self.ask(lambda: alone.timed(made))

    async def ask(self, question: Callable[[], T]) -> T:
        """What the engine answers, in a thread and in its turn; a Problem of status 503 or 400 if late."""
        try:
            return await self.state.turns.ask(question, self.request.is_disconnected)
        except SearchTimeout as error:
            raise self._too_slow(error) from None

    def _too_slow(self, error: SearchTimeout) -> ProblemError:
        """The server's limit is the server's fault, and one of the request's own is not."""
        asked = getattr(self.query if self.body is None else self.body, "timeout", None)
        if asked is None or asked >= self.state.settings.limits.search_seconds:
            return problem_of(error)
        return ProblemError(400, "SearchTimeout", "The time that the request allows is over", str(error))

    async def read(self) -> None:
        """Check the query string, and read and check the body; ProblemError."""
        if self.operation.query is not None:
            self.query = query_of(self.request.scope["query_string"], self.operation.query)
        elif self.request.scope["query_string"] and not self.operation.any_parameters:
            self._refuse_parameters()
        if self.operation.body is not None:
            self.body = decoded(await self.whole_body(), self.operation.body)

    def _refuse_parameters(self) -> None:
        name = next(iter(self.request.query_params), None)
        if name is not None:
            where = "a JSON body has all that it takes" if self.operation.body is not None else "leave it out"
            called = self.operation.name
            raise bad_request(f"{called} has no parameters in its address, got {name!r:.100}; {where}")

    async def whole_body(self) -> bytes:
        """The body, of at most `limits.body_bytes`."""
        self.check_type()
        state, held = self.state, 0
        limits, pieces = state.settings.limits, []
        try:
            async for piece in self.pieces(limits.body_bytes):
                held += len(piece)
                state.held_bytes += len(piece)
                if state.held_bytes > limits.bodies_bytes:
                    detail = "too many bodies are on their way; ask again later"
                    raise ProblemError(503, "Busy", "Too many bodies", detail, {"Retry-After": "5"})
                pieces.append(piece)
            return b"".join(pieces)
        finally:
            state.held_bytes -= held

    def check_type(self) -> None:
        """415 for a body of a type that this operation does not read."""
        given = self.request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
        if given not in self.operation.body_media_types:
            wanted = " or ".join(self.operation.body_media_types)
            raise ProblemError(
                415, "MediaType", "Not a type that is read here", f"expected {wanted}, got {given!r:.100}"
            )

    async def pieces(self, limit: int) -> AsyncIterator[bytes]:
        """The body as it comes, unpacked; 413 beyond the limit, 408 where the client is too slow."""
        coding = coding_of(self.request.headers.get("content-encoding", ""))
        pieces = self._pieces(limit)
        read = 0
        async for piece in unpacked(pieces, coding) if coding else pieces:
            read += len(piece)
            if read > limit:
                raise _too_large(limit)
            yield piece

    async def _pieces(self, limit: int) -> AsyncIterator[bytes]:
        """The body as it was sent."""
        said = self.request.headers.get("content-length", "")
        if said.isdecimal() and int(said[:20]) > limit:
            raise _too_large(limit)
        stream = self.request.stream().__aiter__()
        seconds, started, sent = self.state.settings.limits.body_seconds, time.monotonic(), 0
        while True:
            try:
                piece = await asyncio.wait_for(stream.__anext__(), seconds)
            except StopAsyncIteration:
                return
            except asyncio.TimeoutError:
                raise _too_slow("nothing came for too long") from None
            except ClientDisconnect:
                detail = "the body is not whole"
                raise ProblemError(400, "Disconnected", "The client went away", detail) from None
            sent += len(piece)
            if time.monotonic() - started > seconds + sent / _LEAST_RATE:
                raise _too_slow("too little came in that time")
            if piece:
                yield piece


def _too_slow(detail: str) -> ProblemError:
    return ProblemError(408, "SlowClient", "The body did not come", detail, {"Connection": "close"})


def _too_large(limit: int) -> ProblemError:
    return ProblemError(
        413,
        "TooLarge",
        "The body is too large",
        f"at most {limit:,} bytes are read here",
        {"Connection": "close"},
    )

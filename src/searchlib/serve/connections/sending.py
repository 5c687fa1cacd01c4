"""An answer on its way out: timed, counted, and compressed where the client takes that.

Whole answers go to the client in one piece where the server can wait for it (`HOLD`): its reader wakes once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from .compressing import LEAST_BYTES, Compressor, chosen_coding, compressed, is_compressible, new_compressor

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Message, Scope, Send

HOLD = "searchlib.hold"
"""An ASGI extension: a function after which the server keeps what it is sent until the answer is whole."""

NOT_STARTED = 499
"""The status of an answer that did not begin: the client went away."""

_IN_A_THREAD = 128 << 10
_MAX_ACCEPTED = 200
"""Bytes of an Accept-Encoding; no browser's has so many."""
_NOSNIFF = (b"x-content-type-options", b"nosniff")


def connection_of(scope: Scope) -> object:
    """What all requests of a connection share and no others have, for `is`: the extensions that our protocol
    makes with a connection. None where a server makes none."""
    return scope.get("extensions")


class Sender:
    """Called as ASGI's `send` is. status, num_bytes: what was sent so far.

    headers: of the request. started: when that began, by time.perf_counter.
    """

    __slots__ = (
        "_coding",
        "_compressor",
        "_hold",
        "_is_head",
        "_send",
        "_start",
        "_started",
        "num_bytes",
        "status",
    )

    def __init__(self, scope: Scope, headers: Mapping[bytes, bytes], send: Send, started: float) -> None:
        self._send, self._started = send, started
        self._is_head = scope["method"] == "HEAD"
        accepted = headers.get(b"accept-encoding")
        self._coding = chosen_coding(accepted[:_MAX_ACCEPTED].decode("latin-1")) if accepted else ""
        extensions = scope.get("extensions")
        self._hold: Callable[[], None] | None = extensions.get(HOLD) if extensions else None
        self._start: Message | None = None  # until the first of the body is there
        self._compressor: Compressor | None = None
        self.status, self.num_bytes = NOT_STARTED, 0

    async def __call__(self, message: Message) -> None:
        """Send a message, or keep it until the next one."""
        kind = message["type"]
        if kind == "http.response.start":
            await self._begin(message)
        elif kind == "http.response.body":
            await self._go_on(message)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        self.status = message["status"]
        headers: list[tuple[bytes, bytes]] = [*message.get("headers", ())]
        media_type, has_length, is_coded, vary = b"", False, False, None
        for at, (name, value) in enumerate(headers):
            if name == b"content-type":
                media_type = value
            elif name == b"content-length":
                has_length = True
            elif name == b"content-encoding":
                is_coded = True
            elif name == b"vary":
                vary = at
        if is_coded or self._is_head or not is_compressible(media_type):
            self._coding = ""
        elif vary is None:
            headers.append((b"vary", b"Accept-Encoding"))
        else:
            headers[vary] = b"vary", headers[vary][1] + b", Accept-Encoding"
        if _NOSNIFF not in headers:
            headers.append(_NOSNIFF)
        headers.append((b"server-timing", b"total;dur=%.1f" % ((time.perf_counter() - self._started) * 1000)))
        start = {**message, "headers": headers}
        if has_length or self._coding:
            self._start = start
        else:
            await self._send(start)  # a stream, whose client may wait for its beginning

    async def _go_on(self, message: Message) -> None:
        body, goes_on = message.get("body", b""), message.get("more_body", False)
        start, self._start = self._start, None
        if self._coding and (start is None or len(body) >= LEAST_BYTES or goes_on):
            body = await self._compressed(body, goes_on)
            message = {"type": "http.response.body", "body": body, "more_body": goes_on}
            if start is not None:
                _code(start["headers"], self._coding, None if goes_on else len(body))
        else:
            self._coding = ""  # too short for it
        if start is not None:
            if self._hold is not None and not goes_on:
                self._hold()
            await self._send(start)
        self.num_bytes += len(body)
        await self._send(message)

    async def _compressed(self, body: bytes, goes_on: bool) -> bytes:
        if self._compressor is None:
            self._compressor = new_compressor(self._coding)
        if len(body) > _IN_A_THREAD:
            return await anyio.to_thread.run_sync(compressed, self._compressor, self._coding, body, goes_on)
        return compressed(self._compressor, self._coding, body, goes_on)


def _code(headers: list[tuple[bytes, Any]], coding: str, length: int | None) -> None:
    """Say how a body is compressed, and how long it is then."""
    headers[:] = [each for each in headers if each[0] != b"content-length"]
    headers.append((b"content-encoding", coding.encode()))
    if length is not None:
        headers.append((b"content-length", b"%d" % length))

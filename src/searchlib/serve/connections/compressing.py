"""Answers in zstd or gzip, as the client takes them: ASGI middleware over the two libraries.

What is short, or compressed already, goes as it is. (Who can make a victim's browser ask and sees the lengths
may guess what stands beside his own words in an answer: BREACH. Nothing secret of a user's stands in ours.)
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 1024
_IN_A_THREAD = 128 << 10
_MAX_ACCEPTED = 200
"""Bytes of an Accept-Encoding; no browser's has so many."""
_ZSTD_LEVEL, _GZIP_LEVEL = 3, 5
_TYPES = ("application/json", "application/problem+json", "application/x-ndjson", "text/", "image/svg+xml")


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self, mode: int = ..., /) -> bytes: ...


class Compressing:
    """Compresses whole answers and streams."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, with another `send`."""
        if scope["type"] != "http" or scope["method"] == "HEAD":
            await self._app(scope, receive, send)
            return
        accepted = next((value for name, value in scope["headers"] if name == b"accept-encoding"), b"")
        coding = chosen_coding(accepted[:_MAX_ACCEPTED].decode("latin-1"))
        await self._app(scope, receive, _Answer(send, coding))


class _Answer:
    """One answer on its way out; it is called as `send` is."""

    def __init__(self, send: Send, coding: str) -> None:
        self._send, self._coding = send, coding
        self._start: Message | None = None
        self._compressor: _Compressor | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            if _is_text(headers):
                headers.add_vary_header("Accept-Encoding")
                if self._coding:
                    self._start = message  # until it is known how long the body is
                    return
            await self._send(message)
        elif message["type"] == "http.response.body" and (self._start or self._compressor):
            await self._body(message)
        else:
            await self._send(message)

    async def _body(self, message: Message) -> None:
        body, goes_on = message.get("body", b""), message.get("more_body", False)
        start, self._start = self._start, None
        if start is not None:
            if len(body) < LEAST_BYTES and not goes_on:
                await self._send(start)
                await self._send(message)
                return
            self._compressor = _new_compressor(self._coding)
        assert self._compressor is not None
        if len(body) > _IN_A_THREAD:
            body = await anyio.to_thread.run_sync(_compressed, self._compressor, self._coding, body, goes_on)
        else:
            body = _compressed(self._compressor, self._coding, body, goes_on)
        if start is not None:
            headers = MutableHeaders(raw=start["headers"])
            headers["Content-Encoding"] = self._coding
            del headers["Content-Length"]
            if not goes_on:
                headers["Content-Length"] = str(len(body))
            await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": goes_on})


def _is_text(headers: Headers) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind.startswith(_TYPES) and "content-encoding" not in headers and kind != "text/event-stream"


def _new_compressor(coding: str) -> _Compressor:
    if coding == "gzip":
        return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    import zstandard

    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()


def _compressed(compressor: _Compressor, coding: str, body: bytes, goes_on: bool) -> bytes:
    done = compressor.compress(body)
    if not goes_on:
        return done + compressor.flush()
    if coding == "gzip":
        return done + compressor.flush(zlib.Z_SYNC_FLUSH)
    import zstandard

    return done + compressor.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


@lru_cache(maxsize=256)
def chosen_coding(accepted: str) -> str:
    """What is sent: the one of zstd and gzip that the client likes better, of equals zstd; "" for neither."""
    weights: dict[str, float] = {}
    for each in accepted.lower().split(","):
        name, _, parameters = each.strip().partition(";")
        weight = parameters.strip().removeprefix("q=").strip() if parameters.strip().startswith("q=") else "1"
        try:
            weights[name.strip()] = float(weight)
        except ValueError:
            weights[name.strip()] = 0.0
    wild = weights.get("*", 0.0)
    zstd, gzip = weights.get("zstd", wild), weights.get("gzip", wild)
    if max(zstd, gzip) <= 0:
        return ""
    return "zstd" if zstd >= gzip else "gzip"

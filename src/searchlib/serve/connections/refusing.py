"""Refusals of a connection, before anybody knows what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ..problems import MEDIA_TYPE, ProblemError

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable
    from uvicorn._types import Scope as ASGIScope


def headers_of(error: ProblemError) -> list[tuple[bytes, bytes]]:
    """Those of a refusal that ends its connection."""
    length = len(msgspec.json.encode(error.problem))
    return [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % length),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in error.headers.items()),
        (b"connection", b"close"),
    ]


def refusing(error: ProblemError) -> ASGI3Application:
    """An application that answers so, whatever it is asked."""

    async def refuse(scope: ASGIScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        start: Any = {
            "type": "http.response.start",
            "status": error.problem.status,
            "headers": headers_of(error),
        }
        await send(start)
        await send(
            {"type": "http.response.body", "body": msgspec.json.encode(error.problem), "more_body": False}
        )

    return refuse


ONE_TOO_MANY = ProblemError(
    503, "Busy", "Too many connections", "close some, or ask again later", {"Retry-After": "1"}
)

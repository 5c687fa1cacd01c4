"""Connections that cannot be held for long: uvicorn's HTTP over httptools, with limits that it lacks.

The headers of a request come within a time and a size, answers are taken or the client is hung up on, and
beyond so many connections a request is refused. Letters beyond ASCII in a request line, as `curl
'localhost:7700/…?q=идти'` sends them, become what a browser would have made of them.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ..problems import ProblemError
from ..settings import Limits
from .refusing import ONE_TOO_MANY, headers_of, refusing
from .sending import HOLD

if TYPE_CHECKING:
    pass

_RAW = re.compile(rb"[\x80-\xff]")
_FEW_SECONDS = 2.0
"""For the request of a client that is one too many."""
_LEAST_RATE = 1024
"""Bytes a second that a client takes at least of what it was sent."""

_LONGEST_LINE = 0xFFFF
"""Bytes of a request line; httptools counts those of an address in 16 bits."""

_LINGER_SECONDS = 2.0
"""What a client still sends is dropped for so long, so that it sees why it was refused."""


class _Transport:
    """uvicorn's transport, but for its end: while a client still sends, nothing that it was told gets lost.

    A socket that is closed with bytes unread takes back what was written to it.
    """

    def __init__(self, transport: asyncio.Transport, connection: Connection) -> None:
        self._transport, self._connection = transport, connection
        self._held: list[bytes] | None = None
        self.is_closing = transport.is_closing

    def hold(self) -> None:
        """Keep what is written, until an answer is whole or the end has come."""
        self._held = []

    def write(self, data: bytes) -> None:
        """Send, or keep."""
        if self._held is None:
            self._transport.write(data)
        else:
            self._held.append(data)

    def let_go(self) -> None:
        """Send what was kept: head and body in one piece."""
        if self._held is not None:
            held, self._held = self._held, None
            self._transport.write(b"".join(held))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def close(self) -> None:
        """Close, later if something is on its way."""
        self.let_go()
        if self._connection.is_sending and not self._transport.is_closing():
            self._connection.linger()
        else:
            self._transport.close()


class Connection(HttpToolsProtocol):
    """One connection. `limits` is set by `protocol_of`."""

    limits = Limits()
    _line_bytes = 0
    """Of a request line: as of all headers, and what httptools can take apart."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let it in, with a clock; hang up at once on far too many."""
        self._out = _Transport(transport, self)
        super().connection_made(cast(asyncio.Transport, self._out))
        self._socket, self._extensions = transport, {HOLD: self._out.hold}
        self._head_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None
        self._line, self._head_bytes, self._is_between = bytearray(), 0, True
        self._in_body = self._is_lingering = self._is_deaf = False
        number = len(self.connections)
        if number > 2 * self.limits.connections:
            transport.abort()
        elif number > self.limits.connections:
            self.app = refusing(ONE_TOO_MANY)
            self._await_head(_FEW_SECONDS)
        else:
            self._await_head(self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._stop_head_timer()
        self._stop_write_timer()
        super().connection_lost(exc)

    # ---- what comes

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request, or of several."""
        if self.transport.is_closing() or self._is_lingering or self._is_deaf:
            return
        if self._is_between:  # the request line: letters in it become %XX
            line: bytes | bytearray = data
            if self._line:
                self._line += data
                line = self._line
            end = line.find(b"\n") + 1
            if not end:
                self._unset_keepalive_if_required()
                if line is data:
                    self._line += data
                self._await_head(self.limits.head_seconds)
                if len(self._line) > self._line_bytes:
                    self._refuse(self._too_long())
                return
            if line is not data:
                data = bytes(line)
                self._line.clear()
            if end > self._line_bytes or not data.isascii():
                line = _RAW.sub(lambda raw: b"%%%02X" % raw[0][0], data[:end])
                if len(line) > self._line_bytes:
                    self._refuse(self._too_long())
                    return
                data = line + data[end:]
        elif not self._in_body:
            self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing() or self._is_lingering:
            return
        if not self._is_between and not self._in_body:
            self._await_head(self.limits.head_seconds)
            if self._head_bytes > self.limits.head_bytes:
                self._refuse(self._too_large())

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_between, self._in_body, self._head_bytes = False, False, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        self._head_bytes += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or one behind a chunked body, which counts as well."""
        self._head_bytes += len(name) + len(value) + 4
        if not self._in_body:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The headers are there; now the application has its own limits."""
        self._stop_head_timer()
        self._in_body = True
        if self._head_bytes > self.limits.head_bytes:
            self.app = refusing(self._too_large())
        super().on_headers_complete()
        self.scope["extensions"] = self._extensions  # type: ignore[typeddict-item]

    def on_message_complete(self) -> None:
        """The request is there."""
        self._is_between, self._in_body = True, False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """An answer is sent. What is left of a body that nobody wanted is not waited for."""
        self._out.let_go()
        super().on_response_complete()
        if self.cycle.response_complete and self.cycle.more_body and not self._is_lingering:
            self.transport.close()

    @property
    def is_sending(self) -> bool:
        """Whether the client is in the middle of a body."""
        return self._in_body

    def linger(self) -> None:
        """End it from this side, and drop what still comes, until the client ends it as well."""
        if not self._is_lingering:
            self._is_lingering = True
            self._unset_keepalive_if_required()
            self._stop_head_timer()
            self._socket.resume_reading()
            if self._socket.can_write_eof():
                self._socket.write_eof()
            self.loop.call_later(_LINGER_SECONDS, self._socket.close)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP, said as any refusal is."""
        detail = "it is not as RFC 9112 has it"
        self._refuse(ProblemError(400, "BadRequest", "The request is no HTTP", detail))

    # ---- what goes

    def pause_writing(self) -> None:
        """The client does not read as fast as it is written to."""
        super().pause_writing()
        self._watch_writing()

    def resume_writing(self) -> None:
        """It has caught up."""
        self._stop_write_timer()
        super().resume_writing()

    def _watch_writing(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._write_timer = self.loop.call_later(self.limits.write_seconds, self._look_at_writing, left)

    def _look_at_writing(self, before: int) -> None:
        wanted = min(before, round(_LEAST_RATE * self.limits.write_seconds))
        if before - self.transport.get_write_buffer_size() < wanted:
            self.transport.abort()
        else:
            self._watch_writing()

    def _stop_write_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    # ---- time

    def _await_head(self, seconds: float) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(seconds, self._head_is_late)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        if self._is_between and not self._line:
            self.transport.close()  # nobody asked anything
        else:
            detail = "its headers took too long"
            self._refuse(ProblemError(408, "SlowClient", "The request did not come", detail))

    def _too_long(self) -> ProblemError:
        detail = (
            f"the first line of the request, escaped, has more than {self._line_bytes:,} bytes; "
            f"a long query goes in the body of a POST"
        )
        return ProblemError(414, "TooLong", "The address is too long", detail)

    def _too_large(self) -> ProblemError:
        detail = f"at most {self.limits.head_bytes:,} bytes are read"
        return ProblemError(431, "TooLarge", "The headers are too large", detail)

    def _refuse(self, error: ProblemError) -> None:
        """An answer that no application gives, and the end of the connection."""
        if self.transport.is_closing():
            return
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            cycle.keep_alive, self._is_deaf = False, True  # an earlier request is to be answered first
            return
        if cycle is not None and cycle.more_body and not cycle.response_started:
            cycle.disconnected = True  # its headers seemed well, and nothing is said to them
            cycle.message_event.set()
        if cycle is None or cycle.response_complete or cycle.disconnected:
            status, title = error.problem.status, error.problem.title
            head = b"".join(b"%s: %s\r\n" % each for each in headers_of(error))
            body = msgspec.json.encode(error.problem)
            self.transport.write(b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (status, title.encode(), head, body))
        self._in_body = True  # whatever it is, more of it may be on its way
        self.transport.close()


def protocol_of(limits: Limits) -> type[Connection]:
    """Connections within these limits."""
    return type(
        "LimitedConnection",
        (Connection,),
        {"limits": limits, "_line_bytes": min(limits.head_bytes, _LONGEST_LINE)},
    )

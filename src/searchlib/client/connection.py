"""HTTP to one server: connections that stay open, JSON out, JSON in.

What only asks is asked again where a connection broke; what writes never is.
"""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
import zlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from ..errors import SearchTimeout, ServerAddressError, ServerError, ServerUnavailableError
from ..forks import renew_locks_in_children
from .problems import Refusal

_MARGIN = 2.0
"""Seconds beyond the time of a question that its answer may take to come."""

_LONGEST_PAUSE = 5.0
_MAX_IDLE = 16
_DAY = 86_400.0
_STALE = (http.client.BadStatusLine, ConnectionResetError, BrokenPipeError, ConnectionAbortedError)
"""What a connection says that the server closed meanwhile. (RemoteDisconnected is a BadStatusLine.)"""


class Connection:
    """To a server. Safe to share between threads, and with forked children, which open their own.

    url: http://host:port, or https, perhaps with a path before that of the API. key: is sent with each
    request. timeout: seconds to wait for an answer.
    """

    def __init__(self, url: str, key: str | None, timeout: float) -> None:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise ServerAddressError(f"{url!r:.200} is no URL: {error}") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ServerAddressError(f"a server is at a URL like http://127.0.0.1:7700, got {url!r:.200}")
        if parts.username is not None or parts.password is not None:
            raise ServerAddressError("a key does not stand in the URL; give it as key=, or in SEARCHLIB_KEY")
        if parts.query or parts.fragment:
            raise ServerAddressError(f"the URL of a server has no ? and no #, got {url!r:.200}")
        try:
            self._port = parts.port
        except ValueError as error:
            raise ServerAddressError(f"{url!r:.200}: {error}") from None
        if key is not None and not (key.isascii() and key.isprintable() and key.strip() == key and key):
            raise ServerAddressError(
                "a key, by key= or SEARCHLIB_KEY, has letters, digits and signs of ASCII, no spaces around it"
            )
        self.url = url.rstrip("/")
        self.key, self.timeout = key, timeout
        self._is_secure, self._host, self._base = (
            parts.scheme == "https",
            parts.hostname,
            parts.path.rstrip("/"),
        )
        self._idle: list[http.client.HTTPConnection] = []
        self._process = os.getpid()
        self.renew_locks()
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """For forked children: see searchlib.forks."""
        self._lock = threading.Lock()

    def ask(
        self, method: str, path: str, body: Any = None, timeout: float | None = None, missing: str = ""
    ) -> Any:
        """The JSON of an answer. It may be asked again where the connection broke, so it only asks.

        body: plain data; None: none. timeout: seconds that the question has; None: those of the connection.
        missing: the kind of refusal that is None.
        """
        data = None if body is None else json.dumps(body, ensure_ascii=True, allow_nan=False).encode()
        end = time.monotonic() + (self.timeout if timeout is None else timeout + _MARGIN)
        while True:
            status, headers, answer = self._answer(method, path, data, _JSON, end, True, timeout)
            if status < 300:
                return self._read(answer)
            refusal = Refusal(status, answer)
            if missing and refusal.kind == missing:
                return None
            pause = _pause(headers) if refusal.may_pass else None
            if pause is None or time.monotonic() + pause >= end:
                raise refusal.error(timeout)
            time.sleep(pause)

    def send(self, method: str, path: str, body: bytes | Iterable[bytes], media_type: str) -> Any:
        """The JSON of an answer to what changes something: it is sent once, on a new connection."""
        end = time.monotonic() + _DAY  # a commit takes what it takes
        status, _, answer = self._answer(method, path, body, media_type, end, False, None)
        if status < 300:
            return self._read(answer)
        raise Refusal(status, answer).error()

    def close(self) -> None:
        """Close what is open and waits; it is opened again when it is needed."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def __del__(self) -> None:
        for connection in getattr(self, "_idle", ()):
            connection.close()

    # ---- one request

    def _answer(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None,
        media_type: str,
        end: float,
        again: bool,
        timeout: float | None,
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body. again: whether it may be sent once more."""
        while True:
            kept = self._taken() if again else None
            connection = self._opened() if kept is None else kept
            left = end - time.monotonic()
            connection.timeout = max(left if timeout is not None else min(left, self.timeout), 0.001)
            is_done = False
            try:
                if connection.sock is not None:
                    connection.sock.settimeout(connection.timeout)
                connection.request(method, self._base + path, body, self._headers(body, media_type))
                response = connection.getresponse()
                data = _unpacked(response.read(), response.headers.get("Content-Encoding", ""))
                is_done = not response.will_close
                return response.status, response.headers, data
            except _STALE as error:
                if kept is None:
                    raise self._gone(error, not again) from error
            except TimeoutError as error:
                if timeout is not None:
                    raise SearchTimeout(f"no answer came within {timeout:g} s", timeout) from error
                raise ServerUnavailableError(
                    f"{self.url} did not answer within {self.timeout:g} s; give the client more time, or ask "
                    f"for less"
                ) from error
            except (OSError, http.client.HTTPException, zlib.error) as error:
                raise self._gone(error, not again) from error
            finally:
                if is_done:
                    self._put_back(connection)
                else:
                    connection.close()  # what was asked may still come

    def _taken(self) -> http.client.HTTPConnection | None:
        """One that is open, of this process."""
        with self._lock:
            if self._process != os.getpid():  # a forked child has the sockets of its parent
                self._idle, self._process = [], os.getpid()
            return self._idle.pop() if self._idle else None

    def _put_back(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            if len(self._idle) < _MAX_IDLE and self._process == os.getpid():
                self._idle.append(connection)
                return
        connection.close()

    def _opened(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._is_secure else http.client.HTTPConnection
        return kind(self._host, self._port, timeout=self.timeout)

    def _headers(self, body: object, media_type: str) -> dict[str, str]:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "User-Agent": "searchlib",
        }
        if body is not None:
            headers["Content-Type"] = media_type
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        return headers

    def _gone(self, error: Exception, is_write: bool) -> ServerUnavailableError:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        unknown = "; it is not known whether what was sent is written" if is_write else ""
        return ServerUnavailableError(
            f"{self.url} cannot be reached: {why}; is `searchlib serve` running there?{unknown}"
        )

    def _read(self, answer: bytes) -> Any:
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            raise ServerError(
                f"what answers at {self.url} is no searchlib server: its answer is no JSON"
            ) from None


_JSON = "application/json"


def _pause(headers: http.client.HTTPMessage) -> float | None:
    """Seconds after which the server wants to be asked again."""
    said = headers.get("Retry-After", "")
    return min(float(said), _LONGEST_PAUSE) if said.isascii() and said.isdecimal() else None


def _unpacked(data: bytes, encoding: str) -> bytes:
    return zlib.decompress(data, wbits=31) if encoding.lower() == "gzip" else data

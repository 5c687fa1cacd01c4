"""HTTP to one server: connections that stay open, one a thread; JSON out, JSON in.

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

from .. import __version__
from ..errors import SearchTimeout, ServerError, ServerUnavailableError
from .problems import Refusal

_MARGIN = 2.0
"""Seconds beyond the time of a question that its answer may take to come."""

_LONGEST_PAUSE = 5.0
_STALE = (http.client.BadStatusLine, ConnectionResetError, BrokenPipeError, ConnectionAbortedError)
"""What a connection says that the server closed meanwhile. (RemoteDisconnected is a BadStatusLine.)"""


class Connection:
    """To a server. Safe to share between threads and with forked children: each has connections of its own.

    url: http://host:port, or https, perhaps with a path before that of the API. key: is sent with each
    request. timeout: seconds to wait for an answer.
    """

    def __init__(self, url: str, key: str | None, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"a server is at a URL like http://127.0.0.1:7700, got {url!r:.200}")
        if parts.username is not None or parts.password is not None:
            raise ValueError("a key does not stand in the URL; give it as key=, or in SEARCHLIB_KEY")
        if parts.query or parts.fragment:
            raise ValueError(f"the URL of a server has no ? and no #, got {url!r:.200}")
        try:
            self._port = parts.port
        except ValueError as error:
            raise ValueError(f"{url!r:.200}: {error}") from None
        if key is not None and not (key.isascii() and key.isprintable() and key.strip() == key and key):
            raise ValueError("a key has letters, digits and signs of ASCII, and no spaces around it")
        self.url = url.rstrip("/")
        self.key, self.timeout = key, timeout
        self._is_secure, self._host, self._base = (
            parts.scheme == "https",
            parts.hostname,
            parts.path.rstrip("/"),
        )
        self._own = threading.local()

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
        """The JSON of an answer to what changes something: it is sent once, on a connection of its own."""
        self.close()
        end = time.monotonic() + 24 * 3600  # a commit takes what it takes; silence is bounded by the socket
        status, _, answer = self._answer(method, path, body, media_type, end, False, None)
        self.close()
        if status < 300:
            return self._read(answer)
        raise Refusal(status, answer).error()

    def close(self) -> None:
        """Close this thread's connection; it is opened again when it is needed."""
        open_one = self._kept()
        if open_one is not None:
            open_one.close()
        self._own.kept = None

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
            connection = self._kept()
            is_kept = connection is not None
            if connection is None:
                connection = self._opened()
            left = end - time.monotonic()
            limit = min(left, self.timeout if timeout is None else left)
            connection.timeout = max(limit, 0.001)
            try:
                if connection.sock is not None:
                    connection.sock.settimeout(connection.timeout)
                connection.request(method, self._base + path, body, self._headers(body, media_type))
                response = connection.getresponse()
                data = _unpacked(response.read(), response.headers.get("Content-Encoding", ""))
                if response.will_close:
                    self.close()
                return response.status, response.headers, data
            except _STALE as error:
                self.close()
                if not (again and is_kept):
                    raise self._gone(error, not again) from error
            except TimeoutError as error:
                self.close()
                if timeout is not None:
                    raise SearchTimeout(f"no answer came within {timeout:g} s", timeout) from error
                raise ServerUnavailableError(
                    f"{self.url} did not answer within {self.timeout:g} s; give the client more time, or ask "
                    f"for less"
                ) from error
            except (OSError, http.client.HTTPException) as error:
                self.close()
                raise self._gone(error, not again) from error
            except BaseException:
                self.close()  # what was asked may still come
                raise

    def _kept(self) -> http.client.HTTPConnection | None:
        """This thread's connection, unless another process opened it."""
        kept = getattr(self._own, "kept", None)
        if kept is None:
            return None
        process, connection = kept
        return connection if process == os.getpid() else None

    def _opened(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._is_secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=self.timeout)
        self._own.kept = (os.getpid(), connection)
        return connection

    def _headers(self, body: object, media_type: str) -> dict[str, str]:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "User-Agent": f"searchlib/{__version__}",
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

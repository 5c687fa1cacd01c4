"""Who a server without keys listens to: this machine's programs and the pages that it serves itself.

Any page in a browser may send requests to 127.0.0.1, and one whose name is turned to that address (DNS
rebinding) may read the answers. So the name in Host has to be one of this machine's, and what changes
anything must not come from another page. A server with keys needs neither: no page knows the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..problems import ProblemError

if TYPE_CHECKING:
    from starlette.types import Scope

LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_FORWARDED = frozenset((b"forwarded", b"x-forwarded-for", b"x-forwarded-host"))


_ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?")
_NAME = re.compile(r"[\w.-]+|\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\]?", re.ASCII)
_PORTS = {"http": "80", "https": "443"}


def checked_origin(text: str) -> str:
    """An origin as browsers send it, or *; ValueError for what no browser sends, so that it never helps."""
    found = _ORIGIN.fullmatch(text)
    is_origin = found is not None and (found[2] is None or found[2] != _PORTS.get(found[1]))
    if text != "*" and not is_origin:
        raise ValueError(
            f"--cors takes * or an origin as browsers send it, https://shop.example or "
            f"http://localhost:3000: in small letters of ASCII, with the scheme, without the port that goes "
            f"with it, without a path; got {text!r:.100}"
        )
    return text


def checked_name(text: str) -> str:
    """A name of a server; ValueError for what no request has as one."""
    if not _NAME.fullmatch(text):
        raise ValueError(
            f"--allow-host takes a name like search.example.org or an address, without a scheme, a port and "
            f"a path, got {text!r:.100}"
        )
    return text


class HostCheck:
    """names: further names of this server; origins: pages of others that may ask.

    is_keyless: whether the server has no keys. With keys, names are looked at only if there are any.
    """

    def __init__(self, names: Iterable[str], origins: Iterable[str], bound: str, is_keyless: bool) -> None:
        self._origins, self._is_keyless = frozenset(origins), is_keyless
        given = frozenset(name.lower().strip("[]") for name in names)
        self._is_told = bool(given)
        local = LOCAL | {bound.lower()} if is_keyless or given else frozenset[str]()
        self._names = local | given
        self._last_own = b""  # the Host that was found to be ours last: mostly the next one

    def check(self, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        """A Problem for a request that is not listened to. headers: each as it stands there first."""
        host = headers.get(b"host")
        if host is None and scope["http_version"] == "1.1":
            raise ProblemError(400, "BadRequest", "The request has no Host", "HTTP/1.1 asks for one")
        if host is not None and host != self._last_own and self._names:
            if not self._is_own(host.decode("latin-1")):
                raise self._misdirected(host.decode("latin-1"))
            self._last_own = host
        if not self._is_keyless:
            return
        if not self._is_told and not _FORWARDED.isdisjoint(headers):
            detail = (
                "the request came through a proxy, so that others may reach this server; give it keys "
                "(--key, --keys), or say that they may by --allow-host"
            )
            raise ProblemError(403, "Forwarded", "The server has no keys", detail)
        if scope["method"] not in _SAFE:
            text = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
            self._check_origin(text, text.get("host"))

    def _misdirected(self, host: str) -> ProblemError:
        detail = (
            f"the request is for {host!r:.100}, and this server is {', '.join(sorted(self._names))}; "
            f"start it with --allow-host to give it another name"
        )
        return ProblemError(421, "Misdirected", "Not a name of this server", detail)

    def _check_origin(self, headers: Mapping[str, str], host: str | None) -> None:
        origin = headers.get("origin")
        if origin is None:
            if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
                return
        elif origin in self._origins or "*" in self._origins or origin.partition("://")[2] == host:
            return
        detail = (
            f"the request comes from a page of {(origin or 'another site')!r:.100}; "
            f"--cors names pages that may ask"
        )
        raise ProblemError(403, "ForeignPage", "Not from the pages of others", detail)

    def _is_own(self, host: str) -> bool:
        name = host.lower()
        if name.startswith("["):
            name, closed, _ = name[1:].partition("]")
            name = name if closed else ""
        elif ":" in name:
            name = name.rpartition(":")[0]
        name = name.rstrip(".")
        return name in self._names or name.endswith(".localhost")

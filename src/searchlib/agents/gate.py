"""Who may ask a server over HTTP: whoever has a key, and no page of another site in somebody's browser.

A page that has its own name resolve to this machine (DNS rebinding) sends that name as the host: it is known
by that, whatever port it is at. Nothing of MCP is known here.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_HERE = ("localhost",)
_ALLOW = "start it with --allow-host NAME"


class Gate:
    """keys: one of them is asked for, as `Authorization: Bearer KEY`; none: nobody is asked. hosts: names
    that the server is called by, besides localhost and addresses in numbers."""

    def __init__(self, keys: Iterable[str] = (), hosts: Iterable[str] = ()) -> None:
        self._keys = [sha256(key.encode()).digest() for key in keys]
        self._hosts = {*_HERE, *(host.lower() for host in hosts)}

    async def lets_through(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether the request may pass; if not, it has been answered."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if not self._is_ours(f"//{host}"):
            message = f"this server is not called {host[:80]!r}: ask it by its address, or {_ALLOW}"
            await refuse(send, 421, message)
        elif origin is not None and not self._is_friend(origin, f"//{host}"):
            message = f"pages of {origin[:80]!r} may not ask this server; if they may, {_ALLOW}"
            await refuse(send, 403, message)
        elif self._keys and not self._has_key(headers.get(b"authorization", "")):
            await refuse(send, 401, "this server wants a key, as the header Authorization: Bearer KEY")
        else:
            return True
        return False

    def _is_ours(self, url: str) -> bool:
        """Whether a name is one of the server's, or an address, which nobody's DNS can point elsewhere."""
        host = _host_of(url)
        return host in self._hosts or _address(host) is not None

    def _is_friend(self, origin: str, url: str) -> bool:
        """Whether a page of that origin may ask: one of this machine, or of the server itself."""
        host = _host_of(origin)
        return bool(host) and (host in self._hosts or is_loopback(host) or host == _host_of(url))

    def _has_key(self, header: str) -> bool:
        """Compared with each key, in a time that tells nothing of them."""
        scheme, _, given = header.partition(" ")
        digest = sha256(given.strip().encode("latin-1")).digest()
        matches = [hmac.compare_digest(digest, key) for key in self._keys]
        return scheme.lower() == "bearer" and any(matches)


async def refuse(send: Send, status: int, message: str) -> None:
    """Answer a request with an error, as JSON."""
    body = json.dumps({"error": message}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="searchlib"'))
    if status == 405:
        headers.append((b"allow", b"POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine can connect to that address."""
    address = _address(host)
    return host.lower() in _HERE if address is None else address.is_loopback


def _host_of(url: str) -> str:
    """The host that a URL names, in small letters; "" if it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None

"""Where a server listens: addresses, a port that is free, a socket in the file system.

What others can reach is not opened without a key, whatever name the address goes by.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import socket
import stat
from collections.abc import Sequence

from ...errors import SearchlibError
from ..settings import Settings

_BACKLOG = 1024
_SOCKET_MODE = 0o660


class ListenError(SearchlibError):
    """A server that cannot listen where it should, or must not."""


def listen(settings: Settings) -> list[socket.socket]:
    """Sockets that listen. ListenError says what is in the way."""
    if settings.unix is not None:
        return [_listen_in_files(settings.unix)]
    addresses = _addresses(settings.host, settings.port)
    reachable = [address for _, address in addresses if not is_loopback(address[0])]
    if reachable and not settings.keys:
        raise ListenError(
            f"{settings.host} can be reached by others, and the server has no key; `searchlib serve "
            f"--make-key` makes one, --key or --keys FILE gives it; or listen on 127.0.0.1"
        )
    return _listen_on(settings.host, settings.port, addresses)


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def address_of(bound: Sequence[socket.socket], settings: Settings) -> str:
    """What to open in a browser, with the port that was chosen."""
    if settings.unix is not None:
        return f"unix:{settings.unix}"
    port = bound[0].getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}/"


def _addresses(host: str, port: int) -> list[tuple[int, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise ListenError(f"there is no address {host!r:.100} to listen on: {error}") from None
    seen: dict[tuple[int, str], tuple[int, tuple[str, int]]] = {}
    for family, _, _, _, address in found:
        if family in (socket.AF_INET, socket.AF_INET6):
            seen.setdefault((family, str(address[0])), (family, address))  # type: ignore[arg-type]
    return list(seen.values())


def _listen_on(host: str, port: int, addresses: Sequence[tuple[int, tuple[str, int]]]) -> list[socket.socket]:
    bound: list[socket.socket] = []
    try:
        for family, address in addresses:
            if bound and port == 0:  # `localhost` is two addresses, and one port for both
                address = (address[0], bound[0].getsockname()[1], *address[2:])
            try:
                bound.append(_listen_at(family, address))
            except OSError as error:
                if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT) and len(addresses) > 1:
                    continue  # a machine without IPv6
                raise
        if not bound:
            raise ListenError(f"none of the addresses of {host} is this machine's")
    except BaseException as error:
        for each in bound:
            each.close()
        if isinstance(error, OSError):
            raise ListenError(_why_not(host, port, error)) from None
        raise
    return bound


def _listen_at(family: int, address: tuple[str, int]) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
        made.listen(_BACKLOG)
        made.setblocking(False)
    except BaseException:
        made.close()
        raise
    return made


def _why_not(host: str, port: int, error: OSError) -> str:
    where = f"port {port} of {host}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is taken by another program; give another by --port, or 0 for any that is free"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{where} is not for this user: below 1024 it takes a right of its own; give a higher one"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine"
    return f"cannot listen on {where}: {error.strerror or error}"


def _listen_in_files(path: str) -> socket.socket:
    """A socket for this user and this group; one that nobody listens on any more is replaced."""
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if os.path.lexists(path):
            if not stat.S_ISSOCK(os.lstat(path).st_mode):
                raise ListenError(f"{path} is there already, and is no socket")
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
                try:
                    other.connect(path)
                except OSError:
                    os.unlink(path)  # noqa: PTH108
                else:
                    raise ListenError(f"another program listens on {path}")
        before = os.umask(0o777 & ~_SOCKET_MODE)
        try:
            made.bind(path)
        finally:
            os.umask(before)
        made.listen(_BACKLOG)
        made.setblocking(False)
    except BaseException as error:
        made.close()
        if isinstance(error, OSError):
            raise ListenError(f"cannot listen on {path}: {error.strerror or error}") from None
        raise
    return made


def forget(settings: Settings) -> None:
    """Remove the socket from the file system."""
    if settings.unix is not None:
        with contextlib.suppress(OSError):
            os.unlink(settings.unix)  # noqa: PTH108

"""Where replicas listen: TCP by host and port, or a socket in the file system; and the file that lists them.

The file is JSON or TOML, by its ending:

    {"authkey": "…", "shards": [["unix:/run/searchlib/0.0", "10.0.0.7:7801"], ["10.0.0.8:7801"]]}

one list of replicas for each shard. Who has the key may ask; it is a secret of both sides, and not sent.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import ClusterError, brief

UNIX = "unix:"
_MAX_BYTES = 16 << 20


class Address(NamedTuple):
    """`host` and `port`, or the `path` of a socket in the file system."""

    host: str = ""
    port: int = 0
    path: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Of "HOST:PORT" ("[::1]:7801", too) or "unix:PATH". ClusterError: it is neither."""
        if text.startswith(UNIX) and len(text) > len(UNIX):
            return cls(path=text[len(UNIX) :])
        host, colon, port = text.rpartition(":")
        if not (host and colon and port.isascii() and port.isdigit() and int(port) < 1 << 16):
            raise ClusterError(f"expected HOST:PORT or unix:PATH, got {brief(text)}")
        return cls(host.removeprefix("[").removesuffix("]"), int(port))

    def __str__(self) -> str:
        if self.path:
            return UNIX + self.path
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def listen(self) -> socket.socket:
        """A socket that listens there; port 0 is any free one."""
        if self.path:
            listener = socket.socket(socket.AF_UNIX)
            try:
                Path(self.path).unlink(missing_ok=True)  # of a process that was killed
                listener.bind(self.path)
                listener.listen(128)
            except OSError:
                listener.close()
                raise
            return listener
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        return socket.create_server((self.host, self.port), family=family, backlog=128)

    def connect(self, seconds: float) -> socket.socket:
        """A socket that is connected there. OSError: nobody listens, or nothing came in that time."""
        if self.path:
            connected = socket.socket(socket.AF_UNIX)
            try:
                connected.settimeout(seconds)
                connected.connect(self.path)
            except OSError:
                connected.close()
                raise
        else:
            connected = socket.create_connection((self.host, self.port), seconds)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected.settimeout(None)
        return connected


class Addresses(NamedTuple):
    """What a file of addresses says: the replicas of each shard, and the key of all."""

    shards: tuple[tuple[Address, ...], ...]
    authkey: bytes


def read_addresses(path: str) -> Addresses:
    """A file of addresses. ClusterError: it cannot be one; OSError: it cannot be read."""
    with Path(path).open("rb") as file:
        data = file.read(_MAX_BYTES + 1)
    kind = "TOML" if path.endswith(".toml") else "JSON"
    wanted = (
        f"{path} is no index, which is a folder, and no file of addresses: expected "
        f'{{"authkey": TEXT, "shards": [[ADDRESS, …], …]}} in {kind}'
    )
    if len(data) > _MAX_BYTES:
        raise ClusterError(f"{wanted}, got more than {_MAX_BYTES:,} bytes")
    try:
        value = _toml(data) if kind == "TOML" else json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ClusterError(f"{wanted}, got {brief(data.decode(errors='replace'))} ({error})") from None
    try:
        shards, key = value["shards"], value["authkey"]
        lists = tuple(tuple(map(Address.parse, shard)) for shard in shards)
    except (KeyError, TypeError, AttributeError):
        raise ClusterError(f"{wanted}, got {brief(value)}") from None
    if not lists or not all(lists) or not isinstance(key, str) or not key:
        raise ClusterError(f"{path}: expected a key, a shard at least, and a replica of each")
    return Addresses(lists, key.encode())


def write_addresses(path: str, addresses: Addresses) -> None:
    """Written whole or not at all, for its owner alone to read."""
    shards = [[str(address) for address in shard] for shard in addresses.shards]
    text = json.dumps({"authkey": addresses.authkey.decode(), "shards": shards}, indent=1)
    temporary = f"{path}.{os.getpid()}.{os.urandom(4).hex()}"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _toml(data: bytes) -> Any:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(data.decode())

"""A server's indexes by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..arguments import checked_number
from ..errors import ServerAddressError
from .connection import Connection
from .remote import RemoteIndex


class Client(Mapping[str, RemoteIndex]):
    """A `searchlib serve`, asked over HTTP: a mapping from names to its indexes.

    url: http://host:port, or https. key: what `searchlib serve --key` asks for. timeout: seconds to wait for
    an answer, where the call itself says none. Connections stay open for what is asked next.

    ServerUnavailableError where it cannot be reached, AccessDeniedError for a key that it does not take.
    """

    def __init__(self, url: str, key: str | None = None, timeout: float = 30.0) -> None:
        checked_number("timeout", timeout)
        if not timeout > 0:
            raise ValueError(f"timeout is a number of seconds above 0, got {timeout!r}")
        self._connection = Connection(url, key, float(timeout))

    def index(self, name: str) -> RemoteIndex:
        """The index of that name. Nothing is asked yet: IndexNotFoundError comes with the first question."""
        return RemoteIndex(self._connection, name)

    def indexes(self) -> list[dict[str, Any]]:
        """The indexes that are served: each one's name, number of documents, and fields."""
        found: list[dict[str, Any]] = self._connection.ask("GET", "/v1/indexes")["indexes"]
        return found

    def health(self) -> dict[str, Any]:
        """That the server answers, and its version."""
        found: dict[str, Any] = self._connection.ask("GET", "/health")
        return found

    def close(self) -> None:
        """Close the connections that wait; the next question opens one again."""
        self._connection.close()

    def __getitem__(self, name: str) -> RemoteIndex:
        return self.index(name)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        path = f"/v1/indexes/{quote(name, safe='')}"
        return self._connection.ask("GET", path, missing="IndexNotFoundError") is not None

    def __iter__(self) -> Iterator[str]:
        return iter([one["name"] for one in self.indexes()])

    def __len__(self) -> int:
        return len(self.indexes())

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<Client {self._connection.url}>"


def opened(url: str, key: str | None = None, timeout: float = 30.0) -> RemoteIndex:
    """The index at http://host:port/name. IndexNotFoundError, ServerUnavailableError."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ServerAddressError(f"{url!r:.200} is no URL: {error}") from None
    base, _, name = parts.path.rstrip("/").rpartition("/")
    if not name:
        raise ServerAddressError(
            f"the URL of an index ends with its name, like http://127.0.0.1:7700/main, got {url!r:.200}"
        )
    client = Client(parts._replace(path=base).geturl(), key, timeout)
    index = client.index(unquote(name))
    index.refresh()
    return index

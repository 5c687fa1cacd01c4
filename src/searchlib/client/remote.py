"""An index that a server has, with the methods and the types of a local one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from ..errors import SchemaError, ServerError
from ..indexing.documents import MAX_ID_BYTES
from ..schema import ID, DocumentId, Schema, id_of
from ..sources.holdings import Holding
from ..wire.documents import document_of_json
from .asking import RemoteAsking
from .connection import Connection
from .found import Body
from .writer import RemoteWriter

if TYPE_CHECKING:
    from types import TracebackType

_PAGE = 1000
"""Documents of one request."""


class RemoteIndex(RemoteAsking):
    """An index of a server: `Client(url)["name"]`, or `searchlib.open("http://host:port/name")`.

    It has what an Index has for reading, with the same arguments, types and errors, and a writer. A call is a
    request or a few, answered as of the server's last commit; `ids`, `terms` and going through the documents
    ask as they go. ServerUnavailableError where the server cannot be reached. Safe to share between threads.
    A pickle has the URL and the key.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection, self.name = connection, name
        self._path = f"/v1/indexes/{quote(name, safe='')}"
        self._schemas: dict[str, Schema] = {}
        self._known = ""
        self._generation: int | None = None
        self._analyzers: dict[str, str] = {}

    # ---- an object like others

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{self._connection.url}/{quote(self.name, safe='')}"

    def close(self) -> None:
        """Close the connections that wait; the next question opens one again."""
        self._connection.close()

    def __enter__(self) -> RemoteIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        connection = self._connection
        return _reopened, (connection.url, connection.key, connection.timeout, self.name)

    def __repr__(self) -> str:
        return f"<RemoteIndex {self.url}>"

    # ---- what is known of it

    @property
    def schema(self) -> Schema:
        """The index's fields, as of the last answer; `refresh` asks for them anew."""
        if not self._known:
            self._look()
        return self._schemas[self._known]

    @property
    def generation(self) -> int:
        """The number of the commit that the server shows: each commit has a larger one than those before."""
        return int(self._look()["generation"])

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What a writer's `metadata` kept with the index."""
        found: dict[str, Any] = self._get("/metadata")
        return found

    def stats(self) -> dict[str, Any]:
        """Numbers of the index: documents, segments, bytes, and of each field terms, forms, length."""
        found: dict[str, Any] = self._get("/stats")
        return found

    def refresh(self) -> bool:
        """Ask for the fields anew; whether there was a commit since that was done last.

        Other answers are as of the last commit anyway.
        """
        before = self._generation
        return bool(self._look()["generation"] != before)

    # ---- documents

    def get(self, document_id: DocumentId) -> dict[str, Any] | None:
        """The stored fields of a document, its id among them; None if there is no such document."""
        name = _sendable(id_of(document_id))
        if name is None:
            return None
        path = f"{self._path}/documents/{_in_path(name)}"
        found = self._connection.ask("GET", path, missing="DocumentNotFound")
        return None if found is None else {ID: name, **document_of_json(found["fields"], self.schema)}

    def ids(self, prefix: str = "") -> Iterator[str]:
        """The ids that begin so, lazily, in the order in which their documents were added."""
        if _sendable(prefix) is None and prefix:
            return
        for page in self._pages({"prefix": prefix}):
            yield from page["ids"]

    def __contains__(self, document_id: object) -> bool:
        name = _sendable(id_of(document_id))
        return name is not None and bool(self._get(f"/documents?{urlencode({'id': name})}")["ids"])

    def __len__(self) -> int:
        return int(self._look()["documents"])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The stored fields of every document, in the order in which they were added."""
        schema = self.schema
        for page in self._pages({"content": "true"}):
            for name, document in zip(page["ids"], page["documents"], strict=True):
                yield {ID: name, **document_of_json(document, schema)}

    def holdings(self) -> list[Holding]:
        """The folders of the server that the index was made from, as `searchlib.holdings` has them."""
        return [Holding(**one) for one in self._get("/holdings")["holdings"]]

    def _pages(self, asked: dict[str, str]) -> Iterator[Body]:
        asked = {**asked, "limit": str(_PAGE)}
        while True:
            page: Body = self._get(f"/documents?{urlencode(asked)}")
            yield page
            if page["cursor"] is None:
                return
            asked["after"] = page["cursor"]

    def writer(self) -> RemoteWriter:
        """A writer: its changes are kept here and sent with its commit, all of them or none.

        As a context manager it commits on success. Others may write meanwhile: nothing is locked.
        """
        return RemoteWriter(self, self._send)

    # ---- requests

    def _send(self, changes: Any) -> dict[str, Any]:
        done: dict[str, Any] = self._connection.send(
            "POST", f"{self._path}/changes", changes, "application/x-ndjson"
        )
        return done

    def _get(self, path: str) -> Any:
        return self._connection.ask("GET", self._path + path)

    def _post(self, path: str, body: Body, missing: str = "") -> Any:
        return self._connection.ask("POST", self._path + path, body, body.get("timeout"), missing)

    @property
    def _fingerprint(self) -> str:
        return self._known

    @property
    def _rules(self) -> Mapping[str, str]:
        return self._analyzers

    def _look(self) -> Body:
        found: Body = self._get("/schema")
        self._learn(found["fingerprint"], found["fields"])
        self._generation, self._analyzers = found["generation"], found["analyzers"]
        return found

    def _schema_of(self, answer: Body) -> Schema:
        return self._learn(answer["schema_fingerprint"], answer.get("schema"))

    def _learn(self, fingerprint: str, fields: Any) -> Schema:
        if fingerprint not in self._schemas:
            try:
                self._schemas[fingerprint] = Schema.from_dict(fields)
            except (SchemaError, TypeError) as error:
                raise ServerError(
                    f"the server's index has fields that are not known here: {error}"
                ) from error
        self._known = fingerprint
        return self._schemas[fingerprint]


def _sendable(name: object) -> str | None:
    """An id that a document can have; None for what none has."""
    if not isinstance(name, str) or not name:
        return None
    try:
        return name if len(name.encode()) <= MAX_ID_BYTES else None
    except UnicodeEncodeError:
        return None


def _in_path(name: str) -> str:
    """An id as a part of a path, which nobody takes for a way up."""
    return name.replace(".", "%2E") if name in (".", "..") else quote(name, safe="")


def _reopened(url: str, key: str | None, timeout: float, name: str) -> RemoteIndex:
    return RemoteIndex(Connection(url, key, timeout), name)

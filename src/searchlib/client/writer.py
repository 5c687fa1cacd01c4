"""The writer of a remote index: changes are checked and kept here, and go to the server in one commit."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ClosedError, DocumentError, brief
from ..indexing.adapting import as_mapping
from ..indexing.adding import OnError, Refused, added
from ..indexing.committing import Committing
from ..indexing.documents import DocumentEncoder, check_rest_is_stored
from ..query.conditions import F, Filter
from ..schema import ID, DocumentId, Schema, id_of
from ..storage.columns import ColumnsWriter
from ..storage.documents import DocumentsWriter
from ..wire.scalars import clean

if TYPE_CHECKING:
    from ..search.results import Results


class Searched(Protocol):
    """What a writer asks of its index."""

    @property
    def schema(self) -> Schema: ...

    def __contains__(self, document_id: object) -> bool: ...

    def search(
        self,
        query: str,
        limit: int | None = 10,
        *,
        ranking: str = "default",
        strict: bool = False,
        filter: Filter | None = None,
        count: bool = False,
    ) -> Results: ...


_IN_MEMORY = 16 << 20


class _Nowhere:
    """Where an encoder that only checks writes."""

    def begin(self, part: str) -> None:
        pass

    def write(self, data: bytes | bytearray | memoryview) -> None:
        pass


class RemoteWriter(Committing):
    """Made by RemoteIndex.writer(). As a context manager it commits on success, and forgets on an exception.

    add, update and delete check what they are given, and keep it; commit sends all of it, and the server does
    all of it or nothing. Documents need ids. A commit is not sent twice: ServerUnavailableError says where it
    is not known whether it was done; the changes are kept then.
    """

    def __init__(self, index: Searched, send: Callable[[Any], dict[str, Any]]) -> None:
        self._index, self._send = index, send
        self.schema = index.schema
        self._encoder = _Checker(self.schema)
        self._is_closed = False
        self._begin()

    def _begin(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (close() does)
        self._there: dict[str, bool] = {}
        self._queries: list[str] = []
        self._has_changes = False

    # ---- documents

    def add(self, document: object) -> str:
        """Add a document, in place of the one with the same id if there is one; returns the id.

        DocumentError for one that does not fit the schema, or has no id; see IndexWriter.add.
        """
        self._require_open()
        name, values = self._encoder.checked(document)
        self._write({"add": {ID: name, **values}})
        self._there[name] = True
        return name

    def add_many(self, documents: Iterable[object], on_error: OnError = "raise") -> list[Refused]:
        """Add documents from any iterable; returns those that were refused. See IndexWriter.add_many."""
        return added(self.add, documents, on_error)

    def update(self, document_id: DocumentId, /, **fields: Any) -> None:
        """Change some fields of a stored document; a field set to None goes away. See IndexWriter.update."""
        self._require_open()
        name = id_of(document_id)
        check_rest_is_stored(self.schema, fields)
        if not self._is_there(name):
            raise DocumentError(f"there is no document {name!r} to update; add() it")
        _, values = self._encoder.checked({ID: name, **fields})
        gone = {each: None for each, value in fields.items() if value is None}
        self._write({"update": {ID: name, **values, **gone}})

    def delete(self, document_id: DocumentId) -> bool:
        """Delete a document by its id; False if there is none. The server is asked whether there is."""
        self._require_open()
        name = id_of(document_id)
        if not self._is_there(name):
            return False
        self._write({"delete": name})
        self._there[name] = False
        return True

    def delete_by_query(self, query: str) -> int:
        """Delete all documents that match as of the commit; returns how many do now.

        Only where nothing else is to be written yet: what was added before cannot be counted here. Commit it.
        """
        self._require_open()
        if not isinstance(query, str):
            raise TypeError(f"query is a string, got {type(query).__name__}: {brief(query)}")
        if self._has_changes:
            raise DocumentError(
                "delete_by_query() counts the documents of the server, and what was changed before is not "
                "there yet; call it first, or commit() before it"
            )
        found = self._index.search(query, 0, strict=True, ranking="bm25", count=True).total
        self._write({"delete_by_query": clean(query)})
        self._queries.append(query)
        return found

    # ---- transactions

    def commit(self, *, merge: bool = True) -> None:
        """Have the server make all changes durable and visible, in one commit.

        merge: the server merges as it sees fit. DocumentError, QueryError, LockError: nothing was written,
        and the changes are kept. ServerUnavailableError: see the class.
        """
        self._require_open()
        if not self._has_changes:
            return
        self._file.seek(0)
        try:
            self._send(self._file)
        except BaseException:
            self._file.seek(0, 2)
            raise
        self._file.close()
        self._begin()

    def rollback(self) -> None:
        """Forget all changes since the last commit. The writer stays open."""
        self._require_open()
        self._file.close()
        self._begin()

    def close(self) -> None:
        """Forget what was not committed."""
        self._file.close()
        self._is_closed = True

    def _require_open(self) -> None:
        if self._is_closed:
            raise ClosedError("the writer was closed; make another one: index.writer()")

    def _is_there(self, name: str) -> bool:
        if name in self._there:
            return self._there[name]
        if name not in self._index:
            return False
        own = F.id == name
        return not any(self._index.search(query, 1, filter=own, strict=True) for query in self._queries)

    def _write(self, change: dict[str, Any]) -> None:
        try:
            line = json.dumps(change, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        except ValueError:
            raise DocumentError("an infinite number cannot be sent; leave the value out") from None
        self._file.write(line + b"\n")
        self._has_changes = True


class _Checker:
    """Refuses what an index of that schema refuses, and makes JSON of the rest."""

    def __init__(self, schema: Schema) -> None:
        self._encoder = DocumentEncoder(schema)
        self._documents = DocumentsWriter(_Nowhere(), schema.encoded_kinds, worker=False)
        self._columns = ColumnsWriter(schema.column_kinds, schema.folded_columns)

    def checked(self, document: object) -> tuple[str, dict[str, Any]]:
        """Its id and its values; DocumentError."""
        name = self._encoder.encode(document, self._documents, self._columns).id
        if name is None:
            raise DocumentError("a document that is sent to a server needs an id; give it one")
        given: Mapping[str, Any] = as_mapping(document)
        values = {each: _as_json(value) for each, value in self._encoder.accepted(given).items()}
        return name, {each: value for each, value in values.items() if each != ID and value is not None}


def _as_json(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return list(map(_as_json, value))
    return value.isoformat() if hasattr(value, "isoformat") else value

"""A collection as one index: the same questions, types and answers, whatever the number of shards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..analyzers import field_analyzers
from ..asking import Asking
from ..errors import ClosedError
from ..schema import DocumentId, Schema, id_of
from .asking import Shards
from .searcher import CollectionSearcher
from .snapshot import RemoteSnapshot

if TYPE_CHECKING:
    from types import TracebackType

    from .fleets.fleet import Fleet


class Collection(Asking):
    """The collection that a fleet of workers serves, as of the version that it showed last.

    It has what an Index has for reading. Scores, orders, facets and totals are those of one index with all
    the documents, bit for bit; what it does not have is refused by name (QueryError). Safe to share between
    threads. fleet: is closed with it.
    """

    def __init__(self, fleet: Fleet) -> None:
        self._fleet: Fleet | None = fleet
        self._show(fleet)

    def _show(self, fleet: Fleet) -> None:
        shards = Shards(fleet, fleet.version)
        schema_data, metadata = shards.one(0, ["about"])
        schema = Schema.from_dict(schema_data)
        self._current = CollectionSearcher(schema, field_analyzers(schema), RemoteSnapshot(shards))
        self._metadata: dict[str, Any] = metadata

    @property
    def _searcher(self) -> CollectionSearcher:
        if self._fleet is None:
            raise ClosedError("the collection was closed; open it again")
        return self._current

    @property
    def schema(self) -> Schema:
        return self._searcher.schema

    @property
    def metadata(self) -> Mapping[str, Any]:
        return self._metadata

    @property
    def version(self) -> int:
        """The version of the collection that is shown."""
        return self._searcher.version

    def refresh(self) -> bool:
        """Move to the version that all shards have now; False if it is shown already."""
        fleet = self._fleet
        if fleet is None or fleet.version == self.version:
            return False
        self._show(fleet)
        return True

    def get(self, document_id: DocumentId) -> dict[str, Any] | None:
        """The stored fields of a document, its id among them; None if there is no such document."""
        searcher = self._searcher
        doc = searcher.find(id_of(document_id))
        return None if doc is None else {"id": searcher.document_id(doc), **searcher.stored(doc)}

    def ids(self, prefix: str = "") -> Iterator[str]:
        """The ids that begin so, lazily, in the order in which their documents were added."""
        searcher = self._searcher
        found = (searcher.document_id(doc) for doc in searcher.live_docs())
        return (document_id for document_id in found if document_id.startswith(prefix))

    def stats(self) -> dict[str, Any]:
        """Numbers of this version: documents, shards, and of each field documents and average length."""
        searcher = self._searcher
        return {
            "num_docs": len(searcher),
            "num_deleted": searcher.core.num_docs - len(searcher),
            "num_shards": searcher.num_shards,
            "version": searcher.version,
            "fields": {
                name: _of_field(*searcher.core.totals(number))
                for number, name in enumerate(searcher.schema.searched_fields)
            },
        }

    def __contains__(self, document_id: object) -> bool:
        return self._searcher.find(id_of(document_id)) is not None

    def __len__(self) -> int:
        return len(self._searcher)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The stored fields of every document, in the order in which they were added."""
        searcher = self._searcher
        return ({"id": searcher.document_id(doc), **searcher.stored(doc)} for doc in searcher.live_docs())

    def close(self) -> None:
        """Let go of the workers; all else is a ClosedError."""
        fleet, self._fleet = self._fleet, None
        if fleet is not None:
            fleet.close()

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._fleet is None:
            return "<Collection: closed>"
        return f"<Collection: {len(self)} documents in {self._searcher.num_shards} shards>"


def _of_field(num_docs: int, total_length: int) -> dict[str, Any]:
    return {"num_docs": num_docs, "average_length": total_length / num_docs if num_docs else 0.0}

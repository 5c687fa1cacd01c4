"""What an index holds: its documents, by their ids and in the order in which they were added."""

from __future__ import annotations

from .asking import Asking
from .lean import TYPE_CHECKING
from .schema import DocumentId, id_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Holding(Asking):
    """A mapping from ids to stored fields, which is asked as well; of one index, or of several shards."""

    def get(self, document_id: DocumentId) -> dict[str, Any] | None:
        """The stored fields of a document, its id among them; None if there is no such document."""
        searcher = self._searcher
        doc = searcher.find(id_of(document_id))
        return None if doc is None else {"id": searcher.document_id(doc), **searcher.stored(doc)}

    def ids(self, prefix: str = "") -> Iterator[str]:
        """The ids that begin so, lazily, in the order in which their documents were added."""
        searcher = self._searcher
        for doc in searcher.live_docs():
            document_id = searcher.document_id(doc)
            if document_id.startswith(prefix):
                yield document_id

    def __contains__(self, document_id: object) -> bool:
        return self._searcher.find(id_of(document_id)) is not None

    def __len__(self) -> int:
        return len(self._searcher)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The stored fields of every document, in the order in which they were added."""
        searcher = self._searcher
        for doc in searcher.live_docs():
            yield {"id": searcher.document_id(doc), **searcher.stored(doc)}

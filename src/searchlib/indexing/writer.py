"""IndexWriter: adds and deletes documents, and commits them.

One transaction at a time: all of it is in the index after commit(), none before.

It holds the writer's lock and says what may be called when; transaction.py does the work. Of queries it knows
only how to ask which documents match one.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from ..arguments import checked_number
from ..errors import DocumentError
from ..forks import renew_locks_in_children
from ..schema import ID, DocumentId, Field, Schema
from ..storage.directory import Directory
from ..storage.manifest import read_manifest
from ..storage.segment_writer import SegmentWriter
from .adding import OnError, Refused, added
from .committing import Committing
from .documents import check_rest_is_stored, required_id
from .effort import effort
from .fields import with_field, without_field
from .transaction import Transaction
from .working import WorkingSegment

Matcher: TypeAlias = Callable[[str, list[WorkingSegment]], list[list[int]]]
"""A query and the segments to the documents that match, by segment. The index supplies it."""


class IndexWriter(Committing):
    """Made by Index.writer(). As a context manager it commits on success and rolls back on an exception.

    memory_mb: megabytes of documents kept in memory before they are written out as a segment (not committed);
        half of it at least is for documents, also where many fields take more than that by themselves.
    threads: how many scan documents beside the caller's, and help it to write segments and to join them. The
        index has the same bytes for any number.
    timeout: seconds to wait for another writer; LockError after that.

    Raises LockError, and AnalyzerMismatchError where the index was made with other dictionaries or rules.
    Methods may be called from several threads; they wait for each other.
    """

    def __init__(
        self,
        directory: Directory,
        matcher: Matcher,
        *,
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        on_commit: Callable[[], object] | None = None,
    ) -> None:
        checked_number("timeout", timeout)
        allowed = effort(memory_mb, threads)
        self._matcher, self._on_commit = matcher, on_commit
        self.renew_locks()
        self._lock = directory.lock(timeout)
        try:
            self._transaction = Transaction(directory, read_manifest(directory), allowed)
        except BaseException:
            self._lock.release()
            raise
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """For forked children, where this writer is closed: see searchlib.forks."""
        self._mutex = threading.RLock()

    @property
    def schema(self) -> Schema:
        """The index's."""
        return self._transaction.schema

    @property
    def metadata(self) -> dict[str, Any]:
        """JSON that users keep in the index: change it, and commit."""
        return self._transaction.metadata.value

    @metadata.setter
    def metadata(self, value: dict[str, Any]) -> None:
        self._transaction.metadata.value = value

    # ---- documents

    def add(self, document: object) -> str:
        """Add a document, in place of the one with the same id if there is one; returns the id.

        document: a mapping from field to value, or an object with named fields: a dataclass, a model of
            pydantic or attrs, a named tuple, a sqlite3.Row. A field takes one value, a list or set of them,
            or None for none. An id may be an int or a UUID, which become strings. A date may be a string of
            ISO 8601, and a datetime without a time zone is one in UTC. A number may be a Decimal.

        A document without "id" gets its insertion number. It has at most 64 MiB, all its fields together as
        JSON in UTF-8, and a field at most 4,194,304 values; an id has 1 to 4,096 bytes, a keyword at most
        32,766. DocumentError: it does not fit the schema or these limits; nothing was changed. OSError: what
        was added before could not be written; this document was not taken, those before it were, and the
        call may be repeated.
        """
        with self._mutex:
            self._require_open()
            return self._transaction.add(document)

    def add_many(self, documents: Iterable[object], on_error: OnError = "raise") -> list[Refused]:
        """Add documents from any iterable, holding one at a time; returns those that were refused.

        on_error: "raise" stops at the first refused one (those before it stay added), "skip" goes on, a
            callable is told each. An OSError ends it at a document that was not taken; see add().
        """
        return added(self.add, documents, on_error)

    def update(self, document_id: DocumentId, /, **fields: Any) -> None:
        """Change some fields of a stored document; a field set to None goes away.

        DocumentError: no such document, or a field of the schema is not stored, so that the rest of the
            document is not known.
        """
        document_id = required_id(document_id)
        with self._mutex:
            check_rest_is_stored(self.schema, fields)
            if self._transaction.is_building(document_id):
                self._transaction.flush()
                self._transaction.merge_automatically()  # a document added and updated, again and again
            for segment in self._transaction.segments:
                doc = segment.find(document_id)
                if doc is not None:
                    self.add({**segment.opened.document(doc), **fields, ID: document_id})
                    return
            raise DocumentError(f"there is no document {document_id!r} to update; add() it")

    def delete(self, document_id: DocumentId) -> bool:
        """Delete a document by its id; False if there is none."""
        document_id = required_id(document_id)
        with self._mutex:
            self._require_open()
            return self._transaction.delete(document_id)

    def delete_by_query(self, query: str) -> int:
        """Delete all documents that match, those added in this transaction too; returns their number."""
        with self._mutex:
            self._require_open()
            self._transaction.flush()
            return self._transaction.delete_docs(self._matcher(query, self._transaction.segments))

    def add_segment(self, ids: Sequence[str], write: Callable[[SegmentWriter], object]) -> None:
        """Add documents whose parts another program made: `write` puts all parts into a new segment file.

        Documents with these ids go, as with add(). For import from other formats; add() is for all else.
        """
        with self._mutex:
            self._require_open()
            self._transaction.add_segment(ids, write)

    def merge(self) -> None:
        """Join all segments into one, without deleted documents, and commit."""
        with self._mutex:
            self._require_open()
            self._transaction.merge_all()
            self.commit(merge=False)

    # ---- fields

    def add_field(self, name: str, field: Field) -> None:
        """Give the index one more field, with the next commit; documents may have it at once.

        SchemaError: the name is none, or a field has it already.
        """
        with self._mutex:
            self._require_open()
            self._transaction.change_schema(with_field(self.schema, name, field))

    def remove_field(self, name: str) -> None:
        """Take a field away, with the next commit: its values are hidden at once and dropped by merges.

        SchemaError: there is no such field, or it is the last one.
        """
        with self._mutex:
            self._require_open()
            self._transaction.change_schema(without_field(self.schema, name))

    # ---- transactions

    def commit(self, *, merge: bool = True) -> None:
        """Make all changes since the last commit durable and visible.

        The Index whose writer this is shows them from its next search on, others when they are refreshed.

        merge: whether segments may be joined first. OSError: the commit failed, the index is as before,
            nothing that was added or deleted is lost, and the call may be repeated. CommitUncertainError: the
            system failed in the very last step; this writer is closed, and what is live is seen when the
            index is opened anew. The same after an interruption (KeyboardInterrupt) of that step; after one
            while documents are written the next call is a ClosedError that asks for rollback().
            CorruptIndexError: the disk lost what it had taken; ClosedError and rollback() follow too.
        """
        with self._mutex:
            self._require_open()
            try:
                self._transaction.commit(merge)
            except BaseException:
                if self._transaction.is_lost:
                    self._lock.release()
                raise
            if self._on_commit is not None:
                self._on_commit()

    def rollback(self) -> None:
        """Forget all changes since the last commit. The writer stays open."""
        with self._mutex:
            self._lock.require()
            self._transaction = self._transaction.rolled_back()

    def close(self) -> None:
        """Release the lock. What was not committed is forgotten."""
        with self._mutex:
            if self._lock.held:
                try:
                    self._transaction.discard()
                finally:
                    self._lock.release()

    def __del__(self) -> None:
        lock = getattr(self, "_lock", None)
        if lock is None or not lock.held:
            return  # closed, in a forked child, or never made
        transaction = getattr(self, "_transaction", None)
        try:
            lost = "nothing" if transaction is None else transaction.pending
            warnings.warn(
                f"a writer was dropped without close(), and with it {lost}; "
                "use `with index.writer() as writer:`",
                ResourceWarning,
                stacklevel=2,
                source=self,
            )
        finally:
            try:
                if transaction is not None:
                    transaction.discard(waits=False)  # the collector may run in one of its threads
            finally:
                lock.release()

    def _require_open(self) -> None:
        if not self._lock.held:
            self._lock.require()  # raises
        self._transaction.require_whole()

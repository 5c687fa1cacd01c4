"""IndexWriter: documents in, commits out.

One transaction at a time: all of it is in the index after commit(), none before.

It holds the writer's lock, keeps documents in bounded memory, and asks merging.py which segments to join. It
knows nothing of queries but how to ask for the documents that one of them matches.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, NamedTuple, TypeAlias

from ..analysis.by_field import field_analyzers, fingerprints, mismatch
from ..errors import AnalyzerMismatchError, ClosedError, DocumentError
from ..schema import ID, Schema
from ..storage.files import file_name
from ..storage.manifest import Manifest, SegmentEntry, read_manifest
from ..storage.memory import AnyDirectory
from ..storage.opened import OpenSegment
from ..storage.segment import SegmentWriter
from .building import SegmentInProgress, new_builder
from .documents import EncodedDocument
from .merging import merge_segments, plan_merge
from .metadata import read_metadata
from .working import WorkingSegment

MAX_THREADS = 256

Matcher: TypeAlias = Callable[[str, list[WorkingSegment]], list[list[int]]]
"""A query and the segments to the documents that match, by segment. The index supplies it."""


class Refused(NamedTuple):
    """A document that add_many did not take: its place in the input, the document, and why."""

    position: int
    document: Any
    error: DocumentError


OnError: TypeAlias = Literal["raise", "skip"] | Callable[[Refused], object]


class IndexWriter:
    """Made by Index.writer(). As a context manager it commits on success and rolls back on an exception.

    memory_mb: megabytes of documents kept in memory before they are written out as a segment (not committed).
    threads: how many scan documents beside the caller's, and help it to write segments and to join them. The
        index has the same bytes for any number.
    timeout: seconds to wait for another writer; LockError after that.

    Raises LockError, and AnalyzerMismatchError where the index was made with other dictionaries or rules.
    Methods may be called from several threads; they wait for each other.
    """

    def __init__(
        self,
        directory: AnyDirectory,
        matcher: Matcher,
        *,
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
    ) -> None:
        if not memory_mb > 0:
            raise ValueError(f"memory_mb is a number of megabytes above 0, got {memory_mb!r}")
        if type(threads) is not int or not 1 <= threads <= MAX_THREADS:
            raise ValueError(f"threads is a number from 1 to {MAX_THREADS}, got {threads!r}")
        self._directory, self._matcher = directory, matcher
        self._memory_bytes = int(memory_mb * 1_000_000)
        self._threads = threads
        self._mutex = threading.RLock()
        self._lock = directory.lock(timeout)
        try:
            self._begin(read_manifest(directory))
        except BaseException:
            self._lock.release()
            raise

    def _begin(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self.schema = Schema.from_dict(manifest.schema)
        self._analyzers = field_analyzers(self.schema)
        difference = mismatch(dict(manifest.analyzer), self._analyzers)
        if difference and manifest.segments:
            raise AnalyzerMismatchError(
                f"{difference}; install those versions again, or rebuild the index from its documents: "
                "`searchlib index PATH… --index NEW_DIR`"
            )
        self._builder = new_builder(self.schema, self._analyzers, self._threads, self._memory_bytes)
        self._building: SegmentInProgress | None = None
        self._segments = [
            WorkingSegment(OpenSegment(self._directory, entry, self.schema), self._analyzers)
            for entry in manifest.segments
        ]
        self._next_file = self._directory.first_free_number(manifest.next_file)
        self._next_ordinal = manifest.next_ordinal
        self._metadata_before = read_metadata(self._directory, manifest)
        self.metadata: dict[str, Any] = json.loads(self._metadata_before)
        self._changed = False
        self._broken: BaseException | None = None  # it lost documents: nothing may be committed

    # ---- documents

    def add(self, document: Mapping[str, Any]) -> str:
        """Add a document, in place of the one with the same id if there is one; returns the id.

        A document without "id" gets its insertion number. DocumentError: it does not fit the schema; nothing
        was changed.
        """
        with self._mutex:
            building = self._current()
            encoded = building.encode(document)
            document_id = encoded.id if encoded.id is not None else self._automatic_id()
            self._append(building, document_id, encoded)
            return document_id

    def add_many(self, documents: Iterable[Mapping[str, Any]], on_error: OnError = "raise") -> list[Refused]:
        """Add documents from any iterable, holding one at a time; returns those that were refused.

        on_error: "raise" stops at the first refused one (those before it stay added), "skip" goes on, a
            callable is told each.
        """
        if on_error not in ("raise", "skip") and not callable(on_error):
            raise ValueError(f"on_error is 'raise', 'skip' or a callable, got {on_error!r}")
        refused = []
        for position, document in enumerate(documents):
            try:
                self.add(document)
            except DocumentError as error:
                if on_error == "raise":
                    raise
                refusal = Refused(position, document, error)
                refused.append(refusal)
                if callable(on_error):
                    on_error(refusal)
        return refused

    def update(self, document_id: str, /, **fields: Any) -> None:
        """Change some fields of a stored document; a field set to None goes away.

        DocumentError: no such document, or a field of the schema is not stored, so that the rest of the
            document is not known.
        """
        with self._mutex:
            lost = [name for name, field in self.schema.items() if not field.stored and name not in fields]
            if lost:
                raise DocumentError(
                    "update() reads the rest of the document from what is stored, "
                    f"and {', '.join(map(repr, lost))} "
                    f"is not; add() the whole document instead"
                )
            if self._building is not None and document_id in self._building.ids:
                self._flush()
                self._merge_automatically()  # a document added and updated, again and again
            for segment in self._segments:
                doc = segment.find(document_id)
                if doc is not None:
                    self.add({**segment.opened.document(doc), **fields, ID: document_id})
                    return
            raise DocumentError(f"there is no document {document_id!r} to update; add() it")

    def delete(self, document_id: str) -> bool:
        """Delete a document by its id; False if there is none."""
        with self._mutex:
            self._current()
            found = self._building is not None and self._building.kill(document_id)
            for segment in self._segments:
                doc = segment.find(document_id)
                if doc is not None:
                    found = segment.delete(doc) or found
            self._changed |= found
            return found

    def delete_by_query(self, query: str) -> int:
        """Delete all documents that match, those added in this transaction too; returns their number."""
        with self._mutex:
            self._current()
            self._flush()
            deleted = 0
            matches = self._matcher(query, self._segments)
            for segment, docs in zip(self._segments, matches, strict=True):
                deleted += sum(segment.delete(doc) for doc in docs)
            self._changed |= deleted > 0
            return deleted

    def _append(self, building: SegmentInProgress, document_id: str, encoded: EncodedDocument) -> None:
        try:
            building.add(document_id, encoded)
        except BaseException as error:
            self._broken = error
            raise
        self._next_ordinal += 1
        self._changed = True
        if building.memory_bytes > self._memory_bytes:
            self._flush()
            self._merge_automatically()

    def _automatic_id(self) -> str:
        number = self._next_ordinal
        while self._is_taken(str(number)):
            number += 1
        return str(number)

    def _is_taken(self, document_id: str) -> bool:
        if self._building is not None and document_id in self._building.ids:
            return True
        return any(segment.find(document_id) is not None for segment in self._segments)

    # ---- segments

    def _current(self) -> SegmentInProgress:
        self._require_open()
        if self._building is None:
            self._building = SegmentInProgress(
                self._directory,
                self._new_name("segment"),
                self.schema,
                self._analyzers,
                self._builder,
                self._next_ordinal,
                self._threads,
            )
        return self._building

    def _new_name(self, kind: str) -> str:
        name = file_name(self._next_file, kind)
        self._next_file += 1
        return name

    def _flush(self) -> None:
        building, self._building = self._building, None
        if building is None:
            return
        if building.num_docs == 0:
            building.abort()
            return
        try:
            finished = WorkingSegment(building.finish(), self._analyzers)
            for segment in self._segments:
                segment.delete_ids(building.ids)
            for doc in building.dead:
                finished.delete(doc)
        except BaseException as error:
            self._broken = error
            building.abort()
            raise
        self._segments.append(finished)

    def add_segment(self, ids: Sequence[str], write: Callable[[SegmentWriter], object]) -> None:
        """Add documents whose parts another program made: `write` puts all parts into a new segment file.

        Documents with these ids go, as with add(). For import from other formats; add() is for all else.
        """
        with self._mutex:
            self._current()
            self._flush()
            file = SegmentWriter(self._directory, self._new_name("segment"))
            try:
                write(file)
                entry = SegmentEntry(file.finish(), len(ids), first_ordinal=self._next_ordinal)
            except BaseException:
                file.abort()
                raise
            for segment in self._segments:
                segment.delete_ids(ids)
            opened = OpenSegment(self._directory, entry, self.schema)
            self._segments.append(WorkingSegment(opened, self._analyzers))
            self._next_ordinal += len(ids)
            self._changed = True

    def _merge_automatically(self) -> None:
        while chosen := plan_merge(
            [(s.opened.entry.file.length, s.num_live, s.num_deleted) for s in self._segments]
        ):
            self._merge(chosen.start, chosen.stop)

    def _merge(self, start: int, stop: int) -> None:
        merged = merge_segments(
            self._directory,
            self._new_name("segment"),
            self.schema,
            self._analyzers,
            self._segments[start:stop],
            self._threads,
        )
        self._segments[start:stop] = [WorkingSegment(merged, self._analyzers)] if merged else []
        self._changed = True

    def merge(self) -> None:
        """Join all segments into one, without deleted documents, and commit."""
        with self._mutex:
            self._current()
            self._flush()
            if len(self._segments) > 1 or any(segment.num_deleted for segment in self._segments):
                self._merge(0, len(self._segments))
            self.commit(merge=False)

    # ---- transactions

    def commit(self, *, merge: bool = True) -> None:
        """Make all changes since the last commit durable and visible to those who open or refresh.

        merge: whether segments may be joined first. OSError: the commit failed, the index is as before, and
            the call may be repeated. CommitUncertainError: the system failed in the very last step; this
            writer is closed.
        """
        with self._mutex:
            self._require_open()
            self._flush()
            metadata = json.dumps(self.metadata, ensure_ascii=False, sort_keys=True)
            if not self._changed and metadata == self._metadata_before:
                return
            if merge:
                self._merge_automatically()
            live = [segment for segment in self._segments if segment.num_live > 0]
            entries = tuple(segment.commit(self._directory, self._new_name("deletes")) for segment in live)
            self._replace_manifest(entries, metadata)

    def _replace_manifest(self, entries: tuple[SegmentEntry, ...], metadata: str) -> None:
        before = self._manifest
        metadata_entry = before.metadata
        if metadata != self._metadata_before:
            metadata_entry = self._directory.write_file(
                self._new_name("metadata"), metadata.encode("utf-8", "surrogatepass")
            )
        manifest = Manifest(
            schema=before.schema,
            settings=before.settings,
            analyzer=fingerprints(self._analyzers),
            generation=before.generation + 1,
            next_file=self._next_file,
            next_ordinal=self._next_ordinal,
            segments=entries,
            metadata=metadata_entry,
        )
        encoded = manifest.to_bytes()
        try:
            self._directory.replace_manifest(encoded)
        except OSError:
            raise  # nothing happened: the old commit is live
        except (
            BaseException
        ):  # uncertain, or interrupted in the middle: this writer no longer knows what is live
            self._end()
            raise
        self._continue_from(manifest, metadata)

    def _continue_from(self, manifest: Manifest, metadata: str) -> None:
        opened = {segment.opened.entry.file.name: segment.opened for segment in self._segments}
        self._segments = [
            WorkingSegment(opened[entry.file.name].with_entry(self._directory, entry), self._analyzers)
            for entry in manifest.segments
        ]
        self._manifest, self._metadata_before, self._changed = manifest, metadata, False
        self._directory.remove_unlisted(manifest.files())

    def rollback(self) -> None:
        """Forget all changes since the last commit. The writer stays open."""
        with self._mutex:
            self._lock.require()
            self._discard()
            self._begin(self._manifest)

    def _discard(self) -> None:
        if self._building is not None:
            self._building.abort()
            self._building = None
        self._directory.remove_unlisted(self._manifest.files())

    def close(self) -> None:
        """Release the lock. What was not committed is forgotten."""
        with self._mutex:
            if self._lock.held:
                try:
                    self._discard()
                finally:
                    self._end()

    def _end(self) -> None:
        self._building = None
        self._lock.release()

    def _require_open(self) -> None:
        self._lock.require()
        if self._broken is not None:
            raise ClosedError(
                f"an earlier error lost documents of this transaction ({self._broken}); "
                "call rollback() and add them again"
            ) from self._broken

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

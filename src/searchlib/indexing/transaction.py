"""What a writer has changed since the last commit: its segments, and the one that documents go into.

It turns documents and deletes into segment files and the manifest that names them. It knows the order of a
commit's steps, but no locks, and nothing of what users may call when.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from ..analyzers import field_analyzers, fingerprints, fold_mismatch, mismatch
from ..errors import AnalyzerMismatchError, ClosedError, SearchlibError
from ..schema import Schema
from ..storage.directory import Directory
from ..storage.manifest import Manifest, SegmentEntry, read_manifest
from ..storage.segment_writer import SegmentWriter
from .building import SegmentInProgress, new_builder
from .effort import Effort
from .metadata import PendingMetadata
from .segments import WorkingSegments
from .working import WorkingSegment


class Transaction:
    """Begins at a manifest. allowed: see IndexWriter.

    metadata: the index's; users change its value.
    is_lost: a commit ended so that it is not known which one is live; nothing may be written any more.
    """

    def __init__(self, directory: Directory, manifest: Manifest, allowed: Effort) -> None:
        self._directory, self._manifest = directory, manifest
        self._allowed = allowed
        self.schema = Schema.from_dict(manifest.schema)
        self._analyzers = field_analyzers(self.schema)
        recorded = dict(manifest.analyzer)
        difference = mismatch(recorded, self._analyzers) or fold_mismatch(recorded, self.schema)
        if difference and manifest.segments:
            raise AnalyzerMismatchError(
                f"{difference}; write it anew from the texts that it keeps: `searchlib reindex`, "
                f"Index.reindex(); or install those versions again"
            )
        self._builder = new_builder(self.schema, self._analyzers, allowed)
        self._building: SegmentInProgress | None = None
        self._segments = WorkingSegments(directory, manifest, self.schema, self._analyzers, allowed.threads)
        self._next_ordinal = manifest.next_ordinal
        self.metadata = PendingMetadata(directory, manifest)
        self.is_lost = False
        self._changed = False
        self._change = manifest.change
        self._num_added = self._num_deleted = 0  # since the last commit
        # How documents were lost: nothing may be committed. The error itself would keep the writer alive.
        self._broken: str | None = None

    @property
    def segments(self) -> list[WorkingSegment]:
        """Those of the commit with this transaction's deletes, then those that it wrote."""
        return self._segments.all

    @property
    def pending(self) -> str:
        """What was not committed, for people."""
        metadata = "changed metadata" if self.metadata.differs(self.metadata.text()) else ""
        if not self._num_added and not self._num_deleted:
            return metadata or "nothing that was not committed"
        added = "1 document added" if self._num_added == 1 else f"{self._num_added} documents added"
        numbers = f"{added} and {self._num_deleted} deleted since the last commit"
        return f"{numbers}, and {metadata}" if metadata else numbers

    def require_whole(self) -> None:
        """ClosedError if an error lost documents that were added, or which commit is live is not known."""
        if self.is_lost:
            raise ClosedError(
                "a commit was interrupted in its last step: this writer is closed; "
                "open the index anew to see whether the commit is there"
            )
        if self._broken is not None:
            raise ClosedError(
                f"an earlier error lost documents of this transaction ({self._broken}); "
                "call rollback() and add them again"
            )

    # ---- documents

    def building(self) -> SegmentInProgress:
        """The segment that documents go into."""
        if self._building is None:
            self._building = SegmentInProgress(
                self._directory,
                self._segments.new_name("segment"),
                self.schema,
                self._analyzers,
                self._builder,
                self._next_ordinal,
                self._allowed.threads,
            )
        return self._building

    def add(self, document: object) -> str:
        """Add a document, in place of the one of its id, which is returned. See IndexWriter.add.

        Memory that is full is flushed before a document is taken: an OSError then leaves it out. So documents
        do not pile up in memory while the disk fails.
        """
        building = self._building
        if building is None:
            building = self.building()
        elif building.is_ending or building.is_full(self._allowed.memory):
            self.flush()
            self.merge_automatically()
            building = self.building()
        else:
            building.settle()
        encoded = building.encode(document)
        document_id = encoded.id
        if document_id is None:
            document_id = self.automatic_id()
        try:
            building.add(document_id, encoded)
        except BaseException as error:
            self._broken = f"{type(error).__name__}: {error}"
            raise
        self._next_ordinal += 1
        self._num_added += 1
        self._changed = True
        return document_id

    def delete(self, document_id: str) -> bool:
        """Delete a document wherever it is; False if it is nowhere."""
        found = self._building is not None and self._building.kill(document_id)
        found = self._segments.delete(document_id) or found
        self._changed |= found
        self._num_deleted += found
        return found

    def delete_docs(self, docs: Sequence[Sequence[int]]) -> int:
        """Delete documents, by segment; returns how many there were."""
        deleted = self._segments.delete_docs(docs)
        self._changed |= deleted > 0
        self._num_deleted += deleted
        return deleted

    def automatic_id(self) -> str:
        """The insertion number, or the next one that is no document's id."""
        number = self._next_ordinal
        while self.is_building(str(number)) or self._segments.holds(str(number)):
            number += 1
        return str(number)

    def is_building(self, document_id: str) -> bool:
        """Whether a document of that id was added since the last flush."""
        return self._building is not None and document_id in self._building.ids

    # ---- fields

    def change_schema(self, schema: Schema) -> None:
        """Go on under another schema, whose fields of the same names are the same ones.

        What was added before is written out as it is; a field that it lacks has no value there.
        """
        self.flush()
        analyzers = field_analyzers(schema)
        builder = new_builder(schema, analyzers, self._allowed)
        self._segments.change_schema(schema, analyzers)
        self.schema, self._analyzers, self._builder = schema, analyzers, builder
        self._changed, self._change = True, None

    # ---- segments

    def flush(self) -> None:
        """Write the segment in the making to its file. OSError: nothing is lost, the call may be repeated."""
        building = self._building
        if building is None:
            return
        if building.num_docs == 0:
            self._building = None
            building.abort()
            return
        try:
            self._segments.append(building.finish(), building.ids, building.dead)
            self._building = None
        except OSError:
            raise
        except BaseException as error:
            self._broken = f"{type(error).__name__}: {error}"
            building.abort()
            raise

    def add_segment(self, ids: Sequence[str], write: Callable[[SegmentWriter], object]) -> None:
        """See IndexWriter.add_segment."""
        self.flush()
        file = SegmentWriter(self._directory, self._segments.new_name("segment"))
        try:
            write(file)
            entry = SegmentEntry(file.finish(), len(ids), first_ordinal=self._next_ordinal)
        except BaseException:
            file.abort()
            raise
        opened = self._segments.open(entry)
        try:
            self._segments.append(opened, ids)
            self._next_ordinal += len(ids)
            self._num_added += len(ids)
            self._changed = True
        except BaseException as error:
            self._broken = f"{type(error).__name__}: {error}"
            raise

    def merge_automatically(self) -> None:
        """Join what the policy says, until it says nothing."""
        self._segments.merge_automatically()

    def merge_all(self) -> None:
        """Join all segments into one, without deleted documents."""
        self.flush()
        self._segments.merge_all()

    # ---- its end

    def commit(self, merge: bool) -> None:
        """Make the changes durable; the transaction then begins anew at its own manifest.

        OSError: the commit before is live, nothing is lost, the call may be repeated. After other errors, if
        is_lost: which commit is live is uncertain, and nothing may be written any more.
        """
        self.flush()
        metadata = self.metadata.text()  # nothing that users do meanwhile changes it
        if not (self._changed or self._segments.are_merged or self.metadata.differs(metadata)):
            return
        if merge:
            self.merge_automatically()
        live = [segment for segment in self.segments if segment.num_live > 0]
        new_name = self._segments.new_name
        entries = tuple(segment.commit(self._directory, new_name("deletes")) for segment in live)
        manifest = self._next_manifest(entries, metadata)
        encoded = manifest.to_bytes()
        # All that may fail comes before the manifest is replaced: what follows are assignments.
        segments = self._segments.reopened(live, entries)
        # Until the outcome is known, whatever interrupts these lines leaves a transaction that is lost.
        self.is_lost = True
        try:
            self._directory.replace_manifest(encoded)
        except OSError:
            self.is_lost = False  # nothing happened: the old commit is live
            raise
        self._segments.all, self._manifest = segments, manifest
        self.metadata.committed(metadata, manifest.metadata)
        self._changed = self._segments.are_merged = self.is_lost = False
        self._num_added = self._num_deleted = 0
        self._clean_up()

    def _next_manifest(self, entries: tuple[SegmentEntry, ...], metadata: str) -> Manifest:
        before = self._manifest
        return Manifest(
            schema=self.schema.to_dict(),
            schema_is_inferred=before.schema_is_inferred,
            analyzer=fingerprints(self.schema, self._analyzers),
            generation=before.generation + 1,
            metadata=self.metadata.write(metadata, self._segments.new_name),
            next_file=self._segments.next_file,
            next_ordinal=self._next_ordinal,
            segments=entries,
            change=self._change.of(entries) if self._change is not None else None,
        )

    def _clean_up(self) -> None:
        """Remove the files that no commit names, as far as possible: what is left is removed by the next."""
        # ImportError: a writer that the interpreter's end drops can import nothing any more.
        with contextlib.suppress(OSError, MemoryError, SearchlibError, ImportError):
            self._directory.remove_unlisted(self._manifest.files())

    def rolled_back(self) -> Transaction:
        """A new one that begins at the live commit; this one is over, even if the new one cannot begin."""
        self._broken = "rollback() did not come to its end"
        self.discard()
        manifest = read_manifest(self._directory)
        return Transaction(self._directory, manifest, self._allowed)

    def discard(self, waits: bool = True) -> None:
        """Remove the files that no commit names. waits: see SegmentInProgress.abort."""
        if self._building is not None:
            self._building.abort(waits)
            self._building = None
        self._clean_up()

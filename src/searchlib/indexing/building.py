"""A segment while documents are added: searched text in the core, the rest on its way to the file.

Of the documents that it is given it makes one OpenSegment. Other segments, commits and deletes on disk are
not known here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from .. import _core
from ..analysis.analyzer import Analyzer
from ..errors import CorruptIndexError
from ..schema import Field, Keyword, Schema, Text
from ..storage.columns import ColumnsWriter
from ..storage.directory import Directory
from ..storage.documents import DocumentsWriter
from ..storage.manifest import SegmentEntry
from ..storage.opened import OpenSegment
from ..storage.segment_writer import SegmentWriter
from .documents import DocumentEncoder, EncodedDocument, TextValues
from .effort import Effort

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

CoreAnalyzer: TypeAlias = _core.Analyzer | Literal["fold"] | None
"""Of a keyword, None for its values as they are, "fold" for their folded keys."""

CoreField: TypeAlias = tuple[str, CoreAnalyzer, float, float, bool, bool]
"""Name, analyzer, k1, b, whether exact lengths are kept (fields that are not stored), and term vectors."""

_BATCH_DOCS = 512
_BATCH_BYTES = 1 << 20
_MAX_PENDING = 8
"""Batches that are scanned or wait for it, however many threads there are: what is known of memory lags so
far behind, and segments must end at the same documents."""

_MAX_PENDING_BYTES = 64 << 20
"""Of giant documents, fewer are on their way at once: what they take in memory is known before the next."""

_MEMORY_PER_BYTE = 2
"""What a byte of a document takes in memory, as long as the core has not said."""


def new_builder(
    schema: Schema, analyzers: Mapping[str, Analyzer | None], allowed: Effort
) -> _core.SegmentBuilder:
    """The core's side of a writer: its lexicons outlive the segments that it builds."""
    fields = core_fields(schema, analyzers)
    return _core.SegmentBuilder(fields, allowed.threads, allowed.memory // (4 * max(len(fields), 1)))


def core_fields(
    schema: Schema, analyzers: Mapping[str, Analyzer | None], names: Sequence[str] | None = None
) -> list[CoreField]:
    """The searched fields as the core takes them. Keywords have no length to normalise by.

    names: some of them alone.
    """
    fields = []
    for name in schema.searched_fields if names is None else names:
        field, analyzer = schema[name], analyzers[name]
        k1, b = schema.bm25(name)
        vectors = isinstance(field, Text) and field.term_vectors
        fields.append((name, core_analyzer(field, analyzer), k1, b, not field.stored, vectors))
    return fields


def core_analyzer(field: Field, analyzer: Analyzer | None) -> CoreAnalyzer:
    """What a field's text becomes, as the core takes it."""
    if analyzer is not None:
        return analyzer.core
    return "fold" if isinstance(field, Keyword) and field.fold else None


class SegmentInProgress:
    """One segment's documents so far. finish() ends it, or abort().

    No failure of the disk loses a document: what was not written stays in memory, in less than the documents
    took, and is written when settle() or finish() is called again. After any other error only abort() is
    left.

    is_ending: finish() was called; no document may be added.
    memory_bytes: what it takes and will need to be finished; the same in every run, for any `threads`.
    """

    def __init__(
        self,
        directory: Directory,
        name: str,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        builder: _core.SegmentBuilder,
        first_ordinal: int,
        threads: int,
    ) -> None:
        self.name = name
        self.ids: dict[str, int] = {}
        self.dead: list[int] = []
        self.num_docs = 0
        self.is_ending = False
        self._directory, self._schema, self._analyzers = directory, schema, analyzers
        self._first_ordinal = first_ordinal
        self._builder = builder
        self._file = SegmentWriter(directory, name, patient=True)
        self._documents = DocumentsWriter(self._file, schema.encoded_kinds)
        self._columns = ColumnsWriter(schema.column_kinds, schema.folded_columns)
        self._encoder = DocumentEncoder(schema)
        self._batch_ids: list[str] = []
        self._batch_texts: list[Sequence[TextValues]] = []
        self._batch_bytes = 0
        self._num_batches = 0
        self._workers = _new_workers(threads)
        self._pending: deque[tuple[Future[int], int]] = deque()
        self._known_bytes = self.memory_bytes = builder.memory_bytes  # the lexicons'
        self._empty_bytes = self.memory_bytes
        # Of finish(). None is done twice; those that may raise an OSError change nothing then.
        self._steps = [self._end_documents, self._resolve, self._write_searched, self._end_file]
        self._entry: SegmentEntry | None = None

    def is_full(self, memory_bytes: int) -> bool:
        """Whether it takes so much memory that it is to be finished.

        Half of it is for documents, whatever the fields take before there is one: 25 kB each, so that those
        of a wide table may take more than all. Else each document would be a segment.
        """
        return self.memory_bytes > max(memory_bytes, self._empty_bytes + memory_bytes // 2)

    def encode(self, document: object) -> EncodedDocument:
        """Check the document; DocumentError changes nothing."""
        return self._encoder.encode(document, self._documents, self._columns)

    def add(self, document_id: str, document: EncodedDocument) -> None:
        """Append a document; an earlier one of that id in this segment is dead from now on."""
        earlier = self.ids.get(document_id)
        if earlier is not None:
            self.dead.append(earlier)
        self.ids[document_id] = self.num_docs
        self.num_docs += 1
        _, texts, stored, columns, size = document
        self._documents.add_encoded(stored)
        if columns:
            self._columns.add_encoded(columns)
        self._batch_ids.append(document_id)
        self._batch_texts.append(texts)
        self._batch_bytes += size
        self.memory_bytes += size * _MEMORY_PER_BYTE
        if len(self._batch_ids) >= _BATCH_DOCS or self._batch_bytes >= _BATCH_BYTES:
            self._send_batch()

    def kill(self, document_id: str) -> bool:
        """Delete a document that was added here; False if it is not."""
        doc = self.ids.pop(document_id, None)
        if doc is None:
            return False
        self.dead.append(doc)
        return True

    def _send_batch(self, is_last: bool = False) -> None:
        """Hand the batch to the workers; more documents may be added while they scan.

        is_last: nothing is added meanwhile. A batch that is the last and the first is scanned here: for few
            documents a thread takes longer to start than to work.
        """
        if self._batch_ids:
            number, self._num_batches = self._num_batches, self._num_batches + 1
            ids, texts, num_bytes = self._batch_ids, self._batch_texts, self._batch_bytes
            self._batch_ids, self._batch_texts, self._batch_bytes = [], [], 0
            if is_last and number == 0:
                self._known_bytes = self._builder.add(number, ids, texts)
            else:
                self._pending.append((self._workers.submit(self._builder.add, number, ids, texts), num_bytes))
        self._wait(_MAX_PENDING)

    def _wait(self, leave: int) -> None:
        """Wait for the first batches. What they take in memory is known then; of the others it is guessed."""
        waiting = sum(size for _, size in self._pending)
        while len(self._pending) > leave or (len(self._pending) > 1 and waiting > _MAX_PENDING_BYTES):
            waiting -= self._pending[0][1]
            self._known_bytes = self._pending.popleft()[0].result()
        num_bytes = waiting + self._batch_bytes
        of_values = self._columns.memory_bytes
        self.memory_bytes = self._known_bytes + num_bytes * _MEMORY_PER_BYTE + of_values

    def settle(self) -> None:
        """Write what the disk did not take before; OSError if it does not take it now."""
        self._file.settle()

    def finish(self) -> OpenSegment:
        """Write all parts, make the file durable, open it. Deletes of `dead` are left to the caller.

        OSError: nothing is lost, the call may be repeated.
        """
        self.is_ending = True
        while self._steps:
            self._steps[0]()
            del self._steps[0]
        assert self._entry is not None
        try:
            return OpenSegment(self._directory, self._entry, self._schema)
        except CorruptIndexError as error:
            if isinstance(error.__cause__, OSError):  # the system failed; the bytes are still here
                raise error.__cause__ from None
            raise

    def _end_documents(self) -> None:
        self._send_batch(is_last=True)
        self._documents.finish()
        self._columns.finish(self._file)
        self._wait(0)
        self._workers.shutdown()

    def _resolve(self) -> None:
        for index, name in enumerate(self._schema.searched_fields):
            declined = self._builder.declined(index)
            if declined:
                analyzer = self._analyzers[name]
                assert analyzer is not None
                self._builder.resolve(index, analyzer.resolve(declined))

    def _write_searched(self) -> None:
        self._builder.write(self._file)

    def _end_file(self) -> None:
        file = self._file.finish()
        self._entry = SegmentEntry(file, self.num_docs, first_ordinal=self._first_ordinal)

    def abort(self, waits: bool = True) -> None:
        """Forget the segment. The builder holds its documents still: the writer must make a new one.

        waits: until its threads have ended, of which the caller's must be none.
        """
        self._workers.shutdown(wait=waits, cancel_futures=True)
        self._file.abort()


def _new_workers(threads: int) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(threads, thread_name_prefix="searchlib-scan")

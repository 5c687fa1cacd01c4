"""A segment while documents are added: searched text in the core, the rest on its way to the file.

Encoded documents come in; one OpenSegment goes out. It does not know of other segments, of commits or of
deletes on disk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from .. import _core
from ..analysis.analyzer import Analyzer
from ..schema import Schema, Text
from ..storage.columns import ColumnsWriter
from ..storage.documents import DocumentsWriter
from ..storage.manifest import SegmentEntry
from ..storage.memory import AnyDirectory
from ..storage.opened import OpenSegment
from ..storage.segment import SegmentWriter
from .documents import DocumentEncoder, EncodedDocument, TextValues

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

CoreField: TypeAlias = tuple[str, "_core.Analyzer | None", float, float, bool]
"""Name, analyzer, k1, b, and whether exact lengths are kept (fields that are not stored)."""

_BATCH_DOCS = 512
_BATCH_CHARS = 1 << 20
_MAX_PENDING = 2


def new_builder(schema: Schema, analyzers: Mapping[str, Analyzer | None]) -> _core.SegmentBuilder:
    """The core's side of a writer: its lexicon outlives the segments that it builds."""
    return _core.SegmentBuilder(core_fields(schema, analyzers))


def core_fields(schema: Schema, analyzers: Mapping[str, Analyzer | None]) -> list[CoreField]:
    """The searched fields as the core takes them. Keywords have no length to normalise by."""
    fields = []
    for name in schema.searched_fields:
        field, analyzer = schema[name], analyzers[name]
        k1, b = (field.k1, field.b) if isinstance(field, Text) else (1.2, 0.0)
        fields.append((name, analyzer.core if analyzer else None, k1, b, not field.stored))
    return fields


class SegmentInProgress:
    """One segment's documents so far. Exactly one of finish() and abort() ends it."""

    def __init__(
        self,
        directory: AnyDirectory,
        name: str,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        builder: _core.SegmentBuilder,
        first_ordinal: int,
    ) -> None:
        self.name = name
        self.ids: dict[str, int] = {}
        self.dead: list[int] = []
        self.num_docs = 0
        self._directory, self._schema, self._analyzers = directory, schema, analyzers
        self._first_ordinal = first_ordinal
        self._builder = builder
        self._file = SegmentWriter(directory, name)
        self._documents = DocumentsWriter(self._file, schema.date_fields)
        self._columns = ColumnsWriter(schema.column_kinds)
        self._encoder = DocumentEncoder(schema)
        self._batch_ids: list[str] = []
        self._batch_texts: list[list[TextValues]] = []
        self._batch_chars = 0
        self._worker = _new_worker()
        self._pending: deque[Future[int]] = deque()
        self._memory_bytes = 0

    def encode(self, document: Mapping[str, Any]) -> EncodedDocument:
        """Check the document; DocumentError changes nothing."""
        return self._encoder.encode(document, self._documents, self._columns)

    def add(self, document_id: str, document: EncodedDocument) -> None:
        """Append a document; an earlier one of that id in this segment is dead from now on."""
        earlier = self.ids.get(document_id)
        if earlier is not None:
            self.dead.append(earlier)
        self.ids[document_id] = self.num_docs
        self.num_docs += 1
        self._documents.add_encoded(document.stored)
        self._columns.add_encoded(document.columns)
        self._batch_ids.append(document_id)
        self._batch_texts.append(document.texts)
        self._batch_chars += len(document.stored)
        if len(self._batch_ids) >= _BATCH_DOCS or self._batch_chars >= _BATCH_CHARS:
            self._send_batch()

    def kill(self, document_id: str) -> bool:
        """Delete a document that was added here; False if it is not."""
        doc = self.ids.pop(document_id, None)
        if doc is None:
            return False
        self.dead.append(doc)
        return True

    @property
    def memory_bytes(self) -> int:
        """What the core held two batches ago and would need to finish: the same in every run."""
        return self._memory_bytes

    def _send_batch(self) -> None:
        """Hand the batch to the worker: while it scans, documents go on coming in."""
        if self._batch_ids:
            self._pending.append(self._worker.submit(self._scan, self._batch_ids, self._batch_texts))
            self._batch_ids, self._batch_texts, self._batch_chars = [], [], 0
        self._wait(_MAX_PENDING)

    def _scan(self, ids: list[str], texts: list[list[TextValues]]) -> int:
        self._builder.add(ids, texts)
        self._builder.analyse()
        return self._builder.memory_bytes

    def _wait(self, leave: int) -> None:
        while len(self._pending) > leave:
            self._memory_bytes = self._pending.popleft().result()

    def finish(self) -> OpenSegment:
        """Write all parts, make the file durable, open it. Deletes of `dead` are left to the caller."""
        self._send_batch()
        self._documents.finish()
        self._columns.finish(self._file)
        self._wait(0)
        self._worker.shutdown()
        for index, name in enumerate(self._schema.searched_fields):
            declined = self._builder.declined(index)
            if declined:
                analyzer = self._analyzers[name]
                assert analyzer is not None
                self._builder.resolve(index, analyzer.resolve(declined))
        self._builder.write(self._file)
        file = self._file.finish()
        entry = SegmentEntry(file, self.num_docs, first_ordinal=self._first_ordinal)
        return OpenSegment(self._directory, entry, self._schema)

    def abort(self) -> None:
        """Forget the segment. The builder holds its documents still: the writer must make a new one."""
        self._worker.shutdown(cancel_futures=True)
        self._file.abort()


def _new_worker() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, thread_name_prefix="searchlib-scan")

"""One segment written anew for another schema: some fields from what is stored, the others as they are.

Deleted documents are left out, the rest keeps its order. Which fields are written from text is given; commits
are not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import _core
from ..analysis.analyzer import Analyzer
from ..schema import Schema, Text
from ..storage.columns import ColumnsWriter
from ..storage.deletes import rearranged
from ..storage.directory import Directory
from ..storage.documents import DocumentsWriter
from ..storage.manifest import SegmentEntry
from ..storage.opened import OpenSegment
from ..storage.packing import Sink
from ..storage.segment_writer import SegmentWriter
from .building import SegmentInProgress, core_fields, new_builder
from .conversion import Conversion
from .effort import Effort
from .fields import Work

STEP = 1024
"""Documents between two times at which progress is told."""


class Rebuilding:
    """From one schema to another. tick: is told of so many more documents.

    new_name: gives the names of files. allowed: see IndexWriter.
    """

    def __init__(
        self,
        directory: Directory,
        before: Schema,
        after: Schema,
        analyzers: Mapping[str, Analyzer | None],
        work: Work,
        new_name: Callable[[str], str],
        allowed: Effort,
        tick: Callable[[int], None],
    ) -> None:
        self._directory, self._before, self._after = directory, before, after
        self._analyzers, self._work, self._new_name = analyzers, work, new_name
        self._allowed, self._tick = allowed, tick
        gone = frozenset(name for name in work.stored if not after[name].stored)
        self.conversion = Conversion(before, after, work.converted, gone)
        self._words = [name for name in after.searched_fields if name in work.words]
        kinds = after.column_kinds
        self._new_columns = {name: kind for name, kind in kinds.items() if name in work.columns}
        self._old_columns = {name: kind for name, kind in kinds.items() if name not in work.columns}

    def is_needed(self, segment: OpenSegment) -> bool:
        """Whether the segment has any of what is written anew."""
        return any(map(segment.has_field, self._work.fields))

    def rebuilt(self, segment: OpenSegment) -> SegmentEntry | None:
        """The new segment's entry; None if no document of the old one lives."""
        columns = ColumnsWriter(self._new_columns, self._after.folded_columns)
        parts = self._read(segment, columns)
        deleted = segment.deletes.docs() if segment.deletes is not None else []
        num_docs = segment.entry.num_docs - len(deleted)
        if num_docs == 0:
            return None
        with SegmentWriter(self._directory, self._new_name("segment")) as file:
            documents = DocumentsWriter(file, self._after.encoded_kinds)
            rewrites = self.conversion.rewrites
            documents.merge(segment.documents, deleted, self.conversion.rewritten if rewrites else None)
            documents.finish()
            kept = ColumnsWriter(self._old_columns, self._after.folded_columns)
            kept.merge(segment.file, segment.entry.num_docs, deleted, segment.parts)
            kept.finish(file)
            columns.finish(file)
            segment.file.release_pages()
            self._join(segment, parts, file)
            return SegmentEntry(file.finish(), num_docs, first_ordinal=segment.entry.first_ordinal)

    def _read(self, segment: OpenSegment, columns: ColumnsWriter) -> list[OpenSegment]:
        """Read the live documents: fill the new columns, write the new words in pieces that fit in memory."""
        pieces: list[OpenSegment] = []
        if not self._words and not self._new_columns:
            self._tick(segment.entry.num_docs)
            return pieces
        schema = self._schema_of_words()
        building: SegmentInProgress | None = None
        count = 0
        try:
            for doc, document in enumerate(segment.documents):
                if (count := count + 1) == STEP:
                    self._tick(count)
                    count = 0
                if segment.deletes is not None and doc in segment.deletes:
                    continue
                values = self.conversion.converted(document)
                if self._new_columns:
                    columns.add(values)
                if schema is None:
                    continue
                if building is None:
                    building = self._new_piece(schema)
                encoded = building.encode({name: values.get(name) for name in self._words})
                building.add(segment.core.id_of(doc), encoded)
                if building.is_full(self._allowed.memory):
                    pieces.append(building.finish())
                    building = None
            if building is not None:
                pieces.append(building.finish())
                building = None
        finally:
            if building is not None:
                building.abort()
        self._tick(count)
        return pieces

    def _schema_of_words(self) -> Schema | None:
        """The fields whose words are written, alone: nothing is stored twice, and lengths are kept."""
        fields = {}
        for name in self._words:
            field = self._after[name].replace(stored=False, column=False)
            fields[name] = field.replace(default=True) if isinstance(field, Text) else field
        return Schema(**fields) if fields else None

    def _new_piece(self, schema: Schema) -> SegmentInProgress:
        analyzers = {name: self._analyzers[name] for name in self._words}
        builder = new_builder(schema, analyzers, self._allowed)
        name = self._new_name("segment")
        return SegmentInProgress(self._directory, name, schema, analyzers, builder, 0, self._allowed.threads)

    def _join(self, segment: OpenSegment, pieces: list[OpenSegment], file: SegmentWriter) -> None:
        """Write the words: those of the old segment that stay, and those of the pieces."""
        old = [name for name in self._after.searched_fields if name not in self._work.words]
        core = _core.Segment(segment.file.checked, segment.parts, old, segment.entry.num_docs)
        deletes = None
        if segment.deletes is not None:
            encoded = segment.deletes.encode()
            deletes = _core.Deletes(core, rearranged(encoded, self._before.searched_fields, old))
        fields = core_fields(self._after, self._analyzers, old)
        _core.merge([(core, deletes)], fields, file, self._allowed.threads)
        if pieces:
            fields = core_fields(self._after, self._analyzers, self._words)
            _core.merge(
                [(piece.core, None) for piece in pieces], fields, _WithoutKeys(file), self._allowed.threads
            )


class _WithoutKeys:
    """A file that has the documents' keys already."""

    def __init__(self, file: Sink) -> None:
        self._file, self._passes = file, True

    def begin(self, part: str) -> None:
        """Begin a part."""
        self._passes = part != "keys"
        if self._passes:
            self._file.begin(part)

    def write(self, data: bytes) -> None:
        """Append to it."""
        if self._passes:
            self._file.write(data)

"""One segment of a snapshot, opened: its file, its core, its deletes, its stored documents.

It is opened from a manifest's entry. Everything that reads an index, searchers and writers alike, goes
through here.
"""

from __future__ import annotations

from .. import _core
from ..errors import CorruptIndexError
from ..forks import cached_property
from ..lean import TYPE_CHECKING
from ..schema import ID, Schema
from .blocks import DICTIONARIES, DOCUMENTS, DOCUMENTS_INDEX
from .documents import DocumentsReader
from .manifest import SegmentEntry
from .parts import PARTS_OF_FIELDS, Parts, column_part
from .segment import SegmentFile

if TYPE_CHECKING:
    from typing import Any

    from .directory import Directory, Verify


OF_DOCUMENTS = (DOCUMENTS, DOCUMENTS_INDEX, DICTIONARIES, "keys")
"""The parts of no field."""


class OpenSegment:
    """It never changes: a commit that deletes documents opens a new one over the same file."""

    def __init__(
        self,
        directory: Directory,
        entry: SegmentEntry,
        schema: Schema,
        *,
        verify: Verify = "map",
        file: SegmentFile | None = None,
        core: _core.Segment | None = None,
    ) -> None:
        self.entry = entry
        self.schema = schema
        self.file = file or SegmentFile.open(directory, entry.file, verify)
        try:
            self.core = core or _core.Segment(
                self.file.checked,
                parts_without(self.file, entry),
                list(schema.searched_fields),
                entry.num_docs,
                schema.column_codes,
            )
            self.deletes = self._read_deletes(directory)
        except CorruptIndexError as error:
            if error.file:
                raise
            raise CorruptIndexError(f"{entry.file.name}: {error}", entry.file.name, error.part) from None

    def _read_deletes(self, directory: Directory) -> _core.Deletes | None:
        if self.entry.deletes is None:
            return None
        deletes = _core.Deletes(self.core, bytes(directory.read_file(self.entry.deletes)))
        if len(deletes) != self.entry.num_deleted:
            raise CorruptIndexError(
                f"{self.entry.deletes.name} holds {len(deletes)} deletes, "
                f"the manifest says {self.entry.num_deleted}",
                self.entry.deletes.name,
            )
        return deletes

    def as_of(self, directory: Directory, entry: SegmentEntry, schema: Schema) -> OpenSegment:
        """The same file under a later commit's entry and schema, not opened again."""
        if entry == self.entry and schema is self.schema:
            return self
        same = entry.without == self.entry.without and (
            schema is self.schema
            or (
                schema.searched_fields == self.schema.searched_fields
                and schema.column_codes == self.schema.column_codes
            )
        )
        return OpenSegment(directory, entry, schema, file=self.file, core=self.core if same else None)

    @property
    def parts(self) -> Parts:
        """The file's parts that count."""
        return parts_without(self.file, self.entry)

    @property
    def has_leftovers(self) -> bool:
        """Whether the file has parts of fields or columns that the schema does not have any more."""
        wanted = {*OF_DOCUMENTS, *(column_part(name) for name in self.schema.column_kinds)}
        wanted |= {f"{name}.{part}" for name in self.schema.searched_fields for part in PARTS_OF_FIELDS}
        return bool(self.entry.without) or not wanted.issuperset(self.file.parts)

    def has_field(self, name: str) -> bool:
        """Whether the file was written with a field of that name, which counts still."""
        parts = self.parts
        return f"{name}.stats" in parts or column_part(name) in parts

    @cached_property
    def documents(self) -> DocumentsReader:
        """The stored documents."""
        reader = DocumentsReader(self.file, self.schema.encoded_kinds, self.entry.without)
        if len(reader) != self.entry.num_docs:
            message = (
                f"{self.file.name} stores {len(reader)} documents, the manifest says {self.entry.num_docs}"
            )
            raise CorruptIndexError(message, self.file.name, "documents")
        return reader

    def num_docs_with(self, name: str) -> int:
        """How many documents of the file, deleted ones too, have a value in a field, or may have one."""
        parts = self.parts
        if f"{name}.stats" in parts:
            return _core.Segment(self.file.checked, parts, [name], self.entry.num_docs).field_stats(0)[0]
        return self.entry.num_docs if column_part(name) in parts else 0

    def document(self, doc: int) -> dict[str, Any]:
        """The stored fields of a document, its id first."""
        return {ID: self.core.id_of(doc), **self.documents.get(doc)}

    def find(self, document_id: str) -> int | None:
        """The number of the live document with that id."""
        doc = self.core.find_id(document_id)
        return None if doc is None or (self.deletes is not None and doc in self.deletes) else doc

    def stored_texts(self, doc: int) -> list[str | list[str] | None]:
        """The stored values of the searched fields, as the core's deleter takes them."""
        stored = self.documents.get(doc)
        return [stored.get(name) for name in self.schema.searched_fields]


def parts_without(file: SegmentFile, entry: SegmentEntry) -> Parts:
    """The parts of a segment that count."""
    if not entry.without:
        return file.parts
    gone = {f"{name}.{part}" for name in entry.without for part in PARTS_OF_FIELDS}
    gone.update(map(column_part, entry.without))
    return {name: place for name, place in file.parts.items() if name not in gone}

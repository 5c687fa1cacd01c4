"""A segment in a writer's hands: as it was opened, and the deletes of this transaction.

Documents are deleted by number or by id; a commit asks for the segment's entry in the next manifest, and only
then is a file of its deletes written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .. import _core
from ..analysis.analyzer import Analyzer
from ..schema import Schema
from ..storage.deletes import rearranged
from ..storage.directory import Directory
from ..storage.manifest import SegmentEntry
from ..storage.opened import OpenSegment
from .building import core_analyzer


@dataclass
class WorkingSegment:
    """`opened` never changes; `deletes` is a copy of its deletes once this transaction deletes something."""

    opened: OpenSegment
    analyzers: Mapping[str, Analyzer | None]
    deletes: _core.Deletes | None = None
    _deleter: _core.Deleter | None = field(default=None, repr=False)
    _written: SegmentEntry | None = field(default=None, repr=False)  # by a commit() that failed later

    @property
    def num_live(self) -> int:
        """Documents that are not deleted."""
        return self.opened.entry.num_docs - self.num_deleted

    @property
    def num_deleted(self) -> int:
        """Documents that are."""
        deletes = self._current
        return len(deletes) if deletes is not None else 0

    @property
    def _current(self) -> _core.Deletes | None:
        return self.deletes if self.deletes is not None else self.opened.deletes

    def is_deleted(self, doc: int) -> bool:
        """Whether the document is deleted, by this transaction or before."""
        deletes = self._current
        return deletes is not None and doc in deletes

    def deleted_docs(self) -> list[int]:
        """The numbers of the deleted documents, ascending."""
        deletes = self._current
        return deletes.docs() if deletes is not None else []

    def find(self, document_id: str) -> int | None:
        """The number of the live document with that id."""
        doc = self.opened.core.find_id(document_id)
        return None if doc is None or self.is_deleted(doc) else doc

    def delete(self, doc: int) -> bool:
        """Delete a document; False if it was deleted before."""
        if self.is_deleted(doc):
            return False
        if self.deletes is None:
            before = self.opened.deletes
            core = self.opened.core
            self.deletes = _core.Deletes(core, before.encode()) if before is not None else _core.Deletes(core)
        if self._deleter is None:
            schema = self.opened.schema
            cores = [core_analyzer(schema[name], analyzer) for name, analyzer in self.analyzers.items()]
            self._deleter = _core.Deleter(self.opened.core, cores)
        return self._deleter.remove(self.deletes, doc, self.opened.stored_texts(doc))

    def delete_ids(self, ids: Iterable[str]) -> None:
        """Delete the live documents of these ids, as far as they are here."""
        for doc in self.opened.core.find_ids(list(ids)):
            if doc is not None:
                self.delete(doc)

    def under(
        self, directory: Directory, schema: Schema, analyzers: Mapping[str, Analyzer | None]
    ) -> WorkingSegment:
        """The same segment and deletes under another schema; fields that are gone are hidden in it."""
        before, entry = self.opened.schema, self.opened.entry
        gone = tuple(name for name in before if name not in schema and self.opened.has_field(name))
        entry = entry._replace(without=entry.without + gone)
        fields = before.searched_fields
        if schema.searched_fields[: len(fields)] != fields or self.deletes is not None:
            entry, deletes = entry._replace(deletes=None, num_deleted=0), self._current
        else:
            deletes = None
        opened = self.opened.as_of(directory, entry, schema)
        if deletes is None:
            return WorkingSegment(opened, analyzers)
        encoded = rearranged(deletes.encode(), fields, schema.searched_fields)
        return WorkingSegment(opened, analyzers, _core.Deletes(opened.core, encoded))

    def core_pair(self) -> tuple[_core.Segment, _core.Deletes | None]:
        """What a snapshot of the core takes."""
        return self.opened.core, self._current

    def commit(self, directory: Directory, deletes_name: str) -> SegmentEntry:
        """The entry for the next manifest; writes the deletes under that name if this transaction has any."""
        if self.deletes is None:
            return self.opened.entry
        # Deletes only grow: as many are the same ones. A commit that is repeated leaves no file each time.
        if self._written is None or self._written.num_deleted != len(self.deletes):
            entry = directory.write_file(deletes_name, self.deletes.encode())
            self._written = self.opened.entry._replace(deletes=entry, num_deleted=len(self.deletes))
        return self._written

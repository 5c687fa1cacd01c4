"""The documents of one file, or of an archive's members, each of which is read as a file is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..errors import SourceError
from .content import OpenFile
from .files import SourceFile
from .formats.contract import Member, Row
from .ignoring import Choice
from .inside import Passing, Visit, why_too_deep
from .listing import Listing
from .mapping import RowMapper
from .naming import field_name
from .opened import Opened, OpenedFile
from .opening import Opener
from .problems import Problem, RefusedRow, SourceDocument
from .reports import Reports
from .row_documents import RowDocuments
from .schema_of_sources import SchemaOfSources

_MAX_TOLD = 100


class FileReader:
    """Reads files one after the other. listing: its walk counts the members that are passed over."""

    def __init__(
        self,
        opener: Opener,
        mapper: RowMapper,
        schema: SchemaOfSources,
        documents: RowDocuments,
        choice: Choice,
        listing: Listing,
        reports: Reports,
    ) -> None:
        self._opener, self._mapper, self._schema, self._documents = opener, mapper, schema, documents
        self._choice, self._listing, self._reports = choice, listing, reports
        self._num_told = 0

    def read(self, file: SourceFile, visit: Visit) -> Iterator[SourceDocument]:
        """The documents of one file, or of an archive's members; visit is told what is met on the way."""
        self._schema.now()  # before the file is opened: standard input cannot be opened twice
        growing = self._schema.growing
        if growing is not None:
            growing.meet(file)
        try:
            reading, rows = self._opener.open(file)
        except SourceError as error:
            self._reports.refuse(Problem(file.shown, str(error)))
            visit.refused(RefusedRow(0, None, file))
            return
        with reading:
            if growing is not None:
                rows = growing.met_rows(file, reading, rows)
            visit.opened(reading)
            try:
                if isinstance(reading, OpenFile) and reading.format.has_members:
                    yield from self._read_members(file, reading, visit)
                else:
                    yield from self._read_rows(file, reading, rows, visit)
            except SourceError as error:
                if self._reports.ends_run(error):
                    raise
                visit.refused(RefusedRow(0, None, file))
                self._reports.refuse(Problem(file.shown, str(error)))
                self._tell(file, reading)
                return
            self._tell(file, reading)
            self._tell_names_apart(file)
            if reading.how in ("guessed", "declared"):
                self._reports.notice(Problem(file.shown, f"read as {reading.encoding} ({reading.how})"))

    def _tell(self, file: SourceFile, reading: Opened) -> None:
        for text in reading.unread:
            self._reports.refuse(Problem(file.shown, text))
        for text in reading.notices:
            self._reports.notice(Problem(file.shown, text))

    def _read_rows(
        self, file: SourceFile, reading: OpenedFile, rows: Iterator[Row], visit: Visit
    ) -> Iterator[SourceDocument]:
        for row in rows:
            found = self._documents.document(file, row, cells=reading.format.has_cells)
            if isinstance(found, RefusedRow):
                visit.refused(found)
            else:
                yield found

    def _read_members(self, file: SourceFile, reading: OpenFile, visit: Visit) -> Iterator[SourceDocument]:
        if reason := why_too_deep(file):
            raise SourceError(reason)
        if file.within is None and visit.wants_stamps(file):
            visit.stamped(file, self._opener.stamps(file))
        for inner, member in self._members(file, reading, visit):
            if visit.is_unchanged(inner):
                continue
            with self._opener.lend(inner, reading, member) as lent:
                yield from self.read(inner, visit)
                visit.done(inner, lent.stamp())
            if reading.budget.is_exhausted:
                raise SourceError(reading.budget.why)

    def _members(
        self, file: SourceFile, reading: OpenFile, visit: Visit
    ) -> Iterator[tuple[SourceFile, Member]]:
        """The members that are read."""
        passing = Passing(
            file,
            self._choice,
            self._listing.pass_over,
            visit,
            lambda reason: self._reports.refuse(Problem(file.shown, reason)),
        )
        return passing.files(reading.members())

    def _tell_names_apart(self, file: SourceFile) -> None:
        """What was renamed since the last file, so that no field is another's."""
        told_apart = self._mapper.told_apart
        for name, became in itertools.islice(told_apart.items(), self._num_told, _MAX_TOLD):
            reason = f"the field {name!r} is read as {became!r}, for another is {field_name(name)!r}"
            self._reports.notice(Problem(file.shown, reason))
        self._num_told = len(told_apart)

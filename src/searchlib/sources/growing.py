"""A schema that grows while its documents are made: fields that files, tables and rows bring.

Each new field goes to whoever keeps the index before a document has it. Documents are not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..errors import SourceError
from ..schema import MAX_FIELDS, Field, Schema
from .file_fields import has_file_fields, missing
from .files import STDIN, SourceFile
from .formats import of_name
from .formats.contract import Row
from .inference import SchemaSketch, fitting
from .mapping import RowMapper
from .opened import OpenedFile
from .opening import Opener, first_rows
from .problems import Problem


class Growing:
    """The schema as it is by now.

    add: puts a field into the index. notice: is told of columns of several kinds.
    looked_at: the paths of files whose fields the schema has already.
    """

    def __init__(
        self,
        schema: Schema,
        mapper: RowMapper,
        opener: Opener,
        add: Callable[[str, Field], object],
        notice: Callable[[Problem], object],
        looked_at: frozenset[str],
    ) -> None:
        self.schema = schema
        self.grown: dict[str, Field] = {}
        self._mapper, self._opener, self._add, self._notice = mapper, opener, add, notice
        self._looked_at = looked_at
        mapper.grow = self.grow

    def grow(self, fields: dict[str, Field]) -> Schema:
        """The schema with these fields, as far as there is room."""
        new = fitting(self.schema, fields)
        for name, field in new.items():
            self._add(name, field)
        if new:
            self.grown.update(new)
            self.schema = Schema(**dict(self.schema), **new)
        return self.schema

    def meet(self, file: SourceFile) -> None:
        """Take in the fields of a file before it is read: many values tell a type better than one."""
        schema = self.schema
        if file.format and of_name(file.format).has_members:
            return  # its members are met one by one
        if file.format and not of_name(file.format).has_rows:
            rows_own = {} if has_file_fields(schema) else schema
            if file.path != STDIN and len(schema) < MAX_FIELDS and (new := missing(schema, rows_own)):
                self.grow(new)
            return
        if file.path in self._looked_at:
            return
        try:
            reading, rows = self._opener.head(file)
        except SourceError:
            return  # reported when it is read
        self._take_in(file, reading, rows)

    def met_rows(self, file: SourceFile, reading: OpenedFile, rows: Iterator[Row]) -> Iterator[Row]:
        """The same of an open file that turned out to have rows, as the export of a chat that is called .txt.

        All its rows are returned.
        """
        if not file.format or of_name(file.format).has_rows or file.path in self._looked_at:
            return rows  # it was met
        head, rows = first_rows(reading, rows)
        self._take_in(file, reading, head)
        return rows

    def _take_in(self, file: SourceFile, reading: OpenedFile, rows: Iterable[Row]) -> None:
        schema = self.schema
        sketch = SchemaSketch()
        for row in rows:
            if row.fields is not None:
                found = self._mapper.rename(row.fields, schema)
                unknown = {name: value for name, value in found.items() if name not in schema}
                sketch.add(unknown, cells=reading.format.has_cells)
        if new := sketch.fields():
            self.grow(new)
        for _, said in sketch.mixed():
            self._notice(Problem(file.shown, said))

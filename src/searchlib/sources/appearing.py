"""Documents that programs hand over, one by one: fields that an inferred schema lacks come into the index.

The rows of files come by file_reader.py, which knows places in files; here there is neither file nor line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from ..errors import DocumentError
from ..schema import ID, Field, Schema
from .inference import SchemaSketch, fitting
from .mapping import RowMapper


class Writer(Protocol):
    """What is needed of an IndexWriter."""

    @property
    def schema(self) -> Schema: ...

    def add(self, document: dict[str, Any], /) -> str: ...

    def add_field(self, name: str, field: Field, /) -> object: ...


def schema_for(rows: Iterable[Mapping[str, Any]]) -> Schema | None:
    """The schema of rows such as these; None if they have no field that an index could keep."""
    mapper, sketch = RowMapper(), SchemaSketch()
    for row in rows:
        sketch.add(mapper.rename(row))
    return sketch.schema()


class Appearing:
    """Adds documents through a writer whose schema grows with them.

    Nested objects are taken apart: author.name comes as author_name. A value that its field does not take
    comes into a field beside it, year_text for year, and is counted in `put_elsewhere`. What no field could
    take is counted in `left_out`.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._mapper = RowMapper()
        self._mapper.grow = self._grow
        self._schema = writer.schema
        self.grown: dict[str, Field] = {}

    @property
    def left_out(self) -> Mapping[str, int]:
        """The fields that the index has no room for, and how many documents had each."""
        return self._mapper.left_out

    @property
    def put_elsewhere(self) -> Mapping[str, int]:
        """The fields that did not take a value, and how many values of each went into the one beside it."""
        return self._mapper.put_elsewhere

    def meet(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take in the fields of rows that are to come: many values tell a type better than one."""
        sketch = SchemaSketch()
        for row in rows:
            found = self._mapper.rename(row, self._schema)
            sketch.add({name: value for name, value in found.items() if name not in self._schema})
        self._grow(sketch.fields())

    def add(self, row: Mapping[str, Any]) -> str:
        """Add one; its id, which is its insertion number if it has none. DocumentError."""
        try:
            document, own_id = self._mapper.document(row, self._schema, "")
        except ValueError as error:
            raise DocumentError(str(error)) from None
        if own_id is None:
            del document[ID]
        return self._writer.add(document)

    def _grow(self, fields: dict[str, Field]) -> Schema:
        for name, field in fitting(self._schema, fields).items():
            self._writer.add_field(name, field)
            self.grown[name] = field
        self._schema = self._writer.schema
        return self._schema

"""A look at the first rows of the first files, from which a schema is inferred before any is read.

Standard input can be read only once: what was looked at of it is kept for that.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from ..errors import SourceError
from ..schema import MAX_FIELDS, Field, Schema
from .content import OpenFile
from .file_fields import missing
from .files import STDIN, SourceFile
from .formats import of_name
from .formats.contract import Row
from .inference import SAMPLE_ROWS, SchemaSketch, document_schema
from .mapping import RowMapper

_SAMPLE_FILES = 100
_SAMPLE_BYTES = 16_000_000


class Opener:
    """Opens files, all in one encoding (None: each in its own); records: as in Sources."""

    def __init__(self, encoding: str | None, records: str | None) -> None:
        self._encoding, self._records = encoding, records
        self._stdin: tuple[OpenFile, Iterator[Row]] | None = None

    def open(self, file: SourceFile) -> tuple[OpenFile, Iterator[Row]]:
        """A file and its rows. Raises SourceError."""
        if file.path == STDIN and self._stdin is not None:
            opened, self._stdin = self._stdin, None
            return opened
        reading = OpenFile(file, self._encoding, self._records)
        return reading, reading.rows()

    def head(self, file: SourceFile) -> tuple[OpenFile, list[Row]]:
        """A file and its first rows, none if it is one document; it is to be opened again to be read.

        Raises SourceError if it cannot be opened; rows end where it cannot be read on.
        """
        reading, rows = self.open(file)
        head: list[Row] = []
        if file.path == STDIN:
            self._stdin = reading, itertools.chain(head, rows)
        try:
            if reading.format.has_rows:
                for row in itertools.islice(rows, SAMPLE_ROWS):
                    head.append(row)
                    if reading.num_bytes > _SAMPLE_BYTES:
                        break
        except SourceError as error:
            if file.path == STDIN:
                self._stdin = reading, itertools.chain(head, map(_raised, (error,)))
        finally:
            if file.path != STDIN:
                reading.close()
        return reading, head


def _raised(error: SourceError) -> NoReturn:
    raise error


class Inferred(NamedTuple):
    """A schema, the files that were looked at for it, and what is to be said of fields."""

    schema: Schema
    looked_at: frozenset[str]
    notices: list[str]


def infer_schema(files: Iterable[SourceFile], opener: Opener, mapper: RowMapper) -> Inferred:
    """One look at the head of each of the first structured files, and at the first plain ones."""
    sketch = SchemaSketch()
    looked_at: set[str] = set()
    plain: list[dict[str, Any]] = []
    has_plain = has_files = False
    num_rows = num_plain = 0
    for file in files:
        format = of_name(file.format) if file.format else None
        if format is None or format.has_rows:
            if num_rows < _SAMPLE_FILES:
                num_rows += 1
                looked_at.add(file.path)
                is_plain = not _sample(file, opener, mapper, sketch)
                has_plain |= is_plain
                has_files |= is_plain and file.path != STDIN
            continue
        if num_plain < _SAMPLE_FILES and (format.has_fields or format.mistaken or format.entries):
            num_plain += 1
            found = _fields_of(file, opener, mapper)
            if found is None:  # it has rows, as the export of a chat that is called .txt
                looked_at.add(file.path)
                _sample(file, opener, mapper, sketch)
                continue
            plain += found
        has_plain = has_files = True
        if num_rows >= _SAMPLE_FILES and num_plain >= _SAMPLE_FILES:
            break
    rows_own = sketch.fields()
    if has_plain:
        base = mapper.rename({"title": "a title", "body": "some text"})
        sketch.add_plain(base)
        for row in plain:
            sketch.add({name: value for name, value in row.items() if name not in base}, cells=True)
    schema = sketch.schema() or document_schema()
    if has_files:
        schema = _with_file_fields(schema, rows_own)
    return Inferred(schema, frozenset(looked_at), [said for _, said in sketch.mixed()])


def _with_file_fields(schema: Schema, rows_own: dict[str, Field]) -> Schema:
    added = list(missing(schema, rows_own).items())[: MAX_FIELDS - len(schema)]
    return Schema(**dict(schema), **dict(added))


def _sample(file: SourceFile, opener: Opener, mapper: RowMapper, sketch: SchemaSketch) -> bool:
    """Show the file's first rows to the sketch; False if it is one document after all."""
    try:
        reading, rows = opener.head(file)
    except SourceError:
        return True  # reported when its turn comes
    for row in rows:
        if row.fields is not None:
            sketch.add(mapper.rename(row.fields), cells=reading.format.has_cells)
    return reading.format.has_rows


def _fields_of(file: SourceFile, opener: Opener, mapper: RowMapper) -> list[dict[str, Any]] | None:
    """The fields of a file that is one document, where it may have others than title and body.

    None: it is many documents. What cannot be read has none, and is reported later.
    """
    try:
        reading, rows = opener.open(file)
        with reading:
            if reading.format.has_rows:
                return None
            if not reading.format.has_fields:
                return []
            return [mapper.rename(row.fields) for row in rows if row.fields is not None]
    except SourceError:
        return []

"""A look at the first rows of the first files, from which a schema is inferred before any is read.

Standard input can be read only once: what was looked at of it is kept for that.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NoReturn

from ..errors import SourceError
from ..schema import Schema
from .content import OpenFile
from .files import STDIN, SourceFile
from .formats import of_name
from .formats.contract import Row
from .inference import SAMPLE_ROWS, SchemaSketch, document_schema
from .mapping import RowMapper

_SAMPLE_FILES = 100


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
                head.extend(itertools.islice(rows, SAMPLE_ROWS))
        except SourceError as error:
            if file.path == STDIN:
                self._stdin = reading, itertools.chain(head, map(_raised, (error,)))
        finally:
            if file.path != STDIN:
                reading.close()
        return reading, head


def _raised(error: SourceError) -> NoReturn:
    raise error


def infer_schema(files: Iterable[SourceFile], opener: Opener, mapper: RowMapper) -> Schema:
    """One look at the head of each of the first structured files, and whether there are plain ones."""
    sketch = SchemaSketch()
    has_plain = False
    num_sampled = 0
    for file in files:
        is_structured = not file.format or of_name(file.format).has_rows
        if is_structured and num_sampled < _SAMPLE_FILES:
            num_sampled += 1
            has_plain |= not _sample(file, opener, mapper, sketch)
        has_plain |= not is_structured
        if has_plain and num_sampled >= _SAMPLE_FILES:
            break
    if has_plain:
        sketch.add_plain(mapper.rename({"title": "a title", "body": "some text"}))
    return sketch.schema() or document_schema()


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

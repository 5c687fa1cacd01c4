"""A look at the first rows of the first files, from which a schema is inferred before any is read.

Standard input can be read only once: what was looked at of it is kept for that.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from ..errors import SourceError
from ..schema import MAX_FIELDS, Field, Schema
from .content import OpenFile
from .file_fields import missing
from .files import STDIN, SourceFile
from .foresight import looking_ahead
from .formats import of_name
from .formats.contract import Row
from .inference import SAMPLE_ROWS, SchemaSketch, document_schema
from .mapping import RowMapper
from .opened import KeptFile, OpenedFile
from .workers.pool import Workers

_SAMPLE_FILES = 100
_SAMPLE_BYTES = 16_000_000
_KEPT_CHARACTERS = 4_000_000


class Opener:
    """Opens files, all in one encoding (None: each in its own); records: as in Sources.

    workers: the processes that read what is not read here.
    """

    def __init__(self, encoding: str | None, records: str | None, workers: Workers) -> None:
        self._encoding, self._records, self.workers = encoding, records, workers
        self._stdin: tuple[OpenedFile, Iterator[Row]] | None = None
        self._kept: dict[str, tuple[SourceFile, KeptFile | SourceError]] = {}
        self._room = _KEPT_CHARACTERS

    def expect(self, file: SourceFile) -> None:
        """It will be opened soon, after those of which this was said before."""
        if file.path not in self._kept:  # which is looked at when it is opened
            self.workers.expect(file, self._encoding, self._records)

    def open(self, file: SourceFile) -> tuple[OpenedFile, Iterator[Row]]:
        """A file and its rows. Raises SourceError."""
        if file.path == STDIN and self._stdin is not None:
            opened, self._stdin = self._stdin, None
            return opened
        known, kept = self._kept.pop(file.path, (file, None))
        if kept is None or not _is_same(file, known):
            return self._open(file)
        if isinstance(kept, SourceError):
            raise kept
        return kept, iter(kept.rows)

    def _open(self, file: SourceFile, max_rows: int = 0) -> tuple[OpenedFile, Iterator[Row]]:
        away = self.workers.open(file, self._encoding, self._records, max_rows=max_rows)
        if away is not None:
            return away, away.rows()
        reading = OpenFile(file, self._encoding, self._records, workers=self.workers)
        return reading, reading.rows()

    def keep(self, file: SourceFile) -> list[Row]:
        """The rows of a file that is one document; it need not be read again when it is opened.

        Raises SourceError.
        """
        found: list[Row] = []
        try:
            reading, rows = self._open(file)
            with reading:
                found.extend(rows)
                read = KeptFile(reading, found)
        except SourceError as error:
            if not found:  # what took a minute to fail is not tried twice
                self._kept[file.path] = file, error
            raise
        if (size := read.num_characters()) <= self._room:
            self._room -= size
            self._kept[file.path] = file, read
        return read.rows

    def head(self, file: SourceFile) -> tuple[OpenedFile, list[Row]]:
        """A file and its first rows, none if it is one document; it is to be opened again to be read.

        Raises SourceError if it cannot be opened; rows end where it cannot be read on.
        """
        reading, rows = self._open(file, SAMPLE_ROWS) if file.path != STDIN else self.open(file)
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


def _is_same(file: SourceFile, other: SourceFile) -> bool:
    """Whether nothing has happened to it in between, as far as the file system tells."""
    return all(
        getattr(file, name) == getattr(other, name) for name in ("path", "format", "size_bytes", "mtime_ns")
    )


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
    for file in looking_ahead(files, _expecting(opener), _SAMPLE_FILES):
        format = of_name(file.format) if file.format else None
        if format is None or format.has_rows:
            if num_rows < _SAMPLE_FILES:
                num_rows += 1
                looked_at.add(file.path)
                is_plain = not _sample(file, opener, mapper, sketch)
                has_plain |= is_plain
                has_files |= is_plain and file.path != STDIN
            continue
        has_plain = has_files = True
        if format.has_fields and num_plain < _SAMPLE_FILES:
            num_plain += 1
            plain += _fields_of(file, opener, mapper)
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


def _expecting(opener: Opener) -> Callable[[SourceFile], None]:
    """Says which files will be read whole for their fields."""
    numbers = iter(range(_SAMPLE_FILES))

    def expect(file: SourceFile) -> None:
        format = of_name(file.format) if file.format else None
        is_sampled = format is not None and format.has_fields and not format.has_rows
        if is_sampled and next(numbers, None) is not None:
            opener.expect(file)

    return expect


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


def _fields_of(file: SourceFile, opener: Opener, mapper: RowMapper) -> list[dict[str, Any]]:
    """The fields of a file that is one document; none where it cannot be read, which is reported later."""
    try:
        return [mapper.rename(row.fields) for row in opener.keep(file) if row.fields is not None]
    except SourceError:
        return []

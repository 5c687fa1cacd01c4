"""A look at the first rows of the first files, from which a schema is inferred before any is read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..errors import SourceError
from ..schema import MAX_FIELDS, Field, Schema
from .content import OpenFile
from .file_fields import missing
from .files import STDIN, SourceFile
from .foresight import looking_ahead
from .formats import of_name
from .formats.declaration import Format
from .ignoring import Choice
from .inference import SchemaSketch, document_schema
from .inside import Passing, Visit
from .mapping import RowMapper
from .opening import Opener

_SAMPLE_FILES = 100
_SAMPLE_ARCHIVES = 20
_SAMPLE_UNPACKED_BYTES = 64_000_000


class Inferred(NamedTuple):
    """A schema, the files that were looked at for it, and what is to be said of fields."""

    schema: Schema
    looked_at: frozenset[str]
    notices: list[str]


def infer_schema(files: Iterable[SourceFile], opener: Opener, mapper: RowMapper, choice: Choice) -> Inferred:
    """One look at the head of each of the first structured files, and at the first plain ones.

    Files in archives count as others do, as far as choice has them read.
    """
    sketch = SchemaSketch()
    looked_at: set[str] = set()
    plain: list[dict[str, Any]] = []
    has_plain = has_files = False
    num_rows = num_plain = 0
    ahead = looking_ahead(files, _expecting(opener), _SAMPLE_FILES)
    for file in _with_members(ahead, opener, choice):
        format = of_name(file.format) if file.format else None
        if format is None or format.has_rows:
            if num_rows < _SAMPLE_FILES:
                num_rows += 1
                looked_at.add(file.path)
                is_plain = not _sample(file, opener, mapper, sketch)
                has_plain |= is_plain
                has_files |= is_plain and file.path != STDIN
            continue
        if num_plain < _SAMPLE_FILES and _may_have_fields(format):
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


def _expecting(opener: Opener) -> Callable[[SourceFile], None]:
    """Says which files will be opened for the fields that they may have."""
    numbers = iter(range(_SAMPLE_FILES))

    def expect(file: SourceFile) -> None:
        format = of_name(file.format) if file.format else None
        if (
            format is not None
            and not format.has_rows
            and _may_have_fields(format)
            and next(numbers, None) is not None
        ):
            opener.expect(file)

    return expect


def _may_have_fields(format: Format) -> bool:
    """Whether such a file may have others than title and body: its own, or rows in truth."""
    return format.has_fields or bool(format.mistaken or format.entries)


def _with_members(files: Iterable[SourceFile], opener: Opener, choice: Choice) -> Iterator[SourceFile]:
    """The files, and in the place of an archive its first members, each open for this one look."""
    num_archives = 0
    for file in files:
        if not (file.format and of_name(file.format).has_members):
            yield file
        elif num_archives < _SAMPLE_ARCHIVES:
            num_archives += 1
            yield from _first_members(file, opener, choice)


def _first_members(file: SourceFile, opener: Opener, choice: Choice) -> Iterator[SourceFile]:
    try:
        reading, _ = opener.open(file)
        with reading:
            if not isinstance(reading, OpenFile) or not reading.format.has_members:
                if file.within is None:  # which can be opened again
                    yield file.replace(format=reading.format.name)
                return
            files = Passing(file, choice, lambda *_: None, Visit(), lambda _: None).files(reading.members())
            for inner, member in itertools.islice(files, _SAMPLE_FILES):
                with opener.lend(inner, reading, member):
                    if inner.format and of_name(inner.format).has_members:
                        yield from _first_members(inner, opener, choice)
                    else:
                        yield inner
                if reading.budget.num_unpacked > _SAMPLE_UNPACKED_BYTES:
                    return
    except SourceError:
        pass  # reported when it is read


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
        rows = opener.keep(file)
        if rows is None:
            return None
        return [mapper.rename(row.fields) for row in rows if row.fields is not None]
    except SourceError:
        return []

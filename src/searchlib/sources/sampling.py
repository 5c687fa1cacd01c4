"""A look at the first rows of the first files, from which a schema is inferred before any is read.

Standard input can be read only once: what was looked at of it is kept for that.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, NoReturn

from ..errors import SourceError
from ..schema import MAX_FIELDS, Field, Schema
from .archives.streams import Readable, skip
from .content import OpenFile
from .file_fields import missing
from .files import STDIN, SourceFile, Walk
from .formats import of_name
from .formats.contract import Member, Row
from .ignoring import Choice
from .inference import SAMPLE_ROWS, SchemaSketch, document_schema
from .inside import Passing, Visit, stamps_of
from .mapping import RowMapper
from .metered import Metered

_SAMPLE_FILES = 100
_SAMPLE_BYTES = 16_000_000
_SAMPLE_ARCHIVES = 20
_SAMPLE_UNPACKED_BYTES = 64_000_000


class Opener:
    """Opens files, all in one encoding (None: each in its own); records: as in Sources.

    Standard input and members of archives can be opened once: what was looked at of them is kept.
    """

    def __init__(self, encoding: str | None, records: str | None) -> None:
        self._encoding, self._records = encoding, records
        self._kept: dict[str, tuple[OpenFile, Iterator[Row]] | SourceError] = {}
        self._lent: dict[str, Lent] = {}

    def open(self, file: SourceFile) -> tuple[OpenFile, Iterator[Row]]:
        """A file and its rows, or members. Raises SourceError."""
        kept = self._kept.pop(file.path, None)
        if isinstance(kept, SourceError):
            raise kept
        if kept is not None:
            return kept
        reading = OpenFile(file, self._encoding, self._records, self._member(file))
        return reading, reading.rows()

    def head(self, file: SourceFile) -> tuple[OpenFile, list[Row]]:
        """A file and its first rows, none if it is one document; it is to be opened again to be read.

        Raises SourceError if it cannot be opened; rows end where it cannot be read on.
        """
        once = file.path == STDIN or file.within is not None
        try:
            reading, rows = self.open(file)
        except SourceError as error:
            if once:
                self._kept[file.path] = error
            raise
        head: list[Row] = []
        if once:
            self._kept[file.path] = reading, itertools.chain(head, rows)
        try:
            if reading.format.has_rows:
                for row in itertools.islice(rows, SAMPLE_ROWS):
                    head.append(row)
                    if reading.num_bytes > _SAMPLE_BYTES:
                        break
        except SourceError as error:
            if once:
                self._kept[file.path] = reading, itertools.chain(head, map(_raised, (error,)))
        finally:
            if not once:
                reading.close()
        return reading, head

    @contextmanager
    def lend(self, file: SourceFile, archive: OpenFile, member: Member) -> Iterator[Lent]:
        """A member's bytes, as long as its archive is at that place."""
        lent = self._lent[file.path] = Lent(archive, member)
        try:
            yield lent
        finally:
            del self._lent[file.path]
            kept = self._kept.pop(file.path, None)
            if isinstance(kept, tuple):
                kept[0].close()

    def _member(self, file: SourceFile) -> tuple[OpenFile, Metered] | None:
        if file.within is None:
            return None
        lent = self._lent[file.path]
        return lent.archive, lent.stream

    def stamps(self, file: SourceFile) -> dict[str, str]:
        """The stamps of an archive's members, of which nothing is read else."""
        try:
            with OpenFile(file, self._encoding, self._records) as reading:
                return stamps_of(reading)
        except SourceError:
            return {}


class Lent:
    """A member that is read now."""

    def __init__(self, archive: OpenFile, member: Member) -> None:
        self.archive, self._member = archive, member
        self.stream = Metered(_Late(member), owned=False)

    def stamp(self) -> str:
        """As stamp_of gives it; what was not read of the member is read."""
        if self._member.stamp:
            return self._member.stamp
        try:
            skip(self.stream)
        except SourceError:
            return ""
        return self.stream.hash.hexdigest()


class _Late:
    """A member's bytes, opened when they are read."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._stream: Readable | None = None

    def read(self, size: int, /) -> bytes:
        if self._stream is None:
            self._stream = self._member.opened()
        return self._stream.read(size) or b""


def _raised(error: SourceError) -> NoReturn:
    raise error


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
    for file in _with_members(files, opener, choice):
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
            if not reading.format.has_members:
                if file.within is None:  # which can be opened again
                    yield file.replace(format=reading.format.name)
                return
            files = Passing(file, choice, Walk(), Visit(), lambda _: None).files(reading.members())
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


def _fields_of(file: SourceFile, opener: Opener, mapper: RowMapper) -> list[dict[str, Any]]:
    """The fields of a file that is one document; none where it cannot be read, which is reported later."""
    try:
        reading, rows = opener.open(file)
        with reading:
            return [mapper.rename(row.fields) for row in rows if row.fields is not None]
    except SourceError:
        return []

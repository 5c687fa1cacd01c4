"""How files are opened: here or by a worker, once or again; members of archives while their turn lasts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from ..errors import SourceError
from .archives.streams import Readable, skip
from .content import OpenFile
from .files import STDIN, SourceFile
from .formats.contract import Member, Row
from .inference import SAMPLE_ROWS
from .inside import stamps_of
from .mending import Errors
from .metered import Metered
from .opened import KeptFile, OpenedFile
from .workers.pool import Workers

_SAMPLE_BYTES = 16_000_000
_KEPT_CHARACTERS = 16_000_000


class Opener:
    """Opens files, all in one encoding (None: each in its own); records, errors: as in Sources.

    Standard input and members of archives can be opened once: what was looked at of them is kept. So is a
    file that was read whole, as far as there is room.
    workers: the processes that read what is not read here.
    """

    def __init__(
        self, encoding: str | None, records: str | None, workers: Workers, errors: Errors = "mend"
    ) -> None:
        self._asked = encoding, records, errors
        self.workers = workers
        self._once: dict[str, tuple[OpenedFile, Iterator[Row]] | SourceError] = {}
        self._whole: dict[str, tuple[SourceFile, KeptFile | SourceError]] = {}
        self._lent: dict[str, Lent] = {}
        self._room = _KEPT_CHARACTERS

    def expect(self, file: SourceFile) -> None:
        """It will be opened soon, after those of which this was said before."""
        if file.path not in self._whole:  # which is looked at when it is opened
            self.workers.expect(file, *self._asked)

    def give(self, file: SourceFile, reading: OpenedFile, rows: Iterator[Row]) -> None:
        """It is open already: this is what it gives when it is opened next."""
        self._once[file.path] = reading, rows

    def open(self, file: SourceFile) -> tuple[OpenedFile, Iterator[Row]]:
        """A file and its rows; members are asked of it itself. Raises SourceError."""
        looked_at = self._once.pop(file.path, None)
        if isinstance(looked_at, SourceError):
            raise looked_at
        if looked_at is not None:
            return looked_at
        known, whole = self._whole.pop(file.path, (file, None))
        if whole is None or not _is_same(file, known):
            return self._open(file)
        if isinstance(whole, SourceError):
            raise whole
        return whole, iter(whole.rows)

    def _open(self, file: SourceFile, max_rows: int = 0) -> tuple[OpenedFile, Iterator[Row]]:
        if file.within is None:
            away = self.workers.open(file, *self._asked, max_rows=max_rows)
            if away is not None:
                return away, away.rows()
        encoding, records, errors = self._asked
        reading = OpenFile(file, encoding, records, self._member(file), workers=self.workers, errors=errors)
        return reading, reading.rows()

    def keep(self, file: SourceFile) -> list[Row] | None:
        """The rows of a file that is one document; it need not be read again when it is opened.

        None where it is many documents, whatever its name says; no rows where it has no fields but title and
        body. A member of an archive is read again, for it comes only with its archive. Raises SourceError.
        """
        found: list[Row] = []
        try:
            reading, rows = self._open(file)
            if reading.format.has_rows or not reading.format.has_fields:
                if file.path == STDIN or file.within is not None:
                    self._once[file.path] = reading, rows
                else:
                    reading.close()
                return None if reading.format.has_rows else []
            with reading:
                found.extend(rows)
                read = KeptFile(reading, found)
        except SourceError as error:
            if not found and file.within is None:  # what took a minute to fail is not tried twice
                self._whole[file.path] = file, error
            raise
        size = read.num_characters()
        if file.path == STDIN or (file.within is None and size <= self._room):
            self._room -= size
            self._whole[file.path] = file, read
        return read.rows

    def head(self, file: SourceFile) -> tuple[OpenedFile, list[Row]]:
        """A file and its first rows, none if it is one document; it is to be opened again to be read.

        Raises SourceError if it cannot be opened; rows end where it cannot be read on.
        """
        once = file.path == STDIN or file.within is not None
        try:
            reading, rows = self.open(file) if once else self._open(file, SAMPLE_ROWS)
        except SourceError as error:
            if once:
                self._once[file.path] = error
            raise
        try:
            head, rows = first_rows(reading, rows)
        finally:
            if once:
                self._once[file.path] = reading, rows
            else:
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
            looked_at = self._once.pop(file.path, None)
            if isinstance(looked_at, tuple):
                looked_at[0].close()

    def _member(self, file: SourceFile) -> tuple[OpenFile, Metered] | None:
        if file.within is None:
            return None
        lent = self._lent[file.path]
        return lent.archive, lent.stream

    def stamps(self, file: SourceFile) -> dict[str, str]:
        """The stamps of an archive's members, of which nothing is read else."""
        try:
            with OpenFile(file, *self._asked[:2]) as reading:
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


def first_rows(reading: OpenedFile, rows: Iterator[Row]) -> tuple[list[Row], Iterator[Row]]:
    """The first rows, none of what is one document; and all of them, which end as they would have ended."""
    head: list[Row] = []
    if not reading.format.has_rows:
        return head, rows
    try:
        for row in itertools.islice(rows, SAMPLE_ROWS):
            head.append(row)
            if reading.num_bytes > _SAMPLE_BYTES:
                break
    except SourceError as error:
        return head, itertools.chain(head, map(_raised, (error,)))
    return head, itertools.chain(head, rows)


def _is_same(file: SourceFile, other: SourceFile) -> bool:
    """Whether nothing has happened to it in between, as far as the file system tells."""
    return all(
        getattr(file, name) == getattr(other, name) for name in ("path", "format", "size_bytes", "mtime_ns")
    )


def _raised(error: SourceError) -> NoReturn:
    raise error

"""SQLite databases: a row is a document, its columns are fields, and `table` says which table it is of.

The file is read as it lies there, without locks, and nothing is written beside it. Views, and what SQLite and
its virtual tables keep for themselves, are passed over with a word. A schema is a program that a stranger may
have written: none of its expressions is evaluated, unless the user asks for a view.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SourceError, brief
from .contract import Content, Row
from .sqlite_schema import Table, tables_of
from .sqlite_values import Texts, key_of

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

_SIGNATURE = b"SQLite format 3\0"
_HEAD_ROWS = 9_000
"""Rows of all tables together that come first, so that what is looked at for a schema has some of each."""

_STEPS = 100_000
_MAX_SILENT = 1_000
"""So many times _STEPS instructions may pass without a row; a view that sorts a big table takes long, too."""

_LIMITS = {0: 256 << 20, 7: 0, 8: 100}
"""Bytes of one value, databases attached, length of a pattern: by SQLite's own numbers of its limits."""

_MAX_VIEW_ROWS = 10_000_000
_MEND = "mend it: sqlite3 FILE .recover | sqlite3 NEW_FILE"


def read(content: Content) -> Iterator[Row]:
    """The rows of a database, table by table; content.records names the one table or view that is wanted."""
    import sqlite3

    with ExitStack() as stack:
        path = content.path()
        if not path:
            path = stack.enter_context(_copied(content))
        size = Path(path).stat().st_size
        _check_header(path, size, content)
        try:
            connection = stack.enter_context(closing(_opened(path)))
            yield from _Database(connection, size, content).rows()
        except sqlite3.Error as error:
            raise SourceError(f"is damaged: {brief(str(error))}; {_MEND}") from None


def _copied(content: Content) -> Any:
    """A temporary file of what is no file: SQLite reads here and there in it."""
    copy = tempfile.NamedTemporaryFile(prefix="searchlib-", suffix=".db")  # noqa: SIM115 (the caller's)
    stream = content.stream()
    while piece := stream.read(1 << 20):
        copy.write(piece)
    copy.flush()
    return _Named(copy)


class _Named:
    def __init__(self, file: Any) -> None:
        self._file = file

    def __enter__(self) -> str:
        return str(self._file.name)

    def __exit__(self, *exception: object) -> None:
        self._file.close()


def _check_header(path: str, size: int, content: Content) -> None:
    """That it is a database, and whether some of it stands elsewhere."""
    with open(path, "rb") as file:  # noqa: PTH123
        start = file.read(100)
    if not start:
        raise SourceError("is empty: a database without tables")
    if not start.startswith(_SIGNATURE):
        raise SourceError(
            'is no SQLite database, which begins with "SQLite format 3": it is encrypted, damaged, or of '
            "another program; export its tables as .csv"
        )
    for ending, least in (("-wal", 32), ("-journal", 512)):
        beside = Path(path + ending)
        if beside.is_file() and beside.stat().st_size > least:
            content.say(
                f"rows that a program wrote last may stand in {beside.name}, and only there: that is not "
                f"read; close the program, or write them into the database: "
                f'sqlite3 FILE "PRAGMA wal_checkpoint(TRUNCATE)"'
            )


def _opened(path: str) -> Connection:
    """The database, as a file that nobody changes: so there are no locks, and no files beside it."""
    import sqlite3
    from urllib.parse import quote

    uri = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"  # noqa: PTH100
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {setting}").close()
    if set_limit := getattr(connection, "setlimit", None):  # since Python 3.11
        for limit, value in _LIMITS.items():
            set_limit(limit, value)
    return connection


class _Database:
    """One pass over a database. size: its bytes, which bound how much it can hold."""

    def __init__(self, connection: Connection, size: int, content: Content) -> None:
        self._connection, self._content = connection, content
        self._texts = Texts()
        connection.text_factory = self._texts.of
        self._num_silent = self._number = 0
        self._rows_left = size // 4  # a cell takes four bytes at the least
        self._characters_left = 2 * size + 4096
        connection.set_progress_handler(self._passed, _STEPS)

    def _passed(self) -> bool:
        """Called each so many instructions; True ends the query."""
        self._num_silent += 1
        return self._num_silent > _MAX_SILENT

    def rows(self) -> Iterator[Row]:
        schema = tables_of(self._connection, self._content.records)
        readers = [self._rows_of(table) for table in schema.tables]
        head = max(1, _HEAD_ROWS // max(len(readers), 1))
        for rows in readers:
            yield from islice(rows, head)
        for rows in readers:
            yield from rows
        for notice in (*schema.notices, *self._texts.notices()):
            self._content.say(notice)
        if not self._number and not schema.tables:
            raise SourceError("has no table with rows of its own")

    def _rows_of(self, table: Table) -> Iterator[Row]:
        import sqlite3

        num_binary: dict[str, int] = {}
        try:
            with closing(self._connection.execute(table.query)) as cursor:
                for values in self._bounded(cursor, table):
                    self._number += 1
                    yield self._row(table, values, num_binary)
        except sqlite3.Error as error:
            reason = f"the rest of its table {table.name!r} cannot be read: {brief(str(error))}; {_MEND}"
            yield Row(0, None, reason)
        for column in table.columns:
            if column.read is not None and (notice := column.read.notice(column.name, table.name)):
                self._content.say(notice)
        for name, num in num_binary.items():
            said = "1 value is" if num == 1 else f"{num:,} values are"
            self._content.say(f"{said} binary in the column {name!r} of {table.name!r}, and not read")

    def _bounded(self, cursor: Cursor, table: Table) -> Iterator[tuple[Any, ...]]:
        """The rows, no more of them than the file has room for: pages may lead in circles."""
        left = _MAX_VIEW_ROWS
        for values in cursor:
            self._num_silent = 0
            left -= 1
            if not table.is_view:
                self._rows_left -= 1
                self._characters_left -= sum(len(value) for value in values if type(value) is str)
            if left < 0 if table.is_view else self._rows_left < 0 or self._characters_left < 0:
                raise SourceError(
                    f"its table {table.name!r} gives more rows than the file has room for; {_MEND}"
                )
            yield values

    def _row(self, table: Table, values: tuple[Any, ...], num_binary: dict[str, int]) -> Row:
        rowid, start = values[0], 1 + table.num_key
        key: str = key_of(values[1:start]) or str(self._number if rowid is None else rowid)
        fields: dict[str, Any] = {table.field: table.name}
        for column, value in zip(table.columns, values[start:], strict=True):
            if value is None:
                continue
            if type(value) is bytes:
                num_binary[column.name] = num_binary.get(column.name, 0) + 1
                continue
            fields[column.field] = value if column.read is None else column.read(value)
        return Row(self._number, fields, key=f"/{table.name}#{key}")

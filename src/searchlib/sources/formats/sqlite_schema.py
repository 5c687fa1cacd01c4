"""Which tables of an SQLite database hold rows of somebody's, how each is queried, and what is passed over.

Full-text tables keep their texts in a table of their own, under numbers for names: it is read under the names
that the texts have. Nothing is evaluated that the schema says, and no row is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...errors import SourceError
from ...schema import ID
from .contract import ENTRIES
from .sqlite_values import Declared, reader_of

if TYPE_CHECKING:
    from sqlite3 import Connection

_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\b.*?\bUSING\s+(\w+)", re.IGNORECASE | re.DOTALL)
_WITHOUT_ROWID = re.compile(r"\bWITHOUT\s+ROWID\b[^()]*\Z", re.IGNORECASE)
_SHADOWS = frozenset(
    ("content", "data", "idx", "docsize", "config", "segments", "segdir", "stat", "node", "parent", "rowid")
)
"""How the tables end that the usual virtual tables keep for themselves: docs_content of docs."""

_COLLATION = re.compile(r"\bCOLLATE\s+[\"'`\[]?(\w+)", re.IGNORECASE)
_MAX_COLLATIONS = 100
_ROWIDS = ("rowid", "_rowid_", "oid")
_MAX_TABLES = 2_000
_MAX_NAMED = 8


class Column(NamedTuple):
    """A column, the field that it becomes, and what is done with its values; None: nothing."""

    name: str
    field: str
    read: Declared | None


class Table(NamedTuple):
    """A table and its query, which gives a row's number, num_key values of its key, and the columns'."""

    name: str
    field: str  # the one that holds the table's name
    columns: list[Column]
    num_key: int
    query: str
    is_view: bool = False


class Tables(NamedTuple):
    """The tables to read, and what is to be said of the others."""

    tables: list[Table]
    notices: list[str]


def tables_of(connection: Connection, wanted: str | None) -> Tables:
    """All tables; or the one, or the view, that is wanted. Raises SourceError, sqlite3.Error."""
    _make_collations(connection)
    virtual: dict[str, str] = {}
    plain: dict[str, str] = {}
    views: list[str] = []
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')")
    for kind, name, sql in found.fetchall():
        if kind == "view":
            views.append(name)
        elif match := _VIRTUAL.match(sql or ""):
            virtual[name] = match[1].lower()
        else:
            plain[name] = sql or ""
    if wanted is not None and (wanted not in ENTRIES or wanted in plain):
        return _wanted(connection, wanted, plain, virtual, views)
    internal = {
        name
        for name in plain
        if name.lower().startswith("sqlite_")
        or (name.rpartition("_")[0] in virtual and name.rpartition("_")[2] in _SHADOWS)
    }
    own = [name for name in plain if name not in internal]
    tables = [_table(connection, name, plain[name]) for name in own[:_MAX_TABLES]]
    texts = [name for name, module in virtual.items() if module.startswith("fts")]
    tables += [_texts(connection, name) for name in texts if f"{name}_content" in plain]
    notices = [notice for table in tables for notice in _left_out(connection, table)]
    others = [name for name in virtual if name not in texts]
    empty = [name for name in texts if f"{name}_content" not in plain]
    for names, what in (
        (views, "views, whose rows are those of tables (--records NAME reads one)"),
        (others, "virtual tables, whose rows a program makes"),
        (empty, "full-text tables that keep no texts of their own"),
        (own[_MAX_TABLES:], f"tables beyond the first {_MAX_TABLES:,}"),
    ):
        if names:
            notices.append(f"not read: {_listed(names)}: {what}")
    if internal:
        what = "1 table" if len(internal) == 1 else f"{len(internal):,} tables"
        notices.append(f"passed over: {what} that SQLite keeps for itself")
    return Tables(tables, notices)


def _make_collations(connection: Connection) -> None:
    """Orders of text that a program brings and SQLite has not: without them its tables cannot be read."""
    found = connection.execute("SELECT sql FROM sqlite_master WHERE sql LIKE '%collate%'").fetchall()
    names = {match[1] for (sql,) in found for match in _COLLATION.finditer(sql)}
    names = {name for name in names if name.upper() not in ("BINARY", "NOCASE", "RTRIM")}
    for name in sorted(names)[:_MAX_COLLATIONS]:
        connection.create_collation(name, lambda a, b: (a > b) - (a < b))
    if names:
        connection.execute("PRAGMA writable_schema=RESET").close()  # which looks at all of it anew


def _wanted(
    connection: Connection, wanted: str, plain: dict[str, str], virtual: dict[str, str], views: list[str]
) -> Tables:
    if wanted in views:
        names = _columns(connection, wanted)
        return Tables([_made(wanted, [name for name, *_ in names], names, [], "NULL", is_view=True)], [])
    if wanted in virtual and f"{wanted}_content" in plain:
        return Tables([_texts(connection, wanted)], [])
    if wanted not in plain:
        raise SourceError(
            f"has no table or view {wanted!r} that can be read; it has: {_listed([*plain, *views]) or 'none'}"
        )
    return Tables([_table(connection, wanted, plain[wanted])], [])


def _columns(connection: Connection, name: str) -> list[tuple[str, str, int, int]]:
    """Name, declared type, place in the primary key, and whether it is hidden (1), computed (2) or both."""
    found = connection.execute(f"PRAGMA table_xinfo({quoted(name)})")
    return [(column, kind, key, hidden) for _, column, kind, _, _, key, hidden in found.fetchall()]


def _table(connection: Connection, name: str, sql: str) -> Table:
    columns = _columns(connection, name)
    keys = [column for _, column in sorted((key, column) for column, _, key, _ in columns if key)]
    taken = {column.lower() for column, *_ in columns}
    rowid = next((alias for alias in _ROWIDS if alias not in taken), "NULL")
    if _WITHOUT_ROWID.search(sql[-200:]):
        rowid = "NULL"
    return _made(name, [column for column, *_ in columns], columns, keys, rowid)


def _made(
    name: str,
    shown: Sequence[str],
    columns: Sequence[tuple[str, str, int, int]],
    keys: Sequence[str],
    rowid: str,
    *,
    source: str = "",
    is_view: bool = False,
) -> Table:
    """shown: how columns are called, where the table calls them otherwise."""
    taken = {column.lower() for column in shown}
    read = [
        (label, column, kind)
        for label, (column, kind, _, hidden) in zip(shown, columns, strict=True)
        if hidden in (0, 3)
    ]
    values = [
        f"CASE typeof({quoted(column)}) WHEN 'blob' THEN x'' ELSE {quoted(column)} END"
        for _, column, _ in read
    ]
    parts = ", ".join([rowid, *map(quoted, keys), *values])
    return Table(
        name,
        "table" if "table" not in taken else "table_name",
        [Column(label, _field(label, taken), reader_of(kind)) for label, _, kind in read],
        len(keys),
        f"SELECT {parts} FROM {quoted(source or name)}" + ("" if rowid == "NULL" else " NOT INDEXED"),
        is_view,
    )


def _value(column: str) -> str:
    """The value, but for binary ones, which may be long: they are told by an empty one."""
    return f"CASE typeof({column}) WHEN 'blob' THEN x'' ELSE {column} END"


def _field(column: str, taken: set[str]) -> str:
    """The id of a row is that of its table and key; what the row calls so is a field."""
    if column.lower() != ID:
        return column
    return "own_id" if "own_id" not in taken else "own_id_2"


def _texts(connection: Connection, name: str) -> Table:
    """A full-text table: the columns of its content are its number, then c0, c1, …, or c0title, c1body, …"""
    inner = f"{name}_content"
    columns = _columns(connection, inner)
    try:
        shown = [column for column, _, _, hidden in _columns(connection, name) if not hidden]
    except Exception:  # this SQLite lacks the module
        shown = []
    numbered = []
    for column in columns[1:]:
        if match := re.match(r"c(\d+)(.*)\Z", column[0], re.DOTALL):
            at = int(match[1])
            label = shown[at] if at < len(shown) else match[2] or column[0]
            numbered.append((label, column))
    return _made(
        name, [label for label, _ in numbered], [column for _, column in numbered], [], "rowid", source=inner
    )


def _left_out(connection: Connection, table: Table) -> list[str]:
    names = [column for column, _, _, hidden in _columns(connection, table.name) if hidden == 2]
    if not names:
        return []
    return [f"not read: {_listed(names)} of {table.name!r}: computed from other columns"]


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MAX_NAMED:,} more" if len(names) > _MAX_NAMED else ""
    return ", ".join(names[:_MAX_NAMED]) + more

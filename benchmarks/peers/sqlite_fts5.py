"""SQLite's FTS5 from the standard library: unicode61 without folding of diacritics, one transaction.

Its bm25() has k1 = 1.2 and b = 0.75 built in, with Robertson's idf and exact lengths.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from ..corpora import Document
from . import K1, Engine, Formula, Hit, Mode, Size, folder_bytes

_SELECT = "SELECT id, -rank FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT ?"
_FILE = "fts5.db"
_ONE_SHOT = f"""
import sqlite3, sys
match = " OR ".join('"%s"' % term for term in sys.argv[2].split())
print(sqlite3.connect(sys.argv[1]).execute({_SELECT!r}, (match, 10)).fetchall())
"""


class SqliteFts5(Engine):
    """One table of id (not indexed) and text; the rows keep the text."""

    name = "sqlite_fts5"
    requirements = ("sqlite3",)
    module = "sqlite3"
    formula = Formula(idf="robertson", scale=K1 + 1, lengths="exact", tolerance=1e-9, phrases=False)
    largest_size = 20_000
    setting = "unicode61, remove_diacritics 0, text in the table, one transaction"

    def unavailable(self) -> str | None:
        with closing(sqlite3.connect(":memory:")) as connection:
            options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        return None if "ENABLE_FTS5" in options else "this Python's SQLite has no FTS5"

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        connection = sqlite3.connect(folder / _FILE)
        connection.execute(
            "CREATE VIRTUAL TABLE docs USING "
            'fts5(id UNINDEXED, text, tokenize = "unicode61 remove_diacritics 0")'
        )
        connection.executemany("INSERT INTO docs VALUES (?, ?)", documents)
        connection.commit()
        count = int(connection.execute("SELECT count(*) FROM docs_docsize").fetchone()[0])
        connection.close()
        return count

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / _FILE)

    def close(self) -> None:
        self._connection.close()

    def num_segments(self) -> int | None:
        return None

    def size(self, folder: Path) -> Size:
        connection = sqlite3.connect(folder / _FILE)
        sql = "SELECT sum(length(CAST(c0 AS BLOB)) + length(CAST(c1 AS BLOB))) FROM docs_content"
        stored = int(connection.execute(sql).fetchone()[0])
        connection.close()
        return Size(folder_bytes(folder), stored)

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return ["-c", _ONE_SHOT, str(folder / _FILE), text]

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        return list(self._connection.execute(_SELECT, (_match(text, mode), k)))

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        parameters, execute = (_match(text, mode), k), self._connection.execute
        return lambda: execute(_SELECT, parameters).fetchall()


def _match(text: str, mode: Mode) -> str:
    if mode == "phrase":
        return f'"{text}"'
    return (" OR " if mode == "or" else " AND ").join(f'"{term}"' for term in text.split())

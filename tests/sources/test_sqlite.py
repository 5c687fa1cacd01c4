"""SQLite databases: the rows of all tables become documents, whatever the schema, and nothing is written."""

from __future__ import annotations

import io
import os
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import collect, content

import searchlib
from hang import must_end
from searchlib import Index, Sources, update_index
from searchlib.sources.formats.sqlite_values import Texts, key_of, reader_of
from searchlib.sources.unforeseen import UNFORESEEN

BOOKS = """
CREATE TABLE books(id INTEGER PRIMARY KEY, title TEXT, year INT, cover BLOB, added TIMESTAMP, lent BOOLEAN);
INSERT INTO books VALUES (1, 'Война и мир', 1869, x'00ff', 1700000000, 1), (7, 'Шинель', 1842, NULL, NULL, 0);
CREATE TABLE people(name TEXT PRIMARY KEY, born TEXT);
INSERT INTO people VALUES ('Гоголь', '1809-04-01'), ('Толстой', '1828-09-09');
"""


def database(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.commit()
    return path


def read(path: Path, **options: Any) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    notices: list[str] = []
    documents, problems = collect(path, on_notice=lambda said: notices.append(said.reason), **options)
    return documents, problems, notices


def test_each_row_is_a_document_that_is_called_by_its_table_and_key(tmp_path: Path) -> None:
    documents, problems, notices = read(database(tmp_path / "lib.db", BOOKS))
    assert problems == []
    assert [row["id"] for row in documents] == [
        "lib.db/books#1", "lib.db/books#7", "lib.db/people#Гоголь", "lib.db/people#Толстой",
    ]  # fmt: skip
    first = documents[0]
    assert (first["table"], first["own_id"], first["year"], first["lent"]) == ("books", 1, 1869, True)
    assert first["added"].isoformat() == "2023-11-14T22:13:20+00:00"
    assert "lent" in documents[1] and documents[1]["lent"] is False and "added" not in documents[1]
    assert documents[2]["born"].isoformat() == "1809-04-01"
    assert any("1 value is binary in the column 'cover' of 'books'" in said for said in notices)


def test_what_changed_is_what_another_run_writes_and_removes(tmp_path: Path) -> None:
    path = database(tmp_path / "lib.db", BOOKS)
    sources = Sources(tmp_path, grows=True)
    index = Index.in_memory(sources.schema)
    for script, total in (("", 4), ("DELETE FROM books WHERE id = 1; UPDATE people SET born = NULL", 3)):
        database(path, script)
        os.utime(path, ns=(total, total))
        sources = Sources(tmp_path, schema=index.schema, grows=True)
        with index.writer() as writer:
            update_index(sources, writer)
        index.refresh()
        assert len(index) == total
    assert [hit.id for hit in index.search("Гоголя")] == ["lib.db/people#Гоголь"]
    assert [hit.id for hit in index.search("шинели")] == ["lib.db/books#7"]


def test_nothing_is_written_beside_a_database_that_a_program_has_open(tmp_path: Path) -> None:
    path = database(tmp_path / "lib.db", BOOKS)
    with closing(sqlite3.connect(path)) as writing:
        writing.execute("PRAGMA journal_mode=WAL")
        writing.execute("INSERT INTO people VALUES ('Чехов', '1860-01-29')")
        writing.commit()
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert "lib.db-wal" in before
        documents, problems, notices = read(path)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert len(documents) == 4 and problems == []
    assert any("rows that a program wrote last may stand in lib.db-wal" in said for said in notices)
    assert len(read(path)[0]) == 5, "the program is closed, which wrote them into the database"


def test_a_locked_database_is_read(tmp_path: Path) -> None:
    path = database(tmp_path / "lib.db", BOOKS)
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("BEGIN EXCLUSIVE")
        assert len(read(path)[0]) == 4


def test_one_table_or_view_by_choice(tmp_path: Path) -> None:
    script = BOOKS + "CREATE VIEW old AS SELECT title, year FROM books WHERE year < 1850;"
    path = database(tmp_path / "lib.db", script)
    assert any("not read: old: views" in said for said in read(path)[2])
    (row,) = read(path, records="old")[0]
    assert row == {"id": "lib.db/old#1", "table": "old", "title": "Шинель", "year": 1842}
    assert len(read(path, records="people")[0]) == 2
    assert (
        "has no table or view 'x' that can be read; it has: books, people, old"
        in read(path, records="x")[1][0]
    )


ODD = """
CREATE TABLE "we ird""#/"("a b" TEXT, "table" TEXT, x TEXT GENERATED ALWAYS AS ("a b" || '!') VIRTUAL,
    y TEXT GENERATED ALWAYS AS ("a b" || '?') STORED);
INSERT INTO "we ird""#/" VALUES ('раз', 'дуб');
CREATE TABLE pairs(a TEXT, b INT, "rowid" TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID;
INSERT INTO pairs VALUES ('x,y', 1, 'p'), ('x', 2, 'q');
CREATE TABLE count(n INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT);
INSERT INTO count(t) VALUES ('один');
CREATE TABLE none(t TEXT PRIMARY KEY);
INSERT INTO none VALUES (NULL);
CREATE TABLE empty(t TEXT);
CREATE INDEX i ON count(t);
CREATE TRIGGER g AFTER INSERT ON count BEGIN SELECT RAISE(FAIL, 'x'); END;
"""


def test_odd_tables(tmp_path: Path) -> None:
    documents, problems, notices = read(database(tmp_path / "o.sqlite", ODD))
    assert problems == []
    found = {row.pop("id"): row for row in documents}
    weird = {"table_name": 'we ird"#/', "a_b": "раз", "table": "дуб", "y": "раз?"}
    assert found.pop('o.sqlite/we ird"#/#1') == weird
    assert found.pop("o.sqlite/pairs#x%2Cy,1")["rowid"] == "p" and "o.sqlite/pairs#x,2" in found
    assert found["o.sqlite/count#1"]["t"] == "один"
    assert found["o.sqlite/none#1"] == {"table": "none"}
    assert "not read: x of 'we ird\"#/': computed from other columns" in notices
    assert "passed over: 1 table that SQLite keeps for itself" in notices


@pytest.mark.parametrize("module", ["fts5", "fts4", "fts3"])
def test_texts_of_a_full_text_table_are_read_once(tmp_path: Path, module: str) -> None:
    script = (
        f"CREATE VIRTUAL TABLE notes USING {module}(title, body); INSERT INTO notes VALUES ('Сон', 'о доме');"
    )
    path = database(tmp_path / "n.db", script)
    documents, problems, _ = read(path)
    assert problems == []
    assert documents == [{"id": "n.db/notes#1", "table": "notes", "title": "Сон", "body": "о доме"}]
    assert read(path, records="notes")[0] == documents


def test_texts_in_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t(a)")
        for data in ("Привет всем".encode("cp1251"), "Слова и дела".encode() + b"\xff", "хлеб".encode()):
            connection.execute("INSERT INTO t VALUES (CAST(? AS TEXT))", (data,))
        connection.commit()
    documents, _, notices = read(path)
    assert [row["a"] for row in documents] == ["Привет всем", "Слова и дела\ufffd", "хлеб"]
    assert sum("UTF-8" in said for said in notices) == 2


def test_an_order_that_a_program_brings(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.create_collation("LOCALIZED", lambda a, b: (a > b) - (a < b))
        connection.execute("CREATE TABLE t(a TEXT COLLATE LOCALIZED PRIMARY KEY) WITHOUT ROWID")
        connection.execute("INSERT INTO t VALUES ('лес')")
        connection.commit()
    documents, problems, _ = read(path)
    assert problems == [] and documents[0]["a"] == "лес"


def test_a_database_that_is_piped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = database(tmp_path / "lib.db", BOOKS).read_bytes()

    class Stdin:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Stdin)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    documents = list(Sources("-", id="lib"))
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [row["id"] for row in documents][:2] == ["lib/books#1", "lib/books#7"]


def test_a_name_that_says_nothing(tmp_path: Path) -> None:
    path = database(tmp_path / "places.data", BOOKS)
    assert len(read(path)[0]) == 4


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\x00\x06\x15\x61" * 100, "is no SQLite database"),
        (b"SQLite format 3\0", "is damaged"),
        (b"SQLite format 3\0" + bytes(5000), "is damaged"),
    ],
)
def test_what_is_no_database_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "x.db").write_bytes(data)
    documents, problems, _ = read(tmp_path / "x.db")
    assert documents == [] and len(problems) == 1 and reason in problems[0]


def hostile(path: Path) -> Path:
    """Rows of a page that is reached two thousand times: half a billion of them in 4 MB."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA page_size=1024")
        connection.execute("CREATE TABLE t(a TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [(f"{n:0300d}",) for n in range(3000)])
        connection.commit()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master").fetchone()
    data = bytearray(path.read_bytes())
    page = memoryview(data)[(root - 1) * 1024 : root * 1024]
    assert page[0] == 5
    first = page[int.from_bytes(page[12:14], "big") :][:4].tobytes()
    for cell in range(int.from_bytes(page[3:5], "big")):
        at = int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell], "big")
        page[at : at + 4] = first
    page[8:12] = first
    path.write_bytes(data)
    return path


VIEW = """
CREATE TABLE t(a); INSERT INTO t VALUES ('цел');
CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n;
"""


def test_hostile_databases_end(tmp_path: Path) -> None:
    with must_end():
        documents, problems, _ = read(hostile(tmp_path / "h.db"))
        assert len(documents) <= 3_000_000 and len(problems) <= 1
        path = database(tmp_path / "v.db", VIEW)
        assert [row["a"] for row in read(path)[0]] == ["цел"]
        assert "interrupted" in read(path, records="v")[1][0]


def test_damaged_databases_give_rows_or_a_reason(tmp_path: Path) -> None:
    originals = [database(tmp_path / f"{n}.o", script).read_bytes() for n, script in enumerate((BOOKS, ODD))]
    draw = random.Random(15)
    problems: list[str] = []
    for number in range(150):
        data = bytearray(draw.choice(originals))
        for _ in range(draw.choice((1, 1, 3, 20))):
            at = draw.randrange(len(data)) if draw.random() < 0.5 else draw.randrange(4096)
            data[at : at + draw.choice((1, 2, 8))] = draw.randbytes(draw.choice((1, 2, 8)))
        if draw.random() < 0.2:
            del data[draw.randrange(len(data)) :]
        (tmp_path / f"{number}.db").write_bytes(data)
    with must_end():
        documents, problems = collect(tmp_path)
    assert len(documents) > 100 and problems
    assert [problem for problem in problems if UNFORESEEN in problem] == []


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**53), 2**53),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)


@given(
    rows=st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=20),
    keys=st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20, unique=True),
)
@settings(max_examples=30, deadline=None)
def test_all_values_arrive(tmp_path_factory: pytest.TempPathFactory, rows: Any, keys: list[int]) -> None:
    """The model: the rows that went in, by key."""
    path = tmp_path_factory.mktemp("model") / "m.db"
    expected = dict(zip(keys, rows, strict=False))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t(k INTEGER PRIMARY KEY, a, b, c)")
        connection.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?)", ((k, *row) for k, row in expected.items())
        )
        connection.commit()
    fields = searchlib.Schema(**{name: searchlib.Text(column=True) for name in ("table", "a", "b", "c")})
    documents, problems = collect(path, schema=fields)
    assert problems == []
    found = {int(row["id"].removeprefix("m.db/t#")): row for row in content(documents)}
    blank = {
        key: {name: str(v) for name, v in zip("abc", row, strict=True) if v is not None and str(v).strip()}
        for key, row in expected.items()
    }
    assert {key: {n: row[n] for n in "abc" if n in row} for key, row in found.items()} == blank


@pytest.mark.parametrize(
    ("declared", "value", "expected"),
    [
        ("DATETIME", 1_700_000_000_000, "2023-11-14T22:13:20+00:00"),
        ("timestamp with time zone", 1_700_000_000.5, "2023-11-14T22:13:20.500000+00:00"),
        ("DATE", 7, 7),
        ("DATE", "1809", "1809"),
        ("boolean", 2, 2),
        ("BOOL", 0, False),
    ],
)
def test_declared_types_tell_what_numbers_are(declared: str, value: Any, expected: Any) -> None:
    reader = reader_of(declared)
    assert reader is not None and reader(value) == expected


def test_values_that_are_not_what_their_column_declares_are_said(tmp_path: Path) -> None:
    path = database(
        tmp_path / "a.db",
        "CREATE TABLE t(flag BOOLEAN, made DATE, fits DATE, few DATE, none BOOL);"
        "INSERT INTO t VALUES ('да', 'вчера', '2024-05-31', '31.05.2024', NULL),"
        " ('нет', '05/31/2024', 1700000000, '2024-06-01', NULL), (1, '', '', 'потом', NULL);",
    )
    documents, problems, notices = read(path)
    assert problems == [] and [row["flag"] for row in documents] == ["да", "нет", "true"]
    assert [said for said in notices if "declared" in said] == [
        "2 of the first 3 values of the column 'flag' of 't' are no boolean, as it is declared, such as 'да'",
        "2 of the first 2 values of the column 'made' of 't' are no date, as it is declared, such as 'вчера'",
    ]


def test_keys_and_texts() -> None:
    assert key_of([]) == key_of([None]) == key_of(["x" * 2000]) == ""
    assert (key_of([b"\1\xff"]), key_of(["a%,", 1]), key_of(["a%,"])) == ("01ff", "a%25%2C,1", "a%,")
    assert Texts().of("é".encode("latin-1") + b"t\xe9") != ""

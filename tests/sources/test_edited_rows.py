"""Files with shared ids and refused rows, edited row by row: each later run gives what a fresh index has."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index, Integer, Schema, Sources, Text, update_index

SCHEMA = Schema(t=Text(), n=Integer())
REFUSED = ['{"bad', '{"id":"2","n":"x"}', '{"id":"x","n":"x"}', "[1]", "null"]
IDS = st.sampled_from([None, "1", "2", "3", "x", "x#2", "id=2", "2=x"])
ROW = IDS | st.sampled_from(range(len(REFUSED)))
"""The id of a row that is a document, or which of the refused ones it is."""
EDIT = st.tuples(st.sampled_from(["replace", "append", "cut"]), st.integers(0, 9), ROW)


def update(index: Index, folder: Path, **options: bool) -> None:
    with index.writer() as writer:
        update_index(Sources(folder, schema=SCHEMA, on_error="skip"), writer, **options)
    index.refresh()


def texts(index: Index) -> list[str]:
    return sorted(document["t"] for document in index)


def write(folder: Path, name: str, rows: list[str]) -> None:
    (folder / name).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def row_of(kind: str | int | None, text: str) -> str:
    if isinstance(kind, int):
        return REFUSED[kind]
    return json.dumps({"t": text, **({} if kind is None else {"id": kind})})


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=4), st.lists(EDIT, max_size=5), st.data())
def test_an_edited_file_gives_what_a_fresh_index_has(
    first: list[str | int | None],
    second: list[str | int | None],
    edits: list[tuple[str, int, str | int | None]],
    data: st.DataObject,
) -> None:
    """No row that was a document is refused later, nor all of a file: these keep what they had."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, index = Path(temporary), Index.in_memory(SCHEMA)
        files = {
            name: [row_of(None, name), *(row_of(kind, f"{name} {n}") for n, kind in enumerate(kinds))]
            for name, kinds in (("a.jsonl", first), ("b.jsonl", second))
        }
        for number, edit in enumerate([None, *edits]):
            if edit is not None:
                what, place, kind = edit
                rows = files[data.draw(st.sampled_from(sorted(files)))]
                row = row_of(kind, f"edit {number}")
                if what == "append":
                    rows.append(row)
                elif what == "cut" and len(rows) > 1:
                    rows.pop()
                else:
                    place %= len(rows)
                    if row in REFUSED and (place == 0 or rows[place] not in REFUSED):
                        continue
                    rows[place] = row
            for name, rows in files.items():
                write(folder, name, rows)
            update(index, folder, force=data.draw(st.booleans()), prune=data.draw(st.booleans()))
            fresh = Index.in_memory(SCHEMA)
            update(fresh, folder)
            assert texts(index) == texts(fresh)


def test_a_taken_id_is_no_line(tmp_path: Path) -> None:
    index = Index.in_memory(SCHEMA)
    write(tmp_path, "l.jsonl", ['{"id":"3","t":"A"}', '{"id":"3","t":"B"}', "{bad"])
    update(index, tmp_path)
    assert sorted(document["id"] for document in index) == ["3", "l.jsonl#id=3"]
    write(tmp_path, "l.jsonl", ['{"id":"3","t":"A"}', '{"id":"9","t":"C"}', "{bad"])
    update(index, tmp_path)
    assert texts(index) == ["A", "C"]


@pytest.mark.parametrize("row", ['{"id":"5","n":"x"}', "{bad"])
def test_a_row_that_is_deleted_comes_once(tmp_path: Path, row: str) -> None:
    index = Index.in_memory(SCHEMA)
    rows = ['{"id":5,"t":"A"}', '{"id":"5","t":"B"}', '{"id":"5","t":"C"}', "[1]", row]
    write(tmp_path, "l.jsonl", rows)
    update(index, tmp_path)
    with index.writer() as writer:
        writer.delete("5")
    update(index, tmp_path, force=True)
    assert texts(index) == ["A", "B", "C"]


def test_a_row_that_breaks_keeps_its_document_beside_one_that_had_none(tmp_path: Path) -> None:
    index = Index.in_memory(SCHEMA)
    write(
        tmp_path, "l.jsonl", ['{"id":"x","t":"A"}', '{"id":"x","n":"no"}', '{"t":"B"}', "{bad", '{"t":"C"}']
    )
    update(index, tmp_path)
    write(tmp_path, "l.jsonl", ['{"id":"x","n":"no"}', '{"id":"x","n":"no"}', "{bad", "{bad", '{"t":"C"}'])
    for _ in range(2):
        update(index, tmp_path, force=True)
        assert texts(index) == ["A", "B", "C"]
    write(tmp_path, "l.jsonl", ['{"id":"x","n":"no"}', '{"id":"y","t":"D"}', '{"t":"E"}'])
    update(index, tmp_path)
    assert texts(index) == ["D", "E"]


def test_what_had_no_document_is_remembered_when_its_file_moves(tmp_path: Path) -> None:
    index = Index.in_memory(SCHEMA)
    rows = ['{"id":"x","t":"A"}', '{"id":"x","t":"B"}', '{"id":"x","n":"no"}', "{bad"]
    write(tmp_path, "l.jsonl", rows)
    update(index, tmp_path)
    (tmp_path / "l.jsonl").rename(tmp_path / "m.jsonl")
    update(index, tmp_path)
    write(tmp_path, "m.jsonl", ['{"id":"x","t":"A"}', '{"id":"y","t":"C"}', *rows[2:]])
    update(index, tmp_path)
    assert texts(index) == ["A", "C"]

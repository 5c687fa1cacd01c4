"""What an index holds of which folder, where a document came from, and texts that somebody hands over."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import searchlib
from searchlib import Boolean, Date, Index, Keyword, Number, Schema, Sources, Text, update_index
from searchlib.errors import DocumentError, IndexNotFoundError


@pytest.fixture
def made(tmp_path: Path) -> Index:
    """An index of two folders, one inside the other's neighbour, and of a document that no file gave."""
    for name, text in {"a/one.txt": "one", "a/deep/two.txt": "two", "ab/three.txt": "three"}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "ab" / "rows.jsonl").write_text('{"id": "r1", "body": "x"}\n{"body": "y"}\n[]\n')
    index = Index.create(tmp_path / "index", Schema(title=Text(), body=Text()))
    with index.writer() as writer:
        for folder in ("a", "ab"):
            update_index(Sources(tmp_path / folder, on_error="skip", schema=index.schema), writer)
        writer.add({"id": "mine", "body": "by hand"})
    index.refresh()
    return index


def test_each_folder_with_what_is_held_of_it(made: Index, tmp_path: Path) -> None:
    one, other = searchlib.holdings(made)
    assert (one.path, one.num_files, one.num_documents, one.num_refused) == (str(tmp_path / "a"), 2, 2, 0)
    assert (other.path, other.num_files, other.num_documents, other.num_refused) == (
        str(tmp_path / "ab"),
        2,
        3,
        1,
    )
    assert one.num_bytes == 6 and not one.is_gone
    (tmp_path / "a").rename(tmp_path / "gone")
    assert searchlib.holdings(made)[0].is_gone


def changed(index: Index) -> None:
    index.change_fields({"title": Text(boost=2.0)})


def grown(index: Index) -> None:
    with index.writer() as writer:
        writer.add_field("year", Number())


def shrunk(index: Index) -> None:
    with index.writer() as writer:
        writer.remove_field("title")


def retyped(index: Index) -> None:
    index.change_fields({"title": Keyword()})


@pytest.mark.parametrize("change", [changed, grown, shrunk, retyped])
def test_to_look_changes_nothing(made: Index, tmp_path: Path, change: Callable[[Index], None]) -> None:
    """Under another schema the files are to be read again; until then they are what they were."""
    before = searchlib.holdings(made)
    change(made)
    made.refresh()
    kept = json.dumps(made.metadata)
    assert searchlib.holdings(made) == before
    assert [each.num_bytes for each in before] == [
        len("onetwo"),
        (tmp_path / "ab" / "rows.jsonl").stat().st_size + 5,
    ]
    searchlib.documents_under(made, tmp_path / "a")
    searchlib.source_of(made, "r1")
    searchlib.audit(made)
    assert json.dumps(made.metadata) == kept


def test_after_a_change_a_removal_leaves_the_rest_to_be_read_again(made: Index, tmp_path: Path) -> None:
    for folder in ("a", "ab"):
        for file in (tmp_path / folder).rglob("*.*"):
            os.utime(file, (1_000_000_000, 1_000_000_000))
    retyped(made)
    made.refresh()
    with made.writer() as writer:
        assert searchlib.remove_source(writer, tmp_path / "ab" / "rows.jsonl") == 2
    made.refresh()

    def read(folder: str) -> int:
        with made.writer() as writer:
            sources = Sources(tmp_path / folder, on_error="skip", schema=made.schema)
            number = update_index(sources, writer).num_documents
        made.refresh()
        return number

    assert [read("a"), read("a")] == [2, 0]
    assert [read("ab"), read("ab")] == [3, 0], "a run over another folder has not made these new"


def test_what_is_under_a_path(made: Index, tmp_path: Path) -> None:
    assert searchlib.documents_under(made, tmp_path / "a") == ["deep/two.txt", "one.txt"]
    assert searchlib.documents_under(made, f"{tmp_path}/a/") == ["deep/two.txt", "one.txt"]
    assert searchlib.documents_under(made, tmp_path / "a" / "deep") == ["deep/two.txt"]
    assert searchlib.documents_under(made, tmp_path / "ab" / "rows.jsonl") == ["r1", "rows.jsonl#2"]
    assert len(searchlib.documents_under(made, tmp_path)) == 5
    assert searchlib.documents_under(made, tmp_path / "b") == []


def test_where_a_document_came_from(made: Index, tmp_path: Path) -> None:
    assert searchlib.source_of(made, "r1") == str(tmp_path / "ab" / "rows.jsonl")
    assert searchlib.source_of(made, "one.txt") == str(tmp_path / "a" / "one.txt")
    assert searchlib.source_of(made, "mine") is None and searchlib.source_of(made, "nobody") is None


def test_removing_a_folder_forgets_its_files(made: Index, tmp_path: Path) -> None:
    with made.writer() as writer:
        assert searchlib.remove_source(writer, tmp_path / "a") == 2
        assert searchlib.remove_source(writer, tmp_path / "a") == 0
    made.refresh()
    assert len(made) == 4 and [each.path for each in searchlib.holdings(made)] == [str(tmp_path / "ab")]
    with made.writer() as writer:
        done = update_index(Sources(tmp_path / "a", schema=made.schema), writer)
    assert done.num_documents == 2


def test_ids_begin_so(made: Index) -> None:
    assert list(made.ids("r")) == ["r1", "rows.jsonl#2"] and len(list(made.ids())) == 6
    assert list(made.ids("x")) == []


SCHEMA = Schema(
    title=Text(boost=3.0), body=Text(), author=Keyword(), year=Number(), day=Date(), sold=Boolean()
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {}),
        ({"author": ["Гоголь"]}, {"author": "Гоголь"}),
        ({"author": ["a", "b"]}, {"author": ["a", "b"]}),
        ({"year": ["1836"]}, {"year": 1836}),
        ({"day": ["2024-01-31"]}, {"day": date(2024, 1, 31)}),
        ({"sold": ["true"]}, {"sold": True}),
        ({"title": ["Нос"]}, {"title": "Нос"}),
    ],
)
def test_a_text_with_fields(fields: dict[str, list[str]], expected: dict[str, object]) -> None:
    document = searchlib.document_of_text("words", SCHEMA, fields, "x")
    assert document == {"id": "x", "body": "words", **expected}


def test_the_same_text_has_the_same_id() -> None:
    one = searchlib.document_of_text("words", SCHEMA)
    assert one == searchlib.document_of_text("words", SCHEMA)
    assert one["id"] != searchlib.document_of_text("other words", SCHEMA)["id"]
    assert one["id"] != searchlib.document_of_text("words", SCHEMA, {"author": ["x"]})["id"]


@pytest.mark.parametrize(
    ("text", "fields", "says"),
    [
        ("words", {"nope": ["x"]}, "no field 'nope'; this index has: id, title"),
        ("words", {"body": ["x"]}, "'body' is given twice"),
        ("words", {"year": ["soon"]}, "field 'year'"),
        (" ", {}, "lacks every field"),
    ],
)
def test_what_does_not_fit(text: str, fields: dict[str, list[str]], says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        searchlib.document_of_text(text, SCHEMA, fields)


def test_the_schema_of_a_first_text() -> None:
    schema = searchlib.schema_of_text({"year": ["1836"], "title": ["x"], "author": ["Гоголь"]})
    assert list(schema)[:2] == ["title", "body"] and schema["year"] == Number()
    assert set(schema) == {"title", "body", "year", "author"}


def test_drop_leaves_what_is_not_the_index(made: Index, tmp_path: Path) -> None:
    path = tmp_path / "index"
    (path / "mine.txt").write_text("mine")
    assert searchlib.drop(path) == ["mine.txt"]
    assert made.search("one").total == 1, "a reader goes on"
    with pytest.raises(IndexNotFoundError):
        searchlib.drop(path)
    with pytest.raises(IndexNotFoundError):
        searchlib.drop(tmp_path / "nowhere")

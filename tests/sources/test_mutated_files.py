"""No file ends a run, however it is damaged: all is indexed or refused, and what was not damaged is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mutated_files import damaged_folder, indexed, originals
from sample_files import collect, content, write

from searchlib.errors import SchemaError
from searchlib.schema import MAX_NAME, Schema, Text
from searchlib.sources.formats import FORMATS
from searchlib.sources.mapping import RowMapper
from searchlib.sources.naming import field_name
from searchlib.sources.unforeseen import UNFORESEEN


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    return originals(tmp_path_factory.mktemp("originals"))


def test_there_are_files_of_every_kind(files: list[tuple[str, bytes]]) -> None:
    suffixes = {"".join(Path(name).suffixes) for name, _ in files}
    by_others = ("code", "unreadable", "doc", "djvu")
    named = [format for format in FORMATS if format.suffixes]
    read = {format.suffixes[0] for format in named if format.name not in by_others}
    assert suffixes >= read | {".py", ".php"}
    assert len(files) > 40


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_folder_is_indexed_or_refused(
    tmp_path: Path, files: list[tuple[str, bytes]], seed: int
) -> None:
    damaged_folder(tmp_path / "d", files, seed)
    (tmp_path / "whole.txt").write_text("цеппелин", "utf-8")
    index, problems = indexed(tmp_path / "d", tmp_path / "whole.txt")
    assert [problem for problem in problems if UNFORESEEN in problem] == []
    assert [hit.id for hit in index.search("цеппелины")] == ["whole.txt"]


LONG = "x" * 70_000
NAMES = [
    (LONG, "x" * 200),
    ("1" + LONG, "field_1" + "x" * 199),
    ("и\u0306", "й"),
    ("cafe\u0301", "café"),
    ("e\u0301 x", "é_x"),
    ("x\u0301\u0301", "x"),
    ("a·b", "a_b"),
    ("℘", "field_"),
    ("²a", "²a"),
    ("٣", "field_٣"),
    ("\u0301", "field_"),
    ("\ud800", "field_"),
    ("\0", "field_"),
    ("", "field_"),
    ("First name", "First_name"),
    ("ID", "id"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=lambda value: repr(value[:10]))
def test_every_name_becomes_one_that_a_field_can_have(name: str, expected: str) -> None:
    assert field_name(name) == expected
    assert expected == "id" or list(Schema(**{expected: Text()})) == [expected]


def test_a_schema_refuses_a_name_that_no_file_could_hold() -> None:
    assert Schema(**{"x" * MAX_NAME: Text()})
    with pytest.raises(SchemaError, match=r"at most 256 characters, got 257: 'xxx"):
        Schema(**{"x" * (MAX_NAME + 1): Text()})


def test_long_names_that_begin_alike_are_two_columns(tmp_path: Path) -> None:
    table = f"{LONG}1,{LONG}2,и\u0306\n" + "alpha,beta,gamma\n"
    row = f'{{"{LONG}1": "alpha", "{LONG}2": "beta"}}\n'
    documents, problems = collect(write(tmp_path, {"a.csv": table, "b.jsonl": row}))
    assert problems == []
    for document in content(documents):
        values = {value for name, value in document.items() if name != "id"}
        assert values >= {"alpha", "beta"} and max(map(len, document)) < MAX_NAME
    assert documents[0]["й"] == "gamma"


@pytest.mark.parametrize("error", [TypeError("x"), RecursionError(), KeyError(1), OverflowError()])
def test_a_row_that_cannot_be_made_a_document_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    real = RowMapper.document

    def document(self: RowMapper, fields: Any, *more: Any, **options: Any) -> Any:
        if fields.get("n") == "2":
            raise error
        return real(self, fields, *more, **options)

    monkeypatch.setattr(RowMapper, "document", document)
    documents, problems = collect(write(tmp_path, {"a.csv": "n,t\n1,a\n2,b\n3,c\n"}))
    assert [row["t"] for row in documents] == ["a", "c"]
    (problem,) = problems
    what = f"{type(error).__name__}: {str(error)!r} in {Path(__file__).name}:"
    said = f"{tmp_path / 'a.csv'}:3: {UNFORESEEN} ({what}"
    assert problem.startswith(said), "and the line where it came up"
    assert problem.removeprefix(said).removesuffix(")").isdigit()

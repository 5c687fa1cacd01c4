"""Documents of office programs on the command line: found by a word, shown with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

import office_files

SAMPLES = office_files.samples()


@pytest.fixture
def offices(run: Run, tmp_path: Path) -> Run:
    folder = tmp_path / "offices"
    folder.mkdir()
    for name, sample in SAMPLES.items():
        (folder / name).write_bytes(sample.data)
    (folder / "письмо.txt").write_text("Первая строка\n\nвторая со словом норка\n")
    (folder / "старое.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    done = run("index", str(folder))
    assert done.code == 1 and "старое.doc: is not read: an old binary Office file" in done.err
    assert f"{len(SAMPLES) + 1} documents indexed" in done.out
    return run


def test_each_is_found_at_its_place(offices: Run) -> None:
    for name, sample in SAMPLES.items():
        done = offices("query", sample.word)
        shown = f"{name}, {sample.place}" if sample.place else name
        assert done.code == 0 and shown in [line.strip() for line in done.lines], done.out
        hit = json.loads(offices("query", sample.word, "--json").lines[0])
        assert hit["id"] == name
        assert [found.get("place", "") for found in hit["fragments"] if found["field"] == "body"] == [
            sample.place
        ]
    assert "письмо.txt, line 3" in offices("query", "норка").out


def test_no_place_where_nothing_of_the_text_is_shown(offices: Run) -> None:
    assert "slide" not in offices("query", "виадук", "--fragments", "0").out
    assert "продажи.pptx\n" in offices("query", "name:продажи", "extension:pptx").out


ROWS = '{"id": "https://a.example/list.php", "body": "one\\nквокка"}\n{"id": "two.txt", "body": "квокка"}\n'


@pytest.mark.parametrize(("with_files", "has_place"), [(True, []), (False, ["two.txt"])])
def test_a_row_that_is_called_like_a_file_has_no_line(
    run: Run, tmp_path: Path, with_files: bool, has_place: list[str]
) -> None:
    """Where no file is known, what a row is called is all there is; an address is never a file."""
    (tmp_path / "rows.jsonl").write_text(ROWS, "utf-8")
    if with_files:
        (tmp_path / "a.txt").write_text("one\n\nквокка here\n", "utf-8")
        has_place = ["a.txt"]
    assert run("index", str(tmp_path)).code == 0
    hits = [json.loads(line) for line in run("квокка", "--json").lines[:-1]]
    assert len(hits) == 2 + with_files
    assert [hit["id"] for hit in hits if "place" in hit["fragments"][0]] == has_place
    assert run("квокка").out.count(", line ") + run("квокка").out.count("    line ") == 1


def test_fields_of_documents_are_searched(offices: Run) -> None:
    assert "война.fb2" in offices("query", 'author:"Лев Толстой"').out
    assert "души.epub" in offices("query", "date:1842").out
    assert "договор.docx" in offices("query", "keywords:смета").out

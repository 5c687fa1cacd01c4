"""The audit looks at what the index was given, and reads it as it was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Index, Schema, Text, readings, update_index


def made(folder: Path, *given: str, **told: Any) -> Index:
    index = Index.create(folder / "index", Schema(title=Text(), body=Text()))
    several = [
        each.sources(schema=index.schema, on_error="skip")
        for each in readings(index, *(folder / name for name in given), **told)
    ]
    with index.writer() as writer:
        update_index(several, writer)
    index.refresh()
    return index


@pytest.fixture
def files(tmp_path: Path) -> Path:
    texts = {
        "d/a.txt": b"A",
        "d/.h.txt": b"H",
        "d/x.md": b"X",
        "d/r.jsonl": b'{"text": "a row"}\n',
        "d/bad.txt": b"\0\1\2",
        "d/old.csv": b"id,text\n1,\xe8\xe9\xea\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    return tmp_path


def refused(index: Index) -> list[str]:
    return [finding.text for finding in searchlib.audit(index) if finding.kind == "refused"]


@pytest.mark.parametrize(
    ("given", "told", "names"),
    [
        (["d"], {}, ["bad.txt", "r.jsonl", "old.csv"]),
        (["d"], {"rename": (("text", "body"),)}, ["bad.txt"]),
        (["d"], {"rename": (("text", "body"),), "exclude": ("bad.txt",)}, []),
        (["d"], {"include": ("*.md",)}, []),
        (["d/a.txt"], {}, []),
        (["d/a.txt", "d/.h.txt"], {"encoding": "cp866"}, []),
        (["d/a.txt", "d/bad.txt"], {}, ["bad.txt"]),
        (["d/bad.txt"], {"format": "jsonl"}, ["bad.txt"]),
        (["d/r.jsonl"], {}, ["r.jsonl"]),
        (["d/r.jsonl"], {"rename": (("text", "title"),)}, []),
    ],
)
def test_what_was_given_is_looked_at_as_it_was_read(
    files: Path, given: list[str], told: dict[str, Any], names: list[str]
) -> None:
    index = made(files, *given, **told)
    assert {name for name in names for text in refused(index) if name in text} == set(names)
    assert all(any(name in text for name in names) for text in refused(index))


def test_what_is_not_in_the_index_is_named_with_what_reads_it(files: Path) -> None:
    index = made(files, "d", "d/.h.txt", exclude=("bad.txt", "r.jsonl", "old.csv"))
    assert refused(index) == []
    (files / "d" / "new.txt").write_text("N")
    (files / "d" / ".new.txt").write_text("N")
    path = files / "d" / "new.txt"
    assert refused(index) == [f"{path} is not in the index: `searchlib index {files / 'd'}` reads it"]


def test_what_is_gone_is_no_finding_here(files: Path) -> None:
    index = made(files, "d/a.txt")
    (files / "d" / "a.txt").unlink()
    assert refused(index) == []


def test_a_way_that_the_schema_forbids_by_now_is_a_finding(files: Path) -> None:
    index = made(files, "d/r.jsonl", rename=(("text", "body"),))
    with index.writer() as writer:
        writer.remove_field("body")
    index.refresh()
    (text,) = refused(index)
    assert text.startswith(f"{files}/d/r.jsonl: the field 'body' (in text=body) is not in the schema")


def test_each_document_is_read_once(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = made(files, "d")
    passes = []
    whole = Index.__iter__

    def counted(self: Index) -> Any:
        passes.append(1)
        return whole(self)

    monkeypatch.setattr(Index, "__iter__", counted)
    searchlib.audit(index)
    assert len(passes) == 1


def test_titles_are_tried_of_so_many_documents() -> None:
    index = Index.in_memory(Schema(title=Text(default=False), body=Text()))
    with index.writer() as writer:
        for number in range(7):
            writer.add({"id": str(number), "title": f"Title {number}", "body": f"body {number % 5}"})
    index.refresh()

    def kinds(most: int | None) -> list[str]:
        return [each.kind for each in searchlib.audit(index, max_titles=most)]

    assert [kinds(most).count("title") for most in (0, 3, 7, 100, None)] == [0, 3, 7, 7, 7]
    assert kinds(0) == ["field"]

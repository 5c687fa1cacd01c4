"""The files that formats are measured on: each is read, and says what all of its number say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from benchmarks.vocabulary import Sources

from benchmarks import file_tree, formats, vocabulary
from searchlib import Sources as Files


def test_a_text_is_the_same_in_each_format(tmp_path: Path, sources: Sources) -> None:
    sizes = file_tree.write(tmp_path, list(file_tree.MAKERS), 2, sources)
    assert sorted(sizes) == sorted(file_tree.MAKERS)
    words = {row["id"]: " ".join(str(row["body"]).split()) for row in Files(tmp_path)}
    assert len(words) == 2 * len(file_tree.MAKERS)
    for text, number in zip(file_tree.texts(2, sources), ("00000", "00001"), strict=True):
        expected = set(" ".join(text.paragraphs).split())
        for name in file_tree.MAKERS:
            assert len(expected - set(words[f"{name}/{number}.{name}"].split())) < len(expected) / 200, name


def test_a_format_is_read_for_its_row(tmp_path: Path, sources: Sources) -> None:
    file_tree.write(tmp_path, ["docx"], 2, sources)
    read = formats.read_all(tmp_path / "docx")
    assert (read.num_files, read.num_bytes) == (
        2,
        sum(p.stat().st_size for p in (tmp_path / "docx").iterdir()),
    )
    assert formats.reading_row("docx", [read]).count("|") == 6


def test_it_says_what_it_is_not_compared_with(
    sources: Sources, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vocabulary, "load", lambda: sources)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    formats.main(["--files", "1", "--runs", "1", "--only", "txt"])
    tables, _, said = capsys.readouterr().out.rpartition("\n\n")
    assert said == "absent: recoll (apt-get install recollcmd)\n"
    assert [line.split("|")[2].strip() for line in tables.splitlines()[-2:]] == [*formats.engines()]

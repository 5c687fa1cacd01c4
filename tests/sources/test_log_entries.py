"""Logs by line and by block: entries with their moment, and stack traces that stay whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_files import collect, write

from searchlib import place_of
from searchlib.sources.formats import log_entries, suffix_of
from searchlib.sources.formats.log_entries import moment_of
from searchlib.sources.formats.log_levels import level_of

LOG = """2024-05-31 12:00:00,123 INFO server начал работу
Traceback (most recent call last):
  File "a.py", line 1
ValueError: плохо

2024-05-31 12:00:01,000 ERROR [db] связь потеряна
	at com.example.Main
2024-05-31 12:00:02,000 WARNING конец
"""


def test_a_line_with_what_belongs_to_it_is_a_document(tmp_path: Path) -> None:
    documents, problems = collect(write(tmp_path, {"app.log": LOG}), records="line")
    assert problems == []
    assert [row["id"] for row in documents] == ["app.log#1", "app.log#6", "app.log#8"]
    assert [row["level"] for row in documents] == ["INFO", "ERROR", "WARNING"]
    assert documents[0]["body"].endswith("ValueError: плохо")
    assert documents[0]["date"].isoformat() == "2024-05-31T12:00:00.123000+00:00"


def test_blocks_and_whole_files(tmp_path: Path) -> None:
    folder = write(tmp_path, {"app.log": LOG, "стихи.txt": "раз\nдва\n\n\nтри\n"})
    documents, _ = collect(folder, records="block")
    assert [row["id"] for row in documents] == ["app.log#1", "app.log#6", "стихи.txt#1", "стихи.txt#5"]
    assert documents[2]["body"] == "раз\nдва"
    assert [row["id"] for row in collect(folder)[0]] == ["app.log", "стихи.txt"]


def test_other_files_heed_it_not(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.json": '[{"t": "x"}]', "b.md": "# T\n\ntext\n", "c.csv": "t\ny\n"})
    documents, problems = collect(folder, records="line")
    assert problems == [] and [row["id"] for row in documents] == ["a.json#1", "b.md", "c.csv#2"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("2024-05-31T12:34:56.789Z INFO", "2024-05-31T12:34:56.789000Z"),
        ("[2024-05-31 12:34:56 +0300] x", "2024-05-31T12:34:56+03:00"),
        ("2024/05/31 12:34:56 [error] 7#7", "2024-05-31T12:34:56"),
        ('1.2.3.4 - - [31/May/2024:12:34:56 +0000] "GET', "2024-05-31T12:34:56+00:00"),
        ("[Fri May 31 12:34:56.123 2024] [core:error]", "2024-05-31T12:34:56.123000"),
        ("INFO:2024-05-31 12:34:56: x", "2024-05-31T12:34:56"),
        ("31.05.2024 12:34:56 слово", "2024-05-31T12:34:56"),
        ("1717158896.5 x", "2024-05-31T12:34:56.500000+00:00"),
        ("2024-13-31 12:34:56 x", ""),
        ("May 31 12:34:56 host sshd", ""),
        ("nothing", ""),
    ],
)
def test_moments(head: str, expected: str) -> None:
    assert moment_of(head) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("2024-05-31 12:00:00 WARNING disk", "WARNING"),
        ("[Fri May 31 12:34:56.123 2024] [core:error] [pid 7]", "ERROR"),
        ("2024/05/31 12:34:56 [crit] 7#7", "CRIT"),
        ('{"ts":"2024-05-31T12:34:56Z","level":"error","msg":"INFO is no level"}', "ERROR"),
        ('{"message":"level ERROR: none","severity": "Notice"}', "NOTICE"),
        ('{"msg":"nothing"}', ""),
        ('time=2024-05-31T12:34:56Z level=warning msg="слово"', "WARNING"),
        ("INFO handler level=error", "INFO"),
        ("E0531 10:00:00.123456    7 file.go:12] INFO of it", "ERROR"),
        ("I0531 10:00:00.123456    7 file.go:12] x", "INFO"),
        ("E0531 is a part", ""),
        ("May 31 10:00:00 host x: error: no space left", "ERROR"),
        ("May 31 10:00:00 host x[7]: Warning: hot", "WARNING"),
        ("2024-05-31 12:34:56 MSK ОШИБКА:  отношение не существует", "ОШИБКА"),
        ("31.05.2024 12:34:56 Ошибка: нет места", "ОШИБКА"),
        ("java.lang.Error: x", ""),
        ("TypeError: x", ""),
        ("the level: errors were few", ""),
        ("a trivial error was mended", ""),
        ("http://host/?sublevel=error", ""),
    ],
)
def test_levels(head: str, expected: str) -> None:
    assert level_of(head) == expected


def test_levels_of_objects_and_of_klog(tmp_path: Path) -> None:
    text = f'{{"msg":"{"слово " * 99}","ts":"2024-05-31T12:34:56Z","level":"error"}}\n'
    (row,), _ = collect(write(tmp_path, {"a.log": text}), records="line")
    assert row["level"] == "ERROR"
    text = "E0531 10:00:00.1 7 a.go:1] x\ngoroutine 1\n\nW0531 10:00:01.1 7 a.go:1] y\n"
    documents, _ = collect(write(tmp_path / "k", {"k.log": text}), records="line")
    assert [row["level"] for row in documents] == ["ERROR", "WARNING"]
    assert documents[0]["body"].endswith("goroutine 1")


def test_lines_without_moments_are_entries_but_for_indented_ones(tmp_path: Path) -> None:
    text = "раз\n  два\nтри\n\nчетыре\n"
    documents, _ = collect(write(tmp_path, {"a.log": text}), records="line")
    assert [row["body"] for row in documents] == ["раз\n  два", "три", "четыре"]
    text = "May 31 12:34:56 a\nb\n\nMay 31 12:34:57 c\n"
    documents, _ = collect(write(tmp_path, {"a.log": text}), records="line")
    assert [row["body"] for row in documents] == ["May 31 12:34:56 a\nb", "May 31 12:34:57 c"]


def test_an_entry_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_entries, "_MAX_ENTRY", 100)
    text = "2024-05-31 12:00:00 a\n" + " строка\n" * 50
    documents, _ = collect(write(tmp_path, {"a.log": text}), records="line")
    assert len(documents) == 5 and "".join(row["body"] for row in documents).count("строка") == 50


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0\x1a"), max_size=30), max_size=30)
)
def test_no_line_is_lost(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = write(tmp_path_factory.mktemp("log"), {"a.log": "\n".join(texts)})
    shown = "\n".join(texts).lstrip("\ufeff\ufffe")  # a file's byte order mark is none of its text
    said = [line.split() for line in shown.split("\n") if line.strip()]
    for records in ("line", "block"):
        documents, problems = collect(folder, records=records)
        if not problems:
            assert [word for row in documents for word in row["body"].split()] == [
                w for line in said for w in line
            ]


@pytest.mark.parametrize(
    "name", ["app.log", "app.log.1", "app.LOG.12", "app.log-20240531", "app.log.2024-05-31"]
)
def test_rotated_logs_are_logs(tmp_path: Path, name: str) -> None:
    assert suffix_of(name) == ".log"
    assert place_of(name, "a\nb", 2) == "line 2"
    assert [row["id"] for row in collect(write(tmp_path, {name: LOG}))[0]] == [name]


@pytest.mark.parametrize("name", ["app.1", "catalog.1", "v.log2", ".log.1"])
def test_other_numbers_are_none(name: str) -> None:
    assert suffix_of(name) != ".log"

"""searchlib cluster build and info."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from running import Run

import searchlib
from searchlib import Problem
from searchlib.cli.index_report import IndexReport
from searchlib.cluster import BuildProgress, read_collection


def test_a_corpus_becomes_a_collection(run: Run, corpus: Path) -> None:
    done = run("cluster", "build", str(corpus), "--to", "c", "--shards", "2", "--processes", "0")
    assert done.code == 0
    assert f"note: {corpus / 'ru' / 'cp1251.txt'}: read as cp1251 (guessed)" in done.err.splitlines()
    assert done.lines[0].startswith("6 documents indexed in ")
    assert done.lines[1] == "c: 6 documents in 2 shards"
    shown = run("cluster", "info", "c")
    assert shown.lines[0] == "c: 6 documents in 2 shards, version 1"
    assert shown.lines[1].startswith("schema (inferred): title (text, boost 3), body (text), name (text)")
    assert [line.split()[:2] for line in shown.lines[2:]] == [["0", "shards/0000.1"], ["1", "shards/0001.1"]]
    again = run("cluster", "build", str(corpus), "--to", "c", "--shards", "2", "--processes", "0")
    assert again.code == 2 and "already a collection at" in again.err


def test_as_json_with_what_was_refused(run: Run) -> None:
    Path("rows.jsonl").write_text('{"id": 1, "t": "one"}\nno\n{"id": 1, "t": "two"}\n')
    Path("rows.json").write_text('{"text": {"kind": "text"}}')
    options = ["--to", "c", "--shards", "3", "--processes", "1", "--json", "--map", "t=text"]
    done = run("cluster", "build", "rows.jsonl", *options, "--schema", "rows.json")
    said = json.loads(done.out)
    assert done.code == 1
    assert (said["num_docs"], said["num_shards"], said["renamed"]) == (2, 3, 1)
    assert [each["where"] for each in said["refused"]] == ["rows.jsonl:2"]
    assert read_collection("c").schema["text"]["kind"] == "text"
    info = json.loads(run("cluster", "info", "c", "--json").out)
    assert info["version"] == 1 and sum(shard["num_docs"] for shard in info["shards"]) == 2


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["--records", "lists.of"],
        ["--hidden"],
        ["--no-ignore"],
        ["--errors", "replace", "--encoding", "utf-8"],
        ["--include", "*.data"],
        ["texts/odd.data", "--format", "text"],
        ["--exclude", "*.json"],
    ],
)
def test_files_are_read_as_by_index(run: Run, said: list[str]) -> None:
    folder = Path("texts")
    folder.mkdir()
    (folder / "rows.json").write_text(
        '{"other": [{"t": 1}, {"t": 2}], "lists": {"of": [{"t": "one"}, {"t": "two"}]}}'
    )
    (folder / ".hidden.txt").write_text("hidden")
    (folder / ".ignore").write_text("ignored.txt\n")
    (folder / "ignored.txt").write_text("ignored")
    (folder / "old.txt").write_bytes("words and слова".encode("cp1251"))
    (folder / "odd.data").write_text("of no known type")
    run("index", "texts", "--index", "one", *said)
    run("cluster", "build", "texts", "--to", "c", "--shards", "2", "--processes", "0", *said)
    with searchlib.open("one") as one, searchlib.open("c") as collection:
        documents = {name: one.get(name) for name in one.ids()}
        assert documents and {name: collection.get(name) for name in collection.ids()} == documents


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_shows_each_stage_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("searchlib.cli.progress._INTERVAL_SECONDS", 0)
    report = IndexReport(quiet=False)
    with report.building() as line:
        line.update(BuildProgress("looking"))
        line.update(BuildProgress("reading", 10, 2_000_000, 4_000_000))
        report.notice(Problem("a.txt", "read as cp1251 (guessed)"))
        line.update(BuildProgress("indexing", 30, 1_000_000, 4_000_000))
    shown = terminal.getvalue()
    for each in ("looking …", "reading  ━", " 50%  10 documents", "indexing  ━"):
        assert each in shown
    assert "\r\x1b[Knote: a.txt: read as cp1251 (guessed)\n" in shown, "the line makes room"
    assert shown.endswith("\r\x1b[K")
    terminal.truncate(0)
    with IndexReport(quiet=True).building() as line:
        line.update(BuildProgress("looking"))
        line.update(BuildProgress("reading", 10, 2_000_000, 4_000_000))
    assert terminal.getvalue() == ""


def test_what_cannot_be(run: Run, corpus: Path) -> None:
    options = ["--to", "c", "--shards", "2", "--ray", "auto", "--processes", "2"]
    both = run("cluster", "build", str(corpus), *options)
    assert both.code == 2 and "one of the two" in both.err
    assert run("cluster", "build", "nowhere", "--to", "c", "--shards", "2").code == 2
    assert "there is no collection at" in run("cluster", "info", "nowhere").err


def test_published_synced_and_split(run: Run, corpus: Path, tmp_path: Path) -> None:
    url = f"file://{tmp_path}/store"
    options = ["--shards", "2", "--processes", "0"]
    assert run("cluster", "build", str(corpus), "--to", url, *options).code == 2
    made = run("cluster", "build", str(corpus), "--to", url, "--work", "made", *options)
    assert made.code == 0 and made.lines[-1] == f"{url}: 6 documents in 2 shards"
    assert run("cluster", "split", "made", "--shards", "3").code == 2
    done = run("cluster", "split", "made", "--shards", "4")
    assert done.lines == ["made: 6 documents in 4 shards, version 2"]
    assert run("cluster", "sync", url, "here").lines == ["here: 6 documents in 2 shards, version 1"]
    assert run("cluster", "publish", "made", url).lines == [f"{url}: 6 documents in 4 shards, version 2"]
    assert run("cluster", "sync", url, "here", "-q").lines == []
    assert read_collection("here").num_shards == 4
    wrong = run("cluster", "sync", f"file://{tmp_path}/empty", "there")
    assert wrong.code == 2 and "nothing is published at" in wrong.err

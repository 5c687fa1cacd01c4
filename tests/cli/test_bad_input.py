"""Whatever is wrong: one clear line, what to do, the right exit code, nothing lost, no traceback."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from running import Run

import searchlib
from searchlib import _core


def the_error(run: Run, *arguments: str, code: int = 2, **options: object) -> str:
    """The one line on stderr of a command that must fail."""
    done = run(*arguments, **options)
    assert done.code == code, (done.out, done.err)
    lines = done.err.splitlines()
    assert len(lines) == 1, done.err
    assert "Traceback" not in done.err
    return lines[0]


def test_a_path_that_does_not_exist(run: Run) -> None:
    assert the_error(run, "index", "nowhere.txt") == "error: no such file or folder: nowhere.txt"
    assert not Path("indexes").exists()


def test_one_missing_path_of_several_stops_all(run: Run, corpus: Path) -> None:
    assert "nowhere" in the_error(run, "index", str(corpus), "nowhere")
    assert not Path("indexes").exists()


def test_an_empty_folder(run: Run) -> None:
    Path("empty").mkdir()
    error = the_error(run, "index", "empty")
    assert error.startswith("error: nothing to index in empty: looked for .txt, .md")
    assert not Path("indexes").exists()


def test_an_empty_folder_is_pruned_only_when_that_is_asked_for(indexed: Run, corpus: Path) -> None:
    for path in sorted(corpus.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert "nothing to index" in the_error(indexed, "index", str(corpus))
    assert indexed("query", "Tashkent").code == 0
    done = indexed("index", str(corpus), "--prune")
    assert done.code == 0 and "removed" in done.out and "0 documents, " in done.out
    corpus.rmdir()
    assert indexed("index", str(corpus), "--prune").code == 0, "it is known: from now on it is not"
    gone = indexed("index", str(corpus), "--prune")
    assert gone.code == 2 and "no such file or folder" in gone.err


def test_a_binary_file(run: Run, corpus: Path) -> None:
    (corpus / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = run("index", str(corpus))
    assert done.code == 1
    assert f"refused: {corpus / 'photo.txt'}: a binary file (a PNG image), not text" in done.err
    assert "1 refused" in done.err
    assert run("query", "Tashkent").code == 0


def test_undecodable_text(run: Run, corpus: Path) -> None:
    broken = "Ташкент и окрестности".encode()
    (corpus / "broken.txt").write_bytes(broken[:13] + broken[14:])
    done = run("index", str(corpus), "--errors", "strict")
    assert done.code == 1
    assert "broken.txt: broken UTF-8 at byte 12" in done.err
    assert "iconv" in done.err


def test_a_forced_encoding_that_does_not_fit(run: Run, corpus: Path) -> None:
    done = run("index", str(corpus / "ru"), "--encoding", "utf-8", "--errors", "strict")
    assert done.code == 1
    assert "cp1251.txt: byte 0 (0xcf) is not utf-8 text" in done.err
    assert run("query", "выборы").code == 0


def test_an_unknown_encoding(run: Run, corpus: Path) -> None:
    assert "unknown encoding 'klingon'" in the_error(run, "index", str(corpus), "--encoding", "klingon")


def test_bad_rows_are_named_and_the_rest_goes_on(run: Run) -> None:
    rows = [
        '{"title": "A", "body": "first good row"}',
        "[1, 2]",
        '{"title": "B", "id": [5]}',
        "{oops",
        '{"x": 1}',
    ]
    Path("r.jsonl").write_text("\n".join([*rows, '{"title": "C", "body": "last good row"}']))
    done = run("index", "r.jsonl")
    assert done.code == 1
    refused = [line for line in done.err.splitlines() if line.startswith("refused: ")]
    assert [line.split(": ")[1] for line in refused] == [f"r.jsonl:{line}" for line in (2, 3, 4)]
    assert "is an array, not an object" in refused[0]
    assert "its id is a string or a whole number, got a list" in refused[1]
    assert "not valid JSON" in refused[2]
    assert run("query", "good").out.count("good**") >= 2


def test_a_row_that_lacks_what_the_schema_needs(run: Run) -> None:
    Path("schema.json").write_text('{"body": {"kind": "text"}, "year": {"kind": "number"}}')
    Path("r.jsonl").write_text(
        '{"text": "nothing for it"}\n{"body": "some", "year": "1991"}\n{"body": "good"}\n'
    )
    done = run("index", "r.jsonl", "--schema", "schema.json")
    assert done.code == 1
    assert "r.jsonl:1: lacks every field of the schema (body, year); it has: text; rename one" in done.err
    assert "r.jsonl:2: field 'year' is a number, got the string '1991'" in done.err
    assert run("query", "good").code == 0


def test_refused_rows_are_still_told_when_nothing_changed(run: Run) -> None:
    Path("r.jsonl").write_text('{"body": "good row"}\n[]\n')
    os.utime("r.jsonl", (1_600_000_000, 1_600_000_000))
    assert run("index", "r.jsonl").code == 1
    done = run("index", "r.jsonl")
    assert done.code == 1
    assert "1 refused (1 of them in an earlier run)" in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "is not JSON"),
        ("[]", "is not an object like"),
        ('{"body": {"kind": "prose"}}', "with a kind of text, keyword"),
        ('{"body": {"kind": ["text"]}}', "with a kind of text, keyword"),
        ('{"body": {"kind": "text", "size": 1}}', "has unknown options: size"),
        ("{}", "at least one field"),
    ],
)
def test_a_schema_that_cannot_be(run: Run, corpus: Path, content: str, message: str) -> None:
    Path("schema.json").write_text(content)
    assert message in the_error(run, "index", str(corpus), "--schema", "schema.json")
    assert not Path("indexes").exists()


def test_a_schema_file_that_is_not_there(run: Run, corpus: Path) -> None:
    error = the_error(run, "index", str(corpus), "--schema", "no.json")
    assert error == "error: No such file or directory: no.json"


def test_another_schema_than_that_of_the_index(indexed: Run, corpus: Path) -> None:
    Path("schema.json").write_text('{"text": {"kind": "text"}}')
    error = the_error(indexed, "index", str(corpus), "--schema", "schema.json")
    assert "has another schema than schema.json; make a new one: --index DIR" in error


@pytest.mark.parametrize("rename", ["text", "=body", "text=", "text=1 2"])
def test_a_map_that_cannot_be(run: Run, corpus: Path, rename: str) -> None:
    assert "text=body" in the_error(run, "index", str(corpus), "--map", rename)


def test_an_unknown_field_in_a_query(indexed: Run) -> None:
    assert indexed("query", "author:Ann").code == 1
    assert (
        "note: there is no field 'author', so that it was read as text" in indexed("query", "author:Ann").err
    )
    error = the_error(indexed, "query", "author:Ann", "--strict")
    assert "there is no field 'author'" in error
    assert "title, body" in error
    assert "author" in the_error(indexed, "query", "Ann", "--field", "author")


@pytest.mark.parametrize("query", ["", "   ", "\t"])
def test_an_empty_query(indexed: Run, query: str) -> None:
    assert "the query is empty" in the_error(indexed, "query", query)


def test_a_query_without_words(indexed: Run) -> None:
    done = indexed("query", "?!")
    assert done.code in (1, 2)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "command",
    [("query", "x"), ("show", "x"), ("stats",), ("check",), ("rm", "x"), ("merge",), ("list",), ("drop",)],
)
def test_every_command_without_an_index(run: Run, command: tuple[str, ...]) -> None:
    error = the_error(run, *command)
    assert "no index at" in error
    assert error.endswith("make it: searchlib index PATH… --index indexes/default")
    assert not Path("indexes").exists()


@pytest.mark.parametrize("command", [("query", "Tashkent"), ("stats",), ("rm", "csto.txt")])
def test_an_index_of_another_version(indexed: Run, command: tuple[str, ...]) -> None:
    checked = b"99 2\n{}"
    copy = b"searchlib-manifest 99 2 %08x\n{}" % _core.crc32c(checked)
    Path("indexes/default/manifest").write_bytes(copy * 2)
    error = the_error(indexed, *command)
    assert "version 99" in error
    assert "upgrade searchlib" in error


def test_a_damaged_index_is_exit_code_3(indexed: Run) -> None:
    segment = next(Path("indexes/default").glob("*.segment"))
    data = bytearray(segment.read_bytes())
    for at in range(64, len(data), 97):
        data[at] ^= 0xFF
    segment.write_bytes(data)
    error = the_error(indexed, "query", "Tashkent", code=3)
    assert segment.name in error
    assert error.endswith("searchlib check --index indexes/default")
    checked = indexed("check")
    assert checked.code == 3
    assert f"damaged: {segment.name}" in checked.out
    assert "searchlib check --repair --index indexes/default" in checked.err


def test_a_second_writer(indexed: Run, corpus: Path) -> None:
    with searchlib.open("indexes/default").writer():
        assert "another writer holds" in the_error(indexed, "rm", "csto.txt", "--yes")
        assert "another writer holds" in the_error(indexed, "index", str(corpus))
    assert indexed("query", "CSTO").code == 0


def test_a_folder_that_is_no_index(run: Run, corpus: Path) -> None:
    Path("mine").mkdir()
    Path("mine/diary.txt").write_text("dear diary")
    error = the_error(run, "index", str(corpus), "--index", "mine")
    assert "mine is not empty and not an index" in error
    assert [path.name for path in Path("mine").iterdir()] == ["diary.txt"]
    assert "mine" in the_error(run, "query", "x", "--index", "mine")


def test_an_index_path_that_is_a_file(run: Run, corpus: Path) -> None:
    Path("file").write_text("x")
    assert "file" in the_error(run, "index", str(corpus), "--index", "file")
    assert Path("file").read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(run: Run, corpus: Path) -> None:
    Path("locked").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    assert "Permission denied" in the_error(run, "index", str(corpus), "--index", "locked/x")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("quer", "x"), "did you mean `query`? to search for the word: searchlib query quer x"),
        (("query",), "Missing argument 'TEXT...' (see `searchlib query -h`)"),
        (("query", "x", "--limit", "-1"), "Invalid value for '--limit'"),
        (("query", "x", "--bogus"), "there is no option --bogus"),
        (("query", "x", "--limt", "3"), "there is no option --limt; did you mean --limit?"),
        (("-CSTO",), "put -- before it: searchlib -- -CSTO"),
        (("query", "Tashkent", "-CSTO"), "put -- before it: searchlib -- -CSTO"),
        (("stats", "-CSTO"), "there is no option -C (see `searchlib stats -h`)"),
        (("index",), "Missing argument"),
        (("delete",), "give ids or paths, or --query"),
        (("rm", "a", "--query", "b"), "give ids or paths, or --query"),
        (("rm", "--query", " "), "the query is empty"),
        (("add", "--field", "x"), "NAME=VALUE"),
        (("add", "--field", "id=x"), "the id by --id"),
        (("add", "--id", "", "x"), "an id is not empty"),
        (("completion", "tcsh"), "bash"),
        (("query", "x", "--index", ""), "the path of the index is empty"),
    ],
)
def test_usage_errors_are_one_line(run: Run, arguments: tuple[str, ...], message: str) -> None:
    assert message in the_error(run, *arguments)


def test_an_unexpected_error_is_a_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("wires crossed")

    monkeypatch.setattr(searchlib, "open", fail)
    error = the_error(run, "stats")
    assert error.startswith("error: internal error: RuntimeError: wires crossed; please report it")
    with pytest.raises(AssertionError):  # for developers, the error itself
        run("stats", env={"SEARCHLIB_DEBUG": "1"})


def test_a_search_without_enough_time_says_so(indexed: Run) -> None:
    done = indexed("query", "Tashkent", "--timeout", "0.000000001")
    assert done.code == 2 and done.out == ""
    assert done.err.startswith(
        "error: the search of 'Tashkent' did not end within 1e-09 s; allow it more time"
    )
    assert indexed("query", "Tashkent", "--timeout", "60").code == 0
    assert "--timeout" in indexed("query", "Tashkent", "--timeout", "0").err

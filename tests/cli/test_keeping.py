"""searchlib list, add, rm, export, drop, audit: keeping an index."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from running import Run, command_line, process_environment

from searchlib.cli import export, group
from searchlib.cli.commands import NAMES


def objects(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_list_shows_folders_and_documents(indexed: Run, corpus: Path) -> None:
    done = indexed("list", "-n", "2")
    assert done.code == 0
    assert done.lines[0].startswith(f"{corpus}  5 files, 6 documents, ")
    assert done.lines[-1] == "2 of 6 documents; --limit 0 lists all"
    assert done.lines[2].split() == ["csto.txt", "CSTO", "in", "Tashkent"]
    assert len(indexed("list", "--limit", "0").lines) == 2 + 6 + 1
    assert [line.split()[0] for line in indexed("list", "ru/").lines[:2]] == [
        "ru/cp1251.txt",
        "ru/vybory.txt",
    ]
    assert indexed("list", str(corpus / "ru")).lines[-1] == "2 documents"
    assert indexed("list", "nothing-begins-so").code == 1


def test_list_for_programs(indexed: Run, corpus: Path) -> None:
    folder, *documents = objects(indexed("list", "--json", "--limit", "0").out)
    assert folder["folder"] == str(corpus) and folder["num_documents"] == 6 and not folder["is_gone"]
    assert [document["id"] for document in documents][:1] == ["csto.txt"] and len(documents) == 6
    assert documents[0]["title"] == "CSTO in Tashkent"


def test_list_tells_refused_rows_gone_folders_and_what_no_file_gave(indexed: Run, corpus: Path) -> None:
    Path("more").mkdir()
    Path("more/r.jsonl").write_text('{"body": "good row"}\n[]\n')
    assert indexed("index", "more").code == 1
    assert indexed("add", "a word of mine").code == 0
    Path("more/r.jsonl").unlink()
    Path("more").rmdir()
    told = indexed("list").out
    assert "1 refused" in told and "the folder is gone" in told and "added one by one  1 document" in told


def test_add_makes_an_index_and_replaces_by_id(run: Run) -> None:
    done = run("add", "--id", "x", "--field", "author=Гоголь", "--field", "year=1836", "Проснулся", "рано")
    assert (done.code, done.out, done.err) == (0, "x added\n", "")
    assert objects(run("show", "x", "--json").out) == [
        {"id": "x", "body": "Проснулся рано", "author": "Гоголь", "year": 1836}
    ]
    assert run("add", "--id", "x", "Проснулся поздно").out == "x replaced\n"
    assert run("проснуться", "-l").out == "x\n" and run("рано").code == 1


def test_add_reads_standard_input_and_knows_a_text_again(run: Run) -> None:
    added = objects(run("add", "--json", input="Из трубы\n".encode()).out)[0]
    assert added["is_new"] is True and str(added["id"]).startswith("text-")
    assert objects(run("add", "--json", "-", input="Из трубы\n".encode()).out)[0] == {
        **added,
        "is_new": False,
    }
    assert run("трубой", "-c").out == "1\n"
    assert "there is no text" in run("add", input=b" \n").err
    assert run("add", "-q", "--field", "title=Only a title", input=b"").out == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--field", "nope=1", "text"], "there is no field 'nope'; this index has: id, title, body"),
        (["--field", "body=x", "text"], "'body' is given twice"),
    ],
)
def test_add_refuses_what_does_not_fit(indexed: Run, arguments: list[str], says: str) -> None:
    done = indexed("add", *arguments)
    assert done.code == 2 and says in done.err and done.err.count("\n") == 1


def test_rm_by_id_query_and_folder(indexed: Run, corpus: Path) -> None:
    done = indexed("rm", "csto.txt", "nope", "--yes")
    assert (done.code, done.out, done.err) == (1, "1 document deleted\n", "no document has the id 'nope'\n")
    assert indexed("CSTO").code == 1
    assert indexed("delete", "--query", "Tashkent", "-y").out == "1 document deleted\n"
    assert indexed("delete", "--query", "Tashkent", "-y").code == 1
    assert indexed("rm", str(corpus / "ru"), "--yes", "--json").out == (
        f'{{"deleted": 2, "forgotten": ["{corpus}/ru"], "missing": []}}\n'
    )
    assert indexed("выборы").code == 1
    assert indexed("index", str(corpus)).lines[0].startswith("2 documents indexed")
    assert indexed("выборы").code == 0
    assert indexed("rm", str(corpus), "--yes", "-q").out == ""
    assert indexed("stats", "--json").code == 0 and indexed("list").code == 1


def test_rm_takes_a_word_as_it_is_and_asks(indexed: Run) -> None:
    assert indexed("rm", "--query", "outpolice", "--yes").code == 1
    done = indexed("rm", "csto.txt")
    assert done.code == 2 and "delete 1 document from indexes/default: add --yes" in done.err
    dry = indexed("rm", "csto.txt", "ru/vybory.txt", "--dry-run")
    assert dry.lines == ["csto.txt", "ru/vybory.txt", "2 documents would be deleted"]
    told = objects(indexed("rm", "--query", "Tashkent", "--dry-run", "--json").out)[0]
    assert sorted(told["would_delete"]) == ["csto.txt", "r1"]  # type: ignore[call-overload]
    assert indexed("CSTO").code == 0, "nothing was deleted yet"


def test_rm_forgets_what_no_document_is_left_of(indexed: Run, corpus: Path) -> None:
    Path("more").mkdir()
    Path("more/one.txt").write_text("one")
    assert indexed("index", "more").code == 0 and indexed("rm", "one.txt", "--yes").code == 0
    Path("more/one.txt").unlink()
    Path("more").rmdir()
    assert "the folder is gone: `searchlib rm` takes it out" in indexed("list").out
    dry = indexed("rm", "more", "--dry-run")
    assert (dry.code, dry.lines) == (0, ["0 documents would be deleted; forgotten: more"])
    assert objects(indexed("rm", "more", "--dry-run", "--json").out) == [
        {"would_delete": [], "would_forget": ["more"], "missing": []}
    ]
    done = indexed("rm", "more")
    assert (done.code, done.out, done.err) == (0, "0 documents deleted; forgotten: more\n", "")
    assert "is gone" not in indexed("list").out
    done = indexed("rm", "more", "--yes")
    assert (done.code, done.err) == (1, "no document has the id 'more'\n")
    assert indexed("rm", str(corpus), "--yes", "--json").code == 0
    Path("nothing").mkdir()
    Path("nothing/a.txt").write_bytes(b"\0\1\2")  # given, and nothing of it was taken
    assert indexed("index", "nothing").code == 1
    assert (
        indexed("rm", "nothing", "--json").out == '{"deleted": 0, "forgotten": ["nothing"], "missing": []}\n'
    )
    assert indexed("rm", "nothing").code == 1


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("\n", 2)])
def test_on_a_terminal_rm_asks(indexed: Run, tmp_path: Path, answer: str, code: int) -> None:
    main, side = pty.openpty()
    os.write(main, answer.encode())
    done = subprocess.run(
        command_line("rm", "csto.txt"),
        cwd=tmp_path,
        stdin=side,
        stdout=subprocess.PIPE,
        stderr=side,
        env=process_environment(),
        timeout=60,
    )
    os.close(side)
    assert b"delete 1 document from indexes/default?" in os.read(main, 4096)
    os.close(main)
    assert done.returncode == code
    assert indexed("CSTO").code == (1 if code == 0 else 0)


def test_export_reads_back_as_the_same_index(indexed: Run) -> None:
    done = indexed("export")
    assert done.code == 0 and len(done.lines) == 6
    assert run_again(indexed, done.out) == done.lines
    assert [hit["id"] for hit in objects(indexed("export", "CSTO").out)] == ["csto.txt"]
    assert objects(indexed("export", "CSTO", "--fields", "title").out) == [
        {"id": "csto.txt", "title": "CSTO in Tashkent"}
    ]
    assert [hit["id"] for hit in objects(indexed("export", "--filter", "title:row").out)] == ["r1"]
    assert indexed("export", "zyzzyva").code == 1


def run_again(run: Run, lines: str) -> list[str]:
    assert run("index", "-", "-i", "copy", input=lines.encode()).code == 0
    return run("export", "-i", "copy").lines


def test_export_into_a_file(indexed: Run) -> None:
    assert indexed("export", "-o", "all.jsonl").out == "all.jsonl: 6 documents\n"
    assert len(Path("all.jsonl").read_text("utf-8").splitlines()) == 6
    assert indexed("export", "-o", "nowhere/all.jsonl").code == 2


FAILING: list[list[str]] = [
    ["--filter", "published:nonsense["],
    ["--filter", "nope:x"],
    ["--fields", "nope"],
    ["-i", "nowhere"],
]


@pytest.mark.parametrize("arguments", FAILING)
@pytest.mark.parametrize("is_there", [True, False])
def test_an_export_that_fails_leaves_the_file_as_it_was(
    indexed: Run, arguments: list[str], is_there: bool
) -> None:
    Path("out").mkdir()
    if is_there:
        Path("out/all.jsonl").write_text("what was there")
    assert indexed("export", *arguments, "-o", "out/all.jsonl").code == 2
    assert [path.read_text() for path in Path("out").iterdir()] == ["what was there"] * is_there


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError, ValueError])
def test_an_export_that_is_interrupted_leaves_the_file_as_it_was(
    indexed: Run, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    Path("out").mkdir()
    Path("out/all.jsonl").write_text("what was there")

    def fail(lines: Iterator[str], stream: IO[str]) -> int:
        stream.write(next(lines))
        stream.flush()
        raise error

    monkeypatch.setattr(export, "_written", fail)
    assert indexed("export", "-o", "out/all.jsonl").code != 0
    assert [path.read_text() for path in Path("out").iterdir()] == ["what was there"]


def test_an_export_replaces_what_is_there_with_its_permissions(indexed: Run) -> None:
    Path("all.jsonl").write_text("what was there")
    Path("all.jsonl").chmod(0o640)
    Path("link").symlink_to("all.jsonl")
    assert indexed("export", "-o", "link").out == "link: 6 documents\n"
    assert Path("link").is_symlink() and len(Path("all.jsonl").read_text("utf-8").splitlines()) == 6
    assert Path("all.jsonl").stat().st_mode & 0o777 == 0o640
    assert indexed("export", "-o", "/dev/null").out == "/dev/null: 6 documents\n"
    done = indexed("export", "-o", "nowhere/all.jsonl")
    assert (done.code, done.err) == (2, "error: No such file or directory: nowhere/all.jsonl\n")


@pytest.mark.parametrize("query", ["nope:Tashkent", "Tashkent OR nope:x", "size:many", "modified:soon CSTO"])
def test_a_query_that_is_misread_exports_nothing(indexed: Run, query: str) -> None:
    """As of rm: a slip must not give other documents than those that were meant."""
    for arguments in (
        ["export", query],
        ["export", query, "-o", "x.jsonl"],
        ["rm", "--query", query, "--yes"],
    ):
        done = indexed(*arguments)
        assert (done.code, done.out) == (2, ""), arguments
    assert not Path("x.jsonl").exists()


def test_drop(indexed: Run) -> None:
    assert "add --yes" in indexed("drop").err
    assert objects(indexed("drop", "--dry-run", "--json").out) == [
        {"would_delete": "indexes/default", "num_docs": 6}
    ]
    assert indexed("drop", "--dry-run").out == "indexes/default would be deleted: 6 documents\n"
    Path("indexes/default/mine.txt").write_text("mine")
    done = indexed("drop", "--yes", "--json")
    assert objects(done.out) == [{"deleted": "indexes/default", "left": ["mine.txt"]}]
    assert [path.name for path in Path("indexes/default").iterdir()] == ["mine.txt"]
    assert "no index at" in indexed("drop", "--yes").err


def test_drop_of_a_damaged_index_leaves_nothing(indexed: Run) -> None:
    segment = next(Path("indexes/default").glob("*.segment"))
    segment.write_bytes(b"")
    Path("indexes/default/manifest").write_bytes(b"junk")
    assert indexed("drop", "--yes").code == 0
    assert not Path("indexes/default").exists()


def test_audit_finds_what_searches_miss(run: Run) -> None:
    Path("in").mkdir()
    Path("in/a.jsonl").write_text(
        '{"id": "1", "title": "Нос", "body": "x", "code": "A-1"}\n'
        '{"id": "2", "title": "Нос", "body": "x", "code": "A-1"}\n[]\n',
        encoding="utf-8",
    )
    Path("schema.json").write_text(
        '{"title": {"kind": "text", "default": false}, "body": {"kind": "text"}, "code": {"kind": "keyword"}}'
    )
    assert run("index", "in", "--schema", "schema.json").code == 1
    Path("in/bad.txt").write_bytes(b"\x00\x01\x02")
    Path("in/new.txt").write_text("not yet read")
    done = run("audit")
    assert done.code == 1
    found = objects(run("audit", "--json").out)
    kinds = [finding["kind"] for finding in found]
    assert kinds.count("title") == 2 and kinds.count("duplicate") == 1 and kinds.count("field") == 2
    told = done.out
    assert "the field code (keyword) of 2 documents is not searched by plain words; write code:VALUE" in told
    assert "'1' is not found by words of its title: 'Нос'" in told
    assert "2 documents have the same content: '1', '2'" in told
    assert "bad.txt: " in told and "a.jsonl:3: " in told and "new.txt is not in the index" in told
    assert "bad.txt" not in run("audit", "--no-files").out


def test_what_was_refused_may_be_why_nothing_is_found(run: Run) -> None:
    Path("in").mkdir()
    Path("in/r.jsonl").write_text('{"body": "good row"}\n{"body": "zeppelin"\n')
    assert run("index", "in").code == 1
    done = run("zeppelin")
    assert done.lines[1:] == [
        "'zeppelin' stands in no document",
        f"1 row of {Path('in/r.jsonl').absolute()} could not be read: `searchlib audit` says why",
    ]
    reasons = json.loads(run("zeppelin", "--json").out)["reasons"]
    assert [reason["kind"] for reason in reasons] == ["nowhere", "refused"]


def test_audit_and_list_of_a_single_file(indexed: Run) -> None:
    Path("home").mkdir()
    Path("home/notes.md").write_text("# Notes")
    Path("home/private.md").write_text("# Private")
    assert indexed("index", "home/notes.md", "-i", "one").code == 0
    assert indexed("audit", "-i", "one").lines == ["1 document looked at: all is well"]
    assert objects(indexed("list", "-i", "one", "--json").out)[0]["is_folder"] is False


def test_audit_of_a_sound_index(indexed: Run) -> None:
    done = indexed("audit")
    assert (done.code, done.lines) == (0, ["6 documents looked at: all is well"])
    assert indexed("audit", "--json").out == ""


def test_check_and_merge_for_programs(indexed: Run) -> None:
    told = objects(indexed("check", "--json").out)[0]
    assert told["ok"] is True and told["num_docs"] == 6 and told["problems"] == []
    indexed("add", "another segment")
    told = objects(indexed("merge", "--json").out)[0]
    assert told["before"]["num_segments"] == 2 and told["after"]["num_segments"] == 1  # type: ignore[index]
    segment = max(Path("indexes/default").glob("*.segment"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    done = indexed("check", "--json")
    assert done.code == 3 and objects(done.out)[0]["problems"]
    repaired = indexed("check", "--json", "--repair")
    assert repaired.code == 0 and "lost" in objects(repaired.out)[0]["repair"]  # type: ignore[operator]


def test_quiet_means_one_thing_in_all_commands() -> None:
    for name in NAMES:
        command = group.application.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        for option in command.params:
            if "-q" in option.opts:
                assert option.opts == ["--quiet", "-q"] and option.is_flag, name  # type: ignore[attr-defined]

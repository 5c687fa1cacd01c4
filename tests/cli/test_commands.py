"""The other commands: index, show, stats, check, rm, merge, bench, and the help of all."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from running import TEXTS, Run

from searchlib.cli import COMMANDS


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command(run: Run, flag: str) -> None:
    done = run(flag)
    assert done.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in done.out
    assert "Exit codes:" in done.out
    assert "searchlib completion bash" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    done = run(command, "-h")
    assert done.code == 0
    examples = done.out.partition("Examples:\n")[2].splitlines()
    assert any(line.split()[:2] == ["searchlib", command] for line in examples)


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("searchlib ")


def test_index_tells_schema_encodings_and_sums(run: Run, corpus: Path) -> None:
    done = run("index", str(corpus))
    assert done.code == 0
    schema = (
        "title (text, boost 3), body (text), name (text), path (text), folder (text), extension (keyword), "
        "size (number), modified (date)"
    )
    assert f"schema (inferred): {schema}" in done.err.splitlines()
    assert f"note: {corpus / 'ru' / 'cp1251.txt'}: read as cp1251 (guessed)" in done.err.splitlines()
    assert done.lines[0].startswith("6 documents indexed in ")
    assert done.lines[1].startswith("indexes/default: 6 documents, ")
    assert len(done.lines) == 2


def test_index_again_reads_only_what_changed(indexed: Run, corpus: Path) -> None:
    for path in corpus.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    assert indexed("index", str(corpus)).lines[0].startswith("0 documents indexed")
    (corpus / "notes.md").write_text("# Changed\n\nwith a zeppelin")
    done = indexed("index", str(corpus))
    assert done.lines[0].startswith("1 document indexed in ")
    assert done.lines[0].endswith("; 4 files unchanged")
    assert indexed("query", "zeppelin").code == 0
    assert indexed("query", "Darya").code == 1


def test_index_prunes_only_when_told(indexed: Run, corpus: Path) -> None:
    (corpus / "csto.txt").unlink()
    indexed("index", str(corpus))
    assert indexed("query", "CSTO").code == 0
    assert "; 1 removed" in indexed("index", str(corpus), "--prune").lines[0]
    assert indexed("query", "CSTO").code == 1


def test_index_force_reads_everything_again(indexed: Run, corpus: Path) -> None:
    indexed("rm", "csto.txt", "--yes")
    assert indexed("index", str(corpus)).lines[0].startswith("0 documents")
    assert indexed("index", str(corpus), "--force").lines[0].startswith("6 documents")
    assert indexed("query", "CSTO").code == 0


def test_index_quiet_says_nothing(run: Run, corpus: Path) -> None:
    done = run("index", str(corpus), "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_index_with_map_and_schema(run: Run) -> None:
    Path("r.jsonl").write_text('{"text": "some words", "meta": {"year": 1991}}\n')
    Path("schema.json").write_text('{"body": {"kind": "text"}, "year": {"kind": "number"}}')
    done = run("index", "r.jsonl", "--schema", "schema.json", "--map", "text=body", "--map", "meta.year=year")
    assert done.code == 0
    assert "schema: body (text), year (number)" in done.err
    assert json.loads(run("show", "r.jsonl#1", "--json").out) == {
        "id": "r.jsonl#1",
        "body": "some words",
        "year": 1991,
    }
    assert run("query", "year:1991").code == 0


def test_index_says_which_fields_came_and_which_were_left_out(indexed: Run) -> None:
    Path("r.jsonl").write_text('{"body": "x", "author": "Ann"}\n{"body": "y", "author": "Bob"}\n')
    done = indexed("index", "r.jsonl")
    assert done.code == 0 and "note: new fields: author (text)\n" in done.err
    assert indexed("query", "author:ann", "--limit", "0").out.startswith("1 hit")
    Path("schema.json").write_text('{"body": {"kind": "text"}}')  # a schema that was chosen stays
    done = indexed("index", "r.jsonl", "--schema", "schema.json", "--index", "chosen")
    assert "the field 'author' of 2 documents is not in the schema and was left out" in done.err


def test_index_names_what_it_passed_over_and_what_is_gone(indexed: Run, corpus: Path) -> None:
    (corpus / "photo.png").write_bytes(b"")
    (corpus / "drafts").mkdir()
    (corpus / "drafts/x.txt").write_text("a draft")
    (corpus / "csto.txt").unlink()
    done = indexed("index", str(corpus), "--exclude", "drafts", "-v")
    assert f"passed over: {corpus / 'photo.png'} (.png)" in done.err.splitlines()
    assert "; passed over: 1 .png, 1 excluded" in done.lines[0]
    gone = f"1 file of the index is not met any more, and its documents stay: {corpus / 'csto.txt'}"
    assert f"note: {gone}; --prune removes them" in done.err.splitlines()
    found = json.loads(indexed("index", str(corpus), "--json", "--exclude", "drafts").out)
    assert (found["indexed"], found["vanished"]) == (0, [str(corpus / "csto.txt")])
    assert found["passed_over"] == {".png": 1, "excluded": 1} and found["num_docs"] == 6
    assert indexed("index", str(corpus), "--include", "*.png", "--index", "other").code in (0, 1)
    assert "nothing to index" in indexed("index", str(corpus), "--include", "*.x", "--index", "other").err


def test_an_archive_that_became_a_folder_of_its_name_is_named_as_that(run: Run) -> None:
    Path("d").mkdir()
    with zipfile.ZipFile("d/a.zip", "w") as archive:
        archive.writestr("x.txt", "in a zip")
    run("index", "d")
    Path("d/a.zip").unlink()
    Path("d/a.zip").mkdir()
    Path("d/a.zip/x.txt").write_text("in a folder")
    path = Path("d/a.zip").absolute()
    what = f"1 file of the index is not met any more, and its documents stay: {path} (a folder now)"
    assert f"note: {what}; --prune removes them" in run("index", "d").err.splitlines()
    run("index", "d", "--prune")
    assert run("query", "zip", "-c").out == "0\n" and run("query", "folder", "-c").out == "1\n"


def test_index_reads_standard_input(run: Run) -> None:
    assert run("index", "-", input=b'{"id": "a", "body": "from a pipe"}\n').code == 0
    assert run("index", "-", "--format", "csv", input=b"id,body\nb,from a table\n").code == 0
    assert run("query", "pipe OR table", "--limit", "0").out.startswith("2 hits")


def test_index_says_when_ids_collide(run: Run) -> None:
    for name in ("a.csv", "b.csv"):
        Path(name).write_text("id,body\n1,some words\n2,some words\n")
    done = run("index", "a.csv", "b.csv")
    assert "4 documents indexed" in done.out
    assert "4 documents, " in done.out
    assert "note: b.csv: 2 documents have ids of documents of" in done.err and "'b.csv#id=1'" in done.err
    Path("c.csv").write_text("id,body\n1,some words\n1,other words\n")
    done = run("index", "c.csv", "--index", "indexes/other")
    assert "2 documents indexed" in done.out and "; 1 with another id than theirs" in done.out
    assert "2 documents, " in done.out


def test_index_inside_its_own_corpus_does_not_index_itself(run: Run) -> None:
    Path("a.txt").write_text("alpha")
    assert run("index", ".", "--index", "ix").code == 0
    assert run("index", ".", "--index", "ix", "--force").lines[-1].startswith("ix: 1 document,")


def test_a_file_put_into_the_corpus_is_found(indexed: Run, corpus: Path) -> None:
    (corpus / "mine.txt").write_text("My own words about xylophones")
    indexed("index", str(corpus), "--prune")
    assert "**xylophones**" in indexed("query", "xylophone").out


def test_show_prints_all_stored_fields(indexed: Run) -> None:
    done = indexed("show", "csto.txt")
    assert done.code == 0
    assert done.lines[:2] == ["id: csto.txt", "title: CSTO in Tashkent"]
    assert "body:\nCSTO in Tashkent\n\nThe police force" in done.out
    shown = json.loads(indexed("show", "csto.txt", "--json").out)
    assert shown["body"] == TEXTS["csto.txt"].decode()


def test_show_of_an_unknown_document(indexed: Run) -> None:
    done = indexed("show", "nope")
    assert (done.code, done.out, done.err) == (1, "", "no document has the id 'nope'\n")


def test_stats(indexed: Run) -> None:
    done = indexed("stats")
    assert done.code == 0
    assert "  6 documents" in done.lines
    assert any(line.startswith("  title      text, en ru, boost 3, ") for line in done.lines)
    stats = json.loads(indexed("stats", "--json").out)
    assert (stats["num_docs"], list(stats["schema"])[:3]) == (6, ["title", "body", "name"])


def test_the_schema_that_stats_shows_can_be_given_to_index(indexed: Run, corpus: Path) -> None:
    Path("schema.json").write_text(json.dumps(json.loads(indexed("stats", "--json").out)["schema"]))
    assert indexed("index", str(corpus), "--schema", "schema.json").code == 0
    assert indexed("index", str(corpus), "--schema", "schema.json", "--index", "new").code == 0


def test_check_of_an_intact_index(indexed: Run) -> None:
    done = indexed("check")
    assert done.code == 0
    assert done.out.startswith("indexes/default is intact: 6 documents, ")


def test_check_repairs_and_indexing_brings_the_rest_back(indexed: Run, corpus: Path) -> None:
    Path("more").mkdir()
    Path("more/more.txt").write_text("A second commit")
    assert indexed("index", "more").code == 0
    segment = max(Path("indexes/default").glob("*.segment"), key=lambda path: path.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    done = indexed("check", "--repair")
    assert done.code == 0
    assert f"of {segment.name}: " in done.out
    assert indexed("check").code == 0
    assert indexed("query", "CSTO").code == 1
    assert indexed("index", str(corpus), "more").code == 0
    assert indexed("query", "CSTO").code == 0
    assert indexed("query", "commit", "--limit", "0").out.startswith("1 hit ")


def test_an_index_that_lost_its_manifest_is_filled_as_before(run: Run) -> None:
    """Rows of two archives share ids; which has which depends on what was read when."""

    def pack(name: str, count: int) -> None:
        with zipfile.ZipFile(f"c/{name}.zip", "w") as file:
            for member in "ab":
                rows = [json.dumps({"id": str(n), "t": f"{name}{member}{n}"}) for n in range(count)]
                file.writestr(f"{member}.jsonl", "\n".join(rows))

    def texts() -> list[str]:
        return sorted(json.loads(line)["t"] for line in run("export").out.splitlines())

    Path("c").mkdir()
    pack("one", 4)
    pack("two", 4)
    run("index", "c")
    Path("c/one.zip").unlink()
    run("index", "c", "--prune")
    pack("one", 5)
    run("index", "c")
    before = texts()
    Path("indexes/default/manifest").unlink()
    repaired = run("check", "--repair")
    assert repaired.code == 0 and "searchlib index PATH…" in repaired.out and "NEW_DIR" not in repaired.out
    assert len(texts()) == 8
    run("index", "c")
    assert texts() == before and len(before) == 18

    metadata = max(Path("indexes/default").glob("*.metadata"))
    metadata.write_bytes(b"x" + metadata.read_bytes())
    repaired = run("check", "--repair")
    assert "no later run takes them out" in repaired.out and "--index NEW_DIR" in repaired.out

    segment = max(Path("indexes/default").glob("*.segment"))
    segment.write_bytes(segment.read_bytes() + b"tail")
    assert run("check").code == 3
    repaired = run("check", "--repair")
    assert f"cut off: 4 bytes behind the end of {segment.name}" in repaired.out and "lost" not in repaired.out
    assert run("check").code == 0 and texts() == before


def test_merge(indexed: Run) -> None:
    for number in range(3):
        indexed("index", "-", input=b'{"id": "%d", "body": "more"}' % number)
    indexed("rm", "csto.txt", "--yes")
    done = indexed("merge")
    assert done.code == 0
    assert " → 1 segment, " in done.out
    assert indexed("query", "more", "--limit", "0").out.startswith("3 hits")
    assert json.loads(indexed("stats", "--json").out)["num_deleted"] == 0


def test_bench(run: Run, corpus: Path) -> None:
    done = run("bench", str(corpus), "--queries", "20")
    assert done.code == 0
    assert [line.split("  ")[0].strip() for line in done.lines] == [
        "documents", "indexing", "", "peak memory", "index size", "query, ms",
    ]  # fmt: skip
    figures = json.loads(run("bench", str(corpus), "--queries", "20", "--json", "--keep", "kept").out)
    assert figures["documents"] == 6
    assert figures["queries"] == 20
    assert 0 < figures["query_ms_p50"] <= figures["query_ms_p99"] <= figures["query_ms_p100"]
    assert run("query", "Tashkent", "--index", "kept").code == 0
    assert not Path("indexes").exists()


def test_a_refused_first_run_binds_no_schema(run: Run) -> None:
    Path("bad.txt").write_bytes(b"\x00\x01\x02")
    assert run("index", "bad.txt").code == 1
    Path("r.jsonl").write_text('{"name": "Ann Lee Smith", "age": 3}\n')
    done = run("index", "r.jsonl")
    assert done.code == 0, done.err
    assert "schema (inferred): name (text), age (number)" in done.err
    assert run("query", "Smith").code == 0
    # From now on there are documents: the schema only grows.
    Path("s.jsonl").write_text('{"other": "words of another kind"}\n')
    assert run("index", "s.jsonl").err == "note: new fields: other (text)\n"
    assert run("query", "Smith OR kinds", "--limit", "0").out.startswith("2 hits")


def test_an_index_that_was_emptied_infers_anew(run: Run) -> None:
    Path("notes").mkdir()
    Path("notes/a.txt").write_text("alpha")
    assert run("index", "notes").code == 0
    Path("notes/a.txt").unlink()
    assert run("index", "notes", "--prune").code == 0
    Path("r.jsonl").write_text('{"name": "Ann Lee Smith", "age": 3}\n')
    assert run("index", "r.jsonl").code == 0
    assert run("query", "Smith").code == 0


def test_a_chosen_schema_binds_an_empty_index(run: Run) -> None:
    Path("bad.txt").write_bytes(b"\x00\x01\x02")
    Path("schema.json").write_text('{"body": {"kind": "text"}}')
    Path("r.jsonl").write_text('{"name": "Ann Lee Smith", "age": 3}\n')
    run("index", "bad.txt")
    assert run("index", "bad.txt", "--schema", "schema.json").code == 1  # the guess makes way for the choice
    done = run("index", "r.jsonl")
    assert (done.code, "lacks every field of the schema (body)" in done.err) == (1, True)


def test_index_finds_the_list_that_json_wraps(run: Run) -> None:
    rows = [{"text": "Tashkent again"}, {"text": "and Osh"}]
    users = [{"name": "Ann Lee"}]
    Path("e.json").write_text(json.dumps({"kind": "export", "messages": rows, "users": users}))
    done = run("index", "e.json")
    assert (
        done.code,
        "read 2 rows of messages; beside them, and not read: kind" in done.err,
    ) == (1, True)
    assert "refused: e.json: 1 row in other lists not read: users (1 row)" in done.err
    assert run("query", "osh").code == 0
    assert run("index", "e.json", "--records", "users", "--index", "other").code == 0
    assert run("query", "lee", "--index", "other").code == 0
    done = run("index", "e.json", "--records", "none", "--index", "third")
    assert done.code == 1 and "lists of objects in it: messages (2 rows), users (1 row)" in done.err


def test_one_bad_file_or_row_stops_nothing_else(run: Run) -> None:
    Path("in").mkdir()
    Path("in/wide.json").write_text(json.dumps([{f"k{n}": "some words" for n in range(400)}]))
    Path("in/bad.csv").write_bytes(b"id,body\n" + b"1,good row\n" * 5 + b"2,bad row,more\n4,the last\0\n")
    Path("in/broken.json").write_text('{"a": ')
    Path("in/good.txt").write_text("A good text")
    done = run("index", "in")
    assert done.code == 1
    for where in ("bad.csv:7", "broken.json:1"):
        assert f"refused: in/{where}: " in done.err
    assert "note: in/bad.csv: a NUL byte was left out in line 8\n" in done.err
    assert "of 1 document is not in the schema" in done.err
    assert "more fields" in done.err
    assert run("query", "good", "--limit", "0").out.startswith("6 hits")
    assert run("query", "last").code == 0
    assert len(done.err.splitlines()) < 40 and len(max(done.err.splitlines(), key=len)) < 1_000

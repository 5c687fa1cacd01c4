"""searchlib eval, export-ciff and import-ciff as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

DOCS = """{"id": "a", "title": "", "text": "The children of Tashkent"}
{"id": "b", "title": "B", "text": "rivers"}
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")
    Path(tmp_path, "d.jsonl").write_text(DOCS)
    Path(tmp_path, "q.tsv").write_text("1\tchild\n2\triver\n")
    Path(tmp_path, "r.txt").write_text("1 0 a 1\n2 0 b 1\n")
    return ["--docs", "d.jsonl", "--queries", "q.tsv", "--qrels", "r.txt"]


def test_the_table(run: Run, files: list[str]) -> None:
    done = run("eval", *files)
    assert done.code == 0 and done.err == ""
    assert done.lines[0] == "2 documents, 2 judged queries; languages en+ru, k1 1.2, b 0.75, ranking default"
    assert done.lines[1].startswith("fields: title (text, boost ") and done.lines[1].endswith(
        "), text (text)"
    )
    assert done.lines[2].split() == ["nDCG@10", "1.0000"]


def test_two_configurations(run: Run, files: list[str]) -> None:
    done = run(
        "eval", *files, "--languages", "none", "--against", "en,k1=0.9", "--per-query", "--run", "x.trec"
    )
    assert done.code == 0, done.err
    assert done.lines[0].split() == ["nDCG@10", "+/-", "RR@10", "+/-", "R@100", "+/-", "query", "text"]
    assert done.lines[1].split() == ["0.0000", "-1.0000"] * 3 + ["1", "child"]
    assert "against 1.0000: -1.0000 [-1.0000, -1.0000], p = 0." in done.out
    assert "languages en, k1 0.9, b 0.75" in done.out and "seed" in done.out
    assert Path("x.trec").read_text() == ""
    against_run = run("eval", *files, "--against", "x.trec", "--json", "--per-query")
    lines = [json.loads(line) for line in against_run.lines]
    assert lines[0]["query"] == "1" and lines[0]["text"] == "child" and lines[0]["against"]["nDCG@10"] == 0.0
    assert lines[-1]["mean"]["nDCG@10"] == 1.0 and lines[-1]["comparisons"]["RR@10"]["better"] == 2
    assert lines[-1]["comparisons"]["RR@10"]["interval"] == [1.0, 1.0]
    assert lines[-1]["coverage"] == {"unjudged": 0, "unasked": 0, "without_relevant": 0, "missing": 0}


def test_losses_come_first_and_ties_are_marked(run: Run, files: list[str]) -> None:
    Path("q.tsv").write_text("1\tTashkent\n2\triver\n")
    done = run("eval", *files, "--languages", "none", "--against", "en", "--per-query", "--measure", "RR@10")
    assert [line.split() for line in done.lines[1:3]] == [
        ["0.0000", "-1.0000", "2", "river"],
        ["1.0000", "=", "1", "Tashkent"],
    ]


def test_what_does_not_fit_is_noted(run: Run, files: list[str]) -> None:
    Path("r.txt").write_text("1 0 a 1\n1 0 gone 1\n2 0 b 0\n3 0 b 1\n")
    Path("q.tsv").write_text("1\tchild\n2\triver\n4\tx\n5\ty\n")
    done = run("eval", *files)
    assert done.lines[-4:] == [
        "note: 2 queries without judgements: not counted",
        "note: judgements of 1 query not in the file of queries: not counted",
        "note: 1 query without any relevant document: counted as 0",
        "note: 1 relevant document not in the collection: never found",
    ]


def test_topics_are_texts_and_what_found_nothing_is_listed(run: Run, files: list[str]) -> None:
    Path("q.tsv").write_text("1\twhat is NOT child\n2\t!?\n")
    done = run("eval", *files)
    assert done.code == 0 and done.lines[2].split() == ["nDCG@10", "0.5000"]
    assert done.lines[-1] == "note: query 2: there is no word in the query to search for"
    typed = run("eval", *files, "--syntax", "query", "--json")
    summary = json.loads(typed.lines[-1])
    assert summary["mean"]["nDCG@10"] == 0.0 and summary["problems"].keys() == {"1", "2"}
    Path("q.tsv").write_text("".join(f"{n}\t...\n" for n in range(1, 30)))
    Path("r.txt").write_text("".join(f"{n} 0 a 1\n" for n in range(1, 30)))
    assert run("eval", *files).lines[-1] == "note: and 9 queries more like these; --json lists all"


def test_fields(run: Run, files: list[str]) -> None:
    one = run("eval", *files, "--one-field", "--against", "title=7")
    assert one.code == 2 and "no text field 'title'" in one.err
    two = run("eval", *files, "--against", "one,bm25", "--json")
    summary = json.loads(two.lines[-1])
    assert summary["against"] == "one field, languages en+ru, k1 1.2, b 0.75, ranking bm25"
    assert list(summary["schema"]) == ["title", "text"]
    assert "title^7" in run("eval", *files, "--against", "title=7").out
    Path("s.json").write_text('{"text": {"kind": "text", "languages": []}}')
    given = run("eval", *files, "--schema", "s.json")
    assert given.lines[0].endswith("; fields as given, ranking default")
    assert "note: the field 'title' of 1 document is not in the schema: left out" in given.lines
    refused = run("eval", *files, "--schema", "s.json", "--k1", "2")
    assert refused.code == 2 and "--k1 is decided when a schema is written" in refused.err


def test_expanded(run: Run, files: list[str]) -> None:
    done = run("eval", *files, "--expand", "bo1", "--against", "inferred")
    assert done.code == 0 and done.lines[0].endswith("ranking default, expand bo1"), done.err
    assert run("eval", *files, "--against", "bo1").code == 0
    assert run("index", "d.jsonl", "--index", "indexes/d").code == 0
    there = run("eval", "--index", "indexes/d", *files[2:], "--against", "bo1", "--json")
    assert json.loads(there.lines[-1])["against"] == "index indexes/d, ranking default, expand bo1"


def test_trec_topics_and_encodings(run: Run, files: list[str]) -> None:
    Path("d.jsonl").write_bytes(
        "<DOC><DOCNO>a</DOCNO>Дети</DOC><DOC><DOCNO>b</DOCNO>Реки</DOC>".encode("koi8-r")
    )
    Path("q.tsv").write_bytes("<top><num>1<desc>ребёнок</top><top><num>2<desc>река</top>".encode("koi8-r"))
    options = [*files, "--encoding", "koi8-r"]
    assert "choose with --topic-fields" in run("eval", *options).err
    done = run("eval", *options, "--topic-fields", "title,desc", "--docs", "more.tsv")
    assert "'more.tsv' does not exist" in done.err
    Path("more.tsv").write_text("c\tmore\n")
    done = run("eval", *options, "--topic-fields", "title,desc", "--docs", "more.tsv", "--measure", "RR@10")
    assert done.lines[0].startswith("3 documents") and done.lines[2].split() == ["RR@10", "1.0000"], done.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--measure", "nope"], "no measure"),
        (["--languages", "xx"], "unknown languages"),
        (["--against", "k2=1"], "no text field 'k2'"),
        (["--against", "k1=much"], "expected a number"),
        (["--against", "b=7"], "b from 0 to 1"),
        (["--against", "missing.trec"], "no file"),
        (["--b", "7"], "0<=x<=1"),
        (["--topic-fields", "body"], "topic fields are title, desc, narr"),
        (["--encoding", "klingon"], "unknown encoding 'klingon'"),
        (["--qrels", "d.jsonl"], "d.jsonl, line 1"),
        (["--docs", "missing.jsonl"], "does not exist"),
    ],
)
def test_bad_options(run: Run, files: list[str], options: list[str], message: str) -> None:
    done = run("eval", *files, *options)
    assert done.code == 2
    assert message in done.err and done.err.startswith("error: ") and done.err.count("\n") == 1


def test_an_index_that_is_there(run: Run, files: list[str]) -> None:
    assert run("index", "d.jsonl", "--index", "indexes/d").code == 0
    judged = files[2:]
    done = run("eval", "--index", "indexes/d", *judged, "--against", "rich", "--json")
    summary = json.loads(done.lines[-1])
    assert summary["configuration"] == {"index": "indexes/d", "ranking": "default"}
    assert summary["against"] == "index indexes/d, ranking rich" and summary["mean"]["RR@10"] == 1.0
    done = run("eval", *files, "--against", "indexes/d")
    assert "against index indexes/d, ranking default" in done.lines, done.err
    for options, message in [
        ([], "one of --docs and --index is wanted"),
        (["--index", "indexes/d", *files[:2]], "one of --docs and --index is wanted"),
        (["--index", "indexes/d", "--k1", "2"], "--k1 is decided when an index is made"),
        (["--index", "indexes/d", "--against", "snowball"], "a configuration needs documents"),
        (["--index", "indexes/none"], "indexes/none"),
    ]:
        done = run("eval", *judged, *options)
        assert done.code == 2 and message in done.err and done.err.count("\n") == 1, done.err


def test_ciff_there_and_back(indexed: Run) -> None:
    out = indexed("export-ciff", "demo.ciff", "--field", "body")
    assert out.code == 0 and out.lines[0].startswith("demo.ciff: "), out.err
    back = indexed("import-ciff", "demo.ciff", "--index", "indexes/back")
    assert back.code == 0, back.err
    found = [
        json.loads(line)["id"]
        for line in indexed("query", "Ташкент парламента", "-i", "indexes/back", "--json").lines[:-1]
    ]
    there = indexed("query", "body:парламент", "--json").lines[:-1]
    assert found and found == [json.loads(line)["id"] for line in there]


def test_ciff_errors(indexed: Run) -> None:
    many = indexed("export-ciff", "demo.ciff")
    assert many.code == 2 and "choose one of" in many.err
    Path("bad.ciff").write_bytes(b"\x02\x08\x09")
    bad = indexed("import-ciff", "bad.ciff", "--index", "indexes/back")
    assert bad.code == 2 and "CIFF" in bad.err
    there = indexed("import-ciff", "demo.ciff")
    assert there.code == 2

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
    assert done.lines[0] == "2 documents, 2 judged queries; languages en+ru, k1 1.2, b 0.75, ranking rich"
    assert done.lines[1].split() == ["nDCG@10", "1.0000"]


def test_two_configurations(run: Run, files: list[str]) -> None:
    done = run(
        "eval", *files, "--languages", "none", "--against", "en,k1=0.9", "--per-query", "--run", "x.trec"
    )
    assert done.code == 0, done.err
    assert "1\t0.0000\t0.0000\t0.0000\t1.0000\t1.0000\t1.0000" in done.lines
    assert "against 1.0000: -1.0000" in done.out
    assert "languages en, k1 0.9, b 0.75" in done.out and "seed" in done.out
    assert Path("x.trec").read_text() == ""
    against_run = run("eval", *files, "--against", "x.trec", "--json", "--per-query")
    lines = [json.loads(line) for line in against_run.lines]
    assert lines[0]["query"] == "1" and lines[0]["against"]["nDCG@10"] == 0.0
    assert lines[-1]["mean"]["nDCG@10"] == 1.0 and lines[-1]["comparisons"]["RR@10"]["better"] == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--measure", "nope"], "no measure"),
        (["--languages", "xx"], "unknown languages"),
        (["--against", "k2=1"], "no option"),
        (["--against", "k1=much"], "expected a number"),
        (["--against", "b=7"], "b from 0 to 1"),
        (["--against", "missing.trec"], "no file"),
        (["--b", "7"], "0<=x<=1"),
        (["--qrels", "d.jsonl"], "d.jsonl, line 1"),
        (["--docs", "missing.jsonl"], "does not exist"),
    ],
)
def test_bad_options(run: Run, files: list[str], options: list[str], message: str) -> None:
    done = run("eval", *files, *options)
    assert done.code == 2
    assert message in done.err and done.err.startswith("error: ") and done.err.count("\n") == 1


def test_ciff_there_and_back(indexed: Run) -> None:
    out = indexed("export-ciff", "demo.ciff", "--field", "body")
    assert out.code == 0 and out.lines[0].startswith("demo.ciff: "), out.err
    back = indexed("import-ciff", "demo.ciff", "--index", "indexes/back")
    assert back.code == 0, back.err
    found = [
        json.loads(line)["id"]
        for line in indexed("query", "Ташкент парламента", "-i", "indexes/back", "--json").lines
    ]
    assert found == [json.loads(line)["id"] for line in indexed("query", "body:парламент", "--json").lines]


def test_ciff_errors(indexed: Run) -> None:
    many = indexed("export-ciff", "demo.ciff")
    assert many.code == 2 and "choose one of" in many.err
    Path("bad.ciff").write_bytes(b"\x02\x08\x09")
    bad = indexed("import-ciff", "bad.ciff", "--index", "indexes/back")
    assert bad.code == 2 and "CIFF" in bad.err
    there = indexed("import-ciff", "demo.ciff")
    assert there.code == 2

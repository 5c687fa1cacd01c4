"""searchlib translations build, and --translate of query, explain and eval."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

SEA = "police\tполиция\nelection\tвыборы\nriver\tрека\nlesson\tурок\nparliament\tпарламент\nthe\tартикль\n"


@pytest.fixture
def sea(tmp_path: Path) -> Path:
    path = tmp_path / "sea.tsv"
    path.write_text(SEA, "utf-8")
    return path


def test_a_query_finds_the_other_language(indexed: Run, sea: Path) -> None:
    assert indexed("query", "elections").code == 1
    done = indexed("query", "elections", "--translate", "sea.tsv", "--explain")
    assert done.code == 0 and "ru/vybory.txt" in done.out and "**Выборы**" in done.out
    assert any("0.7 times, for the translation выборы" in line for line in done.lines)
    assert "rows.jsonl" not in indexed("query", "уроками", "--translate", "sea.tsv").out
    assert "csto.txt" in indexed("query", "уроками", "--translate", "sea.tsv").out


def test_a_table_is_built_and_used(indexed: Run, sea: Path, tmp_path: Path) -> None:
    done = indexed("translations", "build", "sea.tsv")
    assert done.code == 0 and done.out == "sea.translations: 10 words\n"
    assert done.err == "left out: 2 × a stopword\n"
    assert indexed("translations", "build", "sea.tsv", "--out", "again").out == "again: 10 words\n"
    assert (tmp_path / "again").read_bytes() == (tmp_path / "sea.translations").read_bytes()
    for name in ("sea.tsv", "sea.translations"):
        done = indexed("query", "elections", "--translate", name, "--json")
        hit, last = map(json.loads, done.out.splitlines())
        assert (hit["id"], last["total"]) == ("ru/vybory.txt", 1)


def test_several_dictionaries(indexed: Run, sea: Path, tmp_path: Path) -> None:
    (tmp_path / "more.tsv").write_text("queue\tочередь\n", "utf-8")
    done = indexed("query", "queues", "--translate", "sea.tsv", "--translate", "more.tsv")
    assert done.code == 0 and "**очереди**" in done.out


def test_explain(indexed: Run, sea: Path) -> None:
    done = indexed("explain", "elections", "--translate", "sea.tsv")
    assert "0.7 × translation выборы" in done.out and done.code == 0


def test_what_cannot_be_read(indexed: Run, sea: Path, tmp_path: Path) -> None:
    assert indexed("query", "x", "--translate", "absent.tab").code == 2
    (tmp_path / "bad.tsv").write_text("alone\n", "utf-8")
    for arguments in (("query", "x", "--translate", "bad.tsv"), ("translations", "build", "bad.tsv")):
        done = indexed(*arguments)
        assert done.code == 2 and "bad.tsv, line 1: expected word, tab, translation" in done.err
    indexed("translations", "build", "sea.tsv")
    table = tmp_path / "sea.translations"
    table.write_bytes(table.read_bytes()[:-1])
    done = indexed("query", "x", "--translate", "sea.translations")
    assert done.code == 2 and "the table is damaged; make it anew" in done.err
    done = indexed("translations", "build", "sea.tsv", "--out", "bad.tsv")
    assert done.code == 2 and "bad.tsv is there and no table of translations" in done.err
    assert indexed("translations", "build", "sea.tsv", "--out", "absent/x").code == 2
    assert indexed("translations", "make").code == 2


def test_help(indexed: Run) -> None:
    assert "build" in indexed("translations", "--help").out
    done = indexed("translations", "build", "-h")
    assert done.code == 0 and "Open Multilingual WordNet" in done.out


def test_eval(run: Run, sea: Path, tmp_path: Path) -> None:
    pytest.importorskip("ir_measures")
    (tmp_path / "docs.tsv").write_text("a\tВыборы прошли осенью\nb\tПолиция молчит\n", "utf-8")
    (tmp_path / "queries.tsv").write_text("1\telections\n2\tpolice\n", "utf-8")
    (tmp_path / "qrels.tsv").write_text("1\ta\t1\n2\tb\t1\n", "utf-8")
    files = ("--docs", "docs.tsv", "--queries", "queries.tsv", "--qrels", "qrels.tsv", "--measure", "RR@10")
    assert "0.0000" in run("eval", *files).out
    done = run("eval", *files, "--translate", "sea.tsv")
    assert done.code == 0 and "1.0000" in done.out

"""searchlib query --format --fields -l -c --context -q: how hits are printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from running import Run

ROWS = [
    {"id": "a", "title": "Нос", "body": "Проснулся довольно рано", "author": "Гоголь", "year": 1836},
    {"id": "b|1", "title": 'He said "no", | yes', "body": "довольно\nповторять", "tags": ["one", "two | 3"]},
    {"id": "c", "body": "довольно " * 80 + "конец", "sold": True, "day": "2024-01-31"},
]
SCHEMA = {
    "title": {"kind": "text", "boost": 3.0},
    "body": {"kind": "text"},
    "author": {"kind": "keyword"},
    "year": {"kind": "number"},
    "tags": {"kind": "keyword"},
    "sold": {"kind": "boolean"},
    "day": {"kind": "date"},
}


@pytest.fixture
def books(run: Run) -> Run:
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    Path("schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    done = run("index", "rows.jsonl", "--schema", "schema.json")
    assert done.code == 0, done.err
    return run


def test_csv_has_whole_values_that_read_back(books: Run) -> None:
    done = books("довольно", "--format", "csv", "--sort", "_score")
    assert done.code == 0 and done.err == ""
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["id"] for row in rows} == {"a", "b|1", "c"}
    found = {row["id"]: row for row in rows}
    assert found["b|1"]["title"] == 'He said "no", | yes' and found["b|1"]["tags"] == "one; two | 3"
    assert found["b|1"]["body"] == "довольно\nповторять" and len(found["c"]["body"]) > 700
    assert (found["c"]["sold"], found["c"]["day"], found["a"]["year"]) == ("yes", "2024-01-31", "1836")
    assert list(rows[0]) == ["id", "score", *SCHEMA]


def test_markdown_has_a_line_a_hit(books: Run) -> None:
    done = books("довольно", "--format", "md", "--fields", "id,title,tags")
    assert done.lines[:2] == ["| id | title | tags |", "| --- | --- | --- |"]
    assert '| b\\|1 | He said "no", \\| yes | one; two \\| 3 |' in done.lines
    assert len(done.lines) == 5


def test_a_table_is_aligned_and_cut(books: Run) -> None:
    done = books("довольно", "--format", "table", "--fields", "id,author,body")
    assert done.lines[0].split() == ["id", "author", "body"]
    starts = {line.index("…") for line in done.lines if "…" in line}
    assert len(starts) == 1 and max(map(len, done.lines)) < 70
    at = done.lines[0].index("author")
    assert any(line[at:].startswith("Гоголь") for line in done.lines)


@pytest.mark.parametrize("output", ["table", "csv", "md"])
def test_no_hit_is_a_header(books: Run, output: str) -> None:
    done = books("zyzzyva", "--format", output, "--fields", "id,title")
    assert done.code == 1 and done.lines[0].strip("| ").replace(" | ", ",").split(",")[0].startswith("id")
    assert "'zyzzyva' stands in no document" in done.err


def test_json_is_one_thing_by_both_names(books: Run) -> None:
    assert books("довольно", "--format", "json").lines == books("довольно", "--json").lines


def test_fields_choose_what_is_shown(books: Run) -> None:
    hit = json.loads(
        books("довольно", "--json", "--fields", "author,year", "-n", "1", "--sort", "year").lines[0]
    )
    assert hit["fields"] == {"author": "Гоголь", "year": 1836} and hit["fragments"] == []
    done = books("довольно", "--fields", "author", "--fields", "year", "--sort", "year", "-n", "1")
    assert done.lines[:4] == [done.lines[0], "    a", "    author: Гоголь", "    year: 1836"]
    assert "Проснулся" not in done.out
    assert "no field 'nope'" in books("довольно", "--fields", "nope").err


def test_names_alone(books: Run) -> None:
    done = books("довольно", "-l", "--sort", "year")
    assert (done.code, done.lines[0], len(done.lines)) == (0, "a", 3)
    lines = [json.loads(line) for line in books("довольно", "-l", "--json").lines]
    assert [list(line) for line in lines] == [["id"]] * 3 + [["total", "notes", "suggestions"]]
    assert books("zyzzyva", "-l").out == ""


def test_count(books: Run) -> None:
    assert books("довольно", "-c").out == "3\n"
    assert books("zyzzyva", "-c").out == "0\n"


def test_context_is_how_long_fragments_are(books: Run) -> None:
    for size in (20, 60, 300):
        hit = json.loads(books("конец", "--json", "--context", str(size)).lines[0])
        assert 5 <= len(hit["fragments"][0]["text"]) <= size
    assert len(books("конец", "--context", "400").out) > len(books("конец", "--context", "40").out)
    assert books("конец", "--context", "0").code == 2


def test_quiet_is_hits_alone(books: Run) -> None:
    done = books("author:Гоголя довольно", "nobody:x", "-q")
    assert done.code == 0 and done.err == "" and "hits in" not in done.out
    assert books("zyzzyva", "-q").out == ""


def test_open_needs_a_terminal(books: Run) -> None:
    done = books("довольно", "--open")
    assert done.code == 2 and "--open needs a terminal" in done.err and done.out == ""


def test_values_of_a_list_do_not_run_together(run: Run) -> None:
    Path("r.jsonl").write_text('{"id": "1", "body": ["The first answer", "another one", "the last"]}\n')
    Path("schema.json").write_text('{"body": {"kind": "text"}}')
    assert run("index", "r.jsonl", "--schema", "schema.json").code == 0
    assert "The first **answer**; another one; the last" in run("answer").out
    assert "**answer; another**" not in run('"answer another"').out


MATCHES = [
    ('"Tashkent the police"', "**Tashkent**", "**The police**"),
    ('"in Tashkent the police"', "**in Tashkent**", "**The police**"),
    ('"CSTO in Tashkent the police force"', "**CSTO in Tashkent**", "**The police force**"),
]


@pytest.mark.parametrize(("query", "title", "body"), MATCHES)
def test_a_match_that_spans_title_and_body_is_marked_in_both(
    indexed: Run, query: str, title: str, body: str
) -> None:
    done = indexed(query)
    assert done.code == 0
    assert title in done.lines[0], done.out
    assert body in done.lines[2], done.out

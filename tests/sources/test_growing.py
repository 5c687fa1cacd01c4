"""Fields that come as they appear: later files and rows lose nothing, and a schema that was chosen stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sample_files import lines, write

import searchlib
from searchlib import F, Index, Number, Schema, Text
from searchlib.sources.holdings import holdings, remove_source, source_of
from searchlib.sources.sources import Sources
from searchlib.sources.update import Progress, update_index


class Grown:
    """An index whose schema was inferred from the first sources that it was given."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problems: list[str] = []
        self.notices: list[str] = []
        self.sources: Sources

    @property
    def index(self) -> Index:
        return searchlib.open(self._path)

    def update(self, *paths: Path, **options: Any) -> Progress:
        prune = options.pop("prune", False)
        self.sources = sources = Sources(
            *paths,
            on_error=lambda problem: self.problems.append(str(problem)),
            on_notice=lambda problem: self.notices.append(problem.reason),
            gone_ok=prune,
            grows=True,
            **options,
        )
        if self._path.exists():
            sources.use_schema(self.index.schema)
        else:
            Index.create(self._path, sources.schema, inferred=True)
        with self.index.writer() as writer:
            return update_index(sources, writer, prune=prune)

    def found(self, query: str, **options: Any) -> list[str]:
        return sorted(hit.id for hit in self.index.search(query, None, strict=True, **options))


@pytest.fixture
def grown(tmp_path: Path) -> Grown:
    return Grown(tmp_path / "index")


def test_the_columns_of_a_second_table_come_into_the_index(tmp_path: Path, grown: Grown) -> None:
    folder = tmp_path / "tables"
    write(folder, {"a.csv": "id,author\na,Николай Гоголь\n"})
    grown.update(folder)
    write(folder, {"b.csv": "id,city,born,height\nb,Великие Сорочинцы,20.03.1809,170\nc,Москва,,\n"})
    done = grown.update(folder)
    assert (grown.problems, done.num_documents, dict(grown.sources.left_out)) == ([], 2, {})
    assert {name: field.kind for name, field in grown.sources.grown.items()} == {
        "city": "text", "born": "date", "height": "number"
    }  # fmt: skip
    assert grown.found("москвы") == ["c"]
    assert grown.found("Гоголя") == ["a"]
    assert grown.found("born:1809") == grown.found("*:*", filter=F.city == "Великие Сорочинцы") == ["b"]
    assert grown.found("*:*", filter=F.height > 160) == ["b"]


def test_a_value_that_is_none_for_its_field_costs_neither_row_nor_value(tmp_path: Path, grown: Grown) -> None:
    write(tmp_path / "t", {"a.csv": "id,year,ok,day\na,1842,yes,2024-05-01\n"})
    grown.update(tmp_path / "t")
    write(tmp_path / "t", {"b.csv": "id,year,ok,day\nb,около 1850,не знаю,весной\nc,1860,no,1.6.2024\n"})
    write(tmp_path / "t", {"c.jsonl": lines({"id": "d", "year": [1870, "or later"], "ok": {"a": 1}})})
    grown.update(tmp_path / "t")
    assert (grown.problems, dict(grown.sources.left_out)) == ([], {})
    documents = {document["id"]: document for document in grown.index}
    assert documents["b"] == {
        "id": "b", "year_text": "около 1850", "ok_text": "не знаю", "day_text": "весной"
    }  # fmt: skip
    assert documents["c"] == {"id": "c", "year": 1860, "ok": False, "day": date(2024, 6, 1)}
    assert documents["d"] == {"id": "d", "year": [1870], "year_text": "or later", "ok_a": 1}
    assert grown.found("весна") == ["b"]


def test_rows_beyond_the_sample_bring_fields_too(tmp_path: Path, grown: Grown, monkeypatch: Any) -> None:
    monkeypatch.setattr("searchlib.sources.opening.SAMPLE_ROWS", 2)
    rows = [{"id": str(n), "n": n} for n in range(4)]
    write(
        tmp_path / "t",
        {"a.jsonl": lines(*rows, {"id": "x", "n": "many", "late": "words"}, {"id": "y", "q": 1})},
    )
    grown.update(tmp_path / "t")
    documents = {document["id"]: document for document in grown.index}
    assert documents["x"] == {"id": "x", "n_text": "many", "late": "words"}
    assert documents["y"] == {"id": "y", "q": 1}
    assert grown.problems == []


def test_a_schema_that_was_chosen_stays(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": "body,year\nlike this,1990\nlike that,late\nand so,\n"})
    index = Index.in_memory(Schema(body=Text(), year=Number()))
    problems: list[str] = []
    sources = Sources(tmp_path, schema=index.schema, on_error=lambda problem: problems.append(problem.reason))
    with index.writer() as writer:
        update_index(sources, writer)
    assert problems == ["field 'year' is a number, got the string 'late'"]
    assert list(writer.schema) == ["body", "year"]


def test_no_more_fields_come_than_a_schema_has(tmp_path: Path, grown: Grown) -> None:
    write(tmp_path / "t", {"a.jsonl": lines({"id": "a", "body": "some words"})})
    grown.update(tmp_path / "t")
    write(tmp_path / "t", {"b.jsonl": lines({"id": "b", **{f"f{n}": f"w{n}" for n in range(300)}})})
    grown.update(tmp_path / "t")
    assert len(grown.index.schema) == 256
    assert (len(grown.sources.left_out), grown.problems) == (300 - 255, [])


def test_fields_that_come_do_not_make_files_count_as_changed(tmp_path: Path, grown: Grown) -> None:
    write(tmp_path / "t", {"a.csv": "id,author\na,Ann Lee\n"})
    os.utime(tmp_path / "t/a.csv", (1_700_000_000, 1_700_000_000))
    grown.update(tmp_path / "t")
    write(tmp_path / "t", {"b.csv": "id,city\nb,Samarkand\n"})
    assert grown.update(tmp_path / "t").num_files_unchanged == 1
    with grown.index.writer() as writer:
        writer.add_field("mine", Text())
    assert grown.update(tmp_path / "t").num_files_read == 2  # which might have it
    assert sorted(document["id"] for document in grown.index) == ["a", "b"]


def test_the_fields_of_files_come_where_only_rows_were(tmp_path: Path, grown: Grown) -> None:
    write(tmp_path / "t", {"a.csv": "id,name,size\na,Ann,XL\n"})
    grown.update(tmp_path / "t")
    write(tmp_path / "t", {"договор_аренды.txt": "Стороны согласились"})
    grown.update(tmp_path / "t")
    assert grown.found("договоры") == ["договор_аренды.txt"]
    assert grown.found("file_name:договор") == ["договор_аренды.txt"] and grown.found("name:ann") == ["a"]
    assert grown.found("file_size:>10") == ["договор_аренды.txt"] and grown.found("size:xl") == ["a"]
    assert grown.problems == []


def test_two_folders_that_both_hold_a_readme(tmp_path: Path, grown: Grown) -> None:
    write(tmp_path, {"one/README.md": "# First", "two/README.md": "# Second", "two/x.txt": "X"})
    one, two = tmp_path / "one", tmp_path / "two"
    grown.update(one)
    grown.update(two)
    ids = {"README.md": "First", "two/README.md": "Second", "x.txt": "X"}
    for paths in ((two, one), (two,), (one,), (one, two)):
        grown.update(*paths)
        write(tmp_path, {"two/README.md": "# Second", "one/README.md": "# First"})
        grown.update(*paths)
        assert {document["id"]: document["title"] for document in grown.index} == ids
    held = holdings(grown.index)
    assert [(each.path, each.num_files, each.num_documents) for each in held] == [
        (str(one), 1, 1), (str(two), 2, 2)
    ]  # fmt: skip
    assert all(each.last_run for each in held)
    assert source_of(grown.index, "two/README.md") == str(two / "README.md")
    assert source_of(grown.index, "nope") is None
    with grown.index.writer() as writer:
        assert remove_source(writer, two) == 2
    assert [each.path for each in holdings(grown.index)] == [str(one)]
    assert [document["id"] for document in grown.index] == ["README.md"]


def test_what_vanished_is_known_and_stays_until_it_is_pruned(tmp_path: Path, grown: Grown) -> None:
    write(tmp_path / "t", {"a.txt": "A", "b.txt": "B"})
    grown.update(tmp_path / "t")
    (tmp_path / "t/a.txt").unlink()
    assert grown.update(tmp_path / "t").vanished == [str(tmp_path / "t/a.txt")]
    assert len(grown.index) == 2
    assert grown.update(tmp_path / "t", prune=True).vanished == []
    assert grown.update(tmp_path / "t").vanished == []
    assert len(grown.index) == 1


@pytest.mark.parametrize("seconds", [0.1, 0.5, 1.0, 2.0])
def test_a_run_that_is_killed_is_completed_by_the_next(tmp_path: Path, seconds: float) -> None:
    write(
        tmp_path / "t", {f"{n}.md": f"---\nkey{n % 40}: some words\n---\n# Title {n}\n" for n in range(150)}
    )
    write(tmp_path / "t", {"t.csv": "id,word\n" + "".join(f"r{n},слово{n}\n" for n in range(500))})
    command = [sys.executable, "-m", "searchlib", "index", "t", "--index", "ix", "-q"]
    source = str(Path(searchlib.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source}
    running = subprocess.Popen(command, cwd=tmp_path, env=environment)
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert subprocess.run(command, cwd=tmp_path, env=environment).returncode == 0
    index = searchlib.open(tmp_path / "ix")
    assert len(index) == 650
    assert {"key0", "key39", "word"} <= set(index.schema)
    assert index.search("слово499", fields=["word"]).total == 1
    assert searchlib.check(tmp_path / "ix").ok

"""A collection has the documents, ids, fields and order of one index, and the same bytes whatever dies."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from building_twin import Deadly, contents, documents, one_index
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import Problem, Schema, Text
from searchlib.cluster import BuildProgress, Here, OnRay, Processes, Runner, build, read_collection
from searchlib.errors import (
    BuildError,
    IndexExistsError,
    LockError,
    NotAnIndexError,
    SchemaError,
    SourceError,
)
from searchlib.sources.files import SourceFile
from searchlib.sources.sources import Sources
from searchlib.sources.stretches import Stretch, survey
from searchlib.storage.lock import WriterLock

pytestmark = pytest.mark.usefixtures("no_waits_for_the_disk")
SMALL_MB = 0.0005


def lines(rows: Sequence[object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Files of many kinds: ids that collide, fields that come late, archives, code pages, what is broken."""
    folder = tmp_path / "sources"
    (folder / "inner").mkdir(parents=True)
    rows = [
        {"id": f"a{number % 23}", "title": f"Title {number}", "text": "выборы " * 9} for number in range(60)
    ]
    (folder / "a.jsonl").write_text(lines(rows), "utf-8")
    late = [
        {"id": number, "text": "late", "year": 1990 + number, "when": "2024-05-31"} for number in range(40)
    ]
    late[30] |= {"year": "about 1990", "author": {"name": "Анна"}}
    (folder / "b.jsonl").write_text(
        lines(late) + "no JSON\n" + lines([{"id": "a1", "text": "again"}]), "utf-8"
    )
    (folder / "c.jsonl").write_bytes(
        lines([{"text": f"строка {number}"} for number in range(40)]).encode("cp1251")
    )
    with gzip.open(folder / "d.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(lines([{"id": f"a{number}", "author name": "B", "text": "packed"} for number in range(9)]))
    (folder / "e.csv").write_text("id,year,price\na5,soon,1.5\nx,2001,2\n", "utf-8")
    (folder / "inner" / "note.md").write_text("# Заметка\n\nПолицейские силы", "utf-8")
    (folder / "a5").with_suffix(".txt").write_text("plain text", "utf-8")
    with zipfile.ZipFile(folder / "inner" / "z.zip", "w") as archive:
        archive.writestr("a.jsonl", lines([{"id": "a1", "text": "in an archive"}, {"text": "no id"}]))
        archive.writestr("page.html", "<title>Page</title><p>body</p>")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is none")
    return folder


@pytest.mark.parametrize("part_mb", [SMALL_MB, 64])
def test_it_is_what_one_index_is(sources: Path, tmp_path: Path, part_mb: float) -> None:
    index, problems = one_index(tmp_path / "one", sources)
    found: list[Problem] = []
    notices: list[Problem] = []
    target = tmp_path / "many"
    built = build(
        sources,
        target,
        shards=3,
        part_mb=part_mb,
        runner=Here(),
        on_error=found.append,
        on_notice=notices.append,
    )
    assert documents(target, built.manifest) == list(index)
    assert list(built.manifest.user_schema().items()) == list(index.schema.items())
    assert sorted(found) == sorted(problems) and len(found) == built.num_refused == 2
    assert built.num_renamed > 40 and {"year", "author_name"} < set(index.schema)
    assert read_collection(target).to_bytes() == built.manifest.to_bytes()
    assert {path.name for path in target.iterdir()} == {"collection.json", "shards", "versions", "write.lock"}
    assert any("have ids of other documents" in notice.reason for notice in notices)


VALUES = st.one_of(
    st.integers(0, 3000),
    st.sampled_from(["2024-05-31", "true", "7", "выборы в Ташкенте", "a b", ""]),
    st.booleans(),
    st.floats(0, 1),
    st.lists(st.sampled_from(["x", "y", 5]), max_size=2),
    st.dictionaries(st.sampled_from(["a", "b c"]), st.sampled_from(["x", 1]), max_size=2),
)
ROWS = st.dictionaries(
    st.sampled_from(["x", "x_text", "y y", "y.y", "name", "title", "z"]), VALUES, max_size=4
)
FILES = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["", "1", "2", "0.jsonl#1", "1.jsonl#2", "0/s.jsonl#2", "0.jsonl#id=1"]), ROWS
        ),
        max_size=5,
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.integers(1, 3), st.booleans(), st.booleans())
def test_whatever_rows_there_are(
    monkeypatch: pytest.MonkeyPatch,
    files: list[list[tuple[str, dict[str, Any]]]],
    shards: int,
    same: bool,
    sees_all: bool,
) -> None:
    """Also where the first file's first row is all that a schema is inferred from, so that it grows."""
    monkeypatch.setattr("searchlib.sources.sampling._SAMPLE_FILES", 100 if sees_all else 1)
    monkeypatch.setattr("searchlib.sources.opening.SAMPLE_ROWS", 10_000 if sees_all else 1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for number, rows in enumerate(files):
            path = folder / "in" / (f"{number}/s.jsonl" if same else f"{number}.jsonl")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(lines([({"id": own} if own else {}) | row for own, row in rows]), "utf-8")
        index, problems = one_index(folder / "one", folder / "in")
        found: list[Problem] = []
        built = build(
            folder / "in",
            folder / "many",
            shards=shards,
            part_mb=1e-5,
            runner=Here(),
            on_error=found.append,
        )
        assert documents(folder / "many", built.manifest) == list(index)
        assert list(built.manifest.user_schema().items()) == list(index.schema.items())
        assert sorted(found) == sorted(problems)


JSON_LINES = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(["id", "x"]), st.text(max_size=20)).map(json.dumps),
        st.sampled_from(["", "  ", "{", "[1]", '{"x": "я\u2028я"}', '{"x": "\ufeff"}', '{"x": "a"}\r']),
    ).map(str.encode),
    max_size=30,
)


@settings(deadline=None)
@given(JSON_LINES, st.integers(1, 60), st.booleans(), st.booleans())
def test_stretches_have_the_rows_of_the_whole_file(
    written: list[bytes], num_bytes: int, has_mark: bool, ends: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        path.write_bytes(b"\xef\xbb\xbf" * has_mark + b"\n".join(written) + b"\n" * ends)
        size = path.stat().st_size
        schema = Schema(x=Text())

        def read(stretches: Sequence[tuple[int, int]] | None) -> tuple[list[Any], list[Problem]]:
            problems: list[Problem] = []
            sources = Sources(path, schema=schema, on_error=problems.append)
            (file,) = sources.files()
            if stretches is None:
                return [(each.document, each.line) for each in sources.read(file)], problems
            found, line = [], 1
            for begin, end in stretches:
                surveyed = survey(file, begin, end)
                assert surveyed.is_plain
                found += [
                    (each.document, each.line)
                    for each in sources.read_stretch(file, Stretch(begin, end, line))
                ]
                line += surveyed.num_lines
            return found, problems

        (file,) = Sources(path).files()
        stretches = Sources(path).stretches(file, num_bytes)
        assert len(stretches) != 1 and (not stretches or size >= 2 * num_bytes)
        assert read(stretches or None) == read(None)
        assert [begin for begin, _ in stretches[1:]] == [end for _, end in stretches[:-1]]


def test_what_is_mended_or_packed_is_read_whole(tmp_path: Path) -> None:
    rows = lines([{"text": "строка"} for _ in range(50)])
    (tmp_path / "nul.jsonl").write_bytes(rows.encode() + b'{"text": "a\0b"}\n')
    (tmp_path / "stray.jsonl").write_bytes(rows.encode() + rows.encode("cp1251"))
    (tmp_path / "packed.jsonl").write_bytes(gzip.compress(rows.encode()))
    index, _ = one_index(tmp_path / "one", tmp_path)
    built = build(
        [tmp_path / name for name in ("nul.jsonl", "packed.jsonl", "stray.jsonl")],
        tmp_path / "many",
        shards=2,
        part_mb=SMALL_MB,
        runner=Here(),
    )
    assert sorted(map(str, documents(tmp_path / "many", built.manifest))) == sorted(map(str, index))


@pytest.mark.unsanitized(reason="processes of their own")
def test_tasks_that_are_killed_leave_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet"
    build(sources, quiet, shards=2, part_mb=0.003, runner=Here(), on_error="skip")
    deadly = Deadly(Processes(2), tmp_path / "marks", 5)
    build(sources, tmp_path / "deadly", shards=2, part_mb=0.003, runner=deadly, on_error="skip")
    assert contents(tmp_path / "deadly") == contents(quiet)
    assert deadly.num_deaths > 4


@pytest.mark.unsanitized(reason="processes of their own")
def test_on_ray_tasks_that_are_killed_leave_the_same_bytes(
    sources: Path, tmp_path: Path, ray_here: object
) -> None:
    quiet = tmp_path / "quiet"
    build(sources, quiet, shards=2, part_mb=64, runner=Here(), on_error="skip")
    deadly = Deadly(OnRay(), tmp_path / "marks", 3, most=1)
    build(sources, tmp_path / "deadly", shards=2, part_mb=64, runner=deadly, on_error="skip")
    assert contents(tmp_path / "deadly") == contents(quiet)
    assert deadly.num_deaths > 1


class Interrupted(Exception):
    """The build's own process ends."""


class EndsAfter(Runner):
    """The process of the build ends when so many tasks are done."""

    def __init__(self, left: int) -> None:
        self.left = left

    def run(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        for number, arguments in enumerate(tasks):
            if self.left == 0:
                raise Interrupted
            self.left -= 1
            yield number, function(*arguments)
            tick()


def test_a_build_goes_on_where_it_was_interrupted(sources: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    all_tasks = EndsAfter(10**6)
    build(sources, whole, shards=3, part_mb=0.003, runner=all_tasks, on_error="skip")
    expected = contents(whole)
    num_tasks, num_surveys = 10**6 - all_tasks.left, 2
    for num in range(1, num_tasks, 3):
        target = tmp_path / f"interrupted{num}"
        with pytest.raises(Interrupted):
            build(sources, target, shards=3, part_mb=0.003, runner=EndsAfter(num), on_error="skip")
        assert not (target / "collection.json").exists()
        (target / "building" / "parts").mkdir(exist_ok=True)
        (target / "building" / "parts" / "0000000-dead.tmp-1-2").mkdir()
        seen: list[BuildProgress] = []
        built = build(
            sources, target, shards=3, part_mb=0.003, runner=Here(), on_error="skip", progress=seen.append
        )
        assert contents(target) == expected
        assert built.went_on == (num > num_surveys)
        assert seen[0].stage == "looking"


def test_it_is_told_how_far_it_is(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the tasks that are done, and by what those that run have written down."""
    monkeypatch.setattr("searchlib.cluster.building.progress._SECONDS", 0)
    monkeypatch.setattr("searchlib.cluster.building.told._SECONDS", 0)
    seen: list[BuildProgress] = []

    class Halfway(Here):
        """All tasks run before any is said to be done."""

        def run(
            self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
        ) -> Iterator[tuple[int, Any]]:
            found = list(super().run(function, tasks, lambda: None))
            tick()
            yield from found

    for runner in (Here(), Halfway()):
        target = tmp_path / type(runner).__name__
        seen.clear()
        built = build(
            sources, target, shards=2, part_mb=0.003, runner=runner, on_error="skip", progress=seen.append
        )
        for stage in ("reading", "indexing"):
            of_stage = [each for each in seen if each.stage == stage]
            assert len({each.num_tasks for each in of_stage}) == 1 < of_stage[0].num_tasks
            assert of_stage[-1].num_documents == built.num_documents
            assert 0 < of_stage[-1].num_bytes <= of_stage[-1].total_bytes
            assert all(one.num_documents <= two.num_documents for one, two in pairwise(of_stage))


def test_other_sources_or_options_begin_anew(sources: Path, tmp_path: Path) -> None:
    target = tmp_path / "many"

    def interrupted(**options: Any) -> None:
        with pytest.raises(Interrupted):
            build(sources, target, runner=EndsAfter(6), part_mb=0.003, on_error="skip", **options)

    interrupted(shards=3)
    (sources / "a.jsonl").write_text(lines([{"id": "other", "text": "other rows"}]), "utf-8")
    os.utime(sources / "a.jsonl", (1, 1))
    interrupted(shards=3)
    built = build(sources, target, shards=2, part_mb=0.003, runner=Here(), on_error="skip")
    assert not built.went_on and built.manifest.num_shards == 2
    assert documents(target, built.manifest) == list(one_index(tmp_path / "one", sources)[0])


def test_what_cannot_be_is_refused_and_leaves_no_collection(sources: Path, tmp_path: Path) -> None:
    target = tmp_path / "many"
    with pytest.raises(SourceError, match=r"b.jsonl:41: not valid JSON.*\(and 1 more\)"):
        build(sources, target, shards=2, runner=Here())
    assert not (target / "collection.json").exists()
    build(sources, target, shards=2, runner=Here(), on_error="skip")
    with pytest.raises(IndexExistsError, match="already a collection"):
        build(sources, target, shards=2, runner=Here())
    with pytest.raises(NotAnIndexError, match="no build that was interrupted"):
        build(sources, sources, shards=2, runner=Here())
    for shards in (0, 5000, True, "2"):
        with pytest.raises(ValueError, match="shards is a number from 1 to"):
            build(sources, tmp_path / "x", shards=shards)  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="no such file"):
        build(tmp_path / "nowhere", tmp_path / "x", shards=1)
    with pytest.raises(SourceError, match="standard input cannot be read by several tasks"):
        build("-", tmp_path / "x", shards=1, runner=Here(), schema=Schema(body=Text()))
    (tmp_path / "hidden.jsonl").write_text(lines([{"_ordinal": 5, "text": "x"}]))
    with pytest.raises(SchemaError, match="may not be called '_ordinal'"):
        build(tmp_path / "hidden.jsonl", tmp_path / "y", shards=1, runner=Here())
    (tmp_path / "z").mkdir()
    with WriterLock(str(tmp_path / "z" / "write.lock")), pytest.raises(LockError):
        build(sources, tmp_path / "z", shards=1, runner=Here())


def dies(*_: object) -> None:
    os._exit(7)


def fails(*_: object) -> None:
    raise SourceError("said by the task")


@pytest.mark.unsanitized(reason="processes of their own")
def test_a_task_that_kills_all_who_take_it_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchlib.cluster.building.processes.MAX_ATTEMPTS", 2)
    with Processes(1) as runner, pytest.raises(BuildError, match=r"2 times.*dies.*exit code 7"):
        list(runner.run(dies, [(1,)], lambda: None))
    with Processes(1) as runner, pytest.raises(SourceError, match="said by the task"):
        list(runner.run(fails, [(1,)], lambda: None))


def test_a_process_whose_build_was_ended_says_nothing() -> None:
    task = pickle.dumps((len, ("abc",)))
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as nowhere:
        ended = subprocess.run(
            [sys.executable, "-c", "from searchlib.cluster.building.processes import serve_tasks as f; f()"],
            input=len(task).to_bytes(8, "little") + task,
            stdout=nowhere,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_a_file_that_changes_on_the_way_is_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"x": "\xd1\x8f"}\n' * 100)
    sources = Sources(path, schema=Schema(x=Text()), on_error="skip")
    file = SourceFile(path.name, str(path), str(tmp_path), "jsonl", 1100)
    path.write_bytes(b'{"x": "\xff"}\n' * 100)
    assert list(sources.read_stretch(file, Stretch(20, 900, 3))) == []
    assert sources.num_refused == 1

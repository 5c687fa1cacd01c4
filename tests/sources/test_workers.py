"""Workers: what happens to a process that reads a file happens to that file alone, and rows come as they do here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from mutated_files import damaged_folder, originals
from sample_files import collect, content, write

import office_files
from searchlib import Index, Sources, update_index
from searchlib.sources import formats
from searchlib.sources import sources as sources_module
from searchlib.sources.files import STDIN
from searchlib.sources.workers import limits, pool

SITE = Path(__file__).parent / "worker_site"


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bad reader is a format, here and in workers, which have little time and memory."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SITE), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.syspath_prepend(SITE)
    import bad_reader

    monkeypatch.setattr(formats, "FORMATS", formats.FORMATS)
    bad_reader.register(monkeypatch.setitem)
    monkeypatch.setattr(limits, "LIMITS", limits.Limits(seconds=1.5, memory_bytes=400 << 20))


def alive_children() -> list[str]:
    """The processes that this one has started, and that have not been waited for."""
    asked = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return [line for line in asked.stdout.splitlines() if "searchlib.sources.workers" in line]


ENDS = {
    "segfault": r"what reads it was killed by signal 11 \(SIGSEGV\)",
    "abort": r"what reads it was killed by signal 6 \(SIGABRT\)",
    "kill": r"what reads it was killed by signal 9 \(SIGKILL\)",
    "exit": r"what reads it ended with code 3",
    "leave": r"what reads it ended with code 0",
    "sys.exit": r"what reads it ended with code 1",
    "spin": r"took longer than 2 s to be read",
    "lock": r"took longer than 2 s to be read",
    "ignore": r"took longer than 2 s to be read",
    "allocate": r"needed more than 0\.39\d+ GiB of memory to be read",
    "close": r"what reads it broke off",
    "garbage": r"what reads it sent something else than its rows",
    "huge": r"what reads it sent something else than its rows",
    "no-json": r"what reads it sent something else than its rows",
    "deep": r"what reads it sent something else than its rows",
    "untyped": r"what reads it sent something else than its rows",
    "no-format": r"what reads it sent something else than its rows",
    "write": r"what reads it failed|cannot be read: File too large",
    "error of its own": r"of its own",
}


@pytest.mark.usefixtures("bad")
def test_a_worker_that_dies_costs_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "written.txt"
    monkeypatch.setenv("SEARCHLIB_TEST_FILE", str(written))
    files: dict[str, str | bytes] = {}
    for number, action in enumerate(ENDS):
        files[f"{number:02}a.bad"] = f"цеппелин {number}\nprint\nstdin\n"
        files[f"{number:02}b-{action.partition(' ')[0]}.bad"] = f"{action}\n"
    folder = write(tmp_path / "d", files)
    documents, problems = collect(folder)
    assert [row["id"] for row in documents] == [f"{number:02}a.bad" for number in range(len(ENDS))]
    assert {row["pid"] for row in documents} & {str(os.getpid())} == set()
    assert len(problems) == len(ENDS)
    for problem, (action, reason) in zip(problems, ENDS.items(), strict=True):
        assert re.search(f"b-{re.escape(action.partition(' ')[0])}.bad: ({reason})", problem), problem
    assert not written.exists() or written.read_text() == ""
    assert capfd.readouterr() == ("", ""), "what parsers print is nobody's"
    assert alive_children() == []


def outcome(folder: Path, processes: int, **options: Any) -> tuple[Any, ...]:
    """All that can be seen of a run: documents, problems, notices, progress, the record of files."""
    problems: list[str] = []
    notices: list[str] = []
    passed: list[tuple[str, str]] = []
    said: list[str] = []

    def tell(of: list[Any], what: Any) -> None:
        of.append(what)
        said.append(str(what))

    sources = Sources(
        folder,
        on_error=lambda problem: tell(problems, str(problem)),
        on_notice=lambda problem: tell(notices, str(problem)),
        on_passed=lambda *what: tell(passed, what),
        grows=True,
        processes=processes,
        **options,
    )
    index = Index.in_memory(sources.schema)
    steps: list[tuple[int, int]] = []
    with index.writer() as writer:
        done = update_index(
            sources, writer, progress=lambda done: steps.append((done.num_documents, done.num_bytes))
        )
        record = {**writer.metadata["sources"], "given": None}
    index.refresh()
    documents = list(index)
    return documents, problems, notices, passed, said, steps, done, record, list(sources.grown), index.schema


@pytest.fixture
def all_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers read every file that has a path and a format, and from the first one on."""

    def is_worth_it(file: Any) -> bool:
        return file.path != STDIN and bool(file.format)

    monkeypatch.setattr(sources_module, "is_worth_it", is_worth_it)
    monkeypatch.setattr(pool, "is_worth_it", is_worth_it)
    monkeypatch.setattr(pool, "_START_MS", 1e-9)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that workers read."""
    paths: list[str] = []
    real = pool.Workers.open

    def open_(self: pool.Workers, file: Any, *more: Any, **options: Any) -> Any:
        found = real(self, file, *more, **options)
        if found is not None:
            paths.append(file.path)
        return found

    monkeypatch.setattr(pool.Workers, "open", open_)
    return paths


@pytest.mark.usefixtures("all_away")
def test_rows_come_as_they_are_read_here(tmp_path: Path, away: list[str]) -> None:
    files = originals(tmp_path / "originals")
    write(tmp_path / "d", dict(office_files_of("whole/")))
    for seed in range(3):
        damaged_folder(tmp_path / "d" / str(seed), files, seed)
    write(tmp_path / "d", {"a.unknown": "x", "no/b.tmp": "y", "пусто.txt": ""})
    here = outcome(tmp_path / "d", 0)
    assert away == [], "without processes nothing is read elsewhere"
    assert outcome(tmp_path / "d", 2) == here
    assert len(away) > 100
    assert outcome(tmp_path / "d", 1) == here
    assert len(here[0]) > 100 and here[1] and here[2] and here[3]
    assert alive_children() == []


@pytest.mark.usefixtures("all_away")
def test_what_a_run_before_knew_is_known_with_workers(tmp_path: Path, away: list[str]) -> None:
    """Unchanged files, changed ones, touched ones, moved ones, gone ones."""
    folder = write(tmp_path / "d", dict(office_files_of("")))
    seen = []
    for processes in (0, 2):
        for name, data in office_files_of(""):
            (folder / name).write_bytes(data)
        sources = Sources(folder, grows=True, processes=processes)
        index = Index.in_memory(sources.schema)
        for change in ("none", "touch", "other", "moved", "gone"):
            later = Sources(folder, grows=True, processes=processes, schema=index.schema)
            with index.writer() as writer:
                done = update_index(later, writer, prune=change == "gone")
            index.refresh()
            seen.append((processes, change, done.num_files_read, done.num_files_unchanged, sorted(row["id"] for row in index)))
            first = folder / "война.fb2"
            if change == "none":
                os.utime(first, (1, 1))
            elif change == "touch":
                first.write_bytes(first.read_bytes().replace("зиккурат".encode(), "цеппелин".encode()))
            elif change == "other":
                (folder / "sub").mkdir(exist_ok=True)
                first.rename(folder / "sub" / "война.fb2")
            else:
                (folder / "sub" / "война.fb2").unlink(missing_ok=True)
    half = len(seen) // 2
    assert [one[1:] for one in seen[:half]] == [one[1:] for one in seen[half:]]
    assert len(away) > 10


def office_files_of(folder: str) -> list[tuple[str, bytes]]:
    return [(f"{folder}{name}", sample.data) for name, sample in office_files.samples().items()]

"""Workers: what happens to one that reads a file costs that file alone, and rows come as they do here."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutated_files import damaged_folder, originals
from sample_files import collect, write

import office_files
from searchlib import Index, Sources, update_index
from searchlib.sources import formats
from searchlib.sources import sources as sources_module
from searchlib.sources.files import STDIN
from searchlib.sources.formats import FORMATS, of_name
from searchlib.sources.workers import frames, limits, pool

SITE = Path(__file__).parent / "worker_site"
UNSAFE = tuple(suffix for format in FORMATS if format.isolated for suffix in format.suffixes)


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
    asked = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True
    )
    return [line for line in asked.stdout.splitlines() if "searchlib.sources.workers" in line]


ENDS = {
    "segfault": r"what reads it was killed by signal 11 \(SIGSEGV\)",
    "abort": r"what reads it gave up \(signal 6, SIGABRT\), as for lack of memory",
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
    """Workers read every file that has a path and a format, but no archive, and from the first one on."""

    def is_worth_it(file: Any) -> bool:
        return file.path != STDIN and bool(file.format) and not of_name(file.format).has_members

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
    for path in (tmp_path / "d").rglob("*"):
        os.utime(path, (1e9, 1e9))  # what is young is recorded without a time
    here = outcome(tmp_path / "d", 0)
    assert all(path.endswith(UNSAFE) for path in away), "without processes only the unsafe is read elsewhere"
    away.clear()
    assert outcome(tmp_path / "d", 2) == here
    assert len(away) > 100
    assert outcome(tmp_path / "d", 1) == here
    assert len(here[0]) > 100 and here[1] and here[2] and here[3]
    assert alive_children() == []


@pytest.mark.usefixtures("all_away")
@pytest.mark.parametrize("errors", ["mend", "replace", "ignore", "strict"])
def test_bytes_that_are_no_text_are_mended_there_as_here(
    tmp_path: Path, away: list[str], errors: str
) -> None:
    line, other = "Служба запущена и ждёт соединений".encode(), "Нет связи с сервером".encode("cp1251")
    text = b"\n".join([line, other, b"a\0b", *[line] * 4])
    rows = b"".join(
        b'{"id": "%d", "body": "%s"}\n' % (number, each) for number, each in enumerate([line, other])
    )
    write(
        tmp_path,
        {
            "a.txt": text,
            "b.md": text,
            "c.log": text,
            "d.jsonl": rows,
            "e.csv": b"body\n" + line + b"\n" + other + b"\n",
            "f.html": b"<p>" + text,
        },
    )
    for path in tmp_path.iterdir():
        os.utime(path, (1e9, 1e9))
    here = outcome(tmp_path, 0, errors=errors)
    assert away == []
    assert outcome(tmp_path, 2, errors=errors) == here
    assert len({*away}) == 6
    said = here[1] if errors == "strict" else here[2]
    assert len(said) >= 4, said


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
            seen.append(
                (
                    processes,
                    change,
                    done.num_files_read,
                    done.num_files_unchanged,
                    sorted(row["id"] for row in index),
                )
            )
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
    """Without what is read by a process of its own in any case."""
    samples = office_files.samples().items()
    return [(f"{folder}{name}", sample.data) for name, sample in samples if not name.endswith(".pdf")]


@pytest.mark.usefixtures("bad")
def test_rows_before_the_end_of_a_worker_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of 30,000 rows streams; one whose reader dies gives what came before, and says so."""
    monkeypatch.setattr(limits, "LIMITS", limits.Limits(memory_bytes=400 << 20))
    write(
        tmp_path,
        {
            "a.badrows": "many 30000\nrow last\n",
            "b.badrows": "".join(f"row number {number}\n" for number in range(300))
            + "many 20000\nsegfault\n",
            "c.badrows": "row of c\nerror for a reason\n",
        },
    )
    documents, problems = collect(tmp_path)
    assert sum(row["id"].startswith("many") for row in documents) >= 30_000
    assert [row["body"] for row in documents if row["body"].startswith(("last", "of c"))] == ["last", "of c"]
    assert [row["number"] for row in documents if row["body"].startswith("number 29")] == [
        30,
        *range(291, 301),
    ]
    assert [re.sub(r".*/", "", problem)[:59] for problem in problems] == [
        "b.badrows: what reads it was killed by signal 11 (SIGSEGV);",
        "c.badrows: for a reason",
    ]


@pytest.mark.usefixtures("bad")
def test_what_a_reader_says_comes_with_its_rows(tmp_path: Path) -> None:
    notices: list[str] = []
    write(tmp_path, {"a.bad": "word\nsay a notice\nrefuse a row\nsay и русский\n"})
    documents, problems = collect(tmp_path, on_notice=lambda notice: notices.append(notice.reason))
    assert [row["title"] for row in documents] == ["a.bad"]
    assert [problem.rpartition(": ")[2] for problem in problems] == ["a row"]
    assert notices == ["a notice", "и русский"]


@pytest.mark.usefixtures("bad")
def test_a_name_that_tells_nothing_and_bytes_that_do(tmp_path: Path) -> None:
    """A file is known by its first bytes when it is open: it is sent to a worker then."""
    write(tmp_path, {"named": "BAD!\nsay sent\n", "other": "BAD!\nabort\n"})
    notices: list[str] = []
    documents, problems = collect(
        tmp_path / "named", tmp_path / "other", on_notice=lambda notice: notices.append(notice.reason)
    )
    assert [row["id"] for row in documents] == ["named"] and notices == ["sent"]
    (problem,) = problems
    assert "other: what reads it gave up (signal 6" in problem


@pytest.mark.usefixtures("bad")
def test_memory_is_looked_at_where_the_system_does_not_bound_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.resident_bytes(os.getpid()) > 10 << 20
    assert limits.resident_bytes(2**30) == 0
    monkeypatch.setattr(pool, "MEMORY_IS_BOUNDED", False)
    monkeypatch.setattr(pool, "_LOOK_SECONDS", 0.1)
    monkeypatch.setattr(limits, "LIMITS", limits.Limits(memory_bytes=200 << 20))
    monkeypatch.setattr(pool, "resident_bytes", lambda pid: limits.resident_bytes(pid) + (200 << 20))
    write(tmp_path, {"a.bad": "lock", "b.txt": "word"})
    documents, problems = collect(tmp_path)
    assert [row["id"] for row in documents] == ["b.txt"]
    assert "needed more than" in problems[0]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.lists(VALUES), st.integers(1, 50))
def test_values_come_out_of_frames_as_they_were(values: list[Any], size: int) -> None:
    data = b"".join(frames.encoded(frames.ROW, value) for value in values)
    incoming = frames.Incoming(frames.ANSWERS)
    found = [
        frame.value()
        for start in range(0, len(data), size)
        for frame in incoming.feed(data[start : start + size])
    ]
    assert found == values
    assert repr(found) == repr(values), "True is not 1"


@pytest.mark.parametrize("value", [(1, 2), {1: 2}, b"x", [{"a": {None: 1}}], object(), "a b".split])
def test_what_json_would_change_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        frames.encoded(frames.ROW, value)


@given(st.binary())
def test_garbage_is_no_frame_or_is_waited_for(data: bytes) -> None:
    incoming = frames.Incoming(frames.ANSWERS)
    try:
        for frame in incoming.feed(data):
            frame.value()
    except frames.BrokenFrame:
        return


@pytest.mark.parametrize("text", ["\ud800", "a\udc00b", "\ud83d\ude00", "\U0001f600", "\0", "\u2028"])
def test_surrogates_stay_as_they_are(text: str) -> None:
    (frame,) = frames.Incoming(frames.ANSWERS).feed(frames.encoded(frames.ROW, [text, {text: text}]))
    assert frame.value() == [text, {text: text}]


def test_few_files_start_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a worker is started")

    monkeypatch.setattr(pool, "Worker", none)
    write(tmp_path, dict(office_files_of("")))
    write(tmp_path, {f"{number}.txt": "plain words " * 2000 for number in range(100)})
    assert len(collect(tmp_path, processes=2)[0]) == 112
    monkeypatch.setattr(pool, "_START_MS", 1.0)
    with pytest.raises(AssertionError, match="a worker is started"):
        collect(tmp_path, processes=2)

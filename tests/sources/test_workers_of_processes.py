"""Workers of whole programs: scripts, Ctrl-C, standard input, forks, threads; no process is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_files import write

import office_files
import searchlib
from forked import in_child
from searchlib import Index, Sources, update_index
from searchlib.sources.workers import interpreter, pool, worth

SITE = Path(__file__).parent / "worker_site"
SOURCE = Path(searchlib.__file__).parents[1]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (SITE, SOURCE))), **more}


def office_folder(folder: Path, copies: int = 2) -> Path:
    return write(
        folder,
        {
            f"{number}/{name}": sample.data
            for number in range(copies)
            for name, sample in office_files.samples().items()
            if not name.endswith(".pdf")  # which is read by a process of its own in any case
        },
    )


def until(condition: Callable[[], object], seconds: float = 60.0) -> bool:
    """Whether it came true in that time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def workers_of(folder: Path) -> list[int]:
    """The workers of programs that were told of this folder by their environment."""
    found, told = [], f"SEARCHLIB_TEST_FOLDER={folder}".encode()
    for entry in Path("/proc").iterdir() if sys.platform == "linux" else ():
        try:
            is_worker = entry.name.isdigit() and b"sources.workers" in (entry / "cmdline").read_bytes()
            if is_worker and told in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


SCRIPT = """
import sys
from pathlib import Path
with open("times.txt", "a") as times:
    times.write("run\\n")
from searchlib import Sources
from searchlib.sources.workers import pool, worth
pool._START_MS = worth._WORTH_MS = 1e-9
made = []
started = pool.Worker
pool.Worker = lambda *args: made.append(started(*args)) or made[-1]
print(len(list(Sources("d", processes=2))), len(made), {worker.process.poll() for worker in made} - {None})
"""


def test_a_script_without_a_guard_is_run_once(tmp_path: Path) -> None:
    office_folder(tmp_path / "d")
    (tmp_path / "script.py").write_text(SCRIPT)
    (tmp_path / "json.py").write_text("raise ImportError('a module beside the script')")
    done = subprocess.run(
        [sys.executable, "-P", "script.py"] if sys.version_info >= (3, 11) else [sys.executable, "script.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "24 2 {-9}\n", "")
    assert (tmp_path / "times.txt").read_text() == "run\n"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
@pytest.mark.parametrize(
    ("is_killed", "bad", "seconds"), [(False, "lock", 1.0), (True, "spin", 10.0), (True, "lock", 30.0)]
)
def test_no_worker_outlives_its_run(tmp_path: Path, is_killed: bool, bad: str, seconds: float) -> None:
    """After Ctrl-C or a kill at once; where a parser lets nobody else work, when the file's time is over."""
    write(tmp_path / "d", {"a.txt": "цеппелин", "b.bad": bad})
    folder = environment(
        SEARCHLIB_TEST_FOLDER=str(tmp_path), SEARCHLIB_TEST_SECONDS="1" if seconds > 10 else "60"
    )
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "searchlib", "index", "d"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=folder,
    )
    assert until(lambda: workers_of(tmp_path))
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL if is_killed else signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (-9 if is_killed else 130, b"", b"")
    assert until(lambda: not workers_of(tmp_path), seconds)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (b"BAD!stdin word", (0, "1 document indexed", "")),
        (
            b"BAD!\nsegfault",
            (1, "0 documents", "refused: standard input: what reads it was killed by signal 11"),
        ),
        (b"BAD!" + b"word " * 400_000, (0, "1 document indexed", "")),
        (b"plain words", (0, "1 document indexed", "")),
    ],
)
def test_standard_input_is_the_runs_and_not_the_workers(
    tmp_path: Path, given: bytes, expected: tuple[int, str, str]
) -> None:
    write(tmp_path / "d", {"a.bad": "stdin\nprint\n"})
    done = subprocess.run(
        [sys.executable, "-m", "searchlib", "index", "d", "-", "--index", "i"],
        cwd=tmp_path,
        input=given,
        capture_output=True,
        env=environment(),
        timeout=120,
    )
    code, indexed, refused = expected
    errors = [line for line in done.stderr.decode().splitlines() if line.startswith("refused")]
    assert done.returncode == code, done.stderr
    assert bool(errors) == bool(refused) and all(refused in line for line in errors)
    assert done.stdout.decode().startswith("2 documents" if code == 0 else "1 document"), indexed


@pytest.mark.parametrize("program", ["", "/usr/sbin/uwsgi", "/nowhere/python3"])
def test_a_program_that_is_no_interpreter_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(sys, "_base_executable", program)
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path))
    with pytest.raises(
        searchlib.errors.SourceError, match=r"no Python interpreter was found.*set sys.executable"
    ):
        interpreter.started()
    monkeypatch.setattr(pool, "_START_MS", 1e-9)
    monkeypatch.setattr(worth, "_WORTH_MS", 1e-9)
    documents = list(Sources(office_folder(tmp_path / "d"), processes=2))
    assert len(documents) == 24, "what is safe is read in this process"


def test_a_worker_that_cannot_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python3"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(pool, "_START_MS", 1e-9)
    monkeypatch.setattr(worth, "_WORTH_MS", 1e-9)
    made: list[object] = []
    real = pool.Worker
    monkeypatch.setattr(pool, "Worker", lambda *given: made.append(given) or real(*given))
    assert len(list(Sources(office_folder(tmp_path / "d"), processes=2))) == 24
    assert 1 <= len(made) <= 4


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start with the first file that is dear."""
    monkeypatch.setattr(pool, "_START_MS", 1e-9)
    monkeypatch.setattr(worth, "_WORTH_MS", 1e-9)


@pytest.mark.usefixtures("eager")
def test_a_forked_child_has_workers_of_its_own(tmp_path: Path) -> None:
    sources = Sources(office_folder(tmp_path / "d", 8), processes=2)
    documents = iter(sources)
    first = next(documents)

    def read_all() -> None:
        assert len(list(sources)) == 96

    assert in_child(read_all)
    rest = list(documents)
    assert len(rest) == 95 and first not in rest, "the parent's went on"


@pytest.mark.usefixtures("eager")
def test_runs_in_several_threads(tmp_path: Path) -> None:
    folder = office_folder(tmp_path / "d", 8)
    found: list[int] = []

    def run() -> None:
        sources = Sources(folder, grows=True, processes=2)
        index = Index.in_memory(sources.schema)
        with index.writer() as writer:
            found.append(update_index(sources, writer).num_documents)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [96] * 3


@pytest.mark.usefixtures("eager")
def test_who_stops_in_the_midst_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[pool.Worker] = []
    real = pool.Worker
    monkeypatch.setattr(pool, "Worker", lambda *given: made.append(real(*given)) or made[-1])
    sources = Sources(office_folder(tmp_path / "d", 8), processes=2)
    documents = iter(sources)
    next(documents)
    documents.close()  # type: ignore[attr-defined]
    assert [worker.process.returncode for worker in made] == [-9, -9]
    assert len(list(sources)) == 96, "and they start again"
    index = Index.in_memory(sources.schema)
    with pytest.raises(ZeroDivisionError), index.writer() as writer:
        update_index(sources, writer, progress=lambda done: 1 // (20 - done.num_documents))
    assert None not in [worker.process.returncode for worker in made]
    half_read = Sources(office_folder(tmp_path / "d", 8), processes=2)
    _ = half_read.schema
    assert made[-1].process.poll() is None
    del half_read
    assert made[-1].process.returncode == -9


@pytest.mark.usefixtures("eager")
def test_an_idle_worker_that_is_gone_is_nobodys_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[pool.Worker] = []
    real = pool.Worker
    monkeypatch.setattr(pool, "Worker", lambda *given: made.append(real(*given)) or made[-1])
    problems: list[object] = []
    sources = Sources(office_folder(tmp_path / "d", 1), processes=1, on_error=problems.append)
    _ = sources.schema
    made[0].process.kill()
    made[0].process.wait()
    assert len(list(sources)) == 12 and problems == []

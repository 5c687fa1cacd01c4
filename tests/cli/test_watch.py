"""searchlib watch: an index that follows its folders, whatever happens to them or to the process."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from running import Run, command_line, process_environment

import searchlib
from searchlib.cli.watch import _bursts
from searchlib.errors import SearchlibError

PATIENCE = 60.0


@contextlib.contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    # Where the tests are a shell's background job, SIGINT is ignored, by whatever they start too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command_line("watch", *arguments),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=process_environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ids(path: Path) -> set[str]:
    with contextlib.suppress(SearchlibError):
        return set(searchlib.open(path).ids())
    return set()


def wait_until_it_watches(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    assert b"watching" in process.stdout.readline()


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it did not follow"
        time.sleep(0.05)


def test_it_follows_what_is_new_changed_moved_and_gone(tmp_path: Path) -> None:
    folder, index = tmp_path / "in", tmp_path / "in" / "ix"
    folder.mkdir()
    (folder / "a.txt").write_text("alpha")
    with watching(tmp_path, "in", "--index", "in/ix") as process:
        wait_for(lambda: ids(index) == {"a.txt"})
        (folder / "b.txt").write_text("beta")
        wait_for(lambda: ids(index) == {"a.txt", "b.txt"})
        (folder / "b.txt").write_text("gamma rays")
        wait_for(lambda: searchlib.open(index).search("gamma").total == 1)
        (folder / "a.txt").rename(folder / "c.txt")
        wait_for(lambda: ids(index) == {"b.txt", "c.txt"})
        for number in range(200):  # a burst
            (folder / f"n{number}.txt").write_text(f"number {number}")
        wait_for(lambda: len(ids(index)) == 202)
        for number in range(200):
            (folder / f"n{number}.txt").unlink()
        (folder / "b.txt").unlink()
        wait_for(lambda: ids(index) == {"c.txt"})
        time.sleep(2.0)
        before = (index / "manifest").read_bytes()
        time.sleep(2.0)
        assert (index / "manifest").read_bytes() == before, "its own commits are no changes"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (0, b"no longer watching\n")
        lines = out.decode().splitlines()
        assert lines[0].endswith("1 document; watching, Ctrl-C ends it")
        assert lines[-1].endswith("1 document") and len(lines) < 60


def test_without_paths_it_follows_what_the_index_was_made_from(tmp_path: Path, indexed: Run) -> None:
    with watching(tmp_path, "-q") as process:
        index = tmp_path / "indexes" / "default"
        (tmp_path / "corpus" / "csto.txt").unlink()
        wait_for(lambda: bool(ids(index)) and "csto.txt" not in ids(index))
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == (b"", b"")


@pytest.mark.parametrize("delay", [0.3, 1.0, 1.5, 2.5])
def test_killed_at_any_moment_the_next_run_completes(tmp_path: Path, run: Run, delay: float) -> None:
    (tmp_path / "in").mkdir()
    rows = "".join(f'{{"id": "{number}", "body": "row {number} of many"}}\n' for number in range(20_000))
    (tmp_path / "in" / "r.jsonl").write_text(rows)
    with watching(tmp_path, "in") as process:
        time.sleep(delay)
        process.kill()
        process.wait(PATIENCE)
    assert run("index", "in").code == 0
    assert run("many", "-c").out == "20000\n"
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["nowhere"], "no such file or folder: nowhere"), ([], "no index at")],
)
def test_what_cannot_be_watched(run: Run, arguments: list[str], says: str) -> None:
    done = run("watch", *arguments)
    assert done.code == 2 and says in done.err and done.err.count("\n") == 1


def test_an_index_of_no_folder_cannot_be_followed(run: Run) -> None:
    run("add", "only a word")
    assert "give a PATH" in run("watch").err


def test_each_folder_is_read_as_it_was_and_nothing_that_is_there_goes(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"d/.h.txt": "hidden", "d/r.jsonl": '{"txt": "a row"}\n', "e/a.txt": "A", "e/b.md": "B"})
    index = tmp_path / "indexes" / "default"
    assert run("index", "d", "--hidden", "--map", "txt=body").code == 0
    assert run("index", "e").code == 0
    assert run("index", "e", "--include", "*.txt").code == 0
    with watching(tmp_path) as process:
        wait_until_it_watches(process)
        write(
            tmp_path,
            {"d/r.jsonl": '{"txt": "a row"}\n{"txt": "and more"}\n', "d/.new.txt": "new", "e/c.md": "C"},
        )
        wait_for(lambda: {"r.jsonl#2", ".new.txt"} <= ids(index))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert ids(index) == {".h.txt", ".new.txt", "r.jsonl#1", "r.jsonl#2", "a.txt", "b.md"}
    assert run("body:row", "-l").out == "r.jsonl#1\n"
    lines = err.decode().splitlines()
    forgets = "(`searchlib index --defaults` forgets it)"
    assert lines == [
        f"note: {tmp_path}/d: read as before, --map txt=body --hidden {forgets}",
        f"note: {tmp_path}/e: read as before, --include '*.txt' {forgets}",
        f"note: 1 file of the index is there, but passed over, and its documents stay: {tmp_path}/e/b.md; "
        "`searchlib rm PATH` removes them",
        "no longer watching",
    ]


def test_a_single_file_is_followed_and_its_folder_is_not(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"n/notes.md": "notes", "n/private.md": "private", "m/x.md": "other"})
    index = tmp_path / "indexes" / "default"
    assert run("index", "n/notes.md", "m/x.md").code == 0
    with watching(tmp_path, "-q") as process:
        time.sleep(2.0)
        write(tmp_path, {"n/new.md": "new", "m/x.md": "changed"})
        wait_for(lambda: searchlib.open(index).search("changed").total == 1)
        assert ids(index) == {"notes.md", "x.md"}
        for number in range(3):  # as an editor saves: another file in its place
            write(tmp_path, {"n/notes.new": f"saved{number}"})
            (tmp_path / "n" / "notes.new").rename(tmp_path / "n" / "notes.md")
            wait_for(lambda: searchlib.open(index).search(f"saved{number}").total == 1)  # noqa: B023
        (tmp_path / "n" / "notes.md").unlink()
        wait_for(lambda: ids(index) == {"x.md"})
        write(tmp_path, {"m/x.md": "once more", "n/notes.md": "again"})
        wait_for(lambda: searchlib.open(index).search("again").total == 1)
        wait_for(lambda: searchlib.open(index).search("more").total == 1)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == (b"", b"")


def test_a_file_that_goes_before_its_watcher_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watcher refuses a path that is not there; it is begun again with those that are."""
    write(tmp_path, {"a.md": "one", "b.md": "two"})
    watch, begun = watchfiles.watch, []

    def late(*paths: str, **options: Any) -> Iterator[Any]:
        begun.append(paths)
        if len(begun) == 1:
            (tmp_path / "a.md").unlink()
        return watch(*paths, **options)

    monkeypatch.setattr(watchfiles, "watch", late)
    chosen = (str(tmp_path / "a.md"), str(tmp_path / "b.md"))
    bursts = _bursts(chosen, str(tmp_path / "ix"), False, threading.Event())
    assert next(bursts) == 0
    assert begun == [chosen, chosen[1:]]


def test_a_folder_that_goes_and_comes_again(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"a/a.txt": "A", "b/b.txt": "B"})
    index = tmp_path / "indexes" / "default"
    with watching(tmp_path, "a", "b", "-q") as process:
        wait_for(lambda: ids(index) == {"a.txt", "b.txt"})
        (tmp_path / "a").rename(tmp_path / "away")
        wait_for(lambda: ids(index) == {"b.txt"})
        write(tmp_path, {"b/c.txt": "C"})
        wait_for(lambda: ids(index) == {"b.txt", "c.txt"})
        (tmp_path / "away").rename(tmp_path / "a")
        wait_for(lambda: ids(index) == {"a.txt", "b.txt", "c.txt"})
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == (b"", b"")
    (tmp_path / "a" / "a.txt").unlink()
    (tmp_path / "a").rmdir()
    with watching(tmp_path) as process:
        wait_until_it_watches(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert f"note: {tmp_path}/a is gone and not followed; `searchlib rm` takes it out" in err.decode()
    assert ids(index) == {"a.txt", "b.txt", "c.txt"}

"""Which index is used where none is named, and what is said of it."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
from running import Run, command_line, process_environment

from searchlib.cli import places


@pytest.fixture(autouse=True)
def _nameless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEARCHLIB_INDEX")


def test_ones_own_index_is_the_default(run: Run, tmp_path: Path) -> None:
    Path("a.txt").write_text("zeppelins over the lake")
    own = tmp_path / "data" / "searchlib" / "default"
    assert run("index", "a.txt").lines[-1].startswith(f"{own}: 1 document")
    assert (own / "manifest").exists() and not Path("indexes").exists()
    Path("elsewhere").mkdir()
    os.chdir("elsewhere")
    done = run("zeppelin", "-l")
    assert (done.code, done.out, done.err) == (0, "a.txt\n", "")


def test_that_of_the_folder_comes_first_and_is_named(run: Run) -> None:
    Path("a.txt").write_text("of my own")
    run("index", "a.txt")
    Path("b.txt").write_text("of the folder")
    run("index", "b.txt", "--index", "indexes/default")
    for command in (["query", "of", "-l"], ["of", "-l"]):
        done = run(*command)
        assert done.out == "b.txt\n"
        assert done.err.startswith("index: indexes/default (not ") and "--index DIR" in done.err
    assert run("list", "--json").err.startswith("index: indexes/default (not ")
    assert run("of", "-l", "-q").err == ""
    assert run("of", "-l", "-i", "indexes/default").err == ""
    assert run("of", "-l", env={"SEARCHLIB_INDEX": "indexes/default"}).err == ""


def test_an_empty_folder_is_a_place_for_one(run: Run) -> None:
    Path("indexes/default").mkdir(parents=True)
    Path("a.txt").write_text("some words")
    assert run("index", "a.txt").code == 0
    assert Path("indexes/default/manifest").exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("/somewhere", "/somewhere/searchlib/default"),
        ("", "/home/ann/.local/share/searchlib/default"),
        ("relative", "/home/ann/.local/share/searchlib/default"),
    ],
)
def test_the_folder_of_data_is_that_of_xdg(monkeypatch: pytest.MonkeyPatch, data: str, expected: str) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_DATA_HOME", data)
    assert places.personal() == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/ann/x", "~/x"),
        ("/home/anna/x", "/home/anna/x"),
        ("/home/ann", "/home/ann"),
        ("x/home/ann/y", "x/home/ann/y"),
    ],
)
def test_home_is_written_as_people_do(monkeypatch: pytest.MonkeyPatch, path: str, expected: str) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert places.shown(path) == expected
    monkeypatch.setenv("HOME", "/")
    assert places.shown(path) == path


def test_without_any_index_it_is_said_how_one_is_made(run: Run) -> None:
    for command in (["words"], ["query", "words"], ["stats"], ["list"], ["export"]):
        done = run(*command)
        assert done.code == 2 and done.err.endswith("; make it: searchlib index PATH…\n")
    assert "not there yet" in run().lines[-1]


def test_a_terminal_is_told_which_index_it_is(run: Run, tmp_path: Path) -> None:
    Path("a.txt").write_text("some words")
    run("index", "a.txt")
    main, side = pty.openpty()
    done = subprocess.run(
        command_line("words", "-l"),
        cwd=tmp_path,
        stdin=side,
        stdout=subprocess.PIPE,
        stderr=side,
        env=process_environment(),
        timeout=60,
    )
    os.close(side)
    said = os.read(main, 4096).decode()
    os.close(main)
    assert done.stdout == b"a.txt\n"
    assert said.strip() == f"index: {places.shown(places.personal())}"

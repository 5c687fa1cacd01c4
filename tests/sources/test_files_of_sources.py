"""Files: which of a folder's are read, in which order, and which are passed over or named as unreadable."""

from __future__ import annotations

import errno
import io
import os
import socket
from pathlib import Path

import pytest
from sample_files import collect, lines, write

from searchlib.errors import SourceError
from searchlib.sources import metered
from searchlib.sources.file_fields import file_values
from searchlib.sources.files import SourceFile
from searchlib.sources.formats import html, table, text
from searchlib.sources.inference import document_schema
from searchlib.sources.sources import Sources


def test_what_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": "A", ".hidden.txt": "H", ".git/b.txt": "B", "c.png": "P", "outside/d.txt": "D"})
    root = write(tmp_path / "root", {"a.txt": "A", ".h.txt": "H", ".git/b.txt": "B", "c.png": "P"})
    (root / "link.txt").symlink_to(tmp_path / "a.txt")
    (root / "folder").symlink_to(tmp_path / "outside")
    os.mkfifo(root / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(root)
        server.bind("socket.txt")
        sources = Sources(root)
        assert [document["id"] for document in sources] == ["a.txt"]
    assert sources.walk.passed_over == {"hidden": 2, "links": 2, "pipes or devices": 2, ".png": 1}


def test_a_link_given_directly_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.txt": "A"})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert [document["id"] for document in Sources(tmp_path / "link")] == ["a.txt"]


def test_a_pipe_given_directly_is_refused_without_blocking(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert collect(tmp_path / "pipe")[1] == [
        f"{tmp_path / 'pipe'}: a pipe or device; pipe it in instead: `… | searchlib index -`"
    ]


def test_paths_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such file or folder: .*nope"):
        Sources(tmp_path, tmp_path / "nope")
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(SourceError, match="a link to nothing"):
        Sources(tmp_path / "dangling")
    with pytest.raises(SourceError, match="nothing to read"):
        Sources()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_and_folders_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A", "b/c.txt": "C"})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        problems = collect(tmp_path)[1]
    finally:
        (tmp_path / "b").chmod(0o700)
    assert [problem.partition(": ")[2] for problem in problems] == [
        "cannot be opened: Permission denied",
        "cannot be listed: Permission denied",
    ]


def test_a_name_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"bad\xff.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert "not valid UTF-8; rename it" in collect(tmp_path)[1][0]


@pytest.mark.parametrize("seconds", [10**12, 253_402_300_800, 10**18, -(10**12), -(10**18)])
def test_a_moment_beyond_all_calendars_is_left_out(seconds: int) -> None:
    file = SourceFile("a.txt", "/x/a.txt", "/x", "text", 3, seconds * 10**9)
    assert file_values(file) == {
        "name": "a.txt",
        "path": "x/a.txt",
        "size": 3,
        "folder": "x",
        "extension": "txt",
    }


@pytest.mark.parametrize(("seconds", "year"), [(253_402_300_799, 9999), (-62_135_596_800, 1), (-1, 1969)])
def test_the_first_moment_and_the_last_are_known(seconds: int, year: int) -> None:
    assert file_values(SourceFile("a", "/a", "/", "text", 3, seconds * 10**9))["modified"].year == year


def test_a_file_that_is_gone_or_unreadable_in_the_midst_of_a_walk_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"{name}.txt": name for name in "abc"})
    sources = Sources(tmp_path, schema=document_schema())
    found = sources.files()
    names = [next(found).name]
    (tmp_path / "b.txt").unlink()
    assert names + [file.name for file in found] == ["a.txt", "c.txt"]

    class Broken(io.RawIOBase):
        """A disk that fails."""

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    real = metered.open_file
    monkeypatch.setattr(metered, "open_file", lambda file: Broken() if file.name == "a.txt" else real(file))
    documents, problems = collect(tmp_path)
    assert [document["id"] for document in documents] == ["c.txt"]
    assert problems == [f"{tmp_path / 'a.txt'}: cannot be read: {os.strerror(errno.EIO)}"]


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), KeyError(1), AssertionError(), OverflowError()]
)
@pytest.mark.parametrize("name", ["b.html", "b.csv", "b.txt"])
def test_a_format_that_fails_costs_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, name: str
) -> None:
    write(tmp_path, {"a.md": "A", name: "x,y\n1,2\n", "c.md": "C"})

    def read(*_: object) -> None:
        raise error

    for module in (html, table, text):
        monkeypatch.setattr(module, "read", read)
    documents, problems = collect(tmp_path)
    assert [document["id"] for document in documents] == ["a.md", "c.md"]
    assert len(problems) == 1
    assert problems[0].startswith(f"{tmp_path / name}: what reads it failed ({type(error).__name__}")


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A", "indexes/x.json": "{}"})
    documents, problems = collect(tmp_path, exclude=[tmp_path / "indexes"])
    assert ([document["id"] for document in documents], problems) == (["a.txt"], [])


def test_a_file_of_unknown_type_given_directly(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "README": "Read me\nplease",
            "rows.dump": lines({"body": "x y"}),
            "page.php": "<!DOCTYPE html><title>T</title>b",
        },
    )
    documents, _ = collect(tmp_path / "README", tmp_path / "rows.dump", tmp_path / "page.php")
    assert [document["id"] for document in documents] == ["README", "rows.dump#1", "page.php"]
    assert documents[2]["title"] == "T"

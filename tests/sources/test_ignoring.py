"""What a walk passes over by .gitignore and .ignore: git itself is the oracle; and what a user chooses."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sample_files import write

from searchlib.errors import SourceError
from searchlib.sources.ignoring import Choice
from searchlib.sources.sources import Sources


def ids(folder: Path, choice: Choice | None = None) -> list[str]:
    sources = Sources(folder, choice=choice, on_error="skip")
    return sorted(file.name for file in sources.files())


_BAD = (
    "[z-a]",
    "!",
    "a\\",
    "\\",
    "[",
    "[]",
    "[!]",
    "!!",
    "[[:alpha:]",
    "a[\\",
    "/",
    "//",
    "***",
    "!/",
    "[b-a]*.md",
)
_PATTERNS = (
    "*.md", "a/", "/b", "!keep.md", "sub/*.txt", "**/c", "c/**", "# no", "", "x?.txt", "[ab].md", "sub",
    "/sub/a",
    "!sub/", "*.txt", "!a.txt", "b/c.md", "\\!odd.txt", "trailing.txt ", "!/a/keep.md", "a/*", "!a/b",
)  # fmt: skip
_NAMES = ("a", "b", "c", "sub")
_FILES = ("a.md", "b.md", "keep.md", "a.txt", "x1.txt", "!odd.txt", "trailing.txt", "c.md")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle")
@pytest.mark.parametrize("seed", range(60))
def test_files_are_those_that_git_would_track(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    files: dict[str, str | bytes] = {}
    for _ in range(30):
        folder = "".join(f"{draw.choice(_NAMES)}/" for _ in range(draw.randrange(3)))
        files[folder + draw.choice(_FILES)] = "text"
        if draw.random() < 0.15:
            files[folder + ".gitignore"] = "\n".join(draw.sample(_PATTERNS, 4)) + "\n"
    files[".gitignore"] = "\n".join(draw.sample(_PATTERNS, draw.randrange(5))) + "\n"
    write(tmp_path, files)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-per-directory=.gitignore"],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout.decode().split("\0")  # fmt: skip
    assert ids(tmp_path) == sorted(name for name in listed if name and not name.endswith(".gitignore"))


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle")
@pytest.mark.parametrize("name", [".gitignore", ".git/info/exclude"])
@pytest.mark.parametrize("seed", range(10))
def test_what_is_no_pattern_is_passed_over_as_git_does_it(tmp_path: Path, name: str, seed: int) -> None:
    draw = random.Random(seed)
    files: dict[str, str | bytes] = {f"{folder}{file}": "text" for folder in ("", "sub/") for file in _FILES}
    write(tmp_path, files)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    patterns = [*draw.sample(_BAD, 6), "b.md", "*.txt", "!a.txt"]
    draw.shuffle(patterns)
    write(tmp_path, {name: ("\ufeff" if seed % 2 else "") + "\r\n".join(patterns) + "\n"})
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout.decode().split("\0")  # fmt: skip
    assert ids(tmp_path) == sorted(file for file in listed if file and not file.endswith(".gitignore"))


@pytest.mark.parametrize("pattern", _BAD)
def test_no_line_of_an_ignore_file_ends_a_run(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, {".ignore": f"{pattern}\nb.md\n", "a.md": "A", "b.md": "B", "sub/.ignore": pattern})
    assert "b.md" not in ids(tmp_path)
    write(tmp_path, {"c.md": "C", ".rgignore": bytes(range(256))})
    ids(tmp_path)


def test_an_ignore_file_that_is_none_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "A", "sub/b.md": "B", ".git/HEAD": "", "sub/.gitignore/x": ""})
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / ".ignore").symlink_to("/dev/zero")
    (tmp_path / ".rgignore").symlink_to("nowhere")
    assert ids(tmp_path) == ["a.md", "sub/b.md"]


@pytest.mark.parametrize("pattern", ["[z-a]", "!", "a\\", "\\"])
def test_a_choice_by_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(SourceError, match="no pattern, as"):
        Choice(include=["*.md", pattern])
    with pytest.raises(SourceError, match="no pattern, as"):
        Choice(exclude=[pattern])


def test_gitignore_counts_inside_a_repository_alone(tmp_path: Path) -> None:
    write(tmp_path, {"r/.gitignore": "*.md\n", "r/a.md": "A", "r/b.txt": "B", "r/in/c.md": "C"})
    assert ids(tmp_path / "r") == ["a.md", "b.txt", "in/c.md"]
    write(tmp_path, {"r/.git/info/exclude": "b.txt\n"})
    assert ids(tmp_path / "r") == []
    assert ids(tmp_path / "r/in") == []  # by the folder above
    write(tmp_path, {"r/in/.git/HEAD": ""})  # another repository: what is above it says nothing
    assert ids(tmp_path / "r/in") == ["c.md"]
    assert ids(tmp_path / "r") == ["in/c.md"]
    assert ids(tmp_path / "r", Choice(ignore=False)) == ["a.md", "b.txt", "in/c.md"]


def test_ignore_counts_anywhere_and_before_gitignore(tmp_path: Path) -> None:
    write(tmp_path, {".ignore": "*.log\n!keep.md\n", "a.log": "x", "keep.md": "K", "other.md": "O"})
    assert ids(tmp_path) == ["keep.md", "other.md"]
    write(tmp_path, {".git/HEAD": "", ".gitignore": "*.md\n"})
    assert ids(tmp_path) == ["keep.md"]
    write(tmp_path, {".rgignore": "keep.md\n"})
    assert ids(tmp_path) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["a.md", "b.txt", "drafts/c.md"]),
        ({"include": ["*.md"]}, ["a.md", "drafts/c.md"]),
        ({"include": ["*.md", "*.odd"]}, ["a.md", "d.odd", "drafts/c.md"]),
        ({"include": ["/drafts/*"]}, ["drafts/c.md"]),
        ({"exclude": ["drafts"]}, ["a.md", "b.txt"]),
        ({"exclude": ["*.md", "!a.md"]}, ["a.md", "b.txt"]),
        ({"include": ["*.md"], "exclude": ["drafts/"]}, ["a.md"]),
        ({"hidden": True}, [".env/x.txt", ".h.md", "a.md", "b.txt", "drafts/c.md"]),
        ({"hidden": True, "include": [".h.md"]}, [".h.md"]),
        ({"include": ["*.nothing"]}, []),
    ],
)
def test_what_a_user_chooses(tmp_path: Path, options: dict[str, Any], expected: list[str]) -> None:
    names = ["a.md", "b.txt", "d.odd", "drafts/c.md", ".h.md", ".env/x.txt", ".git/x.txt"]
    write(tmp_path, dict.fromkeys(names, "text"))
    assert ids(tmp_path, Choice(**options)) == expected


def test_what_was_passed_over_is_counted_by_type_and_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.md": "A", "b.png": "", "c.PNG": "", "Makefile": "", ".h": "", "x/d.7zz": "", "y/e.md": ""},
    )
    named: list[tuple[str, str]] = []
    sources = Sources(
        tmp_path, choice=Choice(exclude=["y"]), on_passed=lambda path, why: named.append((path, why))
    )
    assert [document["id"] for document in sources] == ["a.md"]
    assert sources.walk.passed_over == {
        ".png": 2, "without an extension": 1, "hidden": 1, ".7zz": 1, "excluded": 1
    }  # fmt: skip
    assert (str(tmp_path / "x/d.7zz"), ".7zz") in named and len(named) == 6

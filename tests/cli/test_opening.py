"""searchlib query --open: which program is started, with which file, at which line."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from running import Run, command_line, process_environment

from searchlib.cli import opening

SPY = "import sys; open('seen', 'w').write('\\n'.join(sys.argv[1:]) + '\\n' + open(sys.argv[-1]).read())"


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("vi", ["vi", "+7", "/x/a b.txt"]),
        ("nvim -R", ["nvim", "-R", "+7", "/x/a b.txt"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "/x/a b.txt"]),
        ("less -S", ["less", "-S", "+7", "/x/a b.txt"]),
        ("emacsclient -nw", ["emacsclient", "-nw", "+7", "/x/a b.txt"]),
        ("code --wait", ["code", "--wait", "--goto", "/x/a b.txt:7"]),
        ("/opt/subl", ["/opt/subl", "/x/a b.txt:7"]),
        ("hx", ["hx", "/x/a b.txt:7"]),
        ("'my editor' -x", ["my editor", "-x", "+7", "/x/a b.txt"]),
        (" ", ["less", "+7", "/x/a b.txt"]),
    ],
)
def test_how_a_program_is_told_the_line(program: str, expected: list[str]) -> None:
    assert opening.command_line(program, "/x/a b.txt", 7) == expected


def opened(tmp_path: Path, *arguments: str, **env: str) -> tuple[int, list[str]]:
    """The exit code on a terminal, and what the program was given: its arguments, and the file's lines."""
    spy = tmp_path / "spy.py"
    spy.write_text(SPY)
    main, side = pty.openpty()
    variables = dict.fromkeys(env, f"{sys.executable} {spy}")
    done = subprocess.run(
        command_line(*arguments),
        cwd=tmp_path,
        stdin=side,
        stdout=side,
        stderr=side,
        env=process_environment(**variables),
        timeout=120,
    )
    os.close(side)
    os.close(main)
    seen = tmp_path / "seen"
    return done.returncode, seen.read_text("utf-8").splitlines() if seen.exists() else []


@pytest.mark.parametrize("variable", ["EDITOR", "VISUAL"])
def test_a_file_is_opened_where_it_matches(indexed: Run, corpus: Path, tmp_path: Path, variable: str) -> None:
    code, seen = opened(tmp_path, "lesson", "--open", **{variable: ""})
    assert (code, seen[:2]) == (0, ["+3", str(corpus / "csto.txt")])


def test_a_row_is_opened_in_its_file(indexed: Run, corpus: Path, tmp_path: Path) -> None:
    code, seen = opened(tmp_path, '"row two"', "--open", EDITOR="")
    assert (code, seen[:2]) == (0, ["+2", str(corpus / "rows.jsonl")])


def test_mark_up_is_opened_at_the_line_of_the_word(indexed: Run, corpus: Path, tmp_path: Path) -> None:
    code, seen = opened(tmp_path, "Darya", "--open", EDITOR="")
    assert (code, seen[:2]) == (0, ["+3", str(corpus / "notes.md")])


def test_without_a_file_the_text_is_shown(indexed: Run, tmp_path: Path) -> None:
    indexed("add", "--id", "note", "--field", "title=Mine", "first line\nsecond line of zeppelins\n")
    code, seen = opened(tmp_path, "zeppelin", "--open", PAGER="", EDITOR="")
    assert code == 0 and seen[0] == "+5"
    assert seen[2:] == ["id: note", "title: Mine", "body:", "first line", "second line of zeppelins"]


def test_of_a_document_in_an_archive_the_text_is_shown(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "box.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes/a.txt", "first line\nthe amber room\n")
    assert run("index", str(tmp_path / "box.zip")).code == 0
    code, seen = opened(tmp_path, "amber", "--open", PAGER="")
    assert code == 0 and "id: box.zip/notes/a.txt" in seen and "the amber room" in seen


def test_nothing_found_opens_nothing(indexed: Run, tmp_path: Path) -> None:
    assert opened(tmp_path, "zyzzyva", "--open", EDITOR="") == (1, [])


def test_a_program_that_is_not_there_is_named(indexed: Run, tmp_path: Path) -> None:
    main, side = pty.openpty()
    done = subprocess.run(
        command_line("lesson", "--open"),
        cwd=tmp_path,
        stdin=side,
        stdout=side,
        stderr=subprocess.PIPE,
        env=process_environment(EDITOR="no-such-editor"),
        timeout=60,
    )
    os.close(side)
    os.close(main)
    assert done.returncode == 2
    assert (
        b"error: no-such-editor cannot be started: No such file or directory; set EDITOR or PAGER"
        in done.stderr
    )

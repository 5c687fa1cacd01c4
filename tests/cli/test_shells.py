"""Completion, as bash, zsh and fish ask for it, and in these shells themselves where they are installed."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Run, process_environment

from searchlib.cli.completion import SHELLS


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A folder with a `searchlib` in it, as an installation has."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "searchlib"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m searchlib "$@"\n')
    script.chmod(0o755)
    return str(folder)


def completed(run_process: Run, *words: str) -> list[str]:
    """What searchlib says to bash that the last of the words may become."""
    done = run_process(
        _SEARCHLIB_COMPLETE="bash_complete",
        COMP_WORDS=" ".join(["searchlib", *words]),
        COMP_CWORD=str(len(words)),
    )
    assert done.err == ""
    return [line.partition(",")[2] for line in done.out.splitlines() if line]


CASES = [
    (["ind"], ["index"]),
    (["les"], ["lesson"]),
    (["query", "--form"], ["--format"]),
    (["query", "--format", "c"], ["csv"]),
    (["query", "x", "--fields", "t"], ["title"]),
    (["query", "x", "--fields", "title,b"], ["title,body"]),
    (["show", "ru/"], ["ru/vybory.txt", "ru/cp1251.txt"]),
    (["rm", "cs"], ["csto.txt"]),
    (["like", "r"], ["ru/vybory.txt", "ru/cp1251.txt", "r1", "rows.jsonl#2"]),
    (["query", "Tashk"], ["Tashkent"]),
    (["query", "пре"], ["президента"]),
    (["query", "Tashkent", "les"], ["lesson"]),
    (["query", "title:par"], []),
    (["query", "title:пар"], ["title:парламент"]),
    (["query", "tit"], ["title:"]),
    (["Tashkent", "les"], ["lesson"]),
    (["пре"], ["президента"]),
    (["explain", "пре"], ["президента"]),
    (["terms", "bo"], ["body"]),
    (["completion", "z"], ["zsh"]),
    (["query", "x", "-i", "nowhere", "--fields", "t"], []),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=[" ".join(words) for words, _ in CASES])
def test_what_is_completed(run_process: Run, indexed: Run, words: list[str], expected: list[str]) -> None:
    assert sorted(completed(run_process, *words)) == sorted(expected)


@pytest.mark.parametrize("words", [["query", ""], ["show", "x"], ["query", "x", "--fields", ""], ["пре"]])
def test_without_an_index_nothing_is_completed_or_said(run_process: Run, words: list[str]) -> None:
    assert completed(run_process, *words) == []


@pytest.mark.parametrize("words", [["index", "co"], ["watch", "co"], ["query", "x", "--index", "co"]])
def test_files_are_left_to_the_shell(run_process: Run, words: list[str]) -> None:
    done = run_process(
        _SEARCHLIB_COMPLETE="bash_complete",
        COMP_WORDS=" ".join(["searchlib", *words]),
        COMP_CWORD=str(len(words)),
    )
    assert done.out.splitlines() == [f"{'dir' if '--index' in words else 'file'},co"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_the_one_that_click_makes(run_process: Run, shell: str) -> None:
    done = run_process("completion", shell)
    assert done.code == 0 and "_SEARCHLIB_COMPLETE" in done.out and "searchlib" in done.out


BASH = """
source <(searchlib completion bash)
complete_line() {{
  COMP_LINE="$*"; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  _searchlib_completion searchlib
  printf '%s\\n' "${{COMPREPLY[@]}}"
}}
complete_line {words}
"""
FISH = 'source (searchlib completion fish | psub); complete --do-complete "{line}"'


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["searchlib", "ind"], "index"),
        (["searchlib", "show", "cs"], "csto.txt"),
        (["searchlib", "query", "пре"], "президента"),
        (["searchlib", "пре"], "президента"),
        (["searchlib", "query", "x", "--format", "c"], "csv"),
    ],
    ids=str,
)
@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_in_the_shell_itself(
    indexed: Run, tmp_path: Path, program: str, shell: str, words: list[str], expected: str
) -> None:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"no {shell} here")
    script = BASH.format(words=" ".join(words)) if shell == "bash" else FISH.format(line=" ".join(words))
    options = ["--norc"] if shell == "bash" else ["--no-config"]
    done = subprocess.run(
        [path, *options, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=process_environment(PATH=f"{program}:{os.environ['PATH']}", LC_ALL="C.UTF-8"),
        timeout=120,
    )
    if "version" in done.stderr and shell == "bash":
        pytest.skip("no Bash that completes")
    assert expected in [line.partition("\t")[0] for line in done.stdout.splitlines()], done.stderr


@pytest.mark.parametrize(("line", "expected"), [("show cs", "csto.txt"), ("query пре", "президента")])
def test_in_zsh_itself(indexed: Run, tmp_path: Path, program: str, line: str, expected: str) -> None:
    path = shutil.which("zsh")
    if path is None:
        pytest.skip("no zsh here")
    (tmp_path / ".zshrc").write_text(
        'autoload -Uz compinit && compinit -u -D\neval "$(searchlib completion zsh)"\nPS1=; print R""EADY\n'
    )
    process, terminal = pty.fork()
    if process == 0:
        environment = process_environment(
            PATH=f"{program}:{os.environ['PATH']}", ZDOTDIR=str(tmp_path), LC_ALL="C.UTF-8", TERM="dumb"
        )
        os.chdir(tmp_path)
        os.execve(path, [path, "-i"], environment)
    try:
        assert b"READY" in read_until(terminal, b"READY")
        os.write(terminal, f"searchlib {line}\t".encode())
        assert expected in read_until(terminal, expected.encode()).decode(errors="replace")
    finally:
        os.close(terminal)
        os.kill(process, 9)
        os.waitpid(process, 0)


def read_until(terminal: int, wanted: bytes, seconds: float = 60.0) -> bytes:
    read, end = b"", time.monotonic() + seconds
    while wanted not in read and time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            read += os.read(terminal, 4096)
    return read

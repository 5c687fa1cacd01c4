"""The README's sessions are run: what it shows is what happens.

`…` stands for the rest of a line that differs from run to run.
"""

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def _commands(block: str) -> list[tuple[str, list[str]]]:
    """Each `$ command` of a session with the lines that it should print."""
    commands: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def _pattern(line: str) -> str:
    head, ellipsis, _ = line.partition("…") if line.endswith("…") else (line, "", "")
    return re.escape(head) + (".*" if ellipsis else "")


SHELL = [
    command
    for block in _blocks("console")
    for command in _commands(block)
    if command[0].startswith("searchlib")
]


def test_the_shell_session(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
    entry = f"{sys.executable} -m searchlib"
    assert len(SHELL) >= 4
    for command, expected in SHELL:
        run = subprocess.run(
            command.replace("searchlib", entry, 1),
            shell=True,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert run.returncode == 0, run.stdout
        assert re.fullmatch("\n".join(map(_pattern, expected)), run.stdout.rstrip("\n")), run.stdout


def test_the_library_session() -> None:
    session = "\n".join(_blocks("pycon"))
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    output: list[str] = []
    result = runner.run(test, out=output.append)
    assert result.attempted >= 10
    assert result.failed == 0, "".join(output)


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(target: str) -> None:
    assert (PROJECT / target).exists()


def test_a_file_put_into_the_corpus_is_found(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
    (tmp_path / "corpus" / "mine.txt").write_text("Журавли\n\nНад степью летели журавли-красавки.\n", "utf-8")
    for arguments in (["index", "corpus"], ["query", "журавль"]):
        run = subprocess.run(
            [sys.executable, "-m", "searchlib", *arguments, "--index", "indexes/demo"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert run.returncode == 0, run.stderr
    assert "mine.txt" in run.stdout
    assert "**журавли**-красавки" in run.stdout

"""docs/cluster.md: what it says of building, changing and publishing happens."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchlib.cli.group import application

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "cluster.md").read_text("utf-8")
OURS = PAGE[PAGE.index("## Making a collection") :]
OURS = OURS.partition("\n## Serving")[0]


def test_the_session_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", OURS, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, "cluster.md", "cluster.md", 0)
    output: list[str] = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.attempted > 5 and not result.failed, "".join(output)


def test_the_session_in_the_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    (session,) = re.findall(r"^```console\n(.*?)^```$", OURS, re.M | re.S)
    steps = re.split(r"^\$ ", session, flags=re.M)[1:]
    assert len(steps) == 2
    for step in steps:
        command, _, expected = step.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "searchlib"
        done = CliRunner().invoke(application, arguments)
        pattern = re.escape(expected.rstrip("\n")).replace("…", "(?s:.*)")
        assert re.fullmatch(pattern, done.output.rstrip("\n")), (command, done.output)

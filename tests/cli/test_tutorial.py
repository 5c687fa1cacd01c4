"""docs/tutorial.md: whoever types it sees what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from running import Run

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text("utf-8")
STEPS = [
    step
    for session in re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S)
    for step in re.split(r"^\$ ", session, flags=re.M)[1:]
]


def test_the_tutorial_prints_what_it_shows(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEARCHLIB_INDEX")
    assert len(STEPS) >= 25
    for step in STEPS:
        command, _, expected = step.partition("\n")
        program, *arguments = shlex.split(command)
        if program != "searchlib":
            subprocess.run(["bash", "-c", command], check=True, cwd=tmp_path)
            continue
        done = run(*arguments)
        pattern = re.escape(expected.rstrip("\n")).replace("…", ".*")
        assert done.code in (0, 1), done.err
        assert re.fullmatch(pattern, (done.err + done.out).rstrip("\n")), (command, done.err + done.out)
    assert run("index", "Papers", "--index", "my-index").code == 0
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, "tutorial.md", "tutorial.md", 0)
    output: list[str] = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.attempted >= 7
    assert result.failed == 0, "".join(output)

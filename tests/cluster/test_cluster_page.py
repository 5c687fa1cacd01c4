"""docs/cluster.md: its sessions print what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "cluster.md").read_text("utf-8")


def test_the_sessions_print_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, "cluster.md", "cluster.md", 0)
    output: list[str] = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.attempted >= 5
    assert result.failed == 0, "".join(output)

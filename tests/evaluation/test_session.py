"""The sessions of benchmarks/README.md on evaluation and CIFF: what they show is what happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "benchmarks" / "README.md").read_text("utf-8")


@pytest.mark.unsanitized(reason="says nothing of the core")
def test_the_sessions(tmp_path: Path) -> None:
    pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")
    blocks = re.findall(r"^```console\n(.*?)^```$", TEXT, re.M | re.S)
    commands = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.M)[1:]]
    assert sum(part.startswith("searchlib") for part in commands) == 7
    source = str(Path(searchlib.__file__).parents[1])
    for part in commands:
        command, _, expected = part.partition("\n")
        ran = subprocess.run(
            re.sub(r"^searchlib", f"{sys.executable} -m searchlib", command),
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": source, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert ran.returncode == 0, ran.stdout
        pattern = re.escape(expected.rstrip("\n")).replace("…", ".*")
        assert re.fullmatch(pattern, ran.stdout.rstrip("\n")), f"$ {command}\n{ran.stdout}"

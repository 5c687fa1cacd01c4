"""The messages of errors, and the first screen, with the oldest click that is taken and the newest one.

click's wording changes between versions. Both are installed into folders of their own, from PyPI.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import process_environment

VERSIONS = ["click==8.1.0", "click==8.1.8", "click"]

CASES = [
    ([], 0, "searchlib finds words in all their forms"),
    (["-h"], 0, "Exit codes:"),
    (["--version"], 0, "searchlib "),
    (["query"], 2, "error: Missing argument 'TEXT...' (see `searchlib query -h`)"),
    (["index"], 2, "error: Missing argument 'PATH...' (see `searchlib index -h`)"),
    (["query", "x", "--limit", "-1"], 2, "error: Invalid value for '--limit'"),
    (["query", "x", "--limit", "many"], 2, "error: Invalid value for '--limit'"),
    (["query", "x", "--limit"], 2, "error: Option '--limit' requires an argument"),
    (["query", "x", "--format", "xml"], 2, "error: Invalid value for '--format'"),
    (["query", "x", "--bogus"], 2, "error: there is no option --bogus"),
    (["query", "x", "--limt", "1"], 2, "error: there is no option --limt; did you mean --limit?"),
    (["-CSTO"], 2, "put -- before it: searchlib -- -CSTO"),
    (["quer", "x"], 2, "error: there is no command 'quer'; did you mean `query`?"),
    (["stats", "-i", ""], 2, "error: Invalid value for '--index' / '-i': the path of the index is empty"),
    (["rm"], 2, "error: give ids or paths, or --query, one of the two (see `searchlib rm -h`)"),
    (["delete", "x"], 2, "error: there is no index at "),
    (["completion", "bash"], 0, "_SEARCHLIB_COMPLETE"),
    (["words"], 2, "error: there is no index at "),
    (["words", "--open"], 2, "error: there is no index at "),
]


@pytest.fixture(scope="module", params=VERSIONS)
def with_click(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with that click, which stands before what is installed."""
    if not os.environ.get("SEARCHLIB_SLOW"):
        pytest.skip("minutes of downloads: SEARCHLIB_SLOW=1")
    folder = tmp_path_factory.mktemp("click")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*pip, request.param], check=True, timeout=300)
    return str(folder)


def test_what_is_said(with_click: str, tmp_path: Path) -> None:
    environment = process_environment(XDG_DATA_HOME=str(tmp_path))
    environment["PYTHONPATH"] = os.pathsep.join([with_click, environment["PYTHONPATH"]])
    environment.pop("SEARCHLIB_INDEX", None)
    for arguments, code, says in CASES:
        done = subprocess.run(
            [sys.executable, "-m", "searchlib", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=120,
        )
        said = done.stderr if code else done.stdout
        assert done.returncode == code, (arguments, done.stderr)
        assert says in said, (arguments, said)
        assert "Traceback" not in done.stderr and (not code or said.count("\n") == 1), said

"""`searchlib mcp` before it serves: which indexes and clients it is for, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run


def test_what_is_pasted_starts_this_searchlib_on_these_indexes(run: Run, tmp_path: Path) -> None:
    done = run("mcp", "--print-config", "claude", "--index", "notes", "-i", "laws=old/default", "--write")
    server = json.loads(done.out)["mcpServers"]["searchlib"]
    at = server["args"].index("mcp")
    notes, laws = tmp_path / "notes", tmp_path / "old" / "default"
    assert server["args"][at:] == ["mcp", "--index", str(notes), "--index", f"laws={laws}", "--write"]
    assert Path(server["command"]).is_absolute()
    done = run("mcp", "--print-config", "vscode", env={"SEARCHLIB_INDEX": str(tmp_path / "my index")})
    server = json.loads(done.out)["servers"]["searchlib"]
    assert server["type"] == "stdio"
    assert server["args"][-1] == str(tmp_path / "my index")


def test_what_is_pasted_for_http_has_no_key_in_it(run: Run) -> None:
    done = run("mcp", "--http", "--port", "9", "--key", "secret", "--print-config", "claude")
    server = json.loads(done.out)["mcpServers"]["searchlib"]
    assert server == {
        "type": "http",
        "url": "http://127.0.0.1:9/mcp",
        "headers": {"Authorization": "Bearer KEY"},
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--http", "--host", "0.0.0.0"), "give a --key"),
        (("--http", "--host", "example.org"), "give a --key"),
        (("--http", "--key", " "), "a key is empty"),
        (("--host", "0.0.0.0"), "are for --http"),
        (("--allow-host", "a"), "are for --http"),
        (("--index", "a/default", "--index", "b/default"), "NAME=b/default"),
        (("--index", "x="), "names no folder"),
        (("--translate", "none.tab"), "none.tab"),
        (("--port", "70000"), "70000"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("mcp", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""

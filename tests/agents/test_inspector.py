"""The inspector of the protocol, a program for node, talks to `searchlib mcp` and checks its answers.

It stands in node_modules of SEARCHLIB_NODE; with SEARCHLIB_SLOW=1 npm fetches it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from processes import command, environment

PACKAGE = "@modelcontextprotocol/inspector"


@pytest.fixture(scope="module")
def inspector(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How it is started."""
    if shutil.which("node") is None:
        pytest.skip("no node: Debian's nodejs")
    folder = Path(os.environ.get("SEARCHLIB_NODE", "none"))
    if not (folder / "node_modules" / PACKAGE).is_dir():
        if not os.environ.get("SEARCHLIB_SLOW"):
            pytest.skip("minutes of downloads: SEARCHLIB_SLOW=1")
        folder = tmp_path_factory.mktemp("node")
        npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
        subprocess.run(npm, check=True, capture_output=True, timeout=600)
    return [str(folder / "node_modules" / ".bin" / "mcp-inspector"), "--cli"]


def inspected(inspector: list[str], folder: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [*inspector, *command("--index", str(folder)), *arguments],
        capture_output=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return json.loads(done.stdout)


def test_it_lists_and_calls_the_tools(inspector: list[str], corpus_folder: Path) -> None:
    listed = inspected(inspector, corpus_folder, "--method", "tools/list")
    assert [tool["name"] for tool in listed["tools"]] == ["search", "read", "count", "explain"]
    found = inspected(
        inspector, corpus_folder, "--method", "tools/call", "--tool-name", "search",
        "--tool-arg", "query=Карши-Ханабад", "limit=1",
    )  # fmt: skip
    assert found["structuredContent"]["hits"][0]["id"] == "security/tashkent-i-odkb.txt"
    refused = inspected(
        inspector, corpus_folder, "--method", "tools/call", "--tool-name", "search",
        "--tool-arg", "query=x", "sort=publishd",
    )  # fmt: skip
    assert refused["isError"]
    assert "did_you_mean" in refused["content"][0]["text"]


def test_it_reads_resources_and_prompts(inspector: list[str], corpus_folder: Path) -> None:
    uri = "searchlib://corpus/security/tashkent-i-odkb.txt"
    read = inspected(inspector, corpus_folder, "--method", "resources/read", "--uri", uri)
    assert "Карши-Ханабад" in read["contents"][0]["text"]
    listed = inspected(inspector, corpus_folder, "--method", "prompts/list")
    assert [prompt["name"] for prompt in listed["prompts"]] == ["search_in_two_languages"]

"""docs/mcp.md: its session is what the official client gets, and its numbers are those of the code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from processes import over_stdio, session
from searchlib.agents import budget
from searchlib.agents.answers import MAX_BUDGET, MIN_BUDGET
from searchlib.agents.budget import num_tokens
from searchlib.agents.catalog import KEPT_SECONDS, MAX_KEPT, Catalog
from searchlib.agents.tools import READING, WRITING

PAGE = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text("utf-8")
CALLS = re.findall(r"^→ (\w+) (\{.*\})\n← (\{.*\})$", PAGE, re.M)
PYTHON = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)


def is_like(found: Any, shown: Any) -> bool:
    """Whether an answer is what the page shows, … standing for anything."""
    if shown == "…":
        return True
    if isinstance(shown, dict):
        return (
            isinstance(found, dict)
            and found.keys() == shown.keys()
            and all(is_like(found[name], value) for name, value in shown.items())
        )
    if isinstance(shown, list):
        return isinstance(found, list) and len(found) == len(shown) and all(map(is_like, found, shown))
    if isinstance(shown, str):
        pattern = re.escape(shown).replace("…", ".*")
        return isinstance(found, str) and re.fullmatch(pattern, found, re.S) is not None
    return bool(found == shown)


def test_the_session_is_what_a_client_gets(corpus_folder: Path) -> None:
    assert len(CALLS) >= 6

    async def talk(client: Client) -> None:
        for name, asked, shown in CALLS:
            result = await client.call_tool(name, json.loads(asked))
            found = json.loads(result.content[0].text)
            assert is_like(found, json.loads(shown)), f"{name} {asked}\n{found}"
            assert result.is_error == ("error" in found)

    session(over_stdio("--index", str(corpus_folder)), talk)


def test_the_program_prints_what_is_found(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def parameters(command: str, args: list[str]) -> StdioServerParameters:
        assert command == "searchlib"
        return over_stdio(*(str(corpus_folder) if one == "corpus" else one for one in args[1:]))

    monkeypatch.setattr("mcp.client.stdio.StdioServerParameters", parameters)
    exec(PYTHON[0], {})
    assert capsys.readouterr().out == "['security/tashkent-i-odkb.txt']\n"


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"{MIN_BUDGET:,} to {MAX_BUDGET:,} tokens" in PAGE
    defaults = {tool.name: tool.takes["properties"]["budget"]["default"] for tool in READING}
    assert f"Searches take {defaults['search']:,}" in PAGE
    assert f"readings\n{defaults['read']:,}" in PAGE
    assert f"{KEPT_SECONDS / 60:.0f} minutes" in PAGE
    assert MAX_KEPT == 4
    prices = (
        f"A letter costs {budget.price_of('a') / 100:g} (a capital {budget.price_of('A') / 100:g}), "
        f"a Cyrillic one {budget.price_of('ы') / 100:g} ({budget.price_of('Ы') / 100:g}), a digit "
        f"{budget.price_of('1') / 100:g}, a space {budget.price_of(' ') / 100:g}, a sign "
        f"{budget.price_of('.') / 100:g}, a line break {budget.price_of(chr(10)) / 100:g}"
    )
    assert prices in " ".join(PAGE.split())
    for tool in (*READING, *WRITING):
        assert f"`{tool.name}`" in PAGE


def test_what_the_tools_take_of_a_context_is_said(corpus_folder: Path) -> None:
    from searchlib.agents.server import _Handlers

    async def listed() -> int:
        handlers = _Handlers(Catalog({"corpus": str(corpus_folder)}))
        result = await handlers.list_tools(None, None)  # type: ignore[arg-type]
        tools = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in result.tools]
        return num_tokens(budget.as_json(tools))

    found = re.search(r"about ([\d,]+) tokens in a client's context", PAGE)
    assert found
    assert abs(anyio.run(listed) - int(found[1].replace(",", ""))) < 300

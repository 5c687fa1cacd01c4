"""/mcp: agents are served over the same indexes, by whoever may read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

pytest.importorskip("mcp", reason="needs mcp: pip install 'searchlib[mcp]'")

from mcp import Client
from serving import listening, make_index, served

from searchlib.serve.access.keys import Key, digest_of

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
HEADERS = {"Accept": "application/json, text/event-stream"}


def test_the_official_client_searches_what_is_served(tmp_path: Path) -> None:
    make_index(tmp_path / "main")

    async def talk(url: str) -> list[Any]:
        async with Client(f"{url}/mcp") as client:
            first = (await client.call_tool("search", {"query": "идти человек"})).structured_content
            make_index(tmp_path / "second")
        async with Client(f"{url}/mcp") as client:  # an index that came meanwhile is there
            asked = {"query": "идти человек", "index": "second"}
            return [first, (await client.call_tool("search", asked)).structured_content]

    with listening({}, root=str(tmp_path)) as url:
        first, second = anyio.run(talk, url)
    assert [hit["id"] for hit in first["hits"]] == ["1"]
    assert [hit["id"] for hit in second["hits"]] == ["1"]


def test_it_wants_a_key_that_may_read(tmp_path: Path) -> None:
    make_index(tmp_path / "main"), make_index(tmp_path / "other")
    keys = (
        Key("reader", digest_of("a-key-that-may-read"), frozenset(("search", "read")), frozenset(("other",))),
        Key("box", digest_of("a-key-for-a-search-box"), frozenset(("search",))),
        Key("tenant", digest_of("a-key-of-a-tenant"), frozenset(("search", "read")), filter="tags:city"),
    )
    with served({}, root=str(tmp_path), keys=keys) as client:

        def status(key: str) -> int:
            headers = HEADERS | ({"Authorization": f"Bearer {key}"} if key else {})
            return int(client.post("/mcp", json=HELLO, headers=headers).status_code)

        assert status("") == 401
        assert status("a-key-for-a-search-box") == 403
        assert status("a-key-of-a-tenant") == 403
        assert status("a-key-that-may-read") == 200
        headers = HEADERS | {"Authorization": "Bearer a-key-that-may-read"}
        call = {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "search", "arguments": {"query": "lessons", "index": "main"}},
        }
        answer = client.post("/mcp", json=call, headers=headers)
        assert "main" not in answer.json()["result"]["content"][0]["text"].replace("'main'", "")


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    with served({}, root=str(tmp_path)) as client:
        answer: httpx.Response = client.post("/mcp", json=HELLO, headers=HEADERS)
        assert answer.status_code == 404
        assert "searchlib index" in answer.json()["detail"]

"""The official client talks to `searchlib mcp --http`, and who is let in."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client
from starlette.applications import Starlette
from starlette.routing import Mount

from processes import HELLO, over_http, session
from searchlib import Index, Schema, Text
from searchlib.agents.catalog import Catalog
from searchlib.agents.gate import Gate, is_loopback
from searchlib.agents.http import McpApp

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def test_the_official_client_pages_through_while_others_write(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "own", Schema(body=Text()))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "body": f"вода {'и лес ' * number}"} for number in range(9))

    async def talk(client: Client) -> list[str]:
        ids: list[str] = []
        cursor = None
        while True:
            asked = {"query": "вода", "limit": 4, "cursor": cursor}
            answer = (await client.call_tool("search", asked)).structured_content
            assert "notes" not in answer
            ids += [hit["id"] for hit in answer["hits"]]
            cursor = answer.get("cursor")
            if cursor is None:
                return ids
            with index.writer() as writer:
                writer.delete(ids[-1])
                writer.add({"id": f"new {len(index)}", "body": "вода вода"})

    with over_http("--index", str(tmp_path / "own")) as (url, process):
        for mode in ("auto", "legacy"):
            expected = [hit.id for hit in index.search("вода", None)]
            assert session(url, talk, mode) == expected
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) in (0, -signal.SIGTERM)


def test_keys_names_and_ends(corpus_folder: Path) -> None:
    keys = ("--key", "open sesame", "--key", "other")
    with over_http("--index", str(corpus_folder), *keys, "--allow-host", "docs.example") as (url, process):
        port = httpx.URL(url).port

        def asked(key: str | None = "open sesame", **headers: str) -> httpx.Response:
            given = {} if key is None else {"Authorization": f"Bearer {key}"}
            return httpx.post(url, content=HELLO, headers={**HEADERS, **given, **headers})

        assert asked().status_code == 200
        assert asked(key="other").status_code == 200
        assert asked(Host=f"docs.example:{port}", Origin="https://docs.example").status_code == 200
        for refused in (
            asked(key=None),
            asked(key="open"),
            asked(Authorization="Basic b3Blbg=="),
        ):
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"].startswith("Bearer")
        for host in ("evil.example", f"evil.example:{port}", "localhost.evil.example"):
            assert asked(Host=host).status_code == 421
        for origin in (
            "http://evil.example",
            "http://203.0.113.5",
            "null",
            f"http://localhost.evil.example:{port}",
        ):
            assert asked(Origin=origin).status_code == 403
        for method in ("GET", "DELETE"):
            answer = httpx.request(
                method, url, headers={**HEADERS, "Authorization": "Bearer other"}, timeout=9
            )
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert asked(Host=f"LOCALHOST:{port}", Origin="http://127.0.0.1:5173").status_code == 200
        assert httpx.get(url.removesuffix("/mcp")).status_code == 404
        answer = asked().json()
        assert answer["result"]["serverInfo"]["name"] == "searchlib"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_it_is_mounted_in_another_application(corpus_folder: Path) -> None:
    """As `searchlib serve` does it: with the gate of its own, and entered with its life."""
    app = McpApp(Catalog({"corpus": str(corpus_folder)}), gate=None)
    outer = Starlette(routes=[Mount("/mcp", app)])

    async def run() -> Any:
        transport = httpx.ASGITransport(outer)
        async with httpx.AsyncClient(transport=transport, base_url="http://anything") as client:
            answers = []
            for _ in range(2):  # it may live more than once
                async with app.lifespan():
                    answers.append(await client.post("/mcp/", content=HELLO, headers=HEADERS))
            answers.append(await client.post("/mcp/", content=HELLO, headers=HEADERS))
            return answers

    *answers, late = anyio.run(run)
    assert late.status_code == 503
    for answer in answers:
        assert answer.status_code == 200
        assert json.loads(answer.text)["result"]["serverInfo"]["name"] == "searchlib"


def asked_of(gate: Gate, headers: list[tuple[bytes, bytes]]) -> int:
    sent: list[dict[str, Any]] = []

    async def run() -> bool:
        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            raise AssertionError("nothing of a body is read")

        return await gate.lets_through({"type": "http", "headers": headers}, receive, send)

    passed = anyio.run(run)
    return 200 if passed else int(sent[0]["status"])


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_whatever_comes_as_a_header_is_answered(host: bytes, origin: bytes, key: bytes) -> None:
    gate = Gate(["ключ"])
    headers = [(b"Host", host), (b"origin", origin), (b"authorization", b"Bearer " + key)]
    assert asked_of(gate, headers) in (401, 403, 421)


def test_a_key_in_any_letters_opens() -> None:
    headers = [(b"host", b"[::1]:80"), (b"authorization", "bearer ключ".encode())]
    assert asked_of(Gate(["ключ"]), headers) == 200


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("192.168.0.2", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_what_is_only_this_machine(host: str, is_here: bool) -> None:
    assert is_loopback(host) == is_here

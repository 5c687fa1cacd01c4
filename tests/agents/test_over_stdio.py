"""The official client talks to `searchlib mcp` over standard input and output, and how the process ends."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from processes import HELLO, command, environment, over_stdio, session
from searchlib import Index, Schema, Text

TASHKENT = "security/tashkent-i-odkb.txt"


def test_the_official_client_finds_counts_reads_and_explains(corpus_folder: Path) -> None:
    async def talk(client: Client) -> None:
        assert client.instructions is not None
        assert "corpus: title (text), body (text)" in client.instructions
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert list(tools) == ["search", "read", "count", "explain"]
        for tool in tools.values():
            index = tool.input_schema["properties"]["index"]
            assert index["description"] == "Which index: corpus, if none is named"
            assert tool.output_schema is not None
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert not tool.annotations.destructive_hint
            assert tool.annotations.open_world_hint is False
        found = await client.call_tool("search", {"query": "Карши-Ханабад", "limit": 1})
        assert not found.is_error
        assert found.structured_content["hits"][0]["id"] == TASHKENT
        assert json.loads(found.content[0].text) == found.structured_content
        read = await client.call_tool("read", {"ids": [TASHKENT], "match": "аэродром"})
        assert "аэродром" in read.structured_content["documents"][0]["text"]
        counted = await client.call_tool("count", {"by": [{"field": "published", "interval": "year"}]})
        assert counted.structured_content["total"] == 123
        explained = await client.call_tool("explain", {"query": "Ташкенте"})
        assert "ташкент" in explained.structured_content["understood"]
        refused = await client.call_tool("search", {"query": "x", "sort": "publishd"})
        assert refused.is_error
        told = json.loads(refused.content[0].text)["error"]
        assert (told["kind"], told["did_you_mean"]) == ("unknown_field", ["published"])

    session(over_stdio("--index", str(corpus_folder)), talk)


def test_resources_and_the_prompt_for_a_client_of_the_older_protocol(corpus_folder: Path) -> None:
    async def talk(client: Client) -> None:
        [index] = (await client.list_resources()).resources
        assert index.uri == "searchlib://corpus"
        [template] = (await client.list_resource_templates()).resource_templates
        assert template.uri_template == "searchlib://{index}/{+id}"
        [text] = (await client.read_resource(f"searchlib://corpus/{TASHKENT}")).contents
        assert "Карши-Ханабад" in text.text
        with pytest.raises(MCPError, match="did you mean"):
            await client.read_resource("searchlib://corpus/security/tashkent-i-odbk.txt")
        [prompt] = (await client.list_prompts()).prompts
        asked = await client.get_prompt(prompt.name, {"question": "Когда было землетрясение?"})
        assert "землетрясение" in asked.messages[0].content.text
        for name, arguments in (
            ("nope", {}),
            (prompt.name, {}),
            (prompt.name, {"question": "?", "index": "x"}),
        ):
            with pytest.raises(MCPError, match=r"there is|wants"):
                await client.get_prompt(name, arguments)

    session(over_stdio("--index", str(corpus_folder)), talk, "legacy")


def test_it_writes_where_it_may_and_shows_what_others_write(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "own", Schema(body=Text()))

    async def talk(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        for name in ("add", "delete"):
            assert tools[name].annotations.destructive_hint
            assert not tools[name].annotations.read_only_hint
        await client.call_tool("add", {"documents": [{"id": "1", "body": "вода"}]})
        index.refresh()
        assert "1" in index
        with index.writer() as writer:
            writer.add({"id": "2", "body": "вода"})
        found = await client.call_tool("search", {"query": "вода"})
        assert found.structured_content["total"] == 2
        await client.call_tool("delete", {"ids": ["1", "2"]})
        assert (await client.call_tool("count", {})).structured_content["total"] == 0

    session(over_stdio("--index", str(tmp_path / "own"), "--write"), talk)


def started(*arguments: str, **more: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command(*arguments), stdin=pipe, stdout=pipe, stderr=pipe, env=environment(**more)
    )


@pytest.mark.parametrize(("end", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0), (None, 0)])
def test_it_ends_at_once_and_says_nothing(corpus_folder: Path, end: signal.Signals | None, code: int) -> None:
    process = started("--index", str(corpus_folder))
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(HELLO)
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "searchlib"
    if end is not None:
        process.send_signal(end)
        process.wait(timeout=60)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, b"", b"")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_what_is_written_when_it_is_ended_is_there_whole_or_not_at_all(
    tmp_path: Path, end: signal.Signals
) -> None:
    index = Index.create(tmp_path / "own", Schema(body=Text()))
    documents = [{"id": str(number), "body": "вода и лес " * 200} for number in range(500)]
    call = {"name": "add", "arguments": {"documents": documents}}
    request = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}
    process = started("--index", str(tmp_path / "own"), "--write")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(HELLO)
    process.stdin.flush()
    process.stdout.readline()
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()
    lock = tmp_path / "own"
    before = len(list(lock.iterdir()))
    while process.poll() is None and len(list(lock.iterdir())) == before:
        pass  # until the writer has begun
    process.send_signal(end)
    process.communicate(timeout=60)
    index.refresh()
    assert len(index) in (0, 500)
    with index.writer() as writer:  # nobody holds it
        writer.add({"id": "after"})


def test_standard_output_has_nothing_but_the_protocol(tmp_path: Path) -> None:
    """Whatever is wrong with the index or with what comes in is said on stderr, or in the protocol."""
    lines = [
        HELLO,
        b"no json\n",
        b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n',
        b'{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"x"}}}\n',
        b'{"jsonrpc":"2.0","id":3,"method":"no/such"}\n',
    ]
    process = started("--index", str(tmp_path / "none"))
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"".join(lines))
    process.stdin.flush()
    answers: dict[int, Any] = {}
    while len(answers) < 3:
        answer = json.loads(process.stdout.readline())
        if answer.get("id") is not None:
            answers[answer["id"]] = answer
    out, err = process.communicate(timeout=60)
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in out.splitlines())
    assert b"is not there yet" in err
    told = json.loads(answers[2]["result"]["content"][0]["text"])["error"]
    assert told["kind"] == "unavailable"
    assert "searchlib index" in told["message"]
    assert answers[3]["error"]["code"] == -32601


def test_without_the_package_it_says_what_to_install(tmp_path: Path, corpus_folder: Path) -> None:
    missing = tmp_path / "mcp"
    missing.mkdir()
    (missing / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'mcp'\", name='mcp')")
    path = f"{tmp_path}:{environment()['PYTHONPATH']}"
    process = started("--index", str(corpus_folder), PYTHONPATH=path)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert out == b""
    assert (
        err.decode()
        .splitlines()[-1]
        .startswith("error: searchlib mcp needs a package more: pip install 'searchlib[mcp]'")
    )

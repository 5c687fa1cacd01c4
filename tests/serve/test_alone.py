"""Who asks alone is answered by the event loop, and nobody notices: not by the answer, nor by waiting."""

import asyncio
import importlib
import json
import socket
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from serving import listening, make_index, served

from searchlib import Index
from searchlib.errors import QueryError, SearchTimeout
from searchlib.serve.access.tenants import Narrowed
from searchlib.serve.asking.alone import LONGEST, Alone
from searchlib.serve.settings import Limits, Settings

PATIENCE = 30.0
ENOUGH = 40
"""Quick answers after which the server knows that they are quick."""


LOOPS = [name for name in ("asyncio", "uvloop") if find_spec(name) is not None]
"""uvicorn takes uvloop where it is installed; the extra has it not, and tests of servers run as users' do."""


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(make_index(tmp_path / "index"))


def alone(ask: Callable[[Alone, Clock], Any], seconds: float = 10.0) -> Any:
    """What comes of questions to one that has seen that they are answered quickly."""

    async def run() -> Any:
        clock = Clock()
        asked = Alone(Settings({}, limits=Limits(search_seconds=seconds)), clock)
        for _ in range(ENOUGH):
            asked.timed(lambda _: None)
        return await ask(asked, clock)

    return asyncio.run(run())


def test_the_first_ones_go_to_threads_until_they_are_known_to_be_quick(index: Index) -> None:
    async def run() -> None:
        clock = Clock()
        asked = Alone(Settings({}), clock)
        assert not asked.may(index)
        for _ in range(ENOUGH):
            asked.timed(lambda _: None)
        assert asked.may(index)

        def takes_long(_: Settings) -> None:
            clock.now += 1.0

        asked.timed(takes_long)
        assert not asked.may(index)

    asyncio.run(run())


def test_only_indexes_of_this_process_are_asked_so(index: Index) -> None:
    async def ask(asked: Alone, _: Clock) -> list[bool]:
        return [
            asked.may(one)
            for one in (index, Narrowed(index, "year:21"), object(), Narrowed(None, "a"))  # type: ignore[arg-type]
        ]

    assert alone(ask) == [True, True, False, False]


def test_the_loop_gives_a_question_little_time_and_a_thread_all_of_it() -> None:
    seen = []

    async def ask(asked: Alone, _: Clock) -> None:
        asked.answer(lambda settings: seen.append(settings.limits.search_seconds), "a")
        asked.timed(lambda settings: seen.append(settings.limits.search_seconds))

    alone(ask)
    alone(ask, seconds=LONGEST / 2)
    assert seen == [LONGEST, 10.0, LONGEST / 2, LONGEST / 2]


def test_what_is_late_is_no_answer_whether_it_says_so_or_not() -> None:
    def says_so(settings: Settings) -> str:
        raise SearchTimeout("the search did not end", settings.limits.search_seconds)

    def wrong(_: Settings) -> str:
        raise QueryError("no query")

    async def ask(asked: Alone, clock: Clock) -> None:
        def leaves_out(settings: Settings) -> str:
            clock.now += settings.limits.search_seconds
            return "without suggestions"

        assert asked.answer(lambda _: "in time", "a") == "in time"
        assert asked.answer(leaves_out, "a") is None
        assert asked.answer(says_so, "a") is None
        with pytest.raises(QueryError):
            asked.answer(wrong, "a")

    alone(ask)


def test_who_comes_before_another_has_ended_is_not_alone_and_nobody_is_for_a_while(index: Index) -> None:
    async def ask(asked: Alone, clock: Clock) -> None:
        asked.comes("a", 0)
        assert asked.may(index)
        asked.comes("b", 1)
        assert not asked.may(index)
        asked.comes("a", 0)
        assert not asked.may(index)
        clock.now += 1.1
        asked.comes("a", 0)
        assert asked.may(index)

    alone(ask)


@pytest.mark.parametrize("maker", LOOPS)
def test_who_waited_behind_an_answer_is_seen_and_who_had_it_is_not_taken_for_another(
    index: Index, maker: str
) -> None:
    """Real sockets: a task for each line, as a server makes them, and a line sent while the loop is kept."""
    make = importlib.import_module(maker).new_event_loop
    allowed: dict[str, list[bool]] = {"a": [], "b": []}

    async def ask(asked: Alone) -> None:
        tasks: list[asyncio.Task[None]] = []
        clients: dict[str, socket.socket] = {}
        next_one = "a"

        async def serve(name: str, line: bytes) -> None:
            asked.comes(name, 0)
            allowed[name].append(asked.may(index))
            if line == b"answered":
                asked.answer(lambda _: clients[next_one].send(b"next"), name)

        class Protocol(asyncio.Protocol):
            def __init__(self, name: str) -> None:
                self.name = name

            def data_received(self, data: bytes) -> None:
                tasks.append(asyncio.ensure_future(serve(self.name, data)))

        async def settled(count: int) -> None:
            while len(tasks) < count or not all(task.done() for task in tasks):
                await asyncio.sleep(0.001)

        transports = []
        for name in "ab":
            ours, clients[name] = socket.socketpair()
            made = await asyncio.get_running_loop().create_connection(
                lambda name=name: Protocol(name), sock=ours
            )  # type: ignore[misc]
            transports.append(made[0])
        clients["a"].send(b"answered")  # behind it is a's own next line …
        await settled(2)
        next_one = "b"  # … and then a line of b, which waited
        clients["a"].send(b"answered")
        await settled(4)
        for transport in transports:
            transport.close()
        for client in clients.values():
            client.close()
        await asyncio.sleep(0)

    async def run() -> None:
        asked = Alone(Settings({}), Clock())
        for _ in range(ENOUGH):
            asked.timed(lambda _: None)
        await asyncio.wait_for(ask(asked), PATIENCE)

    loop = make()
    try:
        loop.run_until_complete(run())
    finally:
        loop.close()
    assert allowed == {"a": [True, True, True], "b": [False]}


QUERIES = [
    {"q": "уроки"},
    {"q": "lesson OR Ташкент", "facets": ["tags"], "explain": True},
    {"q": "lesons"},
    {"q": "нетникого"},
    {"q": "Ташкенте", "filter": "year:21"},
    {"q": "title:", "strict": True},
    {"q": "город", "sort": ["nothing"]},
]


def asked(address: str, path: str, times: int = 1) -> list[tuple[int, dict[str, Any]]]:
    """Answers on one connection, as they come."""
    found = []
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), PATIENCE) as client:
        stream = client.makefile("rb")
        for _ in range(times):
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            status = int(stream.readline().split()[1])
            headers = dict(
                line.decode().rstrip().lower().split(": ", 1) for line in iter(stream.readline, b"\r\n")
            )
            found.append((status, json.loads(stream.read(int(headers["content-length"])))))
    return found


def bare(answer: tuple[int, dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    status, body = answer
    return status, {name: value for name, value in body.items() if name != "elapsed_ms"}


def test_a_connection_of_the_server_is_known_by_one_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(Alone, "comes", lambda _, connection, __: seen.append(connection))
    with listening({"main": str(make_index(tmp_path / "index"))}) as address:
        asked(address, "/health", 2)
        asked(address, "/health")
    assert seen[0] is seen[1] is not None
    assert seen[2] is not seen[0]


@pytest.mark.parametrize("kind", ["search", "instant"])
def test_the_loop_and_threads_answer_the_same(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_loop: list[bool] = []
    whole = Alone.answer

    def counted(self: Alone, question: Any, connection: object) -> Any:
        answer = whole(self, question, connection)
        by_loop.append(answer is not None)
        return answer

    folder = str(make_index(tmp_path / "index"))
    with listening({"main": folder}) as address:
        for query in QUERIES:
            given = "&".join(
                f"{name}={quote(each if isinstance(each, str) else json.dumps(each))}"
                for name, value in query.items()
                for each in (value if isinstance(value, list) else [value])
            )
            path = f"/v1/indexes/main/{kind}?{given}"
            monkeypatch.setattr(Alone, "may", lambda *_: False)
            first = bare(asked(address, path)[0])
            monkeypatch.undo()
            monkeypatch.setattr(Alone, "answer", counted)
            assert {json.dumps(bare(one)) for one in asked(address, path, ENOUGH)} == {json.dumps(first)}
            monkeypatch.undo()
    assert any(by_loop)


def test_a_request_s_own_time_is_over_as_it_is_in_a_thread(tmp_path: Path) -> None:
    with served({"main": str(make_index(tmp_path / "index"))}) as client:
        for _ in range(ENOUGH):
            assert client.get("/v1/indexes/main/search", params={"q": "уроки"}).status_code == 200
        late = client.get("/v1/indexes/main/search", params={"q": "уроки", "timeout": 1e-9})
        assert (late.status_code, late.json()["type"].rpartition(":")[2]) == (400, "SearchTimeout")

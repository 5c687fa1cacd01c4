"""What becomes of a connection that breaks, a server that is busy, slow, or none of searchlib's."""

import contextlib
import gzip
import json
import pickle
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from far import far

import searchlib
from forked import in_child
from searchlib import Client, Index, Schema, Text
from searchlib.client.connection import Connection
from searchlib.errors import (
    AccessDeniedError,
    AnalyzerMismatchWarning,
    IndexNotFoundError,
    SearchTimeout,
    ServerAddressError,
    ServerError,
    ServerUnavailableError,
)

Answer = Callable[[int, bytes], bytes | None]
"""The number of a request and its bytes to what is sent for it; None closes the connection."""


def said(status: int, body: Any = None, *headers: str) -> bytes:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + data


@contextlib.contextmanager
def answering(answer: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """A server that says what it is told to: its URL, and what it was asked."""
    asked: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while request := connection.recv(1 << 16):
                while b"\r\n\r\n" not in request:
                    request += connection.recv(1 << 16)
                asked.append(request)
                found = answer(len(asked), request)
                if found is None:
                    return
                connection.sendall(found)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        stopped = threading.Event()

        def accept() -> None:
            listener.settimeout(0.05)
            while not stopped.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = listener.accept()
                    connection.settimeout(None)
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        finally:
            stopped.set()
            thread.join()


OK = said(200, {"status": "available"})


def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    with answering(lambda number, _: None if number == 2 else OK) as (url, asked):
        client = Client(url)
        assert client.health() == client.health() == {"status": "available"}
        assert len(asked) == 3
        client.close()


def test_a_new_connection_that_breaks_is_told_of() -> None:
    with answering(lambda number, _: None) as (url, asked):
        with pytest.raises(ServerUnavailableError, match="cannot be reached"):
            Client(url).health()
        assert len(asked) == 1


def test_a_write_is_sent_once() -> None:
    with answering(lambda number, _: None if number > 1 else OK) as (url, asked):
        connection = Connection(url, None, 5)
        connection.ask("GET", "/health")
        with pytest.raises(ServerUnavailableError, match="not known whether"):
            connection.send("POST", "/changes", b"{}\n", "application/x-ndjson")
        assert len(asked) == 2
        connection.close()


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    busy = said(503, {"type": "urn:searchlib:problem:Busy", "detail": "too many"}, "Retry-After: 0")
    with answering(lambda number, _: busy if number < 3 else OK) as (url, asked):
        client = Client(url)
        assert client.health() and len(asked) == 3
        client.close()
    later = said(429, {"type": "urn:searchlib:problem:Busy", "detail": "too many"}, "Retry-After: 3600")
    with (
        answering(lambda number, _: later) as (url, asked),
        pytest.raises(ServerUnavailableError, match="busy"),
    ):
        Client(url, timeout=1).health()
    assert len(asked) == 1


def test_a_search_that_took_too_long_is_not_asked_again() -> None:
    slow = said(503, {"type": "urn:searchlib:problem:SearchTimeout", "detail": "slow"}, "Retry-After: 0")
    with answering(lambda number, _: slow) as (url, asked):
        with pytest.raises(SearchTimeout, match="slow") as raised:
            Connection(url, None, 5).ask("POST", "/search", {}, timeout=2.0)
        assert raised.value.timeout == 2.0 and len(asked) == 1


def test_silence_ends() -> None:
    silent = threading.Event()

    def answer(number: int, request: bytes) -> bytes | None:
        silent.wait(5)
        return None

    with answering(answer) as (url, _):
        with pytest.raises(ServerUnavailableError, match=r"within 0\.2 s"):
            Client(url, timeout=0.2).health()
        silent.set()


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (said(200, b"<html>"), ServerError, "no JSON"),
        (said(502, b"<html>Bad gateway"), ServerError, "no searchlib server"),
        (said(404, {"type": "urn:searchlib:problem:NotFound", "detail": "nothing"}), ServerError, "nothing"),
        (said(401, {"type": "urn:searchlib:problem:KeyWanted"}), AccessDeniedError, "wants a key; .*_KEY"),
        (said(401, {"type": "urn:searchlib:problem:UnknownKey"}), AccessDeniedError, "another key"),
        (said(403, {"type": "urn:searchlib:problem:Forbidden", "detail": "read"}), AccessDeniedError, "read"),
        (said(200, b"no gzip", "Content-Encoding: gzip"), ServerUnavailableError, "cannot be reached"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", ServerUnavailableError, "cannot be reached"),
        (said(200, b"[" * 100_000), ServerError, "no JSON"),
    ],
)
def test_what_is_no_searchlib_server(answer: bytes, kind: type[Exception], text: str) -> None:
    with answering(lambda number, _: answer) as (url, _), pytest.raises(kind, match=text):
        Client(url, timeout=5).health()


def test_an_answer_that_is_none_is_told_of() -> None:
    with answering(
        lambda number, _: said(
            200,
            {
                "fields": {"a": {"kind": "text"}},
                "generation": 1,
                "fingerprint": "f",
                "analyzers": {},
                "documents": 0,
            },
        )
    ) as (url, _):
        index = Client(url)["x"]
        with pytest.raises(ServerError, match="another version"):
            index.search("a")
        index.close()


def test_the_key_and_gzip() -> None:
    packed = said(200, gzip.compress(b'{"status": "packed"}'), "Content-Encoding: gzip")
    with answering(lambda number, _: packed) as (url, asked):
        client = Client(url, key="secret")
        assert client.health() == {"status": "packed"}
        assert b"Authorization: Bearer secret\r\n" in asked[0]
        assert "secret" not in repr(client) + repr(client["x"])
        client.close()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x",
        "http://",
        "127.0.0.1:7700",
        "http://a:b@c",
        "http://a/?b",
        "http://a:99999",
        "",
        "http://[1",
    ],
)
def test_urls_that_are_none(url: str) -> None:
    with pytest.raises(ServerAddressError, match=r"URL|http|key|port|Port") as raised:
        Client(url)
    assert isinstance(raised.value, ValueError)


def test_keys_that_are_none() -> None:
    for key in ("", "a\nb", " a", "ключ"):
        with pytest.raises(ServerAddressError, match="key"):
            Client("http://127.0.0.1:1", key)


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index.in_memory(Schema(body=Text()))
    with made.writer() as writer:
        writer.add({"id": "1", "body": "выборы"})
    return made


def test_other_rules_than_those_here_are_said(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    remote = far(index)
    remote.refresh()
    monkeypatch.setattr(remote, "_analyzers", {"body": "those of another version"})
    found = remote.search("выборы")
    assert found[0]["body"] == "выборы"
    with pytest.warns(AnalyzerMismatchWarning, match="may not be marked"):
        found.highlights("body")


def test_a_search_has_the_time_that_it_is_given(index: Index) -> None:
    for one in (index, far(index)):
        with pytest.raises(SearchTimeout, match="1e-09 s") as raised:
            one.search("выбо*", timeout=1e-9)
        assert raised.value.timeout == 1e-9


def test_an_index_that_is_not_served(index: Index) -> None:
    client = Client(far(index).url.rpartition("/")[0])
    with pytest.raises(IndexNotFoundError, match="nothing"):
        client["nothing"].search("a")
    with pytest.raises(IndexNotFoundError, match="nothing"):
        searchlib.open(f"{far(index).url.rpartition('/')[0]}/nothing")
    assert "nothing" not in client and far(index).name in client
    client.close()


def test_it_is_opened_by_its_url_and_pickled(index: Index) -> None:
    remote = searchlib.open(far(index).url)
    assert isinstance(remote, searchlib.RemoteIndex)
    twin = pickle.loads(pickle.dumps(remote))
    hit = pickle.loads(pickle.dumps(twin.search("выборов")[0]))
    assert hit.highlight("body") == "<mark>выборы</mark>"
    with remote, twin:
        assert remote.refresh() is False
    with pytest.raises(ValueError, match="ends with its name"):
        searchlib.open(far(index).url.rpartition("/")[0])


def _found(remote: searchlib.RemoteIndex) -> list[str]:
    return [hit.id for hit in remote.search("выборы")]


def test_threads_and_forked_children(index: Index) -> None:
    remote = far(index)
    assert _found(remote) == ["1"]
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(_found(remote))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["1"]] * 20

    def ask() -> None:
        assert _found(remote) == ["1"]

    assert in_child(ask)
    assert _found(remote) == ["1"], "the child has a connection of its own"

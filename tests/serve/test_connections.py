"""Connections of a real server: slow ones, too many, and what is no HTTP."""

import contextlib
import json
import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from serving import listening, make_index

from searchlib.serve.running import raise_file_limit
from searchlib.serve.settings import Limits

PATIENCE = 60.0
LIMITS = Limits(head_seconds=0.5, body_seconds=0.5, idle_seconds=1, write_seconds=1.0)
LONG = {"id": "long", "body": "A lesson is learned. " * 100_000}
SEARCH = b"/v1/indexes/main/search"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("connections") / "main", [LONG, {"id": "s", "body": "short"}])


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[tuple[str, int]]:
    with listening({"main": str(folder)}, limits=LIMITS) as url:
        yield "127.0.0.1", int(url.rpartition(":")[2])


@contextlib.contextmanager
def connected(address: tuple[str, int]) -> Iterator[socket.socket]:
    with socket.create_connection(address, timeout=PATIENCE) as client:
        yield client


def everything(client: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while piece := client.recv(1 << 16):
            found += piece
    return found


def one(client: socket.socket) -> bytes:
    """One answer, with a length."""
    found = b""
    while b"\r\n\r\n" not in found:
        piece = client.recv(1 << 16)
        assert piece, found
        found += piece
    head, _, body = found.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    while length is not None and len(body) < int(length[1]):
        body += client.recv(1 << 16)
    return head + b"\r\n\r\n" + body


def answers(address: tuple[str, int]) -> bool:
    with urllib.request.urlopen(f"http://{address[0]}:{address[1]}/health", timeout=PATIENCE) as answer:
        return bool(json.load(answer)["status"] == "available")


# ---- what people type


@pytest.mark.parametrize("query", ["q=идти&limit=1", "q=%D0%B8%D0%B4%D1%82%D0%B8&limit=1"])
def test_letters_in_an_address_need_no_escapes(server: tuple[str, int], query: str) -> None:
    with connected(server) as client:
        for _ in range(2):
            client.sendall(b"GET %s?%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % (SEARCH, query.encode()))
            answer = one(client)
            assert answer.startswith(b"HTTP/1.1 200")
            assert json.loads(answer.partition(b"\r\n\r\n")[2])["query"] == "идти"


def test_a_request_may_come_byte_by_byte(server: tuple[str, int]) -> None:
    request = "GET /v1/indexes/main/search?q=идти HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with connected(server) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in request:
            client.sendall(bytes((byte,)))
        assert json.loads(one(client).partition(b"\r\n\r\n")[2])["query"] == "идти"


def test_requests_may_come_all_at_once(server: tuple[str, int]) -> None:
    get = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    post = b'POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n{"q": "short"}' % SEARCH
    with connected(server) as client:
        client.sendall(get + post + get + get)
        found = b""
        while found.count(b"HTTP/1.1 200") < 4 or not found.endswith(b"}"):
            piece = client.recv(1 << 16)
            assert piece, found
            found += piece
        assert found.count(b'"status":"available"') == 3


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_old_clients_are_answered(server: tuple[str, int], version: bytes) -> None:
    with connected(server) as client:
        client.sendall(b"HEAD /health HTTP/%s\r\nHost: localhost\r\nConnection: close\r\n\r\n" % version)
        answer = everything(client)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n")


# ---- what is no request

SMUGGLED = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),  # TLS
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n folded: yes\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n",
        b"GET / HTTP/1.1\nHost: localhost\n\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\nabcdef",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5, 5\r\n\r\nabcde",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + SMUGGLED,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n" + SMUGGLED,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n" + SMUGGLED,
    ],
    ids=lambda request: repr(request[:24] + request[-24:]),
)  # fmt: skip
def test_what_is_no_http_is_said_and_hung_up_on(server: tuple[str, int], request_: bytes) -> None:
    with connected(server) as client:
        client.sendall(request_)
        answer = everything(client)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"connection: close" in head.lower()
    assert json.loads(body)["type"] == "urn:searchlib:problem:BadRequest"
    assert answers(server)


def test_an_answer_comes_before_what_is_no_http_behind_it(server: tuple[str, int]) -> None:
    with connected(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n" * 3)
        answer = everything(client)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1 200 ") == 1


def test_without_a_host_http_11_is_refused(server: tuple[str, int]) -> None:
    with connected(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\n\r\n")
        assert one(client).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "chunks", [b"zz\r\nabc\r\n0\r\n\r\n", b"-1\r\n\r\n", b"fffffffffffffffff\r\n", b"3;x\r\nabcd\r\n"]
)
def test_chunks_that_are_none(server: tuple[str, int], chunks: bytes) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" % SEARCH
    with connected(server) as client:
        client.sendall(head + chunks)
        everything(client)
    assert answers(server)


# ---- what is slow


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nX-",
    ],
    ids=repr,
)
def test_headers_that_do_not_come_are_not_waited_for(server: tuple[str, int], start: bytes) -> None:
    with connected(server) as client:
        client.sendall(start)
        answer = everything(client)  # ends, or the time is out
    whole = start.startswith(b"GET /health")
    assert answer.count(b"HTTP/1.1 200 ") == whole
    assert answer.count(b"HTTP/1.1 408 ") == bool(start)


def test_headers_that_come_byte_by_byte_without_end_are_not_waited_for(server: tuple[str, int]) -> None:
    with connected(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n")
        until, gone = time.monotonic() + PATIENCE, False
        while not gone and time.monotonic() < until:
            try:
                client.sendall(b"X-a: b\r\n")
                time.sleep(0.05)
            except OSError:
                gone = True
        assert gone


@pytest.mark.parametrize("framing", [b"Content-Length: 1000", b"Transfer-Encoding: chunked"])
def test_a_body_that_does_not_come_is_not_waited_for(server: tuple[str, int], framing: bytes) -> None:
    with connected(server) as client:
        client.sendall(b"POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n" % (SEARCH, framing))
        answer = everything(client)
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_body_that_nobody_wants_is_not_waited_for(server: tuple[str, int]) -> None:
    with connected(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc")
        assert everything(client).startswith(b"HTTP/1.1 200 ")


def test_who_asks_nothing_more_is_hung_up_on(server: tuple[str, int]) -> None:
    with connected(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert everything(client).startswith(b"HTTP/1.1 200 ")


def test_who_does_not_read_is_hung_up_on(server: tuple[str, int]) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect(server)
        request = b"GET %s?q=lesson HTTP/1.1\r\nHost: localhost\r\n\r\n" % SEARCH
        client.sendall(request * 5)  # of two megabytes each
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(0.1)
            try:
                client.sendall(b" ")
            except OSError:
                break
        else:
            raise AssertionError("nobody hung up")
    assert answers(server)


# ---- what is too large, or too many


def test_headers_have_a_size(server: tuple[str, int]) -> None:
    with connected(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * (200 << 10))
        with contextlib.suppress(OSError):
            client.sendall(b"\r\n\r\n")
        assert everything(client).startswith(b"HTTP/1.1 431 ")
    with connected(server) as client:
        many = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 100) for number in range(1000))
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n" + many + b"\r\n")
        assert everything(client).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("letter", [b"a", "й".encode()])
@pytest.mark.parametrize("size", [21_700, 32_760, 65_450, 66_000, 200 << 10])
def test_an_address_has_a_size(server: tuple[str, int], letter: bytes, size: int) -> None:
    """One that is too long is told so, however its pieces come; one that is not is answered."""
    path = b"/" + letter * (size // len(letter))  # there is nothing there, which only the application says
    with connected(server) as client:
        with contextlib.suppress(OSError):
            client.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path)
        answer = everything(client)
    fits = len(quote(path)) < 65_500
    assert answer.startswith(b"HTTP/1.1 404 " if fits else b"HTTP/1.1 414 ")
    problem = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert fits or problem["type"] == "urn:searchlib:problem:TooLong"
    assert fits or "POST" in problem["detail"]


def test_a_body_that_is_too_large_is_told_so_before_it_is_sent_whole(server: tuple[str, int]) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\n\r\n" % SEARCH
    with connected(server) as client:
        client.sendall(head)
        with contextlib.suppress(OSError):
            for _ in range(50):
                client.sendall(bytes(1_000_000))
        answer = everything(client)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["type"] == "urn:searchlib:problem:TooLarge"


def test_a_thousand_connections_are_held_and_one_more_is_answered(folder: Path) -> None:
    raise_file_limit(4096)
    limits = Limits(head_seconds=PATIENCE, idle_seconds=PATIENCE)
    with listening({"main": str(folder)}, limits=limits) as url, contextlib.ExitStack() as stack:
        address = "127.0.0.1", int(url.rpartition(":")[2])
        clients = [stack.enter_context(connected(address)) for _ in range(1000)]
        assert answers(address)
        for client in clients:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert {client.recv(1 << 12)[:13] for client in clients} == {b"HTTP/1.1 200 "}
        assert answers(address)


def test_beyond_so_many_connections_a_request_is_refused(folder: Path) -> None:
    limits = Limits(connections=3)
    with listening({"main": str(folder)}, limits=limits) as url, contextlib.ExitStack() as stack:
        address = "127.0.0.1", int(url.rpartition(":")[2])
        request = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        clients = [stack.enter_context(connected(address)) for _ in range(3)]
        for client in clients:  # these are in
            client.sendall(request)
            assert one(client).startswith(b"HTTP/1.1 200 ")
        with connected(address) as late:
            late.sendall(request)
            answer = everything(late)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in answer
        for client in clients:
            client.sendall(request)
            assert one(client).startswith(b"HTTP/1.1 200 ")
        clients[0].close()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with connected(address) as again:
                again.sendall(request)
                if one(again).startswith(b"HTTP/1.1 200 "):
                    break
            time.sleep(0.05)
        else:
            raise AssertionError("a place that is free again is not given away")


def test_a_whole_answer_comes_in_one_piece(server: tuple[str, int]) -> None:
    with connected(server) as client:
        for _ in range(20):
            client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            head, _, body = client.recv(1 << 16).partition(b"\r\n\r\n")
            assert f"content-length: {len(body)}".encode() in head and json.loads(body)["version"]

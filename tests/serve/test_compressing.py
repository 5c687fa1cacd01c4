"""Answers in zstd and gzip, and bodies in both, none of which can grow beyond what is read."""

import gzip
import json
from collections.abc import Callable, Iterator

import pytest
import zstandard
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib.serve.connections.compressing import LEAST_BYTES, chosen_coding
from searchlib.serve.connections.sending import _IN_A_THREAD
from searchlib.serve.settings import Limits

SEARCH = "/v1/indexes/main/search"
LONG = {"id": "long", "body": "A lesson is learned. " * 8000}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = make_index(tmp_path_factory.mktemp("compressed") / "main", [LONG, {"id": "s", "body": "short"}])
    limits = Limits(body_bytes=1 << 20, upload_bytes=4 << 20)
    with served({"main": str(folder)}, limits=limits) as client:
        yield client


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("ZSTD", "zstd"),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "gzip"),
        ("gzip;q=0", ""),
        ("identity", ""),
        ("gzip;q=nonsense", ""),
        ("br, deflate", ""),
        (",;,=", ""),
    ],
)
def test_the_client_chooses(client: TestClient, accepted: str, coding: str) -> None:
    assert chosen_coding(accepted) == coding
    with client.stream(
        "GET", SEARCH, params={"q": "lesson"}, headers={"Accept-Encoding": accepted}
    ) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding", "") == coding
    assert int(answer.headers["content-length"]) == len(raw)
    assert "Accept-Encoding" in answer.headers["vary"]
    if coding == "gzip":
        raw = gzip.decompress(raw)
    elif coding == "zstd":
        raw = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    assert json.loads(raw)["hits"][0]["fields"]["body"] == LONG["body"]


def test_what_is_short_goes_as_it_is(client: TestClient) -> None:
    answer = client.get(SEARCH, params={"q": "short"}, headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < LEAST_BYTES
    assert "content-encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["vary"]


def test_a_long_answer_is_compressed_beside_the_loop(client: TestClient) -> None:
    answer = client.get(SEARCH, params={"q": "lesson"}, headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) > _IN_A_THREAD
    assert answer.headers.get("content-encoding") == "gzip"
    assert answer.json()["hits"][0]["fields"]["body"] == LONG["body"]


LINES = b'{"id": "n1", "body": "packed"}\n{"id": "n2", "body": "packed too"}\n'


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(LINES, mtime=0)),
        ("zstd", zstandard.compress(LINES)),
        ("x-gzip", gzip.compress(LINES, mtime=0)),
    ],
)
def test_bodies_may_be_compressed(client: TestClient, coding: str, body: bytes) -> None:
    headers = {"Content-Type": "application/x-ndjson", "Content-Encoding": coding}
    answer = client.post("/v1/indexes/main/documents", content=body, headers=headers)
    assert (answer.status_code, answer.json()["written"]) == (200, 2), answer.text
    query = gzip.compress(b'{"q": "packed"}') if "gzip" in coding else zstandard.compress(b'{"q": "packed"}')
    headers["Content-Type"] = "application/json"
    assert client.post(SEARCH, content=query, headers=headers).json()["total"] == 2


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("path", [SEARCH, "/v1/indexes/main/documents"])
def test_a_bomb_goes_off_at_the_limit(client: TestClient, coding: str, path: str) -> None:
    spaces = b" " * (32 << 20)
    bomb = gzip.compress(spaces, mtime=0) if coding == "gzip" else zstandard.compress(spaces)
    assert len(bomb) < 1 << 16
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    answer = client.post(path, content=bomb, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:searchlib:problem:TooLarge")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", b"no gzip"),
        ("zstd", b"no zstd at all"),
        ("gzip", gzip.compress(b'{"q": "a"}', mtime=0)[:-6]),
        ("zstd", zstandard.compress(b'{"q": "a"}')[:-2]),
        ("gzip", gzip.compress(b'{"q": "a"}', mtime=0) + b"more"),
        ("gzip", b""),
        ("zstd", b"\x28\xb5\x2f\xfd\x00\x98\x01\x00\x00"),  # wants a window of half a gigabyte
    ],
)
def test_what_is_broken_is_said(client: TestClient, coding: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    answer = client.post(SEARCH, content=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:searchlib:problem:BadEncoding"), (
        answer.text
    )


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_files_behind_one_another_are_one(client: TestClient, pack: Callable[[bytes], bytes]) -> None:
    coding = "gzip" if pack is gzip.compress else "zstd"
    headers = {"Content-Type": "application/x-ndjson", "Content-Encoding": coding}
    body = b"".join(pack(b'{"id": "m%d", "body": "joined"}\n' % number) for number in range(300))
    answer = client.post("/v1/indexes/main/documents", content=body, headers=headers)
    assert answer.json()["written"] == 300


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zip", "compress"])
def test_other_codings_are_refused(client: TestClient, coding: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    answer = client.post(SEARCH, content=b"{}", headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "gzip, zstd")

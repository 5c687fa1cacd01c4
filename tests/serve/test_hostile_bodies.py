"""Whatever is in a body or an address, the answer is a result or a problem document, never a failure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib.serve.settings import Limits

SEARCH = "/v1/indexes/main/search"
DEEP = 200_000


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = make_index(tmp_path_factory.mktemp("hostile") / "main")
    with served({"main": str(folder)}) as client:
        yield client


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "BadRequest"),
        (b"{", "BadJson"),
        (b"[]", "BadRequest"),
        (b"null", "BadRequest"),
        (b'{"q": "a"} {}', "BadJson"),
        (b"\xef\xbb\xbf{}", "BadJson"),
        (b'{"q": "\xff"}', "BadJson"),
        (b'{"q": "\xed\xa0\x80"}', "BadJson"),
        (b'{"q": "\\ud800"}', "BadJson"),
        (b'{"q": "\\ud800\\u0041"}', "BadJson"),
        (b'{"q": "a\x00b"}', "BadJson"),
        (b'{"timeout": NaN}', "BadJson"),
        (b'{"timeout": Infinity}', "BadJson"),
        (b'{"timeout": 1e999}', "BadRequest"),
        (b'{"timeout": -1}', "BadRequest"),
        (b'{"limit": ' + b"9" * 100_000 + b"}", "BadRequest"),
        (b'{"limit": 1.5}', "BadRequest"),
        (b'{"limit": true}', "BadRequest"),
        (b'{"q": ' + b"[" * DEEP + b"]" * DEEP + b"}", "BadRequest BadJson"),
        (b"[" * DEEP, "BadRequest BadJson"),
        (b'{"a":' * DEEP, "BadRequest BadJson"),
        ('{"q": "a"}'.encode("utf-16"), "BadJson"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_body_that_cannot_be_is_said(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post(SEARCH, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"].rpartition(":")[2] in kind.split()


@pytest.mark.parametrize(
    "body", [b'{"q": "a\\u0000b"}', b'{"q": "a", "q": "lesson"}', b'{"q": "\\ud83d\\ude00"}']
)
def test_what_json_allows_is_searched_for(client: TestClient, body: bytes) -> None:
    answer = client.post(SEARCH, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200, answer.text


def test_documents_are_not_nested_without_end(client: TestClient) -> None:
    body = b'{"body": ' + b"[" * DEEP + b"]" * DEEP + b"}"
    headers = {"Content-Type": "application/json"}
    answer = client.put("/v1/indexes/main/documents/1", content=body, headers=headers)
    assert answer.status_code == 400, answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/indexes/../../etc/passwd", 404),
        ("/v1/indexes/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
        ("/v1/indexes/..", 404),
        ("/v1/indexes/%00", 404),
        ("/v1/indexes/main%00", 404),
        ("/v1/indexes/main%0d%0aSet-Cookie:x", 404),
        ("/v1/indexes/%ff%fe", 404),
        ("/v1//indexes", 404),
        ("//evil.example/x", 404),
        ("/" + "a" * 5000, 404),
        ("/v1/indexes/main/search?q=%ff", 200),
        ("/v1/indexes/main/search?q=%00", 200),
        ("/v1/indexes/main/search?q=%ed%a0%80", 200),
        ("/v1/indexes/main/search?" + "&".join(["q=a"] * 2000), 400),
        ("/v1/indexes/main/search?q=a&timeout=nan", 400),
        ("/v1/indexes/main/search?q=a&timeout=inf", 200),
        ("/v1/indexes/main/search?q=a&limit=1e3", 200),
        ("/v1/indexes/main/search?q=a&limit=999999999999999999999999", 200),
        ("/v1/indexes/main/search?q=a&%00=%00", 400),
        ("/v1/indexes/main/search?&&&==&", 400),
    ],
)
def test_absurd_addresses(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-type"] in ("application/json", "application/problem+json")


def test_an_answer_has_a_size(tmp_path: Path) -> None:
    documents = [{"id": str(number), "body": "lesson " * 2000} for number in range(100)]
    main = {"main": str(make_index(tmp_path / "main", documents))}
    with served(main, limits=Limits(page_bytes=1_000_000)) as client:
        for path in (SEARCH, SEARCH.replace("search", "instant")):
            assert client.get(path, params={"q": "lesson", "limit": "50"}).status_code == 200
            answer = client.get(path, params={"q": "lesson", "limit": "100"})
            assert (answer.status_code, answer.json()["type"]) == (413, "urn:searchlib:problem:TooLarge")


def test_all_bodies_together_have_a_size(tmp_path: Path) -> None:
    main = {"main": str(make_index(tmp_path / "main"))}
    with served(main, limits=Limits(bodies_bytes=1000)) as client:
        for _ in range(3):  # what one held is given back
            assert client.post(SEARCH, json={"q": "a" * 500}).status_code == 200
            answer = client.post(SEARCH, json={"q": "a" * 2000})
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


@given(body=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_get_an_answer(client: TestClient, body: bytes) -> None:
    answer = client.post(SEARCH, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400)


@given(query=st.text(max_size=60), path=st.text(max_size=30))
def test_any_text_gets_an_answer(client: TestClient, query: str, path: str) -> None:
    asked = query.encode("utf-8", "replace").decode()
    assert client.get(SEARCH, params={"q": asked}).status_code in (200, 400)
    assert client.post(SEARCH, json={"q": asked, "filter": [asked]}).status_code in (200, 400)
    assert client.get("/v1/indexes/" + "x" + path.encode("utf-8", "replace").hex()).status_code == 404

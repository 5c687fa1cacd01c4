"""A server without keys answers this machine: no page of another site, by whatever name, and no proxy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import make_index, served
from starlette.testclient import TestClient

from searchlib.serve.access.hosts import checked_name, checked_origin
from searchlib.serve.access.keys import Key, digest_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("hosts") / "main")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with served({"main": str(folder)}, allow_hosts=()) as client:
        yield client


SEARCH = "/v1/indexes/main/search?q=lesson"


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:7700", "127.0.0.1:7700", "[::1]:7700", "LOCALHOST.", "app.localhost:80"],
)
def test_names_of_this_machine_are_its_own(client: TestClient, host: str) -> None:
    assert client.get(SEARCH, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7700",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::1",
        "1.2.3.4",
    ],
)
def test_a_name_that_was_turned_here_is_refused(client: TestClient, host: str) -> None:
    for path in (SEARCH, "/health", "/openapi.json", "/nothing"):
        answer = client.get(path, headers={"Host": host})
        assert (answer.status_code, answer.json()["type"]) == (421, "urn:searchlib:problem:Misdirected")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host"])
def test_a_proxy_is_refused_until_it_is_named(client: TestClient, folder: Path, header: str) -> None:
    answer = client.get(SEARCH, headers={header: "1.2.3.4"})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:searchlib:problem:Forwarded")
    with served({"main": str(folder)}, allow_hosts=("search.example",)) as named:
        headers = {header: "1.2.3.4", "Host": "search.example"}
        assert named.get(SEARCH, headers=headers).status_code == 200
        assert named.get(SEARCH, headers=headers | {"Host": "other.example"}).status_code == 421


WRITE: dict[str, Any] = {"url": "/v1/indexes/main/documents/delete", "json": {"ids": []}}


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "http://localhost:8080"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://localhost.evil.example"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
    ],
)
def test_only_own_pages_write(client: TestClient, headers: dict[str, str], may: bool) -> None:
    answer = client.post(**WRITE, headers=headers)
    assert answer.status_code == (200 if may else 403), answer.text
    assert client.get(SEARCH, headers=headers).status_code == 200
    if not may:
        assert answer.json()["type"] == "urn:searchlib:problem:ForeignPage"
        assert "access-control-allow-origin" not in client.get(SEARCH, headers=headers).headers


def test_a_form_of_another_page_is_no_json(client: TestClient) -> None:
    """What a page can send without asking first: these types, or none at all."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.post(WRITE["url"], content=b'{"ids": ["1"]}', headers={"Content-Type": kind})
        assert answer.status_code == 415


def test_pages_that_are_named_may_ask(folder: Path) -> None:
    asked = {"Origin": "https://site.example", "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "content-type, authorization, x-meilisearch-client"
    with served({"main": str(folder)}, cors=("https://site.example",)) as client:
        preflight = client.options(WRITE["url"], headers=asked)
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == "https://site.example"
        assert "access-control-allow-credentials" not in preflight.headers
        answer = client.post(**WRITE, headers={"Origin": "https://site.example"})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "https://site.example"
        assert "Origin" in answer.headers["vary"]
        for other in ("https://evil.example", "http://site.example", "https://site.example.evil.example"):
            refused = client.options(WRITE["url"], headers=asked | {"Origin": other})
            assert "access-control-allow-origin" not in refused.headers
            assert client.post(**WRITE, headers={"Origin": other}).status_code == 403


def test_errors_are_for_named_pages_too(folder: Path) -> None:
    with served({"main": str(folder)}, cors=("https://site.example",)) as client:
        answer = client.get("/v1/indexes/none", headers={"Origin": "https://site.example"})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (
            404,
            "https://site.example",
        )


def test_with_keys_any_name_will_do(folder: Path) -> None:
    secret = "a-key-of-the-server-0123"
    key = Key("site", digest_of(secret))
    headers = {"Host": "search.example", "X-Forwarded-For": "1.2.3.4", "Authorization": f"Bearer {secret}"}
    with served({"main": str(folder)}, keys=(key,)) as client:
        assert client.get(SEARCH, headers=headers).status_code == 200
        assert client.get(SEARCH, headers=headers | {"Authorization": ""}).status_code == 401
    with served({"main": str(folder)}, keys=(key,), allow_hosts=("search.example",)) as client:
        assert client.get(SEARCH, headers=headers).status_code == 200
        assert client.get(SEARCH, headers=headers | {"Host": "other.example"}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["*", "https://a.example", "http://localhost:3000", "http://[::1]:80", "tauri://localhost"]
)
def test_origins_as_browsers_send_them(origin: str) -> None:
    if origin == "http://[::1]:80":  # a browser leaves that port out
        with pytest.raises(ValueError, match="--cors"):
            checked_origin(origin)
    else:
        assert checked_origin(origin) == origin


@pytest.mark.parametrize(
    "origin",
    [
        *(
            "a.example",
            "https://a.example/",
            "https://A.example",
            "https://a.example:443",
            "https://*.example",
        ),
        *(
            "https://a.example/path",
            "null",
            "",
            " https://a.example",
            "https://пример.example",
            "https://a,b",
        ),
    ],
)
def test_an_origin_that_no_browser_sends_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match=r"--cors takes \* or an origin"):
        checked_origin(origin)


def test_names_of_a_server_have_no_port() -> None:
    for name in ("search.example.org", "localhost", "10.0.0.1", "::1", "[::1]", "my_host"):
        assert checked_name(name) == name
    for name in (
        "https://search.example.org",
        "search.example.org:443",
        "search.example.org/",
        "",
        "a b",
        "*",
    ):
        with pytest.raises(ValueError, match="--allow-host takes a name"):
            checked_name(name)

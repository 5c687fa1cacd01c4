"""search over HTTP says what Index.search says, and refuses what it cannot do by a problem document."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from serving import make_index, served
from starlette.testclient import TestClient

import searchlib
from searchlib.serve.types.responses import SearchResponse


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("served") / "main")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with served({"main": str(folder)}) as client:
        yield client


def search(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.post("/v1/indexes/main/search", json=asked)
    assert answer.status_code == 200, answer.text
    msgspec.json.decode(answer.content, type=SearchResponse)
    return dict(answer.json())


def test_it_finds_what_the_library_finds(client: TestClient, folder: Path) -> None:
    found = search(client, q="идти человек")
    expected = searchlib.open(folder).search("идти человек")
    assert [(hit["id"], hit["score"]) for hit in found["hits"]] == [(hit.id, hit.score) for hit in expected]
    assert found["total"] == expected.total == 1
    assert found["hits"][0]["fragments"][0]["spans"] == [[0, 4], [5, 8]]


def test_a_query_string_says_the_same_as_a_body(client: TestClient) -> None:
    asked = {"q": "выборы OR lesson", "facets": ["tags"], "sort": ["-year"], "limit": 1}
    by_string = client.get("/v1/indexes/main/search", params=asked).json()
    by_body = search(client, **asked)
    by_string.pop("elapsed_ms"), by_body.pop("elapsed_ms")
    assert by_string == by_body
    assert [hit["id"] for hit in by_body["hits"]] == ["2"]
    assert by_body["facets"]["tags"]["buckets"] == [{"value": "politics", "count": 1}]


def test_pages_go_on_where_the_last_one_ended(client: TestClient) -> None:
    found: list[str] = []
    cursor = None
    while True:
        page = search(client, q="politics OR lessons OR tags:politics", limit=1, after=cursor)
        if not page["hits"]:
            break
        found += [hit["id"] for hit in page["hits"]]
        cursor = page["cursor"]
    assert sorted(found) == ["1", "2", "3"]


def test_what_finds_nothing_says_what_may_have_been_meant(client: TestClient) -> None:
    found = search(client, q="ghtpbltyn")
    assert found["hits"] == []
    assert found["suggestions"][0]["query"] == "президент"
    assert found["reasons"]


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ({"q": "a", "limt": 3}, 400, "BadRequest"),
        ({"q": "a", "limit": -1}, 400, "BadRequest"),
        ({"q": "a", "sort": ["nothing"]}, 400, "UnknownFieldError"),
        ({"q": "nothing:a", "strict": True}, 400, "UnknownFieldError"),
        ({"q": "a", "after": "nonsense"}, 400, "CursorError"),
        ({"q": "a", "facets": ["tags:what"]}, 400, "QueryError"),
    ],
)
def test_a_refusal_is_a_problem(client: TestClient, asked: dict[str, Any], status: int, kind: str) -> None:
    answer = client.post("/v1/indexes/main/search", json=asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:searchlib:problem:{kind}"
    assert problem["status"] == status
    assert problem["detail"]


def test_an_index_that_is_not_served_is_said(client: TestClient) -> None:
    answer = client.get("/v1/indexes/other/search", params={"q": "a"})
    assert answer.status_code == 404
    assert "main" in answer.json()["detail"]


def test_a_path_that_is_none_is_a_problem_too(client: TestClient) -> None:
    assert client.get("/v2").headers["content-type"] == "application/problem+json"
    assert client.delete("/health").status_code == 405


def test_instant_answers_while_one_types(client: TestClient, folder: Path) -> None:
    for text in ("т", "таш", "ташкенте пер", "less", "nfirty"):
        answer = client.get("/v1/indexes/main/instant", params={"q": text})
        msgspec.json.decode(answer.content, type=SearchResponse)
        expected = searchlib.open(folder).instant(text)
        found = answer.json()
        assert [(hit["id"], hit["score"]) for hit in found["hits"]] == [
            (hit.id, hit.score) for hit in expected
        ]
        assert (found.get("instead") or {}).get("query") == (expected.instead and expected.instead.query)
        by_body = client.post("/v1/indexes/main/instant", json={"q": text, "facets": ["tags"]}).json()
        assert by_body["hits"] == found["hits"] and "tags" in by_body["facets"]
    assert found["hits"][0]["id"] == "3"


def test_an_instant_search_counts_documents_with_all_words_beside_those_with_some(
    client: TestClient, folder: Path
) -> None:
    path = "/v1/indexes/main/instant"
    text = "police lessons politics"
    found = client.get(path, params={"q": text}).json()
    here = searchlib.open(folder).instant(text)
    assert (found["total"], found["total_with_all"]) == (here.total, here.total_with_all)
    assert here.total_with_all is not None and here.total_with_all < here.total
    assert "total_with_all" not in client.get(path, params={"q": text, "count": "false"}).json()

"""A key with a filter sees its own documents through the doors of InstantSearch front ends, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from books import books, make_shelf
from serving import served
from starlette.testclient import TestClient

from searchlib.serve.access.keys import Key, digest_of

SECRET = "a-key-of-one-tenant-01234"
OWN = {book["id"] for book in books() if book["language"] == "ru"}
SCOPES = frozenset(("search", "read"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("shelf") / "books"
    key = Key("tenant", digest_of(SECRET), SCOPES, frozenset(("books",)), "language:ru")
    with served({"books": str(make_shelf(folder)), "others": str(folder)}, keys=(key,)) as client:
        client.headers["Authorization"] = f"Bearer {SECRET}"
        yield client


def post(client: TestClient, path: str, **asked: Any) -> dict[str, Any]:
    answer = client.post(path, json=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"filter": "language = en OR language = ru"},
        {"filter": [["language = en", "language = ru"]]},
        {"filter": "NOT language = ru"},
        {"q": "novel роман"},
        {"q": "*:*"},
        {"q": "роман) OR (novel"},
        {"distinct": "author"},
        {"sort": ["year:asc"]},
        {"q": "novel роман", "matchingStrategy": "all"},
    ],
)
def test_no_search_shows_a_document_of_others(client: TestClient, asked: dict[str, Any]) -> None:
    asked = {**asked, "facets": ["*"], "limit": 100}
    alone = post(client, "/indexes/books/search", **asked)
    among = post(client, "/multi-search", queries=[{"indexUid": "books", **asked}])["results"][0]
    for found in (alone, among):
        assert {hit["id"] for hit in found["hits"]} <= OWN
        assert found["estimatedTotalHits"] <= len(OWN)
        assert "en" not in found["facetDistribution"]["language"]
        assert sum(found["facetDistribution"]["year"].values()) <= len(OWN)
    del asked["facets"], asked["limit"]
    federation = {"limit": 100, "facetsByIndex": {"books": ["language"]}}
    together = post(client, "/multi-search", queries=[{"indexUid": "books", **asked}], federation=federation)
    assert {hit["id"] for hit in together["hits"]} <= OWN
    assert "en" not in together["facetsByIndex"]["books"]["distribution"]["language"]


def test_values_and_documents_of_others_are_not_there(client: TestClient) -> None:
    values = post(client, "/indexes/books/facet-search", facetName="genre", facetQuery="nov")
    assert values["facetHits"] == []
    other = next(book["id"] for book in books() if book["id"] not in OWN)
    assert client.get(f"/indexes/books/documents/{other}").json()["code"] == "document_not_found"
    assert client.get(f"/indexes/books/documents/{min(OWN)}").status_code == 200
    merged = post(
        client, "/v1/search", queries=[{"index": "books", "q": "*:*", "facets": ["genre"]}], merge=True
    )
    assert merged["total"] == len(OWN)
    assert {hit["id"] for hit in merged["hits"]} <= OWN
    assert "novel" not in [bucket["value"] for bucket in merged["facets"]["genre"]["buckets"]]


def test_what_a_key_may_not_has_the_shape_of_the_front_end(client: TestClient) -> None:
    hidden = client.post("/indexes/others/search", json={})
    assert (hidden.status_code, hidden.json()["code"]) == (404, "index_not_found")
    assert "others" not in hidden.json()["message"].partition(";")[2]
    whole = client.get("/indexes/books/stats")
    assert (whole.status_code, whole.json()["code"]) == (403, "invalid_api_key")
    nobody = client.post("/multi-search", json={"queries": []}, headers={"Authorization": ""})
    assert (nobody.status_code, nobody.json()["code"]) == (401, "missing_authorization_header")
    wrong = client.get("/version", headers={"Authorization": "Bearer nobody"})
    assert (wrong.status_code, wrong.json()["type"]) in ((401, "auth"), (403, "auth"))

"""What an index is asked over HTTP besides a search: each answer is the library's, in JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from serving import make_index, served
from starlette.testclient import TestClient

import searchlib
from searchlib.serve.operations.table import OPERATIONS

IDS = ["a/b c", "x#y?z=1&b", "Ёлка 🎄", "new\nline", "//", "a+b", "delete", "..;/x"]
"""Without %, which the tests' client decodes twice; tests/client has it, over a socket."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_index(tmp_path_factory.mktemp("asked") / "main")
    with searchlib.open(path).writer() as writer:
        for name in IDS:
            writer.add({"id": name, "title": name, "day": "2024-05-01"})
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with served({"main": str(folder)}) as client:
        yield client


@pytest.mark.parametrize("path", ["search?q=x", "instant?q=x", "similar?id=a%2Bb"])
def test_a_field_to_be_shown_that_there_is_not_is_refused(client: TestClient, path: str) -> None:
    answer = client.get(f"/v1/indexes/main/{path}&show=zz")
    assert answer.status_code == 400 and answer.json()["type"].endswith("UnknownFieldError"), answer.text
    assert "there is no field 'zz'" in answer.json()["detail"]
    assert client.get(f"/v1/indexes/main/{path}&show=id&show=title").status_code == 200
    body = {"queries": [{"index": "main", "q": "x", "show": ["zz"]}], "merge": True}
    assert "there is no field 'zz'" in client.post("/v1/search", json=body).text


def asked(client: TestClient, path: str, body: Any = None, **query: Any) -> Any:
    """The answer, which is of the type that the OpenAPI document says."""
    url = f"/v1/indexes/main/{path}"
    answer = client.get(url, params=query) if body is None else client.post(url, json=body)
    assert answer.status_code == 200, answer.text
    method = "GET" if body is None else "POST"
    (operation,) = (one for one in OPERATIONS if one.path.endswith(f"/{path}") and one.method == method)
    msgspec.json.decode(answer.content, type=operation.answer)
    return answer.json()


def test_suggestions_and_completions(client: TestClient) -> None:
    (first, *_) = asked(client, "suggest", q="ghtpbltyn")["suggestions"]
    assert first["query"] == "президент" and first["corrections"][0]["reason"] == "keyboard layout"
    assert asked(client, "suggest", {"q": "ghtpbltyn"})["suggestions"][0] == first
    found = asked(client, "complete", q="le", limit=5)["completions"]
    assert {one["word"] for one in found} >= {"lessons", "learned"}
    assert asked(client, "complete", {"q": "le", "fields": ["title"]})["completions"][0]["word"] == "lessons"


def test_how_a_query_is_understood(client: TestClient) -> None:
    found = asked(client, "explain", {"query": "the lessons", "strict": True})
    assert {part["text"]: part["is_dropped"] for part in found["parts"]} == {"the": True, "lessons": False}
    (reason,) = asked(client, "why-nothing", {"query": "выборы lessons tags:city"})["reasons"] or [None]
    assert reason is None
    reasons = asked(client, "why-nothing", {"query": "+выборы +lessons"})["reasons"]
    assert [one["kind"] for one in reasons] == ["apart"]
    assert asked(client, "words-missing", {"id": "2", "text": "lesson Ташкент"})["words"] == ["Ташкент"]
    refused = client.post("/v1/indexes/main/words-missing", json={"id": "nobody", "text": "lesson"})
    assert (refused.status_code, refused.json()["type"]) == (404, "urn:searchlib:problem:DocumentNotFound")


def test_similar_documents(client: TestClient) -> None:
    answer = client.get("/v1/indexes/main/similar", params={"id": "nobody"})
    assert answer.status_code == 404 and "no document" in answer.json()["detail"]
    assert answer.json()["type"].endswith(":DocumentNotFound")
    assert asked(client, "similar", id="1", show="title", fragments=1)["hits"] == []


@pytest.mark.parametrize("name", IDS)
def test_any_id_stands_in_a_path(client: TestClient, name: str) -> None:
    answer = client.get(f"/v1/indexes/main/documents/{quote(name, safe='')}")
    assert answer.json() == {"id": name, "fields": {"title": name, "day": "2024-05-01"}}
    assert asked(client, "documents", id=[name, "nobody"])["ids"] == [name]


def test_a_document_that_there_is_not(client: TestClient) -> None:
    answer = client.get("/v1/indexes/main/documents/nobody")
    assert answer.status_code == 404 and answer.json()["type"].endswith(":DocumentNotFound")


def test_documents_page_by_page(client: TestClient, folder: Path) -> None:
    index = searchlib.open(folder)
    found: list[str] = []
    cursor = None
    for _ in range(20):
        page = asked(client, "documents", limit=3, content=True, **({"after": cursor} if cursor else {}))
        assert len(page["documents"]) == len(page["ids"]) <= 3
        found += page["ids"]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert found == list(index.ids())
    assert asked(client, "documents", prefix="a")["ids"] == ["a/b c", "a+b"]
    for wrong in ({"after": "nonsense"}, {"after": "WzAsIDFd"}, {"id": "1", "content": True}):
        answer = client.get("/v1/indexes/main/documents", params=wrong)
        assert answer.status_code == 400, wrong


def test_a_page_goes_on_where_documents_went_meanwhile(tmp_path: Path) -> None:
    path = make_index(tmp_path / "main", [{"id": number, "title": "x"} for number in range(6)])
    with served({"main": str(path)}, refresh_seconds=0.0) as client:
        page = asked(client, "documents", limit=3)
        with searchlib.open(path).writer() as writer:
            writer.delete("0")
            writer.merge()
        assert asked(client, "documents", after=page["cursor"])["ids"] == ["3", "4", "5"]
        with searchlib.open(path).writer() as writer:
            writer.delete("2")
            writer.merge()
        answer = client.get("/v1/indexes/main/documents", params={"after": page["cursor"]})
        assert answer.status_code == 400 and "first page" in answer.json()["detail"]


def test_terms_page_by_page(client: TestClient, folder: Path) -> None:
    expected = [one.as_dict() for one in searchlib.open(folder).terms("body", places=True)]
    for keeps in (True, False):
        found: list[dict[str, Any]] = []
        after: dict[str, str] = {}
        while True:
            page = asked(client, "terms", field="body", limit=4, places=True, **after)
            found += page["terms"]
            if page["after"] is None:
                break
            after = {"after": page["after"]}
            if not keeps:  # walks that nobody went on with are forgotten
                client.app.state.walks._kept.clear()  # type: ignore[attr-defined]
        assert found == expected
    assert client.get("/v1/indexes/main/terms", params={"field": "year"}).status_code == 400


def test_schema_and_metadata(client: TestClient, folder: Path) -> None:
    index = searchlib.open(folder)
    found = asked(client, "schema")
    assert searchlib.Schema.from_dict(found["fields"]) == index.schema
    assert (found["generation"], found["documents"]) == (index.generation, len(index))
    assert asked(client, "metadata") == dict(index.metadata)
    assert asked(client, "holdings") == {"holdings": []}


@pytest.mark.parametrize(
    "body",
    [
        {"query": {"node": "nothing"}},
        {"query": {"node": "word", "text": 5}},
        {"query": {"node": "and", "operands": [{"node": "word", "text": "a", "boost": -1}]}},
        {"query": {"node": "not", "operand": "a"}},
        {"query": {"node": "variants", "operand": {"node": "word", "text": "a"}, "variants": [3]}},
        {"query": "a", "filter": {"field": "year", "operator": "like", "values": [1]}},
        {"query": "a", "filter": {"field": "year", "operator": "from", "values": []}},
        {"query": "a", "filter": {"field": "day", "operator": "any", "values": [{"date": "soon"}]}},
        {"query": "a", "filter": {"all": []}},
        {"query": "a", "sort": {"kind": "terms", "field": "tags"}},
        {"query": "a", "facets": [{"kind": "terms", "field": "tags", "limit": -1}]},
        {"query": "a", "boost_by": {"kind": "recency", "field": "day", "half_life": {"seconds": 1e300}}},
        {"query": "a", "synonyms": [["a"]]},
        {"query": "a", "synonyms": [[["a"], [5]]]},
        {"query": "a", "translations": {"max_words": 1, "terms": {"a": [["b", 5]]}}},
        {"query": "a", "ranking": {"kind": "ranking", "exact": -1}},
    ],
    ids=str,
)
def test_what_is_no_question_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post("/v1/indexes/main/results", json=body)
    assert answer.status_code == 400 and answer.json()["detail"], answer.text


def test_a_deep_tree_is_too_complex(client: TestClient) -> None:
    tree: dict[str, Any] = {"node": "word", "text": "a"}
    for _ in range(150):
        tree = {"node": "not", "operand": tree}
    answer = client.post("/v1/indexes/main/results", json={"query": tree})
    assert answer.status_code == 400 and answer.json()["type"].endswith(":QueryTooComplex")


def test_another_method_is_told_which_there_are(client: TestClient) -> None:
    for path, known in (("documents/delete", "POST"), ("documents/any", "DELETE, GET, HEAD, PUT")):
        answer = client.request("PATCH", f"/v1/indexes/main/{path}")
        assert (answer.status_code, answer.headers["allow"]) == (405, known)
    assert client.request("PATCH", "/v1/nowhere").status_code == 404

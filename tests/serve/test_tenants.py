"""A key with a filter sees its own documents, in whatever way it asks."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from serving import path_of, served
from starlette.testclient import TestClient

from searchlib import Index, Keyword, Schema, Text
from searchlib.errors import QueryError
from searchlib.serve.access.keys import Key, digest_of
from searchlib.serve.access.tenants import Narrowed
from searchlib.serve.operations.operation import Operation
from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.problems import ProblemError

OURS = [
    {"id": "o1", "body": "the lake is calm, boats wait for the merger", "tenant": "ours", "kind": "note"},
    {"id": "o2", "body": "boats by the lake, президент и выборы", "tenant": "ours", "kind": "mail"},
]
THEIRS = [
    {"id": "zt-0001", "body": "a lake, boats, zebrafish and zanzibar", "tenant": "zetacorp", "kind": "zmemo"},
    {"id": "zt-0002", "body": "zanzibar zirconium boats", "tenant": "zetacorp", "kind": "zmemo"},
    {"id": "zt-0003", "body": "zanzibar again", "title": "zanzibar", "tenant": "zetacorp", "kind": "note"},
]
SECRET_WORDS = ("zebrafish", "zanzibar", "zirconium", "zetacorp", "zmemo", "zt-0001", "zt-0002", "zt-0003")
"""Long ones: three letters stood in a sealed cursor by chance, in one of twenty runs."""
QUERIES = (
    *SECRET_WORDS,
    "z*",
    "zanzibr",
    "ｚanzibar",
    "zebra fish",
    "*:*",
    "lake OR zanzibar",
    "NOT ours",
    "tenant:zetacorp",
    "id:zt-0001",
    "lake",
    "boats merger",
    "sanzibar~",
    "zebr",
    "фтяшифк",
)

SECRET = "of-our-tenant-0123456789"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tenants") / "main"
    schema = Schema(
        title=Text(),
        body=Text(),
        tenant=Keyword(column=True),
        kind=Keyword(column=True),
        hidden=Text(default=False),
    )
    index = Index.create(path, schema)
    with index.writer() as writer:
        for document in (*OURS, *THEIRS):
            writer.add(document)
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    scopes = frozenset(("search", "read"))
    tenant = Key("ours", digest_of(SECRET), scopes, filter="tenant:ours")
    nothing = Key("nothing", digest_of("sees-nothing-at-all"), scopes, filter="")
    with served({"main": str(folder)}, keys=(tenant, nothing)) as client:
        client.headers["Authorization"] = f"Bearer {SECRET}"
        yield client


@pytest.fixture(scope="module")
def narrowed(folder: Path) -> Iterator[Narrowed]:
    with Index.open(folder) as index:
        yield Narrowed(index, "tenant:ours")


def leaks(text: str, asked: str) -> list[str]:
    """Words of others in an answer, but for those that were asked for."""
    asked = unicodedata.normalize("NFKC", asked).lower()
    return [word for word in SECRET_WORDS if word in text.lower() and word not in asked]


# ---- over HTTP

FACETS = [
    "tenant",
    "kind:distinct",
    {"type": "terms", "field": "tenant", "name": "all", "excluding_own": True},
    {"type": "terms", "field": "kind", "name": "kinds", "excluding_own": True},
    {"type": "distinct", "field": "tenant", "name": "tenants", "excluding_own": True},
]
ASKED: list[dict[str, Any]] = [
    {},
    {"facets": FACETS},
    {"facets": FACETS, "filter": ["tenant:ours"]},
    {"facets": FACETS, "filter": ["tenant:zetacorp"]},
    {"filter": ["tenant:ours OR tenant:zetacorp"], "explain": True},
    {"filter": ["*:*"], "sort": ["tenant", "_score"], "limit": 1000},
    {"group_by": {"field": "tenant", "hits": 10}},
    {"expand": "bo1"},
    {"cross_script": True},
    {"plain": True},
    {"fields": ["title", "body", "kind", "hidden"]},
    {"ranking": "rich", "offset": 1},
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "+".join(asked) or "plain")
def test_a_search_shows_nothing_of_others(client: TestClient, asked: dict[str, Any]) -> None:
    for query in QUERIES:
        answer = client.post("/v1/indexes/main/search", json={"q": query, **asked})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert {hit["id"] for hit in found["hits"]} <= {"o1", "o2"}
        assert found["total"] <= 2
        assert not leaks(answer.text, query + str(asked)), (query, answer.text)
        for name, facet in found["facets"].items():
            counted = {bucket["value"]: bucket["count"] for bucket in facet.get("buckets", ())}
            assert set(counted) <= {"ours", "note", "mail"}, (name, query)
            assert all(count <= 2 for count in counted.values())
            assert facet.get("distinct", facet.get("count", 0)) <= 2
        for group in found.get("groups", ()):
            assert group["value"] == "ours"


def test_every_operation_shows_nothing_of_others_or_is_closed(client: TestClient) -> None:
    """Each of the table that is not closed to such keys: with queries, words, ids and prefixes of others."""
    opened = []
    for operation in OPERATIONS:
        if operation.scope == "public":
            continue
        if not operation.for_tenants:
            assert _ask(client, operation, "zanzibar").status_code == 403, operation.name
            continue
        opened.append(operation.name)
        own = _ask(client, operation, "lake", "o1")
        assert own.status_code == 200, (operation.name, own.text)
        # The id that was asked for may be said again; that document is none of ours.
        for word in (*QUERIES, "z", "b"):
            answer = _ask(client, operation, word)
            assert not leaks(answer.text, f"{word} zt-0001"), (operation.name, word, answer.text)
    assert {"search", "instant", "list_indexes", "get_index", "instantsearch_several"} <= set(opened)


def _ask(client: TestClient, operation: Operation, word: str, id: str = "zt-0001") -> Any:
    """With the word wherever a request of that operation takes a string, and the id where it takes one."""
    path = path_of(operation, "main", id)
    asked = _asked(operation.query if operation.method == "GET" else operation.body, word, id)
    if operation.method == "GET":
        return client.get(path, params={name: value for name, value in asked.items() if name in _STRINGS})
    return client.request(operation.method, path, json=asked)


_STRINGS = ("q", "text", "prefix", "query", "field", "id", "document_id")


def _asked(kind: Any, word: str, id: str) -> dict[str, Any]:
    fields = msgspec.structs.fields(kind) if kind else ()
    names = {field.encode_name for field in fields}
    words = {name: word for name in ("q", "text", "prefix", "query", "facetQuery") if name in names}
    if "document_id" in names or "id" in names:  # one of the two is asked for
        wanted = {field.encode_name for field in fields if field.required}
        words = {name: word for name in words if name not in ("text", "prefix") or name in wanted}
    others = {"field": "body", "id": id, "document_id": id, "ids": [id], "facetName": "tenant"}
    found: dict[str, Any] = words | {name: value for name, value in others.items() if name in names}
    if names >= {"queries", "strict"} and "merge" not in names:  # of Index.search_many
        found["queries"] = [word, "lake"]
    elif "queries" in names:
        of_front_ends = "federation" in names
        one = {"indexUid": "main", "facets": ["tenant", "kind"]} if of_front_ends else {"index": "main"}
        found["queries"] = [{**one, "q": word}]
    return found


def test_counts_are_those_of_what_is_seen(client: TestClient) -> None:
    (listed,) = client.get("/v1/indexes").json()["indexes"]
    assert listed["documents"] == 2
    assert client.get("/v1/indexes/main").json()["documents"] == 2
    assert client.get("/v1/indexes/main/search", params={"q": "boats"}).json()["total"] == 2


def test_an_empty_filter_finds_nothing(client: TestClient) -> None:
    headers = {"Authorization": "Bearer sees-nothing-at-all"}
    for query in ("*:*", "lake", "tenant:ours"):
        found = client.get("/v1/indexes/main/search", params={"q": query}, headers=headers).json()
        assert (found["hits"], found["total"]) == ([], 0)
    assert client.get("/v1/indexes/main", headers=headers).json()["documents"] == 0


def test_own_documents_are_found_as_ever(client: TestClient) -> None:
    found = client.get("/v1/indexes/main/search", params={"q": "президенты"}).json()
    assert [hit["id"] for hit in found["hits"]] == ["o2"]
    found = client.get("/v1/indexes/main/search", params={"q": "ghtpbltyn"}).json()
    assert [one["query"] for one in found["suggestions"]] == ["президент"]


# ---- in the library


def test_suggestions_and_completions_are_own_words(narrowed: Narrowed, folder: Path) -> None:
    with Index.open(folder) as index:
        assert [one.word for one in index.complete("zan")] == ["zanzibar"]
        assert [one.query for one in index.suggest("zanzibaar")] == ["zanzibar"]
    assert narrowed.complete("zan") == []
    assert narrowed.suggest("zanzibaar") == []
    assert [(one.word, one.num_docs) for one in narrowed.complete("boa")] == [("boats", 2)]
    assert [one.query for one in narrowed.suggest("meerger")] == ["merger"]


def test_documents_of_others_are_not_there(narrowed: Narrowed) -> None:
    assert narrowed.get("zt-0001") is None
    assert "zt-0001" not in narrowed
    assert (narrowed.get("o1") or {})["tenant"] == "ours"
    assert list(narrowed.ids()) == ["o1", "o2"]
    assert list(narrowed.ids("z")) == []
    assert [document["id"] for document in narrowed] == ["o1", "o2"]
    assert len(narrowed) == 2
    with pytest.raises(QueryError, match="no document has the id 'zt-0001'"):
        narrowed.more_like("zt-0001")
    assert [hit.id for hit in narrowed.more_like("o1")] == ["o2"]
    assert {hit.id for hit in narrowed.more_like(text="zanzibar boats")} <= {"o1", "o2"}


@pytest.mark.parametrize("query", QUERIES)
def test_explanations_and_reasons_tell_of_own_documents(narrowed: Narrowed, query: str) -> None:
    told = narrowed.explain(query, cross_script=True)
    assert not leaks(str(told), query), told
    reasons = narrowed.why_nothing(query)
    assert not leaks(str([reason.as_dict() for reason in reasons]), query)
    assert all(reason.num_docs <= 2 for reason in reasons)


@pytest.mark.parametrize("name", ["stats", "terms", "metadata", "writer", "what_comes_later"])
def test_whatever_else_an_index_has_is_closed(narrowed: Narrowed, name: str) -> None:
    with pytest.raises(ProblemError, match="sees a part") as raised:
        getattr(narrowed, name)
    assert raised.value.problem.status == 403

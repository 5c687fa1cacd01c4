"""A key with a filter is told of no form, number, name or document that it does not see."""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import served
from starlette.testclient import TestClient

from searchlib import Index, Keyword, Schema, Text
from searchlib.errors import CursorError
from searchlib.serve.access.keys import Key, digest_of
from searchlib.serve.access.sealing import sealed, unsealed

DOCUMENTS = [
    {"id": "a1", "tenant": "acme", "body": "a report on penguins, made of steel", "tags": ["x"]},
    {"id": "a2", "tenant": "acme", "body": "reports of the zoo: a penguin", "tags": ["y"]},
    {"id": "a3", "tenant": "acme", "body": "заводы, «Сталью» и лукашенко", "tags": ["z"]},
    {"id": "b1", "tenant": "beta", "body": "reporting penguins, сталь", "tags": ["x"]},
    {"id": "b2", "tenant": "beta", "body": "lukashenka reporting a penguin, сталь", "tags": ["y"]},
    {"id": "b3", "tenant": "beta", "body": "reported penguins, сталь", "tags": ["zz"]},
]
SECRETS = {name: f"of-the-tenant-{name}-0123456789" for name in ("acme", "beta")}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("words") / "docs"
    schema = Schema(body=Text(), tenant=Keyword(column=True), tags=Keyword(column=True))
    with Index.create(folder, schema).writer() as writer:
        for document in DOCUMENTS:
            writer.add(document)
    scopes = frozenset(("search", "read"))
    tenants = [
        Key(name, digest_of(secret), scopes, filter=f"tenant:{name}") for name, secret in SECRETS.items()
    ]
    all_of_it = Key("all", digest_of("of-nobody-in-particular"), scopes)
    with served({"docs": str(folder)}, keys=(*tenants, all_of_it)) as client:
        yield client


def ask(client: TestClient, path: str, who: str = "acme", **params: Any) -> Any:
    secret = SECRETS.get(who, "of-nobody-in-particular")
    answer = client.get(
        f"/v1/indexes/docs/{path}", params=params, headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_completions_are_own_forms_with_own_counts(client: TestClient) -> None:
    def completed(who: str, text: str) -> dict[str, int]:
        found = ask(client, "complete", who, q=text)["completions"]
        return {one["word"]: one["num_docs"] for one in found}

    assert completed("acme", "rep") == {"report": 1, "reports": 1}
    assert completed("beta", "rep") == {"reporting": 2, "reported": 1}
    assert completed("acme", "ста") == {"сталью": 1}
    assert completed("acme", "peng") == {"penguin": 1, "penguins": 1}
    assert completed("all", "peng") == {"penguins": 3, "penguin": 2}


def test_suggestions_are_own_forms_with_own_counts(client: TestClient) -> None:
    assert [one["query"] for one in ask(client, "suggest", "all", q="сталл")["suggestions"]] == ["сталь"]
    assert ask(client, "suggest", q="сталл")["suggestions"] == []
    assert ask(client, "search", q="сталл")["suggestions"] == []
    assert "сталь" not in str(ask(client, "search", q="сталл"))
    (whole,) = ask(client, "suggest", "all", q="penguinn")["suggestions"]
    (own,) = ask(client, "suggest", q="penguinn")["suggestions"]
    assert [one["corrections"][0]["num_docs"] for one in (whole, own)] == [2, 1]
    assert (own["score"], own["corrections"][0]["score"]) == (1.0, 1.0)


def test_explanations_of_scores_name_no_words_of_others(client: TestClient) -> None:
    """The other way to write a name is there for who sees it."""
    asked = {"q": "лукашенко penguin", "cross_script": "true", "explain": "true"}
    assert "lukashenka" in str(ask(client, "search", "all", **asked)).replace("reporting", "")
    hits = ask(client, "search", **asked)["hits"]
    assert {hit["id"] for hit in hits} == {"a1", "a2", "a3"}
    for hit in hits:
        told = str(hit["explanation"])
        assert "idf of «" in told
        for hidden in ("lukashenka", "no match:", "df ", " documents"):
            assert hidden not in told.replace("idf ", "").replace("df + 0.5", ""), told
    negative = {"q": "penguin NOT лукашенко", "cross_script": "true", "explain": "true"}
    assert "lukashenka" not in str(ask(client, "search", **negative))


# ---- cursors


def made_up(document_id: str, number: int = 1_000_000) -> str:
    data = json.dumps([1, "tags", None, number, document_id]).encode()
    return base64.urlsafe_b64encode(zlib.crc32(data).to_bytes(4, "big") + data).decode().rstrip("=")


def test_cursors_go_on_and_cannot_be_made(client: TestClient) -> None:
    ids, after = [], None
    for _ in range(4):
        asked = {"q": "*:*", "sort": "tags", "limit": 1, **({"after": after} if after else {})}
        found = ask(client, "search", **asked)
        ids += [hit["id"] for hit in found["hits"]]
        after = found["cursor"]
        if after is None:
            break
        assert b"tags" not in base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
    assert ids == ["a1", "a2", "a3"]
    headers = {who: {"Authorization": f"Bearer {secret}"} for who, secret in SECRETS.items()}
    of_beta = ask(client, "search", "beta", q="*:*", sort="tags", limit=1)["cursor"]
    of_all = ask(client, "search", "all", q="*:*", sort="tags", limit=1)["cursor"]
    refused = set()
    for cursor in (made_up("b3"), made_up("none"), of_beta, of_all):
        params = {"q": "*:*", "sort": "tags", "after": cursor}
        answer = client.get("/v1/indexes/docs/search", params=params, headers=headers["acme"])
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:searchlib:problem:CursorError")
        refused.add(answer.json()["detail"].replace(repr(cursor)[:60], "").partition(", got")[0])
    assert len(refused) == 1  # nothing tells which document is there


@given(st.text(st.characters(codec="ascii"), max_size=100), st.text(max_size=20), st.text(max_size=20))
def test_what_is_sealed_is_read_for_its_filter_alone(cursor: str, filter: str, other: str) -> None:
    seal = sealed(cursor, filter)
    assert unsealed(seal, filter) == cursor
    assert sealed(cursor, filter) == seal
    for wrong in (cursor, seal[:-1], "A" + seal if seal[0] != "A" else "B" + seal, "é", 3, None):
        with pytest.raises(CursorError, match="first page"):
            unsealed(wrong, filter)
    if other != filter:
        with pytest.raises(CursorError):
            unsealed(seal, other)

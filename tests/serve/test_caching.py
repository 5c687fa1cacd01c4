"""A 304 where nothing changed, for the one who asked and for nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import make_index, served
from starlette.testclient import TestClient

import searchlib
from searchlib.serve.access.keys import Key, digest_of

SEARCH = "/v1/indexes/main/search"
SECRETS = ("the-first-key-0123456789", "the-other-key-0123456789")
KEYS = (
    Key("first", digest_of(SECRETS[0])),
    Key("other", digest_of(SECRETS[1]), frozenset(("search",)), filter="tags:city"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_index(tmp_path / "main")


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with served({"main": str(folder)}, refresh_seconds=0.0) as client:
        yield client


def test_nothing_is_sent_twice(client: TestClient, folder: Path) -> None:
    asked = {"q": "lesson"}
    first = client.get(SEARCH, params=asked)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(SEARCH, params=asked, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for known in (f'"x", {tag}', "*", tag.removeprefix("W/")):
        assert client.get(SEARCH, params=asked, headers={"If-None-Match": known}).status_code == 304
    for other in ({"q": "lessons"}, {"q": "lesson", "limit": "1"}):
        assert client.get(SEARCH, params=other, headers={"If-None-Match": tag}).status_code == 200
    head = client.head(SEARCH, params=asked)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    with searchlib.open(folder).writer() as writer:
        writer.add({"id": "9", "body": "another lesson"})
    changed = client.get(SEARCH, params=asked, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["total"]) == (200, 2)
    assert changed.headers["etag"] != tag


def test_a_write_over_http_is_seen_at_once(client: TestClient) -> None:
    tag = client.get(SEARCH, params={"q": "lesson"}).headers["etag"]
    assert client.put("/v1/indexes/main/documents/7", json={"body": "a lesson"}).status_code == 200
    changed = client.get(SEARCH, params={"q": "lesson"}, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["total"]) == (200, 2)


def test_another_index_under_the_name_has_other_tags(tmp_path: Path) -> None:
    with served({}, root=str(tmp_path), refresh_seconds=0.0) as client:
        tags = []
        for _ in range(3):
            client.put("/v1/indexes/main", json={})
            client.put("/v1/indexes/main/documents/7", json={"body": "a lesson"})
            tags.append(client.get(SEARCH, params={"q": "lesson"}).headers["etag"])
            assert client.delete("/v1/indexes/main").status_code == 200
        assert len(set(tags)) == 3


def test_no_key_has_the_answer_of_another(folder: Path) -> None:
    with served({"main": str(folder)}, keys=KEYS) as client:
        answers = [client.get(SEARCH, params={"q": "*:*"}, headers={"X-API-Key": key}) for key in SECRETS]
        assert [answer.json()["total"] for answer in answers] == [3, 1]
        tags = [answer.headers["etag"] for answer in answers]
        assert tags[0] != tags[1]
        assert answers[0].headers["cache-control"] == "private, no-cache"
        assert {"Authorization", "X-API-Key"} <= set(answers[0].headers["vary"].split(", "))
        crossed = client.get(
            SEARCH, params={"q": "*:*"}, headers={"X-API-Key": SECRETS[1], "If-None-Match": tags[0]}
        )
        assert crossed.status_code == 200
        assert client.get(SEARCH, params={"q": "*:*"}, headers={"If-None-Match": tags[0]}).status_code == 401


def test_a_key_that_sees_something_else_from_now_on_is_answered_anew(folder: Path) -> None:
    with served({"main": str(folder)}, keys=KEYS) as client:
        client.headers["X-API-Key"] = SECRETS[1]
        tag = client.get(SEARCH, params={"q": "*:*"}).headers["etag"]
        known = {"If-None-Match": tag}
        assert client.get(SEARCH, params={"q": "*:*"}, headers=known).status_code == 304
        client.app.state.keys.replace([KEYS[1].replace(filter="tags:politics")])  # type: ignore[attr-defined]
        again = client.get(SEARCH, params={"q": "*:*"}, headers=known)
        assert (again.status_code, again.json()["total"]) == (200, 2)


def test_what_may_change_at_any_time_is_not_kept(client: TestClient) -> None:
    for answer in (
        client.get("/v1/indexes/main"),
        client.post(SEARCH, json={"q": "lesson"}),
        client.get(SEARCH, params={"limit": "-1"}),
        client.get("/v1/indexes/none/search"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers

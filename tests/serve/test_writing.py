"""Documents over HTTP: a 200 is durable and visible, what does not fit is named, half of a job is nothing."""

import io
import json
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from serving import make_index, path_of, served
from starlette.testclient import TestClient

import searchlib
from searchlib.serve.operations.operation import Operation
from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.types.responses import AddedOut, DeletedOut

LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_index(tmp_path / "main")


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with served({"main": str(folder)}, root=str(folder.parent / "made")) as client:
        yield client


def lines(*documents: Any) -> bytes:
    return b"\n".join(json.dumps(document, ensure_ascii=False).encode() for document in documents)


def add(client: TestClient, body: bytes, index: str = "main", **asked: str) -> dict[str, Any]:
    answer = client.post(f"/v1/indexes/{index}/documents", content=body, params=asked, headers=LINES)
    assert answer.status_code == 200, answer.text
    msgspec.json.decode(answer.content, type=AddedOut)
    return dict(answer.json())


def found(client: TestClient, query: str, index: str = "main") -> list[str]:
    answer = client.get(f"/v1/indexes/{index}/search", params={"q": query})
    return [hit["id"] for hit in answer.json()["hits"]]


def test_what_was_added_is_durable_and_visible(client: TestClient, folder: Path) -> None:
    added = add(client, lines({"id": "4", "body": "Новые законы"}, {"id": "2", "body": "replaced"}))
    assert added["written"] == 2 and added["documents"] == 4
    assert found(client, "закон") == ["4"]
    assert found(client, "lesson") == []
    with searchlib.open(folder) as index:
        assert index.generation == added["generation"]
        assert len(index) == 4


@pytest.mark.parametrize(
    "body",
    [
        lines({"id": "a", "body": "x"}, {"id": "b", "body": "y"}),
        b"\xef\xbb\xbf" + lines({"id": "a", "body": "x"}, {"id": "b", "body": "y"}) + b"\n\n",
        json.dumps([{"id": "a", "body": "x"}, {"id": "b", "body": "y"}], indent=1).encode(),
        lines({"id": "a", "body": "x"}, {"id": "b", "body": "y"}).replace(b"\n", b"\r\n"),
    ],
)
def test_lines_and_arrays_are_read(client: TestClient, body: bytes) -> None:
    assert add(client, body)["written"] == 2
    assert found(client, "y") == ["b"]


def test_one_object_over_several_lines_is_a_document(client: TestClient) -> None:
    assert add(client, json.dumps({"id": "a", "body": "xyz"}, indent=2).encode())["written"] == 1
    assert found(client, "xyz") == ["a"]


def test_a_refused_document_is_named_and_nothing_is_written(client: TestClient, folder: Path) -> None:
    before = searchlib.open(folder).generation
    body = lines({"id": "ok", "body": "fine"}, {"id": "bad", "year": "soon"}, {"nothing": 1}) + b"\n{"
    answer = client.post("/v1/indexes/main/documents", content=body, headers=LINES)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("DocumentError")
    assert [(one["line"], one.get("id")) for one in problem["refused"]] == [(2, "bad"), (3, None), (4, None)]
    assert all(one["detail"] for one in problem["refused"])
    assert searchlib.open(folder).generation == before
    assert found(client, "fine") == []


def test_refused_documents_can_be_skipped(client: TestClient) -> None:
    body = lines({"id": "ok", "body": "fine"}, {"id": "bad", "year": "soon"})
    added = add(client, body, on_refused="skip")
    assert (added["written"], added["num_refused"]) == (1, 1)
    assert found(client, "fine") == ["ok"]


def test_an_update_changes_some_fields(client: TestClient) -> None:
    assert add(client, lines({"id": "1", "year": 30}), mode="update")["written"] == 1
    assert found(client, "президент year:30") == ["1"]
    answer = client.post(
        "/v1/indexes/main/documents",
        content=lines({"id": "none", "year": 1}),
        params={"mode": "update"},
        headers=LINES,
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("document_id", ["notes/a b.txt", "x#7", "идти", "a?b", "100%"])
def test_a_document_has_an_address(client: TestClient, document_id: str) -> None:
    from urllib.parse import quote

    path = f"/v1/indexes/main/documents/{quote(document_id, safe='/')}"
    assert client.put(path, json={"body": "unheard"}).status_code == 200
    assert found(client, "unheard") == [document_id]
    gone = client.delete(path)
    assert msgspec.json.decode(gone.content, type=DeletedOut).deleted == 1
    assert found(client, "unheard") == []
    assert client.delete(path).json()["deleted"] == 0


@pytest.mark.parametrize(
    "path", ["/v1/indexes/", "/v1/indexes/main/", "/v1/indexes/main/search/", "/health/"]
)
def test_a_path_with_a_slash_at_its_end_is_another_one(client: TestClient, path: str) -> None:
    """Browsers and curl make …/main/documents/.. to …/main/, and go where they are sent on."""
    for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
        answer = client.request(method, path, follow_redirects=True)
        assert not answer.history, (method, path)
        assert answer.status_code == 404 and answer.json()["type"].endswith(":NotFound"), (method, path)
    assert client.get("/v1/indexes/main").status_code == 200


WRITES = [each for each in OPERATIONS if each.scope in ("write", "admin") and each.query is None]


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
def test_a_parameter_that_nobody_reads_stops_a_write(client: TestClient, operation: Operation) -> None:
    """A mode=update that was passed over would take the other fields of a document away."""
    before = client.get("/v1/indexes/main/documents?content=true").json()
    path = path_of(operation, "main", "1")
    answer = client.request(operation.method, path, params={"mode": "update"}, json={"year": 7})
    assert answer.status_code == 400 and "'mode'" in answer.json()["detail"], answer.text
    assert client.get("/v1/indexes/main/documents?content=true").json() == before


def test_documents_go_by_ids_or_by_a_query(client: TestClient) -> None:
    path = "/v1/indexes/main/documents/delete"
    assert client.post(path, json={"ids": ["1", "nothing"]}).json()["deleted"] == 1
    assert client.post(path, json={"query": "lessons"}).json()["deleted"] == 1
    assert client.post(path, json={}).status_code == 400
    assert client.post(path, json={"ids": [], "query": "a"}).status_code == 400
    assert client.post(path, json={"query": ""}).status_code == 400


def test_an_index_is_made_and_its_documents_say_what_it_has(client: TestClient) -> None:
    assert client.put("/v1/indexes/new", json={}).status_code == 201
    first = {"id": "a", "title": "Закон", "price": 3.5, "day": "2024-05-01", "author": {"name": "Гоголь"}}
    added = add(client, lines(first), "new")
    assert added["documents"] == 1
    fields = client.get("/v1/indexes/new").json()["fields"]
    assert {name: fields[name]["kind"] for name in fields} == {
        "title": "text",
        "price": "number",
        "day": "date",
        "author_name": "text",
    }
    later = add(client, lines({"id": "b", "title": "Указ", "tags": ["x"]}), "new")
    assert later["new_fields"] == {"tags": "text"}
    assert found(client, "закона Гоголя", "new") == ["a"]
    assert client.put("/v1/indexes/new", json={}).status_code == 409
    assert client.delete("/v1/indexes/new").json()["dropped"] == "new"
    assert client.get("/v1/indexes/new").status_code == 404


def test_ids_that_were_made_are_told(client: TestClient) -> None:
    assert client.put("/v1/indexes/made", json={}).status_code == 201
    given = [
        {"id": "a", "x": 1},
        {"x": 2},
        {"id": "", "x": 3},
        {"id": None, "x": 4},
        {"id": {"a": 1}},
        {"id": 7, "x": 5},
    ]
    said = add(client, lines(*given), "made")
    assert said["written"] == 6 and said["ids"] == ["1", "2", "3", "4"]
    assert set(found(client, "*:*", "made")) == {"a", "1", "2", "3", "4", "7"}


def test_values_that_went_elsewhere_are_told_each_time(client: TestClient) -> None:
    assert client.put("/v1/indexes/grown", json={}).status_code == 201
    first = add(client, lines({"id": "1", "title": "a", "year": 1842, "sizes": [1, 2]}), "grown")
    assert "put_elsewhere" not in first
    for number, documents in enumerate(
        [
            [{"id": "2", "year": "1842"}],
            [{"id": "3", "year": "около 1850"}, {"id": "4", "year": "abc", "sizes": [3, "large", "small"]}],
            [{"id": "5", "year": 1900}, {"id": "6", "title": "b", "sizes": ["x"], "year": None}],
        ]
    ):
        said = add(client, lines(*documents), "grown").get("put_elsewhere", {})
        assert said == [{"year": 1}, {"year": 2, "sizes": 2}, {"sizes": 1}][number]
    assert found(client, "year_text:1850", "grown") == ["3"]
    assert set(found(client, "year:>=1800", "grown")) == {"1", "5"}
    said = add(client, b'{"id": "9", "year": 123456789012345678901234567890}', "grown")
    assert said["put_elsewhere"] == {"year": 1}
    assert found(client, "year_text:123456789012345678901234567890", "grown") == ["9"]
    put = client.put("/v1/indexes/grown/documents/8", json={"year": "x"})
    assert put.json()["put_elsewhere"] == {"year": 1}


def test_names_of_indexes_cannot_leave_the_root(client: TestClient) -> None:
    for name in ("..", "%2e%2e", "a%2Fb", ".hidden", "a" * 101):
        assert client.put(f"/v1/indexes/{name}", json={}).status_code in (400, 404, 405), name


def test_fields_are_added_changed_and_removed(client: TestClient) -> None:
    change = {"add": {"size": {"kind": "integer"}}, "change": {"year": {"kind": "text"}}, "remove": ["day"]}
    answer = client.patch("/v1/indexes/main/fields", json=change)
    assert answer.status_code == 200, answer.text
    fields = answer.json()["fields"]
    assert fields["size"]["kind"] == "integer" and fields["year"]["kind"] == "text" and "day" not in fields
    wrong = client.patch("/v1/indexes/main/fields", json={"add": {"x": {"kind": "colour"}}})
    assert wrong.status_code == 400 and "colour" in wrong.json()["detail"]


SIZE = {"kind": "integer"}
REFUSED_CHANGES: dict[str, tuple[dict[str, Any], int, str]] = {
    "unknown": ({"remove": ["title", "day", "p3", "body"]}, 400, "p3"),
    "unknown-and-more": ({"add": {"size": SIZE}, "remove": ["nope"]}, 400, "nope"),
    "unknown-change": ({"add": {"size": SIZE}, "change": {"nope": SIZE}, "remove": ["day"]}, 400, "nope"),
    "there-already": (
        {"add": {"size": SIZE, "year": SIZE}, "change": {"tags": {"kind": "text"}}},
        400,
        "change",
    ),
    "all": ({"remove": ["title", "body", "tags", "year", "day"]}, 400, "last"),
    "twice": ({"remove": ["day", "day"]}, 400, "2 times"),
    "both": ({"change": {"day": {"kind": "text"}}, "remove": ["day"]}, 400, "2 times"),
    "unsuited": (
        {"add": {"size": SIZE}, "change": {"title": SIZE}, "remove": ["day"]},
        409,
        '"on_unsuited": "drop"',
    ),
    "no-kind": ({"add": {"size": {}}, "remove": ["day"]}, 400, "kind"),
}


@pytest.mark.parametrize("asked", REFUSED_CHANGES)
def test_a_change_of_fields_that_is_refused_does_nothing(
    client: TestClient, folder: Path, asked: str
) -> None:
    change, status, said = REFUSED_CHANGES[asked]
    before = client.get("/v1/indexes/main").json()
    with searchlib.open(folder) as index:
        generation = index.generation
        answer = client.patch("/v1/indexes/main/fields", json=change)
        index.refresh()
        assert index.generation == generation
    assert answer.status_code == status and said in answer.json()["detail"], answer.text
    assert client.get("/v1/indexes/main").json() == before


def test_fields_take_each_others_places(client: TestClient) -> None:
    """All old ones may go where new ones come, and values that do not suit may be dropped."""
    asked = {
        "add": {"size": SIZE},
        "change": {"title": SIZE},
        "remove": ["body", "tags", "year", "day"],
        "on_unsuited": "drop",
    }
    answer = client.patch("/v1/indexes/main/fields", json=asked)
    assert answer.status_code == 200 and answer.json()["dropped_values"] == 3, answer.text
    assert list(answer.json()["fields"]) == ["title", "size"]


def test_many_writers_at_a_time_lose_nothing(client: TestClient, folder: Path) -> None:
    before = searchlib.open(folder).generation
    statuses: list[int] = []

    def write(number: int) -> None:
        body = lines({"id": f"w{number}", "body": "concurrent"}, *([{"x": 1}] if number % 7 == 3 else []))
        answer = client.post("/v1/indexes/main/documents", content=body, headers=LINES)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bad = sum(number % 7 == 3 for number in range(40))
    assert sorted(statuses) == [200] * (40 - bad) + [400] * bad
    with searchlib.open(folder) as index:
        assert index.search("concurrent").total == 40 - bad
        assert index.generation <= before + 40


def test_a_snapshot_unpacks_into_the_index(client: TestClient, tmp_path: Path) -> None:
    answer = client.get("/v1/indexes/main/snapshot")
    assert answer.headers["content-type"] == "application/x-tar"
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as tar:
        tar.extractall(tmp_path / "copy", filter="data")
    with searchlib.open(tmp_path / "copy" / "main") as copy:
        assert [hit.id for hit in copy.search("идти")] == ["1"]
    assert searchlib.check(tmp_path / "copy" / "main").ok


def test_another_writer_is_waited_for_or_said(client: TestClient, folder: Path, monkeypatch: Any) -> None:
    from searchlib.serve.writing import queue as writes

    monkeypatch.setattr(writes, "_LOCK_SECONDS", 0.05)
    with searchlib.open(folder).writer():
        answer = client.put("/v1/indexes/main/documents/a", json={"body": "x"})
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("LockError")
    assert client.put("/v1/indexes/main/documents/a", json={"body": "x"}).status_code == 200


def test_commits_of_others_are_seen(folder: Path) -> None:
    with served({"main": str(folder)}, refresh_seconds=0.0) as client:
        assert found(client, "elsewhere") == []
        with searchlib.open(folder).writer() as writer:
            writer.add({"id": "e", "body": "elsewhere"})
        assert found(client, "elsewhere") == ["e"]


def test_a_server_that_is_read_only_writes_nothing(folder: Path) -> None:
    with served({"main": str(folder)}, writable=False) as client:
        for method, path in (
            ("PUT", "documents/1"),
            ("DELETE", "documents/1"),
            ("POST", "merge"),
            ("DELETE", ""),
        ):
            answer = client.request(method, f"/v1/indexes/main/{path}".rstrip("/"), json={"body": "x"})
            assert answer.status_code == 403 and answer.json()["type"].endswith("ReadOnly")
        assert found(client, "идти") == ["1"]


def test_words_are_translated_by_the_servers_dictionaries(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("negotiation\tпереговоры\n", "utf-8")
    asked = {"q": "negotiations", "translate": "true"}
    with served({"main": str(folder)}, translations=searchlib.Translations.load(table)) as client:
        answer = client.get("/v1/indexes/main/search", params=asked).json()
        assert [hit["id"] for hit in answer["hits"]] == ["3"]
        assert client.get("/v1/indexes/main/search", params={"q": "negotiations"}).json()["hits"] == []
    with served({"main": str(folder)}) as client:
        refused = client.get("/v1/indexes/main/search", params=asked)
        assert refused.status_code == 400 and "--translate" in refused.json()["detail"]

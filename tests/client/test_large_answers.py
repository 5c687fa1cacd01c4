"""Answers that do not fit in one: the client asks on, and nothing is lost or comes twice."""

from collections.abc import Iterator

import pytest
from far import Server

from searchlib import Index, Keyword, Number, Schema, Text
from searchlib.errors import ServerError


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index.in_memory(Schema(body=Text(), tags=Keyword(), price=Number()))
    with made.writer() as writer:
        for number in range(240):
            text = "выборы " + "слово " * (number % 7) + ("длинное " * 200 if number % 50 == 0 else "")
            document = {"id": number, "body": text, "tags": [f"t{number % 23}", "all"], "price": number % 11}
            writer.add(document)
    return made


LIMITS = [{"hits": 7}, {"answer_bytes": 900}, {"hits": 50, "answer_bytes": 1000}]


@pytest.fixture(scope="module", params=LIMITS, ids=str)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    server = Server(**request.param)
    yield server
    server.close()


@pytest.mark.parametrize("limit", [None, 0, 1, 100, 10_000])
@pytest.mark.parametrize(
    "asked", [{}, {"sort": "-price", "facets": ["tags"]}, {"offset": 30}, {"group_by": "tags"}], ids=str
)
def test_all_hits_come(index: Index, server: Server, limit: int | None, asked: dict[str, object]) -> None:
    here, there = (one.search("выборы", limit, **asked) for one in (index, server.far(index)))  # type: ignore[arg-type]
    assert [(hit.id, hit.score) for hit in there] == [(hit.id, hit.score) for hit in here]
    assert there.total == here.total and there.facets == here.facets and there.cursor == here.cursor
    assert [(one.value, one.total, one.hits) for one in there.groups] == [
        (one.value, one.total, one.hits) for one in here.groups
    ]
    assert there.highlights("body") == here.highlights("body")


def test_other_lists(index: Index, server: Server) -> None:
    remote = server.far(index)
    assert [hit.id for hit in remote.more_like("0", None)] == [hit.id for hit in index.more_like("0", None)]
    assert [hit.id for hit in remote.instant("выб", None)] == [hit.id for hit in index.instant("выб", None)]
    queries = ["слово", "nothing", "длинное"] * 3
    for here, there in zip(index.search_many(queries, None), remote.search_many(queries, None), strict=True):
        assert [hit.id for hit in there] == [hit.id for hit in here]
    assert list(remote) == list(index) and list(remote.ids("1")) == list(index.ids("1"))
    assert list(remote.terms("tags")) == list(index.terms("tags"))


def test_a_commit_between_two_pages_begins_anew(index: Index) -> None:
    server = Server(hits=100)
    copy = Index.in_memory(index.schema)
    with copy.writer() as writer:
        writer.add_many(index)
    remote, ask = server.far(copy), server.far(copy)._connection.ask
    calls = 0

    def interrupted(*args: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        found = ask(*args, **named)  # type: ignore[arg-type]
        if calls == 2 or always:
            with copy.writer() as writer:
                writer.delete(str(calls))
        return found

    always = False
    remote.refresh()
    remote._connection.ask = interrupted  # type: ignore[method-assign]
    assert [hit.id for hit in remote.search("выборы", None)] == [
        hit.id for hit in copy.search("выборы", None)
    ]
    always = True
    with pytest.raises(ServerError, match="changed"):
        remote.search("выборы", None)
    server.close()

"""A writer of a remote index: checked as a local one checks, written in one commit, or not at all."""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from far import far

from searchlib import Boolean, Date, Index, Integer, Keyword, Number, RemoteIndex, Schema, Text
from searchlib.errors import ClosedError, DocumentError, QueryError, SearchlibError

SCHEMA = Schema(
    title=Text(), tags=Keyword(), price=Number(), stock=Integer(), day=Date(), sold=Boolean(), code=Keyword()
)


@pytest.fixture
def pair() -> tuple[Index, RemoteIndex, Index]:
    """A served index, the same far away, and another one that is written to directly."""
    served, own = Index.in_memory(SCHEMA), Index.in_memory(SCHEMA)
    return served, far(served), own


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (SearchlibError, TypeError, ValueError) as error:
        return type(error), str(error)


DOCUMENTS: list[dict[str, Any]] = [
    {"id": 1, "title": "Выборы", "tags": {"b", "a"}, "price": 1, "day": dt.date(2024, 5, 1)},
    {"id": "a/b", "title": ["one", "two"], "day": dt.datetime(2024, 5, 1, 3, 4, 5, 6), "sold": True},
    {"id": uuid.UUID(int=5), "stock": 2**62, "day": "2024-03-01T10:00:00+05:00", "price": 2.5, "code": None},
    {"id": "plain"},
]
WRONG: list[Any] = [
    {"id": 2, "nothing": 1},
    {"id": 2, "price": "dear"},
    {"id": 2, "stock": 2**70},
    {"id": 2, "title": "\ud800"},
    {"id": "", "title": "x"},
    {"id": "x" * 5000},
    {"id": 2, "day": "soon"},
    {"id": 2.5},
    "no document",
]


def test_documents_are_written_as_they_are_here(pair: tuple[Index, RemoteIndex, Index]) -> None:
    served, remote, own = pair
    with remote.writer() as there, own.writer() as here:
        for document in DOCUMENTS:
            assert there.add(document) == here.add(document)
        for document in WRONG:
            assert outcome(lambda one=document: there.add(one)) == outcome(lambda one=document: here.add(one))
        assert len(there.add_many(WRONG, "skip")) == len(here.add_many(WRONG, "skip")) == len(WRONG)
        assert len(served) == 0, "nothing is written before the commit"
    assert list(served) == list(own) == list(remote) and len(own) == 4


def test_any_order_of_changes(pair: tuple[Index, RemoteIndex, Index]) -> None:
    served, remote, own = pair
    draw = random.Random(7)
    for _ in range(8):
        with remote.writer() as there, own.writer() as here:
            if draw.random() < 0.5:
                query = draw.choice(["title:3", "price:[2 TO 4]"])
                assert there.delete_by_query(query) == here.delete_by_query(query)
            for _ in range(draw.randrange(12)):
                name, value = str(draw.randrange(9)), draw.randrange(9)
                changes: list[Callable[..., Any]] = [
                    lambda one, name, value: one.add({"id": name, "title": f"t {value}", "price": value}),
                    lambda one, name, value: one.update(name, price=value, tags=None, title=str(value)),
                    lambda one, name, value: one.delete(name),
                ]
                call = partial(draw.choice(changes), name=name, value=value)
                assert outcome(partial(call, there)) == outcome(partial(call, here))
        assert sorted(served, key=str) == sorted(own, key=str)


def test_a_commit_is_whole_or_nothing(pair: tuple[Index, RemoteIndex, Index]) -> None:
    served, remote, _ = pair
    with remote.writer() as writer:
        writer.add({"id": "1", "title": "one"})
        writer.commit()
        writer.commit()
        assert served.generation == remote.generation and len(remote) == 1
        writer.delete("1")
        writer.rollback()
    assert "1" in remote
    with pytest.raises(RuntimeError), remote.writer() as writer:
        writer.add({"id": "2"})
        raise RuntimeError
    assert "2" not in remote
    writer = remote.writer()
    writer.update("1", title="two")
    with served.writer() as here:
        here.delete("1")
    with pytest.raises(DocumentError, match=r"line 1.*no document '1'"):
        writer.commit()
    writer.rollback()
    writer.close()
    with pytest.raises(ClosedError):
        writer.add({"id": "3"})
    assert len(remote) == 0


def test_what_a_remote_writer_cannot(pair: tuple[Index, RemoteIndex, Index]) -> None:
    _, remote, _ = pair
    with remote.writer() as writer:
        with pytest.raises(DocumentError, match="needs an id"):
            writer.add({"title": "x"})
        with pytest.raises(QueryError):
            writer.delete_by_query("nothing:x")
        with pytest.raises(DocumentError, match="infinite"):
            writer.add({"id": "inf", "price": float("inf")})
        writer.add({"id": "1", "title": "x"})
        with pytest.raises(DocumentError, match="commit"):
            writer.delete_by_query("x")
    assert len(remote) == 1

"""An index shows what its own writers commit, from its next search on; others, when it is refreshed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Schema, Text
from searchlib.errors import ClosedError
from searchlib.storage.disk import DiskDirectory

SCHEMA = Schema(body=Text())


def ids(index: Index, query: str = "word") -> list[str]:
    return [hit.id for hit in index.search(query)]


def test_in_memory() -> None:
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        writer.add({"id": "1", "body": "word"})
        assert ids(index) == []
        writer.commit()
        assert ids(index) == ["1"]
        writer.add({"id": "2", "body": "word"})
        before = index.search("word")
    assert [hit.id for hit in before] == ["1"]
    assert (len(index), ids(index), index.get("2")) == (2, ["1", "2"], {"id": "2", "body": "word"})


def test_other_indexes_of_the_same_folder_are_refreshed(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", SCHEMA)
    other = searchlib.open(tmp_path / "index")
    with index.writer() as writer:
        writer.add({"id": "1", "body": "word"})
    assert (ids(index), ids(other)) == (["1"], [])
    assert not index.refresh()
    assert other.refresh()
    assert ids(other) == ["1"]


def test_what_is_rolled_back_is_not_shown() -> None:
    index = Index.in_memory(SCHEMA)
    with pytest.raises(ZeroDivisionError), index.writer() as writer:
        writer.add({"id": "1", "body": "word"})
        _ = 1 / 0
    assert ids(index) == []


def test_a_closed_index_stays_closed(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", SCHEMA)
    with index.writer() as writer:
        writer.add({"id": "1", "body": "word"})
        index.close()
    with pytest.raises(ClosedError):
        index.search("word")
    assert ids(searchlib.open(tmp_path / "index")) == ["1"]


def test_a_commit_that_cannot_be_opened_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit is durable: it is the next search that fails, and the one after it that finds."""
    index = Index.create(tmp_path / "index", SCHEMA)
    with index.writer() as writer:
        writer.add({"id": "1", "body": "word"})

    def fail(*arguments: object) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr(DiskDirectory, "read_manifest", fail)
        with pytest.raises(OSError):
            index.search("word")
    assert ids(index) == ["1"]


def test_from_several_threads() -> None:
    """Who searches while another commits sees a state before or after, and its own commits at once."""
    index = Index.in_memory(SCHEMA)
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(len(index.search("word", limit=None)))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with index.writer() as writer:
            for number in range(30):
                writer.add({"id": str(number), "body": "word"})
                writer.commit()
                assert len(index) == number + 1
    finally:
        done.set()
        reader.join()
    assert seen == sorted(seen)

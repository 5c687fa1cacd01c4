"""A repair that loses a list of deleted documents: an id stays that of one document, its latest."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Schema, Text
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.manifest import read_manifest

SCHEMA = Schema(body=Text())


def lose_deletes(path: Path, segment: int) -> None:
    deletes = read_manifest(DiskDirectory(path)).segments[segment].deletes
    assert deletes is not None
    (path / deletes.name).write_bytes(bytes(deletes.length))


def test_replaced_documents_do_not_come_back(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "ix", SCHEMA)
    with index.writer() as writer:
        writer.add_many({"id": str(n), "body": f"first word{n}"} for n in range(100))
        for n in (20, 20):  # replaced within the segment, twice
            writer.add({"id": str(n), "body": "between"})
        writer.commit(merge=False)
        for n in range(5):
            writer.add({"id": str(n), "body": "second"})
        writer.delete("7")
        writer.commit(merge=False)
        writer.delete("3")  # replaced, and the successor deleted
        writer.commit(merge=False)
    lose_deletes(index_path := tmp_path / "ix", 0)
    result = searchlib.repair(index_path)
    assert [lost.num_docs for lost in result.lost_deletes] == [1] and result.lost == []
    assert searchlib.check(index_path).ok
    repaired = searchlib.open(index_path)
    assert len(repaired) == result.num_docs == 100 - 1
    assert [(repaired.get(str(n)) or {}).get("body") for n in (0, 3, 7, 20)] == [
        "second",
        None,
        "first word7",
        "between",
    ]
    assert len(repaired.search("second", None)) == 4
    # What is left has the scores of an index that was made of it.
    again = Index.in_memory(SCHEMA)
    with again.writer() as writer:
        writer.add_many(dict(document) for document in repaired)
    again.refresh()
    for query in ("first", "second", "word7", "between"):
        assert {hit.id: hit.score for hit in repaired.search(query, None)} == {
            hit.id: hit.score for hit in again.search(query, None)
        }


def test_a_segment_of_which_all_is_replaced_is_left_out(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "ix", SCHEMA)
    with index.writer() as writer:
        writer.add_many({"id": str(n), "body": "first"} for n in range(100))
        writer.add({"id": "stays until the end", "body": "first"})
        writer.commit(merge=False)
        writer.add_many({"id": str(n), "body": "second"} for n in range(100))
        writer.commit(merge=False)
    lose_deletes(tmp_path / "ix", 0)
    result = searchlib.repair(tmp_path / "ix")
    assert [lost.num_docs for lost in result.lost_deletes] == [0]
    assert len(searchlib.open(tmp_path / "ix")) == 101


def test_under_other_rules_the_documents_come_back_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index.create(tmp_path / "ix", SCHEMA)
    with index.writer() as writer:
        writer.add_many({"id": str(n), "body": "first"} for n in range(10))
        writer.commit(merge=False)
        writer.add({"id": "1", "body": "second"})
        writer.commit(merge=False)
    lose_deletes(tmp_path / "ix", 0)
    monkeypatch.setattr("searchlib.indexing.superseded.mismatch", lambda recorded, analyzers: "differs")
    result = searchlib.repair(tmp_path / "ix")
    assert [lost.num_docs for lost in result.lost_deletes] == [1]
    assert result.num_docs == 11

"""What a lost page of the manifest costs, from the command's side: nothing that is still on the disk."""

from __future__ import annotations

import pytest

import searchlib
from searchlib import Index, Schema, Text


@pytest.fixture
def path(tmp_path):
    index = Index.create(tmp_path / "ix", Schema(body=Text()))
    with index.writer() as writer:
        writer.add_many({"id": str(n), "body": f"word{n} common"} for n in range(1000))
    for n in (3, 5):
        with index.writer() as writer:
            writer.delete(str(n))
    return tmp_path / "ix"


def lose(path, start, length):
    data = bytearray(path.read_bytes())
    data[start : start + length] = bytes(len(data[start : start + length]))
    path.write_bytes(data)


def test_the_first_page_of_the_manifest_costs_nothing(path):
    lose(path / "manifest", 0, 4096)
    result = searchlib.repair(path)
    assert result.recovered_from == "copy" and result.lost == []
    assert len(searchlib.open(path)) == 998


def test_the_whole_manifest_costs_the_last_commit_alone(path):
    lose(path / "manifest", 0, 1 << 20)
    result = searchlib.repair(path)
    assert result.recovered_from == "old" and result.lost == [] and result.lost_deletes == []
    assert len(searchlib.open(path)) == 999
    assert searchlib.check(path).ok


def test_a_damaged_list_of_deletes_costs_the_last_deletes_alone(path):
    newest = max(path.glob("*.deletes"))
    lose(newest, 16, 8)
    result = searchlib.repair(path)
    assert [lost.num_docs for lost in result.lost_deletes] == [1] and result.lost == []
    assert len(searchlib.open(path)) == 999
    assert "3" not in searchlib.open(path) and "5" in searchlib.open(path)

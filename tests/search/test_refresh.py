"""Index.refresh: the next snapshot opens only what is new, and the one before goes on answering."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Schema, Text
from searchlib.storage.segment import SegmentFile


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = Index.create(tmp_path / "index", Schema(body=Text()))
    add(index, "1")
    index.refresh()
    return index


def add(index: Index, *ids: str) -> None:
    with index.writer() as writer:
        for document_id in ids:
            writer.add({"id": document_id, "body": f"word{document_id} words"})


def test_only_new_files_are_opened(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    genuine = SegmentFile.open.__func__  # type: ignore[attr-defined]

    def watched(cls, directory, entry, verify="map"):
        opened.append(entry.name)
        return genuine(cls, directory, entry, verify)

    add(index, "2")
    monkeypatch.setattr(SegmentFile, "open", classmethod(watched))
    assert index.refresh()
    assert len(opened) == 1
    assert not index.refresh()
    assert len(opened) == 1
    assert [hit.id for hit in index.search("words")] == ["1", "2"]


def test_deletes_are_seen_in_files_that_were_open(index: Index) -> None:
    before = index.search("words")
    with searchlib.open(index._directory.path).writer() as writer:
        writer.add({"id": "2", "body": "words"})
        writer.delete("1")
    assert index.search("words").total == 1
    assert index.refresh()
    assert [hit.id for hit in index.search("words")] == ["2"]
    assert [hit.id for hit in before] == ["1"]


def test_adding_and_updating_in_turn_does_not_pile_up_segments(index: Index) -> None:
    with index.writer() as writer:
        for number in range(40):
            writer.add({"id": f"n{number}", "body": "words"})
            writer.update(f"n{number}", body="other words")
        assert len(writer._transaction.segments) < 10
    index.refresh()
    assert index.search("other").total == 40


def test_a_pinned_index_stays_where_it_is_until_it_is_told_to_move(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = searchlib.open(index._directory.path, auto_refresh=True)
    monkeypatch.setattr(SegmentFile, "open", None)  # nothing is opened for it
    pinned = following.pinned()
    monkeypatch.undo()
    add(index, "2")
    with index.writer() as writer:
        writer.add({"id": "3", "body": "words"})
        writer.merge()
    assert len(following) == 3
    assert [hit.id for hit in pinned.search("words")] == ["1"]
    assert pinned.get("2") is None
    following.close()
    assert pinned.search("words")[0]["body"] == "word1 words"
    assert pinned.refresh()
    assert len(pinned) == 3
    pinned.close()
    assert len(index) == 3


def test_a_pinned_index_shows_what_it_writes_itself(index: Index) -> None:
    pinned = index.pinned()
    add(pinned, "2")
    assert len(pinned) == 2
    assert len(index) == 1

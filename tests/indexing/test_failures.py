"""A transaction that lost documents on the way is never committed; rollback starts anew."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from searchlib import Index, Schema, Text
from searchlib.errors import ClosedError, CorruptIndexError
from searchlib.indexing.building import SegmentInProgress
from searchlib.indexing.working import WorkingSegment


@pytest.mark.parametrize(
    ("place", "method"),
    [(WorkingSegment, "delete_ids"), (SegmentInProgress, "finish"), (SegmentInProgress, "add")],
)
def test_what_was_lost_is_not_committed(tmp_path: Path, place: type, method: str) -> None:
    index = Index.create(tmp_path / "index", Schema(body=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "old"})
    with index.writer() as writer:
        failing = patch.object(place, method, side_effect=CorruptIndexError("unreadable"))
        with failing, pytest.raises(CorruptIndexError):
            writer.add({"id": "1", "body": "new"})
            writer.commit()
        with pytest.raises(ClosedError, match="lost documents"):
            writer.commit()
        writer.rollback()
        writer.add({"id": "2", "body": "later"})
    index.refresh()
    assert list(index) == [{"id": "1", "body": "old"}, {"id": "2", "body": "later"}]

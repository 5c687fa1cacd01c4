"""Updating: a second run writes what changed, and only that; nothing that is still there is lost."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sample_files import lines, write

from searchlib import Index, Schema, Text
from searchlib.errors import SourceError
from searchlib.sources.sources import Sources
from searchlib.sources.update import Progress, update_index


class Kept:
    """An index in memory, and what the last update of it did."""

    def __init__(self) -> None:
        self._index = Index.in_memory(Schema(title=Text(), body=Text()))
        self.problems: list[str] = []

    @property
    def documents(self) -> dict[str, dict[str, Any]]:
        self._index.refresh()
        return {document["id"]: document for document in self._index}

    @property
    def metadata(self) -> Mapping[str, Any]:
        self._index.refresh()
        return self._index.metadata

    def update(self, *paths: Path, prune: bool = False, force: bool = False, **options: Any) -> Progress:
        self.problems = []
        sources = Sources(
            *paths,
            schema=self._index.schema,
            on_error=lambda problem: self.problems.append(str(problem)),
            **options,
        )
        with self._index.writer() as writer:
            return update_index(sources, writer, prune=prune, force=force)

    def keep(self, **metadata: Any) -> None:
        with self._index.writer() as writer:
            writer.metadata.update(metadata)


@pytest.fixture
def index() -> Kept:
    return Kept()


def settle(*paths: Path) -> None:
    """Make files old enough that their time is trusted."""
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            os.utime(file, ns=(time.time_ns(), time.time_ns() - 10**10))


def test_unchanged_files_are_passed_over(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A", "b.jsonl": lines({"body": "b"}, {"body": "c"})})
    settle(tmp_path)
    done = index.update(tmp_path)
    assert (done.num_documents, done.num_files_read, done.num_files_unchanged) == (3, 2, 0)
    done = index.update(tmp_path)
    assert (done.num_documents, done.num_files_read, done.num_files_unchanged) == (0, 0, 2)
    assert sorted(index.documents) == ["a.txt", "b.jsonl#1", "b.jsonl#2"]


def test_unchanged_files_are_not_even_opened(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A"})
    settle(tmp_path)
    index.update(tmp_path)
    status = (tmp_path / "a.txt").stat()
    (tmp_path / "a.txt").write_text("B")
    os.utime(tmp_path / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert index.update(tmp_path).num_files_unchanged == 1


def test_a_touched_file_is_told_by_its_digest(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A"})
    settle(tmp_path)
    index.update(tmp_path)
    os.utime(tmp_path / "a.txt", (1_000_000_000, 1_000_000_000))
    assert index.update(tmp_path).num_files_unchanged == 1
    write(tmp_path, {"a.txt": "B"})
    assert index.update(tmp_path).num_documents == 1
    assert index.documents["a.txt"]["title"] == "B"


def test_the_time_of_a_touched_file_stays_until_its_content_changes(tmp_path: Path) -> None:
    """docs/sources.md says so: a document is written whole or not at all."""
    write(tmp_path, {"a.txt": "A"})
    os.utime(tmp_path / "a.txt", (1_000_000_000, 1_000_000_000))
    sources = Sources(tmp_path)
    index = Index.in_memory(sources.schema)

    def modified(force: bool = False) -> str:
        with index.writer() as writer:
            update_index(Sources(tmp_path, schema=index.schema), writer, force=force)
        index.refresh()
        document = index.get("a.txt")
        assert document is not None
        return str(document["modified"])[:4]

    assert modified() == "2001"
    os.utime(tmp_path / "a.txt", (1_300_000_000, 1_300_000_000))
    assert (modified(), modified(force=True)) == ("2001", "2011")
    write(tmp_path, {"a.txt": "B"})
    os.utime(tmp_path / "a.txt", (1_500_000_000, 1_500_000_000))
    assert modified() == "2017"


def test_a_file_changed_at_once_after_indexing_is_seen(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A"})
    status = (tmp_path / "a.txt").stat()
    index.update(tmp_path)
    write(tmp_path, {"a.txt": "B"})
    os.utime(tmp_path / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))  # within one tick of the clock
    index.update(tmp_path)
    assert index.documents["a.txt"]["title"] == "B"


def test_rows_that_left_a_file_leave_the_index(tmp_path: Path, index: Kept) -> None:
    write(
        tmp_path,
        {"a.jsonl": lines({"id": "x", "body": "1"}, {"body": "2"}, {"id": "y", "body": "3"}, {"body": "4"})},
    )
    index.update(tmp_path)
    assert sorted(index.documents) == ["a.jsonl#2", "a.jsonl#4", "x", "y"]
    write(tmp_path, {"a.jsonl": lines({"id": "x", "body": "new"}, {"body": "2"})})
    done = index.update(tmp_path)
    assert sorted(index.documents) == ["a.jsonl#2", "x"]
    assert (index.documents["x"]["body"], done.num_removed) == ("new", 2)


def test_a_row_that_moved_to_another_file_stays(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.jsonl": lines({"id": "x", "body": "1"}), "b.jsonl": lines({"id": "y", "body": "2"})})
    index.update(tmp_path)
    write(tmp_path, {"a.jsonl": lines({"id": "z", "body": "3"}), "b.jsonl": lines({"id": "x", "body": "4"})})
    index.update(tmp_path)
    assert {key: document["body"] for key, document in index.documents.items()} == {"x": "4", "z": "3"}


def test_vanished_files_go_only_with_prune(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A", "b.txt": "B", "c.jsonl": lines({"id": "x", "body": "1"}, {"body": "2"})})
    index.update(tmp_path)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.jsonl").unlink()
    assert index.update(tmp_path).num_removed == 0
    assert len(index.documents) == 4
    assert index.update(tmp_path, prune=True).num_removed == 3
    assert list(index.documents) == ["a.txt"]
    assert index.update(tmp_path, prune=True).num_removed == 0


def test_prune_leaves_other_folders_and_files_given_directly(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"one/a.txt": "A", "one/b.txt": "B", "two/c.txt": "C"})
    index.update(tmp_path / "one", tmp_path / "two")
    (tmp_path / "two/c.txt").unlink()
    index.update(tmp_path / "one", prune=True)
    index.update(tmp_path / "one" / "a.txt", prune=True)
    assert sorted(index.documents) == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_prune_spares_what_could_not_be_seen(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A", "sub/b.txt": "B"})
    index.update(tmp_path)
    (tmp_path / "sub").chmod(0)
    try:
        index.update(tmp_path, prune=True)
    finally:
        (tmp_path / "sub").chmod(0o700)
    assert sorted(index.documents) == ["a.txt", "sub/b.txt"]


def test_prune_spares_a_file_that_became_unreadable(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A"})
    index.update(tmp_path)
    write(tmp_path, {"a.txt": b"\x00\x01\x02\x03"})
    index.update(tmp_path, prune=True)
    assert len(index.problems) == 1
    assert index.documents["a.txt"]["title"] == "A"
    index.update(tmp_path)
    assert len(index.problems) == 1  # it is tried again each time


def test_refused_rows_are_counted_again_while_the_file_is_unchanged(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.jsonl": lines({"body": "1"}, [], {"id": "k" * 5_000, "body": "3"}, {"body": "4"})})
    settle(tmp_path)
    index.update(tmp_path)
    assert [problem.rpartition("a.jsonl")[2][:20] for problem in index.problems] == [
        ":2: is an array, not",
        ":3: an id has 1 to 4",
    ]
    done = index.update(tmp_path)
    assert (index.problems, done.num_refused_before, done.num_documents) == ([], 2, 0)
    assert index.update(tmp_path, force=True).num_documents == 2
    assert len(index.problems) == 2


def test_a_refused_row_keeps_the_document_that_it_had(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.jsonl": lines({"body": "1"}, {"body": "2"}, {"body": "3"})})
    index.update(tmp_path)
    write(tmp_path, {"a.jsonl": lines({"body": "one"}, [], {"body": "three"})})
    index.update(tmp_path)
    assert sorted(document["body"] for document in index.documents.values()) == ["2", "one", "three"]


def test_other_options_make_a_file_count_as_changed(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A", "b.jsonl": lines({"text": "b", "body": "c"})})
    settle(tmp_path)
    index.update(tmp_path)
    assert index.update(tmp_path, rename={"text": "body"}).num_documents == 2
    assert index.documents["b.jsonl#1"]["body"] == "b"
    assert index.update(tmp_path, rename={"text": "body"}).num_documents == 0
    assert index.update(tmp_path, encoding="utf-8").num_documents == 2


def test_two_folders_with_the_same_names_do_not_overwrite_each_other(tmp_path: Path, index: Kept) -> None:
    write(
        tmp_path,
        {
            "one/a.txt": "A",
            "one/r.jsonl": lines({"body": "1"}),
            "two/a.txt": "B",
            "two/r.jsonl": lines({"body": "2"}),
        },
    )
    index.update(tmp_path / "one", tmp_path / "two")
    assert index.problems == []
    bodies = {key: document.get("title", document["body"]) for key, document in index.documents.items()}
    assert bodies == {"a.txt": "A", "r.jsonl#1": "1", "two/a.txt": "B", "two/r.jsonl#1": "2"}


def test_a_folder_that_moved_takes_its_documents_along(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"old/a.txt": "A"})
    index.update(tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "new")
    write(tmp_path, {"new/a.txt": "A2"})
    index.update(tmp_path / "new", prune=True)
    assert (index.problems, index.documents["a.txt"]["title"]) == ([], "A2")


def test_ids_of_any_number_are_remembered(tmp_path: Path, index: Kept) -> None:
    keys = [f"k{n}" for n in range(3_000)] + ["007", "-1", "1e3", "٣", "", "a.jsonl#07", "9" * 30, "\n"]
    write(tmp_path, {"a.jsonl": lines(*({"id": key, "body": "b"} for key in keys))})
    index.update(tmp_path)
    assert len(index.documents) == len(keys)
    write(tmp_path, {"a.jsonl": lines({"id": "k0", "body": "b"})})
    assert index.update(tmp_path).num_removed == len(keys) - 1
    assert list(index.documents) == ["k0"]


def test_equal_ids_within_a_file(tmp_path: Path, index: Kept) -> None:
    rows = [{"id": "x", "body": str(n)} for n in range(4)]
    write(tmp_path, {"a.jsonl": lines(*rows)})
    notices: list[str] = []
    done = index.update(tmp_path, on_notice=lambda notice: notices.append(str(notice)))
    assert (done.num_documents, done.num_renamed, len(notices)) == (4, 3, 1)
    assert "3 documents have ids of documents of this file" in notices[0]
    assert {key: document["body"] for key, document in index.documents.items()} == {
        "x": "0",
        "a.jsonl#id=x": "1",
        "a.jsonl#id2=x": "2",
        "a.jsonl#id3=x": "3",
    }
    write(tmp_path, {"a.jsonl": lines(*rows[1:])})
    index.update(tmp_path)
    assert sorted(document["body"] for document in index.documents.values()) == ["1", "2", "3"]


def test_ids_that_are_paths_of_other_files(tmp_path: Path, index: Kept) -> None:
    write(
        tmp_path,
        {
            "c/a.jsonl": lines({"id": "z.txt", "body": "row"}, {"id": "b.jsonl#1", "body": "1"}),
            "c/b.jsonl": lines({"body": "2"}),
            "c/z.txt": "Z",
        },
    )
    index.update(tmp_path / "c")
    assert index.problems == []
    assert sorted(index.documents) == ["b.jsonl#1", "c/b.jsonl#1", "c/z.txt", "z.txt"]


def test_a_file_given_by_another_folder_is_the_same_file(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"sub/a.txt": "A", "sub/r.jsonl": lines({"id": "1", "body": "1"}, {"body": "2"})})
    index.update(tmp_path)
    before = sorted(index.documents)
    index.update(tmp_path / "sub", force=True)
    index.update(tmp_path / "sub" / "r.jsonl", tmp_path, force=True)
    assert sorted(index.documents) == before == ["1", "sub/a.txt", "sub/r.jsonl#2"]


def test_a_file_that_moved_keeps_its_rows_ids_without_prune(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.jsonl": lines({"id": "1", "body": "1"}, {"body": "2"})})
    index.update(tmp_path)
    (tmp_path / "a.jsonl").rename(tmp_path / "b.jsonl")
    index.update(tmp_path)
    assert sorted(index.documents) == ["1", "b.jsonl#2"]


def test_a_gone_file_that_was_not_pruned_loses_nothing(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.jsonl": lines({"id": "1", "body": "a"})})
    index.update(tmp_path)
    (tmp_path / "a.jsonl").unlink()
    write(tmp_path, {"b.jsonl": lines({"id": "1", "body": "b"}, {"id": "2", "body": "b"})})
    index.update(tmp_path)
    assert sorted(index.documents) == ["1", "2", "b.jsonl#id=1"]


def test_a_refused_row_with_an_id_of_its_own_keeps_its_document(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.jsonl": lines({"id": "x", "body": "1"}, {"id": "y", "body": "2"})})
    index.update(tmp_path)
    write(tmp_path, {"a.jsonl": lines({"id": "x", "body": {"a": 7}}, {"id": "y", "body": "new"})})
    index.update(tmp_path)
    assert {key: document["body"] for key, document in index.documents.items()} == {"x": "1", "y": "new"}


def test_progress_grows_to_the_whole(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.txt": "A" * 100, "b.jsonl": lines({"body": "b"}, {"body": "c"}), "c.txt": b"\x00\x01"}
    )
    seen: list[tuple[int, int]] = []
    sources = Sources(tmp_path, on_error="skip")
    with Index.in_memory(sources.schema).writer() as writer:
        update_index(sources, writer, progress=lambda done: seen.append((done.num_bytes, done.num_documents)))
    assert seen == sorted(seen)
    assert seen[-1] == (sum(file.stat().st_size for file in tmp_path.iterdir()), 3)


def test_a_foreign_record_is_started_anew(tmp_path: Path, index: Kept) -> None:
    write(tmp_path, {"a.txt": "A"})
    index.keep(sources={"version": 99}, mine=1)
    index.update(tmp_path)
    assert index.metadata["mine"] == 1
    assert index.update(tmp_path).num_files_unchanged == 1


def test_prune_of_what_is_gone_itself(tmp_path: Path, index: Kept) -> None:
    folder, other = tmp_path / "notes", tmp_path / "notes2"
    for place in (folder, other):
        place.mkdir()
    write(folder, {"a.txt": "A", "b.txt": "B"})
    write(other, {"c.txt": "C", "d.txt": "D"})
    index.update(folder, other)
    (folder / "a.txt").unlink()
    (folder / "b.txt").unlink()
    assert index.update(folder, prune=True).num_removed == 2  # emptied
    (other / "c.txt").unlink()
    assert index.update(other / "c.txt", prune=True, gone_ok=True).num_removed == 1
    (other / "d.txt").unlink()
    other.rmdir()
    assert index.update(other, prune=True, gone_ok=True).num_removed == 1
    assert index.documents == {}
    with pytest.raises(SourceError, match=r"no such file or folder, and no document"):
        index.update(other, prune=True, gone_ok=True)


def test_standard_input_takes_no_files_row(
    tmp_path: Path, index: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pipe(*rows: object, **options: Any) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(*rows).encode())))
        index.update(Path("-"), **options)

    write(tmp_path, {"a.jsonl": lines({"id": "1", "body": "a"})})
    index.update(tmp_path)
    pipe({"id": "1", "body": "p"}, {"id": "2", "body": "p"})
    pipe({"id": "2", "body": "q"})  # the pipe's own: newer
    assert {key: document["body"] for key, document in index.documents.items()} == {
        "1": "a",
        "stdin#id=1": "p",
        "2": "q",
    }
    pipe({"body": "one"}, {"body": "two"}, id="news")
    pipe({"body": "three"}, id="news")  # with a name it is a source like a file
    assert index.documents["news#1"]["body"] == "three" and "news#2" not in index.documents
    assert len(index.documents) == 4

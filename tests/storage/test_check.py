import os
import random

import pytest
from committing import commit_segment

from searchlib.errors import CorruptIndexError, IndexNotFoundError, LockError, NotAnIndexError
from searchlib.storage.check import Damage, check
from searchlib.storage.columns import ColumnsWriter
from searchlib.storage.directory import Directory
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.documents import DocumentsWriter
from searchlib.storage.files import file_name
from searchlib.storage.manifest import Manifest, SegmentEntry, read_manifest
from searchlib.storage.repair import repair
from searchlib.storage.segment import SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

SCHEMA = {
    "body": {"kind": "text"},
    "when": {"kind": "date"},
    "price": {"kind": "number"},
    "open": {"kind": "boolean"},
}


def add_documents(directory: Directory, count: int, claimed: int | None = None) -> Manifest:
    manifest = read_manifest(directory) if directory.exists() else Manifest(schema=SCHEMA)
    number = directory.first_free_number(manifest.next_file)
    with SegmentWriter(directory, file_name(number, "segment")) as segment:
        documents = DocumentsWriter(segment, {"when": "date"}, worker=False)
        columns = ColumnsWriter({"when": "date", "price": "number", "open": "boolean"})
        for i in range(count):
            values = {"body": random.Random(i).randbytes(300).hex(), "price": i, "open": i % 3 == 0}
            documents.add(values)
            columns.add(values)
        documents.finish()
        columns.finish(segment)
        entry = segment.finish()
    deletes = directory.write_file(file_name(number + 1, "deletes"), b"0")
    metadata = directory.write_file(file_name(number + 2, "metadata"), b"{}")
    manifest = manifest.replace(
        generation=manifest.generation + 1,
        next_file=number + 3,
        segments=(*manifest.segments, SegmentEntry(entry, claimed or count, deletes, 1)),
        metadata=metadata,
    )
    directory.replace_manifest(manifest.to_bytes())
    directory.remove_unlisted(manifest.files())
    return manifest


@pytest.fixture
def index(disk: DiskDirectory) -> DiskDirectory:
    """Three commits, of 400, 500 and 600 documents, one of each deleted."""
    for count in (400, 500, 600):
        add_documents(disk, count)
    return disk


def flip(directory: DiskDirectory, name: str, position: int) -> None:
    path = directory.path / name
    data = bytearray(path.read_bytes())
    data[position] ^= 0x10
    path.write_bytes(data)


def test_a_sound_index_is_sound(index):
    report = check(index)
    assert report.ok and report.problems == [] and report.unlisted == []
    assert (report.num_files, report.num_docs) == (7, 1497)
    assert report.num_bytes == sum(
        (index.path / entry.name).stat().st_size for entry in read_manifest(index).files()
    )
    result = repair(index)
    assert not result.changed
    assert result.generation == read_manifest(index).generation == 3


def test_in_memory(directory):
    add_documents(directory, 10)
    assert check(directory).ok
    assert not repair(directory).changed


def test_every_damaged_byte_of_every_file_is_found(index):
    for entry in read_manifest(index).files():
        for position in random.Random(1).sample(
            range(entry.length), 19 if entry.length > 19 else entry.length
        ):
            flip(index, entry.name, position)
            problems = check(index).problems
            assert [problem.file for problem in problems] == [entry.name] * len(problems) and problems
            flip(index, entry.name, position)
    assert check(index).ok


def test_the_damaged_part_is_named(index):
    entry = read_manifest(index).segments[2].file
    segment = SegmentFile.open(index, entry)
    offset, length = segment.parts["documents"]
    flip(index, entry.name, offset + length // 2)
    assert [(problem.file, problem.part) for problem in check(index).problems] == [(entry.name, "documents")]


def test_a_damaged_segment_is_dropped_and_the_others_stay(index):
    before = read_manifest(index)
    name = before.segments[1].file.name
    flip(index, name, 1000)
    result = repair(index)
    assert result.changed and result.recovered_from == "live" and not result.lost_metadata
    assert [(lost.file, lost.num_docs) for lost in result.lost] == [(name, 499)]
    assert "documents" in result.lost[0].reason or "not what was written" in result.lost[0].reason
    live = read_manifest(index)
    assert live.segments == (before.segments[0], before.segments[2])
    assert live.metadata == before.metadata and live.schema == before.schema
    assert live.generation > before.generation
    assert check(index).ok
    # The damaged file is kept for whoever can read it, and no later commit touches it.
    assert result.set_aside == [name, before.segments[1].deletes.name]
    index.remove_unlisted(live.files())
    assert (index.path / (name + ".damaged")).exists()


def test_what_was_appended_to_a_file_is_cut_off(index):
    before = read_manifest(index)
    for number, entry in enumerate(before.files(), 1):
        with (index.path / entry.name).open("ab") as file:
            file.write(b"x" * number)
    assert {problem.file for problem in check(index).problems} == {entry.name for entry in before.files()}
    result = repair(index)
    assert not result.changed and result.lost == [] and result.set_aside == []
    assert result.cut == [(entry.name, number) for number, entry in enumerate(before.files(), 1)]
    assert read_manifest(index) == before
    assert check(index).ok and repair(index).cut == []


def test_what_was_appended_to_a_damaged_file_stays(index):
    name = read_manifest(index).segments[1].file.name
    flip(index, name, 1000)
    with (index.path / name).open("ab") as file:
        file.write(b"xx")
    length = (index.path / name).stat().st_size
    result = repair(index)
    assert result.cut == [] and [lost.file for lost in result.lost] == [name]
    assert (index.path / f"{name}.damaged").stat().st_size == length


def test_what_was_appended_in_memory(directory):
    entry = add_documents(directory, 10).segments[0].file
    if isinstance(directory, DiskDirectory):
        with (directory.path / entry.name).open("ab") as file:
            file.write(b"x")
    else:
        directory._files[entry.name] += b"x"
    assert not check(directory).ok
    assert repair(directory).cut == [(entry.name, 1)]
    assert check(directory).ok


@pytest.mark.parametrize("how", ["missing", "truncated", "link"])
def test_files_that_are_gone(index, how):
    before = read_manifest(index)
    path = index.path / before.segments[0].file.name
    if how == "truncated":
        os.truncate(path, 5000)
    else:
        path.unlink()
    if how == "link":
        path.symlink_to("/etc/passwd")
    problems = check(index).problems
    assert [problem.file for problem in problems] == [path.name]
    result = repair(index)
    assert [lost.file for lost in result.lost] == [path.name]
    assert read_manifest(index).segments == before.segments[1:]
    assert check(index).ok


def test_a_whole_segment_outlives_its_list_of_deleted_documents(index):
    before = read_manifest(index)
    first = before.segments[0]
    flip(index, first.deletes.name, 3)
    result = repair(index)
    assert result.lost == []
    [lost] = result.lost_deletes
    assert (lost.file, lost.num_docs) == (first.deletes.name, first.num_deleted) and lost.reason
    assert result.set_aside == [first.deletes.name]
    assert read_manifest(index).segments == (
        first._replace(deletes=None, num_deleted=0),
        *before.segments[1:],
    )
    assert check(index).ok


def test_a_manifest_older_than_the_one_kept_is_stale(index):
    stale = index.read_manifest()
    before = read_manifest(index)
    for _ in range(2):
        manifest = read_manifest(index)
        index.replace_manifest(manifest.replace(generation=manifest.generation + 1).to_bytes())
    (index.path / "manifest").write_bytes(stale)
    with pytest.raises(CorruptIndexError, match=r"stale.*repair"):
        read_manifest(index)
    result = repair(index)
    assert result.recovered_from == "old" and result.lost == []
    live = read_manifest(index)
    assert live.segments == before.segments and live.generation > before.generation + 1
    assert check(index).ok


def test_lost_metadata_is_said(index):
    before = read_manifest(index)
    (index.path / before.metadata.name).unlink()
    assert [problem.file for problem in check(index).problems] == [before.metadata.name]
    result = repair(index)
    assert result.lost_metadata and result.lost == []
    assert read_manifest(index).metadata is None
    assert check(index).ok


@pytest.mark.parametrize("half", [0, 1])
def test_half_a_manifest_is_enough(index, half):
    before = read_manifest(index)
    size = (index.path / "manifest").stat().st_size
    flip(index, "manifest", size // 4 + half * size // 2)
    with pytest.raises(CorruptIndexError, match="repair"):
        read_manifest(index)
    report = check(index)
    assert [problem.file for problem in report.problems] == ["manifest"] and report.num_files == 7
    result = repair(index)
    assert result.recovered_from == "copy" and result.changed and result.lost == []
    assert read_manifest(index).segments == before.segments
    assert check(index).ok


@pytest.mark.parametrize("how", ["missing", "empty", "zeroed", "torn"])
def test_a_lost_manifest_steps_back_one_commit_and_says_so(index, how):
    before = read_manifest(index)
    path = index.path / "manifest"
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "zeroed": bytes(len(data)), "torn": data[:300]}[how])
    with pytest.raises(CorruptIndexError, match="repair") as caught:
        read_manifest(index)
    assert caught.value.file == "manifest"
    assert check(index).problems[0].file == "manifest"
    result = repair(index)
    assert result.recovered_from == "old" and result.changed
    live = read_manifest(index)
    assert live.segments == before.segments[:2]
    assert live.generation > before.generation
    assert live.next_file > before.next_file - 1
    assert check(index).ok
    # What only the lost commit listed is kept aside.
    assert before.segments[2].file.name in result.set_aside
    assert (index.path / (before.segments[2].file.name + ".damaged")).exists()
    assert add_documents(index, 5).generation == live.generation + 1
    assert check(index).ok


def test_of_two_whole_copies_of_two_commits_the_newer_is_taken(index):
    live = (index.path / "manifest").read_bytes()
    newer = read_manifest(index).replace(generation=9).to_bytes()
    (index.path / "manifest").write_bytes(live[: len(live) // 2] + newer[len(newer) // 2 :])
    result = repair(index)
    assert result.recovered_from == "copy" and result.generation > 9


def test_when_no_manifest_is_left_nothing_is_done(index):
    (index.path / "manifest").write_bytes(b"searchlib-manifest torn")
    (index.path / "manifest.old").unlink()
    names = sorted(path.name for path in index.path.iterdir())
    assert not check(index).ok
    with pytest.raises(CorruptIndexError, match="index the documents again"):
        repair(index)
    assert sorted(path.name for path in index.path.iterdir()) == names


def test_no_index_and_other_peoples_folders_are_left_alone(tmp_path):
    directory = DiskDirectory(tmp_path)
    for function in (check, repair):
        with pytest.raises(IndexNotFoundError):
            function(directory)
    (tmp_path / "manifest").write_text("Manifest-Version: 1.0\n")
    with pytest.raises(NotAnIndexError):
        repair(directory)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest"]


def test_repair_waits_for_the_writer(index):
    with index.lock(), pytest.raises(LockError):
        repair(index)


def test_counts_that_do_not_fit_are_found(disk):
    add_documents(disk, 20, claimed=30)
    found = {problem.part for problem in check(disk).problems}
    assert found == {"documents.index", "column:when", "column:price", "column:open"}


def test_bytes_that_are_sound_and_wrong_are_found(disk):
    commit_segment(disk, {"documents": b"x" * 20, "documents.index": b"y" * 100})
    assert [problem.part for problem in check(disk).problems] == ["documents.index"]


def test_an_inspection_adds_its_problems(index):
    seen = []

    def inspect(segment, entry, manifest):
        seen.append((segment.name, entry.num_docs, manifest.generation))
        if entry.num_docs == 500:
            yield Damage(segment.name, "body.terms", "not sorted")
        if entry.num_docs == 600:
            raise CorruptIndexError("a cycle", file=segment.name, part="body.postings")

    report = check(index, inspect)
    assert [(problem.part, problem.message) for problem in report.problems] == [
        ("body.terms", "not sorted"),
        ("body.postings", "a cycle"),
    ]
    assert [count for _, count, _ in seen] == [400, 500, 600]
    assert [lost.num_docs for lost in repair(index, inspect).lost] == [499, 599]


def test_unlisted_files_are_said_and_no_problem(index):
    index.write_file("000099.deletes", b"left by a crash")
    report = check(index)
    assert report.ok and report.unlisted == ["000099.deletes"]

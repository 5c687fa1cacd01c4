import errno
import os
import stat

import pytest
from committing import commit_segment

from faulty import FaultyFileSystem, failing_at
from searchlib.errors import (
    CommitUncertainError,
    CorruptIndexError,
    IndexExistsError,
    IndexNotFoundError,
    NotAnIndexError,
)
from searchlib.storage import buffers
from searchlib.storage.check import check
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.files import FileEntry
from searchlib.storage.filesystem import FileSystem
from searchlib.storage.manifest import Manifest, read_manifest
from searchlib.storage.segment import SegmentFile

PARTS = {"a": b"some bytes", "b": bytes(200_000)}


def names(directory: DiskDirectory) -> list[str]:
    return sorted(path.name for path in directory.path.iterdir())


# ---- whose folder it is


def test_folders_are_made(tmp_path):
    directory = DiskDirectory(tmp_path / "a" / "b" / "index")
    assert not directory.exists()
    directory.create()
    assert names(directory) == []
    commit_segment(directory, PARTS)
    assert directory.exists()
    with pytest.raises(IndexExistsError):
        directory.create()


@pytest.mark.parametrize("name", ["thesis.txt", ".hidden", "000001.segment", "manifest.old", "000001.exe"])
def test_a_folder_that_holds_other_things_is_left_alone(tmp_path, name):
    (tmp_path / name).write_bytes(b"precious")
    with pytest.raises(NotAnIndexError, match=name):
        DiskDirectory(tmp_path).create()
    assert (tmp_path / name).read_bytes() == b"precious"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_in_the_folder_is_another_thing(tmp_path):
    (tmp_path / "000001.segment").mkdir()
    with pytest.raises(NotAnIndexError):
        DiskDirectory(tmp_path).create()


def test_a_path_that_is_a_file_is_refused(tmp_path):
    path = tmp_path / "file"
    path.write_text("precious")
    with pytest.raises(NotAnIndexError, match="not a folder"):
        DiskDirectory(path).create()
    assert path.read_text() == "precious"


def test_what_a_crash_of_ours_left_is_taken_over(disk):
    disk.write_file("000001.deletes", b"x")
    (disk.path / "000002.segment.tmp").write_bytes(b"torn")
    (disk.path / "manifest.tmp").write_bytes(b"torn")
    with disk.lock():
        disk.create()
        commit_segment(disk, PARTS)
        disk.remove_unlisted(read_manifest(disk).files())
    assert names(disk) == ["000003.segment", "manifest", "write.lock"]


@pytest.mark.parametrize("made", [True, False])
def test_no_index_here(tmp_path, made):
    path = tmp_path / "index"
    if made:
        path.mkdir()
    with pytest.raises(IndexNotFoundError, match=str(path)):
        read_manifest(DiskDirectory(path))


def test_a_manifest_that_vanished_is_corruption(disk):
    commit_segment(disk, PARTS)
    commit_segment(disk, PARTS)
    (disk.path / "manifest").unlink()
    with pytest.raises(CorruptIndexError, match="missing") as caught:
        read_manifest(disk)
    assert caught.value.file == "manifest"


def test_a_manifest_that_is_a_link_or_a_pipe_is_refused(disk, tmp_path):
    commit_segment(disk, PARTS)
    live = disk.path / "manifest"
    live.rename(tmp_path / "elsewhere")
    live.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CorruptIndexError, match="cannot be read"):
        read_manifest(disk)
    live.unlink()
    os.mkfifo(live)
    with pytest.raises(CorruptIndexError, match="cannot be read"):
        read_manifest(disk)


def test_the_path_does_not_move_with_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    directory = DiskDirectory("index")
    monkeypatch.chdir("/")
    directory.create()
    assert (tmp_path / "index").is_dir()


# ---- small files


def test_small_files_come_back(directory):
    entry = directory.write_file("000001.deletes", b"tombstones")
    assert directory.read_file(entry) == b"tombstones"
    assert directory.read_file(directory.write_file("000002.metadata", b"")) == b""
    with pytest.raises(FileExistsError):
        directory.write_file("000001.deletes", b"again")
    assert directory.read_file(entry) == b"tombstones"


def test_every_flipped_bit_and_truncation_is_seen(disk):
    entry = disk.write_file("000001.deletes", b"tombstones")
    path = disk.path / entry.name
    data = path.read_bytes()
    for position in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        path.write_bytes(flipped)
        with pytest.raises(CorruptIndexError) as caught:
            disk.read_file(entry)
        assert caught.value.file == "000001.deletes"
    for length in range(len(data)):
        path.write_bytes(data[:length])
        with pytest.raises(CorruptIndexError):
            disk.read_file(entry)
        with pytest.raises(CorruptIndexError):
            disk.read_file(entry._replace(length=length))


def test_files_are_readable_as_the_umask_says(disk):
    old = os.umask(0o027)
    try:
        entry = disk.write_file("000001.deletes", b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((disk.path / entry.name).stat().st_mode) == 0o640


# ---- what is removed


def test_only_unlisted_files_of_ours_are_removed(disk, tmp_path):
    manifest = commit_segment(disk, PARTS, deletes=b"x")
    disk.write_file("000010.deletes", b"unlisted")
    disk.write_file("000011.deletes", b"being committed")
    (disk.path / "000012.segment.tmp").write_bytes(b"torn")
    (disk.path / "000013.segment.tmp").write_bytes(b"being written")
    for name in ("notes.txt", "000020.segment", "000021.exe", "x.tmp", "manifest.bak"):
        (disk.path / name).write_bytes(b"precious")
    outside = tmp_path / "outside"
    outside.write_bytes((disk.path / "000010.deletes").read_bytes())
    (disk.path / "000022.segment").symlink_to(outside)
    (disk.path / "000023.segment.tmp").symlink_to(outside)
    (disk.path / "000024.segment.tmp").mkdir()
    before = set(names(disk))
    removed = disk.remove_unlisted(manifest.files(), keep=["000011.deletes", "000013.segment"])
    assert sorted(removed) == ["000010.deletes", "000012.segment.tmp"]
    assert set(names(disk)) == before - set(removed)
    assert outside.exists()


def test_what_the_live_manifest_lists_is_never_removed(directory):
    manifest = commit_segment(directory, PARTS, deletes=b"x")
    directory.write_file("000010.deletes", b"unlisted")
    assert directory.remove_unlisted([]) == ["000010.deletes"]
    for entry in manifest.files():
        directory.buffer(entry)


def test_nothing_is_removed_where_the_manifest_vanished(disk):
    commit_segment(disk, PARTS)
    commit_segment(disk, PARTS)
    (disk.path / "manifest").unlink()
    before = names(disk)
    with pytest.raises(CorruptIndexError):
        disk.remove_unlisted([])
    assert names(disk) == before


def test_numbers_are_never_used_again(directory):
    assert directory.first_free_number(5) == 5
    directory.write_file("000007.deletes", b"left by a crash")
    assert directory.first_free_number(5) == 8
    assert directory.first_free_number(9) == 9
    assert directory.names() == ["000007.deletes"]


def test_numbers_of_unfinished_files_are_not_used_again(disk):
    (disk.path / "000008.segment.tmp").write_bytes(b"torn")
    assert disk.first_free_number(1) == 9


def test_removing_goes_on_after_a_failure(disk):
    disk.write_file("000001.deletes", b"x")
    disk.write_file("000002.deletes", b"x")
    failing = DiskDirectory(disk.path, failing_at(1, errno.EACCES))
    assert len(failing.remove_unlisted([])) == 1
    assert len(disk.remove_unlisted([])) == 1


# ---- failures of the system, at each call of a commit


def calls_of_a_commit(path) -> list[str]:
    filesystem = FaultyFileSystem()
    commit_segment(DiskDirectory(path, filesystem), PARTS, deletes=b"tombstones")
    return filesystem.calls


def test_the_order_of_a_commit(disk):
    commit_segment(disk, PARTS)
    calls = [name for name in calls_of_a_commit(disk.path) if name not in ("close", "unlink")]
    assert calls == [
        "create", "write", "write", "sync", "rename",  # the segment
        "create", "write", "write", "sync", "rename",  # its deletes
        "sync_directory", "create", "write", "sync", "link", "rename",  # manifest.tmp, manifest.old
        "rename", "sync_directory",
    ]  # fmt: skip


def test_a_new_index_syncs_its_parent(tmp_path):
    synced = []

    class Recording(FileSystem):
        def sync_directory(self, path: str) -> None:
            synced.append(path)
            super().sync_directory(path)

    directory = DiskDirectory(tmp_path / "a" / "index", Recording())
    directory.create()
    assert synced == [str(tmp_path), str(tmp_path / "a")]
    synced.clear()
    commit_segment(directory, PARTS)
    assert synced == [str(directory.path), str(tmp_path / "a"), str(directory.path)]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EMFILE])
@pytest.mark.parametrize("number", range(1, 25))
def test_a_failure_at_any_call_loses_nothing(tmp_path, number, error):
    directory = DiskDirectory(tmp_path / "index")
    directory.create()
    first = commit_segment(directory, PARTS)
    failing = failing_at(number, error)
    outcome: Exception | None = None
    try:
        second = commit_segment(DiskDirectory(directory.path, failing), PARTS, deletes=b"tombstones")
    except (OSError, CommitUncertainError) as caught:
        outcome = caught
    live = read_manifest(directory)
    if outcome is None:
        # Beyond the last call, or a call whose failure is harmless: removing a leftover.
        assert len(failing.calls) < number or failing.calls[number - 1] in ("unlink", "close")
        assert live == second
    elif isinstance(outcome, CommitUncertainError):
        assert number > failing.calls.index("link") + 2
        assert live.generation in (1, 2)
    else:
        assert outcome.errno == error
        assert live == first
    for segment in live.segments:
        assert SegmentFile.open(directory, segment.file).read("a") == PARTS["a"]
    # The retry succeeds, and leaves nothing behind.
    third = commit_segment(directory, PARTS)
    directory.remove_unlisted(third.files())
    assert set(names(directory)) == {"manifest", "manifest.old", *(entry.name for entry in third.files())}


def test_the_calls_above_reach_every_call_of_a_commit(disk):
    commit_segment(disk, PARTS)
    assert 20 < len(calls_of_a_commit(disk.path)) < 25


def test_a_file_system_without_hard_links_has_the_old_manifest_copied(disk):
    def fail(count: int, name: str) -> None:
        if name == "link":
            raise OSError(errno.EPERM, "no links here")

    plain = DiskDirectory(disk.path, FaultyFileSystem(fail))
    for generation in (1, 2, 3):
        before = (disk.path / "manifest").read_bytes() if generation > 1 else None
        commit_segment(plain, PARTS)
        assert read_manifest(disk).generation == generation
        assert disk.read_old_manifest() == before


def test_short_writes_are_continued(tmp_path):
    class Short(FileSystem):
        def write(self, descriptor: int, data: memoryview) -> int:
            return super().write(descriptor, data[:1000])

    directory = DiskDirectory(tmp_path / "index", Short())
    directory.create()
    manifest = commit_segment(directory, PARTS, deletes=bytes(5000))
    segment = manifest.segments[0]
    assert SegmentFile.open(directory, segment.file).read("b") == PARTS["b"]
    assert directory.read_file(segment.deletes) == bytes(5000)


@pytest.mark.parametrize("error", sorted(buffers._SYSTEM_LIMITS))
def test_limits_of_the_system_are_not_called_corruption(disk, error):
    class Limited(FileSystem):
        def open(self, path: str) -> int:
            raise OSError(error, os.strerror(error))

    manifest = commit_segment(disk, PARTS)
    limited = DiskDirectory(disk.path, Limited())
    for read in (lambda: read_manifest(limited), lambda: limited.buffer(manifest.files()[0])):
        with pytest.raises(OSError) as caught:
            read()
        assert caught.value.errno == error
        assert not isinstance(caught.value, CorruptIndexError)


def test_a_bad_medium_is_named(disk):
    class Bad(FileSystem):
        def open(self, path: str) -> int:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    manifest = commit_segment(disk, PARTS)
    for read in (lambda d: read_manifest(d), lambda d: d.buffer(manifest.files()[0])):
        with pytest.raises(CorruptIndexError, match="cannot be read"):
            read(DiskDirectory(disk.path, Bad()))


def test_a_medium_that_fails_in_the_middle_is_named(disk):
    class Failing(FileSystem):
        def read(self, descriptor: int, size: int) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    manifest = commit_segment(disk, PARTS)
    entry = manifest.files()[0]
    failing = DiskDirectory(disk.path, Failing())
    for read in (
        failing.read_manifest,
        lambda: failing.buffer(entry, "copy"),
        lambda: failing.read_through(entry),
    ):
        with pytest.raises(CorruptIndexError, match="cannot be read"):
            read()
    assert failing.buffer(entry, "map") == disk.buffer(entry, "copy")
    report = check(failing)
    assert [problem.file for problem in report.problems] == ["manifest"]


def test_a_bad_sector_in_a_segment_is_a_problem_of_that_segment(disk):
    entry = commit_segment(disk, PARTS).files()[0]

    class Failing(FileSystem):
        def read(self, descriptor: int, size: int) -> bytes:
            if os.fstat(descriptor).st_size == entry.length:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().read(descriptor, size)

    report = check(DiskDirectory(disk.path, Failing()))
    assert [problem.file for problem in report.problems] == [entry.name]


def test_a_commit_with_a_reader_changes_nothing_for_it(directory):
    manifest = commit_segment(directory, PARTS)
    segment = SegmentFile.open(directory, manifest.segments[0].file)
    directory.replace_manifest(Manifest(schema={}, generation=2, next_file=9).to_bytes())
    if isinstance(directory, DiskDirectory):
        assert directory.remove_unlisted([]) == []  # manifest.old lists it
    directory.replace_manifest(Manifest(schema={}, generation=3, next_file=9).to_bytes())
    assert directory.remove_unlisted([]) == ["000001.segment"]
    assert segment.read("b") == PARTS["b"]
    with pytest.raises(CorruptIndexError, match="missing"):
        SegmentFile.open(directory, manifest.segments[0].file)


def test_an_empty_file_is_read(disk):
    (disk.path / "000001.metadata").touch()
    assert disk.buffer(FileEntry("000001.metadata", 0, 0)) == b""


@pytest.mark.parametrize("failing", [1, 2])
def test_a_file_of_which_nothing_is_told_is_closed(tmp_path, monkeypatch, failing):
    opened, asked = [], []
    system_open, system_fstat = os.open, os.fstat

    def watched(*arguments: object) -> int:
        opened.append(system_open(*arguments))
        return opened[-1]

    def fstat(descriptor: int) -> os.stat_result:
        asked.append(descriptor)
        if len(asked) == failing:
            raise OSError(errno.EIO, "Input/output error")
        return system_fstat(descriptor)

    (tmp_path / "000001.metadata").write_bytes(b"abc")
    with (
        monkeypatch.context() as patched,
        pytest.raises((OSError, CorruptIndexError), match="Input/output"),
    ):
        patched.setattr(os, "open", watched)
        patched.setattr(os, "fstat", fstat)
        buffers.open_buffer(FileSystem(), str(tmp_path), FileEntry("000001.metadata", 3, 0), "map")
    assert len(asked) == failing
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(opened[0])

"""The system fails at any call of a commit: what is live is known, and nothing that was added is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from faulty import COUNTED, FaultyFileSystem
from searchlib import Index, Number, Schema, Text
from searchlib.errors import ClosedError, CommitUncertainError, CorruptIndexError, SearchlibError
from searchlib.indexing.writer import IndexWriter
from searchlib.storage.check import check
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.filesystem import FileSystem
from searchlib.storage.manifest import read_manifest

SCHEMA = Schema(body=Text(), size=Number())
OLD = {str(number) for number in range(30)}
NEW = (OLD - {"0", "1", "20"}) | {str(number) for number in range(30, 40)}
ALL_CALLS = (*COUNTED, "open", "read")


def document(number: int) -> dict[str, object]:
    return {"id": str(number), "body": f"слово{number} the same", "size": number}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of eight segments, so that the next commit joins some."""
    path = tmp_path_factory.mktemp("base") / "index"
    index = Index.create(path, SCHEMA)
    for start in range(0, 30, 5):
        with index.writer() as writer:
            writer.add_many(document(number) for number in range(start, start + 5))
    with index.writer() as writer:
        writer.delete("20")
        writer.add(document(20))
    return path


def change(writer: IndexWriter) -> None:
    """Deletes in old segments, some documents in place of old ones, some new ones, metadata."""
    writer.delete("0")
    writer.add_many(document(number) for number in (1, 20, 25, *range(30, 40)))
    writer.delete("1")
    writer.delete("20")
    writer.metadata["note"] = "новое"


def ids_of(path: Path) -> set[str]:
    return {found["id"] for found in Index.open(path)}


class Failing:
    """A file system in which one chosen call fails, or all from then on until it is mended."""

    def __init__(
        self, make: Callable[[], BaseException], at: int = -1, names: tuple[str, ...] = ALL_CALLS
    ) -> None:
        self.make, self.at, self.armed, self.lasting, self.count = make, at, False, False, 0
        self.filesystem = FaultyFileSystem(self.fail, counted=names)

    def fail(self, number: int, name: str) -> None:
        if self.armed:
            self.count += 1
            if self.count == self.at or (self.lasting and self.count > self.at):
                raise self.make()


def writer_of(path: Path, failing: Failing, **options: float) -> IndexWriter:
    return IndexWriter(DiskDirectory(path, failing.filesystem), Index._matches, **options)


def check_all_agree(path: Path, reader: Index) -> None:
    reader.refresh()
    fresh = Index.open(path)
    assert list(reader) == list(fresh)
    assert reader.metadata == fresh.metadata
    assert check(DiskDirectory(path)).ok


FAILURES = [
    pytest.param(lambda code=code: OSError(code, os.strerror(code)), id=errno.errorcode[code])
    for code in (errno.EMFILE, errno.EIO, errno.ENOMEM, errno.ENOSPC)
] + [pytest.param(KeyboardInterrupt, id="interrupt"), pytest.param(MemoryError, id="memory")]


@pytest.mark.parametrize("merge", [True, False])
@pytest.mark.parametrize("make", FAILURES)
def test_each_call_of_a_commit_fails_once(
    tmp_path: Path, base: Path, make: Callable[[], BaseException], merge: bool
) -> None:
    outcomes, at, reached = set(), 0, True
    while reached:
        at += 1
        path = tmp_path / str(at)
        shutil.copytree(base, path)
        reader = Index.open(path)
        before = read_manifest(DiskDirectory(path)).generation
        failing = Failing(make, at)
        writer = writer_of(path, failing)
        change(writer)
        failing.armed = True
        raised: BaseException | None = None
        try:
            writer.commit(merge=merge)
        except BaseException as error:
            raised = error
        reached = failing.count >= at
        failing.armed = False
        check_all_agree(path, reader)
        is_live = ids_of(path) == NEW
        assert is_live or ids_of(path) == OLD
        live_generation = read_manifest(DiskDirectory(path)).generation
        assert live_generation == before + is_live
        outcomes.add((type(raised).__name__, is_live))
        if raised is None:
            assert is_live, "no error, no commit"
        if isinstance(raised, OSError):
            assert not is_live, f"call {at}: {raised}, and the commit is live"
        if raised is None or isinstance(raised, OSError | CorruptIndexError):
            writer.commit(merge=merge)  # repeated
            assert ids_of(path) == NEW, f"call {at}"
            is_live = True
        else:  # interrupted: it is repeated, or refused with a word
            try:
                writer.commit(merge=merge)
            except ClosedError:
                assert ids_of(path) == (NEW if is_live else OLD)
            else:
                assert ids_of(path) == NEW
                is_live = True
        check_all_agree(path, reader)
        generation = read_manifest(DiskDirectory(path)).generation
        assert generation == before + is_live  # each content has its own
        try:
            writer.rollback()
        except ClosedError:  # the outcome was uncertain
            writer.close()
            writer = Index.open(path).writer()
        writer.add(document(99))
        writer.commit(merge=merge)
        assert ids_of(path) == (NEW if is_live else OLD) | {"99"}, f"call {at}: a live commit was undone"
        assert read_manifest(DiskDirectory(path)).generation == generation + 1
        check_all_agree(path, reader)
        writer.close()
        assert check(DiskDirectory(path)).unlisted == []
        shutil.rmtree(path.with_name("last"), ignore_errors=True)
        path.rename(path.with_name("last"))
    assert at > 40
    segments = read_manifest(DiskDirectory(path.with_name("last"))).segments
    assert len(segments) < 4 if merge else any(entry.deletes for entry in segments)
    assert ("NoneType", True) in outcomes and len(outcomes) > 2, outcomes


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EMFILE])
def test_documents_come_in_while_the_disk_fails_and_is_mended(tmp_path: Path, code: int) -> None:
    """As long as it fails add() takes nothing and says so; nothing that it took is lost."""
    path, plain = tmp_path / "index", tmp_path / "plain"
    for folder in (path, plain):
        Index.create(folder, SCHEMA)
    texts = [{"id": str(n), "body": f"{os.urandom(400).hex()} слово{n}", "size": n} for n in range(6000)]
    failing = Failing(lambda: OSError(code, os.strerror(code)), 0, ("create", "write", "sync", "rename"))
    failing.lasting = True
    writer = writer_of(path, failing, memory_mb=2)
    refused = 0
    for number, text in enumerate(texts):
        if number % 500 == 250:
            failing.armed = True
        for _ in range(3000):
            try:
                writer.add(text)
                break
            except OSError:
                refused += 1
                if refused % 3 == 0:
                    failing.armed = False
    failing.armed = True
    for _ in range(3):
        with pytest.raises(OSError, match=os.strerror(code)):
            writer.commit()
    failing.armed = False
    writer.commit()
    assert refused > 3
    with Index.open(plain).writer(memory_mb=2) as expected:
        expected.add_many(texts)
    assert list(Index.open(path)) == list(Index.open(plain)) == texts
    assert check(DiskDirectory(path)).ok
    ours, theirs = (
        [(entry.file.length, entry.file.checksum) for entry in read_manifest(DiskDirectory(folder)).segments]
        for folder in (path, plain)
    )
    assert ours == theirs  # to the byte
    writer.close()
    writer.close()


class LosingDisk(FileSystem):
    """Its first sync fails and loses bytes, as a real one may: a second one would report success."""

    def __init__(self, loses: bool) -> None:
        self.loses, self.paths, self.syncs = loses, {}, 0

    def create(self, path: str) -> int:
        descriptor = super().create(path)
        self.paths[descriptor] = path
        return descriptor

    def sync(self, descriptor: int) -> None:
        self.syncs += 1
        if self.syncs == 1:
            if self.loses:
                with Path(self.paths[descriptor]).open("r+b") as file:
                    file.write(bytes(200))
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().sync(descriptor)


@pytest.mark.parametrize("loses", [False, True])
def test_a_sync_that_failed_is_not_believed_the_second_time(tmp_path: Path, loses: bool) -> None:
    Index.create(tmp_path / "index", SCHEMA)
    writer = IndexWriter(DiskDirectory(tmp_path / "index", LosingDisk(loses)), Index._matches)
    writer.add_many(document(number) for number in range(30))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        writer.commit()
    if loses:
        with pytest.raises(CorruptIndexError, match="add the documents again"):
            writer.commit()
        with pytest.raises(ClosedError, match="lost documents"):
            writer.commit()
        writer.rollback()
        writer.add_many(document(number) for number in range(30))
    writer.commit()
    assert ids_of(tmp_path / "index") == OLD
    assert check(DiskDirectory(tmp_path / "index")).ok
    writer.close()


@pytest.mark.parametrize("error", [OSError(errno.EMFILE, "too many"), MemoryError(), SearchlibError("x")])
def test_cleaning_up_after_a_commit_cannot_fail_it(tmp_path: Path, error: Exception) -> None:
    index = Index.create(tmp_path / "index", SCHEMA)
    writer = index.writer()
    writer.add(document(1))
    with patch.object(DiskDirectory, "remove_unlisted", side_effect=error):
        writer.commit()
    writer.rollback()
    writer.add(document(2))
    writer.commit()
    assert ids_of(tmp_path / "index") == {"1", "2"}
    writer.close()
    writer.close()


@pytest.mark.parametrize("before", [True, False])
def test_an_interrupt_beside_the_rename_closes_the_writer(tmp_path: Path, before: bool) -> None:
    index = Index.create(tmp_path / "index", SCHEMA)
    writer = index.writer()
    writer.add(document(1))
    replace = DiskDirectory.replace_manifest

    def interrupted(directory: DiskDirectory, data: bytes) -> None:
        if not before:
            replace(directory, data)
        raise KeyboardInterrupt

    with patch.object(DiskDirectory, "replace_manifest", interrupted), pytest.raises(KeyboardInterrupt):
        writer.commit()
    for call in (writer.commit, writer.rollback, lambda: writer.add(document(2))):
        with pytest.raises(ClosedError):
            call()
    assert index.refresh() is not before
    with index.writer() as other:
        other.add(document(3))
    assert ids_of(tmp_path / "index") == ({"3"} if before else {"1", "3"})
    writer.close()


def test_a_rollback_that_fails_leaves_nothing_to_commit(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", SCHEMA)
    with index.writer() as writer:
        writer.add(document(1))
    failing = Failing(lambda: OSError(errno.EMFILE, os.strerror(errno.EMFILE)), 0, ("open",))
    failing.lasting = True
    writer = writer_of(tmp_path / "index", failing)
    writer.add(document(2))
    writer.delete_by_query("nothing")  # flushes
    failing.armed = True
    with pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
        writer.rollback()
    failing.armed = False
    with pytest.raises(ClosedError, match="rollback"):
        writer.commit()
    writer.rollback()
    writer.add(document(3))
    writer.commit()
    assert ids_of(tmp_path / "index") == {"1", "3"}
    writer.close()


def test_what_is_uncertain_is_no_oserror() -> None:
    assert not issubclass(CommitUncertainError, OSError)

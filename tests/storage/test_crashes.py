"""Power cuts and kills in the middle of a commit: the index is found at the last commit or the next one."""

import os
import random
import shutil
import signal
from pathlib import Path

import pytest
from committing import commit_segment

from faulty import FaultyFileSystem, dying_at
from searchlib.storage.check import check
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.filesystem import FileSystem
from searchlib.storage.manifest import read_manifest

PARTS = {"a": b"some bytes", "b": bytes(range(256)) * 300}


def commit(directory: DiskDirectory) -> None:
    commit_segment(directory, PARTS, deletes=b"tombstones")
    directory.remove_unlisted(read_manifest(directory).files())


def number_of_calls(path: Path) -> int:
    filesystem = FaultyFileSystem()
    commit(DiskDirectory(path, filesystem))
    return len(filesystem.calls)


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_killed_at_each_call_of_a_commit(tmp_path):
    base = DiskDirectory(tmp_path / "base")
    base.create()
    commit(base)
    shutil.copytree(base.path, tmp_path / "count")
    total = number_of_calls(tmp_path / "count")
    assert total > 20
    generations = []
    for number in range(1, total + 1):
        path = tmp_path / f"index-{number}"
        shutil.copytree(base.path, path)
        pid = os.fork()
        if pid == 0:
            try:
                with DiskDirectory(path).lock():
                    commit(DiskDirectory(path, dying_at(number)))
            finally:
                os._exit(1)
        assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
        directory = DiskDirectory(path)
        generations.append(read_manifest(directory).generation)
        assert check(directory).ok
        with directory.lock():  # free, although its holder was killed
            commit(directory)
        assert check(directory).ok and check(directory).unlisted == []
        assert read_manifest(directory).generation == generations[-1] + 1
    assert generations == sorted(generations) and set(generations) == {1, 2}


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_processes_that_take_turns_lose_nothing(tmp_path):
    directory = DiskDirectory(tmp_path / "index")
    directory.create()
    commit(directory)
    writers = []
    for number in range(5):
        pid = os.fork()
        if pid == 0:
            done = 1
            try:
                for count in range(8):
                    with directory.lock(timeout=120):
                        # The last writer is killed in the middle of its third commit.
                        dies = number == 4 and count == 2
                        commit(DiskDirectory(directory.path, dying_at(9)) if dies else directory)
                done = 0
            finally:
                os._exit(done)
        writers.append(pid)
    statuses = [os.waitpid(pid, 0)[1] for pid in writers]
    assert [os.waitstatus_to_exitcode(status) for status in statuses] == [0, 0, 0, 0, -signal.SIGKILL]
    manifest = read_manifest(directory)
    assert manifest.generation == len(manifest.segments) == 1 + 4 * 8 + 2
    assert check(directory).ok
    commit(directory)  # if the killed one had the last turn, its files are there until the next commit
    assert check(directory).ok and check(directory).unlisted == []


class PowerCutError(Exception):
    pass


class Disk(FileSystem):
    """Remembers what a power cut may leave: bytes count once their file is synced, names once the folder is.

    Until then each write and each change of a name may or may not be there, whatever came after it.
    """

    def __init__(self) -> None:
        self.open_files: dict[int, int] = {}  # descriptor → number of the file
        self.named: dict[str, int] = {}  # as the running system sees it
        self.synced: list[bytes] = []  # by number
        self.unsynced: list[list[bytes]] = []
        self.durable: dict[str, int] = {}  # names as of the last sync of the folder
        self.changes: list[tuple[str, int | None]] = []  # of names, since then

    def change(self, name: str, number: int | None) -> None:
        apply(self.named, name, number)
        self.changes.append((name, number))

    def create(self, path: str) -> int:
        descriptor = super().create(path)
        self.open_files[descriptor] = len(self.synced)
        self.change(path, len(self.synced))
        self.synced.append(b"")
        self.unsynced.append([])
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        taken = super().write(descriptor, data)
        self.unsynced[self.open_files[descriptor]].append(bytes(data[:taken]))
        return taken

    def sync(self, descriptor: int) -> None:
        number = self.open_files[descriptor]
        self.synced[number] += b"".join(self.unsynced[number])
        self.unsynced[number] = []

    def rename(self, source: str, target: str) -> None:
        super().rename(source, target)
        self.change(target, self.named[source])
        self.change(source, None)

    def link(self, source: str, target: str) -> None:
        super().link(source, target)
        self.change(target, self.named[source])

    def unlink(self, path: str) -> None:
        super().unlink(path)
        self.change(path, None)

    def sync_directory(self, path: str) -> None:
        for name, number in self.changes:
            apply(self.durable, name, number)
        self.changes = []

    def after_a_power_cut(self, source: random.Random, target: Path) -> None:
        """Write one state that may be found."""
        names = dict(self.durable)
        for name, number in self.changes:
            if source.random() < 0.5:
                apply(names, name, number)
        target.mkdir()
        for name, number in names.items():
            data = self.synced[number]
            for written in self.unsynced[number]:
                torn = written[: len(written) // 512 // 2 * 512]
                data += source.choice([written, bytes(len(written)), torn, b""])
            (target / Path(name).name).write_bytes(data)


def apply(names: dict[str, int], name: str, number: int | None) -> None:
    if number is None:
        names.pop(name, None)
    else:
        names[name] = number


def cut_at(number: int, disk: Disk) -> FaultyFileSystem:
    def fail(count: int, name: str) -> None:
        if count == number:
            raise PowerCutError

    return FaultyFileSystem(fail, disk)


@pytest.mark.parametrize("seed", range(4))
def test_power_cut_before_each_call_of_a_commit(tmp_path, seed):
    source = random.Random(seed)
    outcomes = set()
    number, finished = 0, False
    while not finished:
        number += 1
        disk = Disk()
        directory = DiskDirectory(tmp_path / f"index-{number}", disk)
        directory.create()
        commit(directory)  # returned, hence durable, whatever happens now
        finished = True
        try:
            commit(DiskDirectory(directory.path, cut_at(number, disk)))
        except PowerCutError:
            finished = False
        for variant in range(3):
            found = DiskDirectory(tmp_path / f"found-{number}-{variant}")
            disk.after_a_power_cut(source, found.path)
            where = f"seed {seed}, before call {number}, variant {variant}"
            generation = read_manifest(found).generation
            outcomes.add(generation)
            assert generation == 2 if finished else generation in (1, 2), where
            assert check(found).ok, where
            commit(found)
            assert check(found).ok, where
    assert outcomes == {1, 2}
    assert number > 20

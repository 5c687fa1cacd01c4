"""An index that lives in memory, for Index.in_memory: a Directory over a dictionary.

Nothing is durable and no other process sees it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterable

from ..errors import CorruptIndexError, IndexExistsError, IndexNotFoundError, LockError
from ..forks import renew_locks_in_children
from .directory import Directory, Lock, OutputFile, Verify
from .files import FileEntry, first_free_number, is_file_name


class MemoryFile(OutputFile):
    """A file being written; others see it from finish() on."""

    def __init__(self, files: dict[str, bytearray], name: str) -> None:
        if not is_file_name(name):
            raise ValueError(f"not a name of an index file: {name!r}")
        if name in files:
            raise FileExistsError(f"{name} is already there")
        self._files, self._name, self._data = files, name, bytearray()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append all of the data."""
        self._data += data

    def settle(self) -> None:
        """Memory takes all at once: nothing to do."""

    def finish(self) -> None:
        """Give the file its name."""
        self._files[self._name] = self._data  # nobody writes any more

    def abort(self) -> None:
        """Forget the file."""
        self._data = bytearray()


class MemoryLock(Lock):
    """Held from construction until release(), within this process."""

    def __init__(self, mutex: threading.Lock, timeout: float) -> None:
        self._held = False
        if not mutex.acquire(timeout=timeout if timeout > 0 else 0):
            raise LockError(
                "another writer of this process holds the index in memory. Close it, or wait "
                "until it is done: writer(timeout=seconds)"
            )
        self._mutex, self._pid, self._held = mutex, os.getpid(), True

    @property
    def held(self) -> bool:
        """False after release(), and in a child that was forked while it was held."""
        return self._held and self._pid == os.getpid()

    def release(self) -> None:
        """Let the next writer in. Releasing twice does nothing."""
        if self._held:
            self._held = False
            self._mutex.release()  # in a forked child an old one, which nobody else asks for

    def __del__(self) -> None:
        if self._held:
            self.release()


class MemoryDirectory(Directory):
    """A dictionary of names. A removed file lives on for the snapshots that have it open, as on disk."""

    def __init__(self) -> None:
        self._files: dict[str, bytearray] = {}
        self._manifest: bytes | None = None
        self._old: bytes | None = None
        self._mutex = threading.Lock()
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """In a forked child, where no writer lives."""
        self._mutex = threading.Lock()

    def __repr__(self) -> str:
        return "MemoryDirectory()"

    def exists(self) -> bool:
        """Whether a manifest was committed."""
        return self._manifest is not None

    def create(self) -> None:
        """Raise IndexExistsError if an index is here."""
        if self.exists():
            raise IndexExistsError("there is already an index in this memory")

    def lock(self, timeout: float = 0.0) -> MemoryLock:
        """The writer's lock, held; LockError if it is not free within `timeout` seconds."""
        return MemoryLock(self._mutex, timeout)

    def create_file(self, name: str, patient: bool = False) -> MemoryFile:
        """A new file of that name, to be written in a stream."""
        return MemoryFile(self._files, name)

    def buffer(self, entry: FileEntry, verify: Verify = "map") -> memoryview:
        """All bytes of a file, never copied; CorruptIndexError if it is missing or has another length."""
        data = self._files.get(entry.name)
        if data is None:
            raise CorruptIndexError(f"{entry.name} is missing from memory", file=entry.name)
        if len(data) != entry.length:
            raise CorruptIndexError(
                f"{entry.name} should be {entry.length} bytes long, it has {len(data)}", file=entry.name
            )
        return memoryview(data).toreadonly()

    def read_through(self, entry: FileEntry) -> None:
        """Memory does not fail: nothing to do."""

    def surplus(self, entry: FileEntry) -> int:
        """How many bytes a file has behind its end."""
        return max(len(self._files.get(entry.name, b"")) - entry.length, 0)

    def beginning(self, entry: FileEntry) -> memoryview:
        """The bytes of a file without those behind its end."""
        return memoryview(bytes(self._files[entry.name][: entry.length]))

    def cut(self, entry: FileEntry) -> None:
        """Take the surplus away; who has the file open keeps it."""
        self._files[entry.name] = self._files[entry.name][: entry.length]

    def read_manifest(self) -> bytes:
        """The live manifest's bytes, unchecked."""
        if self._manifest is None:
            raise IndexNotFoundError("there is no index in this memory")
        return self._manifest

    def stamp(self) -> object:
        """The manifest itself."""
        return self._manifest

    def read_old_manifest(self) -> bytes | None:
        """The bytes of the manifest before the live one, unchecked; None if there is none."""
        return self._old

    def replace_manifest(self, data: bytes, keep_old: bool = True) -> None:
        """Commit: make the new manifest the live one."""
        if keep_old:
            self._old = self._manifest
        self._manifest = bytes(data)

    def first_free_number(self, next_file: int) -> int:
        """The first number at or after `next_file` that no file here bears, nor any after it."""
        return first_free_number(next_file, self._files)

    def names(self) -> list[str]:
        """The names of all files, listed by a manifest or not."""
        return sorted(self._files)

    def remove_unlisted(self, listed: Iterable[FileEntry], keep: Collection[str] = ()) -> list[str]:
        """Remove the files that are not listed, not in `keep` and not named by the live manifest."""
        kept = {entry.name for entry in listed} | set(keep)
        live = self._manifest or b""
        removed = [
            name for name in list(self._files) if name not in kept and b'"%s"' % name.encode() not in live
        ]
        for name in removed:
            del self._files[name]
        return removed

    def set_aside(self, name: str) -> bool:
        """Forget a file; False if it is not there."""
        return self._files.pop(name, None) is not None

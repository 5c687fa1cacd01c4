"""What an index is kept in: files that are written once, and one manifest that is replaced as a whole.

The stages above know a Directory and nothing of disks. Its two kinds are a folder (disk.py) and a dictionary
(memory.py), which tests hold to the same promises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from ..errors import ClosedError
from ..lean import TYPE_CHECKING
from .files import BLOB_TAG, FileEntry, blob_entry, pack_file_header, unwrap_blob

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from types import TracebackType
    from typing import Literal, TypeAlias

Verify: TypeAlias = "Literal['map', 'copy']"
"""How a file's bytes are reached: mapped, or read into memory once, so that a failing medium kills nobody."""


class OutputFile(ABC):
    """A file being written in a stream; nobody sees it under its name until finish()."""

    @abstractmethod
    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append all of the data."""

    @abstractmethod
    def settle(self) -> None:
        """Write what the system did not take before."""

    @abstractmethod
    def finish(self) -> None:
        """Give the file its name, durably if anything here is."""

    @abstractmethod
    def abort(self) -> None:
        """Forget the file."""


class Lock(ABC):
    """The right to write, held from construction until release(); a context manager."""

    @property
    @abstractmethod
    def held(self) -> bool:
        """False after release(), and in a child that was forked while it was held."""

    @abstractmethod
    def release(self) -> None:
        """Let the next writer in. Releasing twice does nothing."""

    def require(self) -> None:
        """Raise ClosedError unless the lock is held; to be called before anything is written."""
        if not self.held:
            raise ClosedError(
                "this writer's lock is gone: the writer was closed, or this is a forked child of its process"
            )

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()


class Directory(ABC):
    """The files of one index, each written once, and its manifest."""

    @abstractmethod
    def exists(self) -> bool:
        """Whether an index is here: a manifest was committed."""

    @abstractmethod
    def create(self) -> None:
        """Make ready for a first commit; IndexExistsError if an index is here."""

    @abstractmethod
    def lock(self, timeout: float = 0.0) -> Lock:
        """The writer's lock, held; LockError if it is not free within `timeout` seconds."""

    # ---- immutable files

    @abstractmethod
    def create_file(self, name: str, patient: bool = False) -> OutputFile:
        """A new file of that name, to be written in a stream; FileExistsError if there is one already.

        patient: it keeps what the system does not take, and tries again later.
        """

    @abstractmethod
    def buffer(self, entry: FileEntry, verify: Verify = "map") -> memoryview:
        """All bytes of a file. Only the length is checked; checksums are the caller's.

        Raises CorruptIndexError if the file is missing or has another length.
        """

    @abstractmethod
    def read_through(self, entry: FileEntry) -> None:
        """Read a file from end to end and keep nothing; CorruptIndexError if the medium fails."""

    @abstractmethod
    def surplus(self, entry: FileEntry) -> int:
        """How many bytes a file has behind its end; 0 as well if it is missing or too short."""

    @abstractmethod
    def beginning(self, entry: FileEntry) -> memoryview:
        """The bytes of a file that has a surplus, without it; else as `buffer`, once all could be read."""

    @abstractmethod
    def cut(self, entry: FileEntry) -> None:
        """Take the surplus away, for the holder of the writer's lock; durable when this returns."""

    def write_file(self, name: str, data: bytes | bytearray | memoryview) -> FileEntry:
        """Write a small file whole: the counterpart of read_file."""
        header = pack_file_header(BLOB_TAG)
        file = self.create_file(name)
        file.write(header)
        file.write(data)
        file.finish()
        return blob_entry(name, header, data)

    def read_file(self, entry: FileEntry) -> memoryview:
        """The data that write_file wrote; CorruptIndexError if a byte of the file is not what it was."""
        return unwrap_blob(self.buffer(entry, "copy"), entry)

    # ---- the manifest

    @abstractmethod
    def read_manifest(self) -> bytes:
        """The live manifest's bytes, unchecked; IndexNotFoundError if no index is here."""

    @abstractmethod
    def stamp(self) -> object:
        """What differs after each commit: a look at it costs less than reading the manifest."""

    @abstractmethod
    def read_old_manifest(self) -> bytes | None:
        """The bytes of the manifest before the live one, unchecked; None if there is none."""

    @abstractmethod
    def replace_manifest(self, data: bytes, keep_old: bool = True) -> None:
        """Commit: make the new manifest the live one. The files that it lists must be finished.

        keep_old: the manifest that is replaced can be read as the old one.
        """

    # ---- what is there

    @abstractmethod
    def names(self) -> list[str]:
        """The names of all files of an index, listed by a manifest or not."""

    @abstractmethod
    def first_free_number(self, next_file: int) -> int:
        """The first number at or after `next_file` that no file here bears, nor any after it."""

    @abstractmethod
    def remove_unlisted(self, listed: Iterable[FileEntry], keep: Collection[str] = ()) -> list[str]:
        """Remove the files that are not listed, not in `keep` and not named by the live manifest.

        For the holder of the writer's lock. Returns their names.
        """

    @abstractmethod
    def set_aside(self, name: str) -> bool:
        """Put a file where nothing touches it again; False if it is not there."""

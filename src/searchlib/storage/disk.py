"""The folder of an index on disk: files written once, one manifest replaced atomically.

It refuses folders that hold other things, follows no link, removes no file but its own, and does not know
what the bytes mean.
"""

from __future__ import annotations

import os

from ..errors import CorruptIndexError, IndexExistsError, IndexNotFoundError, NotAnIndexError
from ..lean import TYPE_CHECKING
from .buffers import open_buffer, read_small, read_through
from .directory import Directory, Verify
from .files import (
    LOCK,
    MAGIC,
    MANIFEST,
    MANIFEST_OLD,
    SET_ASIDE,
    TEMPORARY,
    FileEntry,
    first_free_number,
    is_file_name,
    is_temporary_name,
)
from .filesystem import FileSystem

# A reader needs neither what writes nor pathlib, which takes longer to import than all of storage: they are
# loaded where they are used.
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from .lock import WriterLock
    from .newfile import NewFile


class DiskDirectory(Directory):
    """A folder on disk. Nothing is read or written until a method is called."""

    def __init__(self, path: str | os.PathLike[str], filesystem: FileSystem | None = None) -> None:
        self.folder = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
        self.filesystem = filesystem or FileSystem()

    def __repr__(self) -> str:
        return f"DiskDirectory({self.folder!r})"

    @property
    def path(self) -> Path:
        """The folder."""
        from pathlib import Path

        return Path(self.folder)

    # ---- the folder

    def exists(self) -> bool:
        """Whether an index is here: the folder has a manifest."""
        return os.path.lexists(self._path_of(MANIFEST))

    def create(self) -> None:
        """Make the folder ready for a first commit: made if missing, taken if empty or left so by a crash of
        ours.

        Raises IndexExistsError if an index is here, NotAnIndexError if anything else is.
        """
        if self.exists():
            raise IndexExistsError(
                f"there is already an index at {self.path}; open it, or choose another folder"
            )
        try:
            found = [entry.name for entry in os.scandir(self.path) if not self._is_ours(entry)]
        except FileNotFoundError:
            return self._make_folders()
        except NotADirectoryError:
            raise NotAnIndexError(f"{self.path} is not a folder; choose another path for the index") from None
        if found:
            names = ", ".join(repr(name) for name in sorted(found)[:3])
            raise NotAnIndexError(
                f"{self.path} is not empty and not an index: it holds {names}"
                f"{' and more' if len(found) > 3 else ''}; choose an empty folder or a new one"
            )
        return None

    def _make_folders(self) -> None:
        from contextlib import suppress  # a reader needs none

        missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        for folder in reversed(missing):
            with suppress(FileExistsError):
                self.filesystem.make_directory(str(folder))
            self.filesystem.sync_directory(str(folder.parent))

    def lock(self, timeout: float = 0.0) -> WriterLock:
        """The writer's lock, held; LockError if it is not free within `timeout` seconds.

        Between create() and lock() another process may have committed: look again at exists().
        """
        from .lock import WriterLock

        try:
            return WriterLock(self._path_of(LOCK), timeout)
        except FileNotFoundError:
            raise IndexNotFoundError(f"there is no folder {self.folder}") from None

    # ---- immutable files

    def create_file(self, name: str, patient: bool = False) -> NewFile:
        """A new file of that name, to be written in a stream; FileExistsError if there is one already."""
        from .newfile import NewFile

        return NewFile(self.path, name, self.filesystem, patient)

    def buffer(self, entry: FileEntry, verify: Verify = "map") -> memoryview:
        """All bytes of a file, mapped or copied. Only the length is checked; checksums are the caller's.

        Raises CorruptIndexError if the file is missing, is a link, or has another length.
        """
        return open_buffer(self.filesystem, self.folder, entry, verify)

    def read_through(self, entry: FileEntry) -> None:
        """Read a file from end to end and keep nothing; CorruptIndexError if the medium fails."""
        read_through(self.filesystem, self.folder, entry)

    def surplus(self, entry: FileEntry) -> int:
        """How many bytes a file has behind its end; 0 as well if it is missing or too short."""
        try:
            descriptor = self.filesystem.open(self._path_of(entry.name))
        except OSError:
            return 0
        try:
            return max(os.fstat(descriptor).st_size - entry.length, 0)
        finally:
            os.close(descriptor)

    def beginning(self, entry: FileEntry) -> memoryview:
        """The bytes of a file without those behind its end, mapped once all could be read."""
        read_through(self.filesystem, self.folder, entry, longer=True)
        return open_buffer(self.filesystem, self.folder, entry, "map", longer=True)

    def cut(self, entry: FileEntry) -> None:
        """Take the surplus away, durably. Who has the file mapped has mapped no byte of it."""
        self.filesystem.truncate(self._path_of(entry.name), entry.length)

    # ---- the manifest

    def read_manifest(self) -> bytes:
        """The live manifest's bytes, unchecked.

        Raises IndexNotFoundError, NotAnIndexError (the folder is a file), CorruptIndexError if it vanished.
        """
        data = read_small(self.filesystem, self.folder, MANIFEST)
        if data is not None:
            return data
        if os.path.lexists(self._path_of(MANIFEST_OLD)):
            raise CorruptIndexError(
                f"the manifest is missing from {self.folder}; "
                f"`searchlib check --repair` may restore an earlier one",
                file=MANIFEST,
            )
        if os.path.isfile(self.folder):  # noqa: PTH113
            raise NotAnIndexError(f"{self.folder} is a file, and an index is a folder")
        raise IndexNotFoundError(f"there is no index at {self.folder}")

    def stamp(self) -> object:
        """What the file system has of the manifest, which is another file after each commit."""
        try:
            status = os.stat(self._path_of(MANIFEST))  # noqa: PTH116 (pathlib is slow to load)
        except OSError:
            return None  # whoever reads it will say why
        return status.st_ino, status.st_mtime_ns, status.st_size

    def read_old_manifest(self) -> bytes | None:
        """The bytes of the manifest before the live one, unchecked; None if there is none."""
        return read_small(self.filesystem, self.folder, MANIFEST_OLD)

    def replace_manifest(self, data: bytes, keep_old: bool = True) -> None:
        """Commit: make the new manifest the live one, durably. The files that it lists must be finished.

        An OSError means that the old manifest is live, as before. CommitUncertainError means that it is not
        known which one will be found after a crash: the caller must not write on. Nor after any other
        exception, such as a KeyboardInterrupt: read the live manifest to see which one it is.
        """
        from .commit import replace_manifest

        replace_manifest(self.filesystem, self.path, data, keep_old)

    # ---- what is in the folder

    def first_free_number(self, next_file: int) -> int:
        """The first number at or after `next_file` that no file here bears, nor any after it."""
        return first_free_number(
            next_file, (path.name.removesuffix(TEMPORARY) for path in self.path.iterdir())
        )

    def names(self) -> list[str]:
        """The names of all files of ours, listed by a manifest or not; none where the folder is a file."""
        if not os.path.isdir(self.folder):  # noqa: PTH112
            return []
        return sorted(path.name for path in self.path.iterdir() if is_file_name(path.name))

    def remove_unlisted(self, listed: Iterable[FileEntry], keep: Collection[str] = ()) -> list[str]:
        """Remove files of ours that are not listed: replaced ones and what a crash left. Returns their names.

        For the holder of the writer's lock. `keep`: names that its own threads are writing, or have finished
        and not yet committed. A file is ours if its name is and it starts with our magic, or its name is a
        temporary one. What cannot be removed now is left for the next time. Whatever the caller lists, a file
        that the live manifest names stays: a commit that was interrupted may have succeeded. So does one that
        manifest.old names: a repair that goes back to it finds all of that commit.
        """
        try:
            named = self.read_manifest() + (self.read_old_manifest() or b"")
        except IndexNotFoundError:
            named = b""
        kept = {entry.name for entry in listed} | set(keep)
        removed = []
        for entry in list(os.scandir(self.folder)):  # not .path: at the interpreter's end nothing is imported
            name = entry.name.removesuffix(TEMPORARY)
            if (
                name in kept
                or b'"%s"' % os.fsencode(name) in named
                or name == LOCK
                or not self._is_ours(entry)
            ):
                continue
            try:
                self.filesystem.unlink(entry.path)
            except OSError:
                continue
            removed.append(entry.name)
        return removed

    def remove_all(self) -> list[str]:
        """Remove all files of ours, for the holder of the writer's lock; returns the names of what else is
        here.

        A file is ours by its name: a damaged one may have lost its magic. The manifest goes last: until then
        it is an index, if a damaged one, which can be removed once more.
        """
        ours = (MANIFEST_OLD, MANIFEST, LOCK)
        for entry in list(os.scandir(self.folder)):
            name = entry.name.removesuffix(SET_ASIDE)
            is_file = entry.is_file(follow_symlinks=False)
            if is_file and name not in ours and (is_file_name(name) or is_temporary_name(name)):
                self.filesystem.unlink(entry.path)
        for name in ours:
            try:
                self.filesystem.unlink(self._path_of(name))
            except FileNotFoundError:
                continue
        left = sorted(entry.name for entry in os.scandir(self.folder))
        if not left:
            os.rmdir(self.folder)  # noqa: PTH106
        return left

    def set_aside(self, name: str) -> bool:
        """Rename a file of ours so that nothing here touches it again; False if it is not there."""
        if not is_file_name(name) or not os.path.lexists(self._path_of(name)):
            return False
        self.filesystem.rename(self._path_of(name), self._path_of(name + SET_ASIDE))
        return True

    def _path_of(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def _is_ours(self, entry: os.DirEntry[str]) -> bool:
        if not entry.is_file(follow_symlinks=False):
            return False
        if entry.name == LOCK or is_temporary_name(entry.name):
            return True
        return is_file_name(entry.name) and self._has_magic(entry.path)

    def _has_magic(self, path: str) -> bool:
        try:
            descriptor = self.filesystem.open(path)
        except OSError:
            return False
        try:
            return self.filesystem.read(descriptor, len(MAGIC)) == MAGIC
        except OSError:
            return False
        finally:
            os.close(descriptor)

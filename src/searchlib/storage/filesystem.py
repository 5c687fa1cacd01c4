"""The calls by which an index reaches the disk, one method each, so that a test can make any of them fail.

An OSError stays as the system raised it. No policy lives here.
"""

# These are the raw calls, of paths that are strings already.
# ruff: noqa: PTH102, PTH104, PTH108

from __future__ import annotations

import os
import stat

from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a pipe that someone put in a file's place must not wait for its other end.
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def _sync(descriptor: int) -> None:
    # On macOS fsync leaves the data in the drive's cache; F_FULLFSYNC does not, where the
    # file system knows it.
    import fcntl

    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        try:
            fcntl.fcntl(descriptor, full)
            return
        except OSError:
            pass
    os.fsync(descriptor)


class FileSystem:
    """The real one."""

    def create(self, path: str) -> int:
        """A descriptor of a file that did not exist; links are not followed."""
        return os.open(path, _CREATE, 0o666)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of the data; the number of bytes taken."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Return once the file's bytes are durable."""
        _sync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def rename(self, source: str, target: str) -> None:
        """Give a file another name, replacing what had it, atomically."""
        os.rename(source, target)

    def link(self, source: str, target: str) -> None:
        """Give a file a second name."""
        os.link(source, target, follow_symlinks=False)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        os.unlink(path)

    def truncate(self, path: str, length: int) -> None:
        """Cut a file to that length, durably; links are not followed."""
        descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.ftruncate(descriptor, length)
            _sync(descriptor)
        finally:
            os.close(descriptor)

    def make_directory(self, path: str) -> None:
        """Make one folder, whose parent is there."""
        os.mkdir(path)

    def sync_directory(self, path: str) -> None:
        """Return once the names in a folder are durable."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)

    def open(self, path: str) -> int:
        """A descriptor of a regular file, to read; OSError for a link, a pipe, a folder."""
        descriptor = os.open(path, _READ)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(0, "not a regular file", path)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def read(self, descriptor: int, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        return os.read(descriptor, size)

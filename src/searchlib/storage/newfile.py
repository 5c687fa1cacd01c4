"""One immutable file on its way to the disk: temporary until it is durable, gone if anything fails.

Bytes come in, in order; a named file goes out, or nothing. What the bytes mean is not known here.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from .files import TEMPORARY, is_file_name
from .filesystem import FileSystem


def write_all(filesystem: FileSystem, descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write all of the data, however little of it the system takes at a time."""
    view = memoryview(data)
    while len(view) > 0:
        view = view[filesystem.write(descriptor, view) :]


class NewFile:
    """A file being written. It has a temporary name until finish(); after an error it is gone."""

    def __init__(self, folder: Path, name: str, filesystem: FileSystem) -> None:
        if not is_file_name(name):
            raise ValueError(f"not a name of an index file: {name!r}")
        self._filesystem = filesystem
        self._path = str(folder / name)
        self._temporary = self._path + TEMPORARY
        if os.path.lexists(self._path):  # never overwrite: a reader may hold the file that has this name
            raise FileExistsError(f"{self._path} is already there")
        self._descriptor = self._filesystem.create(self._temporary)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append all of the data. An OSError abandons the file."""
        try:
            write_all(self._filesystem, self._descriptor, data)
        except BaseException:
            self.abort()
            raise

    def finish(self) -> None:
        """Make the bytes durable and give the file its name. An OSError abandons the file."""
        try:
            self._filesystem.sync(self._descriptor)
            descriptor, self._descriptor = self._descriptor, -1
            self._filesystem.close(descriptor)
            self._filesystem.rename(self._temporary, self._path)
        except BaseException:
            self.abort()
            raise

    def abort(self) -> None:
        """Leave nothing behind, as far as the file system allows: a later commit removes what it does not."""
        with contextlib.suppress(OSError):
            if self._descriptor >= 0:
                descriptor, self._descriptor = self._descriptor, -1
                self._filesystem.close(descriptor)
        with contextlib.suppress(OSError):
            self._filesystem.unlink(self._temporary)

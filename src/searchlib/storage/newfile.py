"""One immutable file on its way to the disk: temporary until it is durable, gone if anything fails.

After the last byte there is a file of that name, or none. A patient file keeps what the system does not take
and tries again later. What the bytes mean is not known here.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

from ..errors import CorruptIndexError
from .directory import OutputFile
from .files import TEMPORARY, is_file_name
from .filesystem import FileSystem

_COPY_BYTES = 1 << 20


def write_all(filesystem: FileSystem, descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write all of the data, however little of it the system takes at a time."""
    view = memoryview(data)
    while len(view) > 0:
        view = view[filesystem.write(descriptor, view) :]


class NewFile(OutputFile):
    """A file being written. It has a temporary name until finish(); after an error it is gone.

    patient: after an OSError it is not. write() never raises one: what the system did not take stays in
        memory, until settle() or finish() tries again; both raise the OSError, and may be repeated.
    """

    _descriptor = _source = -1

    def __init__(self, folder: Path, name: str, filesystem: FileSystem, patient: bool = False) -> None:
        if not is_file_name(name):
            raise ValueError(f"not a name of an index file: {name!r}")
        self._filesystem, self._patient = filesystem, patient
        self._path = str(folder / name)
        self._temporary = self._path + TEMPORARY
        if os.path.lexists(self._path):  # never overwrite: a reader may hold the file that has this name
            raise FileExistsError(f"{self._path} is already there")
        self._owed = bytearray()
        self._checksum = 0  # of a patient file, for _copy
        self._is_durable = self._sync_failed = False
        self._source = -1  # what a failed sync left, to be read
        self._pid = os.getpid()
        self._descriptor = self._filesystem.create(self._temporary)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append all of the data. An OSError abandons the file, unless it is patient."""
        if not self._patient:
            try:
                write_all(self._filesystem, self._descriptor, data)
            except BaseException:
                self.abort()
                raise
            return
        self._checksum = zlib.crc32(data, self._checksum)
        if self._owed:
            self._owed += data
            return
        view = memoryview(data)
        try:
            while len(view) > 0:
                view = view[self._filesystem.write(self._descriptor, view) :]
        except OSError:
            self._owed += view
        finally:
            view.release()  # whoever keeps the error keeps this frame, and the buffer must shrink

    def settle(self) -> None:
        """Write what the system did not take before."""
        while self._owed:
            with memoryview(self._owed) as view:
                taken = self._filesystem.write(self._descriptor, view)
            del self._owed[:taken]

    def finish(self) -> None:
        """Make the bytes durable and give the file its name. An OSError abandons it, unless it is patient."""
        try:
            self.settle()
            if not self._is_durable:
                self._sync()
            self._close()
            self._filesystem.rename(self._temporary, self._path)
        except BaseException as error:
            if not (self._patient and isinstance(error, OSError)):
                self.abort()
            raise

    def _sync(self) -> None:
        if self._sync_failed:
            self._copy()
        try:
            self._filesystem.sync(self._descriptor)
        except OSError:
            self._sync_failed = True
            raise
        self._is_durable = True

    def _copy(self) -> None:
        """Write all bytes to another file of the same temporary name.

        A second sync of a file whose first one failed proves nothing: the system has reported the loss, and
        counts the bytes as written. They are still in its memory, as a rule; the checksum tells.
        """
        if self._source < 0:
            self._source = self._filesystem.open(self._temporary)
        with contextlib.suppress(FileNotFoundError):
            self._filesystem.unlink(self._temporary)
        created = self._filesystem.create(self._temporary)
        before, self._descriptor = self._descriptor, created
        if before >= 0:
            with contextlib.suppress(OSError):
                self._filesystem.close(before)
        os.lseek(self._source, 0, os.SEEK_SET)
        checksum = 0
        while data := self._filesystem.read(self._source, _COPY_BYTES):
            checksum = zlib.crc32(data, checksum)
            write_all(self._filesystem, self._descriptor, data)
        if checksum != self._checksum:
            raise CorruptIndexError(
                f"the system failed to write {self._path} and lost bytes of it; "
                "call rollback() and add the documents again",
                file=Path(self._path).name,
            )

    def _close(self) -> None:
        """The bytes are durable: that a descriptor cannot be closed properly changes nothing."""
        for descriptor in (self._descriptor, self._source):
            if descriptor >= 0:
                with contextlib.suppress(OSError):
                    self._filesystem.close(descriptor)
        self._descriptor = self._source = -1

    def abort(self) -> None:
        """Leave nothing behind, as far as the file system allows: a later commit removes what it does not."""
        self._owed.clear()
        self._close()
        with contextlib.suppress(OSError):
            self._filesystem.unlink(self._temporary)

    def __del__(self) -> None:
        # Dropped without finish() or abort(). In a forked child the file is the parent's, and its name may be
        # another writer's by now.
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                there = os.lstat(self._temporary)
                if self._pid == os.getpid() and os.path.samestat(os.fstat(self._descriptor), there):
                    self._filesystem.unlink(self._temporary)
            self._close()

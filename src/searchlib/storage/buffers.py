"""The bytes of an index's files on disk, mapped or copied.

A file that is no regular one, has another length or cannot be read ends in a CorruptIndexError that names
it. Limits of the system, such as too many open files, are not the file's fault: they stay the OSErrors that
they are. Checksums are not compared here.
"""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
from collections.abc import Iterator

from ..errors import CorruptIndexError
from .directory import Verify
from .files import FileEntry, is_file_name
from .filesystem import FileSystem

_BLOCK_BYTES = 1 << 20
_SYSTEM_LIMITS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM, errno.EINTR}


def read_small(filesystem: FileSystem, folder: str, name: str) -> bytes | None:
    """All bytes of a manifest; None if there is no such file."""
    try:
        with _opened(filesystem, folder, name) as descriptor:
            return b"".join(_blocks(filesystem, descriptor, name))
    except (FileNotFoundError, NotADirectoryError):
        return None


def open_buffer(filesystem: FileSystem, folder: str, entry: FileEntry, verify: Verify) -> memoryview:
    """All bytes of an immutable file."""
    with _opened_entry(filesystem, folder, entry) as descriptor:
        if entry.length == 0:
            return memoryview(b"")
        if verify == "map":
            return memoryview(mmap.mmap(descriptor, entry.length, prot=mmap.PROT_READ, flags=mmap.MAP_SHARED))
        data = b"".join(_blocks(filesystem, descriptor, entry.name))
        if len(data) != entry.length:
            raise CorruptIndexError(f"{entry.name} changed while it was read", file=entry.name)
        return memoryview(data)


def release_pages(buffer: memoryview) -> None:
    """Let go of the memory that a mapped file's bytes occupy; they are read again where they are needed."""
    if isinstance(buffer.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        buffer.obj.madvise(mmap.MADV_DONTNEED)


def read_through(filesystem: FileSystem, folder: str, entry: FileEntry) -> None:
    """Read all bytes and keep none: a bad medium gives an error here; under a mapping it would kill."""
    with _opened_entry(filesystem, folder, entry) as descriptor:
        for _ in _blocks(filesystem, descriptor, entry.name):
            pass


@contextlib.contextmanager
def _opened(filesystem: FileSystem, folder: str, name: str) -> Iterator[int]:
    with _naming(name):
        descriptor = filesystem.open(f"{folder}/{name}")
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _opened_entry(filesystem: FileSystem, folder: str, entry: FileEntry) -> Iterator[int]:
    """A descriptor of the file, once its name and its length are the entry's."""
    name = entry.name
    if not is_file_name(name):
        raise CorruptIndexError(f"not a name of an index file: {name!r}", file=name)
    try:
        with _opened(filesystem, folder, name) as descriptor:
            length = os.fstat(descriptor).st_size
            if length != entry.length:
                raise CorruptIndexError(
                    f"{name} should be {entry.length} bytes long, it has {length}", file=name
                )
            yield descriptor
    except FileNotFoundError:
        raise CorruptIndexError(f"{name} is missing from {folder}", file=name) from None


def _blocks(filesystem: FileSystem, descriptor: int, name: str) -> Iterator[bytes]:
    while True:
        with _naming(name):
            block = filesystem.read(descriptor, _BLOCK_BYTES)
        if not block:
            return
        yield block


@contextlib.contextmanager
def _naming(name: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        if error.errno in _SYSTEM_LIMITS:
            raise
        raise CorruptIndexError(f"{name} cannot be read: {error.strerror}", file=name) from error

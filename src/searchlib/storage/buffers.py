"""The bytes of an index's files on disk, mapped or copied.

A file that is no regular one, has another length or cannot be read ends in a CorruptIndexError that names
it. Limits of the system, such as too many open files, are not the file's fault: they stay the OSErrors that
they are. Checksums are not compared here.
"""

from __future__ import annotations

import errno
import mmap
import os

from ..errors import CorruptIndexError
from ..lean import TYPE_CHECKING
from .directory import Verify
from .files import FileEntry, is_file_name
from .filesystem import FileSystem

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK_BYTES = 1 << 20
_SYSTEM_LIMITS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM, errno.EINTR}


def read_small(filesystem: FileSystem, folder: str, name: str) -> bytes | None:
    """All bytes of a manifest; None if there is no such file."""
    try:
        descriptor = _open(filesystem, folder, name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return b"".join(_blocks(filesystem, descriptor, name))
    finally:
        os.close(descriptor)


def open_buffer(
    filesystem: FileSystem, folder: str, entry: FileEntry, verify: Verify, *, longer: bool = False
) -> memoryview:
    """All bytes of an immutable file. longer: it may have more, which are not mapped."""
    descriptor = _open_entry(filesystem, folder, entry, longer)
    try:
        if entry.length == 0:
            return memoryview(b"")
        if verify == "map":
            return memoryview(mmap.mmap(descriptor, entry.length, prot=mmap.PROT_READ, flags=mmap.MAP_SHARED))
        data = b"".join(_blocks(filesystem, descriptor, entry.name))
        if len(data) != entry.length:
            raise CorruptIndexError(f"{entry.name} changed while it was read", file=entry.name)
        return memoryview(data)
    finally:
        os.close(descriptor)


def release_pages(buffer: memoryview) -> None:
    """Let go of the memory that a mapped file's bytes occupy; they are read again where they are needed."""
    if isinstance(buffer.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        buffer.obj.madvise(mmap.MADV_DONTNEED)


def read_through(filesystem: FileSystem, folder: str, entry: FileEntry, *, longer: bool = False) -> None:
    """Read all bytes and keep none: a bad medium gives an error here; under a mapping it would kill."""
    descriptor = _open_entry(filesystem, folder, entry, longer)
    try:
        for _ in _blocks(filesystem, descriptor, entry.name):
            pass
    finally:
        os.close(descriptor)


def _open(filesystem: FileSystem, folder: str, name: str) -> int:
    try:
        return filesystem.open(f"{folder}/{name}")
    except OSError as error:
        if _is_of_the_system(error):
            raise
        raise _damage(name, error) from error


def _open_entry(filesystem: FileSystem, folder: str, entry: FileEntry, longer: bool = False) -> int:
    """A descriptor of the file, once its name and its length are the entry's. longer: it may have more."""
    name = entry.name
    if not is_file_name(name):
        raise CorruptIndexError(f"not a name of an index file: {name!r}", file=name)
    try:
        descriptor = _open(filesystem, folder, name)
    except FileNotFoundError:
        raise CorruptIndexError(f"{name} is missing from {folder}", file=name) from None
    try:
        length = os.fstat(descriptor).st_size
        if length != entry.length and not (longer and length > entry.length):
            raise CorruptIndexError(f"{name} should be {entry.length} bytes long, it has {length}", file=name)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _blocks(filesystem: FileSystem, descriptor: int, name: str) -> Iterator[bytes]:
    while True:
        try:
            block = filesystem.read(descriptor, _BLOCK_BYTES)
        except OSError as error:
            if _is_of_the_system(error):
                raise
            raise _damage(name, error) from error
        if not block:
            return
        yield block


def _is_of_the_system(error: OSError) -> bool:
    """Whether a failure to read is no damage: a limit of the system, or a file that is not there."""
    return isinstance(error, (FileNotFoundError, NotADirectoryError)) or error.errno in _SYSTEM_LIMITS


def _damage(name: str, error: OSError) -> CorruptIndexError:
    return CorruptIndexError(f"{name} cannot be read: {error.strerror}", file=name)

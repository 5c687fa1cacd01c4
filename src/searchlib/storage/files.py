"""What every file of an index has: a name of ours, a magic, a format version, a length and a checksum.

Names and FileEntry records are checked here; nothing opens a file.
"""

from __future__ import annotations

from .. import _core
from ..errors import CorruptIndexError, IndexTooNewError, IndexTooOldError
from ..lean import TYPE_CHECKING, NamedTuple, struct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MAGIC = b"\x9asearch\n"
FORMAT_VERSION = 3
"""Open until the first release; what was written before it is not read."""

OLDEST_READ_VERSION = 3

MANIFEST = "manifest"
MANIFEST_OLD = "manifest.old"
LOCK = "write.lock"
TEMPORARY = ".tmp"
SET_ASIDE = ".damaged"
BLOB_TAG = b"BLOB"
SEGMENT_TAG = b"SEGM"
KINDS = ("segment", "deletes", "metadata")

_FILE_HEADER = struct.Struct("<8sI4s")
FILE_HEADER_BYTES = _FILE_HEADER.size


class FileEntry(NamedTuple):
    """One immutable file: what must be on disk for it to be the file that was written.

    checksum: CRC-32C; of the whole file, but for a segment of its last part, which holds the CRC-32C of the
    rest.
    """

    name: str
    length: int
    checksum: int


def file_name(number: int, kind: str) -> str:
    """The name of the number-th file of an index, for instance 000042.segment."""
    name = f"{number:06d}.{kind}"
    if not is_file_name(name):
        raise ValueError(
            f"a file has a number from 0 to 10**18 - 1 and a kind of {KINDS}, got {number}, {kind!r}"
        )
    return name


def file_number(name: str) -> int | None:
    """The number in a name of ours, None for any other name."""
    digits, _, kind = name.partition(".")
    is_ours = kind in KINDS and 6 <= len(digits) <= 18 and digits.isascii() and digits.isdigit()
    return int(digits) if is_ours else None


def first_free_number(next_file: int, names: Iterable[str]) -> int:
    """The first number at or after `next_file` that none of the names bears, nor any after it."""
    numbers = (file_number(name) for name in names)
    return max([next_file, *(number + 1 for number in numbers if number is not None)])


def is_file_name(name: str) -> bool:
    """Whether this is the name of an immutable file of ours; no separator ever passes."""
    return file_number(name) is not None


def is_temporary_name(name: str) -> bool:
    """Whether a writer of ours gives this name to a file that it has not finished."""
    stem = name.removesuffix(TEMPORARY)
    return stem != name and (stem in (MANIFEST, MANIFEST_OLD) or is_file_name(stem))


def pack_file_header(tag: bytes) -> bytes:
    """The first 16 bytes of a file whose content is of that kind (four bytes)."""
    return _FILE_HEADER.pack(MAGIC, FORMAT_VERSION, tag)


def check_file_header(header: bytes | memoryview, tag: bytes, file: str) -> None:
    """IndexTooOldError, IndexTooNewError or CorruptIndexError unless pack_file_header(tag) wrote this."""
    magic, version, found = _FILE_HEADER.unpack(header)
    if magic != MAGIC:
        raise CorruptIndexError(f"{file} does not start as a file of searchlib", file=file, part="header")
    check_version(version, file)
    if found != tag:
        raise CorruptIndexError(f"{file} should be a {tag!r} file, it is {found!r}", file=file, part="header")


def blob_entry(name: str, header: bytes, data: bytes | bytearray | memoryview) -> FileEntry:
    """The entry of a file that is that header and that data."""
    return FileEntry(name, len(header) + len(data), _core.crc32c(data, _core.crc32c(header)))


def unwrap_blob(file: memoryview, entry: FileEntry) -> memoryview:
    """The data behind the header of a small file, once every byte of it is verified."""
    if len(file) != entry.length or _core.crc32c(file) != entry.checksum:
        raise CorruptIndexError(
            f"{entry.name}: the bytes are not what was written (checksum)", file=entry.name
        )
    if len(file) < FILE_HEADER_BYTES:
        raise CorruptIndexError(f"{entry.name} is shorter than its header", file=entry.name, part="header")
    check_file_header(file[:FILE_HEADER_BYTES], BLOB_TAG, entry.name)
    return file[FILE_HEADER_BYTES:].toreadonly()


def check_version(version: int, file: str) -> None:
    """IndexTooOldError or IndexTooNewError unless this version can be read. Check the checksum before."""
    if version < OLDEST_READ_VERSION:
        raise IndexTooOldError(
            f"{file} has format version {version}; this searchlib reads version {FORMAT_VERSION}: rebuild "
            f"the index from its sources"
        )
    if version > FORMAT_VERSION:
        raise IndexTooNewError(
            f"{file} has format version {version}; this searchlib reads version {FORMAT_VERSION}: upgrade "
            f"searchlib"
        )


def parse_entry(data: Any, kind: str, file: str) -> FileEntry:
    """A FileEntry from JSON, [name, length, checksum]; refused unless it names a file of that kind."""
    if isinstance(data, list) and len(data) == 3:
        name, length, checksum = data
        if (
            isinstance(name, str)
            and is_file_name(name)
            and name.endswith("." + kind)
            and type(length) is int
            and 0 <= length < 2**63
            and type(checksum) is int
            and 0 <= checksum < 2**32
        ):
            return FileEntry(name, length, checksum)
    raise CorruptIndexError(
        f"{file} lists a {kind} file that cannot be: {data!r:.200}", file=file, part="files"
    )

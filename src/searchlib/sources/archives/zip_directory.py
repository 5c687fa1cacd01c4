"""The directory of a zip file, from its end: entries as they are written there, with nothing made of them.

It is held as the bytes that it is, so that a million entries cost no more than their names. What is damaged,
or a part of something larger, is a SourceError.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from ...errors import SourceError
from .streams import RandomAccess

MAX_DIRECTORY_BYTES = 64 << 20
ENCRYPTED = 1
"""The bit of an entry's flags; IS_UTF8 is another."""

IS_UTF8 = 1 << 11

_END, _END_SIZE, _MAX_COMMENT = b"PK\x05\x06", 22, 65_535
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_ENTRY = struct.Struct("<4s6H3I5H2I")
HEADER, HEADER_MARK = struct.Struct("<4s5H3I2H"), b"PK\x03\x04"
"""What stands before each member, and how it begins."""

_ANYTHING = 0xFFFF


class Entry(NamedTuple):
    """An entry as it is written. offset: where its own header begins, in the file."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int
    time: tuple[int, int] = (0, 0)  # of the day and the day, as DOS has them
    extra: bytes = b""
    made_by: int = 0
    attributes: int = 0


class NoDirectory(SourceError):
    """There is none: it is cut off, or this is no zip file."""


class Directory:
    """The entries, in their order."""

    def __init__(self, data: bytes, num: int, shift: int, max_members: int) -> None:
        """shift: the bytes before the archive, as in programs that unpack themselves."""
        self._data, self._num, self.num_before = data, num, shift
        self._max = max_members

    def __iter__(self) -> Iterator[Entry]:
        """Raises SourceError where it is damaged."""
        data, at, number = self._data, 0, 0
        while number < self._num or data[at : at + 4] == b"PK\x01\x02":  # some write the number in 16 bits
            if number == self._max:
                raise SourceError(_too_many(number + 1, self._max))
            if at + _ENTRY.size > len(data):
                raise SourceError(damaged("its directory is cut off"))
            entry = _ENTRY.unpack_from(data, at)
            if entry[0] != b"PK\x01\x02":
                raise SourceError(damaged("its directory has no entry where one should be"))
            name_size, extra_size, comment_size = entry[10:13]
            at += _ENTRY.size
            extra = data[at + name_size : at + name_size + extra_size]
            packed, size, offset = wide(extra, entry[8], entry[9], entry[16])
            yield Entry(
                data[at : at + name_size],
                entry[3],
                entry[4],
                entry[7],
                packed,
                size,
                offset + self.num_before,
                (entry[5], entry[6]),
                extra,
                entry[1] >> 8,
                entry[15],
            )
            at += name_size + extra_size + comment_size
            number += 1


def read_directory(source: RandomAccess, max_members: int) -> Directory:
    """Raises NoDirectory if there is none, and SourceError if it is damaged or has more members than that."""
    start_of_tail = max(0, source.size - _END_SIZE - _MAX_COMMENT)
    tail = source.at(start_of_tail, source.size - start_of_tail)
    end = tail.rfind(_END)
    if end < 0 or end + _END_SIZE > len(tail):
        raise NoDirectory("has no directory at its end")
    disk, _, _, num, size, start = struct.unpack_from("<4H2I", tail, end + 4)
    above, disk, num, size, start = _read_zip64(source, start_of_tail + end, disk, num, size, start)
    if disk not in (0, _ANYTHING):
        raise SourceError(
            f"is the last of {disk + 1} parts of an archive; put them together: zip -s 0 FILE --out WHOLE.zip"
        )
    shift = above - size - start
    if shift < 0:
        raise SourceError(damaged("its directory begins outside"))
    if num > max_members:
        raise SourceError(_too_many(num, max_members))
    if size > MAX_DIRECTORY_BYTES:
        raise SourceError(f"its directory has more than {MAX_DIRECTORY_BYTES >> 20} MiB; unpack it yourself")
    return Directory(source.at(above - size, size), num, shift, max_members)


def _read_zip64(
    source: RandomAccess, end: int, disk: int, num: int, size: int, start: int
) -> tuple[int, int, int, int, int]:
    """Where the directory ends, and what the record for large archives says, if there is one.

    Some write one that is not needed: then it stands in between all the same.
    """
    locator = source.at(end - 20, 20)
    if locator[:4] != _LOCATOR_64:
        return end, disk, num, size, start  # these are the very numbers
    before = max(0, end - 20 - 65_536)
    at = source.at(before, end - 20 - before).rfind(_END_64)
    record = source.at(before + at, 56) if at >= 0 else b""
    if len(record) < 56:
        raise SourceError(damaged("its directory of 64 bits is not there"))
    num, size, start = struct.unpack_from("<QQQ", record, 32)
    return before + at, struct.unpack_from("<I", record, 16)[0], num, size, start


def _too_many(num: int, max_members: int) -> str:
    return f"it has {num:,} members, and {max_members:,} are the most that are read"


def damaged(how: str) -> str:
    """The message of a zip file that is damaged."""
    return f"is damaged: {how}; copy or save it anew"


def fields_of(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields of an entry: kind and content."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def wide(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, of 64 bits where the extra field has them so."""
    if 0xFFFFFFFF not in (packed, size, offset):
        return packed, size, offset
    for kind, content in fields_of(extra):
        if kind == 1:
            found = (number[0] for number in struct.iter_unpack("<Q", content[: len(content) // 8 * 8]))
            size = next(found, size) if size == 0xFFFFFFFF else size
            packed = next(found, packed) if packed == 0xFFFFFFFF else packed
            offset = next(found, offset) if offset == 0xFFFFFFFF else offset
            break
    return packed, size, offset

"""The entries of a zip file that has lost its directory, by the headers that stand before the members.

It goes from header to header. Where a member does not say how long it is, it is unpacked to see.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from ...errors import SourceError
from .limits import MAX_MEMBERS, check_growth
from .streams import RandomAccess
from .zip_directory import HEADER, HEADER_MARK, Entry, wide

_DESCRIPTOR = b"PK\x07\x08"
_LENGTH_BEHIND = 8
"""The bit of the flags that says that checksum and sizes stand behind the member."""

_PIECE_BYTES = 64 * 1024


def entries_without_directory(source: RandomAccess) -> Iterator[Entry]:
    """The entries, as far as they are whole."""
    at = 0
    for _ in range(MAX_MEMBERS):
        header = source.at(at, HEADER.size)
        if len(header) < HEADER.size or header[:4] != HEADER_MARK:
            return
        _, _, flags, method, of_day, day, checksum, packed, size, name_size, extra_size = HEADER.unpack(
            header
        )
        name = source.at(at + HEADER.size, name_size)
        extra = source.at(at + HEADER.size + name_size, extra_size)
        begin = at + HEADER.size + name_size + extra_size
        packed, size, _ = wide(extra, packed, size, 0)
        end = begin + packed
        if flags & _LENGTH_BEHIND and not packed:
            found = _measured(source, begin, method)
            if found is None:
                return
            checksum, packed, size, end = found
        elif flags & _LENGTH_BEHIND:
            end += _length_of_descriptor(source, end, packed)
        if begin + packed > source.size:
            return
        yield Entry(name, flags, method, checksum, packed, size, at, (of_day, day), extra)
        at = end


def _measured(source: RandomAccess, begin: int, method: int) -> tuple[int, int, int, int] | None:
    """Checksum, sizes and end of a member that says nothing of itself; None where that cannot be told."""
    if method != 8:
        return None
    unpacking, at, size, checksum = zlib.decompressobj(-zlib.MAX_WBITS), begin, 0, 0
    try:
        while not unpacking.eof:
            left = source.at(at, _PIECE_BYTES)
            if not left:
                return None
            at += len(left)
            while left and not unpacking.eof:
                piece = unpacking.decompress(left, _PIECE_BYTES)
                size += len(piece)
                checksum = zlib.crc32(piece, checksum)
                check_growth(size, at - begin, "it")
                left = unpacking.unconsumed_tail
    except (zlib.error, SourceError):
        return None
    packed = at - len(unpacking.unused_data) - begin
    return checksum, packed, size, begin + packed + _length_of_descriptor(source, begin + packed, packed)


def _length_of_descriptor(source: RandomAccess, at: int, packed: int) -> int:
    """Checksum and sizes behind a member, of 32 or 64 bits, with a signature or without."""
    found = source.at(at, 24)
    start = 4 if found[:4] == _DESCRIPTOR else 0
    is_wide = (
        found[start + 4 : start + 12] == struct.pack("<Q", packed) and source.at(at + start + 20, 2) == b"PK"
    )
    return start + (20 if is_wide else 12)

"""A member of a zip file, unpacked piece by piece, with its checksum held against what came.

How members are called and which are wanted is known to others.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from ...errors import SourceError
from .compression import unpacked_member
from .limits import UNPACK_IT, check_growth
from .streams import RandomAccess
from .zip_directory import ENCRYPTED, HEADER, HEADER_MARK, Entry

AES = 99
_PIECE_BYTES = 64 * 1024
_NOT_READ = {
    1: "shrink",
    6: "implode",
    9: "deflate64",
    10: "PKWARE's library",
    18: "IBM's TERSE",
    97: "WavPack",
    98: "PPMd",
}


class NotRead(SourceError):
    """A member that is whole, and of a kind that is not read."""


def why_not_read(entry: Entry) -> str:
    """Why a member cannot be read, whatever its bytes are; "" if it may be read."""
    if entry.flags & ENCRYPTED or entry.method == AES:
        return "is encrypted with a password; save it without one"
    if unpacked_member(entry.method, iter(()), 0, "") is None:
        called = _NOT_READ.get(entry.method, "which is not known")
        return (
            f"is compressed by method {entry.method} ({called}), which is not read; unpack it yourself: "
            f"7z x FILE"
        )
    return ""


def pieces_of(source: RandomAccess, entry: Entry, name: str, remedy: str = UNPACK_IT) -> Iterator[bytes]:
    """A member's bytes. name: how messages call it. remedy: what they say of one that grows too much.

    Raises SourceError, NotRead where nothing is damaged.
    """
    if reason := why_not_read(entry):
        raise NotRead(reason)
    of = repr(name)
    pieces = unpacked_member(entry.method, _packed(source, entry, of), entry.size, of)
    assert pieces is not None
    checksum = size = 0
    for piece in pieces:
        size += len(piece)
        check_growth(size, entry.packed, f"its {of}", remedy)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if checksum != entry.checksum:
        raise SourceError(f"is damaged: the checksum of {of} is wrong; copy or save it anew")


def _packed(source: RandomAccess, entry: Entry, of: str) -> Iterator[bytes]:
    """The bytes of a member as they are stored."""
    header = source.at(entry.offset, HEADER.size)
    begin = 0
    if len(header) == HEADER.size and header[:4] == HEADER_MARK:
        name_size, extra_size = struct.unpack_from("<2H", header, 26)
        begin = entry.offset + HEADER.size + name_size + extra_size
    if not begin or begin + entry.packed > source.size:
        raise SourceError(f"is damaged: {of} is not where its directory says; copy or save it anew")
    for at in range(begin, begin + entry.packed, _PIECE_BYTES):
        yield source.at(at, min(_PIECE_BYTES, begin + entry.packed - at))

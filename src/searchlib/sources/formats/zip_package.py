"""The members of a zip package (.docx, .odt, .epub …), read from memory and never written anywhere.

A package may be made to harm: the number of its members, what they unpack to and how much they grow have
limits, and what is damaged, encrypted or no package at all is a SourceError that says so. Names are keys and
nothing else. It is not zipfile's work, for that takes any number of members and has no such limits.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from ...errors import SourceError

MAX_PACKAGE_BYTES = 256 * 1024 * 1024
"""A file of pictures may be larger than its text: so much of one is taken into memory."""

MAX_MEMBERS = 65_536
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""What all members that are read may unpack to."""

_MAX_RATIO, _FREE_BYTES = 250, 32 * 1024 * 1024
"""A member may grow by this factor once it is larger than that; text grows by 5 to 20, a table by 100."""

_PIECE_BYTES = 64 * 1024
_END, _END_SIZE, _MAX_COMMENT = b"PK\x05\x06", 22, 65_535
_ENTRY, _LOCAL = struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s5H3I2H")
_OLE = b"\xd0\xcf\x11\xe0"
_MADE_TO_HARM = "if you trust it, open it in the program that it is of and save it anew"
_OTHER_KINDS = (
    (_OLE, "an old binary Office file; convert it: soffice --headless --convert-to odt FILE (or ods, odp)"),
    (b"{\\rtf", "RTF; name it .rtf"),
    (b"%PDF-", "a PDF; name it .pdf"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
)


class _Member(NamedTuple):
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


class Package:
    """A zip package in memory. what: how messages call such a file, "a Word document"."""

    def __init__(self, data: bytes, what: str) -> None:
        self._data, self._what = data, what
        self._unpacked = 0
        self._members = self._read_directory()
        self._by_small = {name.lower(): name for name in self._members}

    def __contains__(self, name: str) -> bool:
        return self._known(name) is not None

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes, unpacked piece by piece. Raises SourceError, also where it is not there."""
        known = self._known(name)
        if known is None:
            raise SourceError(f"is not {self._what}, or is damaged: it lacks {name!r}; {_MADE_TO_HARM}")
        member = self._members[known]
        if member.flags & 1:
            raise SourceError("is encrypted with a password; save it without one")
        if member.method not in (0, 8):
            raise SourceError(
                f"its {known!r} is compressed by method {member.method}, and only deflate (8) and none (0) "
                f"are read; save it anew"
            )
        checksum = size = 0
        for piece in self._unpack(known, member):
            size += len(piece)
            self._unpacked += len(piece)
            if self._unpacked > MAX_UNPACKED_BYTES:
                raise SourceError(
                    f"unpacks to more than {MAX_UNPACKED_BYTES >> 20} MiB of text and marks; split it, or "
                    f"save it as plain text or .csv"
                )
            if size > _FREE_BYTES and size > _MAX_RATIO * max(member.packed, 1):
                raise SourceError(
                    f"its {known!r} grows more than {_MAX_RATIO} times when it is unpacked, as archives do "
                    f"that are made to fill the memory; {_MADE_TO_HARM}"
                )
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if checksum != member.checksum:
            raise SourceError(f"is damaged: the checksum of {known!r} is wrong; copy or save it anew")

    def read(self, name: str) -> bytes:
        """The whole of a member."""
        return b"".join(self.pieces(name))

    def _known(self, name: str) -> str | None:
        return name if name in self._members else self._by_small.get(name.lower())

    def _unpack(self, name: str, member: _Member) -> Iterator[bytes]:
        data, at = self._data, member.offset
        try:
            signature, *_, name_size, extra_size = _LOCAL.unpack_from(data, at)
        except struct.error:
            signature, name_size, extra_size = b"", 0, 0
        begin = at + _LOCAL.size + name_size + extra_size
        if signature != b"PK\x03\x04" or begin + member.packed > len(data):
            raise SourceError(f"is damaged: {name!r} is not where its directory says; copy or save it anew")
        packed = memoryview(data)[begin : begin + member.packed]
        if not member.method:
            yield from (bytes(packed[i : i + _PIECE_BYTES]) for i in range(0, len(packed), _PIECE_BYTES))
            return
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for i in range(0, len(packed), _PIECE_BYTES):
                left: bytes | memoryview = packed[i : i + _PIECE_BYTES]
                while left and not unpacking.eof:
                    if piece := unpacking.decompress(left, _PIECE_BYTES):
                        yield piece
                    left = unpacking.unconsumed_tail
            if piece := unpacking.flush():
                yield piece
        except zlib.error as error:
            raise SourceError(f"is damaged: {name!r} cannot be unpacked ({error}); copy it anew") from None
        if not unpacking.eof:
            raise SourceError(f"is damaged: {name!r} ends too early; copy or save it anew")

    # ---- the directory at the end

    def _read_directory(self) -> dict[str, _Member]:
        data = self._data
        end = data.rfind(_END, max(0, len(data) - _END_SIZE - _MAX_COMMENT))
        if end < 0 or end + _END_SIZE > len(data):
            raise SourceError(self._no_package())
        num, size, start = struct.unpack_from("<HII", data, end + 10)
        above = end
        if num == 0xFFFF or 0xFFFFFFFF in (size, start):
            above, num, size, start = self._read_zip64(end, num, size, start)
        shift = above - size - start  # what stands before the package, as in archives that unpack themselves
        if shift < 0 or num > MAX_MEMBERS:
            many = f"it has {num:,} members, and {MAX_MEMBERS:,} are the most that are read"
            raise SourceError(self._damaged("its directory begins outside") if shift < 0 else many)
        members: dict[str, _Member] = {}
        at = above - size
        for _ in range(num):
            if at + _ENTRY.size > above:
                raise SourceError(self._damaged("its directory is cut off"))
            entry = _ENTRY.unpack_from(data, at)
            signature, flags, method, checksum = entry[0], entry[3], entry[4], entry[7]
            name_size, extra_size, comment_size = entry[10:13]
            if signature != b"PK\x01\x02":
                raise SourceError(self._damaged("its directory has no entry where one should be"))
            at += _ENTRY.size
            extra = data[at + name_size : at + name_size + extra_size]
            packed, size, offset = _wide(extra, entry[8], entry[9], entry[16])
            if name := _clean(data[at : at + name_size]):
                members.setdefault(name, _Member(flags, method, checksum, packed, size, offset + shift))
            at += name_size + extra_size + comment_size
        return members

    def _read_zip64(self, end: int, num: int, size: int, start: int) -> tuple[int, int, int, int]:
        data = self._data
        if end < 20 or data[end - 20 : end - 16] != b"PK\x06\x07":
            return end, num, size, start  # these are the very numbers
        at = data.rfind(b"PK\x06\x06", 0, end - 20)
        if at < 0 or at + 56 > end:
            raise SourceError(self._damaged("its directory of 64 bits is not there"))
        num, size, start = struct.unpack_from("<QQQ", data, at + 32)
        return at, num, size, start

    def _damaged(self, how: str) -> str:
        return f"is damaged: {how}; copy or save it anew"

    def _no_package(self) -> str:
        data = self._data
        if data.startswith(b"PK\x03\x04"):
            return f"is cut off: the directory at its end is missing ({len(data):,} bytes came); copy it anew"
        if data.startswith(_OLE) and is_encrypted(data):
            return "is encrypted with a password; open it and save it without one"
        for signature, kind in _OTHER_KINDS:
            if data.startswith(signature):
                return f"is not {self._what} but {kind}"
        return f"is not {self._what}, which is a zip package: " + (
            "it is empty" if not data else "its first bytes are of no type that is known; is its name right?"
        )


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE container holds an Office file with a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def _wide(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, of 64 bits where the extra field has them so."""
    if 0xFFFFFFFF not in (packed, size, offset):
        return packed, size, offset
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(number[0] for number in struct.iter_unpack("<Q", extra[at + 4 :][: length // 8 * 8]))
            size = next(wide, size) if size == 0xFFFFFFFF else size
            packed = next(wide, packed) if packed == 0xFFFFFFFF else packed
            offset = next(wide, offset) if offset == 0xFFFFFFFF else offset
            break
        at += 4 + length
    return packed, size, offset


def _clean(raw: bytes) -> str:
    """A member's name; "" of a folder, and of a name that leads out of the package."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    name = re.sub(r"^(?:\./)+", "", name.replace("\\", "/"))
    leads_out = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
    return "" if leads_out or name.endswith("/") else name

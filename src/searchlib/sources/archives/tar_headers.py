"""A tar archive as a stream: its headers one by one, and the bytes behind each.

Headers that describe the next one (long names, pax) are read here, up to a limit, and none is read by calling
itself. What is cut off or damaged is a SourceError that says where.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...errors import SourceError
from .streams import Readable, skip

_BLOCK = 512
_MAX_EXTENDED_BYTES = 1 << 20
"""A header of names and times is a few hundred bytes."""

_NO_BYTES = frozenset((tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE))
_KINDS = {
    tarfile.DIRTYPE: "folder",
    b"D": "folder",  # the list of a folder's files, of incremental backups
    b"V": "folder",  # the label of a volume
    b"M": "continued",
    tarfile.GNUTYPE_SPARSE: "sparse",
    tarfile.LNKTYPE: "link",
    tarfile.SYMTYPE: "link",
    tarfile.CHRTYPE: "device",
    tarfile.BLKTYPE: "device",
    tarfile.FIFOTYPE: "device",
}
_MAX_SIZE = 1 << 60


class TarMember(NamedTuple):
    """kind: "file", "folder", "link", "device", "sparse" or "continued". mtime: in seconds."""

    name: bytes
    kind: str
    size: int
    mtime: int
    opened: Callable[[], Readable]


class TarStream:
    """The archive. say: is given what cost nothing."""

    def __init__(self, below: Readable, say: Callable[[str], object]) -> None:
        self._below, self._say = below, say
        self._at = 0
        self._left = 0  # of the member's bytes, padding and all
        self._unread = 0  # of the member's own bytes
        self._global: dict[str, bytes] = {}

    def members(self) -> Iterator[TarMember]:
        """Raises SourceError where it must end early."""
        local: dict[str, bytes] = {}
        while (found := self._header()) is not None:
            info = found
            if info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.XGLTYPE):
                records = self._records(self._extended(info.size))
                (self._global if info.type == tarfile.XGLTYPE else local).update(records)
                continue
            if info.type == tarfile.GNUTYPE_LONGNAME:
                local["path"] = self._extended(info.size).rstrip(b"\0")
                continue
            if info.type == tarfile.GNUTYPE_LONGLINK:
                self._extended(info.size)
                continue
            yield self._member(info, {**self._global, **local})
            local = {}

    def _member(self, info: tarfile.TarInfo, said: dict[str, bytes]) -> TarMember:
        name = said.get("path", info.name.encode("utf-8", "surrogateescape"))
        size = self._number(said, "size", info.size)
        kind = _KINDS.get(info.type, "file")
        if kind == "file" and (info.type == tarfile.AREGTYPE and name.endswith(b"/")):
            kind = "folder"
        if any(key.startswith("GNU.sparse.") for key in said):
            kind = "sparse"
            name = said.get("GNU.sparse.name", name)
        if info.type in _NO_BYTES:
            size = 0
        self._unread = size
        self._left = -(-size // _BLOCK) * _BLOCK
        return TarMember(name, kind, size, self._number(said, "mtime", int(info.mtime)), lambda: _Data(self))

    def read_data(self, size: int) -> bytes:
        """Of the bytes of the member that was given last."""
        wanted = min(size, self._unread)
        if wanted <= 0:
            return b""
        data = self._below.read(wanted) or b""
        if not data:
            raise SourceError(self._cut_off())
        self._at += len(data)
        self._unread -= len(data)
        self._left -= len(data)
        return data

    def _header(self) -> tarfile.TarInfo | None:
        """The next header; None at the end."""
        done = skip(self._below, self._left)
        self._at += done
        if done < self._left:
            raise SourceError(self._cut_off())
        self._left = self._unread = 0
        num_empty = 0
        while True:
            block = self._exactly(_BLOCK)
            if len(block) < _BLOCK and not block.strip(b"\0"):
                if not num_empty:
                    self._say("has no mark of its end, as an archive that is cut off; what is there is read")
                return None
            if block.strip(b"\0"):
                break
            num_empty += 1
        try:
            if len(block) < _BLOCK:
                raise tarfile.HeaderError("it is cut off")
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except (tarfile.HeaderError, ValueError, OverflowError) as error:
            self._refuse_header(block, num_empty, str(error))
            return None
        if not 0 <= info.size < _MAX_SIZE:
            self._refuse_header(block, num_empty, "a size that none has")
            return None
        if info.type == tarfile.GNUTYPE_SPARSE:
            self._skip_map(block[482])
        return info

    def _refuse_header(self, block: bytes, num_empty: int, why: str) -> None:
        if num_empty:
            num = len(block) + skip(self._below)
            self._say(f"{num:,} bytes behind its end are no tar archive and are not read")
            return
        if not self._at - len(block):
            raise SourceError("is no tar archive: it does not begin with the header of a member")
        raise SourceError(
            f"is damaged: no header where one should be, at byte {self._at - len(block):,} ({why}); what "
            f"stands before is read, copy the archive anew for the rest"
        )

    def _skip_map(self, is_longer: int) -> None:
        """The blocks that say where a sparse member has holes; they are not counted in its size."""
        while is_longer:
            block = self._exactly(_BLOCK)
            if len(block) < _BLOCK:
                raise SourceError(self._cut_off())
            is_longer = block[504]

    def _extended(self, size: int) -> bytes:
        if size > _MAX_EXTENDED_BYTES:
            raise SourceError(
                f"is damaged, or made to fill the memory: a header of {size:,} bytes at byte "
                f"{self._at:,}; what stands before is read"
            )
        padded = -(-size // _BLOCK) * _BLOCK
        data = self._exactly(padded)
        if len(data) < padded:
            raise SourceError(self._cut_off())
        return data[:size]

    def _records(self, data: bytes) -> dict[str, bytes]:
        """What a pax header says: lines of length, name and value."""
        found: dict[str, bytes] = {}
        at = 0
        while at < len(data):
            digits, _, _ = data[at : at + 20].partition(b" ")
            if not digits.isdigit() or int(digits) < len(digits) + 2:
                break  # tar goes on with what it has
            record = data[at + len(digits) + 1 : at + int(digits)]
            key, equals, value = record.removesuffix(b"\n").partition(b"=")
            if equals:
                found[key.decode("utf-8", "replace")] = value
            at += int(digits)
        return found

    def _number(self, said: dict[str, bytes], name: str, otherwise: int) -> int:
        try:
            number = int(float(said[name])) if name == "mtime" else int(said[name])
        except (KeyError, ValueError, OverflowError):
            return otherwise
        return number if 0 <= number < _MAX_SIZE else otherwise

    def _exactly(self, size: int) -> bytes:
        chunks = []
        while size and (chunk := self._below.read(size)):
            chunks.append(chunk)
            size -= len(chunk)
            self._at += len(chunk)
        return b"".join(chunks)

    def _cut_off(self) -> str:
        return f"is cut off after {self._at:,} bytes; what stands before is read; copy it anew for the rest"


class _Data:
    """The bytes of the member that a TarStream gave last."""

    def __init__(self, stream: TarStream) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        return self._stream.read_data(size)

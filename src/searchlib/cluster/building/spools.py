"""Documents between two stages of a build: for each shard a file of packed lines, in the order of their
ordinals.

A file that is cut, or of which a byte is another one, is a CorruptIndexError. What documents mean is not
known, but for dates, which JSON lacks.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from ...errors import CorruptIndexError
from .places import write_durable

_SPOOL, _FRAMES = "spool", "frames.json"
_FRAME_BYTES = 1 << 18
_MOST_BYTES = 64 << 20
"""Lines that wait to be packed, of all shards together."""


class Spooled(NamedTuple):
    """A document on its way. own_id: whether its id is the row's, and not made of its file's name."""

    ordinal: int
    own_id: bool
    document: dict[str, Any]


class SpoolWriter:
    """Writes one file, and one that says where each shard's documents are in it; durable after finish().

    num_bytes: of each shard's lines, before they are packed.
    """

    def __init__(self, folder: Path, num_shards: int) -> None:
        self._folder = folder
        self._file = (folder / _SPOOL).open("xb")
        self._lines: list[list[bytes]] = [[] for _ in range(num_shards)]
        self._sizes = [0] * num_shards
        self._frames: list[list[tuple[int, int, int]]] = [[] for _ in range(num_shards)]
        self._waiting = self._end = 0
        self.num_bytes = [0] * num_shards
        self._compress = zstandard.ZstdCompressor(level=1, write_checksum=True).compress

    def add(self, shard: int, spooled: Spooled, dates: Iterable[str]) -> None:
        """Behind all that have lower ordinals. dates: the fields whose values are dates."""
        document = spooled.document
        found = [name for name in dates if name in document]
        if found:
            document = {**document, **{name: _told(document[name]) for name in found}}
        line = json.dumps([spooled.ordinal, spooled.own_id, document], ensure_ascii=False).encode()
        self._lines[shard].append(line)
        self._sizes[shard] += len(line)
        self._waiting += len(line)
        self.num_bytes[shard] += len(line)
        if self._sizes[shard] >= _FRAME_BYTES:
            self._write(shard)
        elif self._waiting >= _MOST_BYTES:
            for each in range(len(self._lines)):
                self._write(each)

    def finish(self) -> None:
        """Write the rest."""
        for shard in range(len(self._lines)):
            self._write(shard)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        write_durable(self._folder / _FRAMES, json.dumps(self._frames).encode())

    def abort(self) -> None:
        """Close the file; its folder is no use any more."""
        self._file.close()

    def _write(self, shard: int) -> None:
        lines = self._lines[shard]
        if not lines:
            return
        raw = b"\n".join(lines)
        packed = self._compress(raw)
        self._file.write(packed)
        self._frames[shard].append((self._end, len(packed), len(raw)))
        self._end += len(packed)
        self._waiting -= self._sizes[shard]
        self._lines[shard], self._sizes[shard] = [], 0


def spooled(folder: Path, shard: int, dates: Sequence[str]) -> Iterator[Spooled]:
    """The documents of a shard in one folder, in their order. Raises CorruptIndexError."""
    frames = json.loads((folder / _FRAMES).read_bytes())[shard]
    if not frames:
        return
    decompress = zstandard.ZstdDecompressor().decompress
    with (folder / _SPOOL).open("rb") as file:
        for offset, length, raw_length in frames:
            file.seek(offset)
            try:
                raw = decompress(file.read(length), max_output_size=raw_length)
            except zstandard.ZstdError:
                raise _cut(folder) from None
            if len(raw) != raw_length:
                raise _cut(folder)
            for line in raw.split(b"\n"):
                ordinal, own_id, document = json.loads(line)
                for name in dates:
                    if name in document:
                        document[name] = _read(document[name])
                yield Spooled(ordinal, own_id, document)


def _told(value: Any) -> Any:
    return [each.isoformat() for each in value] if isinstance(value, list) else value.isoformat()


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(each) for each in value]
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def _cut(folder: Path) -> CorruptIndexError:
    return CorruptIndexError(
        f"{folder / _SPOOL} is not what a task wrote; remove its folder, and build again",
        file=_SPOOL,
    )

"""Which documents have an id that an earlier one has, in one shard: by hashes of ids, 24 bytes a document.

What becomes of them is not decided here.
"""

from __future__ import annotations

import hashlib
import os
import struct
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from .places import write_durable

_ORDINAL = struct.Struct(">Q")
_CLAIMS = "claims"
_DIGEST_BYTES = 16
_BYTES = _DIGEST_BYTES + _ORDINAL.size


class ClaimsWriter:
    """The ids of one part's documents, for each shard."""

    def __init__(self, folder: Path, num_shards: int) -> None:
        self._folder = folder
        self._claims = [bytearray() for _ in range(num_shards)]

    def add(self, shard: int, document_id: str, ordinal: int) -> None:
        """A document wants this id."""
        self._claims[shard] += _digest(document_id) + _ORDINAL.pack(ordinal)

    def finish(self) -> None:
        """Write them into one file, behind their numbers; durable when this returns."""
        counts = [len(claims) // _BYTES for claims in self._claims]
        head = struct.pack(f">I{len(counts)}I", len(counts), *counts)
        write_durable(self._folder / _CLAIMS, head + b"".join(self._claims))


def _claims(folder: Path, shard: int) -> bytes:
    """Those of a shard in the file of one part."""
    with (folder / _CLAIMS).open("rb") as file:
        (num_shards,) = struct.unpack(">I", file.read(4))
        counts = struct.unpack(f">{num_shards}I", file.read(4 * num_shards))
        file.seek(sum(counts[:shard]) * _BYTES, os.SEEK_CUR)
        return file.read(counts[shard] * _BYTES)


class Claims:
    """The ids of a shard, and who wants each first."""

    def __init__(self, folders: Sequence[str], shard: int) -> None:
        """folders: those of all parts."""
        found: list[bytes] = []
        for folder in folders:
            data = _claims(Path(folder), shard)
            found += [data[at : at + _BYTES] for at in range(0, len(data), _BYTES)]
        found.sort()
        self._first: list[bytes] = []
        self.later: list[int] = []
        """The ordinals of documents that are not the first of their id."""
        before = b""
        for claim in found:
            if claim[:_DIGEST_BYTES] == before:
                self.later.append(_ORDINAL.unpack_from(claim, _DIGEST_BYTES)[0])
            else:
                before = claim[:_DIGEST_BYTES]
                self._first.append(claim)

    def first(self, document_id: str) -> int | None:
        """The ordinal of the first document that wants this id; None if none does."""
        digest = _digest(document_id)
        at = bisect_left(self._first, digest)
        if at < len(self._first) and self._first[at].startswith(digest):
            ordinal: int = _ORDINAL.unpack_from(self._first[at], _DIGEST_BYTES)[0]
            return ordinal
        return None


def later_of(folders: Sequence[str], shard: int) -> list[int]:
    """The ordinals of a shard's documents that are not the first of their id: a task."""
    return Claims(folders, shard).later


def _digest(document_id: str) -> bytes:
    return hashlib.blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()

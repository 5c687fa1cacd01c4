"""Bodies that come compressed, unpacked piece by piece, so that no small body becomes a large one at once."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

from ..problems import ProblemError

CODINGS = ("gzip", "zstd")
_ZSTD_SLICE = 256
"""Bytes: four of them may stand for a block of 128 kB, so that these are 8 MB at most."""
_GZIP_SLICE = 4 << 10
_MAX_WINDOW = 8 << 20


class _Unpacker(Protocol):
    def decompress(self, data: bytes, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


def coding_of(header: str) -> str:
    """What a Content-Encoding says: "", "gzip" or "zstd". A Problem of status 415 for another."""
    coding = header.strip().lower()
    coding = {"x-gzip": "gzip", "identity": ""}.get(coding, coding)
    if coding and coding not in CODINGS:
        detail = f"a body is sent as it is, or in gzip or zstd, got {header!r:.100}"
        headers = {"Accept-Encoding": ", ".join(CODINGS)}
        raise ProblemError(415, "Encoding", "Not an encoding that is read here", detail, headers)
    return coding


async def unpacked(pieces: AsyncIterator[bytes], coding: str) -> AsyncIterator[bytes]:
    """The body as it was before; a Problem of status 400 for what is no such data. The caller counts it."""
    unpacker, size = _unpacker(coding)
    async for piece in pieces:
        for part in _slices(piece, size):
            left = part
            while left:
                if unpacker.eof:  # several files, one behind the other, are one: RFC 1952 and 8878
                    unpacker, size = _unpacker(coding)
                try:
                    done = unpacker.decompress(left)
                except Exception as error:  # zlib.error, ZstdError
                    raise _broken(coding, str(error)) from None
                left = unpacker.unused_data if unpacker.eof else b""
                if done:
                    yield done
    if not unpacker.eof:
        raise _broken(coding, "it ends too soon")


def _slices(piece: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(piece), size):
        yield piece[at : at + size]


def _unpacker(coding: str) -> tuple[_Unpacker, int]:
    if coding == "gzip":
        return zlib.decompressobj(16 + zlib.MAX_WBITS), _GZIP_SLICE
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj(), _ZSTD_SLICE


def _broken(coding: str, why: str) -> ProblemError:
    return ProblemError(400, "BadEncoding", f"The body is not {coding}", why)

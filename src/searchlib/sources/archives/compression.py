"""gzip, bzip2, xz and zstd as streams that are unpacked piece by piece, known by their first bytes.

Frames that follow one another are one stream. Damage, a missing end, a window too large for the memory and
growth beyond the limits are a SourceError; what stands behind the end is said.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from ...errors import SourceError
from .limits import MAX_WINDOW_BYTES, MAX_ZSTD_WINDOW_BYTES, Budget, check_growth
from .streams import Pieces, Readable, skip

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
"""What stands behind the name of a file that is compressed by itself: notes.txt.gz."""

_SIGNATURES = {
    "gzip": re.compile(rb"\x1f\x8b\x08[\x00-\x1f]", re.DOTALL),
    "bzip2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
}
SIGNATURE_BYTES = 10
"""So many tell how bytes are compressed."""

_PIECE_BYTES = 64 * 1024


class _Codec(NamedTuple):
    module: str
    make: Callable[[Any], Any]  # a decompressor of that module
    feed: Callable[[Any, bytes], Iterator[bytes]]
    error: str = "error"
    chunk_bytes: int = _PIECE_BYTES


def compression_of(start: bytes) -> str:
    """How bytes are compressed that begin so: "gzip", "bzip2", "xz" or "zstd"; "" if they are not."""
    return next((kind for kind, signature in _SIGNATURES.items() if signature.match(start)), "")


def unpacked(kind: str, below: Readable, say: Callable[[str], object], budget: Budget) -> Iterator[bytes]:
    """The pieces of a compressed stream, all its frames. say: is given what cost nothing."""
    codec = _CODECS[kind]
    packed = size = 0

    def chunks() -> Iterator[bytes]:
        nonlocal packed
        while data := below.read(_PIECE_BYTES):
            packed += len(data)
            yield data

    def counted(pieces: Generator[bytes, None, bytes]) -> Generator[bytes, None, bytes]:
        nonlocal size
        while True:
            try:
                piece = next(pieces)
            except StopIteration as end:
                left: bytes = end.value
                return left
            size += len(piece)
            budget.spend(len(piece))
            check_growth(size, packed, "it")
            yield piece

    source, data = Pieces(chunks()), b""
    while True:
        data = yield from counted(_frame(codec, data, source.read, "it"))
        data = data.lstrip(b"\0")  # tapes and disks fill up with them
        while len(data) < SIGNATURE_BYTES and (more := source.read(codec.chunk_bytes)):
            data = (data + more).lstrip(b"\0")
        if not data:
            return
        if compression_of(data) != kind:
            num = len(data) + skip(source)
            say(f"{num:,} bytes behind its end are not {kind} and are not read")
            return


def unpacked_member(method: int, packed: Iterator[bytes], size: int, of: str) -> Iterator[bytes] | None:
    """The pieces of a zip member of that method; None if such a method is not read.

    packed: its bytes as they are stored. size: what it should unpack to. of: how messages call it.
    """
    if method == _STORED:
        return packed
    if method == _LZMA:
        return _lzma_member(Pieces(packed), size, of)
    codec = _CODECS.get(_METHODS.get(method, ""))
    return None if codec is None else _frame(codec, b"", Pieces(packed).read, of)


def _frame(
    codec: _Codec, data: bytes, read: Callable[[int], bytes], of: str
) -> Generator[bytes, None, bytes]:
    """One frame's pieces; returns what was read beyond its end."""
    try:
        module = import_module(codec.module)
    except ImportError:  # not every Python has all of them
        raise SourceError(f"cannot be unpacked: this Python lacks the module {codec.module}") from None
    errors = (getattr(module, codec.error, OSError), OSError, EOFError, ValueError)
    try:
        one = codec.make(module)
    except errors as error:
        raise _damaged(error, of) from None
    while True:
        pieces = codec.feed(one, data)
        while True:
            try:
                piece = next(pieces, None)
            except errors as error:
                raise _damaged(error, of) from None
            if piece is None:
                break
            if piece:
                yield piece
        if one.eof:
            left: bytes = one.unused_data
            return left
        data = read(codec.chunk_bytes)
        if not data:
            if codec.feed is _feed_zlib and (piece := one.flush()):
                yield piece
            if one.eof:
                return b""
            raise SourceError(
                f"is damaged: {of} ends too early, as a file that is cut off; copy or save it anew"
            )


def _damaged(error: Exception, of: str) -> SourceError:
    said = str(error)
    if "emory" in said:  # "Memory usage limit exceeded", "Frame requires too much memory for decoding"
        return SourceError(
            f"{of} wants more than {MAX_WINDOW_BYTES >> 20} MiB of memory to be unpacked; unpack it yourself "
            f"(xz -d FILE, zstd -d --long=31 FILE), or compress it with a smaller window"
        )
    return SourceError(f"is damaged: {of} cannot be unpacked ({said}); copy or save it anew")


def _feed_zlib(one: Any, data: bytes) -> Iterator[bytes]:
    while data and not one.eof:
        yield one.decompress(data, _PIECE_BYTES)
        data = one.unconsumed_tail


def _feed(one: Any, data: bytes) -> Iterator[bytes]:
    """bz2's and lzma's, which keep what they were given."""
    if not data:
        return
    while not one.eof:
        yield one.decompress(data, _PIECE_BYTES)
        data = b""
        if one.needs_input:
            return


def _feed_zstd(one: Any, data: bytes) -> Iterator[bytes]:
    """zstd's, which unpacks all that it is given at once."""
    if data:
        yield one.decompress(data)


def _xz(module: Any) -> Any:
    return module.LZMADecompressor(module.FORMAT_XZ, MAX_WINDOW_BYTES)


def _zstd(module: Any) -> Any:
    return module.ZstdDecompressor(max_window_size=MAX_ZSTD_WINDOW_BYTES).decompressobj()


def _lzma_member(packed: Readable, size: int, of: str) -> Iterator[bytes]:
    """LZMA as zip has it: two bytes of version, the size of the properties, these, and the raw stream.

    The stream need not say where it ends: then the size does.
    """
    head = packed.read(9) or b""
    num, properties, window = struct.unpack_from("<HBI", head, 2) if len(head) == 9 else (0, 0, 0)
    if num != 5 or properties >= 9 * 5 * 5:
        raise SourceError(f"is damaged: {of} does not begin as LZMA does; copy or save it anew")
    if window > MAX_WINDOW_BYTES:
        raise _damaged(ValueError("memory"), of)
    rest, lc = divmod(properties, 9)
    pb, lp = divmod(rest, 5)
    options = {"dict_size": max(window, 4096), "lc": lc, "lp": lp, "pb": pb}

    def make(module: Any) -> Any:
        filters = [{"id": module.FILTER_LZMA1, **options}]
        return module.LZMADecompressor(module.FORMAT_RAW, None, filters)

    codec = _Codec("lzma", make, _feed, "LZMAError")
    left = size
    if left > 0:
        for piece in _frame(codec, b"", lambda num: packed.read(num) or b"", of):
            yield piece
            left -= len(piece)
            if left <= 0:
                return


_ZSTD_BYTES = 1024
"""Of so few bytes no more than 32 MiB can become."""

_STORED, _LZMA = 0, 14
_METHODS = {8: "deflate", 12: "bzip2", 93: "zstd", 95: "xz"}
_CODECS = {
    "deflate": _Codec("zlib", lambda zlib: zlib.decompressobj(-zlib.MAX_WBITS), _feed_zlib),
    "gzip": _Codec("zlib", lambda zlib: zlib.decompressobj(16 + zlib.MAX_WBITS), _feed_zlib),
    "bzip2": _Codec("bz2", lambda bz2: bz2.BZ2Decompressor(), _feed),
    "xz": _Codec("lzma", _xz, _feed, "LZMAError"),
    "zstd": _Codec("zstandard", _zstd, _feed_zstd, "ZstdError", _ZSTD_BYTES),
}

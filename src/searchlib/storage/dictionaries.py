"""Dictionaries of zstandard for stored documents, and how long the blocks are that are packed with one.

Small blocks make a document quick to read; a dictionary, trained on some of the documents, keeps them as
small on disk as large blocks without one.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import TypeAlias

from .blocks import BLOCK_BYTES, Run

Compress: TypeAlias = Callable[[bytes], bytes]

# Measured on English and Russian prose: level 1 packs 100 to 300 MB/s, level 3 half of that, for a twentieth.
_LEVEL = 1

_SIZES = (4096, 8192, 16384)
"""How long a block with a dictionary is: the first of these that costs little room; the time to unpack one
grows with its length. Without a dictionary short blocks would take much more room."""

_ROOM = 1.05
"""So many times the room of blocks of BLOCK_BYTES without a dictionary a smaller block may take."""

_OTHER_TEXT = 1.35
"""What takes so many times that room is text that the dictionary does not know."""

GATHERED = 4 << 20
"""So many bytes are looked at to train a dictionary and to choose the size: one of documents from here and
there knows more than one of neighbours."""

FEWEST = 1 << 20
"""Where there are no more, so many will do. Less has blocks of BLOCK_BYTES and no dictionary, which would be
large beside it."""

_DICTIONARY_BYTES = 32768
_SAMPLE_BYTES = 16384  # of one document
_TRAINED_ON = 8 * _DICTIONARY_BYTES
MEASURED = 4 * BLOCK_BYTES


_LONG = 16384
"""A longer block is a long document, of which a dictionary saves a few hundredths, for a third more time."""

_OFFSETS_OF_NONE = struct.pack("<3I", 1, 4, 8)
"""Where a dictionary's first repeated offsets are these, as with all that zstandard trains, a frame that was
made without one is read with it as well."""

_HEADER_BYTES = 512

PLAIN = Run(b"", BLOCK_BYTES)


def chosen(lines: Sequence[bytes]) -> tuple[Run, Compress]:
    """The run that suits such lines, at least FEWEST bytes of them, and its compressor."""
    measured = _last(lines, MEASURED)
    plain = compressor(b"")
    most = _ratio(measured, BLOCK_BYTES, plain)
    dictionary = _trained(lines[: -len(measured)] or lines)
    if dictionary:
        compress = compressor(dictionary)
        for size in _SIZES:
            if _ratio(measured, size, compress) <= _ROOM * most:
                return Run(dictionary, size), compress
    return PLAIN, plain


def packed_plainly(blocks: Sequence[bytes]) -> int:
    """What such blocks would take as blocks of BLOCK_BYTES without a dictionary."""
    lines = [line for block in blocks for line in block.split(b"\n")]
    return round(_ratio(lines, BLOCK_BYTES, compressor(b"")) * sum(map(len, blocks)))


def next_step(run: Run, worse: float) -> Run | None:
    """The run for the text that follows, where the last of it took so many times the room of PLAIN: the same,
    one of larger blocks, or None for a new dictionary."""
    if worse <= _ROOM:
        return run
    larger = [size for size in _SIZES if size > run.size]
    if worse > _OTHER_TEXT or not larger or not run.dictionary:
        return None
    return Run(run.dictionary, larger[0])


def _last(lines: Sequence[bytes], most: int) -> Sequence[bytes]:
    """The last lines, of so many bytes or a little more."""
    first = len(lines)
    while first > 0 and most > 0:
        first -= 1
        most -= len(lines[first])
    return lines[first:]


def _trained(lines: Sequence[bytes]) -> bytes:
    """A dictionary for such lines; b"" if they are too few or too much alike to give one."""
    import zstandard

    sampled: list[bytes | bytearray | memoryview[int]] = [line[:_SAMPLE_BYTES] for line in lines]
    step = max(1, round(sum(map(len, sampled)) / _TRAINED_ON))
    samples = sampled[::step]
    try:
        made = zstandard.train_dictionary(
            _DICTIONARY_BYTES, samples, k=512, d=8, f=16, accel=10, level=_LEVEL
        )
    except zstandard.ZstdError:
        return b""
    return bytes(made.as_bytes())


def compressor(dictionary: bytes) -> Compress:
    """Packs a block so that it can be read with the dictionary; b"" for none."""
    import zstandard

    plain = zstandard.ZstdCompressor(level=_LEVEL).compress
    if not dictionary:
        return plain
    data = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_FULLDICT)
    data.precompute_compress(level=_LEVEL)
    primed = zstandard.ZstdCompressor(level=_LEVEL, dict_data=data, write_dict_id=False).compress
    if _OFFSETS_OF_NONE not in dictionary[:_HEADER_BYTES]:
        return primed
    return lambda raw: primed(raw) if len(raw) <= _LONG else plain(raw)


def _ratio(lines: Sequence[bytes], size: int, compress: Compress) -> float:
    """What compression in blocks of that size leaves of them."""
    block: list[bytes] = []
    raw = packed = length = 0
    for line in (*lines, None):
        if block and (line is None or length + len(line) > size):
            raw += length - 1
            packed += len(compress(b"\n".join(block)))
            block, length = [], 0
        if line is not None:
            block.append(line)
            length += len(line) + 1
    return packed / max(raw, 1)

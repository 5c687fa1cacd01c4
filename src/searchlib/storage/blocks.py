"""Blocks of encoded documents: lines are joined to about 32 KiB, compressed, and written in order.

Documents are given one by one, or by a merge as whole compressed blocks; frames go to the sink, and finish()
tells where they are. Compression may run on a second thread, since zstandard works without the
interpreter's lock.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from array import array
    from concurrent.futures import Future, ThreadPoolExecutor

BLOCK_BYTES = 32768
"""A block of more than one document is at most this long before compression."""

# Measured on English and Russian prose, blocks of 32 KiB: level 1 keeps 0.233 of the text at 380 MB/s, level
# 3 0.222 at 220, level 6 0.205 at 64; blocks of 16 KiB keep 0.255, of 64 KiB 0.214, and one get() costs 15,
# 30 and 65 µs.
_LEVEL = 1

_BLOCKS_OF_TASK = 8
_MAX_PENDING = 4
"""Tasks with the worker. A task is several blocks: handing one over costs as much as compressing one."""

# An RLE block of zstandard makes 128 KiB of 4 bytes; no frame expands more.
_MAX_EXPANSION = 32768


class Sink(Protocol):
    """Where parts are written: a SegmentWriter."""

    def begin(self, part: str) -> None: ...
    def write(self, data: bytes | bytearray | memoryview) -> None: ...


def decompress(frame: memoryview, raw_length: int) -> bytes:
    """The bytes of a frame; ValueError unless it claims raw_length, before memory is taken for them."""
    import zstandard

    try:
        claimed = zstandard.get_frame_parameters(frame).content_size
        if claimed != raw_length or raw_length > len(frame) * _MAX_EXPANSION:
            raise ValueError(
                f"a frame of {len(frame)} bytes that claims {claimed} where {raw_length} are expected"
            )
        raw = zstandard.ZstdDecompressor().decompress(frame, max_output_size=max(raw_length, 1))
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from None
    if len(raw) != raw_length:
        raise ValueError(f"{len(raw)} bytes instead of {raw_length}")
    return raw


class BlockWriter:
    """Cuts documents into blocks by their lengths alone, so the bytes do not depend on threads."""

    def __init__(self, sink: Sink, worker: bool) -> None:
        from array import array

        import zstandard

        self._compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        self._sink = sink
        self._lines: list[bytes] = []
        self._raw_length = -1  # of the lines joined: a line break between each two
        self._pool: ThreadPoolExecutor | None = _new_pool() if worker else None
        self._waiting: list[list[bytes]] = []  # blocks of the next task
        self._pending: deque[Future[list[bytes]]] = deque()
        self._offsets = array("Q", [0])
        self._first_docs = array("I", [0])
        self._raw_lengths = array("I")

    @property
    def num_docs(self) -> int:
        """Documents so far."""
        return self._first_docs[-1] + len(self._lines)

    def add(self, line: bytes) -> None:
        """Append one encoded document."""
        if self._lines and self._raw_length + 1 + len(line) > BLOCK_BYTES:
            self._end_block()
        self._lines.append(line)
        self._raw_length += 1 + len(line)

    def takes_frame(self, raw_length: int) -> bool:
        """Whether a whole block may follow as it is: not if that left small blocks, merge after merge."""
        return raw_length * 2 >= BLOCK_BYTES and (not self._lines or self._raw_length * 2 >= BLOCK_BYTES)

    def add_frame(self, frame: memoryview, raw_length: int, num_docs: int) -> None:
        """Append a block that another segment compressed."""
        if self._lines:
            self._end_block()
        self._drain(0)
        self._record(raw_length, num_docs)
        self._write(frame)

    def finish(self) -> tuple[array[int], array[int], array[int]]:
        """Write what is left. Returns the blocks' offsets and first documents, with ends, and raw lengths."""
        if self._lines:
            self._end_block()
        self._drain(0)
        if self._pool is not None:
            self._pool.shutdown()
        return self._offsets, self._first_docs, self._raw_lengths

    def _end_block(self) -> None:
        lines, raw_length = self._lines, self._raw_length
        self._lines, self._raw_length = [], -1
        self._record(raw_length, len(lines))
        if self._pool is None:
            self._write(self._compress(b"\n".join(lines)))
            return
        self._waiting.append(lines)
        if len(self._waiting) >= _BLOCKS_OF_TASK or raw_length >= BLOCK_BYTES:
            self._send()
            self._drain(_MAX_PENDING)

    def _send(self) -> None:
        if self._pool is not None and self._waiting:
            self._pending.append(self._pool.submit(self._compress_blocks, self._waiting))
            self._waiting = []

    def _compress_blocks(self, blocks: list[list[bytes]]) -> list[bytes]:
        return [self._compress(b"\n".join(lines)) for lines in blocks]

    def _record(self, raw_length: int, num_docs: int) -> None:
        self._first_docs.append(self._first_docs[-1] + num_docs)
        self._raw_lengths.append(raw_length)

    def _drain(self, leave: int) -> None:
        """Write blocks in order, until at most `leave` tasks are still with the worker."""
        if leave == 0:
            self._send()
        while len(self._pending) > leave:
            for frame in self._pending.popleft().result():
                self._write(frame)

    def _write(self, frame: bytes | memoryview) -> None:
        self._sink.write(frame)
        self._offsets.append(self._offsets[-1] + len(frame))


def _new_pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="searchlib-compress")

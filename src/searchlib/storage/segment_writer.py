"""A segment's file, written once in a stream, part after part, under checksums.

segment.py reads it, FORMAT.md draws it. What is inside a part is not known here.
"""

from __future__ import annotations

import struct
from types import TracebackType

from .. import _core
from .directory import Directory
from .files import FORMAT_VERSION, MAGIC, SEGMENT_TAG, FileEntry, pack_file_header
from .parts import part_version
from .segment import ALIGNMENT, CHUNK, FOOTER, HEADER_BYTES, PADDING, PART

_BUFFER_BYTES = 16 * CHUNK


class SegmentWriter:
    """Writes the parts one after another: begin("documents"), write(…), write(…), begin("documents.index"), …

    An OSError of the system abandons the file. With `with`, so does any other exception.

    patient: write() raises no OSError; what the disk did not take stays in memory, and settle() and finish()
        may be repeated until they succeed.
    """

    def __init__(self, directory: Directory, name: str, patient: bool = False) -> None:
        self._name = name
        self._file = directory.create_file(name, patient)
        self._entry: FileEntry | None = None  # once all bytes were handed on
        self._buffer = bytearray(pack_file_header(SEGMENT_TAG).ljust(HEADER_BYTES, b"\0"))
        self._flushed_bytes = 0
        self._chunk_checksums: list[int] = []
        self._parts: dict[str, tuple[int, int]] = {}
        self._part: str | None = None
        self._part_offset = HEADER_BYTES

    def _tell(self) -> int:
        return self._flushed_bytes + len(self._buffer)

    def begin(self, part: str) -> None:
        """End the part before, if any, and start this one. A name is used once."""
        if part in self._parts or part == self._part or not 0 < len(part.encode()) < 65536:
            raise ValueError(f"a part has a name of its own, of 1 to 65535 bytes, got {part!r}")
        self._end_part()
        self._part, self._part_offset = part, self._tell()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append to the part that was begun."""
        if self._part is None:
            raise ValueError("begin a part before writing")
        view = (
            memoryview(data).cast("B") if not isinstance(data, (bytes, bytearray)) and len(data) > 0 else data
        )
        if len(view) < _BUFFER_BYTES:
            self._buffer += view
            if len(self._buffer) >= _BUFFER_BYTES:
                self._flush()
            return
        for start in range(0, len(view), _BUFFER_BYTES):
            self._buffer += view[start : start + _BUFFER_BYTES]
            self._flush()

    def _end_part(self) -> None:
        if self._part is not None:
            self._parts[self._part] = (self._part_offset, self._tell() - self._part_offset)
            end = self._tell() + PADDING
            self._buffer += bytes(PADDING + -end % ALIGNMENT)
            self._part = None

    def _flush(self) -> None:
        """Write the whole chunks of the buffer; the rest waits, so that a checksum is of a whole chunk."""
        whole = len(self._buffer) // CHUNK * CHUNK
        with memoryview(self._buffer) as view:
            for start in range(0, whole, CHUNK):
                self._chunk_checksums.append(_core.crc32c(view[start : start + CHUNK]))
            with view[:whole] as chunks:
                self._file.write(chunks)
        del self._buffer[:whole]
        self._flushed_bytes += whole

    def settle(self) -> None:
        """Write what a patient file's disk did not take before; OSError if it does not take it now."""
        self._file.settle()

    def finish(self) -> FileEntry:
        """End the file and make it durable."""
        if self._entry is None:
            self._entry = self._write_tail()
        self._file.finish()
        return self._entry

    def _write_tail(self) -> FileEntry:
        self._end_part()
        content_length = self._tell()
        self._flush()
        if self._buffer:
            self._chunk_checksums.append(_core.crc32c(self._buffer))
        tail = self._pack_tail(content_length)
        self._file.write(bytes(self._buffer) + tail)
        return FileEntry(self._name, content_length + len(tail), int.from_bytes(tail[-4:], "little"))

    def _pack_tail(self, content_length: int) -> bytes:
        directory = b"".join(
            PART.pack(offset, length, part_version(part), len(part.encode())) + part.encode()
            for part, (offset, length) in self._parts.items()
        )
        table = struct.pack(f"<{len(self._chunk_checksums)}I", *self._chunk_checksums)
        footer = FOOTER.pack(MAGIC, FORMAT_VERSION, len(self._parts), content_length, len(directory), 0)[:-4]
        tail = directory + table + footer
        return tail + struct.pack("<I", _core.crc32c(tail))

    def abort(self) -> None:
        """Leave no file behind."""
        self._file.abort()

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            self.abort()

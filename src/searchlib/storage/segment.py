"""One segment: a file of named parts, mapped, and verified on first touch.

segment_writer.py writes it, FORMAT.md draws it. What is inside a part is not known here: postings, documents
and columns are all bytes.
"""

from __future__ import annotations

from .. import _core
from ..errors import ClosedError, CorruptIndexError
from ..lean import TYPE_CHECKING, struct
from ..records import Record
from .files import (
    FILE_HEADER_BYTES,
    MAGIC,
    SEGMENT_TAG,
    FileEntry,
    check_file_header,
    check_version,
)
from .parts import check_part_version

if TYPE_CHECKING:
    from .directory import Directory, Verify

HEADER_BYTES = 64
ALIGNMENT = 64
PADDING = 8
"""Zero bytes after each part, at least: an unaligned 8-byte load at its last byte stays in the mapping."""

CHUNK = _core.CHUNK_BYTES

# Magic, version, number of parts, length of header + parts + padding, length of the
# directory; the root checksum.
FOOTER = struct.Struct("<8sIIQQ28xI")
_FOOTER_BYTES = FOOTER.size
PART = struct.Struct("<QQHH")


class _Footer(Record):
    num_parts: int
    content_length: int
    directory_length: int


class SegmentFile:
    """An open segment. Its directory is verified at once, each 64 KiB chunk of its parts when first read.

    checked: the buffer that the core reads from; offsets in `parts` are offsets in it.
    parts: name → (offset, length).
    """

    def __init__(self, data: memoryview, entry: FileEntry) -> None:
        footer = _read_footer(data, entry)
        directory_end = footer.content_length + footer.directory_length
        table = bytes(data[directory_end : len(data) - _FOOTER_BYTES])
        self.entry = entry
        self._data: memoryview | None = data
        self.parts = _read_parts(data[footer.content_length : directory_end], footer, entry.name)
        self._checked: _core.CheckedBuffer | None = _core.CheckedBuffer(
            data[: footer.content_length], table, entry.name
        )
        try:
            header = self.checked.view(0, FILE_HEADER_BYTES)
        except CorruptIndexError as error:
            raise self._damaged(error, "header") from None
        check_file_header(header, SEGMENT_TAG, entry.name)

    @classmethod
    def open(cls, directory: Directory, entry: FileEntry, verify: Verify = "map") -> SegmentFile:
        """Open the file that the entry describes; CorruptIndexError if it is missing or another.

        verify: "map" maps it; "copy" reads it into memory, so that a medium that fails later kills nobody.
        """
        return cls(directory.buffer(entry, verify), entry)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.entry.name

    @property
    def checked(self) -> _core.CheckedBuffer:
        """The verified bytes, for the core; ClosedError after close()."""
        if self._checked is None:
            raise ClosedError(f"{self.name} was closed")
        return self._checked

    def read(self, part: str, offset: int = 0, length: int | None = None) -> memoryview:
        """Verified bytes of a part, to its end by default. The view stays good after close().

        Raises CorruptIndexError, which names the file and the part, for damage, a missing part and bounds
        outside it.
        """
        if part not in self.parts:
            raise CorruptIndexError(f"{self.name} has no part {part!r}", file=self.name, part=part)
        start, size = self.parts[part]
        if length is None:
            length = max(size - offset, 0)
        if offset < 0 or length < 0 or offset + length > size:
            raise CorruptIndexError(
                f"{self.name}, part {part!r}: {length} bytes at {offset} are outside its {size} bytes",
                file=self.name,
                part=part,
            )
        try:
            return self.checked.view(start + offset, length)
        except CorruptIndexError as error:
            raise self._damaged(error, part) from None

    def _damaged(self, error: CorruptIndexError, part: str) -> CorruptIndexError:
        return CorruptIndexError(f"{error}, in part {part!r}", file=self.name, part=part)

    def parts_between(self, first: int, end: int) -> list[str]:
        """The parts that have bytes there; "header" and "padding" are such names too."""
        areas = {"header": (0, HEADER_BYTES), **self.parts}
        found = [part for part, (start, length) in areas.items() if start < end and first < start + length]
        return found or ["padding"]

    def release_pages(self) -> None:
        """Let go of the memory that bytes read so far occupy, as far as the file is mapped."""
        from .buffers import release_pages

        if self._data is not None:
            release_pages(self._data)

    def close(self) -> None:
        """Drop the file. Its memory is given back when the last view of it, here or in the core, is gone."""
        self._checked = self._data = None


def _read_footer(data: memoryview, entry: FileEntry) -> _Footer:
    """The footer, once the root checksum says that it, the directory and the table are what was written."""

    def corrupt(message: str) -> CorruptIndexError:
        return CorruptIndexError(f"{entry.name}: {message}", file=entry.name, part="footer")

    if len(data) < HEADER_BYTES + _FOOTER_BYTES:
        raise corrupt(f"a segment has at least {HEADER_BYTES + _FOOTER_BYTES} bytes, this one {len(data)}")
    magic, version, num_parts, content_length, directory_length, root = FOOTER.unpack(data[-_FOOTER_BYTES:])
    tail_length = directory_length + 4 * -(-content_length // CHUNK) + _FOOTER_BYTES
    if magic != MAGIC or root != entry.checksum or content_length + tail_length != len(data):
        raise corrupt("its end is not what was written, or it is another file (root checksum)")
    if _core.crc32c(data[content_length:-4]) != root:
        raise corrupt("its directory of parts is not what was written (root checksum)")
    check_version(version, entry.name)
    return _Footer(num_parts, content_length, directory_length)


def _read_parts(data: memoryview, footer: _Footer, file: str) -> dict[str, tuple[int, int]]:
    """The directory of parts, each inside the content, aligned, padded and after the one before."""
    parts: dict[str, tuple[int, int]] = {}
    position, free_from = 0, HEADER_BYTES
    try:
        for _ in range(footer.num_parts):
            offset, length, version, name_length = PART.unpack_from(data, position)
            position += PART.size
            name = str(data[position : position + name_length], "utf-8")
            position += name_length
            end = offset + length + PADDING
            if name in parts or offset < free_from or offset % ALIGNMENT or end > footer.content_length:
                raise ValueError(f"part {name!r} cannot be where it is said to be")
            check_part_version(name, version, file)
            parts[name] = (offset, length)
            free_from = end
        if position != len(data):
            raise ValueError("it is longer than its parts")
    except (ValueError, struct.error) as error:
        raise CorruptIndexError(
            f"{file}: a wrong directory of parts ({error})", file=file, part="directory"
        ) from None
    return parts

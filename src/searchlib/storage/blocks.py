"""Blocks of encoded documents, one a line, as a segment holds them: frames of zstandard, and the dictionaries
that they were packed with.

packer.py makes them, FORMAT.md draws them, and the core unpacks them (core/unpack). Nothing here knows what
a document is.
"""

from __future__ import annotations

from .. import _core
from ..errors import CorruptIndexError
from ..lean import TYPE_CHECKING, NamedTuple, struct
from .segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS = "documents"
DOCUMENTS_INDEX = "documents.index"
DICTIONARIES = "documents.dictionaries"

BLOCK_BYTES = 32768
"""A block of more than one document is at most this long before compression."""

MAX_DOCUMENT_BYTES = 64 << 20
"""Of one document: all its fields together, as JSON in UTF-8. It is held in memory whole, several times over:
while it is written it takes 4 times its size if it is prose, 16 times if each letter is a word."""

HEADER = struct.Struct("<QQ")
RUN = struct.Struct("<IIII")
_MAX_DOCS = 2**31 - 1
_MAX_DICTIONARY = 1 << 20


class Run(NamedTuple):
    """Blocks that share a dictionary. dictionary: b"" for none. size: what a block of several documents has
    at most, before compression."""

    dictionary: bytes
    size: int


class StoredBlocks:
    """The blocks of an open segment. Safe to use from several threads."""

    def __init__(self, segment: SegmentFile) -> None:
        self._segment = segment
        self._size = segment.parts[DOCUMENTS][1] if DOCUMENTS in segment.parts else 0
        index = segment.read(DOCUMENTS_INDEX)
        if len(index) < HEADER.size:
            raise self._corrupt("too short", DOCUMENTS_INDEX)
        self._num_docs, self.num_blocks = HEADER.unpack_from(index)
        offsets_end = HEADER.size + 8 * (self.num_blocks + 1)
        firsts_end = offsets_end + 4 * (self.num_blocks + 1)
        if self._num_docs > _MAX_DOCS or len(index) != firsts_end + 4 * self.num_blocks:
            raise self._corrupt("its length does not fit its counts", DOCUMENTS_INDEX)
        self._offsets = index[HEADER.size : offsets_end].cast("Q")
        self._first_docs = index[offsets_end:firsts_end].cast("I")
        self._raw_lengths = index[firsts_end:].cast("I") if self.num_blocks else memoryview(b"")
        if (
            self._offsets[-1] != self._size
            or self._first_docs[0] != 0
            or self._first_docs[-1] != self._num_docs
        ):
            raise self._corrupt("its ends do not fit", DOCUMENTS_INDEX)
        self._run_starts, self._runs = self._read_runs()
        dictionaries = segment.parts.get(DICTIONARIES, (0, 0))[0]
        self.core = _core.DocumentBlocks(
            segment.checked,
            segment.parts.get(DOCUMENTS, (0, 0)),
            segment.parts[DOCUMENTS_INDEX],
            [
                (start, dictionaries + offset, length, raw_length)
                for start, (_, offset, length, raw_length) in zip(self._run_starts, self._runs, strict=True)
            ],
            BLOCK_BYTES,
            MAX_DOCUMENT_BYTES,
        )

    def __len__(self) -> int:
        return int(self._num_docs)

    def line(self, doc: int) -> bytes:
        """A document, encoded; IndexError if there is none of that number."""
        if not 0 <= doc < len(self):
            raise IndexError(f"document {doc} of {len(self)} documents")
        return self.core.line(doc)

    def runs(self) -> Iterator[tuple[range, Run]]:
        """The blocks that share a dictionary, from the first to the last."""
        ends = [*self._run_starts[1:], self.num_blocks]
        for number, (start, end) in enumerate(zip(self._run_starts, ends, strict=True)):
            yield range(start, end), Run(self.core.dictionary(number), self._runs[number][0])

    def size_of(self, blocks: range) -> int:
        """The bytes of neighbouring blocks before compression."""
        return sum(self._raw_lengths[blocks.start : blocks.stop])

    def block_range(self, block: int) -> tuple[int, int]:
        """The first document of a block and the first one after it."""
        first, end = self._first_docs[block], self._first_docs[block + 1]
        if not first < end <= self._num_docs:
            raise self._corrupt("its document numbers do not ascend", DOCUMENTS_INDEX)
        return first, end

    def frame(self, block: int) -> tuple[memoryview, int]:
        """A block as it is stored, and its length when decompressed."""
        start, end = self._offsets[block], self._offsets[block + 1]
        if not start < end <= self._size:
            raise self._corrupt("its offsets do not ascend", DOCUMENTS_INDEX)
        return self._segment.read(DOCUMENTS, start, end - start), self._raw_lengths[block]

    def lines(self, block: int) -> list[bytes]:
        """The documents of a block, encoded."""
        return self.core.block(block).split(b"\n")

    def _read_runs(self) -> tuple[list[int], list[tuple[int, int, int, int]]]:
        """The first block of each run; and of each its block size and where its dictionary is."""
        if DICTIONARIES not in self._segment.parts:
            return [0], [(BLOCK_BYTES, 0, 0, 0)]
        table = self._segment.read(DICTIONARIES, 0, min(4, self._segment.parts[DICTIONARIES][1]))
        count = int.from_bytes(table, "little")
        at = 4 + count * RUN.size
        if count == 0 or at > self._segment.parts[DICTIONARIES][1]:
            raise self._corrupt("its length does not fit its counts", DICTIONARIES)
        starts: list[int] = []
        runs: list[tuple[int, int, int, int]] = []
        for first, size, raw_length, length in RUN.iter_unpack(self._segment.read(DICTIONARIES, 4, at - 4)):
            ascends = first > starts[-1] if starts else first == 0
            if not ascends or first >= self.num_blocks or not 0 < size <= BLOCK_BYTES:
                raise self._corrupt("its blocks do not ascend, or have no size", DICTIONARIES)
            if raw_length > _MAX_DICTIONARY or (raw_length == 0 and length > 0):
                raise self._corrupt(f"a dictionary that claims {raw_length} bytes", DICTIONARIES)
            place = (at, length, raw_length)
            at += length
            if raw_length > 0 and length == 0:  # that of the run before
                place = runs[-1][1:] if runs else (0, 0, 0)
                if place[2] != raw_length:
                    raise self._corrupt(f"no dictionary of {raw_length} bytes before it", DICTIONARIES)
            starts.append(first)
            runs.append((size, *place))
        if at != self._segment.parts[DICTIONARIES][1]:
            raise self._corrupt("its ends do not fit", DICTIONARIES)
        return starts, runs

    def _corrupt(self, message: str, part: str) -> CorruptIndexError:
        name = self._segment.name
        return CorruptIndexError(f"{name}, part {part!r}: {message}", file=name, part=part)

"""Prints the worked example of src/searchlib/storage/FORMAT.md: every byte of a small index and its meaning.

    python tests/storage/format_example.py

A test compares the output with FORMAT.md, so that neither can drift.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.storage.columns import ColumnsWriter
from searchlib.storage.files import FORMAT_VERSION, FileEntry
from searchlib.storage.manifest import Manifest, SegmentEntry, split_copies
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment_writer import SegmentWriter

Fields = list[tuple[int, str]]

SEGMENT: Fields = [
    (8, "magic: 9a, “search”, line feed"),
    (4, f"format version {FORMAT_VERSION}"),
    (4, "“SEGM”"),
    (48, "zero"),
    (1, "column:price: type code “d”, doubles"),
    (1, "shape 2: SOME"),
    (1, "scale 0: the numbers are the keys"),
    (1, "zero"),
    (4, "3 documents"),
    (4, "2 values"),
    (4, "zero"),
    (8, "50 bytes of numbers"),
    (8, "12 bytes of places"),
    (8, "numbers: the least, of -2.0"),
    (8, "step: what 1.5 is more"),
    (1, "width: 1 bit"),
    (1, "offset width: none"),
    (6, "zero"),
    (8, "16 bytes of blocks"),
    (1, "the block's minimum: 0 steps"),
    (1, "its range: 1 step"),
    (16, "1.5 is 1 step, -2.0 none; the rest is zero"),
    (8, "places: 101, documents 0 and 2 have a value"),
    (4, "no value stands before document 0"),
    (34, "padding: at least 8 zero bytes, to the next multiple of 64"),
    (2, "note: “hi”"),
    (62, "padding"),
    (8, "directory, first part: offset 64"),
    (8, "length 49"),
    (2, "version 1 of that part"),
    (2, "12 bytes of name"),
    (12, "“column.price”"),
    (8, "second part: offset 128"),
    (8, "length 2"),
    (2, "version 1"),
    (2, "4 bytes of name"),
    (4, "“note”"),
    (4, "table: CRC-32C of chunk 0, here bytes 0 to 191"),
    (8, "footer: magic"),
    (4, f"format version {FORMAT_VERSION}"),
    (4, "2 parts"),
    (8, "192 bytes of header, parts and padding"),
    (8, "56 bytes of directory"),
    (28, "zero"),
    (4, "root checksum: CRC-32C of bytes 192 to 311"),
]

DELETES: Fields = [
    (8, "magic"),
    (4, f"format version {FORMAT_VERSION}"),
    (4, "“BLOB”"),
    (1, "the content, whose form its owner decides"),
]


def annotated(data: bytes, fields: Fields) -> Iterator[str]:
    """Lines of offset, bytes in hexadecimal, meaning; at most eight bytes a line, equal lines only once."""
    position = 0
    for length, meaning in fields:
        field, shown = data[position : position + length], ""
        for start in range(0, length, 8):
            line = field[start : start + 8].hex(" ")
            if line != shown or start == 0:
                yield f"{position + start:5}  {line:<23}  {meaning if start == 0 else ''}".rstrip()
            shown = line
        position += length
    assert position == len(data), f"{len(data)} bytes, {position} described"


def example() -> Iterator[str]:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        columns = ColumnsWriter({"price": "number"})
        for price in (1.5, None, -2):
            columns.add({"price": price})
        columns.finish(segment)
        segment.begin("note")
        segment.write(b"hi")
        entry = segment.finish()
    deletes = directory.write_file("000002.deletes", b"\x02")
    yield from ("000001.segment", "", *annotated(file_bytes(directory, entry), SEGMENT), "")
    yield from ("000002.deletes", "", *annotated(file_bytes(directory, deletes), DELETES), "")
    manifest = Manifest(
        schema={"price": {"kind": "number"}},
        generation=1,
        next_file=3,
        next_ordinal=3,
        segments=(SegmentEntry(entry, num_docs=3, deletes=deletes, num_deleted=1),),
    )
    text = split_copies(manifest.to_bytes())[0].decode()
    yield from ("manifest, the first of its two equal copies", "", *text.splitlines())


def file_bytes(directory: MemoryDirectory, entry: FileEntry) -> bytes:
    return bytes(directory.buffer(entry))


if __name__ == "__main__":
    print("\n".join(example()))

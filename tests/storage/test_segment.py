import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import _core
from searchlib.errors import ClosedError, CorruptIndexError, IndexTooNewError, IndexTooOldError
from searchlib.storage import parts
from searchlib.storage.directory import Directory
from searchlib.storage.files import FORMAT_VERSION, MAGIC, FileEntry
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment import ALIGNMENT, CHUNK, HEADER_BYTES, PADDING, SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))

SMALL = {"terms": b"abc", "empty": b"", "postings": bytes(range(100)), "имя": b"\0" * 9}


def write(
    directory: Directory, parts: dict[str, bytes], name: str = "000001.segment", step: int = 1 << 30
) -> FileEntry:
    with SegmentWriter(directory, name) as writer:
        for part, data in parts.items():
            writer.begin(part)
            for start in range(0, len(data), step):
                writer.write(data[start : start + step])
        return writer.finish()


def raw(directory: Directory, entry: FileEntry) -> bytes:
    return bytes(directory.buffer(entry))


@pytest.mark.parametrize("verify", ["map", "copy"])
def test_parts_come_back(directory, verify):
    entry = write(directory, SMALL)
    segment = SegmentFile.open(directory, entry, verify)
    assert {part: bytes(segment.read(part)) for part in segment.parts} == SMALL
    assert list(segment.parts) == list(SMALL)
    assert segment.read("postings", 10, 5) == bytes(range(10, 15))
    assert segment.read("postings", 90).readonly


@settings(max_examples=40 * DEPTH, suppress_health_check=list(HealthCheck))
@given(
    sizes=st.lists(
        st.one_of(
            st.integers(0, 300),
            st.sampled_from(
                [CHUNK - 72, CHUNK - 64, CHUNK, CHUNK + 1, 3 * CHUNK, 16 * CHUNK, 16 * CHUNK + 5]
            ),
        ),
        max_size=5,
    ),
    step=st.sampled_from([1 << 30, 70_000, 1 << 20]),
)
def test_any_sizes_round_trip(sizes, step):
    directory = MemoryDirectory()
    parts = {f"p{i}": os.urandom(size) for i, size in enumerate(sizes)}
    entry = write(directory, parts, step=step)
    segment = SegmentFile.open(directory, entry)
    assert {part: bytes(segment.read(part)) for part in segment.parts} == parts
    ends = [HEADER_BYTES, *(offset + length for offset, length in segment.parts.values())]
    starts = [*(offset for offset, _ in segment.parts.values()), len(segment.checked)]
    content = bytes(segment.checked.view(0, len(segment.checked)))
    for number, (end, start) in enumerate(zip(ends, starts, strict=True)):
        assert start % ALIGNMENT == 0
        assert set(content[end:start]) <= {0}
        assert number == 0 or start - end >= PADDING


def test_the_bytes_do_not_depend_on_how_they_were_written():
    parts = {"a": os.urandom(3 * CHUNK + 17), "b": os.urandom(1000)}
    files = []
    for step in (1 << 30, 1000, CHUNK):
        directory = MemoryDirectory()
        files.append(raw(directory, write(directory, parts, step=step)))
    assert files[0] == files[1] == files[2]


def test_views_of_wider_items_are_written_whole(directory):
    view = memoryview(struct.pack("<4Q", 1, 2, 3, 4)).cast("Q")
    with SegmentWriter(directory, "000001.segment") as writer:
        writer.begin("numbers")
        writer.write(view)
        writer.write(view[4:])
        entry = writer.finish()
    assert SegmentFile.open(directory, entry).read("numbers").cast("Q").tolist() == [1, 2, 3, 4]


def test_a_view_outlives_the_segment_and_the_file(disk):
    entry = write(disk, SMALL)
    segment = SegmentFile.open(disk, entry)
    view = segment.read("postings")
    segment.close()
    assert disk.remove_unlisted([]) == [entry.name]
    assert view == SMALL["postings"]
    with pytest.raises(ClosedError):
        segment.read("postings")


def test_pages_that_are_let_go_come_back(directory):
    segment = SegmentFile.open(directory, write(directory, {"big": bytes(range(256)) * 4096}))
    view = segment.read("big")
    segment.release_pages()
    assert view == segment.read("big") == bytes(range(256)) * 4096
    segment.close()
    segment.release_pages()


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux says what is resident")
def test_pages_that_are_let_go_take_no_memory(disk):
    segment = SegmentFile.open(disk, write(disk, {"big": bytes(10_000_000)}))
    assert segment.read("big").tobytes() == bytes(10_000_000)
    before = resident_bytes(segment.name)
    segment.release_pages()
    assert before > 9_000_000 > 1_000_000 > resident_bytes(segment.name)


def resident_bytes(name: str) -> int:
    """Of the mappings of a file."""
    total, counts = 0, False
    with Path("/proc/self/smaps").open() as lines:
        for line in lines:
            if "-" in line.split(" ", 1)[0]:
                counts = line.rstrip().endswith(name)
            elif counts and line.startswith("Rss:"):
                total += int(line.split()[1]) * 1024
    return total


def test_parts_that_cannot_be_are_refused(directory):
    with SegmentWriter(directory, "000001.segment") as writer:
        with pytest.raises(ValueError, match="begin a part"):
            writer.write(b"x")
        writer.begin("a")
        for name in ("a", "", "x" * 65536):
            with pytest.raises(ValueError, match="name of its own"):
                writer.begin(name)
        writer.begin("b")
        with pytest.raises(ValueError, match="name of its own"):
            writer.begin("a")
        writer.finish()


@pytest.mark.parametrize(
    "name",
    [
        "../000001.segment",
        "a/000001.segment",
        "000001.segment\n",
        "x",
        "1.segment",
        "000001.exe",
        "٠٠٠٠٠١.segment",
        "",
    ],
)
def test_only_names_of_ours_are_written_and_read(directory, name):
    with pytest.raises(ValueError, match="not a name"):
        SegmentWriter(directory, name)
    with pytest.raises(CorruptIndexError):
        SegmentFile.open(directory, FileEntry(name, 10, 0))


def test_an_exception_leaves_no_file(disk):
    with pytest.raises(KeyError), SegmentWriter(disk, "000001.segment") as writer:
        writer.begin("a")
        writer.write(bytes(1 << 21))
        raise KeyError
    assert list(disk.path.iterdir()) == []


def test_reads_outside_a_part_name_it(directory):
    segment = SegmentFile.open(directory, write(directory, SMALL))
    for offset, length in ((0, 101), (100, 1), (101, None), (-1, 1), (0, -1), (2**70, 1)):
        with pytest.raises(CorruptIndexError) as caught:
            segment.read("postings", offset, length)
        assert (caught.value.file, caught.value.part) == ("000001.segment", "postings")
    with pytest.raises(CorruptIndexError, match="no part 'norms'"):
        segment.read("norms")


def everything(directory: Directory, entry: FileEntry) -> dict[str, bytes]:
    segment = SegmentFile.open(directory, entry)
    return {part: bytes(segment.read(part)) for part in segment.parts}


def damaged(data: bytes, entry: FileEntry) -> tuple[MemoryDirectory, FileEntry]:
    directory = MemoryDirectory()
    file = directory.create_file(entry.name)
    file.write(data)
    file.finish()
    return directory, entry


def test_every_flipped_bit_is_seen():
    directory = MemoryDirectory()
    entry = write(directory, SMALL)
    data = raw(directory, entry)
    for position in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(CorruptIndexError) as caught:
            everything(*damaged(bytes(flipped), entry))
        assert caught.value.file == entry.name
        assert caught.value.part


def test_every_truncation_is_seen():
    directory = MemoryDirectory()
    entry = write(directory, SMALL)
    data = raw(directory, entry)
    for length in range(len(data)):
        with pytest.raises(CorruptIndexError, match="should be"):
            everything(*damaged(data[:length], entry))
        # … even if the manifest said so.
        with pytest.raises(CorruptIndexError):
            everything(*damaged(data[:length], entry._replace(length=length)))


def test_damage_in_one_chunk_leaves_the_other_parts_readable():
    directory = MemoryDirectory()
    parts = {"a": os.urandom(2 * CHUNK), "b": os.urandom(CHUNK)}
    entry = write(directory, parts)
    data = bytearray(raw(directory, entry))
    data[CHUNK + 5] ^= 1
    segment = SegmentFile.open(*damaged(bytes(data), entry))
    assert segment.read("a", 0, 1000) == parts["a"][:1000]
    with pytest.raises(CorruptIndexError) as caught:
        segment.read("a")
    assert caught.value.part == "a"
    assert segment.read("b", CHUNK - 100) == parts["b"][-100:]
    assert segment.parts_between(0, CHUNK) == ["header", "a"]
    assert segment.parts_between(2 * CHUNK, 3 * CHUNK) == ["a", "b"]
    assert segment.parts_between(64 + 2 * CHUNK, 64 + 2 * CHUNK + 8) == ["padding"]


def test_another_generation_of_the_file_is_seen():
    first, second = MemoryDirectory(), MemoryDirectory()
    old, new = write(first, {"a": b"old"}), write(second, {"a": b"new"})
    assert old.length == new.length
    with pytest.raises(CorruptIndexError, match="another file"):
        SegmentFile.open(second, old)


def test_two_chunks_that_changed_places_are_seen():
    directory = MemoryDirectory()
    entry = write(directory, {"a": os.urandom(4 * CHUNK)})
    data = raw(directory, entry)
    swapped = data[:CHUNK] + data[2 * CHUNK : 3 * CHUNK] + data[CHUNK : 2 * CHUNK] + data[3 * CHUNK :]
    with pytest.raises(CorruptIndexError, match="chunk 1"):
        everything(*damaged(swapped, entry))


def with_valid_checksums(
    content: bytes, parts: bytes, num_parts: int, version: int = FORMAT_VERSION
) -> tuple[MemoryDirectory, FileEntry]:
    """A hostile file: all its checksums are right."""
    table = b"".join(
        struct.pack("<I", _core.crc32c(content[i : i + CHUNK])) for i in range(0, len(content), CHUNK)
    )
    tail = parts + table + struct.pack("<8sIIQQ28x", MAGIC, version, num_parts, len(content), len(parts))
    root = _core.crc32c(tail)
    data = content + tail + struct.pack("<I", root)
    return damaged(data, FileEntry("000001.segment", len(data), root))


HEADER = struct.pack("<8sI4s48x", MAGIC, FORMAT_VERSION, b"SEGM")


def part(offset: int, length: int, name: bytes = b"a") -> bytes:
    return struct.pack("<QQHH", offset, length, 1, len(name)) + name


@pytest.mark.parametrize(
    ("parts", "num_parts"),
    [
        (part(64, 121), 1),  # leaves no padding
        (part(0, 8), 1),  # over the header
        (part(65, 8), 1),  # not aligned
        (part(64, 2**64 - 1), 1),
        (part(2**64 - 64, 64), 1),
        (part(64, 8) + part(128, 8), 2),  # one name twice
        (part(64, 100) + part(128, 8, b"b"), 2),  # overlapping
        (part(128, 8) + part(64, 8, b"b"), 2),  # not ascending
        (part(64, 8), 2),
        (part(64, 8), 0),
        (part(64, 8)[:-1], 1),
        (part(64, 8, b"\xff"), 1),
        (part(64, 8) + b"\0", 1),
    ],
)
def test_hostile_directories_of_parts_are_refused(parts, num_parts):
    with pytest.raises(CorruptIndexError) as caught:
        SegmentFile.open(*with_valid_checksums(HEADER + bytes(128), parts, num_parts))
    assert caught.value.part == "directory"


def test_a_sound_file_made_by_hand_is_read():
    assert everything(*with_valid_checksums(HEADER + bytes(128), part(64, 8), 1)) == {"a": bytes(8)}


@pytest.mark.parametrize(("version", "error"), [(2, IndexTooOldError), (4, IndexTooNewError)])
def test_other_versions_are_told_from_damage(version, error):
    with pytest.raises(error, match=f"version {version}; this searchlib reads version 3"):
        SegmentFile.open(*with_valid_checksums(HEADER + bytes(128), part(64, 8), 1, version))


@settings(max_examples=300 * DEPTH)
@given(st.binary(max_size=400), st.binary(max_size=200), st.integers(0, 70000), st.booleans())
def test_random_bytes_behind_valid_checksums_are_refused_or_read(content, parts, num_parts, with_header):
    content = (HEADER if with_header else b"") + content
    try:
        found = everything(*with_valid_checksums(content, parts, num_parts))
    except CorruptIndexError as error:
        assert error.file and error.part
    else:
        assert len(found) == num_parts and all(part in content for part in found.values())


def test_a_file_that_is_missing_or_no_file_is_named(disk, tmp_path: Path):
    entry = write(disk, SMALL)
    path = disk.path / entry.name
    target = tmp_path / "elsewhere"
    path.rename(target)
    with pytest.raises(CorruptIndexError, match=r"000001\.segment is missing"):
        SegmentFile.open(disk, entry)
    for make in (lambda: path.symlink_to(target), lambda: os.mkfifo(path)):
        make()
        with pytest.raises(CorruptIndexError, match=r"000001\.segment cannot be read"):
            SegmentFile.open(disk, entry)
        path.unlink()
    path.mkdir()
    with pytest.raises(CorruptIndexError, match=r"000001\.segment cannot be read"):
        SegmentFile.open(disk, entry)


def test_names_are_never_written_twice(directory):
    entry = write(directory, SMALL)
    with pytest.raises(FileExistsError):
        SegmentWriter(directory, entry.name)
    assert everything(directory, entry) == SMALL


@pytest.mark.parametrize(("written", "error"), [(1, IndexTooOldError), (3, IndexTooNewError)])
def test_a_part_of_another_version_is_refused_by_name(disk, monkeypatch, written, error):
    monkeypatch.setitem(parts._VERSIONS, ".words", written)
    entry = write(disk, {"title.words": b"some", "b": b"other"})
    monkeypatch.setitem(parts._VERSIONS, ".words", 2)
    with pytest.raises(error, match=rf"'title.words' has version {written}, this searchlib reads 2"):
        SegmentFile.open(disk, entry)

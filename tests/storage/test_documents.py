import os
import random
import struct
from datetime import date, datetime, timedelta, timezone

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import _core
from searchlib.errors import CorruptIndexError, DocumentError
from searchlib.storage import packer
from searchlib.storage.blocks import BLOCK_BYTES
from searchlib.storage.dictionaries import PLAIN, chosen, compressor, packed_plainly
from searchlib.storage.documents import DocumentsReader, DocumentsWriter
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment import SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

WHEN = {"when": "date"}
DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))


def write(documents, kinds=None, worker=False) -> SegmentFile:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        writer = DocumentsWriter(segment, kinds, worker)
        for document in documents:
            writer.add(document)
        writer.finish()
        entry = segment.finish()
    return SegmentFile.open(directory, entry)


def prose(count: int, seed: int = 1) -> list[dict]:
    source = random.Random(seed)
    words = ["лес", "река", "wood", "forest", "protest", "стали", "выборы", "police"]
    return [
        {"id": str(i), "body": " ".join(source.choices(words, k=source.randrange(1, 400)))}
        for i in range(count)
    ]


instants = st.datetimes(timezones=st.timezones() | st.just(timezone.utc)).filter(
    lambda value: 2 < value.year < 9998 and value.utcoffset() is not None
)
scalars = (
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | st.text()
    | st.text(st.characters(codec=None, categories=["Cs", "Cc", "Lo"]))
)  # fmt: skip
documents = st.dictionaries(st.text(), scalars | st.lists(scalars, max_size=4), max_size=5)


@settings(deadline=None)
@given(st.lists(documents, max_size=20))
def test_documents_come_back(values):
    reader = DocumentsReader(write(values))
    assert len(reader) == len(values)
    assert list(reader) == values
    for number in reversed(range(len(values))):
        got = reader.get(number)
        assert got == values[number]
        assert [type(v) for v in got.values()] == [type(v) for v in values[number].values()]


def in_utc(value):
    # A time that a clock skipped (summer time) never equals any moment in another zone, hence not simply ==.
    if isinstance(value, list):
        return [in_utc(item) for item in value]
    return value.astimezone(timezone.utc) if isinstance(value, datetime) else value


@settings(deadline=None)
@given(st.lists(instants | st.dates() | st.none() | st.lists(instants | st.dates(), max_size=3), max_size=5))
def test_dates_come_back_in_utc(values):
    documents = [{"when": value, "text": "2024-01-02"} for value in values]
    reader = DocumentsReader(write(documents, WHEN), WHEN)
    for got, expected in zip(reader, documents, strict=True):
        assert got["when"] == in_utc(expected["when"])
        assert type(got["when"]) is type(expected["when"])
        if isinstance(got["when"], datetime):
            assert got["when"].utcoffset() == timedelta(0)
        assert got["text"] == "2024-01-02"


def test_many_blocks_and_any_order():
    documents = prose(2000)
    reader = DocumentsReader(write(documents))
    assert reader.num_blocks > 20
    for number in random.Random(2).sample(range(2000), 300):
        assert reader.get(number) == documents[number]
    for number in (-1, 2000):
        with pytest.raises(IndexError, match="2000 documents"):
            reader.get(number)


def test_a_worker_changes_no_byte():
    documents = prose(1500)
    one, two = (write(documents, worker=worker) for worker in (False, True))
    assert one.entry == two.entry
    assert one.read("documents") == two.read("documents")


def test_a_document_larger_than_a_block():
    documents = [{"body": "a"}, {"body": "х" * 300_000}, {"body": "b"}, {"body": "y" * BLOCK_BYTES}]
    reader = DocumentsReader(write(documents))
    assert list(reader) == documents


@pytest.mark.parametrize(
    "values",
    [
        {"when": "soon"},
        {"when": 5},
        {"body": date(2024, 1, 2)},
        {"body": b"bytes"},
        {"body": {1, 2}},
        {"body": object()},
        {"body": 10**5000},
    ],
)
def test_what_cannot_be_stored_is_refused_and_changes_nothing(values):
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        writer = DocumentsWriter(segment, WHEN)
        writer.add({"body": "before"})
        with pytest.raises(DocumentError):
            writer.add(values)
        writer.add({"body": "after"})
        assert len(writer) == 2
        writer.finish()
        entry = segment.finish()
    reader = DocumentsReader(SegmentFile.open(directory, entry), WHEN)
    assert [document["body"] for document in reader] == ["before", "after"]


def test_a_document_that_holds_itself_is_refused():
    circle: list = []
    circle.append(circle)
    with pytest.raises(DocumentError):
        write([{"body": circle}])


def merged(sources) -> SegmentFile:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        writer = DocumentsWriter(segment)
        for reader, deleted in sources:
            writer.merge(reader, deleted)
        writer.finish()
        entry = segment.finish()
    return SegmentFile.open(directory, entry)


@settings(deadline=None, max_examples=40 * DEPTH)
@given(st.lists(st.tuples(st.integers(0, 300), st.floats(0, 1), st.integers(0, 9)), max_size=4))
def test_a_merge_is_the_live_documents_in_order(shapes):
    sources, expected = [], []
    for count, share, seed in shapes:
        documents = prose(count, seed)
        source = random.Random(seed)
        deleted = [number for number in range(count) if source.random() < share * source.choice([0.0, 1.0])]
        sources.append((DocumentsReader(write(documents)), deleted))
        expected += [document for number, document in enumerate(documents) if number not in set(deleted)]
    assert list(DocumentsReader(merged(sources))) == expected


def test_a_merge_copies_whole_blocks():
    segment = write(prose(4000))  # so many that their dictionary is worth keeping
    reader = DocumentsReader(segment)
    assert merged([(reader, [])]).read("documents") == segment.read("documents")
    first, end = reader.block_range(5)
    result = DocumentsReader(merged([(reader, [first])]))
    for block in range(5):
        assert result.frame(block) == reader.frame(block)
    assert result.frame(result.num_blocks - 2) == reader.frame(reader.num_blocks - 2)
    assert result.block_range(5)[1] - result.block_range(5)[0] == end - first - 1


def test_many_merges_of_small_segments_leave_no_small_blocks():
    small = [DocumentsReader(write(prose(7, seed))) for seed in range(100)]
    result = merged([(reader, []) for reader in small])
    for seed in range(20):
        result = merged([(DocumentsReader(result), [seed * 13])])
    reader = DocumentsReader(result)
    raw_lengths = [reader.frame(block)[1] for block in range(reader.num_blocks)]
    sizes = [run.size for blocks, run in reader.runs() for _ in blocks]
    assert all(raw >= size // 3 for raw, size in zip(raw_lengths[:-1], sizes, strict=False))


# ---- hostile bytes behind valid checksums


def hostile(documents_part: bytes, index: bytes) -> DocumentsReader:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        segment.begin("documents")
        segment.write(documents_part)
        segment.begin("documents.index")
        segment.write(index)
        entry = segment.finish()
    return DocumentsReader(SegmentFile.open(directory, entry), WHEN)


def one_block(raw: bytes, num_docs: int, raw_length: int | None = None) -> DocumentsReader:
    frame = zstandard.compress(raw)
    length = len(raw) if raw_length is None else raw_length
    return hostile(frame, struct.pack("<QQ2Q2II", num_docs, 1, 0, len(frame), 0, num_docs, length))


def test_a_block_made_by_hand_is_read():
    assert list(one_block(b'{"a":1}\n{"a":2}', 2)) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"1",
        b"{",
        b"{}\n{}",
        b'{"a":\xff}',
        b'{"when":5}',
        b'{"when":"x"}',
        b'{"when":"9T"}',
        b"[" * 50000,
    ],
)
def test_lines_that_are_no_document_are_refused(raw):
    with pytest.raises(CorruptIndexError) as caught:
        one_block(raw, 1).get(0)
    assert (caught.value.file, caught.value.part) == ("000001.segment", "documents")


def test_a_frame_that_claims_gigabytes_takes_no_memory():
    # A frame header with a content size of 8 bytes: single segment, 2**40 bytes.
    frame = b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 2**40) + b"\x01\x00\x00"
    assert zstandard.get_frame_parameters(frame).content_size == 2**40
    for raw_length in (100, 2**32 - 1):
        index = struct.pack("<QQ2Q2II", 1, 1, 0, len(frame), 0, 1, raw_length)
        with pytest.raises(CorruptIndexError, match="claims"):
            hostile(frame, index).get(0)
    # … and where the index claims the same, it is more than so few bytes can hold.
    frame = b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", 2**31) + b"\x01\x00\x00"
    with pytest.raises(CorruptIndexError, match="claims"):
        hostile(frame, struct.pack("<QQ2Q2II", 1, 1, 0, len(frame), 0, 1, 2**31)).get(0)
    with pytest.raises(CorruptIndexError, match="more than any"):
        one_block(b"{}\n" + b" " * BLOCK_BYTES, 2).get(0)


def test_a_highly_repetitive_document_is_no_bomb():
    line = b'{"body":"' + b"a" * ((64 << 20) - 11) + b'"}'
    assert one_block(line, 1).line(0) == line


def test_frames_without_a_size_are_refused():
    frame = zstandard.ZstdCompressor(write_content_size=False).compress(b"{}")
    with pytest.raises(CorruptIndexError):
        hostile(frame, struct.pack("<QQ2Q2II", 1, 1, 0, len(frame), 0, 1, 2)).get(0)


@pytest.mark.parametrize(
    "index",
    [
        b"",
        struct.pack("<QQ", 1, 1),
        struct.pack("<QQ2Q2II", 1, 1, 0, 5, 0, 1, 2),  # ends before the part does
        struct.pack("<QQ2Q2II", 1, 1, 0, 11, 0, 2, 2),
        struct.pack("<QQ2Q2II", 1, 1, 0, 11, 1, 1, 2),
        struct.pack("<QQ2Q2II", 2**31, 1, 0, 11, 0, 2**31, 2),
        struct.pack("<QQ2Q2II", 1, 2**61, 0, 11, 0, 1, 2),
        struct.pack("<QQ2Q2IIx", 1, 1, 0, 11, 0, 1, 2),
        struct.pack("<QQQI", 1, 0, 11, 1),
    ],
)
def test_hostile_indexes_are_refused(index):
    assert len(zstandard.compress(b"{}")) == 11
    with pytest.raises(CorruptIndexError) as caught:
        hostile(zstandard.compress(b"{}"), index)
    assert caught.value.part == "documents.index"


@settings(deadline=None, max_examples=300 * DEPTH)
@given(st.data())
def test_any_numbers_in_the_index_give_documents_or_errors(data):
    frame = zstandard.compress(b'{"a":1}\n{"a":2}\n{"a":3}')
    blocks = data.draw(st.integers(1, 4))
    near = st.integers(0, len(frame) + 2) | st.integers(0, 2**64 - 1)
    offsets = [0, *data.draw(st.lists(near, min_size=blocks - 1, max_size=blocks - 1)), len(frame)]
    firsts = [0, *data.draw(st.lists(st.integers(0, 5), min_size=blocks - 1, max_size=blocks - 1)), 3]
    raws = data.draw(st.lists(st.sampled_from([0, 23, 24, 2**32 - 1]), min_size=blocks, max_size=blocks))
    index = struct.pack("<QQ", 3, blocks) + struct.pack(
        f"<{blocks + 1}Q{blocks + 1}I{blocks}I", *offsets, *firsts, *raws
    )
    reader = hostile(frame, index)
    for number in range(3):
        try:
            assert reader.get(number) == {"a": number + 1}
        except CorruptIndexError as error:
            assert error.file == "000001.segment"


def test_an_empty_segment_has_no_documents():
    reader = DocumentsReader(write([]))
    assert len(reader) == 0 and list(reader) == []
    with pytest.raises(IndexError):
        reader.get(0)


def test_an_error_of_the_worker_or_the_sink_reaches_the_caller():
    class FailingSink:
        def begin(self, part: str) -> None: ...
        def write(self, data) -> None:
            raise OSError(28, "no space left on device")

    for worker in (False, True):
        writer = DocumentsWriter(FailingSink(), worker=worker)
        with pytest.raises(OSError, match="no space"):
            for document in prose(5000):
                writer.add(document)
            writer.finish()


# ---- dictionaries


def sentences(count: int, language: str, seed: int = 1) -> list[dict]:
    """Documents of which neighbours have no more in common than any two: where a dictionary pays."""
    source = random.Random(seed)
    letters = {"ru": "абвгдежзиклмнопрст", "en": "abcdefghiklmnoprst"}[language]
    words = ["".join(source.choices(letters, k=source.randrange(3, 12))) for _ in range(3000)]
    return [{"body": " ".join(source.choices(words, k=source.randrange(40, 160)))} for _ in range(count)]


def test_much_text_has_small_blocks_and_a_dictionary_and_little_has_none():
    few, many = sentences(500, "ru"), sentences(2500, "ru")
    reader = DocumentsReader(write(few))
    assert [run for _, run in reader.runs()] == [PLAIN]
    segment = write(many)
    reader = DocumentsReader(segment)
    ((blocks, run),) = reader.runs()
    assert len(blocks) == reader.num_blocks and run.size == 4096 and len(run.dictionary) > 10_000
    assert max(reader.frame(block)[1] for block in blocks) <= 4096
    assert list(reader) == many
    for number in random.Random(3).sample(range(2500), 100):
        assert reader.get(number) == many[number]


def test_small_blocks_take_little_more_room_than_large_ones():
    for documents in (
        sentences(2500, "en"),
        prose(1500),
        [{"body": f"line {n} of a log"} for n in range(60_000)],
    ):
        segment = write(documents)
        raw = b"\n".join(DocumentsWriter(MemorySink(), worker=False).encode(one) for one in documents)
        whole = sum(len(zstandard.compress(raw[at : at + 32768], 1)) for at in range(0, len(raw), 32768))
        stored = sum(segment.parts[part][1] for part in segment.parts if part != "documents.index")
        assert stored <= 1.1 * whole


class MemorySink:
    def begin(self, part: str) -> None: ...
    def write(self, data) -> None: ...


def test_text_in_another_language_gets_a_dictionary_of_its_own():
    documents = sentences(6000, "en") + sentences(6000, "ru")
    one, two = (write(documents, worker=worker) for worker in (False, True))
    assert one.entry == two.entry
    reader = DocumentsReader(one)
    runs = list(reader.runs())
    assert len({run.dictionary for _, run in runs}) >= 2
    # Before that, larger blocks are tried with the same one, which is written once.
    written = [
        run.dictionary
        for (_, run), (_, before) in zip(runs[1:], runs[:-1], strict=True)
        if run.dictionary != before.dictionary
    ]
    frames = [zstandard.compress(dictionary) for dictionary in (runs[0][1].dictionary, *written)]
    assert len(runs) > len(frames)
    assert one.parts["documents.dictionaries"][1] == 4 + 16 * len(runs) + sum(map(len, frames))
    assert [blocks.start for blocks, _ in runs] == [0, *(blocks.stop for blocks, _ in runs[:-1])]
    assert list(reader) == documents


def test_what_packs_as_before_is_not_measured_again(monkeypatch):
    calls = []

    def counted(blocks):
        calls.append(len(blocks))
        return packed_plainly(blocks)

    monkeypatch.setattr(packer, "packed_plainly", counted)
    reader = DocumentsReader(write(sentences(9000, "ru")))
    assert sum(map(reader.size_of, (blocks for blocks, _ in reader.runs()))) > 8 << 20
    assert len(calls) <= 2


def test_text_whose_beginning_had_no_dictionary_gets_one_later(monkeypatch):
    answers = [(PLAIN, compressor(b""))]  # as where one text ends and another begins
    monkeypatch.setattr(packer, "chosen", lambda lines: answers.pop() if answers else chosen(lines))
    monkeypatch.setattr(packer, "_MOST_WINDOWS", 2)
    documents = sentences(9000, "en")
    reader = DocumentsReader(write(documents))
    first, *others = (run for _, run in reader.runs())
    assert first == PLAIN and any(run.dictionary for run in others)
    assert list(reader) == documents


def test_a_long_document_needs_no_dictionary_and_is_read_with_one():
    documents = sentences(2500, "ru")
    long = {"body": " ".join(document["body"] for document in sentences(60, "ru", seed=9))}
    documents[1000:1000] = [long]
    reader = DocumentsReader(write(documents))
    ((_, run),) = reader.runs()
    (block,) = (block for block in range(reader.num_blocks) if reader.block_range(block)[0] == 1000)
    frame, raw_length = reader.frame(block)
    assert run.dictionary and raw_length > 40_000
    raw = zstandard.ZstdDecompressor().decompress(frame)
    assert raw == _core.unpack_frame(bytes(frame), raw_length, run.dictionary)
    assert list(reader) == documents


def test_a_dictionary_with_other_offsets_serves_long_blocks_as_well():
    (_, run), *_ = DocumentsReader(write(sentences(2500, "ru"))).runs()
    offsets = struct.pack("<3I", 1, 4, 8)
    other = run.dictionary.replace(offsets, struct.pack("<3I", 5, 7, 9), 1)
    raw = " ".join(document["body"] for document in sentences(60, "ru", seed=9)).encode()
    for dictionary in (run.dictionary, other):
        assert _core.unpack_frame(compressor(dictionary)(raw), len(raw), dictionary) == raw


def test_a_merge_takes_over_dictionaries_that_served_much_text_and_packs_the_rest_anew():
    large, small = sentences(9000, "ru"), sentences(2000, "ru", seed=2)
    source = DocumentsReader(write(large))
    (_, run), *_ = source.runs()
    result = DocumentsReader(merged([(source, [3]), (DocumentsReader(write(small)), [])]))
    assert next(each.dictionary for _, each in result.runs()) == run.dictionary
    assert list(result) == large[:3] + large[4:] + small
    tiny = [DocumentsReader(write(sentences(1500, "ru", seed))) for seed in range(4)]
    assert all(next(iter(each.runs()))[1].dictionary for each in tiny)
    result = DocumentsReader(merged([(each, []) for each in tiny]))
    assert len(list(result.runs())) <= 3  # not one of each


def test_the_lines_of_a_page_come_in_any_order():
    documents = sentences(2500, "ru")
    reader = DocumentsReader(write(documents))
    first, end = reader.block_range(7)
    for _ in range(2):  # whole blocks, and then as far as they are wanted
        for asked in ([*range(first, end), 0, first], [*range(end, first - 1, -1)], [2499, first, 2499, end]):
            lines = _core.read_documents([0], [reader.core], asked)
            assert len(lines) == len(asked)
            found = [reader.decoded(lines.line(number)) for number in range(len(asked))]
            assert found == [documents[number] for number in asked]
            assert lines.num_bytes == sum(len(lines.line(number)) for number in range(len(asked)))


def test_the_lines_of_several_segments_come_from_theirs():
    parts = [prose(count, count) for count in (300, 1, 700)]
    readers = [DocumentsReader(write(part)) for part in parts]
    first_docs, everything = [0, 300, 301], [document for part in parts for document in part]
    asked = [1000, 0, 300, 301, 299, 5, 300, 999]
    lines = _core.read_documents(first_docs, [reader.core for reader in readers], asked)
    found = [readers[0].decoded(lines.line(number)) for number in range(len(asked))]
    assert found == [everything[number] for number in asked]
    only = _core.read_documents(first_docs, [None, readers[1].core, None], [300])
    assert readers[1].decoded(only.line(0)) == everything[300]
    with pytest.raises(IndexError, match="document 700 of 700 documents"):
        _core.read_documents(first_docs, [reader.core for reader in readers], [1001])
    with pytest.raises(TypeError):
        _core.read_documents(first_docs, [None, readers[1].core, None], [5])
    with pytest.raises(ValueError, match="first document"):
        _core.read_documents([], [], [5])
    with pytest.raises(ValueError, match="document 0"):
        _core.read_documents([1], [readers[0].core], [0])
    with pytest.raises(IndexError):
        lines.line(len(asked))


def with_dictionaries(table: bytes, frames: bytes = b"") -> DocumentsReader:
    directory = MemoryDirectory()
    frame = zstandard.compress(b"{}")
    with SegmentWriter(directory, "000001.segment") as segment:
        segment.begin("documents")
        segment.write(frame)
        segment.begin("documents.index")
        segment.write(struct.pack("<QQ2Q2II", 1, 1, 0, len(frame), 0, 1, 2))
        segment.begin("documents.dictionaries")
        segment.write(table + frames)
        entry = segment.finish()
    return DocumentsReader(SegmentFile.open(directory, entry))


@pytest.mark.parametrize(
    ("table", "frames"),
    [
        (b"", b""),
        (b"\1\0", b""),
        (struct.pack("<I", 0), b""),
        (struct.pack("<I", 2**32 - 1), b""),
        (struct.pack("<5I", 1, 1, 4096, 0, 0), b""),  # begins behind the first block
        (struct.pack("<9I", 2, 0, 4096, 0, 0, 0, 4096, 0, 0), b""),
        (struct.pack("<9I", 2, 0, 4096, 0, 0, 1, 4096, 0, 0), b""),
        (struct.pack("<5I", 1, 0, 0, 0, 0), b""),
        (struct.pack("<5I", 1, 0, 40960, 0, 0), b""),
        (struct.pack("<5I", 1, 0, 4096, 0, 0), b"x"),
        (struct.pack("<5I", 1, 0, 4096, 5, 0), b""),
        (struct.pack("<9I", 2, 0, 4096, 0, 0, 1, 8192, 5, 0), b""),  # that of the run before, which has none
        (struct.pack("<5I", 1, 0, 4096, 2**31, 3), b"abc"),
        (struct.pack("<5I", 1, 0, 4096, 5, 3), b"abc"),
        (struct.pack("<5I", 1, 0, 4096, 6, 15), zstandard.compress(b"abcdef")),
        (struct.pack("<5I", 1, 0, 4096, 5, 14), zstandard.compress(b"abcde")),  # no dictionary of zstandard's
    ],
)
def test_hostile_dictionaries_are_refused(table, frames):
    with pytest.raises(CorruptIndexError) as caught:
        with_dictionaries(table, frames).get(0)
    assert caught.value.part in ("documents.dictionaries", "documents")
    assert caught.value.file == "000001.segment"

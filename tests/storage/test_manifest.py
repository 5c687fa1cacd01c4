import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import _core
from searchlib.errors import (
    CorruptIndexError,
    IndexNotFoundError,
    IndexTooNewError,
    IndexTooOldError,
    NotAnIndexError,
)
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.files import (
    FORMAT_VERSION,
    FileEntry,
    file_name,
    file_number,
    is_file_name,
    is_temporary_name,
)
from searchlib.storage.manifest import (
    Manifest,
    Rewritten,
    SegmentEntry,
    UnfinishedChange,
    _generation_of_old,
    old_manifest,
    read_manifest,
    read_snapshot,
    split_copies,
)
from searchlib.storage.memory import MemoryDirectory

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
json_objects = st.dictionaries(st.text(), json_values, max_size=3)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    numbers = draw(st.lists(st.integers(0, 10**9), unique=True, max_size=7))

    def entry(kind: str) -> FileEntry | None:
        if not numbers:
            return None
        return FileEntry(
            file_name(numbers.pop(), kind), draw(st.integers(0, 2**62)), draw(st.integers(0, 2**32 - 1))
        )

    segments = []
    next_file = max(numbers, default=0) + 1
    while len(numbers) >= 2:
        num_docs = draw(st.integers(0, 2**31 - 1))
        segments.append(
            SegmentEntry(
                entry("segment"),
                num_docs,
                entry("deletes") if draw(st.booleans()) else None,
                draw(st.integers(0, num_docs)),
                draw(st.integers(0, 2**50)),
                tuple(draw(st.lists(st.text(), max_size=2))),
            )
        )
    return Manifest(
        schema=draw(json_objects),
        schema_is_inferred=draw(st.booleans()),
        analyzer=draw(st.dictionaries(st.text(), st.text(), max_size=3)),
        generation=draw(st.integers(0, 2**50)),
        next_file=next_file,
        next_ordinal=draw(st.integers(0, 2**50)),
        segments=tuple(segments),
        metadata=entry("metadata") if draw(st.booleans()) else None,
        change=draw(changes(segments, entry)) if draw(st.booleans()) else None,
    )


@st.composite
def changes(draw: st.DrawFn, segments: list[SegmentEntry], entry) -> UnfinishedChange:
    done = []
    for segment in segments:
        file = entry("segment")
        new = None if file is None else SegmentEntry(file, 3, first_ordinal=1)
        done.append(Rewritten(segment.file, segment.deletes, new))
    return UnfinishedChange(
        draw(json_objects),
        draw(st.dictionaries(st.text(), st.text(), max_size=3)),
        everything=draw(st.booleans()),
        drops=draw(st.booleans()),
        done=tuple(done),
    )


@given(manifests())
def test_manifests_come_back(manifest):
    data = manifest.to_bytes()
    assert Manifest.from_bytes(data) == manifest
    assert manifest.to_bytes() == data
    copies = split_copies(data)
    assert len(copies) == 2 and copies[0] == copies[1] == data[-len(copies[0]) :]
    # No page holds bytes of both.
    assert (len(data) - len(copies[1])) % 4096 == 0


EXAMPLE = Manifest(
    schema={"body": {"kind": "text", "note": "searchlib-manifest 1 2 00000000\n{}"}},
    analyzer={"body": "ru-1"},
    generation=7,
    next_file=12,
    next_ordinal=99,
    segments=(
        SegmentEntry(FileEntry("000003.segment", 1000, 5), 10, FileEntry("000004.deletes", 30, 6), 2, 0),
        SegmentEntry(FileEntry("000011.segment", 2000, 7), 4, None, 0, 50),
    ),
    metadata=FileEntry("000010.metadata", 100, 8),
)
CHANGE = {
    "schema": {},
    "analyzer": {},
    "everything": False,
    "done": [
        {
            "source": ["000003.segment", 1000, 5],
            "deletes": None,
            "entry": {"file": ["000009.segment", 1, 1], "num_docs": 1, "num_deleted": 0, "first_ordinal": 0},
        }
    ],
}


def test_a_change_lists_its_files_and_forgets_what_is_of_no_use():
    manifest = Manifest.from_bytes(signed(json.dumps({**example(), "change": CHANGE}).encode()))
    assert "000009.segment" in {entry.name for entry in manifest.files()}
    assert manifest.change.of(manifest.segments).done == ()  # the segment has other deletes by now
    (one,) = manifest.change.done
    same = manifest.segments[0]._replace(deletes=None)
    assert manifest.change.of((same,)).done == (one,)


def test_the_example_lists_its_files():
    assert [entry.name for entry in EXAMPLE.files()] == [
        "000003.segment",
        "000011.segment",
        "000004.deletes",
        "000010.metadata",
    ]
    assert EXAMPLE.num_docs == 12


def test_every_flipped_bit_is_seen_and_one_copy_survives():
    data = EXAMPLE.to_bytes()
    copy = split_copies(data)[0]
    for position in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(CorruptIndexError) as caught:
            Manifest.from_bytes(bytes(flipped))
        assert caught.value.file == "manifest"
        is_between = len(copy) <= position // 8 < len(data) - len(copy)
        assert split_copies(bytes(flipped)) == [copy] * (2 if is_between else 1)


def test_every_truncation_is_seen():
    data = EXAMPLE.to_bytes()
    for length in range(len(data)):
        with pytest.raises((CorruptIndexError, NotAnIndexError)):
            Manifest.from_bytes(data[:length])


def test_what_follows_a_manifest_is_seen():
    data = EXAMPLE.to_bytes()
    for wrong in (data + b"\n", data + data[: len(data) // 2], b"x" + data):
        with pytest.raises(CorruptIndexError):
            Manifest.from_bytes(wrong)


def test_copies_of_two_commits_are_seen():
    other = EXAMPLE.replace(generation=8).to_bytes()
    mixed = EXAMPLE.to_bytes()[: len(other) // 2] + other[len(other) // 2 :]
    with pytest.raises(CorruptIndexError):
        Manifest.from_bytes(mixed)


@pytest.mark.parametrize("data", [b"", b"{}", b"apiVersion: 1\n", bytes(5000)])
def test_another_programs_file_is_told_from_damage(data):
    with pytest.raises(NotAnIndexError):
        Manifest.from_bytes(data)


def signed(payload: bytes, version: int = FORMAT_VERSION) -> bytes:
    """A hostile manifest: its checksums are right."""
    checked = b"%d %d\n" % (version, len(payload)) + payload
    copy = b"searchlib-manifest %d %d %08x\n%s" % (version, len(payload), _core.crc32c(checked), payload)
    return copy + b"\n" * (-len(copy) % 4096) + copy


@pytest.mark.parametrize(
    ("version", "error"),
    [(0, IndexTooOldError), (2, IndexTooOldError), (4, IndexTooNewError), (999, IndexTooNewError)],
)
def test_other_versions_are_told_from_damage(version, error):
    with pytest.raises(error):
        Manifest.from_bytes(signed(b'{"what": "a later version has"}', version))


def example() -> dict:
    return json.loads(EXAMPLE.to_bytes().split(b"\n", 1)[1].split(b"\nsearchlib-manifest")[0])


def test_a_manifest_signed_by_hand_is_read():
    assert Manifest.from_bytes(signed(json.dumps(example()).encode())) == EXAMPLE


BAD_NAMES = [
    "../000003.segment", "/etc/passwd", "a/000003.segment", "000003.deletes", "manifest", "write.lock", "",
    "000003.segment\x00", "000003.segment\n", "3.segment", "００００03.segment", 3, None,
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_are_not_ours_are_refused(name):
    data = example()
    data["segments"][0]["file"][0] = name
    with pytest.raises(CorruptIndexError, match="cannot be"):
        Manifest.from_bytes(signed(json.dumps(data).encode()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("generation",), -1),
        (("generation",), 1.0),
        (("generation",), True),
        (("generation",), "1"),
        (("next_file",), 11),  # 000011.segment has that number
        (("next_ordinal",), 2**61),
        (("schema",), []),
        (("schema_is_inferred",), 1),
        (("analyzer",), 3),
        (("segments",), {}),
        (("segments", 0), []),
        (("segments", 0, "num_docs"), 2**31),
        (("segments", 0, "num_deleted"), 11),
        (("segments", 0, "file"), None),
        (("segments", 0, "file"), ["000003.segment", 1]),
        (("segments", 0, "file", 1), -1),
        (("segments", 0, "file", 1), 2**63),
        (("segments", 0, "file", 2), 2**32),
        (("segments", 0, "deletes", 0), "000003.segment"),
        (("segments", 1, "file", 0), "000003.segment"),  # twice
        (("metadata",), ["000003.segment", 1, 1]),
        (("segments", 0, "without"), "body"),
        (("segments", 0, "without"), [1]),
        (("change",), []),
        (("change",), {**CHANGE, "schema": 1}),
        (("change",), {**CHANGE, "analyzer": []}),
        (("change",), {**CHANGE, "everything": 0}),
        (("change",), {**CHANGE, "done": {}}),
        (("change",), {**CHANGE, "done": [1]}),
        (("change",), {**CHANGE, "done": [{**CHANGE["done"][0], "source": None}]}),
        (("change",), {**CHANGE, "done": CHANGE["done"] * 2}),  # a file twice
    ],
)
def test_values_that_cannot_be_are_refused(path, value):
    data = example()
    target = data
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    with pytest.raises(CorruptIndexError) as caught:
        Manifest.from_bytes(signed(json.dumps(data).encode()))
    assert caught.value.file == "manifest"


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"nul", b"\xff", b"[" * 100_000, b'{"generation": ' + b"9" * 5000 + b"}"]
)
def test_text_that_is_no_manifest_is_refused(payload):
    with pytest.raises(CorruptIndexError):
        Manifest.from_bytes(signed(payload))


@settings(max_examples=200 * DEPTH)
@given(json_values)
def test_any_json_behind_valid_checksums_is_refused(value):
    with pytest.raises(CorruptIndexError):
        Manifest.from_bytes(signed(json.dumps(value).encode()))


def test_what_could_not_be_read_back_is_not_written():
    with pytest.raises(CorruptIndexError):
        EXAMPLE.replace(next_file=1).to_bytes()
    with pytest.raises(ValueError, match="JSON"):
        EXAMPLE.replace(schema={"x": float("nan")}).to_bytes()


def test_a_reader_that_loses_a_race_reads_the_manifest_again():
    directory = MemoryDirectory()
    first, second = (EXAMPLE.replace(generation=generation) for generation in (1, 2))
    directory.replace_manifest(first.to_bytes())
    seen = []

    def load(manifest: Manifest) -> str:
        seen.append(manifest.generation)
        if manifest.generation == 1:
            directory.replace_manifest(second.to_bytes())
            raise CorruptIndexError("000003.segment is missing", file="000003.segment")
        return "opened"

    assert read_snapshot(directory, load) == (second, "opened")
    assert seen == [1, 2]


def test_a_file_that_is_missing_from_the_live_index_is_an_error():
    directory = MemoryDirectory()
    directory.replace_manifest(EXAMPLE.to_bytes())

    def load(manifest: Manifest) -> None:
        raise CorruptIndexError("missing")

    with pytest.raises(CorruptIndexError, match="missing"):
        read_snapshot(directory, load)


def test_no_index(directory):
    with pytest.raises(IndexNotFoundError):
        read_manifest(directory)


def test_names():
    assert file_name(7, "segment") == "000007.segment"
    assert file_name(12345678, "deletes") == "12345678.deletes"
    assert file_number("12345678.deletes") == 12345678
    assert file_number("write.lock") is None
    for number, kind in ((-1, "segment"), (1, "exe"), (10**18, "segment")):
        with pytest.raises(ValueError, match="a file has a number"):
            file_name(number, kind)
    assert is_file_name("000001.metadata") and not is_file_name("000001.metadata.tmp")
    for name in ("000001.segment.tmp", "manifest.tmp", "manifest.old.tmp"):
        assert is_temporary_name(name)
    for name in ("notes.tmp", "000001.segment", "manifest", ".tmp", "write.lock.tmp"):
        assert not is_temporary_name(name)


def test_the_generation_is_where_every_open_looks_for_it(tmp_path):
    directory = DiskDirectory(tmp_path)
    directory.create()
    for generation in (7, 8):
        directory.replace_manifest(EXAMPLE.replace(generation=generation).to_bytes())
    assert _generation_of_old(directory) == 7 == old_manifest(directory).generation
    (tmp_path / "manifest.old").write_bytes(b"no manifest")
    assert _generation_of_old(directory) == -1 and read_manifest(directory).generation == 8

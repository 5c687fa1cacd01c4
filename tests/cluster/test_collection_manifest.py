"""The manifest of a collection: replaced as a whole, and hostile until it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Date, Schema, Text, _core
from searchlib.cluster.manifest import (
    COLLECTION,
    CollectionManifest,
    ShardEntry,
    read_collection,
    replace_collection,
)
from searchlib.errors import (
    CommitUncertainError,
    CorruptIndexError,
    IndexNotFoundError,
    IndexTooNewError,
    IndexTooOldError,
    NotAnIndexError,
    SearchlibError,
)
from searchlib.storage.filesystem import FileSystem

SCHEMA = Schema(title=Text(boost=2.5, languages=("ru", "de")), published=Date())
MANIFEST = CollectionManifest(
    version=3,
    schema=SCHEMA.to_dict(),
    shards=(ShardEntry("shards/0000.1", 4, 100), ShardEntry("shards/0001.3", 1, 7)),
    next_ordinal=2**60 + 1,
    schema_is_inferred=True,
)


def changed(**values: Any) -> bytes:
    """The manifest with other values, and a checksum that suits them."""
    data = json.loads(MANIFEST.to_bytes())
    head = {key: data.pop(key) for key in ("format", "format_version", "crc32c")}
    data = {key: value for key, value in {**data, **values}.items() if value is not ...}
    head["crc32c"] = _core.crc32c(json.dumps(data, indent=1).encode() + b"\n")
    head |= {key: head[key] for key in head if key not in values}
    return json.dumps({**head, **data}).encode()


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    replace_collection(tmp_path, MANIFEST)
    found = read_collection(tmp_path)
    assert found.user_schema() == SCHEMA
    assert found.to_bytes() == MANIFEST.to_bytes() == (tmp_path / COLLECTION).read_bytes()
    assert (found.num_shards, found.num_docs, found.next_ordinal) == (2, 107, 2**60 + 1)
    assert found.shards == MANIFEST.shards
    replace_collection(tmp_path, found.replace(version=4))
    assert read_collection(tmp_path).version == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [COLLECTION, "versions"]
    assert read_collection(tmp_path, version=3).to_bytes() == MANIFEST.to_bytes()


def test_where_none_is_there_or_another_programs(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match=r"no collection at .*searchlib cluster build"):
        read_collection(tmp_path / "nowhere")
    for foreign in (b"", b"\xff\xfe", b"[1]", b'{"format": "geojson"}', b"{", b"[" * 100_000):
        (tmp_path / COLLECTION).write_bytes(foreign)
        with pytest.raises(NotAnIndexError, match="not searchlib's"):
            read_collection(tmp_path)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"shards": []}, "a list of 1 to"),
        ({"shards": ..., "num_shards": 2}, "a list of 1 to"),
        ({"num_shards": 3}, "num_shards is 3, and 2 are listed"),
        ({"version": -1}, "version should be an integer from 0"),
        ({"version": True}, "version should be an integer"),
        ({"next_ordinal": 2**63}, "next_ordinal should be"),
        ({"next_ordinal": 1.0}, "next_ordinal should be"),
        ({"schema": {}}, "should have fields"),
        ({"schema": {"_ordinal": {"kind": "integer"}}}, "none that is called _ordinal"),
        ({"schema": []}, "schema should be an object"),
        ({"schema_is_inferred": None}, "true or false"),
    ],
)
def test_values_that_cannot_be(values: dict[str, Any], said: str) -> None:
    with pytest.raises(CorruptIndexError, match=said):
        CollectionManifest.from_bytes(changed(**values))


@pytest.mark.parametrize(
    "path", ["", "/etc", "..", "a/../../b", "a//b", "./a", "a/", "a\\b", "a\0", "shards/0000.1", 7, None]
)
def test_a_shard_is_below_its_collection_and_listed_once(path: object) -> None:
    shards = [
        {"path": "shards/0000.1", "generation": 1, "num_docs": 1},
        {"path": path, "generation": 1, "num_docs": 1},
    ]
    with pytest.raises(CorruptIndexError):
        CollectionManifest.from_bytes(changed(shards=shards))
    with pytest.raises(CorruptIndexError):
        CollectionManifest.from_bytes(changed(shards=shards[:1], num_shards=True))


def test_other_formats_are_named() -> None:
    data = json.loads(MANIFEST.to_bytes())
    for version, error in ((2, IndexTooNewError), (0, IndexTooOldError), ("1", CorruptIndexError)):
        with pytest.raises(error, match="format"):
            CollectionManifest.from_bytes(json.dumps({**data, "format_version": version}).encode())


@given(st.integers(0, len(MANIFEST.to_bytes()) - 1), st.integers(1, 255))
def test_no_byte_changes_what_it_says_unseen(at: int, flip: int) -> None:
    damaged = bytearray(MANIFEST.to_bytes())
    damaged[at] ^= flip
    try:
        found = CollectionManifest.from_bytes(bytes(damaged))
    except SearchlibError:
        return
    assert found.to_bytes() == MANIFEST.to_bytes(), "white space alone"


@given(st.integers(0, len(MANIFEST.to_bytes()) - 2))
def test_a_beginning_is_none(length: int) -> None:
    with pytest.raises(SearchlibError):
        CollectionManifest.from_bytes(MANIFEST.to_bytes()[:length])


class Failing(FileSystem):
    """Fails at one of its calls."""

    def __init__(self, at: int) -> None:
        self.left = at

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "no space left")

    def create(self, path: str) -> int:
        self._count()
        return super().create(path)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._count()
        return super().write(descriptor, data[:100])

    def sync(self, descriptor: int) -> None:
        self._count()
        super().sync(descriptor)

    def rename(self, source: str, target: str) -> None:
        self._count()
        super().rename(source, target)

    def sync_directory(self, path: str) -> None:
        self._count()
        super().sync_directory(path)


def test_whatever_fails_one_of_the_two_versions_is_there(tmp_path: Path) -> None:
    replace_collection(tmp_path, MANIFEST)
    outcomes = set()
    for at in range(100):
        later = read_collection(tmp_path).version + 1
        try:
            replace_collection(tmp_path, MANIFEST.replace(version=later), Failing(at))
        except CommitUncertainError:
            outcomes.add("uncertain")
            assert read_collection(tmp_path).version in (later - 1, later)
        except OSError:
            outcomes.add("failed")
            assert read_collection(tmp_path).version == later - 1
        else:
            outcomes.add("done")
            assert read_collection(tmp_path).version == later
            break
    assert outcomes == {"failed", "uncertain", "done"}

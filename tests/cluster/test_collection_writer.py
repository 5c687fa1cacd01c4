"""A collection that is written: the documents and the order of one index, and versions that are whole."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building_twin import documents, ordinals
from hypothesis import given, settings
from hypothesis import strategies as st

import searchlib
from forked import in_child
from searchlib import Index, Keyword, Number, Schema, Text
from searchlib.cluster import CollectionWriter, create, read_collection, split
from searchlib.errors import (
    ClosedError,
    CorruptIndexError,
    DocumentError,
    IndexExistsError,
    IndexNotFoundError,
    LockError,
    NotAnIndexError,
    SchemaError,
)

pytestmark = pytest.mark.usefixtures("no_waits_for_the_disk")
SCHEMA = Schema(body=Text(), tag=Keyword(), year=Number())
IDS = st.integers(0, 12).map(str)
BODIES = st.sampled_from(["выборы прошли", "elections", "a police force", "силы полиции"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), IDS, BODIES),
        st.tuples(st.just("update"), IDS, BODIES),
        st.tuples(st.just("delete"), IDS),
        st.tuples(st.just("commit")),
        st.tuples(st.just("rollback")),
        st.tuples(st.just("reopen")),
        st.tuples(st.just("split")),
    ),
    max_size=40,
)


def done(writer: Any, step: tuple[str, ...]) -> object:
    """What a writer gives for a step, or how it refuses it."""
    name, *values = step
    try:
        if name == "add":
            return writer.add({"id": values[0], "body": values[1], "tag": ["t"], "year": len(values[1])})
        if name == "update":
            return writer.update(values[0], body=values[1])
        return getattr(writer, name)(*values) if name == "delete" else getattr(writer, name)() and None
    except DocumentError as error:
        return str(error)


@settings(deadline=None, max_examples=25)
@given(STEPS, st.integers(1, 3))
def test_it_is_what_one_index_is(steps: list[tuple[str, ...]], shards: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "c")
        create(folder, SCHEMA, shards=shards)
        index = Index.in_memory(SCHEMA)
        writer, of_one = CollectionWriter(folder), index.writer()
        for step in [*steps, ("commit",)]:
            if step[0] in ("reopen", "split"):
                writer.close()
                if step[0] == "split" and read_collection(folder).num_shards < 8:
                    split(folder, 2 * read_collection(folder).num_shards)
                writer = CollectionWriter(folder)
                of_one.rollback()
            else:
                assert done(writer, step) == done(of_one, step)
            if step[0] == "commit":
                assert documents(folder, read_collection(folder)) == list(index)
        writer.close()
        of_one.close()
        manifest = read_collection(folder)
        assert documents(folder, manifest) == list(index)
        assert {path.name for path in (folder / "shards").iterdir()} >= {
            Path(shard.path).name for shard in manifest.shards
        }


def test_merges_keep_the_order_of_documents(tmp_path: Path) -> None:
    """Ties break by the order of documents: so that of a shard is that of ordinals, whatever is joined."""
    create(tmp_path, SCHEMA, shards=2)
    index = Index.in_memory(SCHEMA)
    with CollectionWriter(tmp_path) as writer, index.writer() as of_one:
        for number in range(40):
            for each in (writer, of_one):
                each.add({"id": str(number), "body": f"слово {number}"})
                each.add({"id": f"x{number % 7}", "body": "the same"})
                if number % 5 == 0:
                    each.update(str(number // 2), tag="changed")
                if number % 6 == 0:
                    each.delete(str(number // 3))
                each.commit()
    manifest = read_collection(tmp_path)
    assert manifest.version == 41 and documents(tmp_path, manifest) == list(index)
    for shard in manifest.shards:
        assert 1 < searchlib.open(tmp_path / shard.path).stats()["num_segments"] < 20, "some were joined"
    with CollectionWriter(tmp_path) as writer:
        assert writer.commit() == manifest, "nothing was changed"
        merged = writer.merge()
        assert merged.version == 42 and documents(tmp_path, merged) == list(index)
        assert writer.merge() == merged, "nothing is left to join"
    for shard in merged.shards:
        stats = searchlib.open(tmp_path / shard.path).stats()
        assert (stats["num_segments"], stats["num_deleted"]) == (1, 0)


def test_a_version_stays_as_long_as_it_is_kept(tmp_path: Path) -> None:
    create(tmp_path, SCHEMA, shards=2)
    found = {}
    with CollectionWriter(tmp_path, keep_versions=3) as writer:
        for number in range(5):
            writer.add({"id": str(number), "body": "x"})
            writer.commit()
            found[writer.manifest.version] = documents(tmp_path, writer.manifest)
        opened = searchlib.open(tmp_path / writer.manifest.shards[0].path)
        for version in (4, 5, 6):
            assert documents(tmp_path, read_collection(tmp_path, version=version)) == found[version]
        with pytest.raises(IndexNotFoundError, match=r"version 3 .* is not kept any more"):
            read_collection(tmp_path, version=3)
        for number in range(9):
            writer.add({"id": f"y{number}", "body": "x"})
            writer.commit()
        assert len(opened) == len(list(opened)), "what a reader has open it may read on"
    assert len(list((tmp_path / "versions").iterdir())) == 3
    assert not [path for path in tmp_path.rglob("write.lock") if path.parent != tmp_path]


def test_a_damaged_manifest_is_put_back_from_the_versions(tmp_path: Path) -> None:
    create(tmp_path, SCHEMA, shards=2)
    with CollectionWriter(tmp_path) as writer:
        writer.add({"id": "1", "body": "x"})
    whole = (tmp_path / "collection.json").read_bytes()
    (tmp_path / "collection.json").write_bytes(whole.replace(b'"num_docs": 1', b'"num_docs": 2'))
    with pytest.raises(CorruptIndexError, match="put the newest file of versions/ in its place"):
        CollectionWriter(tmp_path)
    newest = max((tmp_path / "versions").iterdir())
    shutil.copy(newest, tmp_path / "collection.json")
    min((tmp_path / "versions").iterdir()).write_bytes(b"damaged")
    with CollectionWriter(tmp_path) as writer:
        writer.add({"id": "2", "body": "x"})
    assert read_collection(tmp_path).num_docs == 2


EVENTS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"}


def dies_at(number: int) -> None:
    """The process is killed at the so-manieth change of the disk's."""
    left = number

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        writes = (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if event in EVENTS or writes:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def change(folder: Path) -> None:
    with CollectionWriter(folder) as writer:
        for number in range(10):
            writer.add({"id": str(number), "body": f"changed {number}"})
        writer.delete("11")
        writer.update("12", body="updated")


@pytest.mark.parametrize("action", [change, lambda folder: split(folder, 4)], ids=["commit", "split"])
def test_killed_at_any_step_one_of_the_two_versions_is_there(
    tmp_path: Path, action: Callable[[Path], object]
) -> None:
    folder = tmp_path / "c"
    create(folder, SCHEMA, shards=2)
    with CollectionWriter(folder) as writer:
        writer.add_many({"id": str(number), "body": f"text {number}"} for number in range(20))
    before = documents(folder, read_collection(folder))
    versions: list[int] = []
    for number in range(0, 1000, 7):

        def dying(number: int = number) -> None:
            dies_at(number)
            action(folder)

        ended = in_child(dying)
        manifest = read_collection(folder)
        versions.append(manifest.version)
        found = documents(folder, manifest)
        if manifest.version == 2:
            assert found == before
        elif action is change:
            assert len(found) == 19 and found[-1] == {"id": "12", "body": "updated"}
        else:
            assert found == before and manifest.num_shards == 4
        if manifest.version > 2:
            break
        assert not ended
    assert len(versions) > 4, "it was killed many times before"
    change(folder)
    kept = {shard.path for shard in read_collection(folder).shards}
    kept |= {shard.path for shard in read_collection(folder, version=manifest.version).shards}
    assert {f"shards/{path.name}" for path in (folder / "shards").iterdir()} == kept


def test_splitting_loses_nothing(tmp_path: Path) -> None:
    schema = Schema(body=Text(stored=False), title=Text())
    create(tmp_path, schema, shards=2)
    with CollectionWriter(tmp_path) as writer:
        writer.add_many({"id": f"d{n}", "body": f"слово{n} выборы", "title": f"T{n}"} for n in range(50))
    before = documents(tmp_path, read_collection(tmp_path))
    numbers = {document["id"]: number for number, document in enumerate(before)}
    manifest = split(tmp_path, 6)
    assert documents(tmp_path, manifest) == before and manifest.version == 3
    found = 0
    for shard in manifest.shards:
        index = searchlib.open(tmp_path / shard.path)
        assert ordinals(tmp_path / shard.path) == [numbers[name] for name in index.ids()]
        assert index.search("выборах").total == len(index), "words of a field that is not stored"
        assert index.stats()["num_segments"] == 1 and index.stats()["num_deleted"] == 0
        found += len(index)
    assert found == 50
    for shards in (3, 6, 9, 0, True):
        with pytest.raises(ValueError, match="becomes one of 12, 18 or another multiple"):
            split(tmp_path, shards)


def test_ids_are_given_where_there_are_none(tmp_path: Path) -> None:
    create(tmp_path, SCHEMA, shards=2)
    index = Index.in_memory(SCHEMA)
    with CollectionWriter(tmp_path) as writer, index.writer() as of_one:
        ids = (None, "2", None, None, 7)
        for document in ({"id": name, "body": "a"} for name in ids):
            assert writer.add(document) == of_one.add(document)
            writer.commit()
    assert documents(tmp_path, read_collection(tmp_path)) == list(index)


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    create(folder, SCHEMA, shards=2)
    with pytest.raises(IndexExistsError):
        create(folder, SCHEMA, shards=2)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").touch()
    with pytest.raises(NotAnIndexError):
        create(tmp_path / "other", SCHEMA, shards=2)
    with pytest.raises(SchemaError, match="_ordinal"):
        create(tmp_path / "x", Schema(_ordinal=Number()), shards=2)
    with pytest.raises(ValueError, match="shards is a number"):
        create(tmp_path / "x", SCHEMA, shards=0)
    with pytest.raises(IndexNotFoundError, match="no collection"):
        CollectionWriter(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="keep_versions"):
        CollectionWriter(folder, keep_versions=0)
    writer = CollectionWriter(folder)
    with pytest.raises(LockError):
        CollectionWriter(folder)
    for document, said in (
        ({"_ordinal": 1, "body": "x"}, r"no field '_ordinal'; it has: body, id, tag, year"),
        ({"id": "", "body": "x"}, "1 to 4096 bytes"),
        ({"year": "x"}, "year"),
        (7, "a document is a mapping"),
    ):
        with pytest.raises(DocumentError, match=said):
            writer.add(document)
    with pytest.raises(DocumentError, match="no field '_ordinal'"):
        writer.update("1", _ordinal=5)
    with pytest.raises(DocumentError, match="no document '1' to update"):
        writer.update("1", body="x")
    assert writer.commit() == read_collection(folder), "nothing of it was taken"
    writer.close()
    writer.close()
    for call in (writer.commit, writer.rollback, lambda: writer.add({"body": "x"})):
        with pytest.raises(ClosedError):
            call()
    with pytest.raises(RuntimeError), CollectionWriter(folder) as writer:
        writer.add({"body": "x"})
        raise RuntimeError
    assert read_collection(folder).num_docs == 0


def test_an_oserror_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(tmp_path, SCHEMA, shards=3)
    with CollectionWriter(tmp_path) as writer:
        writer.add_many({"id": str(number), "body": "x"} for number in range(30))
        with monkeypatch.context() as patched:
            patched.setattr("searchlib.cluster.writer.replace_collection", fail_once)
            with pytest.raises(OSError, match="no space"):
                writer.commit()
        assert read_collection(tmp_path).num_docs == 0
        assert writer.commit().num_docs == 30
    assert len(documents(tmp_path, read_collection(tmp_path))) == 30


def fail_once(*_: object) -> None:
    raise OSError(28, "no space left")

"""Collections in an object store: whole or not seen, whatever fails on the way; against moto's S3 server."""

from __future__ import annotations

import logging
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from building_twin import documents
from s3_server import S3Server

import searchlib
from searchlib import Schema, Text
from searchlib.cluster import CollectionWriter, create, located, publish, read_collection, sync
from searchlib.cluster.stores.objects import Objects, is_url
from searchlib.cluster.stores.published import PUBLISHED, Published
from searchlib.cluster.worker import Worker
from searchlib.errors import (
    CorruptIndexError,
    IndexExistsError,
    IndexNotFoundError,
    IndexTooNewError,
    NotAnIndexError,
    ObjectStoreError,
    SearchlibError,
)

pytestmark = pytest.mark.usefixtures("no_waits_for_the_disk")
URL = "s3://bucket/some/news"
SCHEMA = Schema(body=Text())
QUICK: dict[str, Any] = {"retry_seconds": 10}


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    found = S3Server()
    yield found
    found.close()


@pytest.fixture
def s3(server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """The server, with an empty bucket and no faults."""
    import urllib.request

    server.fault = lambda method, path: None
    urllib.request.urlopen(urllib.request.Request(f"{server.endpoint}/moto-api/reset", method="POST")).close()
    urllib.request.urlopen(urllib.request.Request(f"{server.endpoint}/bucket", method="PUT")).close()
    for name, value in {
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    server.seen.clear()
    return server


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    create(folder, SCHEMA, shards=3)
    change(folder, "first")
    return folder


def change(folder: Path, word: str) -> list[dict[str, Any]]:
    with CollectionWriter(folder) as writer:
        for number in range(30):
            writer.add({"id": f"{word}{number}", "body": f"{word} выборы {number}"})
    return documents(folder, read_collection(folder))


def published_objects(s3: S3Server) -> list[str]:
    return [path for method, path in s3.seen if method == "PUT"]


def test_what_is_published_is_found_elsewhere_and_only_what_is_new_is_read(
    s3: S3Server, collection: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    with pytest.raises(IndexNotFoundError, match="nothing is published at s3://bucket/some/news"):
        sync(URL, here)
    assert not here.exists()
    told: list[tuple[int, int]] = []
    publish(collection, URL, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert published_objects(s3)[-1].endswith(PUBLISHED), "what makes it seen comes last"
    manifest = sync(URL + "/", here)
    assert documents(here, manifest) == documents(collection, read_collection(collection))
    assert read_collection(here).to_bytes() == read_collection(collection).to_bytes()
    assert searchlib.open(here / manifest.shards[0].path).search("выборах").total > 0
    assert all(searchlib.check(here / shard.path).ok for shard in manifest.shards)

    s3.seen.clear()
    sync(URL, here)
    publish(collection, URL)
    assert [method for method, _ in s3.seen] == ["GET", "GET"], "nothing is new"

    with CollectionWriter(collection) as writer:
        writer.add({"id": "one", "body": "one more"})
    s3.seen.clear()
    publish(collection, URL)
    put = [path for path in published_objects(s3) if "/objects/" in path]
    assert 0 < len(put) <= 3, "the new segment, the manifest of its shard, and maybe deletes"
    s3.seen.clear()
    manifest = sync(URL, here)
    assert len([path for _, path in s3.seen if "/objects/" in path]) == len(put)
    assert documents(here, manifest) == documents(collection, read_collection(collection))
    older = sync(URL, tmp_path / "older", version=2)
    assert older.version == 2 and "one" not in {each["id"] for each in documents(tmp_path / "older", older)}
    with pytest.raises(IndexNotFoundError, match="version 9 is not there"):
        sync(URL, tmp_path / "x", version=9)


def test_a_machine_may_have_some_of_the_shards(s3: S3Server, collection: Path, tmp_path: Path) -> None:
    publish(collection, URL)
    here, last = tmp_path / "here", read_collection(collection).num_shards - 1

    def shards_here() -> set[str]:
        return {path.name for path in (here / "shards").iterdir()}

    def names(*shards: int) -> set[str]:
        manifest = read_collection(here)
        return {Path(manifest.shards[shard].path).name for shard in shards}

    sync(URL, here, shards=[last])
    assert shards_here() == names(last) and Worker(here, last).version == 2
    with pytest.raises(IndexNotFoundError, match="shard 0 of version 2 is not in"):
        Worker(here, 0)
    with pytest.raises(IndexNotFoundError, match="shard 0 of version 2 is not in"):
        searchlib.open(here)
    s3.seen.clear()
    sync(URL, here, shards=[last])
    assert len(s3.seen) == 1, "nothing is new"
    change(collection, "a")
    publish(collection, URL)
    sync(URL, here, shards=[last])
    assert names(last) <= shards_here() and Worker(here, last).version == 3
    sync(URL, here, shards=[0])
    assert names(0, last) <= shards_here() and Worker(here, 0).version == 3
    manifest = sync(URL, here)
    assert documents(here, manifest) == documents(collection, read_collection(collection))
    with pytest.raises(ValueError, match=f"has shards 0 to {last}, got 0, {last + 1}"):
        sync(URL, here, shards=[last + 1, 0])


def test_a_url_has_a_folder_of_its_own(
    s3: S3Server, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCHLIB_CACHE", str(tmp_path / "cache"))
    assert located(collection) == collection
    with pytest.raises(IndexNotFoundError):
        located(URL)
    publish(collection, URL)
    folder = located(URL)
    assert folder.is_relative_to(tmp_path / "cache") and read_collection(folder).version == 2
    change(collection, "more")
    publish(collection, URL)
    assert located(URL + "/") == folder and read_collection(folder).version == 3
    s3.fault = lambda method, path: 403
    assert located(URL) == folder, "what was synced before"
    with pytest.raises(ObjectStoreError):
        located("s3://bucket/other")


def test_failures_now_and_then_change_nothing(s3: S3Server, collection: Path, tmp_path: Path) -> None:
    chosen = random.Random(7)
    faults: list[Any] = [None, None, None, 500, 503, "lost"]
    s3.fault = lambda method, path: chosen.choice(faults)
    here = tmp_path / "here"
    for word in ("second", "third"):
        publish(collection, URL, **QUICK)
        assert documents(here, sync(URL, here, **QUICK)) == documents(collection, read_collection(collection))
        change(collection, word)
    assert sum(1 for _ in s3.seen) > 40


def test_a_connection_that_breaks_within_a_file(s3: S3Server, collection: Path, tmp_path: Path) -> None:
    publish(collection, URL)
    here = tmp_path / "here"
    left = [3]

    def cut(method: str, path: str) -> str | None:
        left[0] -= method == "GET" and "/objects/" in path
        return "cut" if method == "GET" and "/objects/" in path and left[0] >= 0 else None

    s3.fault = cut
    for _ in range(8):
        try:
            sync(URL, here, **QUICK)
            break
        except SearchlibError:
            assert not (here / "collection.json").exists()
    assert left[0] < 0
    assert documents(here, read_collection(here)) == documents(collection, read_collection(collection))


def dies_after(num_puts: int) -> Callable[[str, str], int | None]:
    left = [num_puts]

    def fault(method: str, path: str) -> int | None:
        left[0] -= method == "PUT"
        return 403 if method == "PUT" and left[0] < 0 else None

    return fault


def test_an_upload_that_ends_half_way_is_not_seen_and_goes_on(
    s3: S3Server, collection: Path, tmp_path: Path
) -> None:
    publish(collection, URL)
    before = documents(collection, read_collection(collection))
    after = change(collection, "second")
    here = tmp_path / "here"
    num_failed = 0
    for num_puts in range(0, 100, 2):
        s3.fault = dies_after(num_puts)
        try:
            publish(collection, URL, **QUICK)
        except ObjectStoreError as error:
            assert "s3://bucket/some/news" in str(error)
            num_failed += 1
            s3.fault = lambda method, path: None
            assert documents(here, sync(URL, here)) == before
            continue
        break
    assert num_failed >= 3
    s3.fault = lambda method, path: None
    assert documents(here, sync(URL, here)) == after


class Killed(BaseException):
    """The end of a process, as far as the disk sees it."""


def test_a_sync_that_is_killed_leaves_the_version_that_was_there(
    s3: S3Server, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rename may be the last thing that is done."""
    url = f"file://{tmp_path}/store"
    here = tmp_path / "here"
    publish(collection, url)
    before = documents(here, sync(url, here))
    after = change(collection, "second")
    publish(collection, url)
    rename, link, num_killed = os.rename, os.link, 0
    for number in range(100):
        left = [number]

        def counted(source: Any, target: Any, left: list[int] = left, **how: Any) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            (link if how else rename)(source, target)

        with monkeypatch.context() as patched:
            patched.setattr("os.rename", counted)
            patched.setattr("os.link", lambda *names, counted=counted, **_: counted(*names, is_link=True))
            try:
                sync(url, here)
            except Killed:
                num_killed += 1
        found = documents(here, read_collection(here))
        assert found == (after if read_collection(here).version == 3 else before)
        if left[0] >= 0:
            break
    assert num_killed > 4 and found == after


def test_what_is_missing_or_other_than_was_published_is_refused(
    s3: S3Server, collection: Path, tmp_path: Path
) -> None:
    publish(collection, URL)
    here = tmp_path / "here"
    sync(URL, here)
    before = documents(here, read_collection(here))
    change(collection, "second")
    published = publish(collection, URL)
    objects = Objects(URL)
    new = next(file for file in published.files() if not (here / "objects" / file.digest).exists())
    whole = objects.get(new.object)
    assert whole is not None
    objects.remove([new.object])
    with pytest.raises(CorruptIndexError, match=r"which version 3 names, is not there; publish"):
        sync(URL, here)
    objects.replace(new.object, whole.data[:-1] + b"\0", None)
    with pytest.raises(CorruptIndexError, match="has other bytes than were put there"):
        sync(URL, here)
    assert documents(here, read_collection(here)) == before
    objects.replace(new.object, whole.data, objects.get(new.object))
    assert sync(URL, here).version == 3


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        (lambda data: data[: len(data) // 2], NotAnIndexError),
        (lambda data: b"{}", NotAnIndexError),
        (lambda data: data.replace(b'"format_version": 1', b'"format_version": 2'), IndexTooNewError),
        (lambda data: data.replace(b"000001.segment", b"000009.segment", 1), CorruptIndexError),
    ],
)
def test_a_listing_that_is_none(
    s3: S3Server,
    collection: Path,
    tmp_path: Path,
    changed: Callable[[bytes], bytes],
    error: type[SearchlibError],
) -> None:
    data = publish(collection, URL).to_bytes()
    assert changed(data) != data
    objects = Objects(URL)
    objects.replace(PUBLISHED, changed(data), objects.get(PUBLISHED))
    with pytest.raises(error):
        sync(URL, tmp_path / "here")


@pytest.mark.parametrize("name", ["../x", "/etc/x", "x.segment", "write.lock", 7])
def test_a_listing_names_files_of_ours_alone(collection: Path, tmp_path: Path, name: object) -> None:
    published = publish(collection, f"file://{tmp_path}/store")
    shards = [[(name, 1, "0" * 32), *published.shards[0]], *published.shards[1:]]
    forged = published.replace(shards=tuple(map(tuple, shards)))
    with pytest.raises(CorruptIndexError, match="lists a file that cannot be"):
        Published.from_bytes(forged.to_bytes(), "forged")


def test_of_two_who_publish_one_is_refused(s3: S3Server, collection: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(collection, other)
    change(collection, "mine")
    change(other, "theirs")
    publish(collection, URL)
    with pytest.raises(IndexExistsError, match="has version 3 of a collection"):
        publish(other, URL)
    change(other, "more")
    done = []

    def meanwhile(method: str, path: str) -> None:
        if method == "PUT" and path.endswith(PUBLISHED) and not done:
            done.append(True)
            s3.fault = lambda method, path: None
            change(collection, "more")
            publish(collection, URL)

    s3.fault = meanwhile
    with pytest.raises(IndexExistsError, match="somebody published another version"):
        publish(other, URL)
    assert documents(tmp_path / "here", sync(URL, tmp_path / "here")) == documents(
        collection, read_collection(collection)
    )


def test_a_damaged_shard_is_not_published(s3: S3Server, collection: Path) -> None:
    (path,) = (collection / read_collection(collection).shards[1].path).glob("*.segment")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(CorruptIndexError, match="is damaged, and is not published"):
        publish(collection, URL)
    assert published_objects(s3) == []


def test_what_no_version_has_any_more_goes_when_it_is_old(
    s3: S3Server, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = []
    for word in "abcd":
        published = publish(collection, URL)
        names.append({file.object for file in published.files()})
        change(collection, word)
    objects = Objects(URL)
    assert set(objects.sizes("objects")) == set().union(*names), "all are young"
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + 90_000)
    published = publish(collection, URL)
    kept = names[-1] | {file.object for file in published.files()}
    assert set(objects.sizes("objects")) == kept and kept < set().union(*names, kept)
    assert len(objects.sizes("versions")) == 2
    assert sync(URL, tmp_path / "here", version=published.collection.version - 1).version == 5


def test_what_cannot_be_is_refused(
    s3: S3Server, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_url("gs://x/y") and not is_url("/data/s3") and not is_url(Path("s3://x"))
    with pytest.raises(ObjectStoreError, match="has a URL, like s3://"):
        publish(collection, "ftp://x/y")
    with pytest.raises(ObjectStoreError, match=r"cannot .* s3://nowhere"):
        publish(collection, "s3://nowhere/x", **QUICK)
    publish(collection, URL)
    with pytest.raises(NotAnIndexError, match="is not empty, and was not synced with"):
        sync(URL, collection)
    sync(URL, tmp_path / "here")
    publish(collection, "s3://bucket/other")
    with pytest.raises(NotAnIndexError, match="is synced with s3://bucket/some/news, not with"):
        sync("s3://bucket/other", tmp_path / "here")
    s3.fault = lambda method, path: 403
    with pytest.raises(ObjectStoreError, match="check the URL, the keys"):
        sync(URL, tmp_path / "here")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ObjectStoreError):
        sync(URL, tmp_path / "here", retry_seconds=0.2)

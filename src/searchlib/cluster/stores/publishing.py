"""publish: a collection on disk → an object store, whole or not at all.

Each shard is verified byte by byte, then what is new is put there, and last the object that names all of it.
Until then readers see the version before.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from ...errors import CorruptIndexError, IndexExistsError
from ...maintenance import check
from ...storage.disk import DiskDirectory
from ...storage.files import MANIFEST
from ...storage.manifest import read_manifest
from ..manifest import ShardEntry, read_collection
from .objects import Objects, Stamped
from .published import OBJECTS, PUBLISHED, Published, PublishedFile, version_object

_PIECE_BYTES = 1 << 20
_SECONDS_OF_A_DAY = 86_400.0


def publish(
    folder: str | os.PathLike[str],
    url: str,
    *,
    keep_versions: int = 2,
    retry_seconds: float = 60.0,
    progress: Callable[[int, int], object] | None = None,
) -> Published:
    """Put the live version of a collection into an object store, where readers find it when this returns.

    url: s3://bucket/prefix, gs://, az:// or file://; keys and endpoint are those of the environment.
    keep_versions: how many versions stay there; what is of none of them is removed when it is a day old.
    progress: is told how many bytes are there, of how many.

    Raises IndexNotFoundError, CorruptIndexError for a shard that is damaged, IndexExistsError where another
    version is there that is not older, ObjectStoreError.
    """
    path = Path(folder)
    manifest = read_collection(path)
    objects = Objects(url, retry_seconds=retry_seconds)
    published = Published(manifest, tuple(_verified(path, shard) for shard in manifest.shards))
    before = objects.get(PUBLISHED)
    if before is not None and _is_there(before, published, objects.url):
        return published
    _put_files(path, published, objects, progress or (lambda done, total: None))
    data = published.to_bytes()
    name = version_object(manifest.version)
    objects.replace(name, data, objects.get(name))
    if not objects.replace(PUBLISHED, data, before):
        raise IndexExistsError(
            f"somebody published another version to {objects.url} meanwhile; look at it, and publish again"
        )
    _remove_old(objects, published, keep_versions)
    return published


def _is_there(before: Stamped, published: Published, url: str) -> bool:
    """Whether this very version is live already. IndexExistsError for one that is not older."""
    if before.data == published.to_bytes():
        return True
    there = Published.from_bytes(before.data, f"{url}/{PUBLISHED}").collection.version
    if there >= published.collection.version:
        raise IndexExistsError(
            f"{url} has version {there} of a collection; what was to be published is version "
            f"{published.collection.version} of another one: publish that to another URL"
        )
    return False


def _verified(folder: Path, shard: ShardEntry) -> tuple[PublishedFile, ...]:
    """The files of a shard. CorruptIndexError unless all of them are what was written."""
    path = folder / shard.path
    report = check(path)
    if not report.ok:
        damage = report.problems[0]
        raise CorruptIndexError(
            f"{path} is damaged, and is not published: {damage.file} {damage.part}: {damage.message}",
            file=damage.file,
            part=damage.part,
        )
    manifest = read_manifest(DiskDirectory(path))
    if manifest.generation != shard.generation:
        raise CorruptIndexError(
            f"{path} is at commit {manifest.generation}, and the collection names {shard.generation}; shards "
            f"are written by a CollectionWriter alone",
            file=MANIFEST,
        )
    names = [*(entry.name for entry in manifest.files()), MANIFEST]
    return tuple(_described(path / name) for name in names)


def _described(path: Path) -> PublishedFile:
    digest = hashlib.blake2b(digest_size=16)
    size_bytes = 0
    with path.open("rb") as file:
        while data := file.read(_PIECE_BYTES):
            digest.update(data)
            size_bytes += len(data)
    return PublishedFile(path.name, size_bytes, digest.hexdigest())


def _put_files(
    folder: Path, published: Published, objects: Objects, progress: Callable[[int, int], object]
) -> None:
    there = objects.sizes(OBJECTS)
    total = sum(file.size_bytes for file in published.files())
    done = 0
    for shard, files in zip(published.collection.shards, published.shards, strict=True):
        for file in files:
            if there.get(file.object) != file.size_bytes:
                objects.put_file(file.object, folder / shard.path / file.name)
            done += file.size_bytes
            progress(done, total)
    now = objects.sizes(OBJECTS)
    for file in published.files():
        if now.get(file.object) != file.size_bytes:
            raise CorruptIndexError(
                f"{objects.url}/{file.object} has {now.get(file.object)} bytes, {file.size_bytes} were put "
                f"there; nothing was published: publish again",
                file=file.name,
            )


def _remove_old(objects: Objects, live: Published, keep_versions: int) -> None:
    """What is of none of the last versions, and old enough that nobody is about to publish it."""
    version = live.collection.version
    kept = {file.object for file in live.files()} | {version_object(version)}
    for number in range(max(1, version - keep_versions + 1), version):
        name = version_object(number)
        found = objects.get(name)
        if found is not None:
            kept |= {file.object for file in Published.from_bytes(found.data, name).files()} | {name}
    before = time.time() - _SECONDS_OF_A_DAY
    for prefix in (OBJECTS, "versions"):
        ages = objects.ages(prefix)
        objects.remove([name for name, written in ages.items() if name not in kept and written < before])

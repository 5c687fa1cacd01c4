"""sync: the live version of an object store → a collection in a folder here, of which only what is new is
read.

The folder is an ordinary collection. Its manifest is replaced last, when all shards are there and are what
was published.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from ...errors import CorruptIndexError, IndexNotFoundError, NotAnIndexError, ObjectStoreError
from ...storage.files import LOCK
from ...storage.filesystem import FileSystem
from ...storage.lock import WriterLock
from ..manifest import COLLECTION, CollectionManifest, read_collection, replace_collection
from ..shard_folders import SHARDS, link, remove_old
from .objects import Objects, is_url
from .published import PUBLISHED, Published, PublishedFile, version_object

_SOURCE = "source"
"""The file that says which URL a folder is synced with: it is of no other."""

_OBJECTS = "objects"
_TEMPORARY = ".tmp"


def sync(
    url: str,
    folder: str | os.PathLike[str],
    *,
    version: int | None = None,
    shards: Collection[int] | None = None,
    keep_versions: int = 2,
    timeout: float = 0.0,
    retry_seconds: float = 60.0,
    progress: Callable[[int, int], object] | None = None,
) -> CollectionManifest:
    """Bring a folder up to what an object store has; it is a collection then, which is opened as any other.

    folder: new, empty, or one that was synced with this URL before; what it has already is not read again.
        version: None takes the live one. shards: numbers of those to bring, for a machine whose workers
        serve these alone; None brings all. keep_versions: how many stay in the folder, for readers that move
        later.
    timeout: seconds to wait for another sync of this folder. progress: is told how many bytes are here, of
    how many.

    Raises ValueError for a shard that the collection does not have, IndexNotFoundError where nothing is
    published, NotAnIndexError for a folder that holds other
    things, CorruptIndexError for an object that is missing or is not what was published, LockError,
    ObjectStoreError; the folder is then as it was before.
    """
    objects = Objects(url, retry_seconds=retry_seconds)
    name = PUBLISHED if version is None else version_object(version)
    found = objects.get(name)
    if found is None:
        what = "nothing is published" if version is None else f"version {version} is not there, or no more"
        raise IndexNotFoundError(f"{what} at {objects.url}")
    published = Published.from_bytes(found.data, f"{objects.url}/{name}")
    wanted = range(published.collection.num_shards) if shards is None else sorted(set(shards))
    if wanted and not 0 <= wanted[0] <= wanted[-1] < published.collection.num_shards:
        raise ValueError(
            f"the collection at {objects.url} has shards 0 to {published.collection.num_shards - 1}, "
            f"got {', '.join(map(str, wanted))}"
        )
    path = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow links)
    _check_folder(path, objects.url)
    path.mkdir(parents=True, exist_ok=True)
    with WriterLock(str(path / LOCK), timeout):
        _check_folder(path, objects.url)
        (path / _SOURCE).write_text(f"{objects.url}\n", "utf-8")
        syncing = _Sync(path, objects, published, progress or (lambda done, total: None))
        return syncing.run(wanted, keep_versions)


def cache_of(url: str) -> Path:
    """The folder for a URL where nobody names one: below SEARCHLIB_CACHE, or ~/.cache/searchlib."""
    above = os.environ.get("SEARCHLIB_CACHE") or Path.home() / ".cache" / "searchlib"
    name = hashlib.blake2b(url.rstrip("/").encode(), digest_size=8).hexdigest()
    return Path(above) / "collections" / name


def located(location: str | os.PathLike[str]) -> Path:
    """The folder of a collection: the one that is named, or of a URL its cache, which is synced now.

    Where the store cannot be reached, the version that was synced before is good enough. Raises what sync
    does.
    """
    if not is_url(location):
        return Path(location)
    url = str(location)
    folder = cache_of(url)
    try:
        sync(url, folder, timeout=60.0)
    except ObjectStoreError:
        if not (folder / COLLECTION).exists():
            raise
    return folder


class _Sync:
    def __init__(
        self, folder: Path, objects: Objects, published: Published, progress: Callable[[int, int], object]
    ) -> None:
        self._folder, self._objects, self._published = folder, objects, published
        self._progress = progress

    def run(self, shards: Sequence[int], keep_versions: int) -> CollectionManifest:
        """See sync."""
        manifest = self._published.collection
        wanted = {
            self._folder / manifest.shards[shard].path: self._published.shards[shard] for shard in shards
        }
        missing = {path: files for path, files in wanted.items() if not path.is_dir()}
        if not missing and self._has(manifest):
            return manifest
        total, done = sum(file.size_bytes for files in missing.values() for file in files), 0
        (self._folder / _OBJECTS).mkdir(exist_ok=True)
        (self._folder / SHARDS).mkdir(exist_ok=True)
        for target, files in missing.items():
            temporary = target.with_name(target.name + _TEMPORARY)
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir()
            for file in files:
                link(self._object(file), temporary / file.name)
                done += file.size_bytes
                self._progress(done, total)
            FileSystem().sync_directory(str(temporary))
            temporary.rename(target)
        FileSystem().sync_directory(str(self._folder / SHARDS))
        replace_collection(self._folder, manifest)
        remove_old(self._folder, manifest, keep_versions)
        self._remove_objects()
        return manifest

    def _has(self, manifest: CollectionManifest) -> bool:
        """Whether this version is the folder's already."""
        try:
            return read_collection(self._folder).to_bytes() == manifest.to_bytes()
        except IndexNotFoundError:
            return False

    def _object(self, file: PublishedFile) -> Path:
        """The file of these bytes, got if it is not here."""
        path = self._folder / _OBJECTS / file.digest
        if not path.exists():
            self._get(file, path)
        return path

    def _get(self, file: PublishedFile, path: Path) -> None:
        pieces = self._objects.pieces(file.object)
        if pieces is None:
            raise self._wrong(file, "is not there")
        digest = hashlib.blake2b(digest_size=16)
        temporary = path.with_name(path.name + _TEMPORARY)
        with temporary.open("wb") as target:
            for piece in pieces:
                digest.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != file.digest:
            temporary.unlink()
            raise self._wrong(file, "has other bytes than were put there")
        temporary.rename(path)

    def _wrong(self, file: PublishedFile, what: str) -> CorruptIndexError:
        return CorruptIndexError(
            f"{self._objects.url}/{file.object}, which version {self._published.collection.version} names, "
            f"{what}; publish the collection again from where it was made",
            file=file.name,
        )

    def _remove_objects(self) -> None:
        """Those that are a file of no shard any more."""
        kept = {file.digest for file in self._published.files()}
        for path in (self._folder / _OBJECTS).iterdir():
            if path.name not in kept and path.stat().st_nlink < 2:
                path.unlink()


def _check_folder(folder: Path, url: str) -> None:
    if not folder.exists():
        return
    source = folder / _SOURCE
    if source.exists():
        before = source.read_text("utf-8").strip()
        if before != url:
            raise NotAnIndexError(f"{folder} is synced with {before}, not with {url}; choose another folder")
        return
    if any(path.name != LOCK for path in folder.iterdir()):
        raise NotAnIndexError(
            f"{folder} is not empty, and was not synced with {url} before; choose another folder"
        )

"""The folders of shards in that of a collection: how one becomes another without being written again.

A shard's folder is that of one version and never changes once its manifest names it. The next version's is
made of links to the same files, and an ordinary writer goes on there. What no version names is left of a
crash, or old.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from ..errors import IndexNotFoundError, SearchlibError
from ..storage.disk import DiskDirectory
from ..storage.files import MANIFEST
from ..storage.filesystem import FileSystem
from ..storage.manifest import read_manifest
from .manifest import VERSIONS, CollectionManifest, read_collection, version_path

SHARDS = "shards"
"""The folder that has them all."""

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


def shard_path(shard: int, version: int) -> str:
    """Where a shard is, relative to its collection: as it was made for that version."""
    return f"{SHARDS}/{shard:04}.{version}"


def shard_folder(folder: str | os.PathLike[str], manifest: CollectionManifest, number: int) -> Path:
    """Where a shard is; IndexNotFoundError says which one is missing, and what to do."""
    entry = manifest.shards[number]
    found = Path(folder) / entry.path
    if not os.path.lexists(found / MANIFEST):
        raise IndexNotFoundError(
            f"shard {number} of version {manifest.version} is not in {folder}, where {entry.path} should "
            f"have it: `searchlib cluster sync` brings it from where the collection is published; else put "
            f"it back from a copy, or build the collection anew"
        )
    return found


def clone(source: Path, target: Path) -> None:
    """A folder with the same commit: its files by other names, or copies where there are no links.

    Raises CorruptIndexError where the commit is not whole.
    """
    directory = DiskDirectory(source)
    manifest = read_manifest(directory)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for entry in manifest.files():
        directory.buffer(entry)  # it is there, and as long as it should be
        link(source / entry.name, target / entry.name)
    shutil.copyfile(source / MANIFEST, target / MANIFEST)
    FileSystem().sync_directory(str(target.parent))


def link(source: Path, target: Path) -> None:
    """Give a file a second name, or make a copy of that name."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())


def remove_old(folder: Path, live: CollectionManifest, num_versions: int) -> None:
    """Remove the folders that none of the last versions names. For the holder of the writer's lock.

    Readers that have one open may go on. What cannot be removed now is removed the next time.
    """
    named = {shard.path for shard in live.shards}
    kept = {Path(version_path(live.version)).name}
    for version in range(max(1, live.version - num_versions + 1), live.version):
        try:
            before = read_collection(folder, version=version)
        except (OSError, SearchlibError):  # not kept, or damaged: nobody can open it
            continue
        kept.add(Path(version_path(version)).name)
        named |= {shard.path for shard in before.shards}
    _remove(folder / SHARDS, {Path(path).name for path in named})
    for path in (folder / VERSIONS).glob("*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove all in it, and it."""
    shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path, kept: Collection[str]) -> None:
    for path in folder.glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)

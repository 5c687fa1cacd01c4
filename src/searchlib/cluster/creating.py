"""A collection without documents, for programs that add them through a writer."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import IndexExistsError, NotAnIndexError
from ..index import Index
from ..schema import Schema
from ..storage.files import LOCK
from ..storage.filesystem import FileSystem
from ..storage.lock import WriterLock
from .manifest import (
    COLLECTION,
    MAX_SHARDS,
    VERSIONS,
    CollectionManifest,
    ShardEntry,
    replace_collection,
)
from .ordinals import shard_schema
from .shard_folders import SHARDS, remove_folder, shard_path


def create(folder: str | os.PathLike[str], schema: Schema, *, shards: int) -> CollectionManifest:
    """Make a collection without documents in a folder that is new or empty; durable when this returns.

    shards: how many, 1 to 4,096.
    Raises SchemaError, IndexExistsError, NotAnIndexError, LockError.
    """
    if type(shards) is not int or not 1 <= shards <= MAX_SHARDS:
        raise ValueError(f"shards is a number from 1 to {MAX_SHARDS:,}, got {shards!r}")
    fields = shard_schema(schema)
    path = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow links)
    require_free(path)
    path.mkdir(parents=True, exist_ok=True)
    with WriterLock(str(path / LOCK)):
        require_free(path)
        remove_folder(path / SHARDS)
        entries = []
        for shard in range(shards):
            entry = ShardEntry(shard_path(shard, 1), 1, 0)
            Index.create(path / entry.path, fields).close()
            (path / entry.path / LOCK).unlink(missing_ok=True)
            entries.append(entry)
        manifest = CollectionManifest(1, schema.to_dict(), tuple(entries), 0)
        FileSystem().sync_directory(str(path.parent))
        replace_collection(path, manifest)
    return manifest


def require_free(folder: Path, *more: str) -> None:
    """Refuse a folder that is a collection, or holds what making one did not leave. more: names of that."""
    if (folder / COLLECTION).exists():
        raise IndexExistsError(
            f"there is already a collection at {folder}; choose another folder, or remove it"
        )
    ours = (SHARDS, LOCK, *more)
    try:
        found = sorted(each.name for each in folder.iterdir() if each.name not in ours)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise NotAnIndexError(f"{folder} is not a folder; choose another path for the collection") from None
    found = [name for name in found if not name.startswith(f"{COLLECTION}.") and name != VERSIONS]
    if found:
        raise NotAnIndexError(
            f"{folder} is not empty and holds no build that was interrupted, but {', '.join(found[:3])}"
            f"{' and more' if len(found) > 3 else ''}; choose an empty folder or a new one"
        )

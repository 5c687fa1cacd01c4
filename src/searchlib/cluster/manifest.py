"""The manifest of a collection: which shards there are, and which commit of each is its version.

One small file, `collection.json`, which is replaced as a whole: so a version is there with all of its shards,
or not at all. It is hostile until it is parsed. What the shards hold is not known here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from .. import _core
from ..errors import (
    CorruptIndexError,
    IndexNotFoundError,
    IndexTooNewError,
    IndexTooOldError,
    NotAnIndexError,
    brief,
)
from ..records import Record
from ..schema import Schema
from ..storage.commit import replace_small
from ..storage.filesystem import FileSystem
from .ordinals import MAX_ORDINAL, ORDINAL

COLLECTION = "collection.json"
"""The manifest's name in the folder of a collection."""

VERSIONS = "versions"
"""The folder of the manifests of the last versions, the live one's among them."""

FORMAT = "searchlib-collection"
FORMAT_VERSION = 1
MAX_SHARDS = 4096
_MAX_COUNTER = 2**60


class ShardEntry(NamedTuple):
    """One shard as of one version of the collection.

    path: its index folder, relative to the collection's, with "/". generation: its commit. num_docs: live
        documents of that commit.
    """

    path: str
    generation: int
    num_docs: int


class CollectionManifest(Record):
    """What a version of a collection is. `replace` makes the next one.

    version: 1 for the first one, more for each that follows.
    schema: the user's fields, as plain data; shards have the ordinal beside them.
    schema_is_inferred: it was guessed from the documents.
    shards: the i-th has the documents of which `shard_of` says i.
    next_ordinal: more than the ordinal of any document that was ever added.
    """

    version: int
    schema: Mapping[str, Any]
    shards: tuple[ShardEntry, ...]
    next_ordinal: int
    schema_is_inferred: bool = False

    @property
    def num_shards(self) -> int:
        """How many shards there are."""
        return len(self.shards)

    @property
    def num_docs(self) -> int:
        """Live documents of all shards."""
        return sum(shard.num_docs for shard in self.shards)

    def user_schema(self) -> Schema:
        """The fields; SchemaError for what this searchlib does not know."""
        return Schema.from_dict(self.schema)

    def to_bytes(self) -> bytes:
        """The file's content; the same values give the same bytes."""
        data = {
            "version": self.version,
            "num_shards": self.num_shards,
            "next_ordinal": self.next_ordinal,
            "schema_is_inferred": self.schema_is_inferred,
            "schema": self.schema,
            "shards": [shard._asdict() for shard in self.shards],
        }
        checksum = _core.crc32c(_encoded(data))
        encoded = _encoded({"format": FORMAT, "format_version": FORMAT_VERSION, "crc32c": checksum, **data})
        CollectionManifest.from_bytes(encoded)  # what could not be read back is never written
        return encoded

    @classmethod
    def from_bytes(cls, data: bytes, file: str = COLLECTION) -> CollectionManifest:
        """The inverse of to_bytes.

        Raises NotAnIndexError for another program's file, IndexTooNewError or IndexTooOldError for another
        format, CorruptIndexError for what is not what was written.
        """
        parsed = _parsed(data, file)
        _check_version(parsed.pop("format_version", None), file)
        del parsed["format"]
        checksum = parsed.pop("crc32c", None)
        if checksum != _core.crc32c(_encoded(parsed)):
            raise _corrupt(file, "its checksum is that of other values")
        try:
            return _manifest(parsed)
        except (ValueError, TypeError) as error:
            raise _corrupt(file, str(error)) from None


def version_path(version: int) -> str:
    """Where the manifest of a version is, relative to its collection, as long as it is kept."""
    return f"{VERSIONS}/{version:09}.json"


def read_collection(folder: str | os.PathLike[str], *, version: int | None = None) -> CollectionManifest:
    """The live version of the collection in that folder, or another one that is kept still.

    Raises IndexNotFoundError where there is none, CorruptIndexError where only its versions are left, and
    what CollectionManifest.from_bytes does.
    """
    path = Path(folder) / (COLLECTION if version is None else version_path(version))
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if version is not None:
            raise IndexNotFoundError(
                f"version {version} of the collection at {folder} is not kept any more, or was never there"
            ) from None
        if kept := newest_kept(folder):
            raise CorruptIndexError(
                f"{COLLECTION} is missing from {folder}, which has the manifest of its last version: put it "
                f"back by copying {Path(folder) / kept} to {path}, or make the collection anew with "
                f"`searchlib cluster build`",
                file=COLLECTION,
            ) from None
        raise IndexNotFoundError(
            f"there is no collection at {folder}: no {COLLECTION} is there; make one with "
            f"`searchlib cluster build`"
        ) from None
    return CollectionManifest.from_bytes(data, str(path))


def newest_kept(folder: str | os.PathLike[str]) -> str:
    """The newest of the manifests that are kept, relative to the folder; "" if there is none."""
    names = [path.name for path in (Path(folder) / VERSIONS).glob("*.json") if path.stem.isdecimal()]
    return f"{VERSIONS}/{max(names)}" if names else ""


def replace_collection(
    folder: str | os.PathLike[str], manifest: CollectionManifest, filesystem: FileSystem | None = None
) -> None:
    """Make this version the live one, durably; its shards must be there, durable, before.

    OSError: the version before is live, as it was. CommitUncertainError: it is not known which one is.
    """
    filesystem = filesystem or FileSystem()
    data, path = manifest.to_bytes(), Path(folder) / version_path(manifest.version)
    if not path.parent.is_dir():
        filesystem.make_directory(str(path.parent))
    replace_small(filesystem, path.parent, path.name, data)
    replace_small(filesystem, Path(folder), COLLECTION, data)


def is_shard_path(path: str) -> bool:
    """Whether it stays below the folder of its collection."""
    parts = path.split("/")
    is_plain = all(part not in ("", ".", "..") for part in parts) and not {"\\", "\0"} & set(path)
    return is_plain and not PurePosixPath(path).is_absolute()


def _encoded(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=True, allow_nan=False, indent=1).encode() + b"\n"


def _parsed(data: bytes, file: str) -> dict[str, Any]:
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError) as error:
        if FORMAT.encode() in data:
            raise _corrupt(file, str(error)) from None
        raise NotAnIndexError(f"{file} is not searchlib's: no JSON ({error})") from None
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        raise NotAnIndexError(f"{file} is not searchlib's: it should be an object with the format {FORMAT!r}")
    return parsed


def _check_version(version: object, file: str) -> None:
    if type(version) is not int:
        raise _corrupt(file, f"format_version should be an integer, it is {brief(version)}")
    if version > FORMAT_VERSION:
        raise IndexTooNewError(
            f"{file} has format version {version}; this searchlib reads version {FORMAT_VERSION}: upgrade "
            f"searchlib"
        )
    if version < FORMAT_VERSION:
        raise IndexTooOldError(
            f"{file} has format version {version}; this searchlib reads version {FORMAT_VERSION}: build the "
            f"collection from its sources"
        )


def _corrupt(file: str, reason: str) -> CorruptIndexError:
    return CorruptIndexError(
        f"{file} is not what was written: {reason}; put the newest file of "
        f"{VERSIONS}/ in its place, or build the collection from its sources",
        file=COLLECTION,
    )


def _manifest(data: dict[str, Any]) -> CollectionManifest:
    """Plain data to a manifest. ValueError for what cannot be."""
    listed = data.get("shards")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MAX_SHARDS:
        raise ValueError(f"shards should be a list of 1 to {MAX_SHARDS}")
    if _count(data, "num_shards", MAX_SHARDS) != len(listed):
        raise ValueError(f"num_shards is {data['num_shards']}, and {len(listed)} are listed")
    shards = tuple(map(_shard, listed))
    if len({shard.path for shard in shards}) != len(shards):
        raise ValueError("a path is listed twice")
    is_inferred = data.get("schema_is_inferred")
    if not isinstance(is_inferred, bool):
        raise ValueError(f"schema_is_inferred should be true or false, it is {brief(is_inferred)}")
    schema = data.get("schema")
    if not isinstance(schema, dict):
        raise ValueError(f"schema should be an object, it is {brief(schema)}")
    if not schema or ORDINAL in schema:
        raise ValueError(f"schema should have fields, and none that is called {ORDINAL}")
    return CollectionManifest(
        version=_count(data, "version", _MAX_COUNTER),
        schema=schema,
        shards=shards,
        next_ordinal=_count(data, "next_ordinal", MAX_ORDINAL),
        schema_is_inferred=is_inferred,
    )


def _shard(data: Any) -> ShardEntry:
    path = data.get("path") if isinstance(data, dict) else None
    if not isinstance(path, str) or not is_shard_path(path):
        raise ValueError(f"a shard should have a path below the collection's folder, it has {brief(path)}")
    return ShardEntry(path, _count(data, "generation", _MAX_COUNTER), _count(data, "num_docs", _MAX_COUNTER))


def _count(data: Mapping[str, Any], key: str, limit: int) -> int:
    value = data.get(key)
    if type(value) is not int or not 0 <= value <= limit:
        raise ValueError(f"{key} should be an integer from 0 to {limit}, it is {brief(value)}")
    return value

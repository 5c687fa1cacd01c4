"""What a version is in an object store: its manifest, and of each shard the files, by name and by what they
hold.

It is hostile until it is parsed: names of files are checked, and digests are what is compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from ... import _core
from ...errors import CorruptIndexError, IndexTooNewError, NotAnIndexError, brief
from ...records import Record
from ...storage.files import MANIFEST, is_file_name
from ..manifest import CollectionManifest

PUBLISHED = "published.json"
"""The object that says which version is live."""

FORMAT = "searchlib-published"
FORMAT_VERSION = 1
OBJECTS = "objects"
_HEX = frozenset("0123456789abcdef")


class PublishedFile(NamedTuple):
    """A file of a shard. digest: BLAKE2b of its bytes, 16 of them in hex."""

    name: str
    size_bytes: int
    digest: str

    @property
    def object(self) -> str:
        """Where its bytes are."""
        return f"{OBJECTS}/{self.digest[:2]}/{self.digest}"


class Published(Record):
    """A version of a collection, as an object store has it. shards: the files of each, its manifest last."""

    collection: CollectionManifest
    shards: tuple[tuple[PublishedFile, ...], ...]

    def files(self) -> list[PublishedFile]:
        """Those of all shards."""
        return [file for shard in self.shards for file in shard]

    def to_bytes(self) -> bytes:
        """The object's content; the same values give the same bytes."""
        data = {"collection": self.collection.to_bytes().decode(), "shards": self.shards}
        head = {"format": FORMAT, "format_version": FORMAT_VERSION, "crc32c": _core.crc32c(_encoded(data))}
        return _encoded({**head, **data})

    @classmethod
    def from_bytes(cls, data: bytes, where: str) -> Published:
        """The inverse. Raises NotAnIndexError, IndexTooNewError, CorruptIndexError."""
        try:
            parsed = json.loads(data)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
            raise NotAnIndexError(f"{where} is not searchlib's, or is cut")
        version = parsed.pop("format_version", None)
        if type(version) is not int or version > FORMAT_VERSION:
            raise IndexTooNewError(
                f"{where} has format version {brief(version)}; this searchlib reads {FORMAT_VERSION}: "
                f"upgrade it"
            )
        del parsed["format"]
        checksum = parsed.pop("crc32c", None)
        try:
            if checksum != _core.crc32c(_encoded(parsed)):
                raise ValueError("its checksum is that of other values")
            collection = CollectionManifest.from_bytes(parsed["collection"].encode(), where)
            shards = tuple(_files(shard) for shard in parsed["shards"])
            if len(shards) != collection.num_shards:
                raise ValueError(f"it has files of {len(shards)} shards, and {collection.num_shards} shards")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CorruptIndexError(
                f"{where} is not what was written: {error}; publish the collection again", file=PUBLISHED
            ) from None
        return cls(collection, shards)


def version_object(version: int) -> str:
    """Where a version is said, also when it is not live any more."""
    return f"versions/{version:09}.json"


def _files(listed: Iterable[Any]) -> tuple[PublishedFile, ...]:
    files = []
    for name, size_bytes, digest in listed:
        is_name = isinstance(name, str) and (is_file_name(name) or name == MANIFEST)
        is_digest = isinstance(digest, str) and len(digest) == 32 and _HEX.issuperset(digest)
        if not is_name or type(size_bytes) is not int or size_bytes < 0 or not is_digest:
            raise ValueError(f"it lists a file that cannot be: {brief([name, size_bytes, digest])}")
        files.append(PublishedFile(name, size_bytes, digest))
    names = [file.name for file in files]
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise ValueError("a shard lacks its manifest, or has a file twice")
    return tuple(files)


def _encoded(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=True, indent=1).encode() + b"\n"

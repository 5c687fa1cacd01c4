"""Which files gave which documents, so that a second run reads only what changed.

The record is a dict in the index's metadata, which the writer makes durable with its commit. A file that has
the same size and time is taken to be the same; with another time, its digest decides. Formats are not known
here, and no document is written.

    {"version": 5, "schema": "…",
     "given": {"/home/a/corpus": {"last_run": "…", "how": {"encoding": "cp1251"}},
               "/home/a/b.txt": {"last_run": "…", "is_file": true}, …},
     "roots": {"/home/a/corpus": {"notes/a.txt": {record}, …}, …}}

Under another schema the same files give other documents: then each is read again, and what it gave is still
known. Fields that came with a run of this module's are no other schema.

A record holds size_bytes, mtime_ns and digest, `stale` if the file is to be read again whatever these say,
and in `ids` those that it gave, as idsets packs them; without `ids` it is one document with the file's name
as its id. `undocumented` are rows that were refused and have no document to keep. Of an archive it has
`members`: a stamp of each, which changes with its bytes, and its ids, none where it is one document; `chosen`
says which members were asked for. Standard input has the root "". What runs were given stands apart, with how
each was read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator, Sequence
from typing import Any

from ..schema import Schema
from .files import SourceFile, Walk
from .given import Given
from .idsets import pack_ids, unpack_ids
from .kept_member import KeptMember
from .ownership import Key, path_of

_VERSION = 5
_YOUNG_NS = 2_000_000_000


def _digest(schema: Schema) -> str:
    kinds = {name: field.kind for name, field in sorted(schema.items())}
    return hashlib.blake2b(json.dumps(kinds).encode(), digest_size=8).hexdigest()


class Ledger:
    """The records of all files that an index was made from; a view on a dict of its metadata."""

    def __init__(self, metadata: dict[str, Any], schema: Schema) -> None:
        kept = metadata.get("sources")
        if not isinstance(kept, dict) or kept.get("version") != _VERSION:
            kept = {"version": _VERSION, "schema": _digest(schema), "given": {}, "roots": {}}
        metadata["sources"] = self._kept = kept
        self._roots: dict[str, dict[str, dict[str, Any]]] = kept["roots"]
        self.given = Given(kept["given"])
        self._by_path: dict[str, Key] | None = None

    def prepare(self, schema: Schema) -> None:
        """Documents of this schema are to come: files that gave those of another are to be read again."""
        if self._kept["schema"] != _digest(schema):
            self.mark_unread()
        self.use_schema(schema)

    def mark_unread(self) -> None:
        """Every file is to be read again."""
        for records in self._roots.values():
            for record in records.values():
                record["stale"] = True

    def use_schema(self, schema: Schema) -> None:
        """What is recorded holds for this schema."""
        self._kept["schema"] = _digest(schema)

    def get(self, file: SourceFile) -> dict[str, Any] | None:
        return self.at((file.root, file.name))

    def at(self, key: Key) -> dict[str, Any] | None:
        """The record of a file, if there is one."""
        return self._roots.get(key[0], {}).get(key[1])

    def roots(self) -> list[str]:
        """The folders of the files that are recorded; "" of standard input."""
        return list(self._roots)

    def record_of(self, key: Key) -> dict[str, Any]:
        """The record of a file that is recorded."""
        return self._roots[key[0]][key[1]]

    def keys(self) -> Iterator[Key]:
        """The files that are recorded."""
        for root, records in list(self._roots.items()):
            for name in list(records):
                yield root, name

    def known_as(self, file: SourceFile) -> Key | None:
        """The file at this path, if it is recorded: perhaps as part of another folder."""
        if self._by_path is None:
            self._by_path = {path_of(key): key for key in self.keys() if key[0]}
        return self._by_path.get(path_of((file.root, file.name)))

    def ids(self, key: Key) -> set[str]:
        """The ids that a file gave; none if it is not recorded."""
        root, name = key
        record = self._roots.get(root, {}).get(name)
        if record is None:
            return set()
        if "members" not in record:
            return unpack_ids(record["ids"], name) if "ids" in record else {name}
        ids = unpack_ids(record.get("ids", {}), name)
        return ids.union(*(member.ids for member in self.members(key).values()))

    def undocumented(self, key: Key) -> set[str]:
        """The names of a file's rows that were refused when it was read, and have no document."""
        record = self._roots.get(key[0], {}).get(key[1], {})
        return unpack_ids(record["undocumented"], key[1]) if "undocumented" in record else set()

    def members(self, key: Key) -> dict[str, KeptMember]:
        """What is known of the members of an archive; none if it is no archive, or not recorded."""
        root, name = key
        record = self._roots.get(root, {}).get(name, {})
        return {
            member: KeptMember.of_kept(kept, f"{name}/{member}")
            for member, kept in record.get("members", {}).items()
        }

    def owned_ids(self) -> Iterator[tuple[str, Key]]:
        """Each id that a file gave, with its file."""
        for key in self.keys():
            for document_id in self.ids(key):
                yield document_id, key

    def looks_unchanged(self, file: SourceFile, options: str, chosen: str) -> bool:
        """Whether size and time, and how the file was read, are those of the last run."""
        record = self.get(file)
        return (
            record is not None
            and record["mtime_ns"] == file.mtime_ns
            and self.may_be_unchanged(file, options, chosen)
        )

    def may_be_unchanged(self, file: SourceFile, options: str, chosen: str) -> bool:
        """Whether at most the time differs, so that the digest must tell. chosen: as of record()."""
        record = self.get(file)
        return (
            record is not None
            and self.is_read_so(file, options)
            and record["size_bytes"] == file.size_bytes
            and self.is_chosen_so(file, chosen)
        )

    def is_read_so(self, file: SourceFile, options: str) -> bool:
        """Whether the file was read in that way, so that what is unchanged of it need not be read again."""
        record = self.get(file)
        return record is not None and "stale" not in record and record.get("options", "") == options

    def is_chosen_so(self, file: SourceFile, chosen: str) -> bool:
        """Whether the same members were asked for, if it is an archive."""
        record = self.get(file)
        return record is None or "members" not in record or record.get("chosen", "") == chosen

    def record(
        self,
        file: SourceFile,
        digest: str,
        ids: list[str],
        *,
        num_refused: int = 0,
        undocumented: Sequence[str] = (),
        options: str = "",
        members: dict[str, KeptMember] | None = None,
        chosen: str = "",
    ) -> None:
        """Remember a file that was read.

        undocumented: the names of rows that were refused and have no document. members: those of an archive;
        ids are then what else it gave. chosen: which members were asked for.
        """
        record: dict[str, Any] = {
            "size_bytes": file.size_bytes,
            "mtime_ns": _settled(file.mtime_ns),
            "digest": digest,
        }
        if members is not None:
            record["members"] = {
                name: member.as_kept(f"{file.name}/{name}") for name, member in members.items()
            }
            if chosen:
                record["chosen"] = chosen
        if (ids and members is not None) or (ids != [file.name] and members is None):
            record["ids"] = pack_ids(ids, file.name)
        if num_refused:
            record["refused"] = num_refused
        if undocumented:
            record["undocumented"] = pack_ids(undocumented, file.name)
        if options:
            record["options"] = options
        self._put((file.root, file.name), record)

    def move(self, old: Key, file: SourceFile) -> None:
        """What was recorded as `old` is this file now, which is to be read again."""
        ids = self.ids(old)
        undocumented = [file.name + name[len(old[1]) :] for name in self.undocumented(old)]
        record = self._roots[old[0]][old[1]]
        self.forget(old)
        moved = {**record, "ids": pack_ids(ids, file.name), "stale": True}
        if undocumented:
            moved["undocumented"] = pack_ids(undocumented, file.name)
        moved.pop("members", None)
        self._put((file.root, file.name), moved)

    def touch(self, file: SourceFile) -> None:
        """The content is the same, the time is another."""
        self._roots[file.root][file.name]["mtime_ns"] = _settled(file.mtime_ns)

    def forget(self, key: Key) -> None:
        root, name = key
        self._roots[root].pop(name)
        if not self._roots[root]:
            del self._roots[root]
        if self._by_path is not None:
            self._by_path.pop(path_of(key), None)

    def unmet(self, walk: Walk, seen: set[str]) -> Iterator[tuple[Key, bool]]:
        """The recorded files that a walk over their folder did not meet, and whether they are gone.

        seen: the paths of those it did. Those that are there, and were given to a run apart, are left out:
        this walk may be one that does not enter them.
        """
        for folder in walk.folders:
            for key in self.under(folder):
                path = path_of(key)
                if path in seen or any(path.startswith(other + os.sep) for other in walk.blocked):
                    continue
                if not _is_there(path):
                    yield key, True
                elif key[0] == folder and path not in self.given:
                    yield key, False

    def under(self, path: str) -> Iterator[Key]:
        """The recorded files that are, or lie under, an absolute path."""
        prefix = path.rstrip(os.sep) + os.sep
        for key in self.keys():
            file = path_of(key)
            if file and (file == path or file.startswith(prefix)):
                yield key

    def _put(self, key: Key, record: dict[str, Any]) -> None:
        self._roots.setdefault(key[0], {})[key[1]] = record
        if self._by_path is not None and key[0]:
            self._by_path[path_of(key)] = key


def _is_there(path: str) -> bool:
    """Whether a file is there, or may be where nobody can look."""
    try:
        return not stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _settled(mtime_ns: int) -> int:
    """0 for a file so young that it may change again within the same tick of its file system's clock."""
    return mtime_ns if time.time_ns() - mtime_ns > _YOUNG_NS else 0

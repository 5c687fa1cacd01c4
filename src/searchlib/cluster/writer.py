"""CollectionWriter: documents added, changed and deleted in all shards, one commit for all of them.

Each shard that changes gets a folder of links to its files, where an ordinary writer works. What it commits
is not seen before the collection's manifest names it, which is written last: so a crash at any time leaves
one version or the other, each of them whole.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from ..arguments import checked_number
from ..errors import ClosedError, CommitUncertainError, DocumentError, IndexNotFoundError
from ..index import Index
from ..indexing.adapting import as_mapping
from ..indexing.adding import OnError, Refused, added
from ..indexing.committing import Committing
from ..indexing.documents import check_rest_is_stored, required_id
from ..indexing.effort import effort
from ..indexing.writer import IndexWriter
from ..schema import ID, DocumentId, Schema
from ..storage.files import LOCK
from ..storage.filesystem import FileSystem
from ..storage.lock import WriterLock
from .lacking import lacking
from .manifest import CollectionManifest, ShardEntry, read_collection, replace_collection
from .ordinals import MAX_ORDINAL, ORDINAL, shard_of
from .shard_folders import SHARDS, clone, remove_old, shard_folder, shard_path


class CollectionWriter(Committing):
    """Writes a collection; one at a time. As a context manager it commits on success and rolls back on an
    exception.

    folder: of the collection. memory_mb: megabytes of documents kept in memory, of all shards together,
        before they are written out. threads: as of Index.writer, for each shard. timeout: seconds to wait for
        another writer.
    keep_versions: how many versions stay on disk, for readers that move to the last one later; 1 or more.

    Methods may be called from several threads; they wait for each other.
    Raises IndexNotFoundError, CorruptIndexError, LockError; AnalyzerMismatchError when a shard is written.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        *,
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        keep_versions: int = 2,
    ) -> None:
        checked_number("timeout", timeout)
        effort(memory_mb, threads)
        if type(keep_versions) is not int or keep_versions < 1:
            raise ValueError(f"keep_versions is a number from 1 on, got {keep_versions!r}")
        self._folder = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow links)
        self._memory_mb, self._threads, self._keep = memory_mb, threads, keep_versions
        self._mutex = threading.RLock()
        manifest = read_collection(self._folder)
        try:
            self._lock = WriterLock(str(self._folder / LOCK), timeout)
        except FileNotFoundError:
            raise IndexNotFoundError(f"there is no collection at {folder}") from None
        try:
            self._manifest = manifest = read_collection(self._folder)
            self._schema = manifest.user_schema()
            self._begin()
        except BaseException:
            self._lock.release()
            raise

    @property
    def schema(self) -> Schema:
        """The collection's fields."""
        return self._schema

    @property
    def manifest(self) -> CollectionManifest:
        """The last version that was committed."""
        return self._manifest

    def __getattr__(self, name: str) -> NoReturn:
        """For what an IndexWriter has, and this one has not."""
        raise lacking("a CollectionWriter", IndexWriter, name)

    # ---- documents

    def add(self, document: object) -> str:
        """Add a document, in place of the one with the same id if there is one; returns the id. See
        IndexWriter.add.

        A document without "id" gets its ordinal, or the next number that is no document's id. DocumentError:
        nothing was changed.
        """
        with self._mutex:
            self._require_open()
            given = as_mapping(document)
            self._check_names(given)
            document_id = given.get(ID)
            name = self._automatic_id() if document_id is None else required_id(document_id)
            self._writer_of(name).add({**given, ID: name, ORDINAL: self._ordinal()})
            self._next_ordinal += 1
            if name.isdigit():
                self._added.add(name)
            return name

    def add_many(self, documents: Iterable[object], on_error: OnError = "raise") -> list[Refused]:
        """Add documents from any iterable; returns those that were refused. See IndexWriter.add_many."""
        return added(self.add, documents, on_error)

    def update(self, document_id: DocumentId, /, **fields: Any) -> None:
        """Change some fields of a stored document, which is then the last one; see IndexWriter.update."""
        name = required_id(document_id)
        with self._mutex:
            self._require_open()
            self._check_names(fields)
            check_rest_is_stored(self._schema, fields)
            self._writer_of(name).update(name, **fields, **{ORDINAL: self._ordinal()})
            self._next_ordinal += 1

    def delete(self, document_id: DocumentId) -> bool:
        """Delete a document by its id; False if there is none."""
        name = required_id(document_id)
        with self._mutex:
            self._require_open()
            return self._writer_of(name).delete(name)

    # ---- transactions

    def commit(self) -> CollectionManifest:
        """Make all changes since the last commit durable, as the next version, which is returned.

        Without any change it is the one that there was. OSError: the version is as before, nothing that was
        added or deleted is lost, and the call may be repeated. CommitUncertainError: it is not known which
        version is live; this writer is closed.
        """
        with self._mutex:
            self._require_open()
            entries = list(self._manifest.shards)
            for number, shard in self._open.items():
                entries[number] = shard.commit(entries[number])
            if entries == list(self._manifest.shards):
                return self._manifest
            manifest = self._manifest.replace(
                version=self._version, shards=tuple(entries), next_ordinal=self._next_ordinal
            )
            self.become(manifest)
            return manifest

    def merge(self) -> CollectionManifest:
        """Join the segments of each shard into one, without deleted documents, and commit."""
        with self._mutex:
            self._require_open()
            for number in range(self._manifest.num_shards):
                self._shard(number).writer.merge()
            return self.commit()

    def become(self, manifest: CollectionManifest) -> None:
        """Make this the next version; its shards are there. For who makes shards by other means."""
        with self._mutex:
            self._require_open()
            FileSystem().sync_directory(str(self._folder / SHARDS))
            try:
                replace_collection(self._folder, manifest)
            except CommitUncertainError:
                self.close(remove=False)
                raise
            self._close_shards()
            self._manifest = manifest
            self._begin()

    def rollback(self) -> None:
        """Forget all changes since the last commit. The writer stays open."""
        with self._mutex:
            self._lock.require()
            self._close_shards()
            self._begin()

    def close(self, *, remove: bool = True) -> None:
        """Release the lock. What was not committed is forgotten. remove: also from the disk."""
        with self._mutex:
            if self._lock.held:
                try:
                    self._close_shards()
                    if remove:
                        remove_old(self._folder, self._manifest, self._keep)
                finally:
                    self._lock.release()

    # ----

    def _begin(self) -> None:
        """Nothing is changed yet, and nothing is on disk that no version needs."""
        remove_old(self._folder, self._manifest, self._keep)
        self._version = self._manifest.version + 1
        self._next_ordinal = self._manifest.next_ordinal
        self._open: dict[int, _Shard] = {}
        self._added: set[str] = set()

    def _close_shards(self) -> None:
        for shard in self._open.values():
            shard.close()

    def _writer_of(self, document_id: str) -> IndexWriter:
        return self._shard(shard_of(document_id, self._manifest.num_shards)).writer

    def _shard(self, number: int) -> _Shard:
        if number not in self._open:
            path = shard_path(number, self._version)
            clone(shard_folder(self._folder, self._manifest, number), self._folder / path)
            each = self._memory_mb / self._manifest.num_shards
            self._open[number] = _Shard(self._folder, path, each, self._threads)
        return self._open[number]

    def _ordinal(self) -> int:
        if self._next_ordinal >= MAX_ORDINAL:
            raise DocumentError("this collection has no ordinals left; build it anew from its sources")
        return self._next_ordinal

    def _automatic_id(self) -> str:
        number = self._next_ordinal
        while True:
            name = str(number)
            index = self._shard(shard_of(name, self._manifest.num_shards)).index
            if name not in self._added and name not in index:
                return name
            number += 1

    def _check_names(self, given: Iterable[str]) -> None:
        unknown = sorted(map(repr, set(given) - set(self._schema) - {ID}))
        if unknown:
            raise DocumentError(
                f"the schema has no field {', '.join(unknown[:10])}; it has: "
                f"{', '.join(sorted([*self._schema, ID]))}"
            )

    def _require_open(self) -> None:
        if not self._lock.held:
            raise ClosedError("this writer was closed; make another CollectionWriter")


class _Shard:
    """A shard that is being changed, in the folder of the version to come."""

    def __init__(self, folder: Path, path: str, memory_mb: float, threads: int) -> None:
        self._folder, self._path = folder, path
        self.index = Index.open(folder / path)
        self._generation = self.index.generation
        self.writer = self.index.writer(memory_mb=memory_mb, threads=threads)

    def commit(self, before: ShardEntry) -> ShardEntry:
        """Make it durable; the entry as it was, where nothing is changed."""
        self.writer.commit()
        if self.index.generation == self._generation:
            return before
        return ShardEntry(self._path, self.index.generation, len(self.index))

    def close(self) -> None:
        """Let go of the folder."""
        self.writer.close()
        self.index.close()
        with contextlib.suppress(OSError):
            (self._folder / self._path / LOCK).unlink()

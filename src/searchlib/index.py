"""Index, the façade: create one, open one, write to it, search it.

It wires the stages together and decides nothing that one of them could. Most of its lines are the
documentation that users read.
"""

from __future__ import annotations

import os

from .analyzers import fold_mismatch, mismatch
from .errors import AnalyzerMismatchWarning, SchemaError, brief
from .following import Following
from .holding import Holding
from .lean import TYPE_CHECKING, loads, warn
from .schema import Field, Schema
from .search.hit import Hit
from .search.results import Results
from .search.searcher import Searcher
from .storage.disk import DiskDirectory
from .storage.manifest import Manifest

# Opening and searching need neither the writer nor the memory that stands for a disk: each is loaded where
# it is asked for.
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any

    from .indexing.schema_change import OnProgress, OnUnsuited, SchemaChange
    from .indexing.working import WorkingSegment
    from .indexing.writer import IndexWriter
    from .storage.directory import Directory, Verify

PathLike = str | os.PathLike[str]


class Index(Holding):
    """An index, seen as of its last commit when it was opened or refreshed, or by a writer of its own.

    Safe to share between threads.

    Made by Index.create, searchlib.open or Index.in_memory. As a context manager it is closed at the end.
    A pickle of one on disk holds its path, and is opened anew, as of the last commit there is then.
    """

    def __init__(
        self, directory: Directory, verify: Verify = "map", auto_refresh: bool | float = False
    ) -> None:
        self._directory = directory
        self._following = Following(directory, verify, auto_refresh)
        searcher, manifest = self._following.snapshot
        recorded = dict(manifest.analyzer)
        difference = mismatch(recorded, searcher.analyzers) or fold_mismatch(recorded, searcher.schema)
        if difference and manifest.segments:
            warn(f"{difference}; some words may not be found", AnalyzerMismatchWarning, stacklevel=3)

    @classmethod
    def create(
        cls, path: PathLike, schema: Schema, *, exist_ok: bool = False, inferred: bool = False
    ) -> Index:
        """A new, empty index at that path, durable when this returns; the folder is made if it is missing.

        exist_ok: open the index if there is one already; SchemaError if its schema is another.
        inferred: the schema is a guess from the first sources, which binds nobody before documents are there:
            see `schema_is_open`.
        Raises IndexExistsError, or NotAnIndexError for a folder that holds other things.
        """
        return cls._created(DiskDirectory(path), schema, exist_ok, inferred)

    @classmethod
    def in_memory(cls, schema: Schema) -> Index:
        """A new index that lives and ends with this process."""
        from .storage.memory import MemoryDirectory

        return cls._created(MemoryDirectory(), schema, False)

    @classmethod
    def _created(cls, directory: Directory, schema: Schema, exist_ok: bool, inferred: bool = False) -> Index:
        if not isinstance(schema, Schema):
            raise TypeError(f"schema is a Schema, like Schema(body=Text()), got {brief(schema)}")
        if exist_ok and directory.exists():
            index = cls(directory)
            if index.schema != schema:
                raise SchemaError(f"the index has another schema: {index.schema!r}, asked for {schema!r}")
            return index
        from .indexing import empty

        empty.create(directory, schema, inferred)
        return cls(directory)

    @classmethod
    def open(cls, path: PathLike, *, verify: Verify = "map", auto_refresh: bool | float = False) -> Index:
        """The index at that path.

        verify: "map" reads files through memory maps, each part checked when first touched; "copy" reads them
            into memory, so that a medium that fails later cannot end the process.
        auto_refresh: move to the last commit by itself, whenever the index is asked (True), or if so many
            seconds are over since it last looked, which asks the file system for one file. False: when
            `refresh` is called.
        Raises IndexNotFoundError, CorruptIndexError, IndexTooOldError, IndexTooNewError.
        """
        if verify not in ("map", "copy"):
            raise ValueError(f"verify is 'map' or 'copy', got {verify!r}")
        if not isinstance(auto_refresh, (bool, int, float)) or not auto_refresh >= 0:
            raise ValueError(f"auto_refresh is True, False or a number of seconds, got {auto_refresh!r}")
        return cls(DiskDirectory(path), verify, auto_refresh)

    # ---- an object like others

    def close(self) -> None:
        """Let go of the files. Results that were found can still be read; all else is a ClosedError."""
        self._following.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        if not isinstance(self._directory, DiskDirectory):
            raise TypeError(
                "an index in memory cannot be pickled or copied: it ends with its process; make one on disk, "
                "with Index.create(path, schema)"
            )
        return _reopened, (self._directory.folder, self._following.verify, self._following.auto_refresh)

    @property
    def _searcher(self) -> Searcher:
        return self._following.snapshot[0]

    @property
    def _manifest(self) -> Manifest:
        return self._following.snapshot[1]

    # ---- reading

    @property
    def schema(self) -> Schema:
        """The index's fields."""
        return self._searcher.schema

    @property
    def schema_is_open(self) -> bool:
        """Whether the index has no documents and a schema that was inferred, so that it may get another."""
        return self._manifest.schema_is_open

    @property
    def schema_is_inferred(self) -> bool:
        """Whether the schema was inferred from documents, so that it grows with those that are added."""
        return self._manifest.schema_is_inferred

    @property
    def generation(self) -> int:
        """Which commit this snapshot is of: 1 for the first, and more for each that follows."""
        return self._manifest.generation

    @property
    def shown_generation(self) -> int:
        """The same without a look at the disk: of the commit that was shown last, if there is a later one."""
        return self._following.shown_generation

    def replace_schema(self, schema: Schema, *, inferred: bool = False) -> None:
        """Give an index whose schema is open another one; durable when this returns.

        SchemaError: it has documents by now, or a schema that somebody chose. Raises LockError.
        """
        from .indexing import empty

        empty.replace_schema(self._directory, schema, inferred)
        self.refresh()

    def add_field(self, name: str, field: Field, *, timeout: float = 0.0) -> None:
        """Give the index one more field; durable when this returns, and no file of documents is written.

        To the documents that are there it is a field without a value. A writer has the same method, for who
        is adding documents: then the field comes with its commit.

        timeout: seconds to wait for another writer. Raises SchemaError for a name that is none, or that a
        field has already; LockError, AnalyzerMismatchError.
        """
        with self.writer(timeout=timeout) as writer:
            writer.add_field(name, field)
        self.refresh()

    def remove_field(self, name: str, *, timeout: float = 0.0) -> None:
        """Take a field away; durable when this returns. Its values are hidden at once, everywhere.

        The room that they take comes back as segments are joined, and at once by a writer's merge(). A field
        that is added under that name later has none of them.

        Raises SchemaError for the last field, UnknownFieldError, LockError, AnalyzerMismatchError.
        """
        with self.writer(timeout=timeout) as writer:
            writer.remove_field(name)
        self.refresh()

    def change_field(
        self,
        name: str,
        field: Field,
        *,
        on_unsuited: OnUnsuited = "raise",
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        progress: OnProgress | None = None,
    ) -> SchemaChange:
        """Give a field another type, other languages, a boost, a column; durable when this returns.

        What only a search looks at (boost, default, k1, b, no column any more) changes at once. Anything else
        is written anew from the stored documents, segment by segment, beside the live index: readers see the
        old field until all of it is there. If this is interrupted, the old field stays, and the same call, or
        `reindex`, goes on from the segments that are written. The disk holds both meanwhile.

        For another type strings are read as cells of a table are ("12", "2024-05-31", "yes"), and other
        values become strings as they are written.
        on_unsuited: "raise" changes nothing where a value does not suit; "drop" leaves such values out, and
            the outcome says how many and which.
        memory_mb, threads, timeout: as for `writer`. progress: is told how many documents are done, of how
            many.

        What other dictionaries or rules made than those of today is written anew, too.

        Raises FieldChangeError for values that do not suit, and for a field that is not stored and would have
        to be read; SchemaError, UnknownFieldError, LockError.
        """
        return self.change_fields(
            {name: field},
            on_unsuited=on_unsuited,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            progress=progress,
        )

    def change_fields(
        self,
        fields: Mapping[str, Field],
        *,
        on_unsuited: OnUnsuited = "raise",
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        progress: OnProgress | None = None,
    ) -> SchemaChange:
        """Change several fields in one go: see `change_field`. Another k1 is one of all Text fields."""
        from .indexing.schema_change import change_fields

        changed = change_fields(
            self._directory,
            fields,
            on_unsuited,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            progress=progress,
        )
        self.refresh()
        return changed

    def reindex(
        self,
        *,
        everything: bool = False,
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        progress: OnProgress | None = None,
    ) -> SchemaChange:
        """Write anew, from the stored documents, what other dictionaries or rules made than those of today.

        A change of fields that was interrupted is finished. Readers see the old index until all is there.
        everything: all fields with words, be they up to date or not; of a change that was interrupted nothing
            is taken over then, it is done from the start. The rest is as for `change_field`.
        """
        from .indexing.schema_change import reindex

        changed = reindex(
            self._directory,
            everything,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            progress=progress,
        )
        self.refresh()
        return changed

    @property
    def unfinished_change(self) -> Schema | None:
        """The schema that an interrupted `change_field` was making, or None; `reindex` finishes it."""
        change = self._manifest.change
        return None if change is None else Schema.from_dict(change.schema)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What a writer's `metadata` kept with the index, as of this snapshot."""
        from .indexing.metadata import read_metadata

        data: dict[str, Any] = loads(read_metadata(self._directory, self._manifest))
        return data

    def stats(self) -> dict[str, Any]:
        """Numbers of this snapshot: documents, segments, bytes, and of each field terms, forms, length."""
        from .search.statistics import statistics

        return statistics(*self._following.snapshot)

    # ---- following

    def refresh(self) -> bool:
        """Move to the last commit; False if this snapshot is it. Searches that run keep theirs.

        Files that are open already are neither opened nor checked again.
        """
        return self._following.refresh()

    def pinned(self) -> Index:
        """This index as of the commit that it shows now, whatever comes: for pages of one answer.

        It costs nothing, for the two share their files; each is refreshed and closed by itself.
        """
        twin = object.__new__(type(self))
        twin._directory, twin._following = self._directory, self._following.pinned()
        return twin

    def writer(self, *, memory_mb: float = 256, threads: int = 1, timeout: float = 0.0) -> IndexWriter:
        """The writer: one at a time.

        As a context manager it commits on success and rolls back on an exception. What it commits this index
        shows from its next search on; other ones when they are refreshed or opened.

        memory_mb: megabytes of documents kept in memory before they are written out as a segment.
        threads: how many work beside the caller's; the index has the same bytes for any number.
        timeout: seconds to wait for another writer. Raises LockError, AnalyzerMismatchError.
        """
        from .indexing.writer import IndexWriter

        return IndexWriter(
            self._directory,
            self._matches,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            on_commit=self._following.fall_behind,
        )

    @staticmethod
    def _matches(query: str, segments: list[WorkingSegment]) -> list[list[int]]:
        if not segments:
            return []
        opened = [segment.opened for segment in segments]
        deletes = [segment.core_pair()[1] for segment in segments]
        return Searcher(opened[0].schema, segments[0].analyzers, opened, deletes).matches(query)

    def __repr__(self) -> str:
        if self._following.is_closed:
            return f"<Index {self._directory!r}: closed>"
        return f"<Index {self._directory!r}: {len(self)} documents>"


def _reopened(path: str, verify: Verify, auto_refresh: bool | float) -> Index:
    return Index.open(path, verify=verify, auto_refresh=auto_refresh)


def _reduced_results(results: Results) -> tuple[Any, ...]:
    from .detached import reduced_results

    return reduced_results(results)


def _reduced_hit(hit: Hit) -> tuple[Any, ...]:
    from .detached import reduced_hit

    return reduced_hit(hit)


# Results know nothing of what makes an index of their own documents: pickle is told here.
Results.__reduce__ = _reduced_results  # type: ignore[assignment,method-assign]
Hit.__reduce__ = _reduced_hit  # type: ignore[assignment,method-assign]

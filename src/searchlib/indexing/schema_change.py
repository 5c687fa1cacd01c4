"""An index becomes one of another schema, in place: segment after segment, and then all at once.

What only a search looks at changes with one commit. Where parts change, each segment that has them is written
anew, and kept in the manifest beside the live one: readers see the old schema until all is done, and whoever
was killed goes on where he was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from ..analyzers import differing, field_analyzers, fingerprints
from ..errors import FieldChangeError, SearchlibError, brief
from ..records import Record
from ..schema import Field, Schema
from ..storage.deletes import rearranged
from ..storage.directory import Directory
from ..storage.files import file_name
from ..storage.manifest import Manifest, Rewritten, SegmentEntry, UnfinishedChange, read_manifest
from ..storage.opened import OpenSegment
from .conversion import Unsuited
from .fields import with_changed, work_between
from .rebuilding import Rebuilding

OnUnsuited: TypeAlias = Literal["raise", "drop"]
OnProgress: TypeAlias = Callable[[int, int], object]
"""Is told how many documents are done, and of how many."""

MAX_EXAMPLES = 10


class SchemaChange(Record):
    """What a change of the schema did.

    fields: whose parts were written anew. num_segments, num_docs: how many were. num_resumed: how many of the
    segments an earlier call had written, before it was interrupted. num_dropped: documents with a value that
    did not suit a new type and is gone. dropped: the first ones' ids, fields and values.
    """

    fields: tuple[str, ...] = ()
    num_segments: int = 0
    num_docs: int = 0
    num_resumed: int = 0
    num_dropped: int = 0
    dropped: tuple[tuple[str, str, object], ...] = ()


def change_fields(
    directory: Directory,
    fields: Mapping[str, Field],
    on_unsuited: OnUnsuited = "raise",
    *,
    memory_mb: float = 256,
    threads: int = 1,
    timeout: float = 0.0,
    progress: OnProgress | None = None,
) -> SchemaChange:
    """See Index.change_field."""
    if on_unsuited not in ("raise", "drop"):
        raise ValueError(f"on_unsuited is 'raise' or 'drop', got {on_unsuited!r}")
    with directory.lock(timeout):
        manifest = read_manifest(directory)
        target = with_changed(Schema.from_dict(manifest.schema), fields)
        return _Change(directory, manifest, target, False, memory_mb, threads, progress).run(on_unsuited)


def reindex(
    directory: Directory,
    everything: bool = False,
    *,
    memory_mb: float = 256,
    threads: int = 1,
    timeout: float = 0.0,
    progress: OnProgress | None = None,
) -> SchemaChange:
    """See Index.reindex."""
    with directory.lock(timeout):
        manifest = read_manifest(directory)
        target = Schema.from_dict(manifest.schema)
        drops = False
        if (change := manifest.change) is not None and not everything:
            target, everything, drops = Schema.from_dict(change.schema), change.everything, change.drops
        wanted = _Change(directory, manifest, target, everything, memory_mb, threads, progress)
        return wanted.run("drop" if drops else "raise")


class _Change:
    """One of them, from the live manifest to one of the target; the caller holds the lock."""

    def __init__(
        self,
        directory: Directory,
        manifest: Manifest,
        target: Schema,
        everything: bool,
        memory_mb: float,
        threads: int,
        progress: OnProgress | None,
    ) -> None:
        self._directory, self._manifest, self._target = directory, manifest, target
        self._everything, self._progress = everything, progress
        self._before = Schema.from_dict(manifest.schema)
        self._analyzers = field_analyzers(target)
        self._prints = fingerprints(target, self._analyzers)
        stale = differing(manifest.analyzer, self._prints)
        again = self._before.searched_fields if everything else stale
        self._work = work_between(self._before, target, again)
        self._next_file = directory.first_free_number(manifest.next_file)
        self._rebuilding = Rebuilding(
            directory, self._before, target, self._analyzers, self._work, self._new_name,
            int(memory_mb * 1_000_000), threads, self._tick,
        )  # fmt: skip
        self._drops = False
        self._num_done = self._num_all = 0

    def _new_name(self, kind: str) -> str:
        name = file_name(self._next_file, kind)
        self._next_file += 1
        return name

    def _tick(self, num_docs: int) -> None:
        self._num_done += num_docs
        if self._progress is not None and num_docs:
            self._progress(min(self._num_done, self._num_all), self._num_all)

    def run(self, on_unsuited: OnUnsuited) -> SchemaChange:
        """Do it; the outcome is durable then."""
        if not self._work.fields and self._is_as_it_was():
            return SchemaChange()
        segments = [OpenSegment(self._directory, entry, self._before) for entry in self._manifest.segments]
        self._drops = on_unsuited == "drop"
        needed = [segment for segment in segments if self._rebuilding.is_needed(segment)]
        self._require_stored(needed)
        dropped = self._unsuited(needed)
        if dropped and on_unsuited == "raise":
            raise _unsuited_error(dropped)
        done = {one.source.name: one for one in self._resumed(needed)}
        num_resumed = len(done)
        self._num_all = sum(segment.entry.num_docs for segment in needed)
        self._tick(sum(one.entry.num_docs for one in needed if one.file.name in done))
        try:
            for segment in needed:
                if segment.file.name not in done:
                    entry = self._rebuilding.rebuilt(segment)
                    old = segment.entry
                    done[segment.file.name] = Rewritten(old.file, old.deletes, entry)
                    if len(done) < len(needed):
                        self._commit(self._manifest.replace(change=self._unfinished(tuple(done.values()))))
            self._commit(self._changed(segments, done))
        finally:
            # ImportError: at the interpreter's end nothing can be imported any more.
            with contextlib.suppress(OSError, MemoryError, SearchlibError, ImportError):
                self._directory.remove_unlisted(self._manifest.files())
        return SchemaChange(
            fields=tuple(name for name in self._target if name in self._work.fields),
            num_segments=len(needed),
            num_docs=sum(one.entry.num_docs for one in done.values() if one.entry is not None),
            num_resumed=num_resumed,
            num_dropped=len({document_id for document_id, _ in dropped}),
            dropped=tuple((document_id, one.field, one.value) for document_id, one in dropped[:MAX_EXAMPLES]),
        )

    def _is_as_it_was(self) -> bool:
        same = list(self._before.items()) == list(self._target.items())
        return same and self._prints == dict(self._manifest.analyzer) and self._manifest.change is None

    # ---- what cannot be

    def _require_stored(self, needed: list[OpenSegment]) -> None:
        """FieldChangeError where texts are needed that were not kept."""
        for name in self._target:
            if name in self._work.fields and not self._before[name].stored:
                count = sum(segment.num_docs_with(name) for segment in needed)
                if count:
                    raise FieldChangeError(
                        f"field {name!r} is not stored, so that what {_documents(count)} in it is not known "
                        f"and cannot be written anew; add these documents again, or take the field away: "
                        f"remove_field({name!r})",
                        name,
                        count=count,
                    )

    def _unsuited(self, needed: list[OpenSegment]) -> list[tuple[str, Unsuited]]:
        """The values that do not suit, with the ids of their documents."""
        found: list[tuple[str, Unsuited]] = []
        if not self._work.converted:
            return found
        for segment in needed:
            for doc, document in enumerate(segment.documents):
                if segment.deletes is None or doc not in segment.deletes:
                    unsuited: list[Unsuited] = []
                    self._rebuilding.conversion.converted(document, unsuited.append)
                    if unsuited:
                        document_id = segment.core.id_of(doc)
                        found += [(document_id, one) for one in unsuited]
            segment.file.release_pages()
        return found

    # ---- manifests

    def _unfinished(self, done: tuple[Rewritten, ...]) -> UnfinishedChange:
        return UnfinishedChange(self._target.to_dict(), self._prints, self._everything, self._drops, done)

    def _resumed(self, needed: list[OpenSegment]) -> tuple[Rewritten, ...]:
        """What an earlier call has written for this very change, and is of use still."""
        change = self._manifest.change
        if change is None:
            return ()
        schema = Schema.from_dict(change.schema).to_dict()  # JSON has lists for tuples
        if change.replace(schema=schema, drops=self._drops, done=()) != self._unfinished(()):
            return ()
        return change.of(tuple(segment.entry for segment in needed)).done

    def _changed(self, segments: list[OpenSegment], done: Mapping[str, Rewritten]) -> Manifest:
        entries = []
        for segment in segments:
            one = done.get(segment.file.name)
            entry = self._rearranged(segment.entry) if one is None else one.entry
            if entry is not None:
                entries.append(entry)
        return self._manifest.replace(
            schema=self._target.to_dict(),
            analyzer=self._prints,
            segments=tuple(entries),
            change=None,
        )

    def _rearranged(self, entry: SegmentEntry) -> SegmentEntry:
        """A segment that stays; its deletes count fields as the target has them."""
        before, after = self._before.searched_fields, self._target.searched_fields
        if entry.deletes is None or before == after:
            return entry
        encoded = bytes(self._directory.read_file(entry.deletes))
        new = self._directory.write_file(self._new_name("deletes"), rearranged(encoded, before, after))
        return entry._replace(deletes=new)

    def _commit(self, manifest: Manifest) -> None:
        manifest = manifest.replace(generation=self._manifest.generation + 1, next_file=self._next_file)
        self._directory.replace_manifest(manifest.to_bytes())
        self._manifest = manifest
        self._directory.remove_unlisted(manifest.files())


def _documents(count: int) -> str:
    return "1 document has" if count == 1 else f"{count:,} documents have"


def _unsuited_error(found: list[tuple[str, Unsuited]]) -> FieldChangeError:
    document_id, first = found[0]
    count = len({document_id for document_id, _ in found})
    return FieldChangeError(
        f"field {first.field!r} cannot become that: {_documents(count)} a value that does not suit, the "
        f"first is {document_id!r} with {brief(first.value)}: field {first.field!r} {first.reason}. Mend "
        f"these documents, or leave such values out: on_unsuited='drop'",
        first.field,
        document_id,
        first.value,
        count,
    )

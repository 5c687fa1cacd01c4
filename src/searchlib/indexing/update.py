"""An index brought up to date with its sources: what is new or changed is written, the rest is passed over.

Sources and a writer come in; documents are added and stale ones deleted, and the record of files in the
writer's metadata follows. Committing is the caller's. Formats and encodings are not known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ..errors import DocumentError, SourceError
from .files import STDIN, SourceFile
from .ledger import MAX_IDS, Ids, Ledger, new_record, stale_ids
from .ownership import Owners
from .reading import Reading, digest_of
from .sources import Problem, SourceDocument, Sources


class Writer(Protocol):
    """What is needed of an IndexWriter; delete says whether there was such a document."""

    metadata: dict[str, Any]

    def add(self, document: dict[str, Any], /) -> object: ...

    def delete(self, id: str, /) -> bool: ...


@dataclass
class Progress:
    """What was done so far; handed to the `progress` callable after each document."""

    num_documents: int = 0  # written
    num_removed: int = 0  # documents of vanished files and rows
    num_files_read: int = 0
    num_files_unchanged: int = 0
    num_refused_before: int = 0  # rows that an earlier run refused, in files that have not changed since
    num_bytes: int = 0  # read or passed over as unchanged
    num_bytes_read: int = 0


def update_index(
    sources: Sources,
    writer: Writer,
    *,
    prune: bool = False,
    force: bool = False,
    progress: Callable[[Progress], object] | None = None,
) -> Progress:
    """Write what is new or changed in `sources`.

    prune: also delete the documents of files that are gone from the folders given. force: read every file
        again.
    A file or row that is refused keeps the document that it had. Raises what the writer raises, but for
    DocumentError, which is reported as the row's problem.
    """
    return _Update(sources, writer, force, progress).run(prune)


class _Update:
    def __init__(
        self, sources: Sources, writer: Writer, force: bool, progress: Callable[[Progress], object] | None
    ) -> None:
        self._sources = sources
        self._writer = writer
        self._force = force
        self._report = progress or (lambda _: None)
        self._ledger = Ledger(writer.metadata)
        self._owners = Owners(self._ledger)
        self._options = _options(sources)
        self._stale: set[str] = set()
        self.done = Progress()

    def run(self, prune: bool) -> Progress:
        seen: set[tuple[str, str]] = set()
        for file in self._sources.files():
            if prune:
                seen.add((file.root, file.name))
            if not self._is_unchanged(file):
                self._read(file)
        if prune:
            gone = list(self._ledger.vanished(self._sources.walk, seen))
            for path in self._sources.walk.gone:
                found = list(self._ledger.under(path))
                if not found:
                    raise SourceError(f"no such file or folder, and no document of it in the index: {path}")
                gone += found
            for root, name in dict.fromkeys(gone):
                self._stale.update(stale_ids(name, self._ledger.records(root)[name], None))
                self._ledger.forget(root, name)
        for key in sorted(self._stale - self._ledger.still_given(self._stale)):
            self.done.num_removed += bool(self._writer.delete(key))
        self._report(self.done)
        return self.done

    def _is_unchanged(self, file: SourceFile) -> bool:
        if file.path == STDIN or self._force:
            return False
        unchanged = self._ledger.looks_unchanged(file, self._options)
        if not unchanged and self._ledger.may_be_unchanged(file, self._options):
            try:
                unchanged = digest_of(file) == self._ledger.records(file.root)[file.name]["digest"]
            except SourceError:
                return False  # reported when it is read
            if unchanged:
                self._ledger.touch(file)
        if unchanged:
            self.done.num_files_unchanged += 1
            self.done.num_refused_before += self._ledger.records(file.root)[file.name].get("refused", 0)
            self.done.num_bytes += file.size_bytes
            self._report(self.done)
        return unchanged

    def _read(self, file: SourceFile) -> None:
        holder = self._ledger.other_holder(file)
        bytes_before, refused_before = self.done.num_bytes, self._sources.num_refused
        pass_ = _Pass(bytes_before)
        for found in self._sources.read(file, pass_.opened):
            if holder and found.own_id is None:
                reason = (
                    f"its id {found.document['id']!r} belongs to {holder}; index the folder of both instead"
                )
                self._sources.refuse(Problem(file.shown, reason))
            else:
                self._add(file, found, pass_)
        self.done.num_bytes = bytes_before + max(file.size_bytes, pass_.num_bytes)
        self.done.num_bytes_read += pass_.num_bytes
        num_refused = self._sources.num_refused - refused_before
        if pass_.reading is None or (num_refused and not pass_.num_added):
            return  # nothing of it was taken: its old record stands, and it is tried again next time
        self.done.num_files_read += 1
        for holder, count in pass_.holders.items():
            rows = "1 row has the id of a row" if count == 1 else f"{count:,} rows have ids of rows"
            reason = f"{rows} of {holder}; they get {file.name}#ID, so that none is lost"
            self._sources.notice(Problem(file.shown, reason))
        if file.path != STDIN:
            self._record(file, pass_, num_refused)

    def _add(self, file: SourceFile, found: SourceDocument, pass_: _Pass) -> None:
        document_id = self._id_of(file, found, pass_)
        if document_id is None:
            return
        try:
            self._writer.add(found.document)
        except DocumentError as error:
            where = f"{file.shown}:{found.line}" if found.line else file.shown
            self._sources.refuse(Problem(where, str(error)))
            return
        pass_.num_added += 1
        if found.line:
            own_id = found.own_id and document_id
            pass_.ids.add_row(found.line, own_id)
            if own_id:
                self._owners.give(file, own_id)
        else:
            self._owners.give(file, document_id)
        self.done.num_documents += 1
        self.done.num_bytes = pass_.bytes_before + pass_.num_bytes
        self._report(self.done)

    def _id_of(self, file: SourceFile, found: SourceDocument, pass_: _Pass) -> str | None:
        """The document's id, another one if a row of another file has it; None if it was refused."""
        document_id: str = found.document["id"]
        if file.path == STDIN:
            return document_id
        holder = self._owners.other(file, document_id)
        if document_id in pass_.aliases:
            holder = "an earlier row of this file"
        if holder is None:
            return document_id
        alias = None
        if found.own_id is not None:
            alias = self._owners.alias(file, document_id, pass_.ids.last_line)
        if alias is None:
            where = f"{file.shown}:{found.line}" if found.line else file.shown
            self._sources.refuse(
                Problem(where, f"its id {document_id!r} belongs to {holder}; give it another")
            )
            return None
        pass_.holders[holder] += 1
        pass_.aliases.add(alias)
        found.document["id"] = alias
        return alias

    def _record(self, file: SourceFile, pass_: _Pass, num_refused: int) -> None:
        assert pass_.reading is not None
        record = new_record(
            file, pass_.reading.digest, pass_.ids, num_refused=num_refused, options=self._options
        )
        old = self._ledger.get(file)
        if old is not None:
            released = list(stale_ids(file.name, old, record))
            self._owners.release(file, released)
            self._stale.update(released)
        if "ids" in record and record["ids"] is None:
            self._sources.notice(
                Problem(
                    file.shown,
                    f"more than {MAX_IDS:,} rows with ids of their own: rows that are later taken out of it "
                    f"stay in the index until they are deleted",
                )
            )
        self._ledger.put(file, record)


class _Pass:
    """One file while it is read."""

    def __init__(self, bytes_before: int) -> None:
        self.reading: Reading | None = None
        self.ids = Ids()
        self.num_added = 0
        self.aliases: set[str] = set()  # ids that it got in place of those
        self.holders: Counter[str] = Counter()  # files that have ids which rows of this one brought
        self.bytes_before = bytes_before

    def opened(self, reading: Reading) -> None:
        self.reading = reading

    @property
    def num_bytes(self) -> int:
        return self.reading.num_bytes if self.reading else 0


def _options(sources: Sources) -> str:
    """How files are read, in a few characters: another encoding or renaming makes them count as changed."""
    renamed = [f"{source}={target}" for source, target in sorted(sources.renamed.items())]
    return ";".join([*([f"encoding={sources.encoding}"] if sources.encoding else []), *renamed])

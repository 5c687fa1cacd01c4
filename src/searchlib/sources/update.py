"""An index brought up to date with its sources: what is new or changed is written, the rest is passed over.

Documents are added through a writer and stale ones deleted, and the record of files in the writer's metadata
follows. Committing is the caller's. Formats and encodings are not known here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..errors import DocumentError, SourceError
from ..schema import ID, Field, Schema
from .files import STDIN, SourceFile
from .ledger import Ledger
from .metered import digest_of
from .moves import Moves
from .ownership import Key, Owners, path_of
from .passes import Pass
from .problems import Problem, RefusedRow, SourceDocument
from .sources import Sources


class Writer(Protocol):
    """What is needed of an IndexWriter; delete says whether there was such a document."""

    metadata: dict[str, Any]

    @property
    def schema(self) -> Schema: ...

    def add(self, document: dict[str, Any], /) -> object: ...

    def delete(self, id: str, /) -> bool: ...

    def add_field(self, name: str, field: Field, /) -> object: ...


@dataclass
class Progress:
    """What was done so far; handed to the `progress` callable after each document."""

    num_documents: int = 0  # written
    num_removed: int = 0  # documents of vanished files and rows
    num_files_read: int = 0
    num_files_unchanged: int = 0
    num_refused_before: int = 0  # rows that an earlier run refused, in files that have not changed since
    num_renamed: int = 0  # documents whose id was taken, so that they got another
    num_bytes: int = 0  # read or passed over as unchanged
    num_bytes_read: int = 0
    vanished: list[str] = field(default_factory=list)  # paths of files that are gone, whose documents stay
    kept: list[str] = field(default_factory=list)  # of files that are there and were passed over: these stay


def update_index(
    sources: Sources | Sequence[Sources],
    writer: Writer,
    *,
    prune: bool = False,
    force: bool = False,
    progress: Callable[[Progress], object] | None = None,
) -> Progress:
    """Write what is new or changed in `sources`, one or several.

    prune: also delete the documents of files that are gone from the folders given. A file that is there keeps
        them, though it was passed over (`Progress.kept`); remove_source removes them. force: read every file
        again.
    A file or row that is refused keeps the document that it had; one whose id belongs to another gets one of
    its own. So the index holds each row of each file once, whatever became of the files since the last run.
    Raises SourceError for a path that is gone and of which nothing is known, and what the writer raises, but
    for DocumentError, which is reported as the row's problem.
    """
    several = [sources] if isinstance(sources, Sources) else list(sources)
    try:
        return _Update(several, writer, force, progress).run(prune)
    finally:
        several[0].end_workers()


class _Update:
    def __init__(
        self,
        several: list[Sources],
        writer: Writer,
        force: bool,
        progress: Callable[[Progress], object] | None,
    ) -> None:
        self._several = several
        self._sources = several[0]  # those that are read now
        self._writer = writer
        self._force = force
        self._report = progress or (lambda _: None)
        self._ledger = Ledger(writer.metadata, writer.schema)
        self._ledger.prepare(writer.schema)
        self._moves = Moves(self._ledger)
        self._owners = Owners(self._ledger.owned_ids())
        self._options = self._chosen = ""
        self._stale: set[str] = set()
        self.done = Progress()

    def run(self, prune: bool) -> Progress:
        if prune:  # first: what is gone must hold no id that a file has now
            self._prune()
        seen: set[str] = set()
        refused: list[set[str]] = []
        for number, sources in enumerate(self._several):
            read: dict[str, bool] = {}  # whether anything was, of the folder or file that was given
            if number:
                sources.use_schema(self._writer.schema)  # which those before may have grown
            if sources.grows:
                sources.grow_by(self._writer.add_field)
            sources.use_workers_of(self._several[0])
            self._sources = sources
            self._options, self._chosen = sources.how.of_reading(), sources.how.of_members()
            for given in sources.files(self._will_be_read):
                path = path_of((given.root, given.name))
                seen.add(path)
                file = self._as_recorded(given)
                is_taken = self._is_unchanged(file) or self._read(file)
                for each in (given.root, path):
                    read[each] = read.get(each, False) or is_taken
            refused.append({path for path, is_taken in read.items() if not is_taken})
        for key in sorted(self._stale):
            if self._owners.owner(key) is None:
                self.done.num_removed += bool(self._writer.delete(key))
        for sources, without_effect in zip(self._several, refused, strict=True):
            self._ledger.given.give(sources.walk, sources.how, without_effect)
        unmet = {
            path_of(key): is_gone
            for sources in self._several
            for key, is_gone in self._ledger.unmet(sources.walk, seen)
        }
        self.done.vanished = [path for path, is_gone in unmet.items() if is_gone]
        self.done.kept = [path for path, is_gone in unmet.items() if not is_gone]
        self._ledger.use_schema(self._writer.schema)
        self._report(self.done)
        return self.done

    def _prune(self) -> None:
        looked = [sources.look() for sources in self._several]
        seen = {path for _, met in looked for path in met}
        gone: list[Key] = []
        for walk, _ in looked:
            gone += [key for key, is_gone in self._ledger.unmet(walk, seen) if is_gone]
            for path in walk.gone:
                absolute = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
                found = list(self._ledger.under(absolute))
                if not self._ledger.given.drop(absolute) and not found:
                    raise SourceError(f"no such file or folder, and no document of it in the index: {path}")
                gone += found
        for key in dict.fromkeys(gone):
            ids = self._ledger.ids(key)
            self._owners.release(ids)
            self._stale.update(ids)
            self._ledger.forget(key)

    def _as_recorded(self, file: SourceFile) -> SourceFile:
        """The file under the name that it had in earlier runs, so that it is not another one now."""
        if file.path == STDIN:
            return file
        known = self._ledger.known_as(file)
        if known == (file.root, file.name):
            return file
        if known is not None:
            return file.replace(root=known[0], name=known[1])
        moved = self._moves.origin(file)
        if moved is not None:
            ids = self._ledger.ids(moved)
            self._ledger.move(moved, file)
            self._owners.give((file.root, file.name), ids)
        return file

    def _will_be_read(self, given: SourceFile) -> bool:
        """Whether that is certain, as far as can be told without opening a file or changing a record."""
        known = self._ledger.known_as(given)
        if self._force or known is None:
            return True
        file = given.replace(root=known[0], name=known[1])
        return not self._ledger.may_be_unchanged(file, self._options, self._chosen)

    def _is_unchanged(self, file: SourceFile) -> bool:
        if file.path == STDIN or self._force:
            return False
        unchanged = self._ledger.looks_unchanged(file, self._options, self._chosen)
        if not unchanged and self._ledger.may_be_unchanged(file, self._options, self._chosen):
            record = self._ledger.get(file)
            assert record is not None
            try:
                unchanged = digest_of(file) == record["digest"]
            except SourceError:
                return False  # reported when it is read
            if unchanged:
                self._ledger.touch(file)
        if unchanged:
            self.done.num_files_unchanged += 1
            self.done.num_refused_before += (self._ledger.get(file) or {}).get("refused", 0)
            self.done.num_bytes += file.size_bytes
            self._report(self.done)
        return unchanged

    def _read(self, file: SourceFile) -> bool:
        """Whether anything of it was taken."""
        key = file.key
        bytes_before, refused_before = self.done.num_bytes, self._sources.num_refused
        can_know = not self._force and self._ledger.is_read_so(file, self._options)
        same_choice = self._ledger.is_chosen_so(file, self._chosen)
        pass_ = Pass(key, self._ledger, self._owners, self._sources, can_know, same_choice)
        self._owners.release(pass_.old)
        for found in self._sources.read(file, pass_):
            self._add(found, pass_)
            self.done.num_bytes = bytes_before + pass_.num_bytes
            self._report(self.done)
        pass_.end()
        self.done.num_bytes = bytes_before + max(file.size_bytes, pass_.num_bytes)
        self.done.num_bytes_read += pass_.num_bytes
        num_refused = self._sources.num_refused - refused_before
        if pass_.reading is None or (num_refused and not pass_.num_added):
            # Nothing of it was taken: its old record stands, and it is tried again next time.
            self._owners.give(key, pass_.old)
            return False
        self.done.num_files_read += 1
        self.done.num_refused_before += pass_.num_refused_before
        if pass_.ends_early or (file.path == STDIN and self._sources.makes_content_ids):
            # What was not read is still there; and so is what was piped in before.
            pass_.keep_all()
        self._stale.update(old for old in pass_.old if self._owners.owner(old) != key)
        for said in pass_.notices():
            self._sources.notice(Problem(file.shown, said))
        self._ledger.record(
            file,
            pass_.reading.digest,
            pass_.ids,
            num_refused=num_refused + pass_.num_refused_before,
            options=self._options,
            undocumented=pass_.undocumented(),
            members=pass_.kept_members() if pass_.is_archive else None,
            chosen=self._chosen,
        )
        return True

    def _add(self, found: SourceDocument, pass_: Pass) -> None:
        wanted: str = found.document[ID]
        document_id = self._owners.free_id(found.file, wanted, found.own_id)
        holder = self._owners.owner(wanted)
        found.document[ID] = document_id
        try:
            self._writer.add(found.document)
        except DocumentError as error:
            shown_as = found.file.shown
            where = f"{shown_as}:{found.line}" if found.line else shown_as
            self._sources.refuse(Problem(where, str(error)))
            pass_.refused(RefusedRow(found.line, found.own_id, found.file, wanted))
            return
        pass_.claim(found.file.member, document_id)
        pass_.num_added += 1
        if holder is not None:
            pass_.holders[holder] += 1
            pass_.example = pass_.example or document_id
            self.done.num_renamed += 1
        self.done.num_documents += 1

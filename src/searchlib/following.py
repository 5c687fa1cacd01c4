"""The snapshot that an index shows, and how it moves to a later commit, or is let go of.

Threads share it: a search keeps the snapshot that it began with, whatever refreshes or closes meanwhile.
"""

from __future__ import annotations

import _thread
import time

from .analyzers import field_analyzers
from .errors import ClosedError
from .forks import renew_locks_in_children
from .lean import TYPE_CHECKING
from .schema import Schema
from .search.searcher import Searcher
from .storage.directory import Directory, Verify
from .storage.files import FileEntry
from .storage.manifest import Manifest, SegmentEntry, read_manifest, read_snapshot
from .storage.opened import OpenSegment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

Snapshot: TypeAlias = tuple[Searcher, Manifest]
"""Both of one commit."""


class Following:
    """The live snapshot of a directory when it was made, and later ones on demand.

    auto_refresh: look for one by itself, whenever it is asked (True), or after so many seconds.
    """

    def __init__(self, directory: Directory, verify: Verify, auto_refresh: bool | float) -> None:
        self._directory, self.verify, self.auto_refresh = directory, verify, auto_refresh
        self._look_at, self._stamp = 0.0, None if auto_refresh is False else directory.stamp()
        self._is_behind = False
        self.renew_locks()
        renew_locks_in_children(self)
        self._shown: Snapshot | None = self._opened(None)  # None: closed

    def renew_locks(self) -> None:
        """For forked children: see searchlib.forks."""
        self._moving = _thread.allocate_lock()  # threading.Lock, without loading threading

    @property
    def snapshot(self) -> Snapshot:
        """The one that is shown; ClosedError."""
        if self._is_behind:
            self._catch_up()
        if self.auto_refresh is not False:
            self._look()
        return self._current()

    def pinned(self) -> Following:
        """Another one, of the snapshot that is shown now; it moves when it is told to."""
        shown = self.snapshot
        twin = object.__new__(Following)
        vars(twin).update({**vars(self), "auto_refresh": False, "_is_behind": False, "_stamp": None})
        twin.renew_locks()
        renew_locks_in_children(twin)
        twin._shown = shown
        return twin

    def fall_behind(self) -> None:
        """There is a later commit, which is to be shown from the next time that somebody asks."""
        self._is_behind = True

    def refresh(self) -> bool:
        """Move to the last commit; False if it is shown already."""
        self._is_behind = False  # before looking: a commit meanwhile is not forgotten
        with self._moving:  # of two threads, the slower one must not step back
            before = self._current()
            if read_manifest(self._directory).generation == before[1].generation:
                return False
            self._shown = self._opened(before)
            return True

    def close(self) -> None:
        """Let go of it, for good: a refresh that runs is waited for."""
        with self._moving:
            self._shown = None

    @property
    def is_closed(self) -> bool:
        """Whether it was let go of."""
        return self._shown is None

    @property
    def shown_generation(self) -> int:
        """The commit of the snapshot that is shown, whether or not there is a later one; ClosedError."""
        return self._current()[1].generation

    def _current(self) -> Snapshot:
        shown = self._shown  # once: another thread may close it
        if shown is None:
            raise ClosedError("the index was closed; open it again")
        return shown

    def _catch_up(self) -> None:
        try:
            self.refresh()
        except BaseException:
            self._is_behind = True
            raise

    def _look(self) -> None:
        now = time.monotonic()
        if now < self._look_at or self.is_closed:
            return
        stamp = self._directory.stamp()  # before what it stands for is read
        if stamp is None or stamp != self._stamp:
            self.refresh()
        self._stamp = stamp
        self._look_at = now if self.auto_refresh is True else now + self.auto_refresh

    def _opened(self, before: Snapshot | None) -> Snapshot:
        """The live snapshot, with the segments of an earlier one that are live still."""
        known = {} if before is None else {one.entry.file: one for one in before[0].segments}

        def load(manifest: Manifest) -> Searcher:
            schema = Schema.from_dict(manifest.schema)
            if before is not None and list(schema.items()) == list(before[0].schema.items()):
                schema = before[0].schema
            segments = [self._segment(entry, schema, known) for entry in manifest.segments]
            return Searcher(schema, field_analyzers(schema), segments)

        manifest, searcher = read_snapshot(self._directory, load)
        return searcher, manifest

    def _segment(
        self, entry: SegmentEntry, schema: Schema, known: Mapping[FileEntry, OpenSegment]
    ) -> OpenSegment:
        before = known.get(entry.file)
        if before is None:
            return OpenSegment(self._directory, entry, schema, verify=self.verify)
        return before.as_of(self._directory, entry, schema)

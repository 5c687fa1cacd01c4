"""One file while it is read: the ids that it gave before, those that it gives now, and which of its members.

What is refused, or not read this time, keeps the documents that it had, as far as that can be told. Nothing
is written or deleted here.
"""

from __future__ import annotations

from collections import Counter

from .content import OpenFile
from .files import STDIN, SourceFile
from .inside import Visit
from .kept_member import KeptMember
from .ledger import Ledger
from .opened import Opened
from .ownership import Key, Owners
from .problems import RefusedRow
from .sources import Sources


class Pass(Visit):
    """One file while it is read: what it gave before, and what it gives now."""

    def __init__(self, key: Key, ledger: Ledger, owners: Owners, sources: Sources, can_know: bool) -> None:
        """can_know: whether members of an archive that are unchanged may be passed over."""
        self.reading: Opened | None = None
        self.old = ledger.ids(key)
        self.ids: list[str] = []  # those that it gives now, but for its members'
        self.num_added = 0
        self.num_refused_before = 0
        self.ends_early = False
        self.holders: Counter[Key] = Counter()  # files that have ids which this one's documents would have
        self.example = ""
        self._key, self._owners, self._sources = key, owners, sources
        self._old_members = ledger.members(key)
        self._can_know = can_know and bool(self._old_members)
        self._unchanged: set[str] = set()
        self._members: dict[str, list[str]] = {}  # the ids of each
        self._stamps: dict[str, str] = {}
        self._refused: Counter[str] = Counter()
        self._refused_before = sources.num_refused

    def opened(self, reading: Opened) -> None:
        if self.reading is None:
            self.reading = reading

    def refused(self, row: RefusedRow) -> None:
        """A row that is refused now keeps the document that it had, where that can be told."""
        file, member = row.file, row.file.member
        if row.line == 0:
            if member:
                self._keep_member(member)
            else:
                self.ends_early = True
        own = [] if row.own_id is None else [row.own_id]
        for document_id in (*own, f"{file.name}#{own[0] if own else row.line}", row.default_id):
            if document_id in self.old and self._owners.owner(document_id) is None:
                self.claim(member, document_id)
                return

    def wants_stamps(self, file: SourceFile) -> bool:
        return self._can_know and file.path != STDIN

    def stamped(self, file: SourceFile, stamps: dict[str, str]) -> None:
        """Those that are unchanged keep their ids, before any other can have them."""
        for member, kept in self._old_members.items():
            if kept.stamp and stamps.get(member) == kept.stamp:
                self._unchanged.add(member)
                self.claim(member, *kept.ids)
                self._stamps[member] = kept.stamp
                self._refused[member] = kept.num_refused
                self.num_refused_before += kept.num_refused
                self.num_added += len(kept.ids)

    def is_unchanged(self, member: SourceFile) -> bool:
        return member.member in self._unchanged

    def passed_over(self, member: SourceFile) -> None:
        """What is there and not asked for any more keeps its documents, as a file does."""
        self._keep_member(member.member)

    def done(self, member: SourceFile, stamp: str) -> None:
        """Of two members of one name none is known by its stamp."""
        name = member.member
        if member.name == f"{self._key[1]}/{name}":
            self._stamps[name] = "" if name in self._stamps else stamp
            self._refused[name] += self._sources.num_refused - self._refused_before
            self._members.setdefault(name, [])
            self._refused_before = self._sources.num_refused

    def claim(self, member: str, *document_ids: str) -> None:
        """These ids are given now, by the file or by a member of it."""
        self._owners.give(self._key, document_ids)
        (self._members.setdefault(member, []) if member else self.ids).extend(document_ids)

    def keep_all(self) -> None:
        """All that it gave before and that nobody has now stays."""
        for member in self._old_members:
            self._keep_member(member)
        self.claim("", *(old for old in self.old if self._owners.owner(old) is None))

    def _keep_member(self, member: str) -> None:
        kept = self._old_members.get(member)
        if kept is not None:
            self.claim(member, *(old for old in kept.ids if self._owners.owner(old) is None))

    @property
    def is_archive(self) -> bool:
        return isinstance(self.reading, OpenFile) and self.reading.format.has_members

    def kept_members(self) -> dict[str, KeptMember]:
        """What is to be remembered of the members; one of which nothing was taken is tried again."""
        return {
            name: KeptMember(
                self._stamps.get(name, "") if ids or not self._refused[name] else "",
                tuple(ids),
                self._refused[name],
            )
            for name, ids in self._members.items()
        }

    @property
    def num_bytes(self) -> int:
        return self.reading.num_bytes if self.reading else 0

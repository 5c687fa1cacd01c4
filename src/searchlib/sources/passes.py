"""One file while it is read: the ids that it gave before, those that it gives now, and which of its members.

What is refused, or not read this time, keeps the documents that it had, as far as that can be told. Nothing
is written or deleted here.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from . import row_names
from .content import OpenFile
from .files import STDIN, SourceFile
from .formats import BY_SUFFIX, suffix_of
from .inside import Visit, joint_stamp
from .kept_member import KeptMember
from .ledger import Ledger
from .opened import Opened
from .ownership import Key, Owners, shown
from .problems import RefusedRow
from .sources import Sources
from .undocumented import Undocumented


class Pass(Visit):
    """One file while it is read: what it gave before, and what it gives now."""

    def __init__(
        self,
        key: Key,
        ledger: Ledger,
        owners: Owners,
        sources: Sources,
        can_know: bool,
        same_choice: bool,
    ) -> None:
        """can_know: whether members of an archive that are unchanged may be passed over. same_choice: whether
        the same members are asked for as before, so that this goes for archives within, too.
        """
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
        self._same_choice = same_choice
        self._unchanged: set[str] = set()
        self.passed: list[str] = []  # members that are passed over and keep their documents
        self._old_files: set[str] | None = None
        self._kept_inside: dict[str, set[str]] = {}  # files in archives within, by the outer member
        self._members: dict[str, list[str]] = {}  # the ids of each
        self._stamps: dict[str, str] = {}
        self._members_kept: set[str] = set()
        self._undocumented = Undocumented(ledger.undocumented(key))
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
                self._keep(file)
            else:
                self.ends_early = True
        elif self._undocumented.had_none(row):
            return
        for document_id in (*self._old_names(row), row.default_id):
            if document_id in self.old and self._owners.owner(document_id) is None:
                self.claim(member, document_id)
                return
        if row.line:
            self._undocumented.add(row)

    def _old_names(self, row: RefusedRow) -> Iterator[str]:
        """What a row with an id of its own may have been called."""
        if row.own_id is not None:
            yield row.own_id
            for number in itertools.count(1):
                name = row_names.by_id(row.file.name, row.own_id, number)
                if name not in self.old:
                    break
                yield name

    def wants_stamps(self, file: SourceFile) -> bool:
        return self._can_know and file.path != STDIN

    def stamped(self, file: SourceFile, stamps: dict[str, str]) -> None:
        """Those that are unchanged keep their ids, before any other can have them."""
        for member, kept in self._old_members.items():
            same = kept.stamp and stamps.get(member) == kept.stamp
            if same and (self._same_choice or not _may_hold_files(member)):
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
        if self._had_documents(member):
            self.passed.append(member.name[len(self._key[1]) + 1 :])
        self._keep(member)

    def done(self, member: SourceFile, stamp: str) -> None:
        name = member.member
        if self._is_outer(member):
            before = self._stamps.get(name)
            self._stamps[name] = stamp if before is None else joint_stamp(before, stamp)
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

    def end(self) -> None:
        """Nothing more comes: what is in an archive within keeps what nobody has now."""
        for member, names in self._kept_inside.items():
            self._keep_member(member, partial(_is_of, names, f"{self._key[1]}/{member}/"))

    def _keep(self, file: SourceFile) -> None:
        self._members_kept.add(file.name[len(self._key[1]) + 1 :])
        if self._is_outer(file):
            self._keep_member(file.member)
        else:  # whose neighbours may still come, and need their ids
            self._kept_inside.setdefault(file.member, set()).add(file.name)

    def _had_documents(self, member: SourceFile) -> bool:
        """Of rows in archives within it is known where their ids are made of the file's name."""
        if self._is_outer(member):
            kept = self._old_members.get(member.member)
            return kept is not None and bool(kept.ids)
        if self._old_files is None:
            self._old_files = self.old.union(map(row_names.file_of, self.old))
        return member.name in self._old_files

    def _is_outer(self, member: SourceFile) -> bool:
        """Whether it lies in no other member."""
        return member.name == f"{self._key[1]}/{member.member}"

    def _keep_member(self, member: str, is_kept: Callable[[str], bool] = lambda _: True) -> None:
        kept = self._old_members.get(member)
        if kept is not None:
            ids = (old for old in kept.ids if self._owners.owner(old) is None and is_kept(old))
            self.claim(member, *ids)

    def notices(self) -> Iterator[str]:
        """What is to be said of documents that got another id, and of members that are passed over now."""
        if self.holders:
            count = self.holders.total()
            holders = ["this file" if holder == self._key else shown(holder) for holder in self.holders]
            what, got = (
                ("1 document has an id", "it got another")
                if count == 1
                else (f"{count:,} documents have ids", "they got others")
            )
            yield f"{what} of documents of {_named(holders)}; {got}, such as {self.example!r}"
        if self.passed:
            num, names = len(self.passed), _named([repr(name) for name in self.passed])
            what, their = ("1 member is", "its") if num == 1 else (f"{num:,} members are", "their")
            yield (
                f"{what} there, but passed over, and {their} documents stay: {names}; to be rid of them, "
                "remove the archive from the index and read it again"
            )

    @property
    def is_archive(self) -> bool:
        return isinstance(self.reading, OpenFile) and self.reading.format.has_members

    def undocumented(self) -> list[str]:
        """The names of its rows that were refused and have no document."""
        unread = [f"{self._key[1]}/{name}" for name in (*self._unchanged, *self.passed, *self._members_kept)]
        return self._undocumented.names(
            lambda name: self.ends_early or any(_is_in(name, member) for member in unread)
        )

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


def _named(names: list[str]) -> str:
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _is_in(name: str, file: str) -> bool:
    """Whether a row's name is of that file, or of one inside it."""
    return name.startswith((f"{file}#", f"{file}/"))


def _may_hold_files(member: str) -> bool:
    """Whether a member is an archive, as far as its name tells."""
    format = BY_SUFFIX.get(suffix_of(member.rpartition("/")[2]))
    return format is None or format.has_members


def _is_of(names: set[str], inside: str, document_id: str) -> bool:
    """Whether an id is of one of these files, or of one in them, or a row's own, of which that is not known.

    inside: how the other ids begin.
    """
    if not document_id.startswith(inside) or row_names.file_of(document_id) in names:
        return True
    above = document_id
    while above and above not in names:
        above = above.rpartition("/")[0]
    return bool(above)

"""The members of an archive as files of their own: which of them are read, and what is said of the others.

Reading one is its caller's. What is known of an archive's members from an earlier run comes with a Visit.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator

from ..errors import SourceError
from .archives.limits import MAX_DEPTH
from .archives.streams import skip
from .content import OpenFile
from .files import SourceFile, why_member_is_passed_over
from .formats import of_name
from .formats.contract import Member
from .ignoring import Choice
from .metered import Metered
from .opened import Opened
from .problems import RefusedRow


class Visit:
    """What whoever has a file read wants to know on the way. This one wants nothing."""

    def opened(self, reading: Opened) -> None:
        """The file was opened; its digest is complete when its reading ends."""

    def refused(self, row: RefusedRow) -> None:
        """A row, or a file from here on, could not be read."""

    def wants_stamps(self, file: SourceFile) -> bool:
        """Whether anything is known of the members of this archive."""
        return False

    def stamped(self, file: SourceFile, stamps: dict[str, str]) -> None:
        """The stamps of the members that there are, before any is read."""

    def is_unchanged(self, member: SourceFile) -> bool:
        """Whether a member need not be read."""
        return False

    def passed_over(self, member: SourceFile) -> None:
        """A member is there, and is not read."""

    def done(self, member: SourceFile, stamp: str) -> None:
        """A member was read to its end."""


class Passing:
    """Which members are read. What is not is counted, as a walk does it, or refused, each reason once."""

    def __init__(
        self,
        archive: SourceFile,
        choice: Choice,
        pass_over: Callable[[str, str], object],
        visit: Visit,
        refuse: Callable[[str], object],
    ) -> None:
        """pass_over: is given what is passed over, as messages call it, and why. refuse: is given reasons."""
        self._archive, self._choice, self._visit = archive, choice, visit
        self._pass_over, self._refuse = pass_over, refuse
        self._refused: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def files(self, members: Iterator[Member]) -> Iterator[tuple[SourceFile, Member]]:
        """Those that are read, each with its file. The reasons are told at the end, also at an early one."""
        try:
            yield from self._chosen(members)
        except SourceError:
            self._tell()
            raise
        self._tell()

    def _chosen(self, members: Iterator[Member]) -> Iterator[tuple[SourceFile, Member]]:
        for member in members:
            file = self._archive.inside(member.name, member.size_bytes, member.mtime_ns)
            reason = why_member_is_passed_over(self._archive, member.name, self._choice)
            reason = reason or member.passed_over
            if reason:
                self._pass_over(file.shown, reason)
                self._visit.passed_over(file)
                continue
            refused = member.refused
            if not refused and file.format and of_name(file.format).has_members:
                refused = why_too_deep(file)
            if refused:
                self._refused[refused] += 1
                self._first.setdefault(refused, file.shown)
                self._visit.refused(RefusedRow(0, None, file))
                continue
            yield file, member

    def _tell(self) -> None:
        for reason, num in self._refused.items():
            more = f" (and {num - 1:,} more members)" if num > 1 else ""
            self._refuse(f"its {self._first[reason][len(self._archive.shown) + 1 :]!r} {reason}{more}")


def why_too_deep(archive: SourceFile) -> str:
    """Why an archive is not read that lies in others; "" if it is."""
    if archive.depth < MAX_DEPTH:
        return ""
    return f"is an archive inside {MAX_DEPTH} others, and no deeper one is read; unpack the outer ones"


def stamps_of(reading: OpenFile) -> dict[str, str]:
    """The stamps of the members of an archive, which is read for that alone.

    Two members of one name have one stamp. It ends where the archive cannot be read on.
    """
    stamps: dict[str, str] = {}
    try:
        for member in reading.members():
            if member.passed_over or member.refused:
                continue
            stamp, before = stamp_of(member), stamps.get(member.name)
            stamps[member.name] = stamp if before is None else joint_stamp(before, stamp)
    except SourceError:
        pass  # said when it is read
    return stamps


def joint_stamp(before: str, stamp: str) -> str:
    """The stamp of all members of one name, so far and with one more; "" if that of any is."""
    if not (before and stamp):
        return ""
    return hashlib.blake2b(f"{before} {stamp}".encode(), digest_size=16).hexdigest()


def stamp_of(member: Member) -> str:
    """What changes with a member's bytes; it reads them if need be. "" if they cannot be read."""
    if member.stamp:
        return member.stamp
    try:
        with Metered(member.opened(), owned=False) as metered:
            skip(metered)
            return metered.hash.hexdigest()
    except SourceError:
        return ""

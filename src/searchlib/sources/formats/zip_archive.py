"""Zip archives: each member is a file of its own, found by the directory at the archive's end.

An archive that is cut off has none: then the members are found by their own headers, as far as they go. A
.zip that is laid out as an office document is that document.
"""

from __future__ import annotations

import itertools
import stat
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from functools import partial

from ...errors import SourceError
from ..archives.limits import MADE_TO_FILL, MAX_MEMBERS, UNPACK_IT, Budget
from ..archives.names import NameDecoder, harmless
from ..archives.streams import Pieces, RandomAccess, Readable
from ..archives.zip_directory import Entry, NoDirectory, fields_of, read_directory
from ..archives.zip_members import pieces_of, why_not_read
from ..archives.zip_recovery import entries_without_directory
from .contract import Content, Member

PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
"""How a program begins, behind which an archive may stand that it unpacks."""

_MAX_MIMETYPE = 200
_UNIX = 3
_EXTENDED_TIME, _NTFS_TIME = 0x5455, 0x000A
_NTFS_EPOCH_S = 11_644_473_600
_LOCAL_BYTES = 30
_OFFICE = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
_MIMETYPES = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.presentation-template": "odp",
}


def members(content: Content) -> Iterator[Member]:
    """The members, in the order of the directory. Raises SourceError where it must end early."""
    source = content.anywhere()
    try:
        directory = read_directory(source, MAX_MEMBERS)
        _check_overlaps(iter(directory))
    except NoDirectory as error:
        if source.at(0, 4) != b"PK\x03\x04":
            raise SourceError("is no zip archive: it does not begin like one, and " + str(error)) from None
        yield from _members(source, partial(entries_without_directory, source), content)
        raise SourceError(
            "is cut off: the directory at its end is missing; what stands before the cut is read, "
            "copy the archive anew for the rest"
        ) from None
    if directory.num_before and not source.at(0, 4).startswith(PROGRAMS):
        content.say(f"{directory.num_before:,} bytes stand before the archive and are not read")
    yield from _members(source, lambda: iter(directory), content)


def whole_document(content: Content) -> str | None:
    """The name of the format of a document that is such a package; None of an archive of files."""
    source = content.anywhere()
    try:
        names = {entry.name: entry for entry in read_directory(source, MAX_MEMBERS)}
        if b"[Content_Types].xml" in names and b"_rels/.rels" in names:
            folders = {name.partition(b"/")[0].decode("ascii", "replace") + "/" for name in names}
            return next((format for folder, format in _OFFICE.items() if folder in folders), None)
        said = names.get(b"mimetype")
        if said is not None and said.size <= _MAX_MIMETYPE:
            kind = b"".join(pieces_of(source, said, "mimetype")).decode("ascii", "replace").strip()
            return _MIMETYPES.get(kind)
    except SourceError:
        pass  # said when it is read as an archive
    return None


def _check_overlaps(entries: Iterator[Entry]) -> None:
    """Members whose bytes are used by others make much of little. Raises SourceError."""
    spans = sorted((entry.offset, entry.offset + _LOCAL_BYTES + entry.packed) for entry in entries)
    if any(start < end for (_, end), (start, _) in itertools.pairwise(spans)):
        raise SourceError(f"its members overlap, {MADE_TO_FILL}; {UNPACK_IT}")


def _members(
    source: RandomAccess, entries: Callable[[], Iterator[Entry]], content: Content
) -> Iterator[Member]:
    names = NameDecoder(entry.name for entry in entries())
    num_faulty, example, num_nameless = 0, "", 0
    for entry in entries():
        raw = names.of_entry(entry)
        name, fault = harmless(raw.replace("\\", "/"))
        if raw.endswith(("/", "\\")) and not entry.size:
            continue  # a folder
        if fault:
            num_faulty += 1
            example = example or f"{raw!r} {fault} and is read as {name!r}"
        if not name:
            num_nameless += 1
            continue
        kind = stat.S_IFMT(entry.attributes >> 16) if entry.made_by == _UNIX else 0
        yield Member(
            name,
            entry.size,
            _modified_ns(entry),
            f"{entry.checksum:08x}{entry.size:x}",
            partial(_open, source, entry, name, content.budget),
            "links" if kind == stat.S_IFLNK else "",
            why_not_read(entry),
        )
    tell_names(content, num_faulty, example, num_nameless)


def tell_names(content: Content, num_faulty: int, example: str, num_nameless: int) -> None:
    """Say which names were not taken as they are."""
    if num_faulty:
        more = f", and {num_faulty - 1:,} more such names" if num_faulty > 1 else ""
        content.say(f"the member {example}{more}")
    if num_nameless:
        content.refuse(f"{num_nameless:,} of its members have no name and are not read")


def _open(source: RandomAccess, entry: Entry, name: str, budget: Budget) -> Readable:
    def pieces() -> Iterator[bytes]:
        for piece in pieces_of(source, entry, name):
            budget.spend(len(piece))
            yield piece

    return Pieces(pieces())


def _modified_ns(entry: Entry) -> int:
    """When a member was changed; what DOS knows is the time of a place that is not said: that of here."""
    for kind, content in fields_of(entry.extra):
        if kind == _EXTENDED_TIME and len(content) >= 5 and content[0] & 1:
            return max(0, int.from_bytes(content[1:5], "little", signed=True)) * 10**9
        if kind == _NTFS_TIME and content[4:8] == b"\x01\x00\x18\x00":
            return max(0, int.from_bytes(content[8:16], "little") * 100 - _NTFS_EPOCH_S * 10**9)
    of_day, day = entry.time
    moment = (1980 + (day >> 9), day >> 5 & 15, day & 31, of_day >> 11, of_day >> 5 & 63, of_day % 32 * 2)
    try:
        datetime(*moment, tzinfo=timezone.utc)
        return max(0, int(time.mktime((*moment, 0, 0, -1)))) * 10**9
    except (ValueError, OverflowError):
        return 0

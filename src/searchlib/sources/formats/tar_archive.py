"""Tar archives: each member is a file of its own, in the order in which they stand.

The archive is read forward once, as a stream, which may be unpacked on the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from ..archives.limits import MAX_MEMBERS
from ..archives.names import NameDecoder, harmless
from ..archives.tar_headers import TarStream
from .contract import Content, Member
from .zip_archive import tell_names

_SKIPPED = {"link": "links", "device": "pipes or devices"}
_REFUSED = {
    "sparse": "has holes, as images of disks have; unpack it yourself: tar -xf FILE",
    "continued": "is continued from another volume; unpack them together yourself: tar -xMf FILE",
}


def members(content: Content) -> Iterator[Member]:
    """The members. Raises SourceError where it must end early."""
    stream = TarStream(content.stream(), content.say)
    names = NameDecoder()
    num_faulty, example, num_nameless = 0, "", 0
    for number, found in enumerate(stream.members()):
        if number == MAX_MEMBERS:
            raise SourceError(
                f"it has more than {MAX_MEMBERS:,} members, the most that are read; unpack it yourself"
            )
        if found.kind == "folder":
            continue
        raw = names.text(found.name)
        name, fault = harmless(raw)
        if fault and found.kind not in _SKIPPED:
            num_faulty += 1
            example = example or f"{raw!r} {fault} and is read as {name!r}"
        if not name:
            num_nameless += 1
            continue
        yield Member(
            name,
            found.size,
            max(0, found.mtime) * 10**9,
            "",
            found.opened,
            _SKIPPED.get(found.kind, ""),
            _REFUSED.get(found.kind, ""),
        )
    tell_names(content, num_faulty, example, num_nameless)

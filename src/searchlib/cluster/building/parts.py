"""The sources of a build, cut into parts: files that are read together, or a stretch of a big one.

Each part is a task. Their order is that of the sources, and so is that of documents: an ordinal is the part's
number and the place in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...errors import SourceError
from ...records import Record
from ...sources.files import STDIN, SourceFile
from ...sources.sources import Sources
from ...sources.stretches import Stretch

PLACE_BITS = 32
"""Of an ordinal: so many documents has a part, at most, and as many parts there may be."""

MAX_PARTS = 1 << 30
_MOST_FILES = 2000


class Part(Record):
    """Files that one task reads; or one file of which it reads a stretch."""

    files: tuple[SourceFile, ...]
    stretch: Stretch | None = None

    @property
    def num_bytes(self) -> int:
        """Of the sources."""
        if self.stretch is not None:
            return self.stretch.end - self.stretch.begin
        return sum(file.size_bytes for file in self.files)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        files = [{name: value for name, value in file.as_dict().items() if value} for file in self.files]
        return {"files": files, "stretch": self.stretch}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Part:
        """The inverse of to_dict."""
        blank = {"name": "", "path": "", "root": "", "format": ""}
        files = tuple(SourceFile(**{**blank, **each}) for each in data["files"])
        return cls(files, Stretch(*data["stretch"]) if data["stretch"] else None)


def first_ordinal(part: int) -> int:
    """The ordinal of a part's first document."""
    return part << PLACE_BITS


def part_of(ordinal: int) -> int:
    """The number of the part that has this document."""
    return ordinal >> PLACE_BITS


Cut = tuple[SourceFile, int, int]
"""A stretch of which nothing but its beginning and its end is known."""


def cut(sources: Sources, num_bytes: int) -> Iterator[list[SourceFile] | list[Cut]]:
    """The files in their order: some that are read together, or the stretches of one. Raises SourceError."""
    together: list[SourceFile] = []
    size = 0
    for file in sources.files():
        if file.path == STDIN:
            raise SourceError(
                "standard input cannot be read by several tasks; write it to a file, and build from that"
            )
        bounds = sources.stretches(file, num_bytes)
        if together and (bounds or size + file.size_bytes > num_bytes or len(together) >= _MOST_FILES):
            yield together
            together, size = [], 0
        if bounds:
            yield [(file, begin, end) for begin, end in bounds]
            continue
        together.append(file)
        size += file.size_bytes
    if together:
        yield together


def stretched(cuts: Iterable[Cut], num_lines: Iterable[int]) -> list[Part]:
    """The stretches of a file as parts. num_lines: how many each has."""
    parts = []
    line = 1
    for (file, begin, end), num in zip(cuts, num_lines, strict=True):
        parts.append(Part((file,), Stretch(begin, end, line)))
        line += num
    return parts

"""Bytes that something appended to a file of an index: what was written is whole, and the rest is cut off.

A file is cut only once all that its entry describes is verified. The manifest is not looked at here.
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import CorruptIndexError, IndexVersionError
from .check import damaged_parts
from .directory import Directory
from .files import FileEntry, unwrap_blob
from .manifest import Manifest
from .segment import SegmentFile


class CutFile(NamedTuple):
    """A file that was longer than it was written: how many bytes behind its end were cut off."""

    file: str
    num_bytes: int


def cut_surplus(directory: Directory, manifest: Manifest) -> list[CutFile]:
    """Give each file of a commit its length again, if it is longer and its own bytes are intact."""
    found = []
    for entry in manifest.files():
        num_bytes = directory.surplus(entry)
        if num_bytes and _is_whole(directory, entry):
            directory.cut(entry)
            found.append(CutFile(entry.name, num_bytes))
    return found


def _is_whole(directory: Directory, entry: FileEntry) -> bool:
    try:
        data = directory.beginning(entry)
        if not entry.name.endswith(".segment"):
            unwrap_blob(data, entry)
            return True
        return not list(damaged_parts(SegmentFile(data, entry)))
    except (CorruptIndexError, IndexVersionError):
        return False

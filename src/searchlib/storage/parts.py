"""The version of each part of a segment, so that one part may change and the others stay.

Whoever changes what is inside a part counts its version up here; the file says which version each of its
parts has.
"""

from __future__ import annotations

from ..errors import IndexTooNewError, IndexTooOldError
from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

_VERSIONS: dict[str, int] = {"column:": 2, "documents": 2}
"""By the whole name, or by ".words" and "column:" and the like for the parts of fields. What is not here has
version 1."""

PARTS_OF_FIELDS = frozenset(("words", "postings", "positions", "norms", "lengths", "stats", "vectors"))
"""What a part of a searched field is called behind the field's name and a dot."""

Parts: TypeAlias = dict[str, tuple[int, int]]
"""Offsets and lengths, by name."""


def column_part(field: str) -> str:
    """The name of a field's column: no other part of any field has that, for no name has a colon."""
    return f"column:{field}"


def part_version(name: str) -> int:
    """The version in which this code writes and reads the part."""
    if name in _VERSIONS:
        return _VERSIONS[name]
    prefix, colon, _ = name.partition(":")
    return _VERSIONS.get(f"{prefix}:" if colon else name[name.rfind(".") :] if "." in name else name, 1)


def check_part_version(name: str, version: int, file: str) -> None:
    """IndexTooOldError or IndexTooNewError unless the part is of the version that is read."""
    known = part_version(name)
    of, _, field = name.partition(".")
    if of == "column" and field not in PARTS_OF_FIELDS:
        version, known = 1, 2  # a column as it was, whose part had another name
    if version < known:
        raise IndexTooOldError(
            f"{file}: its part {name!r} has version {version}, this searchlib reads {known}: rebuild the "
            f"index from its sources"
        )
    if version > known:
        raise IndexTooNewError(
            f"{file}: its part {name!r} has version {version}, this searchlib reads {known}: upgrade "
            f"searchlib"
        )

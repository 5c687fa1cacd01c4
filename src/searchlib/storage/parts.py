"""The version of each part of a segment, so that one part may change and the others stay.

Whoever changes what is inside a part counts its version up here; the file says which version each of its
parts has.
"""

from __future__ import annotations

from ..errors import IndexTooNewError, IndexTooOldError

_VERSIONS: dict[str, int] = {"documents": 2}
"""By the whole name, or by ".words" and the like for the parts of fields. What is not here has version 1."""


def part_version(name: str) -> int:
    """The version in which this code writes and reads the part."""
    return _VERSIONS.get(name) or _VERSIONS.get(name[name.rfind(".") :] if "." in name else name, 1)


def check_part_version(name: str, version: int, file: str) -> None:
    """IndexTooOldError or IndexTooNewError unless the part is of the version that is read."""
    known = part_version(name)
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

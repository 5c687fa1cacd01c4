"""What one index has, and a collection of several shards has not: said by name."""

from __future__ import annotations

from ..errors import NotOfCollectionsError


def lacking(what: str, like: type, name: str) -> AttributeError:
    """The error for an attribute that is not there. like: the class that may have it."""
    if hasattr(like, name) and not name.startswith("_"):
        return NotOfCollectionsError(
            f"{what} of several shards has no {name!r}: it is for one index; what makes and writes a "
            f"collection is in docs/cluster.md"
        )
    return AttributeError(f"{what} has no {name!r}")

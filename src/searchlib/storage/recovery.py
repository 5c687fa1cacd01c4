"""Which manifest is the best that is left? For check and repair alone: readers never step back.

The manifest is given with where it was found; if none is left, a CorruptIndexError says what to do.
"""

from __future__ import annotations

import contextlib

from ..errors import CorruptIndexError, IndexNotFoundError, NotAnIndexError
from .directory import Directory
from .files import MANIFEST
from .manifest import Manifest, parse_copy, read_manifest, split_copies


def recover_manifest(directory: Directory) -> tuple[Manifest, str]:
    """The best manifest that is left, and where it was: "live", "copy" (half of the live one) or "old".

    The newest of all whole copies; CorruptIndexError if none is left.
    """
    try:
        return read_manifest(directory), "live"
    except (CorruptIndexError, NotAnIndexError) as error:
        found: list[tuple[Manifest, str]] = []
        for where, read in (("copy", directory.read_manifest), ("old", directory.read_old_manifest)):
            with contextlib.suppress(CorruptIndexError, IndexNotFoundError):
                found += [(parse_copy(copy, MANIFEST), where) for copy in split_copies(read() or b"")]
        if found:
            return max(found, key=lambda one: one[0].generation)  # of equal ones, the live one's copy
        if isinstance(error, NotAnIndexError):
            raise
        raise CorruptIndexError(
            "neither the manifest nor the one before it can be read, so nothing says what the index holds; "
            "index the documents again: `searchlib index PATH… --index NEW_DIR`",
            file=MANIFEST,
        ) from error

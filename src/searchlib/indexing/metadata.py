"""The index's metadata: JSON that its users keep with it, committed with the documents it speaks of.

A manifest comes in, JSON text goes out.
"""

from __future__ import annotations

from ..storage.manifest import Manifest
from ..storage.memory import AnyDirectory

EMPTY = "{}"


def read_metadata(directory: AnyDirectory, manifest: Manifest) -> str:
    """The metadata's JSON text; an empty object if none was ever written."""
    if manifest.metadata is None:
        return EMPTY
    return bytes(directory.read_file(manifest.metadata)).decode("utf-8", "surrogatepass")

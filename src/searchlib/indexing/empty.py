"""An index without documents: how one is made, and how a schema that was guessed gives way to another.

When a call returns, its manifest is live in the directory. No document is known.
"""

from __future__ import annotations

from ..analyzers import field_analyzers, fingerprints
from ..errors import IndexExistsError, SchemaError
from ..schema import Schema
from ..storage.directory import Directory
from ..storage.manifest import Manifest, read_manifest


def create(directory: Directory, schema: Schema, inferred: bool) -> None:
    """Make an empty index there. Raises IndexExistsError, NotAnIndexError, LockError."""
    directory.create()
    with directory.lock():
        if directory.exists():
            raise IndexExistsError(f"there is already an index at {directory}; open it")
        directory.replace_manifest(_next(Manifest({}), schema, inferred).to_bytes())


def replace_schema(directory: Directory, schema: Schema, inferred: bool) -> None:
    """Give an index whose schema is open another. Raises SchemaError, LockError."""
    with directory.lock():
        manifest = read_manifest(directory)
        if not manifest.schema_is_open:
            raise SchemaError("only an index without documents and with an inferred schema gets another")
        directory.replace_manifest(_next(manifest, schema, inferred).to_bytes())


def _next(before: Manifest, schema: Schema, inferred: bool) -> Manifest:
    """The next manifest, without segments: those that an index without documents has are of no use."""
    return before.replace(
        schema=schema.to_dict(),
        schema_is_inferred=inferred,
        analyzer=fingerprints(schema, field_analyzers(schema)),
        generation=before.generation + 1,
        segments=(),
        change=None,
    )

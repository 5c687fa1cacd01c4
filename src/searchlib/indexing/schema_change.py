"""How a schema becomes another: fields that come, go and change.

Here is said what the next schema is. What is done to segments for it stands beside it.
"""

from __future__ import annotations

from ..errors import SchemaError
from ..schema import Field, Schema


def with_field(schema: Schema, name: str, field: Field) -> Schema:
    """The schema with one more field, its last one. SchemaError."""
    if name in schema:
        raise SchemaError(
            f"there is a field {name!r} already, {schema[name]!r}; change_field gives it other options"
        )
    return Schema(**dict(schema), **{name: field})

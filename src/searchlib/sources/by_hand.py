"""A text that somebody hands over, with fields as they are typed: a document of the schema, or its schema.

What is typed is read as the cells of a table are: "3" is a number where the field is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import DocumentError
from ..schema import ID, Schema, Text
from .inference import SchemaSketch, document_schema
from .mapping import RowMapper, main_field

_DIGITS = 6


def schema_of_text(fields: Mapping[str, Sequence[str]]) -> Schema:
    """The schema of a first text, and of fields with these values."""
    sketch = SchemaSketch()
    sketch.add(_row(fields), cells=True)
    others = dict(sketch.schema() or {})
    names = [name for name in others if name not in fields]
    for name in names:
        del others[name]
    return Schema(**{**dict(document_schema()), **others})


def document_of_text(
    text: str,
    schema: Schema,
    fields: Mapping[str, Sequence[str]] | None = None,
    document_id: str | None = None,
) -> dict[str, Any]:
    """A document of the schema: the text stands in the field where texts stand.

    fields: further values, as they are typed; of several for one field, all. document_id: None makes one of
    the content, so that the same text is the same document.
    DocumentError: a field is not in the schema, or a value none of its.
    """
    row = _row(fields or {})
    unknown = [name for name in row if name not in schema and name != ID]
    if unknown:
        raise DocumentError(f"there is no field {unknown[0]!r}; this index has: id, {', '.join(schema)}")
    if text.strip():
        main = main_field(schema)
        if main in row:
            raise DocumentError(f"the field {main!r} is given twice: as the text, and by its name")
        if not isinstance(schema.get(main), Text):
            raise DocumentError("the schema has no field for a text; give its fields by name")
        row[main] = text
    if document_id is None and ID not in row:
        content = repr(sorted(row.items())).encode("utf-8", "surrogatepass")
        document_id = f"text-{hashlib.blake2b(content, digest_size=_DIGITS).hexdigest()}"
    try:
        document, _ = RowMapper().document(row, schema, document_id or "", cells=True)
    except ValueError as error:
        raise DocumentError(f"the text cannot be a document: {error}") from None
    return {**document, ID: document_id} if document_id is not None else document


def _row(fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {name: values[0] if len(values) == 1 else list(values) for name, values in fields.items()}

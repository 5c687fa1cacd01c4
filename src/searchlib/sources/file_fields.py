"""What is known of a file beside its content: name, path, folder, extension, size and modified.

A document that is a whole file has them as fields; a row has none, for its file's name would stand in each of
a million rows. Where rows have a column of such a name, the column keeps it and the file's field is called
file_name. No file is read here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ..schema import Date, Field, Keyword, Number, Schema, Text
from .files import SourceFile

FILE_FIELDS: Mapping[str, Field] = {
    "name": Text(column=True),
    "path": Text(column=True, default=False),
    "folder": Text(column=True, default=False),
    "extension": Keyword(fold=True),
    "size": Number(),
    "modified": Date(),
}
"""A plain query looks into the name alone: a folder's words would find all that is in it."""

_PREFIX = "file_"


def file_values(file: SourceFile) -> dict[str, Any]:
    """The values by the names of FILE_FIELDS; paths begin with the name of the folder that was given."""
    folder = file.root.rpartition("/")[2]
    path = f"{folder}/{file.name}" if folder else file.name
    above, _, name = path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    values: dict[str, Any] = {"name": name, "path": path, "size": file.size_bytes}
    if above:
        values["folder"] = above
    if stem and dot and extension:
        values["extension"] = extension.lower()
    if file.mtime_ns:
        with contextlib.suppress(
            OverflowError, ValueError, OSError
        ):  # of a year beyond 9999, as disks have them
            values["modified"] = datetime.fromtimestamp(file.mtime_ns // 10**9, timezone.utc)
    return values


def places(schema: Mapping[str, Field]) -> dict[str, str]:
    """The names of the schema's fields for them; of a field of another kind, no name."""
    found = {}
    for name, field in FILE_FIELDS.items():
        for target in (f"{_PREFIX}{name}", name):
            if target in schema and schema[target].kind == field.kind:
                found[name] = target
                break
    return found


def has_file_fields(schema: Mapping[str, Field]) -> bool:
    """Whether a schema has them already: no column of rows becomes such an extension."""
    return "extension" in places(schema)


def missing(schema: Mapping[str, Field], taken: Mapping[str, Field] | None = None) -> dict[str, Field]:
    """The fields that a schema would need for them; taken: fields that are the rows' own."""
    found = places({name: field for name, field in schema.items() if name not in (taken or ())})
    return {
        f"{_PREFIX}{name}" if name in schema else name: field
        for name, field in FILE_FIELDS.items()
        if name not in found and f"{_PREFIX}{name}" not in schema
    }


class FileFields:
    """Puts a file's values into its document."""

    def __init__(self) -> None:
        self._schema: Schema | None = None
        self._places: dict[str, str] = {}

    def fill(self, document: dict[str, Any], file: SourceFile, schema: Schema) -> None:
        """A value that the document has of its own stays; where both are text it has both."""
        if self._schema is not schema:
            self._schema, self._places = schema, places(schema)
        if not self._places:
            return
        for name, value in file_values(file).items():
            target = self._places.get(name)
            if target is None:
                continue
            own = document.get(target)
            if own is None:
                document[target] = value
            elif isinstance(value, str) and isinstance(FILE_FIELDS[name], Text) and value != own:
                document[target] = [*own, value] if isinstance(own, list) else [own, value]

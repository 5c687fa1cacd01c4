"""Raw fields of a row to a document of the schema.

Raw fields come in; a document goes out, with its id and its values as the schema's kinds, or a ValueError
that says what is wrong with the row. Fields are renamed here, as the user asked and where a name cannot be a
field's, and nested ones made flat. It knows nothing of files or formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..errors import SourceError
from ..kinds.base import describe
from ..schema import ID, Schema
from .conversion import convert
from .naming import FieldNames, field_name, flat

_MAX_LEFT_OUT = 10_000
OTHERS = "…"
"""In `left_out`: all names beyond the first ten thousand."""


class RowMapper:
    """How rows become documents; it counts the fields that it left out."""

    def __init__(self, rename: Mapping[str, str] | None = None) -> None:
        """rename: source field → schema field; a dot reaches into an object: {"meta.author": "author"}."""
        self.renaming = dict(rename or {})
        self._names = FieldNames()
        self.left_out: Counter[str] = Counter()
        for source, target in self.renaming.items():
            if not source or (target != ID and field_name(target) != target):
                raise SourceError(
                    f"a field is renamed as source=field, for example text=body, got {source}={target}"
                )

    def check(self, schema: Schema) -> None:
        """SourceError if a renamed field is none of the schema's."""
        for source, target in self.renaming.items():
            if target != ID and target not in schema:
                raise SourceError(
                    f"the field {target!r} (in {source}={target}) is not in the schema, which has: "
                    f"{', '.join(schema)}"
                )

    @property
    def told_apart(self) -> Mapping[str, str]:
        """The source's names that would have become another's, and what they became."""
        return self._names.told_apart

    def rename(self, fields: Mapping[str, Any], schema: Schema | None = None) -> dict[str, Any]:
        """The row under the schema's names; nulls are dropped, and objects are taken apart.

        But an object stays whole where a schema has its name, and none of those inside it.
        """
        result: dict[str, Any] = {}
        for name, value in flat(fields).items():
            if name not in self.renaming and value is not None:
                result[self._names.of(name)] = value
        if schema is not None:
            for name, value in fields.items():
                if isinstance(value, dict) and name in schema and name not in self.renaming:
                    inner = [self._names.of(key) for key in flat({name: value})]
                    if not any(key in schema for key in inner):
                        result[name] = value
        for source, target in reversed(self.renaming.items()):  # of two sources for one field, the first wins
            value = _reach(fields, source)
            if value is not None:
                result[target] = value
        return result

    def document(
        self, fields: Mapping[str, Any], schema: Schema, default_id: str, *, cells: bool = False
    ) -> tuple[dict[str, Any], str | None]:
        """The document, and its own id if the row has one. Raises ValueError with what is wrong."""
        row = self.rename(fields, schema)
        own_id = _own_id(row.pop(ID, None))
        document: dict[str, Any] = {ID: default_id if own_id is None else own_id}
        for name, value in row.items():
            if name not in schema:
                known = name in self.left_out or len(self.left_out) < _MAX_LEFT_OUT
                self.left_out[name if known else OTHERS] += 1
                continue
            try:
                document[name] = convert(value, schema[name], cells=cells)
            except ValueError as error:
                raise ValueError(f"field {name!r} {error}") from None
        if len(document) == 1:
            raise ValueError(_no_field(row, schema))
        return document, own_id

    def own_id(self, fields: Mapping[str, Any]) -> str | None:
        """The id of a row that was refused; None if it has none that can be read."""
        try:
            return _own_id(self.rename(fields).get(ID))
        except ValueError:
            return None


def _reach(fields: Mapping[str, Any], source: str) -> Any:
    if source in fields or "." not in source:
        return fields.get(source)
    value: Any = fields
    for part in source.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _own_id(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    raise ValueError(f"its id is a string or a whole number, got {describe(value)}")


def _no_field(row: Mapping[str, Any], schema: Schema) -> str:
    has = f"it has: {', '.join(list(row)[:8])}" if row else "it has no field at all"
    hint = f"; rename one, as in --map {_longest(row)}={_main_field(schema)}" if row else ""
    return f"lacks every field of the schema ({', '.join(schema)}); {has}{hint}"


def _longest(row: Mapping[str, Any]) -> str:
    """The field that is most likely the text of a row."""
    return max(row, key=lambda name: len(row[name]) if isinstance(row[name], str) else -1)


def _main_field(schema: Schema) -> str:
    """Where the text of a document belongs: a title has a boost."""
    fields = schema.text_fields
    return min(fields, key=lambda name: getattr(schema[name], "boost", 1.0)) if fields else "body"

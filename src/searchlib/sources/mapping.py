"""Raw fields of a row to a document of the schema.

The document has its id, and its values as the schema's kinds; where that cannot be, a ValueError says what is
wrong with the row. Fields are renamed here, as the user asked and where a name cannot be a field's, and
nested ones made flat. It knows nothing of files or formats.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import SourceError
from ..kinds.base import describe
from ..schema import ID, Field, Schema, Text
from .conversion import convert, is_blank
from .inference import SchemaSketch, text_field
from .naming import FieldNames, field_name, flat, is_map_of_objects

_MAX_LEFT_OUT = 10_000
_MAX_NAMED = 8
_MAX_ASKED = 100
"""Names in an object that are looked for in the schema."""

TEXT_BESIDE = "_text"
"""What stands behind a field's name in that of the field for its values that are none: year_text."""

OTHERS = "…"
"""In `left_out`: all names beyond the first ten thousand."""


class RowMapper:
    """How rows become documents; it counts the fields that it left out."""

    def __init__(self, rename: Mapping[str, str] | None = None) -> None:
        """rename: source field → schema field; a dot reaches into an object: {"meta.author": "author"}."""
        self.renaming = dict(rename or {})
        self._names = FieldNames()
        self.left_out: Counter[str] = Counter()
        self.put_elsewhere: Counter[str] = Counter()
        """How many values of a field went into the one of text beside it."""
        self.grow: Callable[[dict[str, Field]], Schema] | None = None
        """Takes fields that the schema lacks, and gives the schema that has those for which there is room."""
        self._schema: Schema | None = None
        self._kinds: dict[str, Field] = {}
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

    @property
    def names(self) -> FieldNames:
        """What the source's names became."""
        return self._names

    def rename(self, fields: Mapping[str, Any], schema: Schema | None = None) -> dict[str, Any]:
        """The row under the schema's names; nulls are dropped, and objects are taken apart.

        But an object stays whole where a schema has its name, and none of those inside it.
        """
        result: dict[str, Any] = {}
        renaming, name_of = self.renaming, self._names.of
        flattened: Mapping[str, Any]
        if any(type(value) is dict or type(value) is list for value in fields.values()):
            flattened = flat(fields, lambda path, value: self._is_map(path, value, schema))
        else:
            flattened = fields  # so are most rows; each step here is taken for each of their values
        for name, value in flattened.items():
            if value is not None and name not in renaming:
                target = name_of(name)
                if target == ID and ID in result:
                    target = self._names.of_second_id(name)
                result[target] = value
        if schema is not None and flattened is not fields:
            for name, value in fields.items():
                if isinstance(value, dict) and name in schema and name not in renaming:
                    inner = [name_of(key) for key in flat({name: value})]
                    if not any(key in schema for key in inner):
                        result[name] = value
        for source, target in reversed(renaming.items()):  # of two sources for one field, the first wins
            value = _reach(fields, source)
            if value is not None:
                result[target] = value
        return result

    def _is_map(self, path: str, value: dict[str, Any], schema: Schema | None) -> bool:
        """Whether an object maps ids to objects; a schema tells how others at its path were read."""
        if schema is not None and value and all(isinstance(item, dict) for item in value.values()):
            names = {name for item in value.values() for name in item}
            if len(names) <= _MAX_ASKED:
                if any(
                    _has(schema, field_name(f"{path}.{key}")) for key in itertools.islice(value, _MAX_ASKED)
                ):
                    return False
                if any(_has(schema, field_name(f"{path}.{name}")) for name in names):
                    return True
        return is_map_of_objects(value)

    def document(
        self, fields: Mapping[str, Any], schema: Schema, default_id: str, *, cells: bool = False
    ) -> tuple[dict[str, Any], str | None]:
        """The document, and its own id if the row has one. Raises ValueError with what is wrong."""
        kinds = self._kinds_of(schema)
        row = self.rename(fields, schema)
        own_id = _own_id(row.pop(ID, None))
        document: dict[str, Any] = {ID: default_id if own_id is None else own_id}
        others: dict[str, Any] = {}
        apart: list[tuple[str, str, int]] = []
        for name, value in row.items():
            if is_blank(value):
                continue
            field = kinds.get(name)
            if type(value) is str and type(field) is Text:  # so are most values of wide tables
                document[name] = value
                continue
            if field is None:
                others[name] = value
                continue
            try:
                document[name] = convert(value, field, cells=cells)
            except ValueError as error:
                if self.grow is None:
                    raise ValueError(f"field {name!r} {error}") from None
                beside, values = _apart(name, value, field, cells, document)
                others[beside] = values[0] if len(values) == 1 and beside != name else values
                apart.append((name, beside, len(values)))
        if others and self.grow is not None:
            others = self._grown(others, document, cells)
        if len(document) == 1 and not any(name in kinds for name in row):  # one of blank values is a document
            raise ValueError(_no_field(row, schema))
        for name in others:  # of documents, not of rows that were refused
            known = name in self.left_out or len(self.left_out) < _MAX_LEFT_OUT
            self.left_out[name if known else OTHERS] += 1
        for name, beside, count in apart:
            if beside in document and beside != name:
                self.put_elsewhere[name] += count
        return document, own_id

    def _grown(self, others: dict[str, Any], document: dict[str, Any], cells: bool) -> dict[str, Any]:
        """Put values into fields that there were not, and give those that got none."""
        assert self.grow is not None and self._schema is not None
        if new := self.new_fields(others, self._schema, cells):
            self._kinds_of(self.grow(new))
        left = {}
        for name, value in others.items():
            try:
                document[name] = convert(value, self._kinds[name], cells=cells)
            except (KeyError, ValueError):
                left[name] = value
        return left

    def new_fields(self, values: Mapping[str, Any], schema: Schema, cells: bool) -> dict[str, Field]:
        """Fields for those of the values for which the schema has none."""
        sketch = SchemaSketch()
        sketch.add({name: value for name, value in values.items() if name not in schema}, cells=cells)
        fields = sketch.fields()
        for name, value in values.items():  # what another field did not take is text, whatever it looks like
            if name in fields and name.endswith(TEXT_BESIDE) and name.removesuffix(TEXT_BESIDE) in schema:
                fields[name] = text_field(name, *map(str, value if isinstance(value, list) else [value]))
        return fields

    def _kinds_of(self, schema: Schema) -> dict[str, Field]:
        if self._schema is not schema:
            self._schema, self._kinds = schema, dict(schema)
        return self._kinds

    def own_id(self, fields: Mapping[str, Any]) -> str | None:
        """The id of a row that was refused; None if it has none that can be read."""
        try:
            return _own_id(self.rename(fields).get(ID))
        except ValueError:
            return None


def _apart(
    name: str, value: Any, field: Field, cells: bool, document: dict[str, Any]
) -> tuple[str, list[Any]]:
    """Puts those of a field's values into the document that it takes; where the others go, and these.

    They belong into a field of text beside it. Objects are too deep, and belong nowhere.
    """
    taken, others = [], []
    for item in value if isinstance(value, list) else [value]:
        try:
            taken.append(convert(item, field, cells=cells))
        except ValueError:
            others.append(item)
    if taken:
        document[name] = taken
    if field.searched or any(isinstance(item, dict | list) for item in others):
        return name, others
    return f"{name}{TEXT_BESIDE}", others


def _has(schema: Schema, name: str) -> bool:
    """Whether there is a field of this name, or of an object of this name."""
    return any(field == name or field.startswith(f"{name}_") for field in schema)


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
    has = f"it has: {', '.join(list(row)[:_MAX_NAMED])}" if row else "it has no field at all"
    hint = f"; rename one, as in --map {_longest(row)}={main_field(schema)}" if row else ""
    fields = list(schema)
    more = f" and {len(fields) - _MAX_NAMED:,} more" if len(fields) > _MAX_NAMED else ""
    return f"lacks every field of the schema ({', '.join(fields[:_MAX_NAMED])}{more}); {has}{hint}"


def _longest(row: Mapping[str, Any]) -> str:
    """The field that is most likely the text of a row."""
    return max(row, key=lambda name: len(row[name]) if isinstance(row[name], str) else -1)


def main_field(schema: Schema) -> str:
    """Where the text of a document belongs: a title has a boost."""
    fields = schema.text_fields
    return min(fields, key=lambda name: getattr(schema[name], "boost", 1.0)) if fields else "body"

"""What the next schema is, where a field comes, goes or changes, and what that asks of the segments.

Schemas alone are looked at here. What is done to segments stands in schema_change.py and rebuilding.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..errors import SchemaError
from ..records import Record
from ..schema import Field, Keyword, Schema, Text


def with_field(schema: Schema, name: str, field: Field) -> Schema:
    """The schema with one more field, its last one. SchemaError."""
    if name in schema:
        raise SchemaError(
            f"there is a field {name!r} already, {schema[name]!r}; change_field gives it other options"
        )
    return Schema(**dict(schema), **{name: field})


def without_field(schema: Schema, name: str) -> Schema:
    """The schema without a field. SchemaError, UnknownFieldError."""
    schema.field(name)
    if len(schema) == 1:
        raise SchemaError(f"{name!r} is the last field, and an index has at least one; add another one first")
    return Schema(**{other: field for other, field in schema.items() if other != name})


def with_changed(schema: Schema, fields: Mapping[str, Field]) -> Schema:
    """The schema with other fields of the same names, in their places. SchemaError, UnknownFieldError."""
    for name in fields:
        schema.field(name)
    return Schema(**{**schema, **fields})


class Work(Record):
    """What of a segment is written anew: of which fields the words, the columns, and what is stored.

    converted: the fields whose values become those of another type.
    """

    words: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    stored: frozenset[str] = frozenset()
    converted: frozenset[str] = frozenset()

    @property
    def fields(self) -> frozenset[str]:
        """All of them."""
        return self.words | self.columns | self.stored


def work_between(before: Schema, after: Schema, again: Collection[str] = ()) -> Work:
    """What has to be written so that documents are those of another schema with the same names.

    again: fields whose words, or folded columns, were made by other rules than today's. What only a search
    looks at, a boost, k1, b, the default fields, asks for nothing.
    """
    words, columns, stored, converted = set(), set(), set(), set()
    for name, new in after.items():
        old = before[name]
        if old.kind != new.kind:
            converted.add(name)
        if new.searched and (name in again or _analysis(old) != _analysis(new)):
            words.add(name)
        if new.has_column and (not old.has_column or _values(old) != _values(new)):
            columns.add(name)
        if name in again and new.has_column and getattr(new, "fold", False):
            columns.add(name)
        if old.stored != new.stored:
            stored.add(name)
            if new.searched:
                words.add(name)  # its exact lengths are kept, or not
        elif new.stored and name in converted and not (_has_strings(old) and _has_strings(new)):
            stored.add(name)
    return Work(frozenset(words), frozenset(columns), frozenset(stored), frozenset(converted))


def _analysis(field: Field) -> object:
    if isinstance(field, Text):
        return field.languages, field.parts, field.analyzer, field.term_vectors
    return field.fold if isinstance(field, Keyword) else field.kind


def _values(field: Field) -> object:
    """What a column of it holds."""
    return field.code, getattr(field, "fold", False)


def _has_strings(field: Field) -> bool:
    return isinstance(field, (Text, Keyword))

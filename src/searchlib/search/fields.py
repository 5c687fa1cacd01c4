"""Fields whose values stand in columns: which ones these are, and their values as the core takes and gives them.

The core knows whole numbers that keep the order of values, and strings. What they stand for is said here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import _core
from ..errors import DocumentError, QueryError, brief
from ..kinds import column_kind
from ..schema import Field, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..storage.opened import OpenSegment


def with_column(schema: Schema, name: str, wanted_for: str) -> Field:
    """The field; QueryError if it has no column, UnknownFieldError if it is none."""
    field = schema.field(name)
    if field.kind == "text":
        raise QueryError(
            f"field {name!r} is running text, which is not {wanted_for}; "
            f"keep what is in a Keyword, Number, Date or Boolean field"
        )
    return field


def column_number(schema: Schema, name: str) -> int:
    """The core's number of a field that has a column."""
    return list(schema.column_kinds).index(name)


class FieldValues:
    """A field of a snapshot. core: for the core."""

    def __init__(self, schema: Schema, name: str, segments: Sequence[OpenSegment]) -> None:
        self.name, self.kind = name, schema[name].kind
        self.has_strings = self.kind == "keyword"
        self.core = _core.FieldColumn([self._values(segment) for segment in segments], self.has_strings)

    def _values(self, segment: OpenSegment) -> Any:
        if self.has_strings:
            documents = (segment.documents.get(doc).get(self.name) for doc in range(segment.entry.num_docs))
            return [
                [] if value is None else [value] if isinstance(value, str) else list(value) for value in documents
            ]
        column = segment.column(self.name)
        if column is None:
            return None
        made = []
        for doc in range(column.num_docs):
            first, end = column.bounds(doc)
            made.append([self._number(value) for value in column.values[first:end]])
        return made

    def _number(self, value: Any) -> int:
        return _core.sortable(value) if self.kind == "number" else int(value)

    def key_of(self, value: Any) -> int:
        """The number that the core has for a value; a string is the beginning of what it stands for.

        QueryError if the field cannot have it.
        """
        kind = column_kind(self.kind)
        if isinstance(value, str):
            return self._number(kind.bounds(value, self.name)[0])
        try:
            return self._number(kind.to_column(value, self.name))
        except DocumentError as error:
            raise QueryError(str(error)) from None

    def value_of(self, key: int | str | None) -> Any:
        """The value of a number of the core's, or of a string; None for none."""
        if key is None or isinstance(key, str):
            return key
        number = _core.unsortable(key) if self.kind == "number" else key
        return column_kind(self.kind).from_column(number)

    def need(self, kinds: Sequence[str], what: str) -> None:
        """QueryError if the field is of another kind."""
        if self.kind not in kinds:
            names = " and ".join(name.capitalize() for name in kinds)
            raise QueryError(f"{what} is for {names} fields; {self.name!r} is a {self.kind.capitalize()}")

    def __repr__(self) -> str:
        return f"<FieldValues {brief(self.name)}>"

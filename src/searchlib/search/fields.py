"""Fields whose values stand in columns: which ones, and their values as the core takes and gives them.

The core knows whole numbers that keep the order of values, and strings. What they stand for their kind says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import _core
from ..errors import QueryError
from ..kinds import column_kind
from ..schema import Field, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_column(schema: Schema, name: str, wanted_for: str) -> Field:
    """The field; QueryError if it has no column, UnknownFieldError if it is none."""
    field = schema.field(name)
    if not field.has_column:
        what = "is running text" if field.kind == "text" else "has no column"
        raise QueryError(
            f"field {name!r} {what}, which is not {wanted_for}; it takes a Number, Date, Boolean or Keyword "
            f"field, or a Text or Keyword field with column=True, and documents that are indexed with it"
        )
    return field


class FieldValues:
    """A field of a snapshot. core: for the core."""

    def __init__(self, schema: Schema, name: str, snapshot: _core.Snapshot) -> None:
        self.name, self.kind = name, schema[name].kind
        self._kind = column_kind(self.kind)
        self.has_strings = self._kind.strings
        self.core = _core.FieldColumn.of(snapshot, schema.column_numbers[name])

    def key_of(self, value: Any) -> int:
        """The number that the core has for a value; a string is the beginning of what it stands for.

        QueryError if the field cannot have it.
        """
        read = self._kind.bounds if isinstance(value, str) else self._kind.span
        return self._kind.key(read(value, self.name)[0])

    def value_of(self, key: int | str | None) -> Any:
        """The value of a number of the core's, or of a string; None for none."""
        if key is None or isinstance(key, str):
            return key
        return self._kind.from_column(_core.unsortable(key) if self.kind == "number" else key)

    def need(self, kinds: Sequence[str], what: str) -> None:
        """QueryError if the field is of another kind."""
        if self.kind not in kinds:
            names = " and ".join(name.capitalize() for name in kinds)
            raise QueryError(f"{what} is for {names} fields; {self.name!r} is a {self.kind.capitalize()}")

"""Fields whose values stand in columns: which ones, and their values as the core takes and gives them.

The core knows whole numbers that keep the order of values, and strings. What they stand for their kind says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .. import _core
from ..errors import QueryError
from ..kinds import column_kind, kind_of
from ..kinds.base import ColumnKind
from ..schema import FIELD_TYPES, ID, Field, Schema, Text


def with_column(schema: Schema, name: str, wanted_for: str) -> Field:
    """The field; QueryError if it has no column, UnknownFieldError if it is none."""
    if name == ID:
        raise QueryError(f"ids are not {wanted_for}; keep what is {wanted_for} in a field of its own")
    field = schema.field(name)
    if not field.has_column:
        what = "is running text" if isinstance(field, Text) else "has no column"
        raise QueryError(
            f"field {name!r} {what}, which is not {wanted_for}; it takes a Number, Integer, Date, Boolean or "
            f"Keyword field, or a Text or Keyword field with column=True, and documents indexed with it"
        )
    return field


class FieldValues:
    """A field of a snapshot. core: for the core. kind: what is done with its values."""

    def __init__(self, schema: Schema, name: str, snapshot: _core.Snapshot) -> None:
        self.name, self.kind = name, column_kind(schema[name].kind)
        self._type = type(schema[name]).__name__
        self.has_strings = self.kind.strings
        self.steps: dict[Any, Any] = {}  # of histograms, that were worked out (tallying.py)
        self.core = snapshot.column(schema.column_numbers[name])

    def key_of(self, value: Any) -> int:
        """The number that the core has for a value; a string is the beginning of what it stands for.

        QueryError if the field cannot have it.
        """
        read = self.kind.bounds if isinstance(value, str) else self.kind.span
        return self.kind.key(read(value, self.name)[0])

    def value_of(self, key: int | str | None) -> Any:
        """The value of a number of the core's, or of a string; None for none."""
        if key is None or isinstance(key, str):
            return key
        return self.kind.of_key(key)

    def need(self, fits: Fits, what: str) -> None:
        """QueryError if the field's kind does not fit."""
        if not fits(self.kind):
            raise QueryError(f"{what} is for {types_that(fits)} fields; {self.name!r} is a {self._type}")


Fits: TypeAlias = Callable[[ColumnKind], bool]


def are_quantities(kind: ColumnKind) -> bool:
    """Whether its values have sums."""
    return kind.quantities


def are_moments(kind: ColumnKind) -> bool:
    """Whether calendars divide its values."""
    return kind.moments


def have_distances(kind: ColumnKind) -> bool:
    """Whether one may say how far its values lie apart."""
    return kind.quantities or kind.moments


def types_that(fits: Fits) -> str:
    """The field types whose values fit, for messages: "Number and Date"."""
    kinds = {cls: kind_of(name) for name, cls in FIELD_TYPES.items()}
    names = [cls.__name__ for cls, kind in kinds.items() if isinstance(kind, ColumnKind) and fits(kind)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

"""What the library asks of a field type: value → stored → column → range → check, in that order.

A type is one module beside this one, with one object `KIND`. It knows neither files nor documents nor query
syntax: it turns one value into another, and what it refuses it refuses in words. Of a program's values only
what cannot be mistaken is taken for another: a Decimal for its number, a string of ISO 8601 for its date.
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from enum import Enum
from typing import Any, ClassVar, TypeAlias

from ..errors import DocumentError, QueryError, brief

Scalar: TypeAlias = Any
"""A value as a column holds it: a float, an int or a string, the same for all values of a field."""


class Kind(ABC):
    """What a field type does with values. One object a type; it has no state."""

    # ---- value: what a source has for it

    @abstractmethod
    def read(self, raw: Any, cells: bool) -> Any:
        """The value of a raw one of a source, a JSON value, or a cell of a table if `cells`.

        ValueError, whose text completes "field 'x' …", if it is none.
        """

    def looks_like(self, raw: Any, cells: bool) -> bool:
        """Whether a raw value is so clearly of this type that a schema may be guessed from it.

        What one type takes for its own, no other does. False where strings have to be looked at together.
        """
        return False

    def takes(self, raw: Any, cells: bool) -> bool:
        """Whether it can be this type's where others of the field look like it: ids are not all large.

        False for a type that no value of another one belongs to.
        """
        return False

    # ---- accepted: what a program may give for it

    plain: ClassVar[frozenset[type]] = frozenset()
    """Types whose values are taken as they are."""

    def accept(self, value: Any, field: str) -> Any:
        """The value of one of another type that says the same; itself where there is none such.

        DocumentError where there is one, but not this one.
        """
        return value

    # ---- cell: what a table of another library holds

    cell: ClassVar[str] = "string"
    """The type of its column there: "string", "double", "whole", "bool" or "moment"."""

    def to_cell(self, value: Any) -> Any:
        """A value as such a column holds it."""
        return value

    # ---- stored: what the stored document has for it; a type that needs these says so in its Field.is_json

    def to_stored(self, value: Any, field: str) -> Any:
        """JSON for a value, to be stored; DocumentError if it is none."""
        return value

    def from_stored(self, stored: Any) -> Any:
        """The inverse of to_stored; ValueError for what that never gives."""
        return stored


class ColumnKind(Kind):
    """A type whose values stand in columns: for filters, sorting and facets."""

    strings: ClassVar[bool] = False
    """Whether they are strings there, which have no keys."""
    quantities: ClassVar[bool] = False
    """Whether they are quantities, which have sums and means."""
    whole: ClassVar[bool] = False
    """Whether they are whole numbers, whose sums are exact."""
    moments: ClassVar[bool] = False
    """Whether they are moments, which calendars divide and which have an age."""

    # ---- column

    @abstractmethod
    def to_column(self, value: Any, field: str) -> Scalar:
        """A value as the column holds it; DocumentError, which names the field, if it is none."""

    # ---- range

    @abstractmethod
    def spelt(self, text: str) -> Any:
        """The value that a text spells, as `span` takes it.

        ValueError, whose text completes "field 'x' …", if it is none.
        """

    @abstractmethod
    def bounds(self, text: str, field: str) -> tuple[Scalar, Scalar]:
        """The least and the greatest number that a word of a query stands for; QueryError if it is none."""

    def span(self, value: Any, field: str) -> tuple[Scalar, Scalar]:
        """The least and the greatest number that a program's value stands for, a date for its day.

        QueryError if it is none. Nothing lies between them if no column can hold the value.
        """
        try:
            number = self.to_column(value, field)
        except DocumentError as error:
            raise QueryError(str(error)) from None
        return number, number

    def key(self, number: Scalar) -> int:
        """The integer that the core compares in place of a number: it ascends as numbers do."""
        return int(number)

    def of_key(self, key: int) -> Any:
        """The value of such an integer."""
        return self.from_column(key)

    # ---- check: what is read back, by whoever shows a value and by check() for every one

    @abstractmethod
    def from_column(self, number: Scalar) -> Any:
        """The value of a column's number. ValueError, which says what it is, if no value has it."""


class StringKind(ColumnKind):
    """A type whose values are strings, in their column as well."""

    strings = True
    plain = frozenset({str})

    def accept(self, value: Any, field: str) -> Any:
        """Members of an enum count as their values, UUIDs and paths as their strings."""
        if isinstance(value, Enum):
            value = value.value
        return str(value) if is_of(value, "uuid", "UUID") or is_of(value, "pathlib", "PurePath") else value

    def to_column(self, value: Any, field: str) -> str:
        if not isinstance(value, str):
            raise DocumentError(f"field {field!r} holds strings, got {type(value).__name__}: {brief(value)}")
        return value

    def spelt(self, text: str) -> str:
        return text

    def bounds(self, text: str, field: str) -> tuple[str, str]:
        return text, text

    def from_column(self, number: Scalar) -> str:
        return str(number)


def is_of(value: Any, module: str, name: str) -> bool:
    """Whether a value is of a class of a module that is not loaded here: if nobody has, it is not."""
    found = getattr(sys.modules.get(module), name, None)
    return found is not None and isinstance(value, found)


def describe(raw: Any) -> str:
    """A raw value in a message: its type, and itself where that is short."""
    if isinstance(raw, str):
        return f"the string {raw if len(raw) <= 40 else raw[:39] + '…'!r}"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float):
        return f"the number {raw!r}" if not isinstance(raw, int) or abs(raw) < 10**20 else "a huge number"
    if isinstance(raw, dict):
        return "an object"
    return "a list" if isinstance(raw, list) else "null"


def string_of(raw: Any) -> str:
    """A raw value that must be a string. ValueError."""
    if isinstance(raw, str):
        return raw
    raise ValueError(f"is a string, got {describe(raw)}")

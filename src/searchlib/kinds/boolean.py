"""Boolean: True or False, as 1 and 0 in its column. Tables and queries spell it true, yes, 1 or да."""

from __future__ import annotations

from typing import Any

from ..errors import DocumentError, QueryError, brief
from ..literals import parse_boolean, parse_number
from .base import ColumnKind, Scalar, describe


class BooleanKind(ColumnKind):
    """True and False."""

    plain = frozenset({bool})
    cell = "bool"

    def read(self, raw: Any, cells: bool) -> bool:
        if isinstance(raw, bool):
            return raw
        spelt = parse_boolean(raw) if cells and isinstance(raw, str) else None
        if spelt is not None:
            return spelt
        raise ValueError(f"is true or false, got {describe(raw)}")

    def looks_like(self, raw: Any, cells: bool) -> bool:
        """0 and 1 are numbers sooner."""
        if not cells or not isinstance(raw, str):
            return isinstance(raw, bool)
        return parse_boolean(raw) is not None and parse_number(raw) is None

    def to_column(self, value: Any, field: str) -> int:
        if not isinstance(value, bool):
            raise DocumentError(
                f"field {field!r} holds True or False, got {type(value).__name__}: {brief(value)}"
            )
        return int(value)

    def spelt(self, text: str) -> bool:
        value = parse_boolean(text)
        if value is None:
            raise ValueError(f"holds true or false, got {brief(text)}")
        return value

    def bounds(self, text: str, field: str) -> tuple[int, int]:
        try:
            value = int(self.spelt(text))
        except ValueError as error:
            raise QueryError(f"field {field!r} {error}; write {field}:true or {field}:false") from None
        return value, value

    def from_column(self, number: Scalar) -> bool:
        return bool(number)


KIND = BooleanKind()

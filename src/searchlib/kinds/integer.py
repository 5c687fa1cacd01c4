"""Integer: a whole number of 64 bits, as it is in its column: no double stands between, so all are exact.

A source that has one beyond 2**53 means an id, as those of tweets: as a double it would be another's.
"""

from __future__ import annotations

import math
from typing import Any

from ..errors import DocumentError, QueryError, brief
from ..literals import parse_number
from .base import ColumnKind, Scalar, describe, is_of
from .number import MAX_EXACT, has_leading_zero, parse_spelt

_LEAST, _MOST = -(2**63), 2**63 - 1


class IntegerKind(ColumnKind):
    """Whole numbers from -2**63 to 2**63 - 1."""

    quantities = True
    whole = True
    plain = frozenset({int})
    cell = "whole"

    def accept(self, value: Any, field: str) -> Any:
        """A Decimal or a Fraction that is whole counts as that number."""
        if isinstance(value, (bool, str, int, float)):
            return value
        if hasattr(value, "__index__"):
            return value.__index__()
        if is_of(value, "decimal", "Decimal") or is_of(value, "numbers", "Real"):
            try:
                number = float(value)
                if number.is_integer() and abs(number) < 2.0**64 and (whole := int(value)) == value:
                    return whole
            except (OverflowError, ValueError):
                return value
        return value

    def read(self, raw: Any, cells: bool) -> int:
        spelt = parse_number(raw) if cells and isinstance(raw, str) else None
        value = raw if spelt is None else spelt
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"is a whole number, got {describe(value)}")
        if not _LEAST <= value <= _MOST:
            raise ValueError("is a whole number of 64 bits, got one beyond them")
        return value

    def looks_like(self, raw: Any, cells: bool) -> bool:
        """What a double would round. The others may be anything's, until one of these stands beside them."""
        value = raw
        if isinstance(raw, str):
            value = parse_number(raw) if cells and not has_leading_zero(raw) else None
        if isinstance(value, bool) or not isinstance(value, int):
            return False
        return abs(value) > MAX_EXACT and _LEAST <= value <= _MOST

    def takes(self, raw: Any, cells: bool) -> bool:
        """Any whole number, but for what is a code sooner."""
        if isinstance(raw, str) and has_leading_zero(raw):
            return False
        try:
            self.read(raw, cells)
        except ValueError:
            return False
        return True

    def to_column(self, value: Any, field: str) -> int:
        if isinstance(value, (bool, str, float)) or not hasattr(value, "__index__"):
            raise DocumentError(
                f"field {field!r} holds whole numbers, got {type(value).__name__}: {brief(value)}"
            )
        whole: int = value.__index__()
        if not _LEAST <= whole <= _MOST:
            raise DocumentError(
                f"field {field!r} holds whole numbers of 64 bits, got {brief(value)}; "
                f"a Keyword field keeps any"
            )
        return whole

    def spelt(self, text: str) -> int | float:
        """A fraction, too: it lies between two of them."""
        value = parse_spelt(text)
        if value is None:
            raise ValueError(f"holds whole numbers, got {brief(text)}")
        return value

    def bounds(self, text: str, field: str) -> tuple[int, int]:
        try:
            return _around(self.spelt(text))
        except ValueError as error:
            raise QueryError(f"field {field!r} {error}; write for example {field}:1991") from None

    def span(self, value: Any, field: str) -> tuple[int, int]:
        """Of a fraction the whole numbers on both sides of it: between these there is nothing."""
        value = self.accept(value, field)
        if isinstance(value, (bool, str)) or not (isinstance(value, float) or hasattr(value, "__index__")):
            raise QueryError(
                f"field {field!r} holds whole numbers, got {type(value).__name__}: {brief(value)}"
            )
        if value != value:
            raise QueryError(f"field {field!r}: NaN is neither more nor less than any number")
        return _around(value if isinstance(value, float) else value.__index__())

    def from_column(self, number: Scalar) -> int:
        return int(number)


def _around(value: float) -> tuple[int, int]:
    """The least whole number that is not below, and the greatest that is not above.

    Beyond 64 bits one of the two is the last that these have.
    """
    if value > _MOST:
        return _MOST + 1, _MOST
    if value < _LEAST:
        return _LEAST, _LEAST - 1
    return math.ceil(value), math.floor(value)


KIND = IntegerKind()

"""Number: an int or float, as a double in its column. A cell of a table is the number that it spells."""

from __future__ import annotations

import math
import re
from typing import Any

from ..errors import DocumentError, QueryError, brief
from .base import ColumnKind, Scalar, describe

_MAX_EXACT = 2**53
_INTEGER = re.compile(r"[+-]?\d{1,300}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\Z", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0\d")


class NumberKind(ColumnKind):
    """Doubles: exact for integers up to 2**53."""

    typecode = "d"

    def read(self, raw: Any, cells: bool) -> int | float:
        value = parse_number(raw) if cells and isinstance(raw, str) else raw
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"is a number, got {describe(value)}")
        try:
            finite = math.isfinite(value)
        except OverflowError:
            finite = False
        if not finite:
            raise ValueError("is a number that a double can hold, got one beyond it")
        return value

    def looks_like(self, raw: Any, cells: bool) -> bool:
        """A code that begins with 0 is no number: its digits would be lost."""
        if isinstance(raw, str):
            return cells and not _LEADING_ZERO.match(raw) and not isinstance(parse_number(raw), str)
        return isinstance(raw, int | float) and not isinstance(raw, bool)

    def to_column(self, value: Any, field: str) -> float:
        """Refused: NaN, which has no place in an order, and integers that a double rounds."""
        if isinstance(value, (bool, str)) or not (isinstance(value, float) or hasattr(value, "__index__")):
            raise DocumentError(f"field {field!r} holds numbers, got {type(value).__name__}: {brief(value)}")
        if not isinstance(value, float):
            value = value.__index__()
            if abs(value) > _MAX_EXACT:
                raise DocumentError(
                    f"field {field!r}: integers are exact up to 2**53, got {brief(value)}; "
                    f"a Keyword field keeps any"
                )
        if value != value:
            raise DocumentError(
                f"field {field!r}: NaN is not a number that can be sorted; leave the value out"
            )
        return float(value)

    def bounds(self, text: str, field: str) -> tuple[float, float]:
        try:
            value = float(text)
        except ValueError:
            raise QueryError(
                f"field {field!r} holds numbers, got {text!r}; write for example {field}:1991"
            ) from None
        return value, value

    def from_column(self, number: Scalar) -> float:
        return float(number)


def parse_number(text: str) -> int | float | str:
    """The number that a cell spells, or the cell as it is."""
    text = text.strip()
    if _INTEGER.match(text):
        return int(text)
    return float(text) if len(text) <= 300 and _DECIMAL.match(text) else text


KIND = NumberKind()

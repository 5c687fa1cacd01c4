"""Number: an int or float, as a double in its column. A cell of a table is the number that it spells."""

from __future__ import annotations

import math
import re
import struct
from typing import Any

from ..errors import DocumentError, QueryError, brief
from ..literals import parse_number
from .base import ColumnKind, Scalar, describe, is_of

MAX_EXACT = 2**53
"""Up to it a double has every integer."""
_GROUP_SPACE = re.compile("[ \u00a0\u2007\u2009\u202f]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2007\u2009\u202f]\d{3})+(?:\.\d+)?\Z")
_LEADING_ZERO = re.compile(r"[+-]?0\d")


def has_leading_zero(text: str) -> bool:
    """Whether a string is a code sooner than a number: as that it would lose digits."""
    return _LEADING_ZERO.match(text) is not None


def parse_spelt(text: str) -> int | float | None:
    """The number that a word of a query is; 1 000 is 1000."""
    return parse_number(_GROUP_SPACE.sub("", text) if _GROUPED.match(text) else text)


class NumberKind(ColumnKind):
    """Doubles: exact for integers up to 2**53."""

    quantities = True
    plain = frozenset({int, float})
    cell = "double"

    def to_cell(self, value: Any) -> float:
        return float(value)

    def accept(self, value: Any, field: str) -> Any:
        """A Decimal, a Fraction and the like count as the number that they are, to a double's precision."""
        if isinstance(value, (bool, str, int, float)):
            return value
        if hasattr(value, "__index__"):
            return value.__index__()
        if not (is_of(value, "decimal", "Decimal") or is_of(value, "numbers", "Real")):
            return value
        try:
            number = float(value)
            return int(value) if number.is_integer() and abs(number) <= MAX_EXACT else number
        except (OverflowError, ValueError):  # beyond a double, or a signalling NaN
            raise DocumentError(
                f"field {field!r}: {brief(value)} is no number that a double can hold"
            ) from None

    def read(self, raw: Any, cells: bool) -> int | float:
        spelt = parse_number(raw) if cells and isinstance(raw, str) else None
        value = raw if spelt is None else spelt
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"is a number, got {describe(value)}")
        try:
            finite = math.isfinite(value)
        except OverflowError:
            finite = False
        if value != value:
            raise ValueError("is a number, got NaN")
        if not finite:
            raise ValueError("is a number that a double can hold, got one beyond it")
        if isinstance(value, int) and abs(value) > MAX_EXACT:
            raise ValueError(f"is a number, of which integers are exact up to 2**53, got {brief(value)}")
        return value

    def looks_like(self, raw: Any, cells: bool) -> bool:
        """A code that begins with 0 is no number: its digits would be lost.

        Nor are integers that a double does not keep exactly: they are Integer's.
        """
        value = raw
        if isinstance(raw, str):
            value = parse_number(raw) if cells and not has_leading_zero(raw) else None
            if isinstance(value, float) and not math.isfinite(value):
                return False
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return isinstance(value, float) or abs(value) <= MAX_EXACT

    def to_column(self, value: Any, field: str) -> float:
        """Refused: NaN, which has no place in an order, and integers that a double rounds."""
        if isinstance(value, (bool, str)) or not (isinstance(value, float) or hasattr(value, "__index__")):
            raise DocumentError(f"field {field!r} holds numbers, got {type(value).__name__}: {brief(value)}")
        if not isinstance(value, float):
            value = value.__index__()
            if abs(value) > MAX_EXACT:
                raise DocumentError(
                    f"field {field!r}: integers are exact up to 2**53, got {brief(value)}; "
                    f"an Integer field keeps those of 64 bits, a Keyword field any"
                )
        if value != value:
            raise DocumentError(
                f"field {field!r}: NaN is not a number that can be sorted; leave the value out"
            )
        return float(value)

    def spelt(self, text: str) -> int | float:
        value = parse_spelt(text)
        if value is None:
            raise ValueError(f"holds numbers, got {brief(text)}")
        return value

    def bounds(self, text: str, field: str) -> tuple[float, float]:
        try:
            value = float(self.spelt(text))
        except ValueError as error:
            raise QueryError(f"field {field!r} {error}; write for example {field}:1991") from None
        return value, value

    def span(self, value: Any, field: str) -> tuple[float, float]:
        """Between the doubles on both sides of an integer that none of them is there is nothing."""
        try:
            value = self.accept(value, field)
        except DocumentError as error:
            raise QueryError(str(error)) from None
        if isinstance(value, (bool, str)) or not (isinstance(value, float) or hasattr(value, "__index__")):
            raise QueryError(f"field {field!r} holds numbers, got {type(value).__name__}: {brief(value)}")
        if value != value:
            raise QueryError(f"field {field!r}: NaN is neither more nor less than any number")
        if isinstance(value, float):
            return value, value
        whole = value.__index__()
        try:
            near = float(whole)
        except OverflowError:
            most = math.nextafter(math.inf, 0)
            return (math.inf, most) if whole > 0 else (-most, -math.inf)
        low = near if near >= whole else math.nextafter(near, math.inf)
        return low, near if near <= whole else math.nextafter(near, -math.inf)

    def key(self, number: Scalar) -> int:
        """The double's bits, so that the sign counts as a number's does; -0 is 0."""
        (bits,) = struct.unpack("<q", struct.pack("<d", float(number) + 0.0))
        key: int = bits if bits >= 0 else bits ^ 0x7FFF_FFFF_FFFF_FFFF
        return key

    def of_key(self, key: int) -> Any:
        bits = key if key >= 0 else key ^ 0x7FFF_FFFF_FFFF_FFFF
        (number,) = struct.unpack("<d", struct.pack("<q", bits))
        return self.from_column(number)

    def from_column(self, number: Scalar) -> float:
        return float(number)


KIND = NumberKind()

"""What a Number, Date or Boolean field holds, as a double, as microseconds since 1970 in UTC, or as 0 and 1.

Python values come in and are checked one by one; plain numbers go out. Nothing is guessed: no string is
parsed, no time zone assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, TypeAlias

from ..errors import DocumentError, brief

Scalar: TypeAlias = float | int
"""As a column holds it."""

_MAX_EXACT = 2**53
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


def number_value(value: Any, field: str) -> float:
    """A Number's value. Refused: NaN, which has no place in an order, and integers that a double rounds."""
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
        raise DocumentError(f"field {field!r}: NaN is not a number that can be sorted; leave the value out")
    return float(value)


def date_value(value: Any, field: str) -> int:
    """A Date's value: a day counts from its midnight in UTC."""
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise DocumentError(
                f"field {field!r}: {value!r} could be any moment of 26 hours; give it a time zone, "
                f"for example value.replace(tzinfo=timezone.utc)"
            )
        return (value - _EPOCH) // _MICROSECOND
    if isinstance(value, date):
        return (value.toordinal() - _EPOCH.toordinal()) * 86_400_000_000
    raise DocumentError(
        f"field {field!r} holds dates and aware datetimes, got {type(value).__name__}: {brief(value)}"
    )


def boolean_value(value: Any, field: str) -> int:
    """A Boolean's value."""
    if not isinstance(value, bool):
        raise DocumentError(
            f"field {field!r} holds True or False, got {type(value).__name__}: {brief(value)}"
        )
    return int(value)


def to_datetime(microseconds: int) -> datetime:
    """The inverse of date_value; OverflowError outside the years 1 to 9999."""
    return _EPOCH + timedelta(microseconds=microseconds)


_CONVERT: Final[dict[str, Callable[[Any, str], Scalar]]] = {
    "number": number_value,
    "date": date_value,
    "boolean": boolean_value,
}


def convert(kind: str, field: str, value: Any) -> list[Scalar]:
    """What a document has in this field (nothing, one value or a list) as a column holds it."""
    function = _CONVERT[kind]
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [function(item, field) for item in value]
    return [function(value, field)]

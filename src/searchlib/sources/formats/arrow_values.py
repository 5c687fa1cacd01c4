"""Columns of Arrow as values that JSON could have: moments and times as ISO 8601, decimals as numbers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

_MAX_DEPTH = 50


def is_binary(kind: pyarrow.DataType) -> bool:
    """Whether a column's values are bytes."""
    from pyarrow import types

    return bool(types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind))


def values_of(column: pyarrow.Array) -> list[Any]:
    """The values; None for one that is missing, or no number. What Python has no value for is text."""
    import pyarrow
    from pyarrow import types

    kind = column.type
    if types.is_string(kind) or types.is_integer(kind) or types.is_boolean(kind):
        return list(column.to_pylist())
    try:
        exact = _in_microseconds(kind, 0)
        values = (column if exact == kind else column.cast(exact, safe=False)).to_pylist()
    except (pyarrow.ArrowException, ValueError, OverflowError):
        values = [_value(one) for one in column]
    return [_plain(value) for value in values]


def _value(scalar: Any) -> Any:
    """A value by itself: text where it is beyond Python's, as the year 33658 is."""
    import pyarrow

    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        try:
            return scalar.cast(pyarrow.string()).as_py()
        except (pyarrow.ArrowException, ValueError):
            return None


def _in_microseconds(kind: pyarrow.DataType, depth: int) -> pyarrow.DataType:
    """The type with microseconds for nanoseconds, which Python's moments have not."""
    import pyarrow
    from pyarrow import types

    if depth > _MAX_DEPTH:
        raise ValueError("its columns are nested too deeply")
    if types.is_timestamp(kind) and kind.unit == "ns":
        return pyarrow.timestamp("us", kind.tz)
    if types.is_time64(kind) and kind.unit == "ns":
        return pyarrow.time64("us")
    if types.is_duration(kind) and kind.unit == "ns":
        return pyarrow.duration("us")
    if types.is_struct(kind):
        inner = [kind.field(at) for at in range(kind.num_fields)]
        return pyarrow.struct([field.with_type(_in_microseconds(field.type, depth + 1)) for field in inner])
    if types.is_list(kind) or types.is_large_list(kind):
        made = pyarrow.list_ if types.is_list(kind) else pyarrow.large_list
        return made(kind.value_field.with_type(_in_microseconds(kind.value_type, depth + 1)))
    return kind


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if value == value else None
    if isinstance(value, list):
        if value and all(isinstance(item, tuple) and len(item) == 2 for item in value):  # a map
            return {str(key): _plain(item) for key, item in value}
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return None
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _number(value)
    return str(value) if not isinstance(value, timedelta) else value.total_seconds()


def _number(value: Decimal) -> Any:
    """A number; text where a double would lose digits of it."""
    if not value.is_finite():
        return None
    if value == value.to_integral_value() and abs(value) < 2**63:
        return int(value)
    return float(value) if len(value.as_tuple().digits) <= 15 else str(value)

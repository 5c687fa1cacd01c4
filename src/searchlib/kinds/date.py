"""Date: a day or an aware moment, microseconds since 1970 in UTC in a column, ISO 8601 where stored.

Sources have it as a string of ISO 8601, or as 31.05.2024; of a query each is a stretch of time,
as long as what it leaves open.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from ..errors import DocumentError, QueryError, brief
from ..literals import parse_date, parse_dotted_date, parse_stretch
from .base import ColumnKind, Scalar, describe

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_DAY_US = 86_400_000_000


class DateKind(ColumnKind):
    """Days and moments; a day counts from its midnight in UTC."""

    moments = True

    def read(self, raw: Any, cells: bool) -> date | datetime:
        result = _date_of(raw)
        if result is None:
            raise ValueError(
                f"is a date like 2024-05-31, 2024-05-31T12:00:00Z or 31.05.2024, got {describe(raw)}"
            )
        return result

    def looks_like(self, raw: Any, cells: bool) -> bool:
        return _date_of(raw) is not None

    def to_stored(self, value: Any, field: str) -> str:
        """A moment is stored in UTC, a day as a day."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise DocumentError(f"field {field!r}: a datetime needs a time zone, got {value!r}")
            return value.astimezone(timezone.utc).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        raise DocumentError(f"field {field!r} holds dates or aware datetimes, got {brief(value)}")

    def from_stored(self, stored: Any) -> date | datetime:
        if not isinstance(stored, str):
            raise ValueError("a date is a string")
        value = parse_date(stored)
        if value is None or value.isoformat() != stored:
            raise ValueError("no date in the form that dates are stored in")
        return value

    def to_column(self, value: Any, field: str) -> int:
        if isinstance(value, datetime):
            if value.utcoffset() is None:
                raise DocumentError(
                    f"field {field!r}: {value!r} could be any moment of 26 hours; give it a time zone, "
                    f"for example value.replace(tzinfo=timezone.utc)"
                )
            return (value - _EPOCH) // _MICROSECOND
        if isinstance(value, date):
            return (value.toordinal() - _EPOCH.toordinal()) * _DAY_US
        raise DocumentError(
            f"field {field!r} holds dates and aware datetimes, got {type(value).__name__}: {brief(value)}"
        )

    def bounds(self, text: str, field: str) -> tuple[int, int]:
        """A year, a month, a week, a day, an hour, a minute or a second is a stretch of time."""
        stretch = parse_stretch(text)
        if stretch is None:
            raise QueryError(
                f"field {field!r} holds dates, got {text!r}; "
                f"write 1991, 1991-09, 1991-W36, 1991-09-01 or 1991-09-01T12:00"
            )
        return stretch

    def span(self, value: Any, field: str) -> tuple[int, int]:
        """A day is all of it, in UTC; a moment is itself."""
        try:
            first = self.to_column(value, field)
        except DocumentError as error:
            raise QueryError(str(error)) from None
        return first, first if isinstance(value, datetime) else first + _DAY_US - 1

    def from_column(self, number: Scalar) -> datetime:
        try:
            return _EPOCH + timedelta(microseconds=number)
        except OverflowError:
            raise ValueError("a date outside the years 1 to 9999") from None


def _date_of(raw: Any) -> date | datetime | None:
    if not isinstance(raw, str):
        return None
    found = parse_date(raw)
    return parse_dotted_date(raw) if found is None else found


KIND = DateKind()

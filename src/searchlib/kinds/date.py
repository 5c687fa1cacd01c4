"""Date: a day or a moment, microseconds since 1970 in UTC in a column, ISO 8601 where stored.

Sources have it as a string of ISO 8601, or as 31.05.2024, and programs as ISO 8601; of a query each is a
stretch of time, as long as what it leaves open. A moment without a time zone is one in UTC, wherever it comes
from: the same document is the same on every machine.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
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
    plain = frozenset({date})
    cell = "moment"

    def to_cell(self, value: Any) -> datetime:
        """A day is its midnight in UTC, as it is where it is sorted."""
        if isinstance(value, datetime):
            return value
        return datetime.combine(value, time(), timezone.utc)

    def accept(self, value: Any, field: str) -> date | datetime:
        """Strings of ISO 8601, datetimes without a zone (UTC), and subclasses of datetime."""
        if isinstance(value, str):
            found = parse_date(value)
            if found is None:
                raise DocumentError(
                    f"field {field!r} holds dates, as date, datetime or a string like 2026-05-31 or "
                    f"2026-05-31T12:00:00Z, got {brief(value)}"
                )
            return found
        if not isinstance(value, datetime):
            return self._checked(value, field)
        try:
            moment = datetime(*value.timetuple()[:6], value.microsecond, value.tzinfo, fold=value.fold)
        except (TypeError, ValueError, AttributeError):  # what pandas has for no moment is a datetime, too
            raise DocumentError(
                f"field {field!r}: {brief(value)} is no moment; leave the value out"
            ) from None
        return moment if moment.utcoffset() is not None else moment.replace(tzinfo=timezone.utc)

    @staticmethod
    def _checked(value: object, field: str) -> date:
        if isinstance(value, date):
            return value
        raise DocumentError(
            f"field {field!r} holds dates, as date, datetime or a string like 2026-05-31, "
            f"got {type(value).__name__}: {brief(value)}"
        )

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
        moment = self.accept(value, field)
        if isinstance(moment, datetime):
            try:
                return moment.astimezone(timezone.utc).isoformat()
            except OverflowError:
                raise _beyond(moment, field) from None
        return moment.isoformat()

    def from_stored(self, stored: Any) -> date | datetime:
        if not isinstance(stored, str):
            raise ValueError("a date is a string")
        value = parse_date(stored)
        if value is None or value.isoformat() != stored:
            raise ValueError("no date in the form that dates are stored in")
        return value

    def to_column(self, value: Any, field: str) -> int:
        moment = self.accept(value, field)
        if isinstance(moment, datetime):
            return (moment - _EPOCH) // _MICROSECOND
        return (moment.toordinal() - _EPOCH.toordinal()) * _DAY_US

    def spelt(self, text: str) -> str:
        """The text itself, which is a stretch of time."""
        if parse_stretch(text) is None:
            raise ValueError(_no_stretch(text))
        return text

    def bounds(self, text: str, field: str) -> tuple[int, int]:
        """A year, a month, a week, a day, an hour, a minute or a second is a stretch of time."""
        stretch = parse_stretch(text)
        if stretch is None:
            raise QueryError(f"field {field!r} {_no_stretch(text)}")
        return stretch

    def span(self, value: Any, field: str) -> tuple[int, int]:
        """A day is all of it, in UTC; a moment is itself; a string is the stretch that it is in a query."""
        if isinstance(value, str):
            return self.bounds(value, field)
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


def _no_stretch(text: str) -> str:
    return f"holds dates, got {brief(text)}; write 1991, 1991-09, 1991-W36, 1991-09-01 or 1991-09-01T12:00"


def _beyond(value: datetime, field: str) -> DocumentError:
    return DocumentError(f"field {field!r}: {value.isoformat()} is outside the years 1 to 9999 in UTC")


def _date_of(raw: Any) -> date | datetime | None:
    if not isinstance(raw, str):
        return None
    found = parse_date(raw)
    return parse_dotted_date(raw) if found is None else found


KIND = DateKind()

"""Steps of histograms: the borders of calendar months, weeks and days in a time zone, and of equal numbers.

Borders are moments or numbers that ascend; what lies between two of them is a step. Which documents have a
value there is not known here.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

from ..errors import QueryError, brief
from ..records import Record

MAX_BUCKETS = 100_000
"""Of a histogram, empty ones included: a step of a minute over a century is nobody's wish."""

NAMES = ("year", "quarter", "month", "week", "day", "hour", "minute")
_SHORTEST_DAYS = {
    "year": 365,
    "quarter": 89,
    "month": 28,
    "week": 7,
    "day": 1,
    "hour": 1 / 24,
    "minute": 1 / 1440,
}
_FIXED = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}


class Interval(Record):
    """name: of a calendar's step, with its zone; or the width of a step of numbers."""

    name: str = ""
    width: float = 0.0
    zone: tzinfo = timezone.utc

    def borders(self, low: Any, high: Any) -> list[Any]:
        """The borders from the one at or before `low` to the first one behind `high`.

        QueryError for more than MAX_BUCKETS steps.
        """
        return self._moments(low, high) if self.name else self._numbers(low, high)

    def _numbers(self, low: float, high: float) -> list[float]:
        if isinstance(low, int) and isinstance(high, int) and self.width.is_integer():
            return self._integers(low, high, int(self.width))
        first, last = math.floor(low / self.width), math.floor(high / self.width)
        self._check(last - first + 1)
        borders = [step * self.width for step in range(first, last + 2)]
        # A quotient is rounded: a border may lie a step off the value that it should enclose.
        while borders[0] > low:
            borders.insert(0, (first := first - 1) * self.width)
        while borders[-1] <= high:
            last += 1
            borders.append((last + 1) * self.width)
        while len(borders) > 2 and borders[1] <= low:
            borders.pop(0)
        while len(borders) > 2 and borders[-2] > high:
            borders.pop()
        return borders

    def _integers(self, low: int, high: int, width: int) -> list[float]:
        self._check(high // width - low // width + 1)
        return [step * width for step in range(low // width, high // width + 2)]

    def _moments(self, low: datetime, high: datetime) -> list[datetime]:
        self._check(math.ceil((high - low).total_seconds() / 86400 / _SHORTEST_DAYS[self.name]))
        if self.name in _FIXED:
            return self._fixed(low, high)
        day = self._begin_of(self.in_zone(low).date())
        borders = [self._midnight(day)]
        if borders[0] > low:  # west of Greenwich the year 1 begins later than time does
            borders.insert(0, datetime.min.replace(tzinfo=timezone.utc))
        while borders[-1] <= high:
            try:
                day = self._next(day)
                moment = self._midnight(day)
            except (ValueError, OverflowError):  # behind the year 9999 there is nothing
                borders.append(datetime.max.replace(tzinfo=timezone.utc))
                break
            if moment > borders[-1]:  # a day that a zone left out has no length
                borders.append(moment)
        return borders

    def _fixed(self, low: datetime, high: datetime) -> list[datetime]:
        """Steps of one length, which begin where the clocks of the zone say so."""
        step = _FIXED[self.name]
        local = self.in_zone(low)
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        try:
            borders = [low - into % step]
        except OverflowError:  # before the year 1 there is nothing either
            borders = [datetime.min.replace(tzinfo=timezone.utc)]
        while borders[-1] <= high:
            try:
                borders.append(borders[-1] + step)
            except OverflowError:
                borders.append(datetime.max.replace(tzinfo=timezone.utc))
                break
        return borders

    def _begin_of(self, day: date) -> date:
        if self.name == "year":
            return day.replace(month=1, day=1)
        if self.name == "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        if self.name == "month":
            return day.replace(day=1)
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1)) if self.name == "week" else day

    def _next(self, day: date) -> date:
        if self.name == "year":
            return date(day.year + 1, 1, 1)
        if self.name in ("quarter", "month"):
            month = day.month - 1 + (3 if self.name == "quarter" else 1)
            return date(day.year + month // 12, month % 12 + 1, 1)
        return day + timedelta(days=7 if self.name == "week" else 1)

    def _midnight(self, day: date) -> datetime:
        """When a day begins in the zone, in UTC."""
        try:
            return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(timezone.utc)
        except OverflowError:  # the first day of the year 1, east of Greenwich
            if day.year > 1:
                raise
            return datetime.min.replace(tzinfo=timezone.utc)

    def in_zone(self, moment: datetime) -> datetime:
        """A border as the clocks of the zone show it."""
        try:
            return moment.astimezone(self.zone)
        except OverflowError:  # at the ends of the calendar
            return moment

    def _check(self, steps: float) -> None:
        if steps > MAX_BUCKETS:
            what = f"steps of {self.name}" if self.name else f"steps of {self.width:g}"
            raise QueryError(
                f"a histogram has at most {MAX_BUCKETS:,} {what}, these values ask for {steps:,.0f}; "
                f"take longer steps, or filter the outliers out"
            )


def interval_of(interval: object, tz: object) -> Interval:
    """What was meant; QueryError if it is nothing."""
    if isinstance(interval, str):
        if interval not in NAMES:
            raise QueryError(f"an interval is one of {', '.join(NAMES)}, or a number; got {brief(interval)}")
        return Interval(name=interval, zone=zone_of(tz))
    if isinstance(interval, bool) or not isinstance(interval, (int, float)):
        raise QueryError(f"an interval is one of {', '.join(NAMES)}, or a number; got {brief(interval)}")
    try:
        width = float(interval)
    except OverflowError:
        width = math.inf
    if not 0 < width < math.inf:
        raise QueryError(f"the width of a histogram's steps is a finite number above 0, got {interval!r:.60}")
    return Interval(width=width)


def zone_of(tz: object) -> tzinfo:
    """A time zone by its name; QueryError if there is none."""
    if isinstance(tz, tzinfo):
        return tz
    if tz == "UTC":
        return timezone.utc
    if isinstance(tz, str):
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(tz)
        except (KeyError, ValueError, OSError):  # no such name; no name at all, as "../x" is; a folder
            pass
    raise QueryError(
        f"tz is a time zone's name, like 'Asia/Tashkent', or a tzinfo; there is none called {brief(tz)}"
    )

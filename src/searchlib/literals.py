"""Numbers, dates and booleans as people write them: one reader for files, queries and schemas.

A text that is no value of the wanted kind gives None. Which kind is wanted is the caller's to know, and so is
what to say of a text that is none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?[ ]?(Z|[+-]\d\d(?::?\d\d)?)?)?\Z",
    re.ASCII,
)
_DOTTED = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?[ ]+(?:в[ ]+)?(\d{1,2}):(\d\d)(?::(\d\d))?)?\Z", re.ASCII
)
# A query's: each part may be the last, and - and : may be left out, of all a day's parts or all a time's.
_STRETCH = re.compile(
    r"(?P<year>\d{4})(?:(?P<dash>-?)(?:W(?P<week>\d\d)(?:(?P=dash)(?P<weekday>\d))?|"
    r"(?P<month>\d\d)(?:(?P=dash)(?P<day>\d\d))?))?"
    r"(?P<time>[T ](?P<hour>\d\d)(?:(?P<colon>:?)(?P<minute>\d\d)"
    r"(?:(?P=colon)(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"[ ]?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?\Z",
    re.ASCII | re.IGNORECASE,
)
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_US = 86_400_000_000
_MICROSECOND = timedelta(microseconds=1)
_INTEGER = re.compile(r"[+-]?\d{1,300}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\Z", re.ASCII)
_WORDS = (("false no 0 нет", False), ("true yes 1 да", True))
_BOOLEANS = {word: value for words, value in _WORDS for word in words.split()}


def parse_number(text: str) -> int | float | None:
    """A whole number or a decimal with a point: 1991, -1.5e3. NaN, infinity, 1_000 and 1,5 are none."""
    text = text.strip()
    if _INTEGER.match(text):
        return int(text)
    return float(text) if len(text) <= 300 and _DECIMAL.match(text) else None


def parse_boolean(text: str) -> bool | None:
    """true, yes, 1 and да; false, no, 0 and нет; in any case."""
    return _BOOLEANS.get(text.strip().casefold())


def parse_date(text: str) -> date | datetime | None:
    """An ISO 8601 date, or a time to the microsecond; a time without a zone is taken to be UTC."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        microsecond = int((fraction or "0").ljust(6, "0")[:6])
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second or 0),
            microsecond,
            _zone(zone),
        )
    except ValueError:
        return None


def parse_dotted_date(text: str) -> date | datetime | None:
    """31.05.2024, as it is written in Russia and Germany: the day comes first. A time behind it is in UTC."""
    match = _DOTTED.match(text.strip())
    if not match:
        return None
    day, month, year, hour, minute, second = (None if part is None else int(part) for part in match.groups())
    assert day is not None and month is not None and year is not None
    try:
        if hour is None or minute is None:
            return date(year, month, day)
        return datetime(year, month, day, hour, minute, second or 0, tzinfo=timezone.utc)
    except ValueError:
        return None


def parse_stretch(text: str) -> tuple[int, int] | None:
    """A stretch of time: its first and last microsecond, both since 1970 in UTC.

    1991, 1991-09, 1991-W36, 1991-09-01 or 1991-W36-7, and, behind a day and T or a space, 12, 12:30, 12:30:45
    and 12:30:45.5, with a zone or in UTC; without - and : too. What is written is what is meant: 12:30 is all
    of that minute.
    """
    match = _STRETCH.match(text.strip())
    if not match:
        return None
    found = match.groupdict()
    try:
        first, end = _days(found)
        if found["time"] is None:
            return first * _DAY_US, end * _DAY_US - 1
        if found["day"] is None and found["weekday"] is None:
            return None
        start, length = _time(found)
        start += first * _DAY_US - _zone(found["zone"]).utcoffset(None) // _MICROSECOND
    except ValueError:
        return None
    return start, start + length - 1


def _days(found: dict[str, str | None]) -> tuple[int, int]:
    """The first day, and the one behind the last, since 1970. ValueError."""
    year, week, month, day = (
        None if found[name] is None else int(found[name] or 0) for name in ("year", "week", "month", "day")
    )
    assert year is not None
    if week is not None:
        monday = date.fromisocalendar(year, week, 1).toordinal() - _EPOCH
        if found["weekday"] is None:
            return monday, monday + 7
        first = monday + date.fromisocalendar(year, week, int(found["weekday"])).weekday()
        return first, first + 1
    first = date(year, 1 if month is None else month, 1 if day is None else day).toordinal() - _EPOCH
    if day is not None:
        return first, first + 1
    if month is None:
        return first, date(year, 12, 31).toordinal() + 1 - _EPOCH
    last = 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day
    return first, first + last


def _time(found: dict[str, str | None]) -> tuple[int, int]:
    """The microseconds since midnight, and how many are meant. ValueError."""
    hour, minute, second, fraction = (found[name] for name in ("hour", "minute", "second", "fraction"))
    start = time(int(hour or 0), int(minute or 0), int(second or 0), int((fraction or "0").ljust(6, "0")[:6]))
    length = 3_600_000_000 if minute is None else 60_000_000 if second is None else 1_000_000
    if fraction is not None:
        length = 10 ** max(6 - len(fraction), 0)
    whole = (start.hour * 60 + start.minute) * 60 + start.second
    return whole * 1_000_000 + start.microsecond, length


def _zone(text: str | None) -> timezone:
    """ValueError."""
    if text is None or text in "Zz":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError("an hour has 60 minutes")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)

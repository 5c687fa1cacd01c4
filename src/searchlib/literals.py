"""Numbers, dates and booleans as people write them: one reader for files, queries and schemas.

A text that is no value of the wanted kind gives None. Which kind is wanted is the caller's to know, and so is
what to say of a text that is none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?[ ]?(Z|[+-]\d\d(?::?\d\d)?)?)?\Z",
    re.ASCII,
)
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?\Z", re.ASCII)
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


def parse_days(text: str) -> tuple[date, date] | None:
    """The first and the last day of a year (1991), a month (1991-09) or a day (1991-09-01)."""
    match = _PERIOD.match(text.strip())
    if not match:
        day = parse_date(text)
        return None if day is None or isinstance(day, datetime) else (day, day)
    year, month = int(match[1]), match[2]
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        first = date(year, int(month), 1)
        last = date(year, 12, 31) if month == "12" else date(year, int(month) + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
    return first, last


def _zone(text: str | None) -> timezone:
    if text in (None, "Z"):
        return timezone.utc
    assert text is not None
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)

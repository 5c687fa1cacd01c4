"""What files and queries read alike, and what neither reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Boolean, Date, Index, Number, Schema, Text
from searchlib.errors import QueryError
from searchlib.literals import parse_boolean, parse_date, parse_days, parse_number
from searchlib.sources.conversion import convert


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "1,5", "", "٣", "0x10", "1e99999", "--1"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back(value: float) -> None:
    assert parse_number(f" {value} ") == value


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)), st.integers(-1439, 1439))
def test_times_read_back(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_date(aware.isoformat()) == aware
    assert parse_date(moment.isoformat(" ")) == moment.replace(tzinfo=timezone.utc)


@given(st.dates())
def test_days_of_a_year_a_month_and_a_day(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_days(day.isoformat()) == (day, day)
    year = parse_days(day.isoformat()[:4])
    month = parse_days(day.isoformat()[:7])
    assert year == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert month is not None and month[0].day == 1 and month[0] <= day <= month[1]
    assert month[1] == date.max or (month[1] + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    "text", ["1991-13", "0000", "1991-02-30", "19910901", "1991-9-1", "1991-09-01T25:00"]
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None and parse_days(text) is None


@pytest.mark.parametrize(("text", "value"), [("Да", True), ("NO", False), ("1", True), ("ja", None)])
def test_booleans(text: str, value: bool | None) -> None:
    assert parse_boolean(text) is value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Number(), "1e3"), (Number(), "+5"), (Number(), "1_000"), (Number(), "nan"), (Date(), "1991-09-01"),
        (Date(), "1991-09-01 10:00"), (Date(), "1991-09-01T10:00:00,5+03"), (Date(), "19910901"),
        (Boolean(), "Да"), (Boolean(), "on"),
    ],
)  # fmt: skip
def test_a_query_finds_what_a_cell_of_the_same_text_became(field: Number | Date | Boolean, text: str) -> None:
    index = Index.in_memory(Schema(body=Text(), value=field))
    with index.writer() as writer:
        writer.add({"body": "without a value"})
    index.refresh()
    try:
        value = convert(text, field, cells=True)
    except ValueError:
        with pytest.raises(QueryError):
            index.search(f'value:"{text}"').total  # noqa: B018
        return
    with index.writer() as writer:
        writer.add({"body": "x", "value": value})
    index.refresh()
    assert index.search(f'value:"{text}"').total == 1

"""What files and queries read alike, and what neither reads."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Boolean, Date, Index, Number, Schema, Text
from searchlib.errors import QueryError
from searchlib.literals import parse_boolean, parse_date, parse_number, parse_stretch
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


FORMATS = (
    "%Y", "%Y-%m", "%Y%m", "%G-W%V", "%GW%V", "%G-W%V-%u", "%GW%V%u", "%Y-%m-%d", "%Y%m%d",
    "%Y-%m-%dT%H", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M", "%Y%m%dt%H:%M:%Sz", "%Y-%m-%dT%H:%M:%S", "%Y%m%dT%H%M%S",
    "%G-W%V-%uT%H:%M", "%Y-%m-%dT%H:%M:%S.%f",
)  # fmt: skip
EPOCH = datetime(1970, 1, 1)
moments = st.datetimes(min_value=datetime(1000, 1, 7), max_value=datetime(9999, 12, 24))
near = st.builds(
    timedelta, days=st.integers(-8, 8), minutes=st.integers(-90, 90), microseconds=st.integers(-9, 9)
)


def stretch_of(text: str) -> tuple[datetime, datetime]:
    found = parse_stretch(text)
    assert found is not None
    first, last = (EPOCH + timedelta(microseconds=number) for number in found)
    return first, last


@given(st.sampled_from(FORMATS), moments, near)
def test_a_stretch_is_all_the_moments_that_are_written_so(
    form: str, moment: datetime, away: timedelta
) -> None:
    first, last = stretch_of(moment.strftime(form))
    other = moment + away
    assert first <= moment <= last
    assert (first <= other <= last) == (other.strftime(form) == moment.strftime(form))


@given(st.sampled_from(FORMATS), moments)
def test_stretches_follow_each_other_without_a_gap(form: str, moment: datetime) -> None:
    text = moment.strftime(form)
    first, last = stretch_of(text)
    step = timedelta(microseconds=1)
    assert [(end).strftime(form) == text for end in (first - step, first, last, last + step)] == [
        False, True, True, False,
    ]  # fmt: skip


@given(moments, st.integers(-1439, 1439), st.integers(0, 3))
def test_a_zone_moves_a_stretch(moment: datetime, minutes: int, style: int) -> None:
    sign, (hours, rest) = "-+"[minutes >= 0], divmod(abs(minutes), 60)
    zone = f"{sign}{hours:02}{':' * (style % 2)}{rest:02}"
    first, _ = stretch_of(moment.strftime("%Y-%m-%dT%H:%M") + " " * (style // 2) + zone)
    assert first == moment.replace(second=0, microsecond=0) - timedelta(minutes=minutes)


@given(st.text("0123456789-:TtWwZz+., ", max_size=24))
def test_whatever_is_a_time_to_a_file_is_one_to_a_query(text: str) -> None:
    value, stretch = parse_date(text), parse_stretch(text)
    if value is not None:
        assert stretch is not None and stretch[0] <= stretch[1]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2020", 366 * 86400), ("2021", 365 * 86400), ("2020-02", 29 * 86400), ("2020-W53", 7 * 86400),
        ("2020-W02", 7 * 86400), ("20200108", 86400), ("2020-01-08T15", 3600), ("2020-01-08T15:30", 60),
        ("2020-01-08T15:30:45", 1), ("2020-01-08T15:30:45.5", 0.1), ("2020-01-08T15:30:45,123456", 1e-6),
        ("2020-01-08T15:30:45.123456789", 1e-6), ("2020-01-08 15:30 +03", 60), ("9999", 365 * 86400),
        ("9999-12", 31 * 86400), ("0001", 365 * 86400), ("9999-W52", 7 * 86400), (" 2020-01 ", 31 * 86400),
    ],
)  # fmt: skip
def test_how_long_a_stretch_is(text: str, length: float) -> None:
    found = parse_stretch(text)
    assert found is not None
    assert found[1] + 1 - found[0] == round(length * 1_000_000)


@pytest.mark.parametrize("text", ["1991-13", "0000", "1991-02-30", "1991-9-1", "1991-09-01T25:00"])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None and parse_stretch(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "cheap", "91", "199", "19911", "1991-", "1991-0", "1991-00", "1991-09-", "1991-0901", "199109-01",
        "1991-09-00", "1991-09-31", "1991-W", "1991-W0", "1991-W00", "2021-W53", "1991-W54", "1991-W36-0",
        "1991-W36-8", "1991-W367", "1991T10", "1991-09T10", "1991-W36T10", "1991-09-01T", "1991-09-01T1",
        "1991-09-01T24", "1991-09-01T10:60", "1991-09-01T10:3045", "1991-09-01T1030:45",
        "1991-09-01T10:30:60",
        "1991-09-01T10:30:45.", "1991-09-01T10:30+24", "1991-09-01T10:30+03:60", "1991-09-01T10.5",
        "1991/09/01", "01.09.1991", "١٩٩١", "-1991", "1991-09-01Z", "1991-09-01T10:30:45.1234567890",
        "tomorrow",
    ],
)  # fmt: skip
def test_what_is_no_stretch(text: str) -> None:
    assert parse_stretch(text) is None


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
        if not isinstance(field, Date):  # a query's dates may be shorter, and written shorter
            with pytest.raises(QueryError):
                index.search(f'value:"{text}"', strict=True)
            assert "was read as text" in index.search(f'value:"{text}"').notes[0]
        return
    with index.writer() as writer:
        writer.add({"body": "x", "value": value})
    index.refresh()
    assert index.search(f'value:"{text}"').total == 1

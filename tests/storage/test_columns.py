import math
import random
import struct
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib.errors import CorruptIndexError, DocumentError
from searchlib.kinds import column_kind
from searchlib.storage.columns import DENSE, EMPTY, LISTS, OPTIONAL, ColumnReader, ColumnsWriter
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment import SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

KINDS = {"price": "number", "when": "date", "open": "boolean"}
UTC = timezone.utc


def finish(writer: ColumnsWriter) -> SegmentFile:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        writer.finish(segment)
        entry = segment.finish()
    return SegmentFile.open(directory, entry)


def write(documents, kinds=KINDS) -> SegmentFile:
    writer = ColumnsWriter(kinds)
    for document in documents:
        writer.add(document)
    return finish(writer)


def as_read(field: str, value) -> list:
    """The slow twin: what a reader should give for a value of a document."""
    if value is None:
        return []
    if isinstance(value, list):
        return [item for part in value for item in as_read(field, part)]
    if field == "price":
        return [float(value)]
    if field == "when" and not isinstance(value, datetime):
        return [datetime(value.year, value.month, value.day, tzinfo=UTC)]
    # Compared in UTC: a time that a clock skipped (summer time) never equals any moment in another zone.
    return [value.astimezone(UTC) if isinstance(value, datetime) else value]


def several(values):
    return st.none() | values | st.lists(values, max_size=3)


instants = st.datetimes(timezones=st.timezones()).filter(lambda v: 2 < v.year < 9998)
fields = {
    "price": st.floats(allow_nan=False) | st.integers(-(2**53), 2**53),
    "when": instants | st.dates(),
    "open": st.booleans(),
}
documents = st.one_of(
    st.lists(st.fixed_dictionaries(fields), max_size=20),
    st.lists(
        st.fixed_dictionaries({name: st.none() | values for name, values in fields.items()}), max_size=20
    ),
    st.lists(st.fixed_dictionaries({}, optional={n: several(v) for n, v in fields.items()}), max_size=20),
)


def check(segment: SegmentFile, expected: list[dict]) -> None:
    for field, kind in KINDS.items():
        reader = ColumnReader(segment, field, kind)
        assert reader.num_docs == len(expected)
        for number, document in enumerate(expected):
            assert reader.get(number) == as_read(field, document.get(field))


@settings(deadline=None)
@given(documents)
def test_values_come_back(values):
    check(write(values), values)


@settings(deadline=None)
@given(st.lists(st.tuples(documents, st.integers(0, 2**20 - 1)), max_size=4))
def test_a_merge_is_the_live_documents_in_order(shapes):
    writer = ColumnsWriter(KINDS)
    expected = []
    for values, mask in shapes:
        deleted = [number for number in range(len(values)) if mask >> number & 1]
        writer.merge(write(values), deleted)
        expected += [value for number, value in enumerate(values) if number not in deleted]
    segment = finish(writer)
    check(segment, expected)
    for part in segment.parts:
        assert segment.read(part) == write(expected).read(part)


@pytest.mark.parametrize(
    ("values", "layout"),
    [
        ([], EMPTY),
        ([None, None], EMPTY),
        ([[], None], EMPTY),
        ([1, 2, [3]], DENSE),
        ([1, None, 3], OPTIONAL),
        ([1, None], OPTIONAL),
        ([1, None, None], LISTS),
        ([[1, 2], None, 3], LISTS),
    ],
)
def test_layouts(values, layout):
    reader = ColumnReader(write([{"price": value} for value in values]), "price", "number")
    assert reader.layout == layout
    assert [reader.get(number) for number in range(len(values))] == [
        as_read("price", value) for value in values
    ]
    assert reader.num_values == sum(len(as_read("price", value)) for value in values)


def test_a_dense_column_is_an_array_in_place():
    values = [random.Random(1).random() for _ in range(10_000)]
    reader = ColumnReader(write([{"price": value} for value in values]), "price", "number")
    assert reader.values.format == "d"
    assert reader.values.readonly
    assert reader.values.tolist() == values


def test_moments_are_counted_in_utc():
    moment = datetime(2024, 5, 6, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=5)))
    reader = ColumnReader(write([{"when": moment}, {"when": date(1969, 12, 31)}]), "when", "date")
    assert reader.values.tolist() == [round(moment.timestamp() * 1_000_000), -86_400_000_000]
    assert reader.get(0) == [moment]
    assert reader.get(0)[0].utcoffset() == timedelta(0)


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_first_and_the_last_moment(moment):
    assert ColumnReader(write([{"when": moment}]), "when", "date").get(0) == [moment]


class Index:
    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize("value", [math.inf, -math.inf, -0.0, 2**53, -(2**53), Index()])
def test_numbers_that_are_taken(value):
    got = ColumnReader(write([{"price": value}]), "price", "number").get(0)
    assert got == [7.0 if isinstance(value, Index) else value]
    assert math.copysign(1, got[0]) == (1 if isinstance(value, Index) else math.copysign(1, value))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("price", True, "holds numbers, got bool"),
        ("price", "12", "holds numbers, got str"),
        ("price", Decimal("1.5"), "holds numbers, got Decimal"),
        ("price", math.nan, "NaN"),
        ("price", 2**53 + 1, r"exact up to 2\*\*53.*Keyword"),
        ("price", -(10**400), r"exact up to 2\*\*53"),
        ("price", [1, [2]], "holds numbers, got list"),
        ("price", {"a": 1}, "holds numbers, got dict"),
        ("when", datetime(2024, 1, 2), "time zone"),
        ("when", "2024-01-02", "holds dates and aware datetimes, got str"),
        ("when", 5, "holds dates"),
        ("open", 1, "holds True or False, got int"),
        ("open", "yes", "holds True or False"),
    ],
)
def test_values_of_another_type_are_refused_and_change_nothing(field, value, message):
    writer = ColumnsWriter(KINDS)
    writer.add({"price": 1, "when": date(2024, 1, 1), "open": True})
    with pytest.raises(DocumentError, match=message) as caught:
        writer.add({"price": 2, "when": date(2024, 1, 2), "open": False, field: value})
    assert repr(field) in str(caught.value)
    writer.add({"price": 3})
    check(finish(writer), [{"price": 1, "when": date(2024, 1, 1), "open": True}, {"price": 3}])


def test_documents_that_are_not_there():
    reader = ColumnReader(write([{"price": 1}]), "price", "number")
    for number in (-1, 1):
        with pytest.raises(IndexError, match="1 documents"):
            reader.get(number)


# ---- hostile bytes behind valid checksums


def hostile(data: bytes) -> ColumnReader:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        segment.begin("column.when")
        segment.write(data)
        entry = segment.finish()
    return ColumnReader(SegmentFile.open(directory, entry), "when", "date")


def header(typecode: str, layout: int, num_docs: int, num_values: int) -> bytes:
    return struct.pack("<BB6xQQ", ord(typecode), layout, num_docs, num_values)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        header("d", DENSE, 1, 1) + bytes(8),
        header("q", 4, 1, 1) + bytes(8),
        header("q", DENSE, 1, 1),
        header("q", DENSE, 1, 1) + bytes(9),
        header("q", DENSE, 1, 2) + bytes(8),
        header("q", EMPTY, 1, 1),
        header("q", DENSE, 2**61, 2**61),
        header("q", OPTIONAL, 1, 1) + bytes(8),
        header("q", LISTS, 1, 2**63) + bytes(8),
        header("q", LISTS, 1, 1) + bytes(8) + struct.pack("<2I", 0, 2),
        header("q", LISTS, 1, 1) + bytes(8) + struct.pack("<2I", 1, 1),
    ],
)
def test_hostile_columns_are_refused(data):
    with pytest.raises(CorruptIndexError) as caught:
        hostile(data)
    assert (caught.value.file, caught.value.part) == ("000001.segment", "column.when")


def test_starts_that_do_not_ascend_are_refused():
    reader = hostile(header("q", LISTS, 2, 1) + bytes(8) + struct.pack("<3I", 0, 2**32 - 1, 1))
    for number in (0, 1):
        with pytest.raises(CorruptIndexError, match="ascend"):
            reader.get(number)


def test_moments_that_no_calendar_has_are_refused():
    reader = hostile(header("q", DENSE, 1, 1) + struct.pack("<q", 2**62))
    with pytest.raises(CorruptIndexError, match="years 1 to 9999"):
        reader.get(0)
    with pytest.raises(ValueError, match="years 1 to 9999"):
        column_kind("date").from_column(2**62)

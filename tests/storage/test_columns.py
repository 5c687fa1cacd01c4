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
from searchlib.storage.columns import ColumnReader, ColumnsWriter
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment import SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

KINDS = {"price": "number", "when": "date", "open": "boolean", "tag": "keyword", "text": "text"}
UTC = timezone.utc
EMPTY, EACH, SOME, LISTS = range(4)


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
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return sorted({item for part in value for item in as_read(field, part)}, key=in_order)
    if field == "price":
        return [float(value) + 0.0]
    if field == "when" and not isinstance(value, datetime):
        return [datetime(value.year, value.month, value.day, tzinfo=UTC)]
    # Compared in UTC: a time that a clock skipped (summer time) never equals any moment in another zone.
    return [value.astimezone(UTC) if isinstance(value, datetime) else value]


def in_order(value):
    return value.encode() if isinstance(value, str) else value


def read(segment: SegmentFile, field: str, num_docs: int) -> ColumnReader:
    return ColumnReader(segment, field, KINDS[field], num_docs)


def several(values):
    return st.none() | values | st.lists(values, max_size=3)


instants = st.datetimes(timezones=st.timezones()).filter(lambda v: 2 < v.year < 9998)
fields = {
    "price": st.one_of(
        st.floats(allow_nan=False),
        st.integers(-(2**53), 2**53),
        st.integers(-1000, 1000).map(lambda number: number / 100),
        st.sampled_from([0.1, 0.25, 19.99, 1e-7, 1e22, -0.0]),
    ),
    "when": instants | st.dates(),
    "open": st.booleans(),
    "tag": st.sampled_from(["a", "b", "лес", "ё", "", "\U0001f600", "a" * 300]) | st.text(max_size=3),
    "text": st.text(max_size=20),
}
documents = st.one_of(
    st.lists(st.fixed_dictionaries(fields), max_size=20),
    st.lists(
        st.fixed_dictionaries({name: st.none() | values for name, values in fields.items()}), max_size=20
    ),
    st.lists(st.fixed_dictionaries({}, optional={n: several(v) for n, v in fields.items()}), max_size=20),
)


def check(segment: SegmentFile, expected: list[dict]) -> None:
    for field in KINDS:
        reader = read(segment, field, len(expected))
        reader.check()
        assert reader.core.num_docs == len(expected)
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
        writer.merge(write(values), len(values), deleted)
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
        ([1, 2, [3]], EACH),
        ([1, None, 3], SOME),
        ([1, [2, 2]], EACH),
        ([None, None, 3], SOME),
        ([[1, 2], None, 3], LISTS),
    ],
)
def test_layouts(values, layout):
    reader = read(write([{"price": value} for value in values]), "price", len(values))
    assert reader.core.shape == layout
    assert [reader.get(number) for number in range(len(values))] == [
        as_read("price", value) for value in values
    ]
    assert reader.core.num_values == sum(len(as_read("price", value)) for value in values)


CHANCE = random.Random(1)
LONG = {
    "random": [CHANCE.random() for _ in range(5000)],
    "whole": [CHANCE.randrange(1000) for _ in range(5000)],
    "money": [CHANCE.randrange(100_000) / 100 for _ in range(5000)],
    "one": [7] * 1000,
    "ascending": [float(number) for number in range(1000)],
    "far apart": [CHANCE.choice([-1e300, 1e300, 0, 5e-324, math.inf, -math.inf]) for _ in range(1000)],
    "rare": [1.5 if number % 97 == 0 else None for number in range(5000)],
    "mostly": [number if number % 7 else None for number in range(5000)],
    "several": [[CHANCE.randrange(50) for _ in range(CHANCE.randrange(4))] for _ in range(5000)],
    "one giant": [[], list(range(3000)), *([5] * 500)],
    "blocks": list(range(128)) + [1] * 128 + [None] * 128 + [9],
}


@pytest.mark.parametrize("name", LONG)
def test_columns_of_many_blocks(name):
    values = LONG[name]
    segment = write([{"price": value} for value in values])
    reader = read(segment, "price", len(values))
    reader.check()
    assert [reader.get(number) for number in range(len(values))] == [as_read("price", v) for v in values]


@pytest.mark.parametrize(
    ("name", "bits"),
    [("one", 0.5), ("whole", 11), ("money", 18), ("random", 66), ("rare", 2), ("several", 16)],
)
def test_a_value_takes_as_many_bits_as_it_needs(name, bits):
    """Of each document, with all that stands beside it."""
    segment = write([{"price": value} for value in LONG[name]])
    assert (len(segment.read("column:price")) - 120) * 8 / len(LONG[name]) < bits


def test_days_are_few_bits():
    days = [{"when": date(2024, 1, 1) + timedelta(days=CHANCE.randrange(1000))} for _ in range(5000)]
    assert len(write(days).read("column:when")) * 8 / 5000 < 11


def test_strings_stand_once_in_the_order_of_their_bytes():
    tags = [CHANCE.choice(["лес", "wood", "Wood", "ёлка", "\U0001f600", "\uffff"]) for _ in range(1000)]
    segment = write([{"tag": tag} for tag in tags])
    reader = read(segment, "tag", 1000)
    assert [reader.get(number) for number in range(1000)] == [[tag] for tag in tags]
    assert reader.core.bounds == ("Wood", "\U0001f600")
    assert bytes(segment.read("column:tag")).count("лес".encode()) == 1


def test_folded_strings_are_match_keys():
    writer = ColumnsWriter({"tag": "keyword"}, {"tag"})
    writer.add({"tag": ["Ёлка", "елка", "WOOD"]})
    assert ColumnReader(finish(writer), "tag", "keyword", 1).get(0) == ["wood", "елка"]


def test_moments_are_counted_in_utc():
    moment = datetime(2024, 5, 6, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=5)))
    reader = read(write([{"when": moment}, {"when": date(1969, 12, 31)}]), "when", 2)
    assert reader.core.values(0) == [round(moment.timestamp() * 1_000_000)]
    assert reader.core.values(1) == [-86_400_000_000]
    assert reader.get(0) == [moment]
    assert reader.get(0)[0].utcoffset() == timedelta(0)


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_first_and_the_last_moment(moment):
    assert read(write([{"when": moment}]), "when", 1).get(0) == [moment]


class Index:
    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize("value", [math.inf, -math.inf, -0.0, 2**53, -(2**53), Index()])
def test_numbers_that_are_taken(value):
    got = read(write([{"price": value}]), "price", 1).get(0)
    assert got == [7.0 if isinstance(value, Index) else value]
    assert math.copysign(1, got[0]) == (-1 if not isinstance(value, Index) and value < 0 else 1), "-0 is 0"


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
        ("when", "soon", "holds dates, as date, datetime or a string like"),
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
    reader = read(write([{"price": 1}]), "price", 1)
    with pytest.raises(IndexError, match="no document"):
        reader.get(1)
    with pytest.raises(TypeError):
        reader.get(-1)


# ---- hostile bytes behind valid checksums


def hostile(data: bytes, field: str = "when", num_docs: int = 2) -> ColumnReader:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        segment.begin(f"column:{field}")
        segment.write(data)
        entry = segment.finish()
    return read(SegmentFile.open(directory, entry), field, num_docs)


def header(
    typecode: str, shape: int, num_docs: int, num_values: int, numbers: int = 0, places: int = 0
) -> bytes:
    return struct.pack("<BBBBIIIQQ", ord(typecode), shape, 0, 0, num_docs, num_values, 0, numbers, places)


def numbers(width: int = 0, offset_width: int = 0, step: int = 1, length: int = 0) -> bytes:
    return struct.pack("<qQBBHIQ", 0, step, width, offset_width, 0, 0, length)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(31),
        header("d", EACH, 2, 2, 32) + numbers(),
        header("q", 4, 2, 2, 32) + numbers(),
        header("q", EACH, 3, 3, 32) + numbers(),
        header("q", EACH, 2, 1, 32) + numbers(),
        header("q", EACH, 2, 2, 33) + numbers(),
        header("q", EACH, 2, 2, 2**63) + numbers(),
        header("q", EACH, 2, 2, 32, 2**63) + numbers(),
        header("q", EACH, 2, 2, 31) + numbers(),
        header("q", EACH, 2, 2, 32) + numbers(width=65),
        header("q", EACH, 2, 2, 32) + numbers(width=64),
        header("q", EACH, 2, 2, 32) + numbers(offset_width=57),
        header("q", EACH, 2, 2, 32) + numbers(step=0),
        header("q", EACH, 2, 2, 32) + numbers(length=1),
        header("q", EMPTY, 2, 1, 0),
        header("q", SOME, 2, 0, 32) + numbers(),
        header("q", SOME, 2, 3, 32) + numbers(),
        header("q", SOME, 2, 1, 32) + numbers(),
        header("q", LISTS, 2, 1, 32) + numbers(),
    ],
)
def test_hostile_columns_are_refused(data):
    with pytest.raises(CorruptIndexError) as caught:
        hostile(data)
    assert (caught.value.file, caught.value.part) == ("000001.segment", "column:when")


@pytest.mark.parametrize("field", KINDS)
@pytest.mark.parametrize("shape", [EACH, SOME, LISTS])
def test_a_damaged_byte_is_an_error_or_another_value_and_never_a_crash(field, shape):
    """The checksums are right: whoever wrote it meant harm."""
    of_field = {
        "price": [1.25, 1e300, 2, 7],
        "when": [date(1991, 1, 1), date(2024, 2, 3)],
        "open": [True, False],
        "tag": ["a", "b", "лес"],
        "text": ["a line", "another", ""],
    }[field]
    documents = []
    for number in range(300):
        value = of_field[number % len(of_field)]
        several = [value, of_field[number % 2]] if shape == LISTS else value
        documents.append({field: several if shape == EACH or number % 3 else None})
    data = bytes(write(documents).read(f"column:{field}"))
    for position in [*range(min(len(data), 200)), *CHANCE.sample(range(len(data)), min(len(data), 200))]:
        for change in (0xFF, 1 << CHANCE.randrange(8)):
            damaged = bytearray(data)
            damaged[position] ^= change
            try:
                reader = hostile(bytes(damaged), field, 300)
                for doc in range(300):
                    reader.get(doc)
                reader.check()
            except CorruptIndexError as error:
                assert error.file in ("000001.segment", "")


def test_moments_that_no_calendar_has_are_refused():
    data = header("q", EACH, 2, 2, 32) + struct.pack("<qQBBHIQ", 2**62, 1, 0, 0, 0, 0, 0)
    reader = hostile(data)
    for read_it in (lambda: reader.get(0), reader.check):
        with pytest.raises(CorruptIndexError, match="years 1 to 9999"):
            read_it()
    with pytest.raises(ValueError, match="years 1 to 9999"):
        column_kind("date").from_column(2**62)

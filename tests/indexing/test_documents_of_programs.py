"""What programs hold as documents: dataclasses, models, rows; ints as ids, ISO strings as dates, decimals."""

import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import pathlib
import sqlite3
import uuid
from typing import Any, NamedTuple

import attrs
import numpy as np
import pandas as pd
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Boolean, Date, F, Index, Keyword, Number, Schema, Text
from searchlib.errors import DocumentError, QueryError

SCHEMA = Schema(body=Text(), tags=Keyword(), price=Number(), day=Date(), sold=Boolean())
UTC = dt.timezone.utc


class Shade(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Item:
    id: int
    body: str
    price: decimal.Decimal | None = None
    day: str | None = None


@attrs.define
class Crate:
    id: str
    body: str
    tags: set[str]


class Model(pydantic.BaseModel):
    id: uuid.UUID
    body: str
    day: dt.date


class Open(pydantic.BaseModel, extra="allow"):
    id: int


class Row(NamedTuple):
    id: str
    body: str


def added(*documents: object) -> list[dict[str, Any]]:
    """The documents as they come back."""
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        for document in documents:
            writer.add(document)
    index.refresh()
    return list(index)


def test_objects_with_named_fields_are_documents():
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    row = connection.execute("SELECT 4 AS id, 'из базы' AS body").fetchone()
    connection.close()
    number = uuid.UUID(int=5)
    assert added(
        Item(1, "стол", decimal.Decimal("12.50"), "2026-01-31"),
        Crate("2", "ящик", {"wood", "лес"}),
        Row("3", "строка"),
        row,
        Model(id=number, body="модель", day=dt.date(2026, 2, 1)),
        Open(id=6, body="лишнее поле"),
    ) == [
        {"id": "1", "body": "стол", "price": 12.5, "day": dt.date(2026, 1, 31)},
        {"id": "2", "body": "ящик", "tags": ["wood", "лес"]},
        {"id": "3", "body": "строка"},
        {"id": "4", "body": "из базы"},
        {"id": str(number), "body": "модель", "day": dt.date(2026, 2, 1)},
        {"id": "6", "body": "лишнее поле"},
    ]


def test_a_hit_is_a_document_for_another_index():
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        writer.add({"id": 1, "body": "выборы", "day": dt.date(2026, 1, 1)})
    index.refresh()
    assert added(index.search("выборов")[0]) == [index.get(1)]


@pytest.mark.parametrize(
    "document", [Item, 5, "text", None, [("id", "1")], object(), dt.date(2026, 1, 1), b"x"]
)
def test_what_has_no_named_fields_is_none(document: object):
    with pytest.raises(DocumentError, match="a mapping from field to value, or an object with named fields"):
        added(document)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("price", decimal.Decimal("3"), 3),
        ("price", decimal.Decimal("0.1"), 0.1),
        ("price", decimal.Decimal("1E+40"), 1e40),
        ("price", fractions.Fraction(1, 4), 0.25),
        ("price", np.int64(7), 7),
        ("price", np.float32(0.5), 0.5),
        ("price", [decimal.Decimal("1.5"), 2], [1.5, 2]),
        ("sold", np.bool_(True), True),
        ("body", np.str_("текст"), "текст"),
        ("tags", Shade.RED, "red"),
        ("tags", [Shade.RED, "blue"], ["red", "blue"]),
        ("tags", pathlib.PurePosixPath("a/b"), "a/b"),
        ("tags", uuid.UUID(int=1), str(uuid.UUID(int=1))),
        ("tags", frozenset({"b", "a"}), ["a", "b"]),
        ("day", "2026-01-31", dt.date(2026, 1, 31)),
        ("day", "2026-01-31T10:00:00+05:00", dt.datetime(2026, 1, 31, 5, tzinfo=UTC)),
        ("day", "2026-01-31 10:00", dt.datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("day", dt.datetime(2026, 1, 31, 10), dt.datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("day", pd.Timestamp("2026-01-31 10:00"), dt.datetime(2026, 1, 31, 10, tzinfo=UTC)),
    ],
)
def test_values_that_cannot_be_mistaken(field: str, value: object, kept: object):
    ((document,),) = [added({"id": "1", field: value})]
    assert document[field] == kept and type(document[field]) is type(kept)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "12"),
        ("price", True),
        ("price", decimal.Decimal("NaN")),
        ("price", decimal.Decimal("sNaN")),
        ("price", 1j),
        ("price", dt.date(2026, 1, 1)),
        ("sold", 1),
        ("sold", "true"),
        ("body", 5),
        ("body", b"bytes"),
        ("tags", 5),
        ("tags", b"bytes"),
        ("tags", object()),
        ("day", "31.01.2026"),
        ("day", "2026"),
        ("day", ""),
        ("day", 1_700_000_000),
        ("day", pd.NaT),
        ("day", dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1)))),
        ("id", 1.5),
        ("id", True),
        ("id", b"x"),
    ],
)
def test_values_that_could_be(field: str, value: object):
    with pytest.raises(DocumentError):
        added({field: value})


@pytest.mark.parametrize("key", [7, "7"])
def test_an_int_is_an_id_everywhere(key: int | str):
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        assert writer.add({"id": 7, "body": "выборы идут"}) == "7"
        writer.add({"id": 8, "body": "выборы прошли"})
        writer.update(key, body="выборы снова")
    index.refresh()
    results = index.search("выборы", filter=F.id == key)
    assert [hit.id for hit in results] == ["7"] and results.explain(key) is not None
    assert key in index and index.get(key) == {"id": "7", "body": "выборы снова"}
    assert len(index.more_like(key)) <= 1
    with index.writer() as writer:
        assert writer.delete(key) and not writer.delete(key)
    index.refresh()
    assert key not in index and index.get(key) is None and True not in index and None not in index


def test_dates_in_filters_are_stretches_of_time():
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        for number, day in enumerate(["2026-01-31", "2026-01-31T23:00:00Z", "2026-02-01T00:00:00Z"]):
            writer.add({"id": number, "day": day})
    index.refresh()

    def found(condition: Any) -> list[str]:
        return sorted(hit.id for hit in index.search("*", filter=condition))

    assert found(F.day == "2026-01") == found(F.day <= "2026-01-31") == found(F.day < "2026-02") == ["0", "1"]
    assert found(F.day >= dt.datetime(2026, 1, 31, 23)) == ["1", "2"]
    with pytest.raises(QueryError, match="holds dates"):
        found(F.day > "soon")


@given(st.datetimes())
def test_a_moment_without_a_zone_is_one_in_utc(moment: dt.datetime):
    (document,) = added({"id": 1, "day": moment})
    assert document["day"] == moment.replace(tzinfo=UTC)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_is_the_nearest_double(number: decimal.Decimal):
    (document,) = added({"id": 1, "price": number})
    assert document["price"] == float(number)

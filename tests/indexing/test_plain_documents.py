"""The core encodes dicts of plain values to what Python makes of them, and only where nothing is wrong."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchlib import Boolean, Date, Integer, Keyword, Number, Schema, Text, _core
from searchlib.errors import DocumentError
from searchlib.indexing.documents import MAX_ID_BYTES, MAX_KEYWORD_BYTES, DocumentEncoder, EncodedDocument
from searchlib.storage.columns import ColumnsWriter
from searchlib.storage.documents import DocumentsWriter
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment_writer import SegmentWriter

SCHEMA = Schema(
    title=Text(),
    body=Text(stored=False),
    tag=Keyword(),
    price=Number(),
    note=Text(default=False, column=True),
    folder=Keyword(fold=True),
    code=Keyword(column=False),
    number=Integer(),
    day=Date(),
    sold=Boolean(),
    hidden=Date(stored=False),
)


class Never:
    """In place of the core's encoder: no document is plain."""

    def encode(self, document: object) -> None:
        """Leave it to Python."""


@pytest.fixture(scope="module")
def writers() -> tuple[DocumentsWriter, ColumnsWriter]:
    file = SegmentWriter(MemoryDirectory(), "000001.segment")
    columns = ColumnsWriter(SCHEMA.column_kinds, SCHEMA.folded_columns)
    return DocumentsWriter(file, SCHEMA.encoded_kinds, worker=False), columns


def encoded(
    document: Any, writers: tuple[DocumentsWriter, ColumnsWriter], *, plain: bool
) -> EncodedDocument | str:
    encoder = DocumentEncoder(SCHEMA)
    if not plain:
        encoder._plain = Never()  # type: ignore[assignment]
    try:
        return encoder.encode(document, *writers)
    except DocumentError as error:
        return str(error)


class Word(str):
    """A str that is more than a str."""


TEXTS = st.text() | st.text(st.sampled_from('aя"\\\n\t\x00\x1f\x7f€𝄞 '), max_size=40)
VALUES = st.one_of(
    TEXTS,
    TEXTS,
    st.none(),
    st.lists(TEXTS, max_size=3),
    st.text(st.characters(categories=["Cs", "Lu"]), max_size=3),
    st.integers(),
    st.just(Word("word")),
)
ZONES = st.sampled_from(
    [None, timezone.utc, timezone(timedelta(0)), timezone(timedelta(hours=5, minutes=30))]
)
DATES = (
    st.dates()
    | st.datetimes(timezones=ZONES)
    | st.datetimes(timezones=ZONES).map(lambda at: at.replace(fold=1))
)
NUMBERS = (
    st.integers() | st.integers(-(2**53) - 2, 2**53 + 2) | st.floats() | st.sampled_from([2**63, -(2**63)])
)
# Mostly what fits the field, each beside values of all others.
FITTING = {
    **dict.fromkeys(("id", "title", "body", "tag", "note", "folder", "code"), TEXTS),
    **dict.fromkeys(("price", "number"), NUMBERS),
    **dict.fromkeys(("day", "hidden"), DATES),
    "sold": st.booleans(),
}
ANY = st.one_of(VALUES, NUMBERS, DATES, st.booleans(), st.sampled_from(["2026-05-31", True, Decimal("1.5")]))
KEYS = st.sampled_from([*FITTING, "other"])


@given(document=st.fixed_dictionaries({}, optional=FITTING) | st.dictionaries(KEYS, ANY))
@example(document={"id": "", "title": "x"})
@example(document={"id": "я" * (MAX_ID_BYTES // 2)})
@example(document={"id": "я" * (MAX_ID_BYTES // 2) + "x"})
@example(document={"tag": "я" * (MAX_KEYWORD_BYTES // 2 + 1)})
@example(document={"tag": "x" * MAX_KEYWORD_BYTES})
@example(document={"id": None, "note": None, "body": "", "title": ""})
@example(document={1: "x"})
@example(document={"day": datetime.min, "hidden": datetime.max.replace(tzinfo=timezone.utc)})
@example(document={"day": date.min, "hidden": datetime(1969, 12, 31, 23, 59, 59, 999_999)})
@example(document={"price": -0.0, "number": -(2**63), "sold": False})
def test_the_core_encodes_what_python_would(
    document: dict[Any, Any], writers: tuple[DocumentsWriter, ColumnsWriter]
) -> None:
    fast, slow = (encoded(document, writers, plain=plain) for plain in (True, False))
    if isinstance(fast, str) or isinstance(slow, str):
        assert fast == slow
        return
    texts = [text.decode() if isinstance(text, bytes) else text for text in fast.texts]
    assert fast.id == slow.id and fast.stored == slow.stored and fast.columns == slow.columns
    assert fast.size == slow.size
    assert texts == slow.texts and [type(text) for text in texts] == [type(text) for text in slow.texts]


@given(pieces=st.lists(st.text(st.sampled_from("abя№ё. €߿ࠀ\n"), max_size=30), max_size=20))
@example(pieces=["слово " * 20_000])
@example(pieces=["я" * 70_000, "a" * 70_000, "№" * 70_000])
def test_wide_texts_are_encoded_as_python_does(pieces: list[str]) -> None:
    text = "".join(pieces) + "Ā"
    encoded = DocumentEncoder(SCHEMA)._plain.encode({"title": text})
    assert encoded is not None and encoded[1][0] == text.encode()
    assert encoded[2] == json.dumps({"title": text}, ensure_ascii=False, separators=(",", ":")).encode()
    surrogate = {"title": text + "\ud800" + text}
    assert DocumentEncoder(SCHEMA)._plain.encode(surrogate) is None


@given(text=TEXTS)
def test_strings_as_json_has_them(text: str) -> None:
    line = _core.json_of_strings({"key": text})
    assert line == json.dumps({"key": text}, ensure_ascii=False, separators=(",", ":")).encode()


def test_what_is_plain() -> None:
    encode = DocumentEncoder(SCHEMA)._plain.encode
    assert encode({"id": "1", "title": "Ж", "body": "text"}) == (
        "1",
        ["Ж".encode(), "text", None, None, None, None],
        '{"title":"Ж"}'.encode(),
        [[] for _ in SCHEMA.column_kinds],
        18,
    )
    for values in (
        {"price": 1.5, "number": 3, "sold": True, "day": date(2026, 5, 31), "folder": "Ёлка", "note": "Да"},
        {"price": 3, "number": 2**62, "day": datetime(2026, 5, 31, 1, 2, 3, 4, timezone.utc), "tag": "x"},
    ):
        assert encode(values) is not None
    for document in (
        None,
        [],
        {"title": ["a"]},
        {"price": True},
        {"price": math.nan},
        {"number": 2**63},
        {"sold": 1},
        {"day": "2026-05-31"},
        {"other": "x"},
        {"title": "\ud800"},
        {"id": 1},
        {"id": "1", "title": Word("a")},
    ):
        assert encode(document) is None

"""Documents as big, wide and deep as anybody may send: taken, or refused before anything has changed."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from typing import Any

import pytest

from searchlib import Boolean, Date, Index, Keyword, Number, Schema, Text, _core
from searchlib.errors import CorruptIndexError, DocumentError
from searchlib.indexing import documents
from searchlib.indexing.documents import MAX_ID_BYTES, MAX_KEYWORD_BYTES, MAX_VALUES
from searchlib.indexing.writer import IndexWriter
from searchlib.sources import content as reading
from searchlib.sources.formats.contract import MAX_ROW_CHARACTERS
from searchlib.storage import blocks
from searchlib.storage import documents as stored_documents
from searchlib.storage.blocks import MAX_DOCUMENT_BYTES

SCHEMA = Schema(
    title=Text(),
    body=Text(),
    notes=Text(stored=False),
    tag=Keyword(),
    year=Number(),
    day=Date(),
    open=Boolean(),
)


@pytest.fixture
def index() -> Index:
    return Index.in_memory(SCHEMA)


@pytest.fixture
def writer(index: Index) -> Iterator[IndexWriter]:
    writer = index.writer()
    yield writer
    writer.close()


def still_works(index: Index, writer: IndexWriter) -> None:
    """Nothing was taken of what was refused, and the next document is."""
    assert writer.add({"title": "next"}) == "0"
    writer.commit()
    index.refresh()
    assert len(index) == 1
    assert index.get("0") == {"id": "0", "title": "next"}


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    limit = 10_000
    monkeypatch.setattr(stored_documents, "MAX_DOCUMENT_BYTES", limit)
    monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", limit)
    return limit


def test_one_limit_for_all_ways_in() -> None:
    assert MAX_DOCUMENT_BYTES == 64 * 1024 * 1024
    assert (
        MAX_DOCUMENT_BYTES == documents.MAX_DOCUMENT_BYTES == reading.MAX_DOCUMENT_BYTES == MAX_ROW_CHARACTERS
    )


HALF, ALL = "h" * 5_100, "a" * 10_001
TOO_BIG: list[dict[str, Any]] = [
    {"body": ALL},
    {"notes": ALL},
    {"body": ALL[:9_999]},  # with its name
    {"body": HALF, "title": HALF},
    {"body": HALF, "notes": HALF},
    {"body": ["b" * 100] * 101},
    {"body": [HALF], "notes": HALF},
    {"body": "я" * 5_100},
    {"notes": ["я" * 51] * 100},
    {"body": '"' * 5_100},
    {"body": "\x01" * 1_700},
    {"tag": ["t" * 10] * 1_000},
    {"year": [1.25] * 2_500},
    {"open": [True] * 2_500},
]


@pytest.mark.parametrize("document", TOO_BIG, ids=lambda document: repr(document)[:20])
def test_the_total_of_all_fields_counts(
    index: Index, writer: IndexWriter, small_limit: int, document: dict[str, Any]
) -> None:
    with pytest.raises(DocumentError, match=r"at most 10,000 bytes .*this one has .*; split it, for example"):
        writer.add(document)
    still_works(index, writer)


def test_a_document_at_the_limit(index: Index, writer: IndexWriter, small_limit: int) -> None:
    frame = len('{"body":""}')
    writer.add({"id": "it", "body": "b" * (small_limit - frame)})
    with pytest.raises(DocumentError, match="this one has 10,001"):
        writer.add({"id": "over", "body": "b" * (small_limit - frame + 1)})
    writer.commit()
    index.refresh()
    assert len(index.get("it")["body"]) == small_limit - frame  # type: ignore[index]
    with pytest.raises(DocumentError, match="at most 10,000 bytes"):
        writer.update("it", title="one more word", notes="")


@pytest.mark.parametrize("field", ["body", "notes", "tag", "id"])
def test_too_much_is_refused_before_it_is_copied(index: Index, writer: IndexWriter, field: str) -> None:
    text = "я" * (MAX_DOCUMENT_BYTES + 1)  # its UTF-8 would be twice as much, its JSON again
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for value in (text, [text]):
        with pytest.raises(DocumentError):
            writer.add({field: value})
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < MAX_DOCUMENT_BYTES // 2
    still_works(index, writer)


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def endless() -> list[Any]:
    value: list[Any] = ["a"]
    value.append(value)
    return value


@pytest.mark.parametrize("field", SCHEMA)
@pytest.mark.parametrize(
    "value",
    [
        deep(100_000),
        {"a": deep(100_000)},
        endless(),
        [deep(3)] * 10,
        10**5_000,
        [10**5_000],
        b"x" * 100_000,
        dict.fromkeys(range(100000), "a"),
        object(),
    ],
    ids=["deep", "deep in a dict", "endless", "nested", "int", "ints", "bytes", "dict", "object"],
)
def test_values_of_no_field(index: Index, writer: IndexWriter, field: str, value: Any) -> None:
    for document in ({field: value}, {"id": value}):
        with pytest.raises(DocumentError) as caught:
            writer.add(document)
        assert len(str(caught.value)) < 500
    still_works(index, writer)


def test_fields_that_are_not_there(index: Index, writer: IndexWriter) -> None:
    with pytest.raises(DocumentError, match="and 999,990 more; it has: body") as caught:
        writer.add({f"{'f' * 100}{number}": 1 for number in range(1_000_000)})
    assert len(str(caught.value)) < 2_000
    still_works(index, writer)


def test_documents_of_no_kind(index: Index, writer: IndexWriter) -> None:
    for document in (deep(100_000), endless(), 10**5_000, "x" * 1_000_000):
        with pytest.raises(DocumentError, match="a document is a mapping") as caught:
            writer.add(document)  # type: ignore[arg-type]
        assert len(str(caught.value)) < 300
    still_works(index, writer)


def test_long_ids_and_keywords(index: Index, writer: IndexWriter) -> None:
    for document_id in ("i" * (MAX_ID_BYTES + 1), "я" * MAX_ID_BYTES, "i" * 10_000_000):
        with pytest.raises(DocumentError, match=f"an id has 1 to {MAX_ID_BYTES} bytes") as caught:
            writer.add({"id": document_id})
        assert len(str(caught.value)) < 300
    for keyword in ("k" * (MAX_KEYWORD_BYTES + 1), "я" * MAX_KEYWORD_BYTES, "k" * 10_000_000):
        for value in (keyword, ["short", keyword]):
            with pytest.raises(DocumentError, match=f"a keyword has at most {MAX_KEYWORD_BYTES} bytes"):
                writer.add({"tag": value})
    still_works(index, writer)


@pytest.mark.parametrize("field", ["body", "notes", "tag", "year"])
def test_more_values_than_a_field_has_places_for(index: Index, writer: IndexWriter, field: str) -> None:
    value = 1 if field == "year" else "a"
    with pytest.raises(
        DocumentError, match="at most 4,194,304 values in one document, this one has 4,194,305"
    ):
        writer.add({field: [value] * (MAX_VALUES + 1)})
    still_works(index, writer)


def test_a_million_values(index: Index, writer: IndexWriter) -> None:
    writer.add({"id": "wide", "body": ["a"] * 1_000_000, "tag": ["t"] * 1_000_000, "year": [1] * 1_000_000})
    writer.commit()
    index.refresh()
    assert len(index.get("wide")["body"]) == 1_000_000  # type: ignore[index]
    assert index.search("body:a tag:t year:1").total == 1


def test_places_of_the_most_values_fit() -> None:
    gap, places = 100, 1 << 30
    assert MAX_VALUES * gap + MAX_DOCUMENT_BYTES < places


def test_the_reader_takes_no_memory_for_more(
    index: Index, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.add({"id": "it", "body": "b" * 100_000})
    writer.commit()
    monkeypatch.setattr(blocks, "MAX_DOCUMENT_BYTES", 50_000)
    index.refresh()
    with pytest.raises(CorruptIndexError, match="claims 100011 bytes, more than any"):
        index.get("it")


def test_the_core_counts_what_is_not_stored() -> None:
    plain = _core.PlainDocuments("id", 10, 10, 100)
    plain.add_field("body", "text", True, False, False)
    plain.add_field("notes", "text", False, False, False)
    assert plain.encode({"body": "b" * 50, "notes": "n" * 30}) is not None
    assert plain.encode({"body": "b" * 50, "notes": "n" * 50}) is None
    assert plain.encode({"body": "b" * 101}) is None

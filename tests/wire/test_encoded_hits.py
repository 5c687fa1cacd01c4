"""Hits of which parts are JSON already are the same hits, whatever their documents have."""

import datetime
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import searchlib
from searchlib import Date, Index, Integer, Keyword, Number, Schema, Text
from searchlib.wire.answers import hit_as_json
from searchlib.wire.encoded import encoded_hits

WORDS = "лес стоит у реки, и в лесу живут; the woods are lovely, dark and deep "
HOSTILE = [
    {"id": "1", "title": "Лес", "body": WORDS * 20, "tags": ["a", "b"], "year": 1999},
    {"id": "2", "title": 'лес "в кавычках" \\ и \x00\x1f\u2028\n', "body": "лес\t\u007f 😀 лес \ud7ff"},
    {"id": "report.pdf", "title": "лес", "body": f"{WORDS}\f{WORDS}\nлес"},
    {"id": "3", "title": "лес", "share": math.inf},
    {"id": "4", "title": ["лес", "леса"], "body": [WORDS, WORDS], "share": 0.1 + 0.2},
    {"id": "5", "title": "лес", "body": "NaN и Infinity в лесу"},
    {"id": "6", "title": "ЛЕС", "year": -(2**53)},
]


def schema(**more: Any) -> Schema:
    return Schema(title=Text(), body=Text(), tags=Keyword(), year=Integer(), share=Number(), **more)


def made(folder: Path, documents: list[dict[str, Any]], **more: Any) -> Index:
    index = Index.create(folder, schema(**more))
    half = len(documents) // 2
    for some in (documents[:half], documents[half:]):  # several segments
        with index.writer() as writer:
            writer.add_many(some)
    return index


def both(index: Index, query: str, *arguments: Any) -> tuple[list[Any], list[Any]]:
    found = index.search(query, 100)
    plain = [hit_as_json(hit, index.schema, *arguments) for hit in found]
    encoded = encoded_hits(index.search(query, 100), index.schema, msgspec.Raw, *arguments)
    return [json.loads(msgspec.json.encode(hits)) for hits in (plain, encoded)]  # type: ignore[return-value]


def num_raw(index: Index, query: str) -> int:
    """How many documents went out as they are stored."""
    hits = encoded_hits(index.search(query, 100), index.schema, msgspec.Raw)
    return sum(isinstance(hit["fields"], msgspec.Raw) for hit in hits)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with made(tmp_path_factory.mktemp("hostile") / "index", HOSTILE) as index:
        yield index


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (0,),
        (1, 20),
        (3, 40),
        (100, 10_000),
        (2, 160, ["title"]),
        (2, 160, ["share", "tags"]),
        (2, 160, None, True),
    ],
)
@pytest.mark.parametrize("query", ["лес", "woods", '"живут в лесу"', "ле*", "tags:a", "year:>0", "title:лес"])
def test_whatever_is_asked(hostile: Index, arguments: tuple[Any, ...], query: str) -> None:
    plain, encoded = both(hostile, query, *arguments)
    assert encoded == plain


def test_documents_go_out_as_they_are_stored_if_json_has_all_of_them(hostile: Index) -> None:
    assert num_raw(hostile, "лес") == len(HOSTILE) - 1  # JSON has no infinite number
    plain, encoded = both(hostile, "лес")
    assert encoded == plain
    assert len(plain) == len(HOSTILE)


MOMENTS = [
    datetime.datetime(2026, 5, 1, 12, 30, tzinfo=datetime.timezone.utc),
    datetime.datetime(1, 1, 1, 0, 0, 0, 5000, tzinfo=datetime.timezone.utc),
    datetime.datetime(2026, 5, 1, 23, 59, 59, 999999, tzinfo=datetime.timezone(datetime.timedelta(hours=-7))),
    datetime.date(9999, 12, 31),
    [datetime.date(2026, 5, 1), datetime.datetime(2026, 5, 1, 1, tzinfo=datetime.timezone.utc)],
]


def test_dates_are_written_as_before(tmp_path: Path) -> None:
    documents = [{**one, "когда": MOMENTS[n % 5]} for n, one in enumerate(HOSTILE)]
    documents[0]["body"] += ' "когда":"2026-05-01T12:30:00+00:00" 2026-05-01T12:30:00+00:00'
    with made(tmp_path / "index", documents, когда=Date()) as index:
        plain, encoded = both(index, "лес")
        assert encoded == plain
        assert {hit["fields"]["когда"] for hit in encoded if hit["id"] == "1"} == {"2026-05-01T12:30:00Z"}
        assert num_raw(index, "лес") == len(HOSTILE) - 1


def test_a_field_that_does_not_count_any_more_is_left_out(tmp_path: Path) -> None:
    with made(tmp_path / "index", HOSTILE) as index:
        index.remove_field("tags")
        plain, encoded = both(index, "лес")
        assert encoded == plain
        assert not any("tags" in hit["fields"] for hit in encoded)


def test_results_without_their_index(tmp_path: Path) -> None:
    import pickle

    with made(tmp_path / "index", HOSTILE) as index:
        plain = [hit_as_json(hit, index.schema) for hit in index.search("лес", 100)]
        kept = pickle.loads(pickle.dumps(index.search("лес", 100)))
        fields = index.schema
    encoded = encoded_hits(kept, fields, msgspec.Raw)
    assert json.loads(msgspec.json.encode(encoded)) == json.loads(msgspec.json.encode(plain))


def test_a_writer_that_changes_documents_meanwhile(tmp_path: Path) -> None:
    with made(tmp_path / "index", HOSTILE) as index:
        before = index.search("лес", 100)
        with index.writer() as writer:
            writer.delete("1")
        encoded = encoded_hits(before, index.schema, msgspec.Raw)
        assert {hit["id"] for hit in encoded} == {one["id"] for one in HOSTILE}
        index.refresh()
        assert searchlib.open(tmp_path / "index").search("лес").total == len(HOSTILE) - 1

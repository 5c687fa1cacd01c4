"""Answers as plain data: what the objects say, and nothing that JSON cannot."""

import json
from datetime import date

from searchlib import Date, Histogram, Index, Keyword, Range, Schema, Stats, Text
from searchlib.wire.answers import facet_as_json, hit_as_json, summary_as_json


def index() -> Index:
    made = Index.in_memory(Schema(body=Text(), tags=Keyword(), day=Date()))
    with made.writer() as writer:
        writer.add(
            {"id": "notes/a.txt", "body": "one\nТашкент — город", "tags": ["a"], "day": date(2024, 5, 1)}
        )
        writer.add({"id": "b", "body": "Ташкента два", "tags": ["a", "b"], "day": date(2024, 7, 1)})
    return made


def test_a_hit_has_its_fragments_and_their_place() -> None:
    made = index()
    found = {hit.id: hit_as_json(hit, made.schema) for hit in made.search("ташкент")}
    (fragment,) = found["notes/a.txt"]["fragments"]
    begin, end = fragment["spans"][0]
    assert made.get("notes/a.txt")["body"][begin:end] == "Ташкент"  # type: ignore[index]
    assert fragment["place"] == "line 2"
    assert "place" not in found["b"]["fragments"][0]


def test_columns_and_explanations_are_chosen() -> None:
    made = index()
    (first, *_) = made.search("ташкент")
    found = hit_as_json(first, made.schema, fragments=0, columns=["tags"], explain=True)
    assert list(found["fields"]) == ["tags"] and found["fragments"] == []
    assert found["explanation"]["value"] == first.score
    json.dumps(found)


def test_facets_are_buckets_or_numbers() -> None:
    made = index()
    facets = ["tags", Histogram("day", "month"), Range("day", [None, "2024-06", None], name="late")]
    results = made.search("ташкент", facets=facets)
    found = summary_as_json(results, around=True)
    assert found["total"] == 2
    assert found["facets"]["tags"]["buckets"] == [{"value": "a", "count": 2}, {"value": "b", "count": 1}]
    assert [bucket["count"] for bucket in found["facets"]["day"]["buckets"]] == [1, 0, 1]
    assert found["facets"]["late"]["buckets"][-1]["end"] is None
    assert found["cursor"] == results.cursor
    numbers = made.search("ташкент", facets=Stats("day")).facets["day:stats"]
    assert facet_as_json(numbers)["values"] == 2

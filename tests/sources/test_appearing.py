"""Documents that programs hand over: an inferred schema grows by what they bring, and nothing goes unsaid."""

from __future__ import annotations

from typing import Any

import pytest

from searchlib import Index, Integer, Schema, Text
from searchlib.errors import DocumentError
from searchlib.schema import MAX_FIELDS
from searchlib.sources.appearing import Appearing, schema_for


def added(schema: Schema, *rows: dict[str, Any]) -> tuple[Index, Appearing]:
    index = Index.in_memory(schema)
    with index.writer() as writer:
        appearing = Appearing(writer)
        appearing.meet(rows)
        for row in rows:
            appearing.add(row)
    return index, appearing


def test_fields_come_with_the_k1_of_those_that_are_there() -> None:
    rows = ({"id": "a", "body": "x"}, {"id": "b", "author": {"name": "Гоголь"}, "year": 1842})
    index, appearing = added(Schema(body=Text(k1=0.9)), *rows)
    assert {name: field.kind for name, field in appearing.grown.items()} == {
        "author_name": "text",
        "year": index.schema["year"].kind,
    }
    assert index.schema.bm25("author_name")[0] == 0.9
    assert [hit.id for hit in index.search("Гоголя")] == ["b"]


def test_many_rows_tell_a_type_better_than_one() -> None:
    rows = [{"id": "1", "size": "12"}, {"id": "2", "size": "large"}]
    index, _ = added(Schema(body=Text()), *rows)
    assert isinstance(index.schema["size"], Text)
    assert schema_for(rows) is not None and schema_for([{"id": "1"}]) is None


def test_a_value_of_another_kind_goes_beside_and_is_counted() -> None:
    index, appearing = added(Schema(body=Text(), year=Integer()), {"id": "1", "year": "soon"})
    assert index.get("1") == {"id": "1", "year_text": "soon"}
    assert dict(appearing.put_elsewhere) == {"year": 1}


def test_what_there_is_no_room_for_is_counted() -> None:
    rows = {f"field{number}": "x" for number in range(MAX_FIELDS + 5)}
    index, appearing = added(Schema(body=Text()), {"id": "1", **rows})
    assert len(index.schema) == MAX_FIELDS
    assert sum(appearing.left_out.values()) == 6


def test_a_document_without_any_field_is_refused() -> None:
    with pytest.raises(DocumentError):
        added(Schema(body=Text()), {"id": "1"})

"""Fields that come, go and change while an index lives: what each snapshot says then."""

from __future__ import annotations

import pytest

from searchlib import F, Index, Keyword, Number, Schema, Text
from searchlib.errors import SchemaError


@pytest.fixture
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(), price=Number()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "лес стоит", "price": 3})
        writer.add({"id": "2", "body": "дом", "price": 4})
    index.refresh()
    return index


def test_a_new_field_has_no_value_in_the_documents_that_are_there(index: Index) -> None:
    index.add_field("author", Text(column=True))
    assert list(index.schema) == ["body", "price", "author"]
    assert not index.search("author:*") and not index.search("гоголь")
    assert len(index.search("*:*", facets="author").facets["author"]) == 0
    with index.writer() as writer:
        writer.add({"id": "3", "body": "лес", "author": "Гоголь"})
    index.refresh()
    assert [hit.id for hit in index.search("гоголя")] == ["3"]
    assert [hit.id for hit in index.search("*:*", sort="author")] == ["3", "1", "2"]
    assert [hit.id for hit in index.search("*:*", filter=~F.author.exists())] == ["1", "2"]


def test_a_field_comes_in_the_middle_of_a_transaction(index: Index) -> None:
    with index.writer() as writer:
        writer.add({"id": "3", "body": "лес"})
        writer.delete("2")
        writer.add_field("tag", Keyword())
        writer.add({"id": "4", "body": "лес", "tag": "x"})
        writer.delete("3")
        assert "tag" not in index.schema
    index.refresh()
    assert [hit.id for hit in index.search("*:*")] == ["1", "4"]
    assert [hit.id for hit in index.search("tag:x")] == ["4"]
    assert index.stats()["fields"]["body"]["num_docs"] == 2


def test_a_rollback_takes_the_field_back(index: Index) -> None:
    with index.writer() as writer:
        writer.add_field("tag", Keyword())
        writer.add({"id": "4", "tag": "x"})
        writer.rollback()
        assert "tag" not in writer.schema
    index.refresh()
    assert list(index.schema) == ["body", "price"] and len(index) == 2


def test_a_name_that_is_taken_or_none_is_refused(index: Index) -> None:
    with pytest.raises(SchemaError, match="there is a field 'body' already"):
        index.add_field("body", Text())
    with pytest.raises(SchemaError, match="a word of letters"):
        index.add_field("two words", Text())
    with pytest.raises(SchemaError, match="one k1"):
        index.add_field("title", Text(k1=2.0))
    assert list(index.schema) == ["body", "price"]

"""Which shard a document is in, and the column that keeps the order of documents."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Integer, Keyword, Number, Schema, Text
from searchlib.cluster.ordinals import ORDINAL, shard_of, shard_schema, user_schema
from searchlib.errors import SchemaError

SCHEMA = Schema(title=Text(boost=2.0), tag=Keyword(), year=Number())


def test_a_shards_schema_is_the_users_and_a_hidden_column_behind_it() -> None:
    shard = shard_schema(SCHEMA)
    assert list(shard) == ["title", "tag", "year", ORDINAL]
    assert shard[ORDINAL] == Integer(stored=False)
    assert user_schema(shard) == SCHEMA
    assert shard.field_numbers == SCHEMA.field_numbers
    assert list(shard.column_numbers)[: len(SCHEMA.column_numbers)] == list(SCHEMA.column_numbers)


def test_the_ordinal_is_exact_to_64_bits_and_not_stored() -> None:
    index = Index.in_memory(shard_schema(SCHEMA))
    ordinals = [5, 2**53 + 1, 2**53 + 2, 2**63 - 1]
    with index.writer() as writer:
        for number in reversed(ordinals):
            writer.add({"id": str(number), "title": "one", ORDINAL: number})
    assert [hit.id for hit in index.search("one", sort=ORDINAL)] == [str(number) for number in ordinals]
    assert index.get("5") == {"id": "5", "title": "one"}


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(SchemaError, match=r"may not be called '_ordinal'.*another name"):
        shard_schema(Schema(body=Text(), _ordinal=Integer()))
    with pytest.raises(SchemaError, match=r"at most 255 fields.*got 256"):
        shard_schema(Schema(**{f"f{number}": Number() for number in range(256)}))
    assert len(shard_schema(Schema(**{f"f{number}": Number() for number in range(255)}))) == 256
    for foreign in (SCHEMA, Schema(**SCHEMA, _ordinal=Number())):
        with pytest.raises(SchemaError, match="no shard of a collection"):
            user_schema(foreign)


@given(st.text(min_size=1), st.integers(1, 100))
def test_a_document_stays_or_moves_to_one_other_shard_when_they_are_doubled(name: str, num: int) -> None:
    shard = shard_of(name, num)
    assert 0 <= shard < num
    assert shard_of(name, 2 * num) in (shard, shard + num)


@pytest.mark.parametrize("pattern", ["{}", "doc-{:08}", "news/2024/{}.txt", "статья{}"])
@pytest.mark.parametrize("num_shards", [2, 7, 16])
def test_shards_have_about_as_many_documents(pattern: str, num_shards: int) -> None:
    counts = Counter(shard_of(pattern.format(number), num_shards) for number in range(8000))
    expected = 8000 / num_shards
    assert len(counts) == num_shards
    assert max(abs(count - expected) for count in counts.values()) < 5 * expected**0.5


def test_another_process_finds_the_same_shard() -> None:
    code = "from searchlib.cluster.ordinals import shard_of; print([shard_of(f'd{i}', 7) for i in range(9)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([shard_of(f"d{number}", 7) for number in range(9)])
    assert done.stdout.strip() == "[2, 6, 5, 3, 3, 4, 3, 4, 2]", "what is on disk was routed so"

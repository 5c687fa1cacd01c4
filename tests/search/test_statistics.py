"""What `Index.stats` counts: terms and forms of the whole index, each once."""

from __future__ import annotations

import random

import pytest

from searchlib import Index, Keyword, Schema, Text


def index_of(batches: list[list[str]]) -> Index:
    index = Index.in_memory(Schema(body=Text(), tag=Keyword()))
    for number, batch in enumerate(batches):
        with index.writer() as writer:
            for place, text in enumerate(batch):
                writer.add({"id": f"{number}-{place}", "body": text, "tag": text[:1]})
    index.refresh()
    return index


def counts(index: Index) -> dict[str, tuple[int, int]]:
    fields = index.stats()["fields"]
    return {name: (field["num_terms"], field["num_forms"]) for name, field in fields.items()}


@pytest.mark.parametrize("seed", range(8))
def test_what_segments_share_counts_once(seed: int) -> None:
    rng = random.Random(seed)
    words = "дом дома домом идти шёл US us U.S. café cafes wi-fi 1980-х 1990 люди Kitab kitab".split()  # noqa: SIM905
    batches = [
        [" ".join(rng.choices(words, k=5)) for _ in range(rng.randint(1, 4))] for _ in range(1 + seed % 4)
    ]
    many, one = index_of(batches), index_of([[text for batch in batches for text in batch]])
    assert many.stats()["num_segments"] == len(batches)
    assert counts(many) == counts(one)


def test_segments_that_share_nothing_add_up() -> None:
    assert counts(index_of([["abc"], ["bcd", "cde"]]))["body"] == (3, 3)


def test_an_empty_index_and_an_empty_field_have_none() -> None:
    assert counts(index_of([])) == {"body": (0, 0), "tag": (0, 0)}
    assert counts(index_of([["?"], ["—"]]))["body"] == (0, 0)

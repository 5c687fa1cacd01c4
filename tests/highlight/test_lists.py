"""No mark goes over the border of two values of a list, which are joined by line breaks."""

from __future__ import annotations

import random

import pytest

from searchlib import Index, Schema, Text

PIECES = [
    "police", "forces", "e-", "mail", "т.", "д.", "New", "York", "1", "000", "C", "#", "г.", "Москва",
    "U.S.", "A.", "wi", "fi", "wi-", "-fi", "кибер-", "атака", "health", "care", "12", "х", "30",
    "node", ".js", "кибер¬", "O'", "Reilly", "ст.", "228", ".1", "so\xad", "on", "С.", "Пушкин", "5",
    "км", "of", "the",
]  # fmt: skip
QUERIES = [
    '"police forces"', "email", '"т д"', '"new york"', "1000", "кибератака", '"health care"',
    "healthcare", "wifi", '"А. С. Пушкин"', '"5 км"', "5км", "O'Reilly", '"ст. 228.1"',
    '"police new"~5', "node.js", "C#",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_a_mark_is_inside_of_one_value(seed: int) -> None:
    draw = random.Random(seed)
    index = Index.in_memory(Schema(tags=Text()))
    with index.writer() as writer:
        for number in range(8):
            values = [" ".join(draw.choices(PIECES, k=draw.randint(1, 4))) for _ in range(draw.randint(1, 4))]
            writer.add({"id": str(number), "tags": values})
    index.refresh()
    for query in QUERIES:
        for hit in index.search(query, cross_script=True):
            text = hit.text("tags")
            assert not any("\n" in text[span.start : span.end] for span in hit.spans("tags")), (query, text)


def test_a_phrase_is_marked_where_it_stands_in_one_value() -> None:
    index = Index.in_memory(Schema(tags=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "tags": ["the police", "forces meet", "police forces"]})
    index.refresh()
    (hit,) = index.search('"police forces"')
    assert hit.highlight("tags", fragments=None) == "the police\nforces meet\n<mark>police forces</mark>"

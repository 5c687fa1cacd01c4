"""What the benchmark of key strokes types."""

from __future__ import annotations

from random import Random

import pytest
from benchmarks.instant import measured, mistyped, on_other_layout

from edits_twin import distance
from searchlib import Index, Schema, Text


@pytest.mark.parametrize("text", ["Использование таблиц", "Creating a Window", "ab"])
def test_a_slip_is_one_edit(text: str) -> None:
    slips = {mistyped(text, Random(seed)) for seed in range(50)}
    assert len(slips) > 3
    assert all(distance(text, slip) <= 1 for slip in slips)


def test_the_other_layout_there_and_back() -> None:
    assert on_other_layout("Ташкент") == "nfirtyn"
    assert on_other_layout(on_other_layout("system.")) == "system."


def test_each_key_stroke_is_asked_for() -> None:
    index = Index.in_memory(Schema(body=Text()))
    strokes = list(measured(index, {"one": ["ab c"], "two": ["д"]}))
    assert [(one.kind, one.text) for one in strokes] == [
        ("one", "a"), ("one", "ab"), ("one", "ab "), ("one", "ab c"), ("two", "д"),
    ]  # fmt: skip
    assert all(one.ms >= 0 <= one.processor_ms for one in strokes)

"""Facets over whole blocks of packed values, however these are counted, beside counts in plain Python."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from searchlib import Date, F, Histogram, Index, Integer, Keyword, Number, Range, Schema, Terms

NUM_DOCS = 5003  # the last block is not full
START = datetime(1968, 3, 5, tzinfo=timezone.utc)


def documents() -> list[dict[str, Any]]:
    chance = random.Random(13)
    return [
        {
            "half": chance.randrange(-4000, 4000) / 2,
            "wild": chance.choice([-1e300, -0.0, 1e-300, 5.5, 1e300]) * chance.random(),
            "thousands": chance.randrange(-50, 900) * 1000,
            "wide": chance.randrange(-(2**63), 2**63),
            "steady": 7 + number // 1500,
            "day": START + timedelta(seconds=chance.randrange(10**9)),
            "tag": f"tag {min(int(chance.expovariate(0.2)), 40)}",
            "name": f"name {chance.randrange(4000)}",
            "one": "the same",
        }
        for number in range(NUM_DOCS)
    ]


DOCUMENTS = documents()
SCHEMA = Schema(
    half=Number(),
    wild=Number(),
    thousands=Integer(),
    wide=Integer(),
    steady=Integer(),
    day=Date(),
    tag=Keyword(),
    name=Keyword(),
    one=Keyword(),
)


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index.in_memory(SCHEMA)
    with made.writer() as writer:
        writer.add_many(DOCUMENTS)
        writer.merge()
    made.refresh()
    return made


FILTERS = {
    "all": (None, lambda _: True),
    "some": (F.thousands.between(100_000, 300_000), lambda one: 100_000 <= one["thousands"] <= 300_000),
    "few": (F.tag == "tag 17", lambda one: one["tag"] == "tag 17"),
}


@pytest.mark.parametrize("which", FILTERS)
def test_facets_equal_counts_of_all_documents(index: Index, which: str) -> None:
    condition, passes = FILTERS[which]
    found = [one for one in DOCUMENTS if passes(one)]
    ranges = {
        "half": [-1000, -1.5, 0, 0.5, 900],
        "wild": [None, -1e299, 0, 1, None],
        "thousands": [*range(-20_500, 500_000, 700)],
        "wide": [None, -(2**62), 0, 12, 2**62],
        "steady": [7, 8, 9],
        "day": [START + timedelta(days=100 * step) for step in range(-3, 40)],
    }
    facets = [
        *(Range(field, borders) for field, borders in ranges.items()),
        *(Terms(field, limit=None) for field in ("tag", "name", "one")),
        Histogram("day", "month", name="months"),
        Histogram("half", 300, name="steps"),
    ]
    given = index.search("*:*", 0, filter=condition, facets=facets).facets
    for field, borders in ranges.items():
        low = [float("-inf") if border is None else border for border in borders[:-1]]
        inside = [one[field] for one in found if borders[-1] is None or one[field] < borders[-1]]
        counts = Counter(bisect_right(low, value) - 1 for value in inside)
        assert [one.count for one in given[field]] == [counts[number] for number in range(len(low))], field
    for field in ("tag", "name", "one"):
        assert {one.value: one.count for one in given[field]} == Counter(one[field] for one in found)
    months = Counter((one["day"].year, one["day"].month) for one in found)
    assert {(one.value.year, one.value.month): one.count for one in given["months"] if one.count} == months
    steps = Counter(300 * (one["half"] // 300) for one in found)
    assert {one.value: one.count for one in given["steps"] if one.count} == steps

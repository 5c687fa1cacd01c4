"""Facets without their own part of the filter:

a table of what is left of filters, and counts as a shop shows them.
"""

from __future__ import annotations

from typing import Any

import pytest

from searchlib import Distinct, F, Histogram, Index, Keyword, Number, Range, Schema, Stats, Terms, Text
from searchlib.query import And, Or, Word
from searchlib.search.own_filter import without_own

SCHEMA = Schema(body=Text(), colour=Keyword(), size=Keyword(), price=Number())
RED, BLUE, BIG, CHEAP = F.colour.any("red"), F.colour.any("blue"), F.size.any("big"), F.price < 10

# A filter, a field, whether something of it is the field's own, how many parts are left.
CASES: list[tuple[Any, str, bool, int]] = [
    (RED, "colour", True, 0),
    (RED, "size", False, 1),
    (RED & BIG, "colour", True, 1),
    (RED & BIG, "size", True, 1),
    (RED & BIG, "price", False, 2),
    (RED & BIG & CHEAP, "price", True, 2),
    (RED | BLUE, "colour", True, 0),
    (RED | BIG, "colour", False, 1),
    (RED | BIG, "size", False, 1),
    ((RED | BLUE) & BIG, "colour", True, 1),
    ((RED | BIG) & BLUE, "colour", True, 1),
    (~RED, "colour", True, 0),
    (~RED & BIG, "colour", True, 1),
    (~(RED & BIG), "colour", False, 1),
    (~(RED | BLUE), "colour", True, 0),
    ([RED, BIG], "colour", True, 1),
    ([RED & BIG, CHEAP], "colour", True, 2),
    ([[RED], BIG], "colour", True, 1),
    ([], "colour", False, 1),
    ([RED, []], "colour", True, 1),
    ("colour:red", "colour", True, 0),
    ("colour:red", "size", False, 1),
    ("colour:red OR colour:blue", "colour", True, 0),
    ("colour:red OR size:big", "colour", False, 1),
    ("colour:red size:big", "colour", False, 1),
    ("+colour:red +size:big", "colour", False, 1),
    ("-colour:red", "colour", True, 0),
    ("red", "colour", False, 1),
    ("colour:red red", "colour", False, 1),
    ("price:[1 TO 5]", "price", True, 0),
    ("price:[1 TO 5]", "colour", False, 1),
    ("colour:r*", "colour", True, 0),
    ("colour:*", "colour", True, 0),
    ("*:*", "colour", False, 1),
    ("", "colour", False, 1),
    (["colour:red", "size:big"], "colour", True, 1),
    (["colour:red", BIG, CHEAP], "price", True, 2),
    (Word("red", "colour"), "colour", True, 0),
    (Word("red", "colour"), "body", False, 1),
    (Word("red"), "body", False, 1),
    (And((Word("red", "colour"), Word("big", "size"))), "colour", False, 1),
    (Or((Word("red", "colour"), Word("blue", "colour"))), "colour", True, 0),
    (F.colour.exists(), "colour", True, 0),
    (F.price.between(1, 2) & F.price.between(3, 4), "price", True, 0),
    (F.id.any("1"), "colour", False, 1),
    (F.id.any("1") & RED, "colour", True, 1),
    (F.colour.any(), "colour", True, 0),
    (F.colour.any() & BIG, "colour", True, 1),
    (F.body.any("x") & RED, "colour", True, 1),
    ([~BIG, ~RED, ~CHEAP], "size", True, 2),
]


@pytest.mark.parametrize(("filter", "field", "is_own", "left"), CASES)
def test_what_is_left_of_a_filter(filter: Any, field: str, is_own: bool, left: int) -> None:
    rest, found = without_own(filter, field, SCHEMA)
    assert (found, len(rest)) == (is_own, left)


ROWS = [
    ("red", "big", 5),
    ("red", "small", 15),
    ("blue", "big", 8),
    ("blue", "small", 25),
    ("green", "big", 12),
]


@pytest.fixture(scope="module", params=[1, 5])
def shop(request: pytest.FixtureRequest) -> Index:
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        for number, (colour, size, price) in enumerate(ROWS):
            writer.add({"id": str(number), "body": "shirt", "colour": colour, "size": size, "price": price})
            if number % request.param == 0:
                writer.commit(merge=False)
    index.refresh()
    return index


def test_a_shop_shows_what_else_could_be_chosen(shop: Index) -> None:
    facets = [
        Terms("colour", excluding_own=True),
        Terms("size", excluding_own=True),
        Terms("colour", name="now"),
    ]
    results = shop.search("shirt", filter=RED & BIG, facets=facets)
    assert [hit.id for hit in results] == ["0"] and results.total == 1
    found: Any = results.facets
    assert found["colour"].as_dict() == {"blue": 1, "green": 1, "red": 1}  # of the big ones
    assert found["size"].as_dict() == {"big": 1, "small": 1}  # of the red ones
    assert found["now"].as_dict() == {"red": 1}


def test_every_facet_may_leave_out_its_own(shop: Index) -> None:
    facets = [
        Range("price", [0, 10, 100], excluding_own=True),
        Histogram("price", 10, excluding_own=True, name="steps"),
        Stats("price", excluding_own=True),
        Distinct("colour", excluding_own=True),
        Stats("price", name="narrow"),
    ]
    found: Any = shop.search("shirt", 0, filter=[CHEAP, "colour:red"], facets=facets).facets
    assert [bucket.count for bucket in found["price"]] == [1, 1]
    assert [bucket.count for bucket in found["steps"]] == [1, 1]
    assert (found["price:stats"].max, found["narrow"].max) == (15, 5)
    assert found["colour:distinct"].distinct == 2  # of the cheap ones


def test_without_a_filter_it_is_all_the_same(shop: Index) -> None:
    one, other = (
        shop.search("shirt", facets=Terms("colour", excluding_own=own)).facets for own in (True, False)
    )
    assert one["colour"].as_dict() == other["colour"].as_dict()  # type: ignore[union-attr]

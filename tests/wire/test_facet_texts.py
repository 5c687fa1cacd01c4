"""A facet as a line of text is the facet that it names."""

import pytest

from searchlib import Distinct, Facet, Histogram, Range, Stats, Terms
from searchlib.errors import QueryError
from searchlib.wire.facets import facet_of_text

FACETS = [
    ("tags", Terms("tags")),
    ("tags:20", Terms("tags", 20, name="tags:20")),
    ("price:0,10,100", Range("price", ["0", "10", "100"], name="price:0,10,100")),
    ("price:,10", Range("price", [None, "10"], name="price:,10")),
    ("price:step=2.5", Histogram("price", 2.5, name="price:step=2.5")),
    ("day:month", Histogram("day", "month", name="day:month")),
    ("day:week@Asia/Tashkent", Histogram("day", "week", "Asia/Tashkent", name="day:week@Asia/Tashkent")),
    ("price:stats", Stats("price", name="price:stats")),
    ("tags:distinct", Distinct("tags", name="tags:distinct")),
]


@pytest.mark.parametrize(("text", "facet"), FACETS)
def test_it_is_read(text: str, facet: Facet) -> None:
    assert facet_of_text(text) == facet


@pytest.mark.parametrize("text", ["price:", "price:many", "price:step=x", "price:-3", "price:٣"])
def test_what_is_none_is_said(text: str) -> None:
    with pytest.raises(QueryError, match=r"a facet is|a step is"):
        facet_of_text(text)

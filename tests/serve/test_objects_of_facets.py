"""The objects that docs/http.md names as facets, groups and boosts are such."""

import json
import re
from pathlib import Path

import msgspec

from searchlib.serve.types.requests import SearchRequest

PAGE = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")


def test_they_are_read() -> None:
    part = PAGE.partition("a facet may be an object")[2].partition("## ")[0]
    objects = [json.loads(text) for text in re.findall(r"`({.*?})`", part, re.S)]
    kinds = [each.get("type", "group") for each in objects]
    assert kinds == ["terms", "range", "histogram", "stats", "distinct", "group", "recency", "static"]
    asked = {"facets": objects[:5], "group_by": objects[5], "boost_by": objects[6:]}
    read = msgspec.convert(asked, SearchRequest)
    assert len(read.facets) == 5 and len(read.boost_by) == 2

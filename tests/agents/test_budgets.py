"""The budget of tokens is kept, whatever is asked and however long documents are."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calls import Tools
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Date, Keyword, Schema, Text
from searchlib.agents.answers import MAX_BUDGET, MIN_BUDGET
from searchlib.agents.budget import as_json, fitting, num_tokens, price, price_of_json
from searchlib.agents.refusals import Refusal
from searchlib.agents.tools import READING, call

PROJECT = Path(__file__).parents[2]
COUNTS: dict[str, list[int]] = json.loads((Path(__file__).parent / "token_counts.json").read_text("utf-8"))

WORDS = [
    *("Ташкент", "президент", "выборы", "Tashkent", "police", "СССР", "water", "river", "год", "century"),
    *("море", "the", "and", "Lukashenka", "Ташкетн", "elektion", "бегемот", "*", "ghbdtn"),
]
QUERIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
BUDGETS = st.integers(MIN_BUDGET, 3_000)
SEARCHES = st.fixed_dictionaries(
    {"query": QUERIES | st.text(max_size=40), "budget": BUDGETS},
    optional={
        "limit": st.integers(1, 50),
        "snippets": st.integers(0, 5),
        "snippet_length": st.integers(40, 600),
        "show": st.lists(st.sampled_from(["published", "tags", "path", "body", "title"]), max_size=3),
        "sort": st.sampled_from(["", "-published", "size,_score", "name"]),
        "filter": st.sampled_from(["", "extension:txt", "published:[1990 TO 2010]", "нигде"]),
        "cross_script": st.booleans(),
    },
)


def kept(tools: Tools, name: str, asked: dict[str, Any]) -> dict[str, Any] | None:
    """The answer, in its budget; or what budget would do, which then does."""
    try:
        answer = tools.call(name, **asked)
    except Refusal as refusal:
        if refusal.kind != "budget_too_small":
            raise
        needed = refusal.details["needed"]
        assert asked["budget"] < needed < MAX_BUDGET
        return tools.call(name, **{**asked, "budget": needed})
    return answer


@given(SEARCHES)
@settings(max_examples=60)
def test_a_search_keeps_its_budget(tools: Tools, asked: dict[str, Any]) -> None:
    answer = kept(tools, "search", asked)
    assert answer is not None
    assert bool(answer["hits"]) == bool(answer["total"])


@given(
    st.lists(st.integers(0, 122), min_size=1, max_size=20, unique=True),
    BUDGETS,
    st.integers(0, 3_000),
    QUERIES | st.just(""),
)
@settings(max_examples=60)
def test_a_reading_keeps_its_budget(
    tools: Tools, numbers: list[int], budget: int, offset: int, match: str
) -> None:
    ids = list(tools.catalog["corpus"].current().ids())
    asked = {"ids": [ids[number] for number in numbers], "budget": budget, "offset": offset, "match": match}
    answer = kept(tools, "read", asked)
    assert answer is not None
    assert answer["documents"]


@given(
    QUERIES,
    st.lists(
        st.sampled_from(["extension", "tags", "path"])
        | st.fixed_dictionaries(
            {"field": st.just("published"), "interval": st.sampled_from(["year", "month", "week"])}
        )
        | st.fixed_dictionaries({"field": st.sampled_from(["name", "size"]), "top": st.integers(1, 1000)}),
        max_size=5,
        unique_by=lambda one: one if isinstance(one, str) else (one["field"], one.get("interval")),
    ),
    BUDGETS,
)
@settings(max_examples=40)
def test_a_count_keeps_its_budget(tools: Tools, query: str, by: list[Any], budget: int) -> None:
    answer = kept(tools, "count", {"query": query, "by": by, "budget": budget})
    assert answer is not None
    assert len(answer.get("by", [])) == len(by)
    for one in answer.get("by", []):
        assert one.get("left_out", 1) > 0


@given(
    QUERIES, st.lists(st.sampled_from(["letopis-1966", "nature/aral.txt", "no such"]), max_size=3), BUDGETS
)
@settings(max_examples=40)
def test_an_explanation_keeps_its_budget(tools: Tools, query: str, ids: list[str], budget: int) -> None:
    kept(tools, "explain", {"query": query, "ids": ids, "budget": budget})


@pytest.mark.parametrize("budget", [MIN_BUDGET, 500, 2_000, MAX_BUDGET])
def test_long_ids_titles_and_values_keep_it_too(new_tools: Callable[..., Any], budget: int) -> None:
    """An id that is longer than a small budget is refused with the budget that does; all else is cut."""
    long = "очень длинное " * 400
    documents = [
        {"id": f"{'папка/' * 250}{number}", "title": long, "body": long * 20, "tag": "д" * 5_000}
        for number in range(3)
    ]
    schema = Schema(title=Text(), body=Text(), tag=Keyword(), day=Date())
    _, tools = new_tools(schema, documents)
    for name, asked in (
        ("search", {"query": "длинное", "show": ["tag", "title", "body"]}),
        ("read", {"ids": [documents[0]["id"], documents[1]["id"]]}),
        ("count", {"by": ["tag"]}),
        ("explain", {"query": "длинное", "ids": [documents[0]["id"]]}),
    ):
        kept(tools, name, {**asked, "budget": budget})


@given(st.text(max_size=300), st.text(max_size=50))
def test_the_price_of_a_text_is_that_of_its_parts(one: str, other: str) -> None:
    assert price(one + other) == price(one) + price(other)


@given(st.text(max_size=300), st.integers(0, 50), st.integers(0, 20_000))
def test_what_fits_is_the_longest_that_does(text: str, start: int, room: int) -> None:
    def cost(end: int) -> int:
        return price(as_json(text[start:end])[1:-1])

    end = fitting(text, start, room)
    assert cost(end) <= room or end == start
    assert end >= len(text) or cost(end + 1) > room


def test_a_list_costs_no_more_than_its_items() -> None:
    items = [{"id": f"документ {number}", "score": number / 7} for number in range(50)]
    assert price(as_json(items)) <= sum(map(price_of_json, items)) + price("[]")


@pytest.mark.parametrize("name", COUNTS)
def test_the_estimate_is_near_what_tokenizers_count(name: str) -> None:
    """token_counts.json has what o200k_base, cl100k_base and Claude 2's tokenizer make of files of corpus/"""
    text = (PROJECT / "corpus" / name).read_text("utf-8")
    estimate = num_tokens(text)
    assert estimate >= 0.95 * max(COUNTS[name])
    assert estimate <= 2 * max(COUNTS[name])


def test_the_documentation_has_these_counts() -> None:
    rows = [
        line.split("|")[-2]
        for line in (PROJECT / "docs" / "mcp.md").read_text("utf-8").splitlines()
        if line.startswith(("| o200k_base", "| cl100k_base", "| Claude 2"))
    ]
    texts = {name: num_tokens((PROJECT / "corpus" / name).read_text("utf-8")) for name in COUNTS}
    for number, row in enumerate(rows):
        ratios = sorted(texts[name] / counts[number] for name, counts in COUNTS.items())
        shown = (ratios[0], statistics.median(ratios), ratios[-1])
        assert row.strip() == ", ".join(f"{one:.2f}" for one in shown)
    assert len(rows) == 3


def test_each_tool_that_reads_has_a_budget_and_says_so() -> None:
    for tool in READING:
        assert "kept" in tool.takes["properties"]["budget"]["description"]


def test_a_budget_out_of_bounds_is_refused(tools: Tools) -> None:
    for budget in (0, 199, 20_001):
        assert tools.refused("search", query="вода", budget=budget)["kind"] == "bad_argument"
    assert call(tools.catalog, "search", {"query": "вода", "budget": 200})["hits"]

"""Pages by cursor: no hit is lost or comes twice, whatever is committed meanwhile; and wrong cursors."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from calls import Tools
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index, Integer, Keyword, Schema, Text
from searchlib.agents.catalog import Catalog

SCHEMA = Schema(title=Text(boost=2.0), body=Text(), number=Integer(), tag=Keyword())
RUSSIAN = ["Саммит", "в", "Ташкенте", "обсудил", "воду,", "реки", "и", "границы"]
ENGLISH = ["The", "summit", "in", "Tashkent", "discussed", "water,", "rivers", "and", "borders"]


def document(number: int) -> dict[str, Any]:
    draw = random.Random(number)
    words = draw.choices(RUSSIAN + ENGLISH, k=draw.randint(3, 40))
    return {
        "id": f"d{number}",
        "title": " ".join(words[:3]),
        "body": " ".join(words),
        "number": draw.randint(1, 5),
        "tag": draw.choice(["лес", "sea"]),
    }


def all_pages(tools: Tools, between: Callable[[], None], **asked: Any) -> list[str]:
    """The ids of all pages; something happens between them."""
    ids: list[str] = []
    answer = tools.search(**asked)
    total = answer["total"]
    while True:
        assert answer["total"] == total
        assert answer["hits"]
        ids += [hit["id"] for hit in answer["hits"]]
        assert "notes" not in answer
        if "cursor" not in answer:
            return ids
        between()
        answer = tools.search(**{**asked, "cursor": answer["cursor"]})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Tools]:
    """An index of which documents come and go all the time."""
    folder = tmp_path_factory.mktemp("paged") / "own"
    index = Index.create(folder, SCHEMA)
    with index.writer() as writer:
        writer.add_many(document(number) for number in range(60))
    return index, Tools(Catalog({"own": str(folder)}))


@given(
    st.sampled_from(["Ташкент", "water OR реки", "summit discussed", "*", "Tashkent -вода"]),
    st.integers(1, 25),
    st.integers(200, 1_500),
    st.sampled_from(["", "number", "-number,tag"]),
    st.integers(0, 10**6),
)
@settings(max_examples=10)
def test_no_hit_is_lost_or_comes_twice_while_others_commit(
    written: tuple[Index, Tools], query: str, limit: int, budget: int, sort: str, seed: int
) -> None:
    index, tools = written
    draw = random.Random(seed)
    with index.writer() as writer:
        for name in list(index.ids()):
            writer.delete(name)
        writer.add_many(document(number) for number in range(60))
    expected = index.search(query, None, cross_script=True, sort=sort.split(",") if sort else None)
    ids = [hit.id for hit in expected]

    commits = 0

    def commit() -> None:
        nonlocal commits
        if commits < 2 and (commits == 0 or draw.random() < 0.5):
            commits += 1
            with index.writer() as writer:
                writer.delete(f"d{draw.randint(0, 80)}")
                writer.add(document(draw.randint(0, 80)))

    found = all_pages(
        tools, commit, query=query, limit=limit, budget=budget, sort=sort, snippets=draw.randint(0, 2)
    )
    assert found == ids


def test_what_shows_may_change_from_page_to_page_and_what_is_asked_may_not(tools: Tools) -> None:
    first = tools.search("Ташкент", limit=3)
    again = {"query": "Ташкент", "cursor": first["cursor"]}
    assert tools.search(**again, limit=7, snippets=0, show=["path"], budget=500)["hits"]
    for other in (
        {"query": "Tashkent"},
        {"filter": "extension:txt"},
        {"sort": "name"},
        {"cross_script": False},
    ):
        told = tools.refused("search", **{**again, **other})
        assert told["kind"] == "bad_cursor"
        assert "another search" in told["message"]


def test_after_a_restart_it_goes_on_and_says_so_if_the_index_has_changed(
    new_tools: Callable[..., tuple[Index, Tools]],
) -> None:
    index, tools = new_tools(SCHEMA, [document(number) for number in range(30)])
    expected = [hit.id for hit in index.search("*", None, sort="number")]
    asked = {"query": "*", "sort": "number", "limit": 12, "snippets": 0}
    first = tools.search(**asked)
    restarted = Tools(Catalog({"own": tools.catalog["own"].path}))
    second = restarted.search(**asked, cursor=first["cursor"])
    assert "notes" not in second
    assert [hit["id"] for hit in first["hits"] + second["hits"]] == expected[:24]
    with index.writer() as writer:
        writer.add(document(99))
    third = Tools(Catalog({"own": tools.catalog["own"].path})).search(**asked, cursor=first["cursor"])
    assert "has changed" in third["notes"][0]
    assert third["hits"][0]["id"] == expected[12]


@pytest.mark.parametrize(
    "cursor", ["", "x", "1.2.3", "zz.000000.x", "....", "١.000000.x", "2." * 200, "ы" * 50]
)
def test_a_cursor_that_is_none_is_refused(tools: Tools, cursor: str) -> None:
    assert tools.refused("search", query="Ташкент", cursor=cursor)["kind"] == "bad_cursor"
    assert tools.refused("read", cursor=cursor)["kind"] == "bad_cursor"


@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda data: data.hex()))
def test_any_text_as_a_cursor_is_refused(tools: Tools, cursor: str) -> None:
    for name, asked in (("search", {"query": "Ташкент"}), ("read", {})):
        assert tools.refused(name, **asked, cursor=cursor)["kind"] in ("bad_cursor", "bad_argument")


def test_a_cursor_whose_end_was_changed_is_refused(tools: Tools) -> None:
    cursor = tools.search("Ташкент", limit=2)["cursor"]
    broken = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    assert tools.refused("search", query="Ташкент", cursor=broken)["kind"] == "bad_cursor"


def test_only_so_many_states_are_kept_and_for_a_while(
    new_tools: Callable[..., tuple[Index, Tools]], monkeypatch: pytest.MonkeyPatch
) -> None:
    index, tools = new_tools(SCHEMA, [document(number) for number in range(30)])
    for number in range(12):
        assert "cursor" in tools.search("Ташкент", limit=2)
        with index.writer() as writer:
            writer.add(document(100 + number))
    assert len(tools.catalog["own"]._kept) == 4
    monkeypatch.setattr("searchlib.agents.catalog.KEPT_SECONDS", -1)
    tools.call("count")
    assert not tools.catalog["own"]._kept

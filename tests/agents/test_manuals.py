"""Budgets and pages over two manuals, Russian and English: real text, much of it long, with tables."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from calls import Tools
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index, Keyword, Schema, Text
from searchlib.agents.catalog import Catalog
from shared_data import needed

NUM_DOCS = 150
SEEDS = st.integers(0, 10**9)


def pages(name: str, language: str) -> Iterator[dict[str, Any]]:
    with gzip.open(needed("text", name), "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, NUM_DOCS * 20, 20):
            page = json.loads(line)
            yield {"id": page["id"], "title": page["title"], "body": page["text"], "language": language}


@pytest.fixture(scope="module")
def manuals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    folder: Path = tmp_path_factory.mktemp("manuals") / "manuals"
    index = Index.create(folder, Schema(title=Text(boost=3.0), body=Text(), language=Keyword()))
    with index.writer() as writer:
        writer.add_many(pages("ru_sqldocs.jsonl.gz", "ru"))
        writer.add_many(pages("en_win32.jsonl.gz", "en"))
    catalog = Catalog({"manuals": str(folder)})
    yield Tools(catalog)  # which holds each answer against its budget
    catalog.close()


def words_of(tools: Tools, seed: int) -> tuple[str, str, int]:
    """A document, some neighbouring words of it, and how long it is."""
    draw = random.Random(seed)
    index = tools.catalog["manuals"].current()
    ids = list(index.ids())
    document = index.get(draw.choice(ids))
    assert document is not None
    words = document["body"].split()
    at = draw.randrange(max(len(words) - 4, 1))
    return document["id"], " ".join(words[at : at + draw.randint(1, 4)]), len(document["body"])


@given(
    SEEDS,
    st.integers(200, 4_000),
    st.integers(1, 30),
    st.integers(0, 5),
    st.integers(40, 600),
)
@settings(max_examples=40)
def test_searches_keep_their_budget_and_pages_are_whole(
    manuals: Tools, seed: int, budget: int, limit: int, snippets: int, size: int
) -> None:
    _, query, _ = words_of(manuals, seed)
    asked = {"limit": limit, "budget": budget, "snippets": snippets, "snippet_length": size}
    ids: list[str] = []
    cursor = None
    for _ in range(3):
        answer = manuals.search(query, **asked, cursor=cursor)
        ids += [hit["id"] for hit in answer["hits"]]
        cursor = answer.get("cursor")
        if cursor is None:
            break
    index = manuals.catalog["manuals"].current()
    expected = [hit.id for hit in index.search(query, len(ids), cross_script=True)]
    assert ids == expected
    assert (cursor is None) == (len(ids) == answer["total"])


@given(SEEDS, st.integers(250, 4_000))
@settings(max_examples=25)
def test_readings_keep_their_budget_and_have_the_match(manuals: Tools, seed: int, budget: int) -> None:
    document_id, match, length = words_of(manuals, seed)
    [one] = manuals.read(ids=[document_id], match=match, budget=budget)["documents"]
    assert one["length"] == length
    if "note" not in one:
        index = manuals.catalog["manuals"].current()
        again = index.search(match, None, fields=["body"], cross_script=True)
        hit = next(hit for hit in again if hit.id == document_id)
        assert any(one["start"] <= span.start < one["end"] for span in hit.spans("body"))
    several = [document_id, *(words_of(manuals, seed + number)[0] for number in range(4))]
    assert manuals.read(ids=several, budget=budget + 700)["documents"]

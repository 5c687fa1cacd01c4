"""Small bilingual documents, every operator, any cut into segments: the oracle's hits, bit for bit."""

from __future__ import annotations

import os
from typing import Any

import pytest
from bilingual import queries, rankings
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from twins import Twins, batches, standing_twins

from searchlib import Ranking
from searchlib.search.ranking import BM25, RICH

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
_settings = settings(
    deadline=None,
    max_examples=30 * DEPTH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module", params=[True, False], ids=["stored", "not-stored"])
def standing(request: pytest.FixtureRequest) -> Twins:
    return standing_twins(request.param)


@given(query=queries)
@settings(_settings, max_examples=150 * DEPTH)
def test_queries_of_a_standing_index_equal_the_oracle(standing: Twins, query: str) -> None:
    standing.check(query)


@given(query=queries, ranking=rankings)
@settings(_settings, max_examples=150 * DEPTH)
def test_other_rankings_equal_the_oracle(standing: Twins, query: str, ranking: Ranking) -> None:
    standing.check(query, ranking)
    best = [(hit.id, hit.score) for hit in standing.index.search(query, 5, ranking=ranking)]
    assert best == standing.oracle.search(query, 5, ranking=ranking)


@pytest.mark.parametrize(
    "query",
    [
        "plain:* -published:1991 body:lesson",  # a scorer must not move back to a document that was excluded
        "(+title:* -(+plain:* -tag:wood)) -year:1991",
        "body:lesson old:no",  # no stopword: a value
        "лес tag:us",
        "лес +(the людей)",  # + asks for the parentheses, not for each word in them
        "лес NOT the",
        "лес AND NOT the",
        "лес OR NOT (the of)",
        "the -лес",
        "to be or not to be",
        "-the",
        '"the us"',
        '"из-за леса" state-owned "re established"~2',
        "user@example.com лес,люди",
        "ЛЕ* МИД мид US us",
        "+(-(-force us)) force",  # what is excluded was stopwords: the parentheses say nothing
    ],
)
@pytest.mark.parametrize("ranking", [BM25, RICH], ids=str)
def test_queries_that_once_differed_or_might(standing: Twins, query: str, ranking: Ranking) -> None:
    standing.check(query, ranking)


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not-stored"])
@given(batches=batches, asked=st.lists(queries, min_size=3, max_size=12), ranking=rankings)
@_settings
def test_searches_equal_the_oracle(
    stored: bool, batches: list[list[Any]], asked: list[str], ranking: Ranking
) -> None:
    twins = Twins(stored)
    twins.apply(batches)
    for query in asked:
        twins.check(query)
        twins.check(query, ranking)
    twins.merge()
    for query in asked:
        note(f"merged: {query}")
        twins.check(query)
        twins.check(query, ranking)


@given(batches=batches, query=queries, limit=st.integers(0, 6), offset=st.integers(0, 6))
@_settings
def test_a_page_is_a_slice_of_all(batches: list[list[Any]], query: str, limit: int, offset: int) -> None:
    twins = Twins(True)
    twins.apply(batches)
    expected = twins.oracle.search(query, None)
    results = twins.index.search(query, limit, offset)
    assert [(hit.id, hit.score) for hit in results] == expected[offset : offset + limit]
    assert results.total == len(expected) and results.total_lower_bound <= results.total
    rest = twins.index.search(query, None, offset)
    assert [hit.id for hit in rest] == [document_id for document_id, _ in expected[offset:]]


@given(
    batches=batches,
    query=queries,
    fields=st.sampled_from(
        [("body",), ("title", "body"), ("plain",), ("body", "plain"), ("title", "body", "plain", "tag")]
    ),
    ranking=rankings,
)
@_settings
def test_a_call_chooses_its_fields(
    batches: list[list[Any]], query: str, fields: tuple[str, ...], ranking: Ranking
) -> None:
    twins = Twins(True)
    twins.apply(batches)
    expected = twins.oracle.search(query, None, fields=fields, ranking=ranking)
    found = [(hit.id, hit.score) for hit in twins.index.search(query, None, fields=fields, ranking=ranking)]
    assert found == expected, query


@given(batches=batches, asked=st.lists(queries, min_size=2, max_size=12))
@settings(_settings, max_examples=10 * DEPTH)
def test_many_at_once_equal_one_by_one(batches: list[list[Any]], asked: list[str]) -> None:
    twins = Twins(True)
    twins.apply(batches)
    expected = [twins.oracle.search(query, 5) for query in asked]
    for threads in (1, 2):
        together = twins.index.search_many(asked, limit=5, threads=threads)
        assert [[(hit.id, hit.score) for hit in results] for results in together] == expected


@given(batches=batches, query=queries)
@_settings
def test_where_the_cuts_are_does_not_matter(batches: list[list[Any]], query: str) -> None:
    cut, whole = Twins(True), Twins(True)
    cut.apply(batches)
    whole.apply([[change for batch in batches for change in batch]])
    assert cut.index.stats()["num_docs"] == whole.index.stats()["num_docs"]
    found, again = cut.index.search(query, None), whole.index.search(query, None)
    assert [(hit.id, hit.score) for hit in found] == [(hit.id, hit.score) for hit in again]

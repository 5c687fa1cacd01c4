"""Recency and static scores:

the oracle's to the last bit, pruned as exhaustive, and errors that say what is wrong.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from bilingual import queries, sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Twins

import oracle_around as truth
from searchlib import Date, F, Index, Keyword, Number, Ranking, Recency, Schema, Static, Text
from searchlib.errors import QueryError, UnknownFieldError
from searchlib.search.ranking import BM25, DEFAULT, RICH

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
NOW = datetime(1991, 6, 1, tzinfo=timezone.utc)

boosts = st.lists(
    st.one_of(
        st.builds(
            Recency,
            st.just("published"),
            st.sampled_from([1, 30, 365.5, timedelta(hours=5)]),
            st.sampled_from([0, 0.3, 1.0, 25.0]),
            st.sampled_from(
                [NOW, datetime(1992, 1, 1, tzinfo=timezone.utc), datetime(1980, 1, 1, tzinfo=timezone.utc)]
            ),
        ),
        st.builds(
            Static, st.just("year"), st.sampled_from([0.5, 1991, 1e6]), st.sampled_from([0.1, 1.0, 7.0])
        ),
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module", params=[1, 3], ids=["one segment", "segments"])
def standing(request: pytest.FixtureRequest) -> Twins:
    twins = Twins(stored=True)
    made = [{**document, "id": str(number)} for number, document in enumerate(sample(300))]
    twins.apply([made[:200], made[200:290], [*made[290:], *(str(number) for number in range(0, 300, 13))]])
    if request.param == 1:
        twins.merge()
    return twins


@given(
    query=queries,
    given_boosts=boosts,
    ranking=st.sampled_from([BM25, DEFAULT, RICH]),
    limit=st.integers(1, 20),
)
@settings(deadline=None, max_examples=150 * DEPTH, suppress_health_check=[HealthCheck.too_slow])
def test_scores_are_those_of_the_oracle(
    standing: Twins, query: str, given_boosts: list[Any], ranking: Ranking, limit: int
) -> None:
    plain = standing.oracle.search(query, None, ranking=ranking)
    expected = truth.raised(standing.oracle, plain, given_boosts, NOW)
    results = standing.index.search(query, None, ranking=ranking, boost_by=given_boosts)
    assert [(hit.id, hit.score) for hit in results] == expected
    best = standing.index.search(query, limit, ranking=ranking, boost_by=given_boosts)
    assert [(hit.id, hit.score) for hit in best] == expected[:limit]
    assert best.total == len(expected)
    if best and best.cursor:
        rest = standing.index.search(query, limit, ranking=ranking, boost_by=given_boosts, after=best.cursor)
        assert [(hit.id, hit.score) for hit in rest] == expected[limit : 2 * limit]
    passing = F.year >= 1991
    narrowed = standing.index.search(query, limit, ranking=ranking, boost_by=given_boosts, filter=passing)
    let_through = {hit.id for hit in standing.index.search("*:*", None, filter=passing)}
    assert [(hit.id, hit.score) for hit in narrowed] == [hit for hit in expected if hit[0] in let_through][
        :limit
    ]


def test_an_explanation_has_the_values(standing: Twins) -> None:
    hit = standing.index.search(
        "лес force", 1, boost_by=[Recency("published", 30, now=NOW), Static("year", 1991)]
    )[0]
    explained = hit.explain()
    child, recency, static = explained.parts
    assert explained.value == hit.score == child.value * (1 + recency.value + static.value)
    assert (
        "recency of 'published', weight 1 · " in recency.description
        and "static score of 'year'" in static.description
    )


def test_now_is_when_the_search_begins() -> None:
    index = Index.in_memory(Schema(body=Text(), day=Date()))
    now = datetime.now(timezone.utc)
    with index.writer() as writer:
        writer.add({"id": "old", "body": "wood", "day": now - timedelta(days=30)})
        writer.add({"id": "new", "body": "wood", "day": now + timedelta(days=30)})
    index.refresh()
    plain = index.search("wood")[0].score
    new, old = index.search("wood", boost_by=Recency("day", 30))
    assert (new.id, new.score) == ("new", 2 * plain) and old.score == pytest.approx(1.5 * plain, rel=1e-4)


@pytest.mark.parametrize("value", [0, -1, -1e300, 1e-300, 1e300, float("inf"), float("-inf"), 5, 0.1])
def test_any_number_has_its_worth(value: float) -> None:
    index = Index.in_memory(Schema(body=Text(), votes=Number()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "wood", "votes": value})
        writer.add({"id": "2", "body": "wood"})
    index.refresh()
    scores = {hit.id: hit.score for hit in index.search("wood", boost_by=Static("votes", 5, weight=2))}
    worth = 1.0 if value == float("inf") else value / (value + 5) if value > 0 else 0.0
    assert scores["1"] == scores["2"] * (1 + 2 * worth)


SCHEMA = Schema(body=Text(), tag=Keyword(), day=Date(), votes=Number())

WRONG: list[tuple[Any, type[Exception], str]] = [
    (Recency("nope", 5), UnknownFieldError, "no field 'nope'"),
    (Recency("votes", 5), QueryError, "Recency is for Date fields; 'votes' is a Number"),
    (Static("day", 5), QueryError, "Static is for Number and Integer fields; 'day' is a Date"),
    (Static("tag", 5), QueryError, "'tag' is a Keyword"),
    (Static("body", 5), QueryError, "running text"),
    ([], QueryError, "1 to 8"),
    ([Static("votes", 5)] * 9, QueryError, "1 to 8"),
    (["votes"], QueryError, "a Recency or a Static"),
]


@pytest.mark.parametrize(("boost", "error", "says"), WRONG)
def test_what_cannot_raise_a_score_says_why(boost: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        Index.in_memory(SCHEMA).search("wood", boost_by=boost)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Recency("a", 0),
        lambda: Recency("a", -1),
        lambda: Recency("a", float("nan")),
        lambda: Recency("a", float("inf")),
        lambda: Recency("a", 10**400),
        lambda: Recency("a", timedelta(0)),
        lambda: Recency("a", "week"),  # type: ignore[arg-type]
        lambda: Recency("a", True),
        lambda: Recency("a", 5, weight=-1),
        lambda: Recency("a", 5, weight=float("nan")),
        lambda: Recency("a", 5, weight=1e7),
        lambda: Recency("a", 5, now=datetime(2024, 1, 1)),
        lambda: Static("a", 0),
        lambda: Static("a", -5),
        lambda: Static("a", float("inf")),
        lambda: Static("a", True),
        lambda: Static("a", 5, weight="x"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_made_is_an_error(make: Any) -> None:
    with pytest.raises(ValueError):
        make()

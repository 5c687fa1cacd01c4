"""search_counted() has two answers at once: the best of a search that scores every match, and how many match.

Trees of every operator over two fields, segments and deletes. Weights and boosts are any that a plan takes:
also 0, and such as no float holds.
"""

from __future__ import annotations

from typing import Any

from built_segments import deletes_of, segment_of, snapshot_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import _core
from searchlib.plan import (
    All,
    And,
    Boost,
    Has,
    Max,
    Maybe,
    Not,
    Or,
    Phrase,
    PhraseField,
    PlanNode,
    Word,
    WordField,
)

LETTERS = "abcdef"
WEIGHTS = [1.0, 0.3, 2.5, 0.0, 1e-12, 1e-45, 1e12]
BOOSTS = [1.0, 0.25, 3.0, 0.0, 1e-30, 1e-60, 1e30]

texts = st.lists(st.sampled_from([*LETTERS, "a", "b"]), max_size=6)
documents = st.tuples(texts.map(" ".join), texts)
"""A body, and tags."""
segments = st.lists(st.tuples(documents, st.integers(0, 4)), min_size=1, max_size=30)
"""Documents; with 0 a document is deleted."""

lemmas = st.lists(st.sampled_from([*LETTERS, "nowhere"]), min_size=1, max_size=3, unique=True)


@st.composite
def words(draw: st.DrawFn, weights: list[float]) -> PlanNode:
    own = draw(lemmas)
    numbers = draw(st.sampled_from([[0], [1], [0, 1]]))
    related = draw(st.sampled_from([[], [], ["a"], ["f", "nowhere"]]))
    factor = draw(st.sampled_from([0.2, 0.9])) if related else 0.0
    made = [WordField(number, draw(st.sampled_from(weights)), own, related=related) for number in numbers]
    return Word(made, related=factor)


phrases = st.builds(
    lambda two, slop: Phrase([PhraseField(0, 1.0, [0, 1], [[one] for one in two])], slop),
    st.lists(st.sampled_from(LETTERS), min_size=2, max_size=2),
    st.sampled_from([0, 0, 2]),
)


def trees(weights: list[float], boosts: list[float], others: bool) -> st.SearchStrategy[PlanNode]:
    """others: whether there is more than AND, OR, NOT and boosts of words."""
    leaves = words(weights) | phrases | st.just(All()) | st.just(Has(1)) if others else words(weights)

    def joined(below: st.SearchStrategy[PlanNode]) -> st.SearchStrategy[PlanNode]:
        several = st.lists(below, min_size=1, max_size=3)
        made: st.SearchStrategy[PlanNode] = st.one_of(
            several.map(And),
            several.map(Or),
            st.builds(Not, below, below),
            st.builds(Boost, st.sampled_from(boosts), below),
        )
        return made | several.map(Max) | st.builds(Maybe, below, below) if others else made

    return st.recursive(leaves, joined, max_leaves=8)


def narrowed(weights: list[float], boosts: list[float]) -> st.SearchStrategy[PlanNode]:
    """What is looked for among its matches."""
    words_alone = trees(weights, boosts, others=False)
    return st.one_of(
        st.lists(words_alone, min_size=2, max_size=3).map(And),
        st.builds(Not, words_alone, trees(weights, boosts, others=True)),
    )


plans = st.one_of(
    narrowed(WEIGHTS[:3], BOOSTS[:3]), narrowed(WEIGHTS, BOOSTS), trees(WEIGHTS, BOOSTS, others=True)
)


def snapshot(parts: list[list[tuple[tuple[str, list[str]], int]]]) -> _core.Snapshot:
    made = []
    for part in parts:
        texts: list[Any] = [text for text, _ in part]
        segment = segment_of(texts)
        gone = {number: texts[number] for number, (_, kept) in enumerate(part) if kept == 0}
        made.append((segment, deletes_of(segment, gone) if gone else None))
    return snapshot_of(*made)


def check(whole: _core.Snapshot, plan: PlanNode) -> None:
    every = whole.search(plan, whole.num_docs + 1, exhaustive=True)
    for limit in (0, 1, 2, 5, 20, whole.num_docs):
        best, total = whole.search_counted(plan, limit)
        assert total == len(every) == whole.count(plan)
        assert best == every[:limit] == whole.search(plan, limit)


@given(parts=st.lists(segments, min_size=1, max_size=3), asked=st.lists(plans, min_size=1, max_size=8))
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_the_best_and_the_number_of_all(parts: list[Any], asked: list[PlanNode]) -> None:
    whole = snapshot(parts)
    for plan in asked:
        check(whole, plan)


def test_a_match_may_weigh_nothing() -> None:
    """Or what no float holds: it is found by its exact score."""
    whole = snapshot([[(("a b", ["a"]), 1), (("a", ["b"]), 1), (("b", []), 1), (("c", ["c"]), 1)]])
    for weight in (0.0, 1e-45, 1e-320, 1e30):
        light = Word([WordField(0, weight, ["a"])])
        either = Or([light, Word([WordField(1, 1.0, ["c"])])])
        for plan in (Not(either, Word([WordField(1, 1.0, ["b"])])), Boost(weight, Not(either, Has(0)))):
            check(whole, plan)
        check(whole, And([Or([Boost(weight, Word([WordField(0, 1.0, ["a"])])), either]), All()]))
        check(whole, And([either, Or([light, light, Boost(weight, light)])]))

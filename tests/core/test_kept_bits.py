"""What a segment keeps of filters holds for every snapshot that it is in, whichever of them asked first.

The documents of a segment never change, but what is deleted does: two snapshots, before a commit and after
it, look at one segment and at the bits that it has.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest
from built_segments import deletes_of, segment_of, snapshot_of

from searchlib import _core
from searchlib.plan import (
    All,
    And,
    Boost,
    Filtered,
    FormPattern,
    Forms,
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

DOCUMENTS = [
    ["rare words here", "x"],
    ["words", "x"],
    ["the rare fox and words", ""],
    ["other words", "rare"],
    ["", "y"],
    ["words of a fox", "x"],
]


def word(*lemmas: str, field: int = 0) -> Word:
    return Word([WordField(field, 1.0, list(lemmas))])


def phrase(*words: str, slop: int = 0) -> Phrase:
    return Phrase([PhraseField(0, 1.0, list(range(len(words))), [[one] for one in words])], slop)


# What passes, and its documents.
FILTERS: list[tuple[PlanNode, set[int]]] = [
    (word("rare"), {0, 2}),
    (word("rare", "fox"), {0, 2, 5}),
    (word("words"), {0, 1, 2, 3, 5}),
    (word("nowhere"), set()),
    (word("nowhere", "other"), {3}),
    (word("rare", field=1), {3}),
    (Word([WordField(0, 1.0, ["rare"]), WordField(1, 1.0, ["rare"])]), {0, 2, 3}),
    (Word([WordField(0, 1.0, ["other"], related=["rare"])], related=0.5), {0, 2, 3}),
    (phrase("rare", "words"), {0}),
    (phrase("rare", "words", slop=5), {0, 2}),
    (phrase("rare", "fox"), {2}),
    (phrase("words", "rare"), set()),
    (Forms(FormPattern("prefix", "rar", 0), [0]), {0, 2}),
    (Forms(FormPattern("fuzzy", "rarr", 1), [0, 1]), {0, 2, 3}),
    (Forms(FormPattern("wildcard", "*o*", 0), [0]), {0, 1, 2, 3, 5}),
    (All(), set(range(6))),
    (Has(0), {0, 1, 2, 3, 5}),
    (Has(1), {0, 1, 3, 4, 5}),
    (Not(All(), word("rare")), {1, 3, 4, 5}),
    (Not(word("words"), phrase("rare", "words")), {1, 2, 3, 5}),
    (And([word("rare"), word("fox")]), {2}),
    (And([word("rare"), Has(1)]), {0}),
    (Or([word("rare"), word("x", field=1)]), {0, 1, 2, 5}),
    (Max([word("other"), phrase("rare", "fox")]), {2, 3}),
    (Maybe(word("rare"), word("fox")), {0, 2}),
    (Boost(2.0, word("rare")), {0, 2}),
    (Filtered(word("words"), word("rare")), {0, 2}),
    (Not(Has(1), Or([word("rare"), word("rare", field=1)])), {1, 4, 5}),
]

DELETED = [(), (0, 2), (2,), (3,), (0, 2, 3), (0, 1, 2, 3, 5), (4,), tuple(range(6))]


def check(snapshot: _core.Snapshot, filter: _core.FilterPlan, live: Sequence[int]) -> None:
    expected = sorted(live)
    plan = Filtered(All(), filter)
    assert [doc for _, doc in snapshot.search(plan, 10)] == expected
    assert [doc for _, doc in snapshot.search(plan, 1)] == expected[:1]
    assert snapshot.count(plan) == len(expected)
    ranked = Filtered(word("words"), filter)
    assert snapshot.count(ranked) == len(snapshot.search(ranked, 10)) == len({*expected} - {4})


@pytest.mark.parametrize("first, then", list(itertools.permutations(DELETED, 2)), ids=str)
def test_two_snapshots_of_one_segment(first: tuple[int, ...], then: tuple[int, ...]) -> None:
    segment = segment_of(DOCUMENTS)
    for deleted in (first, then, first):
        deletes = deletes_of(segment, {number: DOCUMENTS[number] for number in deleted})
        snapshot = snapshot_of((segment, deletes))
        for plan, matches in FILTERS:
            check(snapshot, _core.FilterPlan(plan), sorted(matches - {*deleted}))
            assert snapshot.count(plan) == len(matches - {*deleted})


def test_segments_that_stay_while_others_come_and_go() -> None:
    source = random.Random(7)
    segments = [segment_of(DOCUMENTS) for _ in range(3)]
    for _ in range(60):
        chosen = source.sample(segments, source.randrange(1, 4))
        parts, live = [], []
        for number, segment in enumerate(chosen):
            deleted = source.choice(DELETED)
            parts.append((segment, deletes_of(segment, {one: DOCUMENTS[one] for one in deleted})))
            live += [(number, doc) for doc in range(6) if doc not in deleted]
        snapshot = snapshot_of(*parts)
        for plan, matches in source.sample(FILTERS, 6):
            found = [doc for _, doc in snapshot.search(Filtered(All(), plan), 100)]
            assert found == [6 * number + doc for number, doc in live if doc in matches]

"""Snapshots that have nothing: no segment, segments of no documents, documents that are all deleted.

Whatever is asked of them has an answer, and every plan finds nothing.
"""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from built_segments import FIELDS, WORD, Parts, built, config, emptied, snapshot_of

from searchlib import _core
from searchlib.plan import (
    All,
    And,
    Boost,
    Docs,
    Filtered,
    FormPattern,
    Forms,
    Has,
    Max,
    Maybe,
    Not,
    Nothing,
    Or,
    Phrase,
    PhraseField,
    PlanNode,
    Word,
    WordField,
)


def segment_of_nothing() -> _core.Segment:
    parts = Parts()
    _core.merge([emptied(3)], config(), parts)
    return parts.segment(0, ["body", "tag"])


SNAPSHOTS = {
    "no segment": snapshot_of(),
    "a segment of nothing": snapshot_of(segment_of_nothing()),
    "a segment whose documents are deleted": snapshot_of(emptied(3)),
    "a large one": snapshot_of(emptied(200)),
    "several": snapshot_of(emptied(1), segment_of_nothing(), emptied(65)),
}

snapshots = pytest.mark.parametrize("snapshot", SNAPSHOTS.values(), ids=SNAPSHOTS)


def documents(snapshot: _core.Snapshot) -> Docs:
    """All that a snapshot has, by their numbers."""
    counts = {0: [], 3: [3], 200: [200], 66: [1, 0, 65]}[snapshot.num_docs]
    if snapshot is SNAPSHOTS["a segment of nothing"]:
        counts = [0]
    return Docs([list(range(count)) for count in counts])


def leaves(snapshot: _core.Snapshot) -> list[PlanNode]:
    named = documents(snapshot)
    return [
        WORD,
        Word([WordField(0, 1.0, ["word", "w1"], related=["w2"]), WordField(1, 1.0, ["x"])], related=0.5),
        Word([WordField(0, 1.0, ["word"], form="word")], signals=[("exact", 1.0)]),
        Word([WordField(0, 1.0, ["nowhere"])]),
        Phrase([PhraseField(0, 1.0, [0, 1], [["word"], ["w1"]])]),
        Phrase([PhraseField(0, 1.0, [0, 1], [["word"], ["w1"]])], 3),
        Forms(FormPattern("prefix", "w", 0), [0]),
        Forms(FormPattern("wildcard", "*w*", 0), [0, 1]),
        Forms(FormPattern("fuzzy", "wrod", 2), [0]),
        All(),
        named,
        Docs([[] for _ in named.by_segment]),
        Has(0),
        Has(1),
        Nothing(),
    ]


def plans(snapshot: _core.Snapshot) -> list[PlanNode]:
    """Every kind of node, over every leaf."""
    made = leaves(snapshot)
    for one in leaves(snapshot):
        made += [And([one, WORD]), Or([one, WORD]), Max([WORD, one]), Boost(2.0, one)]
        made += [Not(WORD, one), Not(one, WORD), Maybe(WORD, one), Maybe(one, WORD)]
    return made


@snapshots
def test_every_plan_finds_nothing(snapshot: _core.Snapshot) -> None:
    assert snapshot.num_live_docs == 0
    for plan in plans(snapshot):
        for limit in (0, 1, 10, 2**63):
            assert snapshot.search(plan, limit) == snapshot.search(plan, limit, exhaustive=True) == []
            assert snapshot.search_counted(plan, limit) == ([], 0)
            assert snapshot.search(plan, limit, after=(1.0, 0)) == []
        assert snapshot.count(plan) == 0
    for threads in (0, 1, 3):
        assert snapshot.search_many(plans(snapshot), 10, threads) == [[] for _ in plans(snapshot)]


@snapshots
def test_every_filter_finds_nothing(snapshot: _core.Snapshot) -> None:
    for passing, wanted in itertools.product(plans(snapshot), (WORD, All(), documents(snapshot))):
        for filter in (passing, _core.FilterPlan(passing)):
            plan = Filtered(wanted, filter)
            for _ in range(2):  # the second time its documents are known
                assert snapshot.search(plan, 10) == [] and snapshot.count(plan) == 0
            prepared = _core.Plan(plan)
            assert snapshot.search_counted(prepared, 1) == ([], 0)
            assert snapshot.search_many([prepared, plan], 1, 2) == [[], []]
            assert snapshot.count(And([plan, plan])) == 0 and snapshot.search(Or([plan, All()]), 1) == []


@snapshots
def test_all_else_has_an_answer(snapshot: _core.Snapshot) -> None:
    there = {"word"} & snapshot.expand(0, "prefix", "w", 0, 1000)[1]  # words stay until a merge
    assert (there == {"word"}) == (snapshot.num_docs > 0)
    for field in range(FIELDS):
        assert snapshot.df(field, "word") == snapshot.df(field, "x") == 0
        assert snapshot.totals(field) == (0, 0)
        assert snapshot.relatives(field, "english", ["word"], 10) == []
        snapshot.count_words(field)
        statistics = snapshot.terms(field, "", True)
        while found := statistics.next(10):
            assert all(len(one) == 3 for one in found)
        vocabulary = snapshot.vocabulary([field], [])
        vocabulary.near("wrod", 2)
        vocabulary.complete("w", 5)
        vocabulary.names("word", 0.5)
        vocabulary.form_df("word")
        assert {key for key, _ in vocabulary.forms_of("word")} <= {"word"}
        assert vocabulary.spellings("word")[0][0] == "word"
    for doc in {0, snapshot.num_docs} - set(range(snapshot.num_docs)):
        for call in (snapshot.id_of, lambda doc: snapshot.score_of(WORD, doc)):
            with pytest.raises(IndexError, match="no document"):
                call(doc)
    for doc in range(snapshot.num_docs):
        assert snapshot.id_of(doc).startswith("id")
        assert snapshot.length_of(0, doc)[0] == 2


NOT_PLANS: list[Any] = [
    SimpleNamespace(kind="maybe", children=[]),
    SimpleNamespace(kind="not", children=[]),
    SimpleNamespace(kind="not", children=[All()]),
    SimpleNamespace(kind="raised", children=[], raises=[]),
    SimpleNamespace(kind="filter", children=[]),
    SimpleNamespace(kind="filter", children=[All()]),
    SimpleNamespace(kind="filter", children=[All(), All(), All()]),
    SimpleNamespace(kind="filter", children=[All(), All(), _core.FilterPlan(Nothing())]),
    Docs([[0]] * 7),
    Or([Docs([]), Docs([[0]] * 7)]),
    And([Docs([[0]] * 7), Docs([[0]] * 6), Docs([])]),
]


@snapshots
@pytest.mark.parametrize("wrong", NOT_PLANS, ids=range(len(NOT_PLANS)))
def test_what_passes_is_checked(snapshot: _core.Snapshot, wrong: Any) -> None:
    with pytest.raises(ValueError):
        snapshot.search(Filtered(All(), _core.FilterPlan(wrong)), 10)
    for plan in (wrong, Filtered(All(), wrong), Filtered(wrong, All())):
        with pytest.raises(ValueError):
            snapshot.count(plan)


def test_what_is_deleted_here_and_lives_there() -> None:
    """A field's values may all be deleted in one segment, and live in another."""
    snapshot = snapshot_of(emptied(3), built(2), segment_of_nothing())
    assert snapshot.count(WORD) == 2 and [doc for _, doc in snapshot.search(WORD, 10)] == [3, 4]
    passing = _core.FilterPlan(Docs([[0, 1, 2], [1], []]))
    assert snapshot.count(Filtered(WORD, passing)) == 1
    assert [doc for _, doc in snapshot.search(Filtered(WORD, passing), 10)] == [4]


@pytest.mark.parametrize("sizes", [(2,), (0, 2), (2, 0), (0, 0, 1, 0, 3, 0), (1, 1, 1), (64, 0, 65)], ids=str)
def test_each_document_has_one_place_beside_segments_of_nothing(sizes: tuple[int, ...]) -> None:
    segments = [built(size) if size else segment_of_nothing() for size in sizes]
    snapshot = snapshot_of(*segments)
    places = [(number, doc) for number, size in enumerate(sizes) for doc in range(size)]
    assert snapshot.num_docs == len(places)
    for doc, (_, local) in enumerate(places):
        assert snapshot.id_of(doc) == f"id{local}"
        assert snapshot.score_of(Word([WordField(0, 1.0, [f"w{local}"])]), doc) is not None
        assert snapshot.score_of(Word([WordField(0, 1.0, [f"w{local + 1}"])]), doc) is None
        assert snapshot.occurrence(0, f"w{local}", doc) is not None and snapshot.length_of(0, doc)[0] == 2
    for call in (
        snapshot.id_of,
        lambda doc: snapshot.score_of(WORD, doc),
        lambda doc: snapshot.length_of(0, doc),
    ):
        with pytest.raises(IndexError, match="no document"):
            call(len(places))

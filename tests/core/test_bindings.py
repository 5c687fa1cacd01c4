"""Wrong numbers and shapes, given to the core by hand: an error each time, never a look at other memory.

What must not happen is seen best under `make sanitize`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from built_segments import FIELDS, WORD, Parts, built, config

from searchlib import Analyzer, _core
from searchlib.errors import CorruptIndexError
from searchlib.plan import (
    All,
    And,
    Boost,
    Docs,
    Filtered,
    FormPattern,
    Forms,
    Has,
    InRange,
    InSet,
    InStrings,
    Max,
    Nothing,
    Or,
    Phrase,
    PhraseField,
    PlanNode,
    Word,
    WordField,
)

HUGE = 2**32 - 1


@pytest.fixture(scope="module")
def segment() -> _core.Segment:
    return built(3)


@pytest.fixture(scope="module")
def snapshot(segment: _core.Segment) -> _core.Snapshot:
    return _core.Snapshot([(segment, None)], [(1.2, 0.75)] * FIELDS)


class Bare(SimpleNamespace):
    """What is like a node, but for what it lacks."""


def test_right_numbers_are_taken(segment, snapshot):
    assert [segment.id_of(doc) for doc in range(3)] == ["id0", "id1", "id2"]
    assert snapshot.df(0, "word") == 3 and snapshot.totals(1) == (3, 3)
    assert len(snapshot.search(WORD, 10)) == 3
    assert snapshot.count(Docs([[0, 2]])) == 2
    assert snapshot.score_of(WORD, 2) is not None and snapshot.occurrence(0, "word", 2) is not None


@pytest.mark.parametrize("field", [FIELDS, HUGE, 2**63])
def test_a_field_that_is_not_there(segment, snapshot, field):
    builder = _core.SegmentBuilder(config())
    for call in (
        lambda: segment.field_stats(field),
        lambda: segment.forms(field),
        lambda: snapshot.df(field, "word"),
        lambda: snapshot.totals(field),
        lambda: snapshot.occurrence(field, "word", 0),
        lambda: snapshot.expand(field, "prefix", "w", 0, 10),
        lambda: builder.declined(field),
        lambda: builder.resolve(field, []),
        lambda: snapshot.vocabulary([0, field], []),
    ):
        with pytest.raises(IndexError, match="no field"):
            call()


@pytest.mark.parametrize("doc", [3, 64, HUGE])
def test_a_document_that_is_not_there(segment, snapshot, doc):
    deletes = _core.Deletes(segment)
    deleter = _core.Deleter(segment, [None, None])
    for call in (
        lambda: segment.id_of(doc),
        lambda: doc in deletes,
        lambda: snapshot.occurrence(0, "word", doc),
        lambda: snapshot.score_of(WORD, doc),
        lambda: snapshot.id_of(doc),
        lambda: deleter.remove(deletes, doc, ["", ""]),
    ):
        with pytest.raises(IndexError, match="no document"):
            call()
    assert len(deletes) == 0


@pytest.mark.parametrize("number", [-1, 2**64, 0.5, None, "0"])
def test_what_is_no_number(segment, snapshot, number):
    for call in (
        lambda: segment.id_of(number),
        lambda: segment.forms(number),
        lambda: snapshot.df(number, "word"),
        lambda: number in _core.Deletes(segment),
    ):
        with pytest.raises(TypeError):
            call()


def calls(snapshot: _core.Snapshot, plan: Any) -> list[Callable[[], object]]:
    """All that a plan may be given to."""
    return [
        lambda: snapshot.search(plan, 10),
        lambda: snapshot.search(plan, 10, exhaustive=True),
        lambda: snapshot.search_many([WORD, plan], 10, 2),
        lambda: snapshot.count(plan),
        lambda: snapshot.score_of(plan, 0),
    ]


@pytest.mark.parametrize(
    "plan",
    [
        None,
        (),
        "all",
        ("all", 1.0),
        ["all", 1.0],
        Bare(kind=None),
        *(Bare(kind=cls.kind) for cls in get_args(PlanNode) if cls is not Nothing),
        Word([("body", 1.0, ["word"])]),
        Word([WordField("body", 1.0, ["word"])]),
        Word([WordField(-1, 1.0, ["word"])]),
        Word([WordField(0, 1.0, [None])]),
        Word([WordField(0, 1.0, ["word"], form=None)], signals=[("exact", 1.0)]),
        Word([WordField(0, 1.0, ["word"])], signals=[(1.0, "exact")]),
        Word(0),
        Word({}),
        Phrase([PhraseField(0, 1.0, [-1], [["word"]])]),
        Phrase([PhraseField(0, 1.0, [2**32], [["word"]])]),
        Phrase([PhraseField(0, 1.0, [0], ["word"])], None),
        Forms(None, [0]),
        Forms(FormPattern("prefix", "w", -1), [0]),
        Forms(FormPattern("prefix", None, 0), [0]),
        And([None]),
        pytest.param(And(iter([WORD])), id="an iterator"),
        Boost(2.0, None),
        Boost("2", WORD),
        Has(None),
        Docs([0]),
        InRange(None, []),
        InRange(0, [(0,)]),
        InRange(0, [(0, 2**63)]),
        InRange(0, 0),
        InStrings(0, 1, None),
        InStrings(0, None, None, 5),
        InSet(0, [None]),
        InSet(0, "ab"),
        Filtered(WORD, None),
    ],
    ids=str,
)
def test_what_is_no_plan(snapshot, plan):
    for call in calls(snapshot, plan):
        with pytest.raises(TypeError, match=r"searchlib\.plan|list or a tuple|incompatible"):
            call()


@pytest.mark.parametrize(
    "plan",
    [
        Bare(kind="unheard of"),
        Bare(kind="not", children=[All()]),
        Bare(kind="maybe", children=[]),
        Has(FIELDS),
        Has(HUGE),
        Word([WordField(FIELDS, 1.0, ["word"])]),
        Word([WordField(0, 1.0, ["word"])], signals=[("unheard of", 1.0)]),
        Phrase([PhraseField(FIELDS, 1.0, [0], [["word"]])]),
        Phrase([PhraseField(0, 1.0, [0, 1], [["word"]])]),
        Forms(FormPattern("prefix", "w", 0), [FIELDS]),
        Forms(FormPattern("unheard of", "w", 0), [0]),
        Forms(FormPattern("fuzzy", "w", 3), [0]),
        And([All(), Has(HUGE)]),
        Docs([]),
        Docs([[0], [0]]),
        Docs([[0, 0]]),
        Docs([[2, 1]]),
        Docs([[0, 3]]),
        Docs([[HUGE]]),
        InRange(0, [(0, 1)]),
        InRange(HUGE, []),
        InStrings(0, None, None),
        InSet(0, []),
        Bare(kind="filter", children=[All()]),
    ],
    ids=str,
)
def test_plans_that_do_not_fit(snapshot, plan):
    for call in calls(snapshot, plan):
        with pytest.raises(ValueError):
            call()


def test_an_error_of_an_attribute_is_not_hidden(snapshot):
    class Broken:
        @property
        def kind(self) -> str:
            raise ZeroDivisionError

    for call in calls(snapshot, Broken()):
        with pytest.raises(ZeroDivisionError):
            call()


@pytest.mark.parametrize("weight", [math.nan, math.inf, -math.inf, -1.0])
def test_weights_that_are_none(segment, snapshot, weight):
    for plan in (
        All(weight),
        Docs([[0]], weight),
        Has(0, weight),
        Forms(FormPattern("prefix", "w", 0), [0], weight),
        Word([WordField(0, weight, ["word"])]),
        Word([WordField(0, 1.0, ["word"])], weight),
        Word([WordField(0, 1.0, ["word"])], 0.0, [("exact", weight)]),
        Phrase([PhraseField(0, weight, [0], [["word"]])]),
        Boost(weight, All()),
        Or([All(), Boost(weight, WORD)]),
    ):
        with pytest.raises(ValueError, match="finite number, 0 or more"):
            snapshot.search(plan, 10)
    for parameters in ((weight, 0.75), (1.2, weight)):
        with pytest.raises(ValueError, match="finite number, 0 or more"):
            _core.Snapshot([(segment, None)], [parameters] * FIELDS)
        with pytest.raises(ValueError, match="finite number, 0 or more"):
            _core.SegmentBuilder(config(*parameters))
        with pytest.raises(ValueError, match="finite number, 0 or more"):
            _core.merge([(segment, None)], config(*parameters), Parts())


@pytest.mark.parametrize("plan", [And([]), Or([]), Max([]), Word([]), Phrase([], HUGE)])
def test_empty_plans_match_nothing(snapshot, plan):
    assert snapshot.search(plan, 1) == [] and snapshot.count(plan) == 0


def test_extreme_numbers_that_fit(snapshot):
    assert snapshot.search(WORD, 0) == []
    assert len(snapshot.search(WORD, 2**63)) == 3
    for threads in (0, 1, 2, HUGE):
        assert [len(hits) for hits in snapshot.search_many([WORD] * 3, 10, threads)] == [3] * 3
    assert snapshot.search_many([], 10, HUGE) == []
    assert snapshot.search(Phrase([PhraseField(0, 1.0, [0, HUGE], [["word"], ["w1"]])]), 1) == []
    assert snapshot.count(Phrase([PhraseField(0, 1.0, [0, 1], [["word"], ["w1"]])], HUGE)) == 1
    assert snapshot.expand(0, "prefix", "w", 0, 2**63)[1] == {"word", "w0", "w1", "w2"}
    vocabulary = snapshot.vocabulary([0], [])
    for limit in (2**62 - 16, 2**62, 2**64 - 1):
        assert len(vocabulary.complete("w", limit)) == 4
    assert len(vocabulary.near("w", 8)) == 4
    for bound in (9, 255, 256, HUGE):
        with pytest.raises(ValueError, match="edits"):
            vocabulary.near("w", bound)


def test_deletes_of_another_segment(segment):
    other = built(100)
    deletes = _core.Deletes(other)
    narrow = Parts()
    builder = _core.SegmentBuilder(config()[:1])
    builder.add(0, ["1", "2", "3"], [["word"]] * 3)
    builder.write(narrow)
    one_field = narrow.segment(3, ["body"])
    for wrong in (deletes, _core.Deletes(one_field)):
        with pytest.raises(ValueError, match="another segment"):
            _core.Snapshot([(segment, wrong)], [(1.2, 0.75)] * FIELDS)
        with pytest.raises(ValueError, match="another segment"):
            _core.merge([(segment, wrong)], config(), Parts())
        with pytest.raises(ValueError, match="another segment"):
            _core.Deleter(segment, [None, None]).remove(wrong, 0, ["", ""])
    for fields in (config()[:1], [*config(), ("more", None, 1.2, 0.0, False, False)]):
        with pytest.raises(ValueError, match="number of fields"):
            _core.merge([(segment, None)], fields, Parts())
        with pytest.raises(ValueError, match="number of fields"):
            _core.Snapshot([(segment, None)], [(1.2, 0.75)] * len(fields))
        with pytest.raises(ValueError, match="one analyzer a field"):
            _core.Deleter(segment, [None] * len(fields))


def test_none_is_no_segment(segment):
    for pair in ((None, None), (segment,), (), None, segment):
        with pytest.raises((TypeError, ValueError)):
            _core.Snapshot([pair], [(1.2, 0.75)] * FIELDS)
        with pytest.raises((TypeError, ValueError)):
            _core.merge([pair], config(), Parts())
    with pytest.raises(TypeError):
        _core.Deletes(None)
    with pytest.raises(TypeError):
        _core.Deleter(None, [])
    with pytest.raises(TypeError):
        _core.Segment(None, {}, [], 0)


def test_a_builder_wants_its_steps_in_order():
    builder = _core.SegmentBuilder(
        [("body", _core.Analyzer(python_scripts=["latin"]), 1.2, 0.75, False, False)]
    )
    builder.add(0, ["1"], [["слово word"]])
    with pytest.raises(ValueError, match="before write"):
        builder.write(Parts())
    assert builder.declined(0) == ["word"]
    with pytest.raises(ValueError, match="before write"):
        builder.write(Parts())
    for wrong in ([], [["a"], ["b"]], [[]]):
        with pytest.raises(ValueError):
            builder.resolve(0, wrong)
    builder.resolve(0, [["word"]])
    parts = Parts()
    builder.write(parts)
    assert sorted(form for form, _ in parts.segment(1, ["body"]).forms(0)) == ["word", "слово"]
    assert builder.num_docs == 0


class Made:
    """A sequence that makes its items when it is asked: nobody else owns them."""

    def __len__(self) -> int:
        return 2

    def __getitem__(self, at: int) -> str:
        if at >= 2:
            raise IndexError
        return f"слово {at}"


def test_documents_own_their_strings():
    builder = _core.SegmentBuilder(config())
    for document in ("яя", Made(), [Made(), "x"], {"a": 1, "b": 2}, None, [1, 2]):
        with pytest.raises(TypeError):
            builder.add(0, ["1"], [document])
    for ids, documents in ((["1"], []), (["1"], [["a"]]), (["1"], [["a", "b", "c"]]), ([], [["a", "b"]])):
        with pytest.raises(ValueError):
            builder.add(0, ids, documents)
    with pytest.raises(UnicodeEncodeError):
        builder.add(0, ["1"], [["\ud800", "x"]])
    for wrong in ((), ("body",), ("body", None, 1.2, 0.75)):
        with pytest.raises(ValueError, match="tuple"):
            _core.SegmentBuilder([wrong])
    assert builder.num_docs == 0


def test_a_merge_of_nothing_that_lives(segment):
    deletes = _core.Deletes(segment)
    deleter = _core.Deleter(segment, [Analyzer(()).core, None])
    for doc in range(3):
        assert deleter.remove(deletes, doc, [f"word w{doc}", "x"])
        assert not deleter.remove(deletes, doc, [f"word w{doc}", "x"])
    parts = Parts()
    _core.merge([(segment, deletes)], config(), parts)
    assert parts.segment(0, ["body", "tag"]).field_stats(0) == (0, 0, 0, 0)


@pytest.mark.parametrize("offset", [0, 1, 2**32, 2**64 - 1])
@pytest.mark.parametrize("length", [4, 5, 2**32, 2**64 - 1])
def test_views_outside_a_buffer(offset, length):
    buffer = _core.CheckedBuffer(b"abc", _core.crc32c(b"abc").to_bytes(4, "little"), "file")
    with pytest.raises(CorruptIndexError, match="leaves the 3 bytes"):
        buffer.view(offset, length)
    with pytest.raises(CorruptIndexError):
        _core.Segment(buffer, {"ids": (offset, length)}, [], 3)

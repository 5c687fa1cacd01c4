"""The nodes of a plan: each is known to the core and to whoever reads plans; equal by what they hold."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from searchlib import Date, Index, Keyword, Schema, Text
from searchlib.errors import QueryError
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
    Maybe,
    Not,
    Nothing,
    Or,
    Phrase,
    PhraseField,
    PlanNode,
    Raised,
    Visitor,
    Word,
    WordField,
)
from searchlib.search.explanation import explain
from searchlib.suggest.missing import has_missing_word

EPOCH = date(1970, 1, 1)
WORD = Word([WordField(0, 1.0, ["word"])])
ABSENT = Word([WordField(0, 1.0, ["absent"])])
PHRASE = Phrase([PhraseField(0, 1.0, [0, 1], [["a"], ["word"]])])
# Of each kind: a node, how many of the two documents match, whether a word of it is missing, what it is.
NODES: list[tuple[PlanNode, int, bool, str]] = [
    (Nothing(), 0, False, "no match: nothing"),
    (All(), 2, False, "matches every document, at one score for all"),
    (Docs([[1]]), 1, False, "no match: a value"),
    (InRange(0, [(0, 5)]), 1, False, "no match: a value"),
    (InStrings(1, "b", None), 1, False, "no match: a value"),
    (InSet(1, ["a", "c"]), 1, False, "matches a value, at one score for all"),
    (Has(0), 2, False, "matches documents with a value, at one score for all"),
    (Forms(FormPattern("prefix", "wo", 0), [0]), 2, False, "matches wo*: word, at one score for all"),
    (WORD, 2, False, "word {word}"),
    (PHRASE, 1, False, "phrase \"a word\" in 'body'"),
    (Boost(2.0, WORD, "synonym word"), 2, False, "2 times, for the synonym word"),
    (And([WORD, ABSENT]), 0, True, "no match: ({word} {absent})"),
    (Or([WORD, ABSENT]), 2, True, "sum of those that match"),
    (Max([Boost(1.0, WORD, "name word"), ABSENT]), 2, False, "the best of"),
    (Not(WORD, ABSENT), 2, False, "without {absent}"),
    (Filtered(WORD, PHRASE), 1, False, "what the filter lets through"),
    (Maybe(WORD, ABSENT), 2, True, "required, plus what else matches"),
    (
        Raised(WORD, [("recency", 0, 1.0, 1e6, 0)]),
        2,
        False,
        "the query's score, times 1 + the sum of what values add",
    ),
]


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(languages=()), year=Date(), tag=Keyword()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "a word", "tag": "a"})
        writer.add({"id": "2", "body": "word", "tag": "b", "year": EPOCH})
    index.refresh()
    return index


def test_here_is_a_node_of_every_kind() -> None:
    assert {type(node) for node, *_ in NODES} == set(get_args(PlanNode))
    assert len({cls.kind for cls in get_args(PlanNode)}) == len(NODES)


@pytest.mark.parametrize(("node", "matches", "is_missing", "text"), NODES, ids=lambda value: str(value)[:30])
def test_every_kind_is_read(index: Index, node: PlanNode, matches: int, is_missing: bool, text: str) -> None:
    searcher = index._searcher
    assert searcher.core.count(node) == matches == len(searcher.core.search(node, 10))
    assert has_missing_word(searcher.core, node, few=0) == is_missing
    assert explain(searcher, node, 0).description == text


def test_nodes_are_equal_if_they_hold_the_same() -> None:
    assert And([WORD]) == And([Word([WordField(0, 1.0, ["word"])])]) != Or([WORD])
    assert WORD != ABSENT and Has(0) != Has(1) and Docs([[1]]) != ()
    assert repr(Boost(2.0, Has(1))) == "Boost(child=Has(field=1, score=1.0), factor=2.0, reason='')"
    with pytest.raises(TypeError, match="unhashable"):
        hash(WORD)


def test_a_visitor_that_forgets_a_family_cannot_be_made() -> None:
    class Forgetful(Visitor[str]):
        def word(self, node: Word) -> str:
            return ""

    with pytest.raises(TypeError, match="abstract"):
        Forgetful()


@pytest.mark.parametrize("node", [None, ("word", []), object(), WORD.fields[0]])
def test_what_is_no_node_is_refused(index: Index, node: Any) -> None:
    with pytest.raises(QueryError, match="nodes of searchlib"):
        has_missing_word(index._searcher.core, node)

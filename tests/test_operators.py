"""One list of operators, one of the nodes of a query: whatever reads either knows all that is on it.

Who adds one is told here what it lacks: a way through the lexer, the writer, the translation from Whoosh, the
planner, both explanations, and the oracle.
"""

from __future__ import annotations

import warnings
from typing import Any, get_args

import pytest

from oracle import Oracle
from searchlib import Index, Keyword, Number, Schema, Text
from searchlib.errors import QueryError
from searchlib.plan import PlanNode
from searchlib.query import nodes, whoosh
from searchlib.query.lexer import Lexer
from searchlib.query.parser import parse
from searchlib.query.tokens import Operator
from searchlib.query.writing import BINARY, OPERATORS
from searchlib.search.expansion import CrossScript
from searchlib.search.understanding import understand
from searchlib.suggest.places import places
from searchlib.synonyms.table import Synonyms

SCHEMA = Schema(body=Text(), tag=Keyword(), year=Number())
DOCUMENTS = [
    {"id": "1", "body": "forest police", "tag": "a", "year": 1},
    {"id": "2", "body": "forest of the lake", "year": 2},
    {"id": "3", "body": "police of the lake"},
    {"id": "4", "body": "mountains"},
]
WHOOSH = {"NOT": "Not", "AND": "And", "OR": "Or", "ANDNOT": "AndNot", "ANDMAYBE": "AndMaybe"}
"""The class of whoosh.query that says what an operator says."""

A, B = nodes.Word("forest"), nodes.Word("police")
# A node of each kind, and how many documents it finds.
NODES: list[tuple[nodes.Node, int]] = [
    (A, 2),
    (nodes.Phrase("forest police"), 1),
    (nodes.Prefix("for"), 2),
    (nodes.Wildcard("*ice"), 2),
    (nodes.Fuzzy("forst"), 2),
    (nodes.Range("year", "2", None), 1),
    (nodes.Everything("tag"), 1),
    (nodes.Empty(), 0),
    (nodes.And((A, B)), 1),
    (nodes.Or((A, B)), 3),
    (nodes.Not(A), 2),
    (nodes.Clauses((A,), (), (B,)), 1),
    (nodes.Variants(A, (nodes.Variant(B, 0.5, "synonym"),)), 3),
]


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        writer.add_many(DOCUMENTS)
    index.refresh()
    return index


def query(operator: str) -> str:
    return f"forest {operator} police" if operator in BINARY else f"{operator} police"


# ---- operators


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_lexer_and_the_writer_know_it(operator: str) -> None:
    assert [token.name for token in Lexer(query(operator), SCHEMA) if isinstance(token, Operator)] == [
        operator
    ]
    tree = parse(query(operator), SCHEMA)
    assert nodes.Word(operator) not in list(tree.walk()), "it joins, and is no word"
    assert parse(tree.to_text(), SCHEMA) == tree
    word = nodes.Word(operator)
    assert parse(word.to_text(), SCHEMA) == word, "as a word it is escaped"


@pytest.mark.parametrize("operator", OPERATORS)
def test_whooshs_operator_is_translated_to_the_same(operator: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whoosh 2.7.4 is of 2016
        import whoosh.query as q
    one, other = q.Term("body", "forest"), q.Term("body", "police")
    make = getattr(q, WHOOSH[operator])
    made = (
        make(other)
        if operator == "NOT"
        else make([one, other])
        if operator in ("AND", "OR")
        else make(one, other)
    )
    written = query(operator).replace("forest", "body:forest").replace("police", "body:police")
    assert whoosh.from_whoosh(made, SCHEMA) == parse(written, SCHEMA)


@pytest.mark.parametrize("operator", OPERATORS)
def test_it_is_planned_explained_and_in_the_oracle(index: Index, operator: str) -> None:
    text = query(operator)
    found = [(hit.id, hit.score) for hit in index.search(text, None)]
    assert found and found == Oracle(SCHEMA, DOCUMENTS).search(text, None)
    for hit in index.search(text):
        assert hit.explain().value == hit.score
    part = index.explain(text)
    assert part.kind not in ("word", "values") and part.parts
    assert str(part).split("\n")[0].strip(), "it has a title"


# ---- nodes


def test_here_is_a_node_of_every_kind() -> None:
    assert {type(node) for node, _ in NODES} == set(get_args(nodes.Node))


@pytest.mark.parametrize(("node", "matches"), NODES, ids=lambda value: type(value).__name__)
def test_every_node_is_planned_explained_and_looked_through(
    index: Index, node: nodes.Node, matches: int
) -> None:
    searcher = index._searcher
    plan = searcher.planner().plan(node)
    assert isinstance(plan.core, get_args(PlanNode))
    assert searcher.core.count(plan.core) == matches
    assert str(understand(searcher, node, None))
    vocabulary = searcher.suggester.vocabulary(["body"])
    assert places("", node, lambda name: vocabulary, lambda text: []) == []  # no text, no places
    assert CrossScript(lambda name: vocabulary, Synonyms(), names=False).expand(node) == node
    if not isinstance(node, nodes.Variants | nodes.Empty):
        assert parse(node.to_text(), SCHEMA) == node
        found = [(hit.id, hit.score) for hit in index.search(node, None)]
        assert found == Oracle(SCHEMA, DOCUMENTS).search(node.to_text(), None)


class Foreign(nodes.Base):
    """A node that nobody knows."""


@pytest.mark.parametrize("stranger", [Foreign(), "forest", None], ids=str)
def test_a_tree_with_anything_else_is_refused(index: Index, stranger: Any) -> None:
    for tree in (nodes.And((A, stranger)), nodes.Not(stranger), nodes.Clauses((), (stranger,))):
        for call in (index.search, index.explain):
            with pytest.raises(QueryError, match="one of the nodes of searchlib"):
                call(tree)

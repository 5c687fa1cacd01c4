"""Whoosh itself is the oracle for what the two languages share, and the source of trees to translate."""

from __future__ import annotations

import itertools
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query import (
    And,
    Clauses,
    Node,
    Not,
    Or,
    Word,
    parse,
)
from searchlib.query.whoosh import from_whoosh

from .conftest import SCHEMA

with warnings.catch_warnings():
    # whoosh 2.7.4 is of 2016: invalid escapes in its sources, modules that Python has deprecated since.
    warnings.simplefilter("ignore")
    fields = pytest.importorskip("whoosh.fields", reason="whoosh is not installed: pip install whoosh")
    from whoosh import analysis, qparser


def whoosh_parser() -> Any:
    text = fields.TEXT(analysis.SpaceSeparatedTokenizer())
    parser = qparser.QueryParser("body", fields.Schema(title=text, body=text), group=qparser.OrGroup)
    parser.add_plugins([qparser.FuzzyTermPlugin(), qparser.PlusMinusPlugin(), qparser.GtLtPlugin()])
    return parser


PARSER = whoosh_parser()

# Left to right: the same string, parsed by both, gives the same tree.
SAME = [
    "a",
    "a b c",
    "a AND b",
    "a OR b",
    "a AND b OR c",
    "a OR b AND c",
    "a b AND c d",
    "a AND b c OR d",
    "a AND b OR c AND d",
    "(a OR b) AND c",
    "a (b c)",
    "a AND (b OR (c AND d))",
    "NOT a",
    "a AND NOT b",
    "a OR NOT b AND c",
    "NOT a AND b",
    "NOT (a OR b)",
    "a ANDNOT b",
    "a AND b ANDNOT c",
    "a ANDNOT b OR c",
    "a OR b ANDNOT c",
    "a ANDMAYBE b",
    "a ANDMAYBE b ANDNOT c",
    "+a b",
    "+(a b) c",
    '"a b"',
    '"a b c"^2',
    'x "a b" y',
    "title:a",
    "title:a b",
    "title:(a b)",
    "title:(a AND body:b)",
    'title:"a b"',
    "a^2",
    "(a AND b)^2.5",
    "le*",
    "title:le*",
    "*a*",
    "a?b",
    "wrod~",
    "wrod~2",
    "*:*",
    "title:[a TO b]",
    "title:{a TO b]",
    "title:[a TO]",
    "title:[TO b}",
    "title:>=b",
    "title:<b",
    "(a b",
    "a)",
    "AND",
    "a AND",
    "OR a",
    "NOT",
    "()",
    "12:30",
    "it's",
    "http://a.b/c",
]


@pytest.mark.parametrize("text", SAME)
def test_whoosh_parses_it_the_same(text: str) -> None:
    assert parse(f"body:({text})", SCHEMA) == from_whoosh(PARSER.parse(text))


operands = st.sampled_from("abcde")


def _joined(pairs: list[tuple[str, str]]) -> str:
    return "".join(joint + operand for joint, operand in pairs).removeprefix(pairs[0][0])


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return inner.map("({})".format)


def _without_signs(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # Left out: NOT NOT, on which Whoosh raises IndexError, and `a NOT b`: under the default operator OR it is
    # a OR NOT b there, and a without b here.
    operand = st.one_of(operands, _group(inner))
    negatable = st.one_of(operand, operand.map("NOT {}".format))
    logic = st.sampled_from([" AND ", " OR "])
    binary = st.sampled_from([" AND ", " OR ", " ANDNOT ", " ANDMAYBE "])
    chain = st.lists(st.tuples(logic, negatable), min_size=2, max_size=4).map(_joined)
    mixed = st.lists(st.tuples(binary, operand), min_size=1, max_size=5).map(_joined)
    beside = st.lists(st.one_of(operand, mixed), min_size=1, max_size=3).map(" ".join)
    return st.one_of(chain, mixed, beside)


def _signed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # Signs stand at the top only (Whoosh refuses them in a group), beside no operator (it drops
    # it), and never all with a minus (it finds nothing where we find all the rest).
    operand = st.one_of(operands, _group(inner))
    signed = st.lists(
        st.tuples(st.sampled_from(["", "+", "-"]), operand).map("".join), min_size=1, max_size=4
    )
    first = st.tuples(st.sampled_from(["", "+"]), operand).map("".join)
    return st.tuples(first, signed).map(lambda parts: " ".join([parts[0], *parts[1]]))


nested = st.recursive(operands, _without_signs, max_leaves=10)


@given(st.one_of(nested, _signed(nested)))
def test_whoosh_finds_the_same_documents(text: str) -> None:
    ours, theirs = parse(text, SCHEMA), PARSER.parse(text, normalize=False)
    translated = from_whoosh(PARSER.parse(text))
    for size in range(6):
        for document in itertools.combinations("abcde", size):
            expected = whoosh_matches(theirs, set(document))
            assert matches(ours, set(document)) == expected, (text, document)
            assert matches(translated, set(document)) == expected, (text, document)


def whoosh_matches(query: Any, document: set[str]) -> bool:
    """Whoosh's semantics, by its documentation, without its matchers."""
    name = type(query).__name__
    if name == "Term":
        return query.text in document
    if name in ("And", "Or"):
        found = [whoosh_matches(part, document) for part in query.subqueries]
        return bool(found) and (all(found) if name == "And" else any(found))
    if name == "Not":
        return not whoosh_matches(query.query, document)
    if name == "AndNot":
        return whoosh_matches(query.a, document) and not whoosh_matches(query.b, document)
    if name == "AndMaybe":
        required = query.a.subqueries if type(query.a).__name__ == "And" else None
        if required == []:  # no +: its parser writes an empty And, which means no demand
            return whoosh_matches(query.b, document)
        return whoosh_matches(query.a, document)
    raise AssertionError(f"unexpected {name}")


def matches(node: Node, document: set[str]) -> bool:
    """Our semantics, as the nodes' docstrings give them."""
    if isinstance(node, Word):
        return node.text in document
    if isinstance(node, And):
        return all(matches(part, document) for part in node.operands)
    if isinstance(node, Or):
        return any(matches(part, document) for part in node.operands)
    if isinstance(node, Not):
        return not matches(node.operand, document)
    assert isinstance(node, Clauses)
    if any(matches(part, document) for part in node.excluded):
        return False
    if node.required:
        return all(matches(part, document) for part in node.required)
    return not node.optional or any(matches(part, document) for part in node.optional)

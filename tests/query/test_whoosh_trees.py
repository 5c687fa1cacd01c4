"""Trees of whoosh.query, made by hand: what is translated, and what is refused by name."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import Any

import pytest

from searchlib.errors import QueryError, QueryTooComplex, UnknownFieldError
from searchlib.query import (
    And,
    Empty,
    Everything,
    Fuzzy,
    Limits,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from searchlib.query.whoosh import from_whoosh, is_whoosh_query

from .conftest import SCHEMA

with warnings.catch_warnings():
    # whoosh 2.7.4 is of 2016: invalid escapes in its sources, modules that Python has deprecated since.
    warnings.simplefilter("ignore")
    q = pytest.importorskip("whoosh.query", reason="whoosh is not installed: pip install whoosh")

TRANSLATED = [
    (q.Term("body", "a", boost=2.0), Word("a", "body", boost=2.0)),
    (q.Phrase("body", ["a", "b"], slop=3), Phrase("a b", "body", slop=2)),
    (q.Prefix("body", "a"), Prefix("a", "body")),
    (q.Wildcard("body", "a**\\?"), Wildcard("a*\\\\?", "body")),
    (q.FuzzyTerm("body", "a", maxdist=2), Fuzzy("a", "body", 2)),
    (q.NumericRange("year", 1, None), Range("year", "1", None)),
    (q.TermRange("tag", "a", "b", startexcl=True), Range("tag", "a", "b", includes_low=False)),
    (q.TermRange("tag", None, None), Everything("tag")),
    (
        q.DateRange("published", datetime(2024, 1, 2), None, endexcl=True),
        Range("published", "2024-01-02T00:00:00", None),
    ),
    (q.Every(), Everything()),
    (q.Every("year"), Everything("year")),
    (q.NullQuery, Empty()),
    (q.And([q.Term("body", "a"), q.NullQuery]), Word("a", "body")),
    (q.Not(q.Term("body", "a")), Not(Word("a", "body"))),
    (
        q.Require(q.Term("body", "a"), q.Term("body", "b")),
        And((Word("a", "body"), Word("b", "body", boost=0.0))),
    ),
    (
        q.DisjunctionMax([q.Term("title", "a"), q.Term("body", "a")]),
        Or((Word("a", "title"), Word("a", "body"))),
    ),
]


@pytest.mark.parametrize(("query", "node"), TRANSLATED, ids=[str(query) for query, _ in TRANSLATED])
def test_whoosh_trees_are_translated(query: Any, node: Node) -> None:
    assert from_whoosh(query, SCHEMA) == node
    assert is_whoosh_query(query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (q.Regex("body", "a.*"), "Regex"),
        (q.Variations("body", "a"), "Variations"),
        (q.ConstantScoreQuery(q.Term("body", "a")), "ConstantScoreQuery"),
        (q.Or([q.Term("body", "a")], minmatch=1), "minmatch"),
        (q.Wildcard("body", "[ab]*"), "wildcards"),
        (q.FuzzyTerm("body", "a", maxdist=3), "maxdist=3"),
        (q.Term("year", b"\0\1"), "range"),
        (q.Term("body", "a", boost=-1.0), "boost"),
        pytest.param(object(), "object", id="an object"),
    ],
    ids=str,
)
def test_what_has_no_counterpart_is_refused_by_name(query: object, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        from_whoosh(query, SCHEMA)


def test_unknown_fields_and_deep_trees_are_refused() -> None:
    with pytest.raises(UnknownFieldError, match="titel"):
        from_whoosh(q.Term("titel", "a"), SCHEMA)
    deep = q.Term("body", "a")
    for _ in range(5_000):
        deep = q.Not(deep)
    with pytest.raises(QueryTooComplex, match="deep"):
        from_whoosh(deep, SCHEMA)
    with pytest.raises(QueryTooComplex):
        from_whoosh(q.Or([q.Term("body", str(number)) for number in range(3)]), SCHEMA, Limits(clauses=2))


def test_objects_are_read_by_name_so_that_every_whoosh_serves() -> None:
    class Term:
        fieldname, text, boost = "body", "a", 1.0

    Term.__module__ = "whoosh.query.terms"
    assert from_whoosh(Term(), SCHEMA) == Word("a", "body")
    assert is_whoosh_query(Term())
    assert not is_whoosh_query("a") and not is_whoosh_query(Word("a"))

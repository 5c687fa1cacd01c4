"""Index.explain: a query's parts, whatever it is made of."""

from __future__ import annotations

from datetime import date

import pytest

from searchlib import Date, Index, Keyword, QueryPart, Schema, Text, errors
from searchlib.query import nodes


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(boost=2.0), body=Text(), tag=Keyword(), day=Date()))
    with index.writer() as writer:
        writer.add({"id": "1", "title": "Город", "body": "Люди шли городом.", "tag": ["wood"]})
        writer.add(
            {"id": "2", "body": "The forests of людей and a re-established wood.", "day": date(1991, 8, 19)}
        )
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("query", "drawn"),
    [
        ("городами", "городами → {город}, in 1 document"),
        ("nothing", "nothing → {nothing}, in no document"),
        (
            "re-established",
            "re-established → {re-establish, re-established, reestablish, re, establish, established}, "
            "in 1 document",
        ),
        ("город AND люди", "all of\n  город → {город}, in 1 document\n  люди → {человек}, in 2 documents"),
        ("NOT город", "excluded\n  город → {город}, in 1 document"),
        ("the of", "any of\n  the → {the}, in 1 document\n  of → {of}, in 1 document"),
        ("the forest", "any of\n  the: a stopword, left out\n  forest → {forest}, in 1 document"),
        (
            "+the forest",
            "query\n  required\n    the → {the}, in 1 document\n"
            "  any of\n    forest → {forest}, in 1 document",
        ),
        ("люд*", "люд* → людей, люди, in 2 documents"),
        ("q?q", "q?q → no form, in no document"),
        ("frst~", "frst~ → no form, in no document"),
        ("forest~", "forest~ → forests, in 1 document"),
        ("tag:wood^3", "3 × tag:wood → {wood}, in 1 document"),
        ("day:[1991 TO 1992]", "day:[1991 TO 1992], in 1 document"),
        ("*:*", "*:*, in 2 documents"),
        ("id:2", "id:2, in 1 document"),
        ('title:"город"', 'title:"город" → {город}, in 1 document'),
    ],
)
def test_as_text(index: Index, query: str, drawn: str) -> None:
    assert str(index.explain(query)) == drawn


def test_as_a_tree(index: Index) -> None:
    part = index.explain("title:городом^2")
    assert part == QueryPart("word", "городом", "title", ("город",), 1, 2.0)
    assert index.explain("город люди").parts[1].lemmas == ("человек",)
    assert index.explain(nodes.Word("город"), fields=["body"]).num_docs == 1


def test_many_forms_are_cut_short() -> None:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add({"body": " ".join(f"word{number}" for number in range(12))})
    index.refresh()
    assert index.explain("word*").lemmas == (
        "word",
        *(f"word{n}" for n in (0, 1, 10, 11, 2, 3, 4, 5, 6)),
        "…",
    )


def test_whatever_is_no_query(index: Index) -> None:
    with pytest.raises(errors.QueryError):
        index.explain("", strict=True)
    assert str(index.explain("")) == ", in no document"
    with pytest.raises(errors.UnknownFieldError):
        index.explain("x", fields=["nowhere"])


def test_a_score_of_any_document(index: Index) -> None:
    results = index.search("город", limit=0)
    found = results.explain("1")
    assert found is not None and found.value == index.search("город")[0].score
    absent = results.explain("2")
    assert absent is not None and (absent.value, absent.description) == (0.0, "no match: {город}")
    assert results.explain("3") is None


def test_a_pattern_names_the_forms_that_it_met(index: Index) -> None:
    explained = {hit.id: str(hit.explain()) for hit in index.search("люд* OR горо?ом")}
    assert "1  matches люд*: Люди, at one score for all" in explained["1"]
    assert "1  matches люд*: людей, at one score for all" in explained["2"]

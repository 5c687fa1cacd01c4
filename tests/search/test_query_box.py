"""A box that people type into: no text raises, and what was not understood is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchlib import Boolean, Date, Index, Keyword, Number, Schema, Text, errors
from searchlib.query import Word, parse

PIECES = [
    "error", "404", "Токаев", "café", "U.S.", "O'Brien", "C++", "AND", "OR", "NOT", "ANDNOT", "ANDMAYBE",
    "TO",
    "title:", "titel:", "body:", "year:", "day:", "tag:", "old:", "id:", "error:", "[", "]", "{", "}", "(",
    ")",
    '"', "'", "*", "?", "~", "~2", "^", "^2", "+", "-", "--", "\\", "/", "<", ">", "<=", ">= ",
    "=", "!", ".", ",",
    ":", ";", "@", "#", "&", "%", "…", "—", "«", "»", "\0", "\ud800", "\u202e", "😀", "ı", "ǰ", "ß", "1",
    "1e999",
    "2020-01", "20200108", "2026", "1991", "да", " ", " ", " ", "\n", "[2026 TO 2020]", "[1 TO",
    "<b>bold</b>",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=16).map("".join), st.text(max_size=30))


def filled(schema: Schema) -> Index:
    index = Index.in_memory(schema)
    with index.writer() as writer:
        for number, text in enumerate(["server error 404", "café O'Brien", "Токаев приехал", "price cheap"]):
            fields = {"title": text, "body": text, "year": 1990 + number, "day": date(2020, 1, 8 + number)}
            fields |= {"tag": text, "old": bool(number % 2)}
            writer.add({"id": str(number), **{name: fields[name] for name in schema}})
    index.refresh()
    return index


@pytest.fixture(scope="module")
def index() -> Index:
    return filled(Schema(title=Text(), body=Text(), year=Number(), day=Date(), tag=Keyword(), old=Boolean()))


@pytest.fixture(scope="module")
def without_text() -> Index:
    return filled(Schema(tag=Keyword(), year=Number()))


@settings(max_examples=300)
@given(TEXTS)
@example("\ud800")
@example("*/usr/binerror:\ud800")
@example('id:"404\ud800"')
@example('year:"x y" ? tag:"a b"')
@example("a~ *b* year:>x -day:[soon TO")
@example("**bold** title:*a* year:*b* " * 22)
@example("b" * 300 + "* title:" + "b" * 300 + "~")
@example("(a AND (b OR " * 55)
def test_no_text_raises(index: Index, without_text: Index, text: str) -> None:
    for one in (index, without_text):
        asked: list[Callable[[], object]] = [
            lambda one=one: one.search(text, ranking="rich"),  # type: ignore[misc]
            lambda one=one: one.search(text, cross_script=True).total,  # type: ignore[misc]
            lambda one=one: one.search_many([text, text]),  # type: ignore[misc]
            lambda one=one: str(one.explain(text)),  # type: ignore[misc]
            lambda one=one: one.suggest(text),  # type: ignore[misc]
            lambda one=one: one.complete(text),  # type: ignore[misc]
        ]
        results = one.search(text)
        for hit in results:
            hit.highlight("tag")
            hit.explain()
        assert results.total >= len(results) and isinstance(results.notes, tuple)
        assert results.has_missing_words in (True, False)
        for ask in asked:
            ask()


@pytest.mark.parametrize(
    ("text", "ids", "noted"),
    [
        ("error:404", ["0"], "no field 'error'"),
        ("site:example.com error", ["0"], "no field 'site'"),
        ("price:cheap error", ["3", "0"], "no field 'price'"),
        ("year:cheap", ["3"], "holds numbers, got 'cheap'"),
        ("day:soon error", ["0"], "holds dates, got 'soon'"),
        ("old:maybe error", ["0"], "holds true or false, got 'maybe'"),
        ("year:[1993 TO 1992]", ["2", "3"], "turned round"),
        ("year:{1993 TO 1992]", ["2"], "turned round"),
        ("year:>= 1993", ["3"], ""),
        ("year: < 1991", ["0"], ""),
        ("day:2020-W02", ["0", "1", "2", "3"], ""),
        ("day:20200109", ["1"], ""),
        ("(error", ["0"], "not closed"),
        ('"error', ["0"], "not closed"),
        ("year:[1993 TO", ["3"], "not closed"),
        ("error)", ["0"], ""),
        ("!!!", [], "no word"),
        ("?", [], "no word"),
        ("(", [], "not closed"),
        ("", [], "no word"),
        (" \n", [], "no word"),
        ("😀", [], ""),
        ("nothing", [], ""),
    ],
)
def test_what_is_found_and_what_is_said(index: Index, text: str, ids: list[str], noted: str) -> None:
    results = index.search(text)
    assert sorted(hit.id for hit in results) == sorted(ids)
    assert noted in " ".join(results.notes) and bool(results.notes) == bool(noted)
    assert results.error is None


@pytest.mark.parametrize(
    "text",
    [
        "error:404", "year:cheap", "day:soon", "!!!", "", "title:[a TO b]", "id:[a TO b]", "(error",
        "year:(1991 OR", "error)", '"error', 'title:"error', "year:[1990 TO", "year:{1990 TO 1991",
        'year:>"1990',
    ],
)  # fmt: skip
def test_strict_raises(index: Index, text: str) -> None:
    for ask in (index.search, index.explain, lambda text, strict: index.search_many([text], strict=strict)):
        with pytest.raises(errors.QueryError):
            ask(text, strict=True)
    assert index.search("error", strict=True).total == 1


UNCLOSED = [
    ("year:[1990 TO", 5, "a range is not closed: '[1990 TO'"),
    ("error AND (year:1990 OR year:1991", 10, "a parenthesis is not closed: '(year:1990"),
    ("(a (b) c", 0, "a parenthesis is not closed"),
    ("error OR price) AND cheap", 14, "a parenthesis is closed that was not opened"),
    ('error "404', 6, "a quotation mark is not closed"),
]


@pytest.mark.parametrize(("text", "position", "said"), UNCLOSED)
def test_a_filter_that_is_not_closed_is_refused(index: Index, text: str, position: int, said: str) -> None:
    """Read as it can be, it would let other documents through than were meant."""
    for asked in (text, [text, "error"]):
        with pytest.raises(errors.QueryError, match=re.escape(said)) as caught:
            index.search("error", filter=asked)
        assert caught.value.position == position
    with pytest.raises(errors.QueryError, match=re.escape(said)), index.writer() as writer:
        writer.delete_by_query(text)
    assert len(index.search("*:*", None)) == len(index)


def test_signs_that_open_nothing_need_no_closing(index: Index) -> None:
    for text in (r"\(error", r"error\)", r"\"error", '27" error', '"error (404"', "error[0"):
        index.search("error", filter=text)


def test_suggest_is_strict_about_fields(index: Index) -> None:
    with pytest.raises(errors.UnknownFieldError):
        index.suggest("titel:eror", strict=True)
    assert [one.query for one in index.suggest("titel:eror")] != []


TOO_MUCH = [
    ("**error** " * 22, ["0"], "at most 20 prefixes"),
    ("*error* *404* *cafe* " + "*x* " * 20, ["0", "1"], "at most 20 prefixes"),
    ("er?or " * 21 + "404", ["0"], "at most 20 prefixes"),
    ("eror~ " * 21 + "price", ["3"], "at most 20 prefixes"),
    ("title:*price* " * 21, ["3"], "at most 20 prefixes"),
    ("+*price* " * 21, ["3"], "at most 20 prefixes"),
    ("error -(*price* AND *cheap*) " + "*b* " * 20, ["0"], "at most 20 prefixes"),
    ("NOT *price* error " + "*b* " * 20, ["0"], "at most 20 prefixes"),
    ("(*a* OR *b*) AND error " + "c* " * 20, [], "at most 20 prefixes"),
    ("a" * 300 + "*", [], "at most 256 characters"),
    ("a" * 300 + "* error", ["0"], "at most 256 characters"),
    ("*" + "a" * 300 + " error", ["0"], "at most 256 characters"),
    ("a" * 300 + "~ error", ["0"], "at most 256 characters"),
    ("a?" * 300 + " error", ["0"], "at most 256 characters"),
    ("error 404 " + "word " * 10_001, ["0"], "at most 10,000 words"),
    ("error -price " + "word " * 10_001, ["0", "3"], "at most 10,000 words"),
    ("error AND price " + "word " * 10_001, ["0", "3"], "at most 10,000 words"),
    ("error " + "a-b " * 10_001, ["0"], "at most 20,000 words"),
    ('error "' + "x " * 20_001 + '"', ["0"], "at most 20,000 words"),
    ("a" * 1_000_001, [], "at most 1,000,000 characters"),
    ("error " + "." * 1_000_001, ["0"], "at most 1,000,000 characters"),
    ("(" * 200_001 + "error", ["0"], "at most 200,000 parentheses"),
    ("(error AND (404 OR " * 60 + "x", ["0"], "nests at most 100"),
    ("NOT (a OR NOT (b AND " * 60 + "error", ["0"], "nests at most 100"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ids", "noted"), TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_what_is_beyond_a_limit_is_answered_as_far_as_it_can_be(
    index: Index, text: str, ids: list[str], noted: str
) -> None:
    results = index.search(text)
    assert sorted(hit.id for hit in results) == sorted(ids)
    assert noted in " ".join(results.notes) and results.error is None
    (one,) = index.search_many([text])
    assert [hit.id for hit in one] == [hit.id for hit in results] and one.notes == results.notes
    if len(text) < 10_000:  # each of so many words is looked up
        assert index.suggest(text) is not None and str(index.explain(text))


@pytest.mark.parametrize("text", [text for text, _, _ in TOO_MUCH], ids=range(len(TOO_MUCH)))
def test_where_a_search_is_strict_it_raises(index: Index, text: str) -> None:
    text += ")" * (text.count("(") - text.count(")"))  # what is not closed is refused for that
    with pytest.raises(errors.QueryTooComplex, match="at most"):
        index.search(text, strict=True)
    with pytest.raises(errors.QueryTooComplex, match="at most"):
        index.search_many([text], strict=True)
    with pytest.raises(errors.QueryTooComplex, match="at most"), index.writer() as writer:
        writer.delete_by_query(text)


@pytest.mark.parametrize("text", ["*error* " * 20, "a" * 255 + "*", "a" * 256, "error " * 2_000])
def test_what_is_within_the_limits_is_read_as_it_is(index: Index, text: str) -> None:
    assert index.search(text).notes == index.search(text, strict=True).notes == ()


def test_a_tree_beyond_a_limit_raises(index: Index) -> None:
    with pytest.raises(errors.QueryTooComplex):
        index.search(parse("a" * 300 + "*", index.schema))
    with pytest.raises(errors.QueryTooComplex):
        index.search(parse("*a* " * 21, index.schema))


def test_a_tree_is_a_programs_and_raises(index: Index) -> None:
    with pytest.raises(errors.UnknownFieldError):
        index.search(Word("a", "titel"))
    with pytest.raises(errors.QueryError):
        index.search(Word("cheap", "year"))
    with pytest.raises(errors.UnknownFieldError):
        index.search("a", fields=["titel"])


def test_nothing_is_deleted_by_what_is_not_understood(index: Index) -> None:
    schema = Schema(body=Text(), year=Number())
    own = Index.in_memory(schema)
    with own.writer() as writer:
        writer.add({"id": "1", "body": "titel draft", "year": 1991})
    for text in ("titel:draft", "year:cheap", "", "!!!"):
        with pytest.raises(errors.QueryError), own.writer() as writer:
            writer.delete_by_query(text)
    own.refresh()
    assert len(own) == 1


@pytest.fixture(scope="module")
def pasted() -> Index:
    index = Index.in_memory(Schema(title=Text(), year=Number()))
    texts = ["the page was found", "page not found, an error", "rm -rf the directory", "US policy in the EU"]
    with index.writer() as writer:
        writer.add_many(
            {"id": str(number), "title": text, "year": 2000 + number} for number, text in enumerate(texts)
        )
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("rm -rf", "without 'rf'"),
        ("rm -rf /tmp/*", "without 'rf'"),
        ("directory NOT rf", "without 'rf'"),
        ("directory AND NOT rf", "without 'rf'"),
        ("directory ANDNOT rf", "without 'rf'"),
        ("+directory -(rf OR x)", "without 'rf OR x'"),
        ("year:<2001 year:>2002", "write OR"),
        ("nothing -rf", ""),
        ("nothing NOT rf", ""),
        ("year:<1000 year:>3000", ""),
        ("year:>2003 year:<2004", "write OR"),
        ("ls - la", ""),
    ],
)
def test_what_leaves_nothing_is_said(pasted: Index, text: str, noted: str) -> None:
    results = pasted.search(text)
    assert len(results) == 0
    assert noted in " ".join(results.notes) and bool(results.notes) == bool(noted)
    assert pasted.search_many([text])[0].notes == results.notes
    assert pasted.search(text, strict=True).notes == ()


@pytest.mark.parametrize("text", ["rm -zzz", "-rf", "page -error", "NOT rf", "year:>2000 year:<2003"])
def test_what_leaves_something_is_not(pasted: Index, text: str) -> None:
    results = pasted.search(text)
    assert len(results) > 0 and results.notes == ()

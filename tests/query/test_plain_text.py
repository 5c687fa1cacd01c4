"""What cannot be as it was written is plain text, with a note that says so; and what can be has none."""

from __future__ import annotations

import pytest
from hypothesis import given

from searchlib.errors import QueryTooComplex, UnknownFieldError
from searchlib.query import And, Clauses, Empty, Everything, Node, Not, Or, Phrase, Prefix, Range, Word, parse

from .conftest import SCHEMA, query_texts

A, B = Word("a"), Word("b")


def read(text: str) -> tuple[Node, list[str]]:
    notes: list[str] = []
    return parse(text, SCHEMA, reads_values=True, notes=notes), notes


def words(*texts: str) -> tuple[Word, ...]:
    return tuple(map(Word, texts))


NO_FIELD = [
    ("error:404", Or(words("error", "404"))),
    ("site:example.com", Or(words("site", "example.com"))),
    ("price:cheap a", Or(words("price", "cheap", "a"))),
    ("a AND price:cheap", And((A, Or(words("price", "cheap"))))),
    ("+price:cheap a", Clauses((Or(words("price", "cheap")),), (A,))),
    ("-price:cheap", Clauses((), (), (And(words("price", "cheap")),))),
    ("a -price:cheap", Clauses((), (A,), (And(words("price", "cheap")),))),
    ("NOT price:cheap", Not(And(words("price", "cheap")))),
    ("a ANDNOT price:cheap", Clauses((A,), (), (And(words("price", "cheap")),))),
    ("price:cheap^2", Or((Word("price"), Word("cheap", boost=2.0)))),
    ('price:"a b"', Or((Word("price"), Phrase("a b")))),
    ("price:(a b)", Or((Word("price"), A, B))),
    ("-price:(a b)", Clauses((), (), (And((Word("price"), Or((A, B)))),))),
    ("a AND price:(a b)", And((A, Or((Word("price"), A, B))))),
    ("price:(a (b) c) d", Or((*words("price", "a", "b", "c"), Word("d")))),
    ("price:(a", Or((Word("price"), A))),
    ("price:[1 TO 2]", Or(words("price", "1", "2"))),
    ("price:>=5", Or(words("price", "5"))),
    ("price:*", Word("price")),
    ("price:te*", Or((Word("price"), Prefix("te")))),
    ("Title:a", Or(words("Title", "a"))) if False else ("titel:a", Or(words("titel", "a"))),
    ("title:(price:a b)", Or((Word("price", "title"), Word("a", "title"), Word("b", "title")))),
    ("year:(price:a)", Or(words("price", "a"))),
]

NO_VALUE = [
    ("year:cheap", Or(words("year", "cheap"))),
    ("-year:cheap", Clauses((), (), (And(words("year", "cheap")),))),
    ("year:cheap^2", Or((Word("year"), Word("cheap", boost=2.0)))),
    ("year:(cheap 5)", Or((Word("cheap"), Word("5", "year")))),
    ("year:(5 AND cheap)", And((Word("5", "year"), Word("cheap")))),
    ('year:"a b"', Or((Word("year"), Phrase("a b")))),
    ("year:[a TO b]", Or(words("year", "a", "b"))),
    ("year:[1 TO b]", Or(words("year", "1", "b"))),
    ('year:["x y" TO 3]', Or((Word("year"), Phrase("x y"), Word("3")))),
    ("year:>cheap", Or(words("year", "cheap"))),
    ("year:19*", Or((Word("year"), Prefix("19")))),
    ("published:soon", Or(words("published", "soon"))),
    ("published:2020-13", Or(words("published", "2020-13"))),
    ("published:[soon TO 2020]", Or(words("published", "soon", "2020"))),
    ("old:maybe", Or(words("old", "maybe"))),
    ("title:[a TO b]", Or(words("title", "a", "b"))),
    ("title:>b", Or(words("title", "b"))),
    ("id:[a TO b]", Or(words("id", "a", "b"))),
    ("id:te*", Or((Word("id"), Prefix("te")))),
]

UNDERSTOOD = [
    ("year:[2026 TO 2020]", Range("year", "2020", "2026")),
    ("year:{2026 TO 2020]", Range("year", "2020", "2026", True, False)),
    ("published:[2026-01 TO 2020]", Range("published", "2020", "2026-01")),
    ("year:[1 TO", Range("year", "1", None)),
    ("year:[1 TO 2", Range("year", "1", "2")),
    ("(a b", Or((A, B))),
    ('"a b', Or((A, B))),
]

WITHOUT_A_NOTE = [
    ("year:1991", Word("1991", "year")),
    ("year:>= 100", Range("year", "100", None)),
    ("year:[1 TO 1]", Range("year", "1", "1")),
    ("published:[2020 TO 2020-02]", Range("published", "2020", "2020-02")),  # they overlap
    ("published:20200108", Word("20200108", "published")),
    ("old:да", Word("да", "old")),
    ("old:да!", Word("да", "old")),
    ("year:1991, a", Or((Word("1991", "year"), A))),
    ("published:2020-01.", Word("2020-01", "published")),
    ("published:2020?", Word("2020", "published")),
    ("year:«1991»", Word("1991", "year")),
    ("id:a?", Word("a", "id")),
    ("year:*", Everything("year")),
    ("tag:cheap", Word("cheap", "tag")),
    ("tag:te*", Prefix("te", "tag")),
    ("id:cheap", Word("cheap", "id")),
    ("title:cheap", Word("cheap", "title")),
    ("Внимание:снег", Word("Внимание:снег")),
    ("12:30", Word("12:30")),
    ("mailto:a", Word("mailto:a")),
    ("C:\\news", Word("C:\\news")),
    (r"price\:cheap", Word("price:cheap")),
    ('"price:cheap"', Phrase("price:cheap")),
    ("a) b", Or((A, B))),
    ('27" a', Or((Word("27"), A))),
    ("!!!", Empty()),
    ("year:(AND)", Word("AND")),
]


DAYS = Range("published", "2020-01-03", "2020-01-08")
YEARS = Range("year", "2003", "2008")
AFTER, UNTIL = Range("year", "2003", None, False), Range("year", None, "2008")
ANY_OF_THREE = Or((Word("1", "year"), Word("2", "year"), Word("3", "year")))
LOOSE = [
    ("published:[2020-01-03 to 2020-01-08]", DAYS),
    ("published:[2020-01-03 To 2020-01-08]", DAYS),
    ("published:[2020-01-03, 2020-01-08]", DAYS),
    ("published:[2020-01-03;2020-01-08]", DAYS),
    ("published:[2020-01-03 - 2020-01-08]", DAYS),
    ("published:[2020-01-03 — 2020-01-08]", DAYS),
    ("published:[2020-01-03-2020-01-08]", DAYS),
    ("published:[2020-01-03..2020-01-08]", DAYS),
    ("published:[2020-01-03 … 2020-01-08]", DAYS),
    ("published:[2020-01-03 2020-01-08]", DAYS),
    ('published:["2020-01-03" to "2020-01-08"]', DAYS),
    ("published:2020-01-03..2020-01-08", DAYS),
    ("published:2020-01-03-2020-01-08", DAYS),
    ("published:2020-01-03 - 2020-01-08", DAYS),
    ("published:[2020-01-03 12:00 TO 2021]", Range("published", "2020-01-03 12:00", "2021")),
    ("published:2020-2021", Range("published", "2020", "2021")),
    ("published:≥2020", Range("published", "2020", None)),
    ("year:≥ 2003", Range("year", "2003", None)),
    ("year:[2003 to 2008]", YEARS),
    ("year:[2003 до 2008]", YEARS),
    ("year:[2003 and 2008]", YEARS),
    ("year:{2003 to 2008}", Range("year", "2003", "2008", False, False)),
    ("year:[2003 to 2008", YEARS),
    ("year:[2003 to 2008]^2", YEARS.replace(boost=2.0)),
    ("year:[2003, 2008)", Range("year", "2003", "2008", True, False)),
    ("year:(2003, 2008]", Range("year", "2003", "2008", False, True)),
    ("year:(2003 to 2008)", YEARS),
    ("year:(2003 - 2008)", YEARS),
    ("year:(2003..2008 OR 5)", Or((YEARS, Word("5", "year")))),
    ("year:[2003 to]", Range("year", "2003", None)),
    ("year:[to 2008]", Range("year", None, "2008")),
    ("year:[* to 2008]", Range("year", None, "2008")),
    ("year:[2003,]", Range("year", "2003", None)),
    ("year:[100 200]", Range("year", "100", "200")),
    ("year:[1 000 2 000]", Range("year", "1 000", "2 000")),
    ("year:[-5 - -3]", Range("year", "-5", "-3")),
    ("year:2003-2008", YEARS),
    ("year:2003–2008", YEARS),
    ("year:2003..2008", YEARS),
    ("year:2003...2008", YEARS),
    ("year:2003..2008^2", YEARS.replace(boost=2.0)),
    ("year:2003-2008?", YEARS),
    ("year:2003 - 2008 a", Or((YEARS, A))),
    ("year:2003 to 2008", YEARS),
    ("-year:[2003 to 2008]", Clauses((), (), (YEARS,))),
    ("a AND year:2003-2008", And((A, YEARS))),
    ("year:[1, 2, 3]", ANY_OF_THREE),
    ("-year:[1 2 3]", Clauses((), (), (ANY_OF_THREE,))),
    ("year>2003", AFTER),
    ("year > 2003", AFTER),
    ("year> 2003, a", Or((AFTER, A))),
    ("-year>2003", Clauses((), (), (AFTER,))),
    ("year<=2008", UNTIL),
    ("year=<2008", UNTIL),
    ("year≤2008", UNTIL),
    ("year:=<2008", UNTIL),
    ("year=2003", Word("2003", "year")),
    ("year == 2003", Word("2003", "year")),
    ("year:=2003", Word("2003", "year")),
    ("title:(year>2003)", AFTER),
    ("year>1 000", Range("year", "1 000", None, False)),
    ("published>2020-01", Range("published", "2020-01", None, False)),
    ("old=да", Word("да", "old")),
    ("year:[2003 bis 2008]", Or(words("year", "2003", "bis", "2008"))),
    ("year:[2003 to soon]", Or(words("year", "2003", "to", "soon"))),
    ("year:[a - b]", Or(words("year", "a", "b"))),
]

NOT_LOOSE = [
    ("year:2003 to Moscow", Or((Word("2003", "year"), *words("to", "Moscow")))),
    ("year:2003 - 5 a", Or((Word("2003", "year"), Word("5"), A))),
    ("year:(2003 2008)", Or((Word("2003", "year"), Word("2008", "year")))),
    ("year:2003 2008", Or((Word("2003", "year"), Word("2008")))),
    ("year:-5", Word("-5", "year")),
    ("year:1e-5", Word("1e-5", "year")),
    ("published:2020-01", Word("2020-01", "published")),
    ("published:2020-01-08", Word("2020-01-08", "published")),
    ("price>100", Word("price>100")),
    ("title>a", Word("title>a")),
    ("year>cheap", Word("year>cheap")),
    ("year=2003&month=1", Word("year=2003&month=1")),
    ('"year>2003"', Phrase("year>2003")),
    ("tag:[a to b]", Or((Word("[a", "tag"), Word("to"), Word("b]")))),
    ("tag:2003-2008", Word("2003-2008", "tag")),
    ("body:2003-2008", Word("2003-2008", "body")),
    ("body:2003..2008", Word("2003..2008", "body")),
    ("[2003 to 2008]", Or(words("[2003", "to", "2008]"))),
]

TOGETHER = [
    ("year:>2003 year:<=2008", And((AFTER, UNTIL))),
    ("year:(>2003 <=2008)", And((AFTER, UNTIL))),
    ("year>2003 year≤2008", And((AFTER, UNTIL))),
    ("a year:>2003 b year:<=2008", Or((A, And((AFTER, UNTIL)), B))),
    ("+a year:>2003 year:<=2008", Clauses((A,), (And((AFTER, UNTIL)),))),
    ("year:>2003 AND year:<=2008", And((AFTER, UNTIL))),
    ("year:>2003 OR year:<=2008", Or((AFTER, UNTIL))),
    ("+a OR year:>2003 OR year:<=2008", Clauses((A,), (AFTER, UNTIL))),
    ("year:>2003 published:>2020", Or((AFTER, Range("published", "2020", None, False)))),
    ("year:>2003 -year:<=2008", Clauses((), (AFTER,), (UNTIL,))),
    ("year:[1 TO 2] year:[5 TO 6]", Or((Range("year", "1", "2"), Range("year", "5", "6")))),
    ("year:2003 year:2008", Or((Word("2003", "year"), Word("2008", "year")))),
    ("title:>a title:<b", Or(words("title", "a", "title", "b"))),
]


@pytest.mark.parametrize(("text", "tree"), LOOSE, ids=[text for text, _ in LOOSE])
def test_ranges_as_they_are_written_elsewhere_are_read_with_a_note(text: str, tree: Node) -> None:
    found, notes = read(text)
    assert found == tree and notes
    assert all("was read as" in note for note in notes)
    assert read(str(found))[0] == found


@pytest.mark.parametrize(("text", "tree"), NOT_LOOSE, ids=[text for text, _ in NOT_LOOSE])
def test_what_is_no_such_range_stays(text: str, tree: Node) -> None:
    assert read(text) == (tree, [])


@pytest.mark.parametrize(("text", "tree"), TOGETHER, ids=[text for text, _ in TOGETHER])
def test_comparisons_side_by_side_hold_together(text: str, tree: Node) -> None:
    found, _ = read(text)
    assert found == tree and read(str(found))[0] == found


@pytest.mark.parametrize(
    "text", ["year:!2003", "year!=2003", "year != 2003", "year<>2003", "year≠2003", "(year!=2003)"]
)
def test_that_nothing_is_excluded_is_said(text: str) -> None:
    notes = read(text)[1]
    assert any("excludes nothing; all but 2003 is -year:2003" in note for note in notes), notes
    assert not any("excludes" in note for note in read("title!=2003 year!=old wow!")[1])


@pytest.mark.parametrize("text", ["year:[2003 to 2008 storms (a)", "(year:[2003 to 2008) a"])
def test_a_bracket_that_is_not_closed_is_said(text: str) -> None:
    assert "not closed" in " ".join(read(text)[1])


@pytest.mark.parametrize(("text", "tree"), NO_FIELD, ids=[text for text, _ in NO_FIELD])
def test_a_name_that_no_field_has_is_a_word(text: str, tree: Node) -> None:
    found, notes = read(text)
    assert found == tree
    assert len(notes) >= 1 and "this index has: id, title, body" in notes[0]
    assert parse(text, SCHEMA) == tree  # of names, not of values
    with pytest.raises(UnknownFieldError):
        parse(text, SCHEMA, strict=True)


@pytest.mark.parametrize(("text", "tree"), NO_VALUE, ids=[text for text, _ in NO_VALUE])
def test_a_value_that_its_field_cannot_have_is_words(text: str, tree: Node) -> None:
    found, notes = read(text)
    assert found == tree
    assert len(notes) == 1 and notes[0].startswith("field ") and notes[0].endswith("was read as text")
    strict = parse(text, SCHEMA, strict=True, reads_values=True)
    assert strict == parse(text, SCHEMA) != tree


@pytest.mark.parametrize(("text", "tree"), UNDERSTOOD, ids=[text for text, _ in UNDERSTOOD])
def test_what_is_understood_all_the_same_has_a_note(text: str, tree: Node) -> None:
    found, notes = read(text)
    assert found == tree and len(notes) == 1


@pytest.mark.parametrize(("text", "tree"), WITHOUT_A_NOTE, ids=[text for text, _ in WITHOUT_A_NOTE])
def test_what_is_well_written_has_none(text: str, tree: Node) -> None:
    assert read(text) == (tree, [])


def test_a_name_in_the_wrong_case_is_advised() -> None:
    assert "did you mean title?" in read("Title:a")[1][0]


@given(query_texts)
def test_what_is_read_is_text_that_reads_back(text: str) -> None:
    tree, notes = read(text)
    for node in tree.walk():
        assert 0 <= node.start <= node.end <= len(text)
    assert read(tree.to_text())[0] == tree
    assert all(note and len(note) < 400 for note in notes)


def test_names_count_as_words_of_the_limit() -> None:
    with pytest.raises(QueryTooComplex, match="at most 10,000 words"):
        parse("ab:c " * 5_001, SCHEMA)

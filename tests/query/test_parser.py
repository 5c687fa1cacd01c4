"""The query language, example by example, and what plain text must never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Analyzer
from searchlib.errors import QueryError, UnknownFieldError
from searchlib.query import (
    And,
    Clauses,
    Empty,
    Everything,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
    parse,
)

from .conftest import SCHEMA, query_texts

A, B, C, D = (Word(letter) for letter in "abcd")


def parsed(text: str) -> Node:
    return parse(text, SCHEMA)


OPERATORS = [
    ("a", A),
    ("a b", Or((A, B))),
    ("a AND b", And((A, B))),
    ("a OR b", Or((A, B))),
    ("a and b or not c", Or((A, Word("and"), B, Word("or"), Word("not"), C))),
    ("a AND b OR c", Or((And((A, B)), C))),
    ("a OR b AND c", Or((A, And((B, C))))),
    ("a b AND c d", Or((A, And((B, C)), D))),
    ("(a OR b) AND c", And((Or((A, B)), C))),
    ("a (b (c d))", Or((A, B, C, D))),
    ("a AND (b AND c)", And((A, B, C))),
    ("((a))", A),
    ("NOT a", Not(A)),
    ("NOT NOT a", A),
    ("NOT NOT NOT a", Not(A)),
    ("a AND NOT b", And((A, Not(B)))),
    ("a OR NOT b", Or((A, Not(B)))),
    ("NOT (a b)", Not(Or((A, B)))),
    ("a NOT b", Clauses((), (A,), (B,))),
    ("a ANDNOT b", Clauses((A,), (), (B,))),
    ("a ANDNOT b ANDNOT c", Clauses((A,), (), (B, C))),
    ("a ANDNOT b OR c", Clauses((A,), (), (Or((B, C)),))),
    ("a ANDMAYBE b", Clauses((A,), (B,))),
    ("a ANDMAYBE b ANDNOT c", Clauses((A,), (Clauses((B,), (), (C,)),))),
    ("+a", Clauses((A,))),
    ("+a b", Clauses((A,), (B,))),
    ("a +b -c d", Clauses((B,), (A, D), (C,))),
    ("-a", Clauses((), (), (A,))),
    ("a -(b c)", Clauses((), (A,), (Or((B, C)),))),
    ("+(a b)", Or((A, B))),
    ("a AND -b", Clauses((A,), (), (B,))),
    ("a OR +b", Clauses((B,), (A,))),
    ("(+a b) c", Or((Clauses((A,), (B,)), C))),
]


@pytest.mark.parametrize(("text", "tree"), OPERATORS, ids=[text for text, _ in OPERATORS])
def test_operators(text: str, tree: Node) -> None:
    assert parsed(text) == tree


OPERANDS = [
    ('"a b"', Phrase("a b")),
    ('"a b"~3', Phrase("a b", slop=3)),
    ('"a b"~3^2', Phrase("a b", slop=3, boost=2.0)),
    (r'"say \"a\""', Phrase('say "a"')),
    ("title:a", Word("a", "title")),
    ("id:42", Word("42", "id")),
    ("title:a b", Or((Word("a", "title"), B))),
    ("title:(a b)", Or((Word("a", "title"), Word("b", "title")))),
    ("title:(a body:b c)", Or((Word("a", "title"), Word("b", "body"), Word("c", "title")))),
    ("title:(a (body:(b c)))", Or((Word("a", "title"), Word("b", "body"), Word("c", "body")))),
    ('title:"a b"', Phrase("a b", "title")),
    ('title:"a b', Or((Word("a", "title"), B))),
    ("-title:a", Clauses((), (), (Word("a", "title"),))),
    ("title:-5", Word("-5", "title")),
    ("tag:https://x.y/?z", Word("https://x.y/?z", "tag")),
    ("a^2.5", Word("a", boost=2.5)),
    ("a^.5", Word("a", boost=0.5)),
    ("(a b)^2", Or((A, B), boost=2.0)),
    ("((a b)^2)^3", Or((A, B), boost=6.0)),
    ("(a b)^2 c", Or((Or((A, B), boost=2.0), C))),
    ("+a^2", Clauses((Word("a", boost=2.0),))),
    ("a^b", Word("a^b")),
    ("a^99999999", Word("a^99999999")),
    ("лес*", Prefix("лес")),
    ("лес**", Prefix("лес")),
    ("*a*", Wildcard("*a*")),
    ("с?ло", Wildcard("с?ло")),
    ("?ело", Wildcard("?ело")),
    ("с?л?", Wildcard("с?л?")),
    ("с?л?!", Wildcard("с?л?")),
    ("с*л?,", Wildcard("с*л?")),
    ("?ел?", Wildcard("?ел?")),
    ("лес*?", Wildcard("лес*?")),
    ("*ес??", Wildcard("*ес??")),
    ("с?л.?", Wildcard("с?л")),
    ("title:сло?", Wildcard("сло?", "title")),
    ("title:сло??", Wildcard("сло??", "title")),
    ("title:«сло?».", Wildcard("сло?", "title")),
    ("title:(сло? a)", Or((Wildcard("сло?", "title"), Word("a", "title")))),
    ("tag:a?", Wildcard("a?", "tag")),
    ("why?because", Wildcard("why?because")),
    ("сло?~0", Wildcard("сло?")),
    ("сло*~0", Wildcard("сло*")),
    ("с?л?~2", Wildcard("с?л?")),
    ("сло?~", Fuzzy("сло")),
    ("сло?~2", Fuzzy("сло", distance=2)),
    ("title:сло?~", Fuzzy("сло", "title")),
    (r"title:сло\?", Word("сло?", "title")),
    (r"a\*b*c", Wildcard(r"a\*b*c")),
    (r"a\*b*", Prefix("a*b")),
    (r"\**b", Wildcard(r"\**b")),
    ("a*»~2", Prefix("a")),
    (r"title:\//a", Word("//a", "title")),
    ("title:(//a*)", Prefix("//a", "title")),
    ("«a?b.»~", Wildcard("a?b")),
    (r"a*\»", Wildcard("a*»")),
    (r"\«a*", Prefix("«a")),
    ("*a\\b", Wildcard(r"*a\\b")),
    ("слво~", Fuzzy("слво")),
    ("слво~2", Fuzzy("слво", distance=2)),
    ("слво~9", Fuzzy("слво", distance=2)),
    ("слво~0", Word("слво~0")),
    ("a~2^3", Fuzzy("a", distance=2, boost=3.0)),
    ("title:wrod~", Fuzzy("wrod", "title")),
    ("*:*", Everything()),
    ("*", Everything()),
    ("title:*", Everything("title")),
    ("* -a", Clauses((), (Everything(),), (A,))),
    ("* AND NOT a", And((Everything(), Not(A)))),
    ("*:* a", Or((Everything(), A))),
    ("year:[1991 TO 2001]", Range("year", "1991", "2001")),
    ("year:{1991 TO 2001}", Range("year", "1991", "2001", False, False)),
    ("year:[1991 TO 2001}^2", Range("year", "1991", "2001", True, False, boost=2.0)),
    ("year:[1991 TO]", Range("year", "1991", None)),
    ("year:[1991 TO", Range("year", "1991", None)),
    ("year:{1991 TO 2001", Range("year", "1991", "2001", False)),
    ("year:>= 5", Range("year", "5", None)),
    ("year: >= 5", Range("year", "5", None)),
    ("year: [1 TO 2]", Range("year", "1", "2")),
    ("year:(> 5 AND <= 9)", And((Range("year", "5", None, False), Range("year", None, "9")))),
    ("year:{TO 2001]", Range("year", None, "2001")),
    ("year:[* TO -5]", Range("year", None, "-5")),
    ("year:[TO]", Everything("year")),
    ("year:>=5", Range("year", "5", None)),
    ("year:>5", Range("year", "5", None, includes_low=False)),
    ("year:<=5", Range("year", None, "5")),
    ("year:<5^2", Range("year", None, "5", includes_high=False, boost=2.0)),
    ('published:>="2024-01-02 10:00"', Range("published", "2024-01-02 10:00", None)),
    ("year:(>5 AND <=9)", And((Range("year", "5", None, False), Range("year", None, "9")))),
    ("year:([1 TO 2] OR 7)", Or((Range("year", "1", "2"), Word("7", "year")))),
]


@pytest.mark.parametrize(("text", "tree"), OPERANDS, ids=[text for text, _ in OPERANDS])
def test_operands(text: str, tree: Node) -> None:
    assert parsed(text) == tree


PLAIN = [
    ("", Empty()),
    (" \n\t ", Empty()),
    ("()", Empty()),
    ('""', Empty()),
    ("— … !!! :-)", Empty()),
    ("+ - ~ ^ ? \\", Empty()),
    ("a )", A),
    ("(a", A),
    ("((a b", Or((A, B))),
    ("a () b", Or((A, B))),
    ('"a', A),
    ('a "b c', Or((A, B, C))),
    ('27" 32" a', Or((Word("27"), Word("32"), A))),
    ("AND", Word("AND")),
    ("NOT", Word("NOT")),
    ("a AND", Or((A, Word("AND")))),
    ("OR a", Or((Word("OR"), A))),
    ("(AND)", Word("AND")),
    ("a AND :-)", Or((A, Word("AND")))),
    ("a AND OR b", Or((A, Word("AND"), B))),
    (r"\AND", Word("AND")),
    (r"a\:b", Word("a:b")),
    ("a-b", Word("a-b")),
    ("a - b", Or((A, B))),
    ("--help", Word("--help")),
    ("C++ a+b", Or((Word("C++"), Word("a+b")))),
    ("12:30", Word("12:30")),
    ("C:\\news D:data", Or((Word("C:\\news"), Word("D:data")))),
    ("https://a.b/c?d=e*&f~", Word("https://a.b/c?d=e*&f~")),
    ("mailto:a", Word("mailto:a")),
    ("urn:isbn:12", Word("urn:isbn:12")),
    ("user:secret@host", Word("user:secret@host")),
    ("std::vector", Word("std::vector")),
    ("key:value:more", Word("key:value:more")),
    ("note: a", Or((Word("note:"), A))),
    ("title: a", Or((Word("title:"), A))),
    ("title://a", Word("title://a")),
    ("Внимание:снег", Word("Внимание:снег")),
    ("Re:a", Word("Re:a")),
    ("where is a?", Or((Word("where"), Word("is"), Word("a?")))),
    ("what?!", Word("what?!")),
    ("так?", Word("так?")),
    ("так??", Word("так??")),
    ("«так?»", Word("«так?»")),
    ("(так?)", Word("так?")),
    ("так?..", Word("так?..")),
    ('так? "и что?"', Or((Word("так?"), Phrase("и что?")))),
    ("?", Empty()),
    ("?? ???", Empty()),
    ("*?", Empty()),
    ("title:? a", A),
    ("«лес*», a", Or((Prefix("лес"), A))),
    ("2 * 3", Or((Word("2"), Word("3")))),
    ("[a TO b]", Or((Word("[a"), Word("TO"), Word("b]")))),
    ("title:>:(", Empty()),
    ('title:"', Empty()),
    ('a title:"', A),
    ("f(a)", Or((Word("f"), A))),
    ("😀", Word("😀")),
]


@pytest.mark.parametrize(("text", "tree"), PLAIN, ids=[text for text, _ in PLAIN])
def test_plain_text_is_searched_as_it_is(text: str, tree: Node) -> None:
    assert parsed(text) == tree


@given(query_texts)
def test_no_text_is_a_syntax_error(text: str) -> None:
    try:
        parse(text, SCHEMA, strict=True)
    except UnknownFieldError as error:
        assert error.position is not None and text[error.position].isidentifier()
    except QueryError as error:  # of what is not closed, or was not opened
        assert error.position is not None and text[error.position] in '()[{"'
    tree = parsed(text)
    for node in tree.walk():
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(node, Word) and "\\" not in text:
            assert text[node.start : node.end] == node.text
        if isinstance(node, Phrase) and "\\" not in text:
            assert text[node.start : node.end].startswith(f'"{node.text}"')


@given(st.lists(st.text("абвabc.,;!—«»…' ", min_size=1), max_size=8).map(" ".join))
def test_prose_is_an_or_of_its_words(text: str) -> None:
    words = [run for run in text.split() if any(map(str.isalpha, run))]
    tree = parsed(text)
    found = [node.text for node in tree.walk() if isinstance(node, Word)]
    assert found == words


GROUPED = [
    ("1 000", Word("1 000")),
    ("3 000 000 a", Or((Word("3 000 000"), A))),
    ("a 12 345", Or((A, Word("12 345")))),
    ("a AND 12 345", And((A, Word("12 345")))),
    ("+1 000 -2 000", Clauses((Word("1 000"),), (), (Word("2 000"),))),
    ("1\u00a0000", Word("1\u00a0000")),
    ("1\u202f000 000", Word("1\u202f000 000")),
    ("body:1 000", Word("1 000", "body")),
    ("title:(1 000 a)", Or((Word("1 000", "title"), Word("a", "title")))),
    ("1 000^2", Word("1 000", boost=2.0)),
    ("(1 000)^2", Word("1 000", boost=2.0)),
    ("5 000-10 000", Word("5 000-10 000")),
    ("1 000-й", Word("1 000-й")),
    ("1 000,5", Word("1 000,5")),
    ("1 000.", Word("1 000.")),
    ("$1 000", Word("$1 000")),
    ("№12 345", Word("№12 345")),
    ("«1 000 a", Or((Word("«1 000"), A))),
    ("1,234 567", Or((Word("1,234"), Word("567")))),
    ("2020 2021", Or((Word("2020"), Word("2021")))),
    ("9 30", Or((Word("9"), Word("30")))),
    ("1 0000", Or((Word("1"), Word("0000")))),
    ("1 000x", Or((Word("1"), Word("000x")))),
    ("1234 567", Or((Word("1234"), Word("567")))),
    ("a1 000", Or((Word("a1"), Word("000")))),
    ("1  000", Or((Word("1"), Word("000")))),
    ("1\t000", Or((Word("1"), Word("000")))),
    ("1 OR 000", Or((Word("1"), Word("000")))),
    ("1^2 000", Or((Word("1", boost=2.0), Word("000")))),
    ("1 (000)", Or((Word("1"), Word("000")))),
    ("tag:1 000", Or((Word("1", "tag"), Word("000")))),  # a keyword ends at its space
    ("id:1 000", Or((Word("1", "id"), Word("000")))),
    ("+a 1  000", Clauses((A,), (Word("1"), Word("000")))),
]


@pytest.mark.parametrize(("text", "tree"), GROUPED, ids=[text for text, _ in GROUPED])
def test_spaces_join_groups_of_three_digits(text: str, tree: Node) -> None:
    assert parsed(text) == tree
    assert parsed(str(tree)) == tree


@given(st.lists(st.sampled_from(["1", "22", "333", "000", "4444", "a", "333-й"]), min_size=1, max_size=6))
def test_a_query_joins_what_a_text_joins(words: list[str]) -> None:
    text = " ".join(words)
    node = parsed(text)
    found = [leaf.text for leaf in node.walk() if isinstance(leaf, Word)]
    tokens = Analyzer.for_languages(()).tokens(text)
    ends = {token.position: token for token in reversed(tokens)}  # of a compound the whole
    wholes, at = [], 0
    while at in ends:
        wholes.append(ends[at].text)
        at += ends[at].span
    assert found == wholes

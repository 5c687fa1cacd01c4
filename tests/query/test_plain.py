"""Plain text: whatever it looks like, it is words. Each odd topic is read, and finds what its words find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Plain, Schema, Text
from searchlib.errors import QueryError, QueryTooComplex
from searchlib.query import Empty, Limits, Node, Or, Phrase, Word, parse
from searchlib.query.plain import plain_tree
from searchlib.query.writing import OPERATORS

from .conftest import SCHEMA

# What people write above a question, and the words that it is; a tuple is a phrase.
TOPICS: list[tuple[str, list[str | tuple[str]]]] = [
    ("re:zero anime", ["re", "zero", "anime"]),
    ("what is NOT anime", ["what", "is", "not", "anime"]),
    ("NOT a phase", ["not", "a", "phase"]),
    ("cats AND dogs OR birds", ["cats", "and", "dogs", "or", "birds"]),
    ("peace ANDNOT war", ["peace", "andnot", "war"]),
    ("a ANDMAYBE b", ["a", "andmaybe", "b"]),
    ("AND", ["and"]),
    ("-40 degrees", ["-40", "degrees"]),
    ("-protest", ["-protest"]),
    ("+1 from me", ["+1", "from", "me"]),
    ("--help does nothing", ["--help", "does", "nothing"]),
    ('he said "no comment" twice', ["he", "said", "no", "comment", "twice"]),
    ('a 27" screen', ["a", "27", "screen"]),
    ('unclosed "quote here', ["unclosed", "quote", "here"]),
    ("(sic) transit", ["sic", "transit"]),
    (":-) unbalanced ) and (", ["unbalanced", "and"]),
    ("f(x) of x", ["f", "x", "of", "x"]),
    ("[solved] how to win", ["[solved]", "how", "to", "win"]),
    ("price [1 TO 5]", ["price", "[1", "TO", "5]"]),
    ("{draft} of a law", ["{draft}", "of", "a", "law"]),
    ("M*A*S*H finale", ["M*A*S*H", "finale"]),
    ("* corrected", ["corrected"]),
    ("2 * 3 = 6", ["2", "3", "6"]),
    ("who? what?", ["who?", "what?"]),
    ("so??? really", ["so???", "really"]),
    ("x^2 plus y^2", ["x^2", "plus", "y^2"]),
    ("about ~50 people", ["about", "~50", "people"]),
    ("roam~1 and swim~", ["roam~1", "and", "swim~"]),
    ("title:secret id:7", ["title", "secret", "id", "7"]),
    ("year:1991 published:soon", ["year", "1991", "published", "soon"]),
    ("Re:protest", ["Re", "protest"]),
    ("Внимание:снег", ["Внимание", "снег"]),
    ("error:404:retry", ["error:404:retry"]),
    ("at 12:30 in C:\\news", ["at", "12:30", "in", "C:\\news"]),
    ("see https://example.org/a?b=1*2", ["see", "https://example.org/a?b=1*2"]),
    ("std::vector vs list", ["std::vector", "vs", "list"]),
    ("mailto:ann@example.com", ["mailto:ann@example.com"]),
    ("name:(group)", ["name", "group"]),
    ('said:"so"', ["said", "so"]),
    ("*:* everything", ["everything"]),
    ("escaped \\* and \\AND", ["escaped", "and", "\\AND"]),
    ("C++ or C#, .NET", ["C++", "or", "C#,", ".NET"]),
    ("1 000 000 people", ["1 000 000", "people"]),
    ("и т. д.", ["и", ("т. д.",)]),
    ("call +7 (701) 222-33-44 now", ["call", ("+7 (701) 222-33-44",), "now"]),
    ("«Что? Где? Когда?»", ["«Что?", "Где?", "Когда?»"]),
    ("", []),
    ("!!!", []),
    ('( ) " * - +', []),
    (" \t\n", []),
]


def nodes_of(words: list[str | tuple[str]]) -> list[Node]:
    return [Phrase(word[0]) if isinstance(word, tuple) else Word(word) for word in words]


@pytest.mark.parametrize(("text", "words"), TOPICS)
def test_it_is_its_words(text: str, words: list[str | tuple[str]]) -> None:
    tree = plain_tree(text)
    expected = nodes_of(words)
    if not expected:
        assert isinstance(tree, Empty)
        return
    assert tree == (expected[0] if len(expected) == 1 else Or(tuple(expected)))
    for leaf in tree.walk():
        if isinstance(leaf, Word | Phrase):
            assert text[leaf.start : leaf.end].casefold() == leaf.text.casefold()


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_is_a_word(operator: str) -> None:
    assert plain_tree(f"a {operator} b") == Or((Word("a"), Word(operator.lower()), Word("b")))


@given(st.lists(st.sampled_from(["police", "force", "Ташкент", "1991", "X2"]), min_size=1))
def test_words_are_what_they_are_in_a_query(words: list[str]) -> None:
    assert plain_tree(" ".join(words)) == parse(" ".join(words), SCHEMA)


@given(st.text(st.sampled_from('ab ANDOT*?~^:"()[]{}\\+-.,1 т.\n')))
def test_any_text_is_words(text: str) -> None:
    tree = plain_tree(text)
    assert isinstance(tree, Word | Phrase | Or | Empty)
    assert all(isinstance(leaf, Word | Phrase) and leaf.field is None for leaf in tree.children)
    assert all(leaf.text not in OPERATORS for leaf in tree.walk() if isinstance(leaf, Word))


def test_limits() -> None:
    with pytest.raises(QueryTooComplex, match="at most 3 characters"):
        plain_tree("four", Limits(length=3))
    with pytest.raises(QueryTooComplex, match="at most 2 words"):
        plain_tree("a b c", Limits(clauses=2))


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(), body=Text()))
    with index.writer() as writer:
        writer.add({"id": "zero", "title": "Re:Zero", "body": "An anime, and what is not one."})
        writer.add({"id": "police", "body": "The police are a force."})
        writer.add({"id": "number", "body": "There were 1,000,000 people."})
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("text", "as_plain", "as_query"),
    [
        ("what is NOT anime", ["zero"], ["number", "police"]),
        ("re:zero anime", ["zero"], ["zero"]),
        ("title:police", ["police"], []),
        ('"police force"', ["police"], []),
        ("police AND anime", ["police", "zero"], []),
        ("-police", ["police"], ["zero", "number"]),
        ("pol*", [], ["police"]),
        ("1 000 000", ["number"], ["number"]),
        ("WHAT IS AN ANIME", ["zero"], ["zero"]),
        ("title:*", [], ["zero"]),
    ],
)
def test_what_it_finds(index: Index, text: str, as_plain: list[str], as_query: list[str]) -> None:
    assert sorted(hit.id for hit in index.search(Plain(text))) == sorted(as_plain)
    assert sorted(hit.id for hit in index.search(text)) == sorted(as_query)
    (many,) = index.search_many([Plain(text)])
    assert [hit.id for hit in many] == [hit.id for hit in index.search(Plain(text))]


def test_notes_errors_and_the_rest(index: Index) -> None:
    assert index.search(Plain("re:zero nope:1")).notes == ()
    assert index.search(Plain("what is NOT anime")).dropped == ["what", "is", "not"]
    assert index.search(Plain("!?")).notes == ("there is no word in the query to search for",)
    with pytest.raises(QueryError, match="the query is empty"):
        index.search(Plain("!?"), strict=True)
    assert "excluded" not in str(index.explain(Plain("what is NOT anime")))
    assert [found.query for found in index.suggest(Plain("what is NOT animr"))][:1] == ["what is NOT anime"]
    assert Plain("a b") == "a b" and isinstance(Plain(""), str)


def test_a_parser_reads_what_it_is_given(index: Index) -> None:
    class Parser:
        def parse(self, text: str) -> Node:
            return Word(text)

    assert [hit.id for hit in index.search(Plain("police"), parser=Parser())] == ["police"]

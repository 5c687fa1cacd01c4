"""Trees: frozen, equal wherever they stand in their query, and written so that they read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchlib.errors import UnknownFieldError
from searchlib.query import (
    And,
    Clauses,
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
from searchlib.query.writing import CLOSING, OPENING, SPECIAL

from .conftest import SCHEMA, query_texts


def is_wild(pattern: str) -> bool:
    """Whether it has a wildcard, and is no address."""
    plain = re.sub(r"\\[*?\\]", ".", pattern)
    return bool(re.search(r"[*?]", plain) and "://" not in plain)


words = st.sampled_from(
    ["a", "b", "лес", "AND", "U.S.", "x:y", "C:\\news", "a*b", "(", "-7", "NOT", "2^3", 'say"', "C:\\"]
)


@given(query_texts)
@example("a?~")
@example("*.*~0")
@example("*»~0")
@example("*@*~0")
@example("?…~0")
@example("title:*-*~0")
@example("**~0")
@example("*?~0^2")
def test_text_of_a_tree_parses_back_to_it(text: str) -> None:
    try:
        tree = parse(text, SCHEMA)
    except UnknownFieldError:
        return
    again = parse(tree.to_text(), SCHEMA)
    assert again == tree
    assert again.to_text() == str(tree)


_spaced = st.text("aя* ?\\\u00a0-", min_size=1, max_size=8).map(str.rstrip).filter(bool)


@given(_spaced)
@example("New York")
@example("a  b")
def test_a_value_with_spaces_is_written_so_that_it_is_read_as_one(text: str) -> None:
    written = Word(text, "title").to_text()
    again = parse(written, SCHEMA)
    assert again == Word(text, "title") or not any(letter.isalnum() for letter in text), written
    assert parse(f"{written} b", SCHEMA) == Or((again, Word("b"))) or not isinstance(again, Word)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:New\\ York", Word("New York", "title")),
        ("title:New\\ Y*", Prefix("New Y", "title")),
        ("title:N*\\ York", Wildcard("N* York", "title")),
        ("title:New\\ Yrok~", Fuzzy("New Yrok", "title", 1)),
        ("New\\ York", Or((Word("New\\"), Word("York")))),
        ("title:C:\\ b", Word("C: b", "title")),
    ],
)
def test_behind_a_field_a_backslash_keeps_a_value_together(query: str, expected: Node) -> None:
    assert parse(query, SCHEMA) == expected


def leaves() -> st.SearchStrategy[str]:
    written = words.map(lambda text: Word(text).to_text())
    fields = st.sampled_from(["", "", "title:", "body:"])
    phrases = st.lists(words, min_size=1, max_size=3).map(lambda parts: Phrase(" ".join(parts)).to_text())
    others = st.sampled_from(["лес*", "с?ло", "wrod~2", "*:*", "year:[1 TO 2}", "year:>3"])
    return st.one_of(st.tuples(fields, st.one_of(written, phrases)).map("".join), others)


def groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=4)
    joints = st.sampled_from(
        [" ", " AND ", " OR ", " ANDNOT ", " ANDMAYBE ", " +", " -", " NOT ", " AND NOT "]
    )
    boosts = st.sampled_from(["", "", "^2", "^0.25", "^3.3"])
    prefixes = st.sampled_from(["", "", "title:", "-", "+", "NOT "])
    return st.builds(
        lambda parts, joint, boost, prefix: f"{prefix}({joint.join(parts)}){boost}",
        several,
        joints,
        boosts,
        prefixes,
    )


@given(st.recursive(leaves(), groups, max_leaves=12))
def test_text_of_a_nested_tree_parses_back_to_it(text: str) -> None:
    tree = parse(text, SCHEMA)
    assert parse(tree.to_text(), SCHEMA) == tree


# A run of one word: no spaces, and a letter in it, for the parser makes no node of what nothing can match.
runs = st.tuples(
    *[st.text("aя7" + SPECIAL + OPENING + CLOSING + "\0&#@%/", max_size=5)] * 2, st.sampled_from("aя7")
).map(lambda parts: parts[0] + parts[2] + parts[1])
pieces = st.lists(st.sampled_from([*"aя7.»«'!^~:", "\\*", "\\?", "\\\\", "?"]), max_size=4).map("".join)
patterns = st.tuples(pieces, pieces, pieces).map(lambda p: f"{p[0]}*{p[1]}a{p[2]}b")
# Any pattern with a wildcard, with a letter or with none, whatever stands at its ends.
wild = st.lists(
    st.sampled_from([*"aя7.»«'!^~:/?*", "?", "*", r"\*", r"\?", r"\\", "\\"]), min_size=1, max_size=7
).map("".join)
wild = wild.filter(lambda p: is_wild(p))
built = st.one_of(
    st.builds(Wildcard, wild, st.sampled_from([None, "title"])),
    st.builds(Word, runs, st.sampled_from([None, "title"])),
    st.builds(Phrase, runs, st.sampled_from([None, "title"]), st.integers(0, 9)),
    st.builds(Prefix, runs, st.sampled_from([None, "title"])),
    st.builds(Fuzzy, runs, st.sampled_from([None, "title"]), st.integers(1, 2)),
    st.builds(
        Wildcard, st.one_of(patterns, patterns.map(lambda p: p + ".»")), st.sampled_from([None, "title"])
    ),
    st.builds(Range, st.just("tag"), runs, st.one_of(st.none(), runs), st.booleans()),
)


@given(built, st.floats(0, 1e6), st.sampled_from(["alone", "not", "in clauses"]))
def test_text_of_a_node_made_by_hand_parses_back_to_it(node: Node, boost: float, place: str) -> None:
    node = node.replace(boost=boost)
    if place == "not":
        node = Not(node)
    elif place == "in clauses":
        node = Clauses((node,), (), (Word("b"),))
    assert parse(node.to_text(), SCHEMA) == node


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Wildcard("сло?"), "сло?~0"),
        (Wildcard("сло?", "title"), "title:сло?"),
        (Wildcard("с?л?"), "с?л?"),
        (Wildcard("сло*"), "сло*~0"),
        (Wildcard("**a***b"), "*a*b"),
        (Word("сло?"), r"сло\?"),
        (Or((Word("a"), And((Word("b"), Not(Word("c")))))), "a OR (b AND NOT c)"),
        (
            Clauses((Word("a"),), (Phrase("b c", slop=2),), (Or((Word("d"), Word("e"))),)),
            '+a "b c"~2 -(d OR e)',
        ),
        (Or((Word("a"), Word("b")), boost=2.0), "(a OR b)^2"),
        (Word("a", "title", boost=0.1), "title:a^0.1"),
        (Word("a", boost=1e-7), "a^0.0000001"),
        (Range("year", None, "5", includes_high=False), "year:[* TO 5}"),
        (Range("published", "2024-01-02 10:00", "*"), 'published:["2024-01-02 10:00" TO "*"]'),
        (Not(Everything("title")), "NOT title:*"),
        (Word("NOT"), r"\NOT"),
        (Word("a:b"), r"a\:b"),
    ],
)
def test_trees_are_written_as_a_person_would(tree: Node, text: str) -> None:
    assert tree.to_text() == text
    assert parse(text, SCHEMA) == tree


def test_equality_and_hash_do_not_ask_where_a_node_stood() -> None:
    first, second = parse("a   AND b", SCHEMA), parse("a AND b", SCHEMA)
    assert first == second and hash(first) == hash(second)
    assert (first.end, second.end) == (9, 7)
    assert parse("a^2", SCHEMA) != parse("a", SCHEMA)


def test_spans_cover_the_operand_without_field_sign_and_boost() -> None:
    text = '-title:лес^2 (year:>=5 "a b"~2^3)'
    found = {type(node).__name__: text[node.start : node.end] for node in parse(text, SCHEMA).walk()}
    assert found["Word"] == "лес"
    assert found["Range"] == ">=5"
    assert found["Phrase"] == '"a b"~2'
    assert found["Clauses"] == 'лес^2 (year:>=5 "a b"~2'


def test_nodes_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Word("a").text = "b"  # type: ignore[misc]


def test_walk_goes_parents_first_in_order() -> None:
    tree = parse("+a (b AND c) -d", SCHEMA)
    assert [getattr(node, "text", type(node).__name__) for node in tree.walk()] == [
        "Clauses",
        "a",
        "And",
        "b",
        "c",
        "d",
    ]

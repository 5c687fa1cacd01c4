"""The ways through a text's tokens: all where they are few, two where they are many; in linear time."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Analyzer
from searchlib.analysis.paths import MAX_PATHS, paths

ANALYZER = Analyzer.for_languages(())


class Piece(NamedTuple):
    position: int
    span: int


def pieces(*spans: int) -> list[Piece]:
    """Words, and compounds of so many parts."""
    made: list[Piece] = []
    at = 7  # a text may begin anywhere
    for span in spans:
        if span > 1:
            made.append(Piece(at, span))
        made += [Piece(at + part, 1) for part in range(span)]
        at += span
    return made


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("a b", ["a b"]),
        ("a-b", ["a-b", "a b"]),
        ("c a-b", ["c a-b", "c a b"]),
        ("a-b c-d", ["a-b c-d", "a-b c d", "a b c-d", "a b c d"]),
        ("1 000 x", ["1 000|x", "1|000|x"]),
    ],
)
def test_examples(text: str, ways: list[str]) -> None:
    tokens = ANALYZER.tokens(text)
    wanted = [way.split("|") if "|" in way else way.split() for way in ways]
    assert [[tokens[number].text for number in path] for path in paths(tokens)] == wanted


@given(st.lists(st.sampled_from([1, 1, 1, 2, 3, 5]), min_size=1, max_size=12))
def test_a_way_leaves_nothing_out_and_takes_nothing_twice(spans: list[int]) -> None:
    found = pieces(*spans)
    ways = paths(found)
    compounds = sum(span > 1 for span in spans)
    assert len(ways) == (2**compounds if 2**compounds <= MAX_PATHS else 2)
    assert len({tuple(way) for way in ways}) == len(ways)
    for way in ways:
        covered = [at for number in way for at in range(found[number].position, sum(found[number]))]
        assert covered == list(range(7, 7 + sum(spans)))
    assert max(ways, key=len) == [number for number, piece in enumerate(found) if piece.span == 1]


def test_beyond_the_bound_there_are_the_wholes_and_the_parts() -> None:
    wholes, parts = paths(pieces(*[3] * 5000))
    assert len(wholes) == 5000 and len(parts) == 15_000

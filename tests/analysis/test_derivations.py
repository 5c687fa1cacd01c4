"""The table of words of one root: looked up as a dictionary would, made anew as it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from searchlib.analysis.derivations import TABLE, derivations

ROWS = dict(line.split("\t") for line in Path(TABLE).read_text(encoding="ascii").split("\n") if line)


def test_every_line_is_found() -> None:
    for word, relatives in ROWS.items():
        assert derivations.__wrapped__(word) == tuple(relatives.split(" ")), word


@pytest.mark.parametrize("word", ["", "a", "zzzzzz", "theor", "theoryx", "theory\t", "\n", "\x00", "теория"])
def test_what_is_not_there(word: str) -> None:
    assert word not in ROWS
    assert derivations(word) == ()


def test_relatives_go_both_ways_and_share_a_beginning() -> None:
    for word, relatives in ROWS.items():
        for other in relatives.split(" "):
            assert word in ROWS[other].split(" ") and other[:3] == word[:3] and other != word


def test_words_that_must_be_there() -> None:
    assert "theorist" in derivations("theory")
    assert "inhibition" in derivations("inhibit")
    assert "mathematical" in derivations("mathematically")


def test_the_table_is_what_the_tool_makes() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    import wordnet_derivations
    import wordnet_table

    if not wordnet_table.WORDNET.is_dir():
        pytest.skip(f"no WordNet at {wordnet_table.WORDNET}: Debian's wordnet-base and wordnet-sense-index")
    with wordnet_table.wordnet_reader() as reader:
        assert wordnet_derivations.encode(wordnet_derivations.derivations(reader)) == Path(TABLE).read_bytes()

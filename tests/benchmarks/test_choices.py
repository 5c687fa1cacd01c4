"""The choice of weights and the forms of a title's own score: what they ask for, and what a plan becomes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from benchmarks.choice import SHOWN, label, setting
from benchmarks.titles import each_word, own_of, whole_query

from searchlib import Ranking
from searchlib.plan import And, Boost, Maybe, Or, Word, WordField

TITLE, BODY = 0, 1


def word(*fields: int) -> Word:
    return Word([WordField(field, 3.0 if field == TITLE else 1.0, ["water"]) for field in fields])


def test_a_setting_is_read() -> None:
    assert setting("0.7/0.1/0") == Ranking(related=0.7, exact=0.1, adjacent=0.0)
    assert setting(".7/.1/.15") == Ranking(related=0.7, exact=0.1, adjacent=0.15)


@pytest.mark.parametrize("text", ["", "0.7", "0.7/0.1", "a/b/c", "0.7/0.1/0/0", "-1/0/0", "nan/0/0"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="expected RELATED/EXACT/ADJACENT"):
        setting(text)


def test_the_rows_that_the_docs_show_are_those_that_the_command_prints() -> None:
    text = (Path(__file__).parents[2] / "docs/ranking.md").read_text(encoding="utf-8")
    table = text.split("| related / exact / adjacent |")[1].split("\n\n")[0]
    labels = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()[2:]]
    assert labels[2:] == list(map(label, SHOWN))  # behind the two baselines


def test_the_title_is_added_to_a_word_that_stands_in_both() -> None:
    both = word(BODY, TITLE)
    changed = each_word(0.1)(both)
    assert isinstance(changed, Or) and changed.children[0] is both
    boost = changed.children[1]
    assert isinstance(boost, Boost) and boost.factor == 0.1
    assert isinstance(boost.child, Word) and [field.field for field in boost.child.fields] == [TITLE]
    alone = word(BODY)
    assert each_word(0.1)(alone) is alone
    assert [field.field for field in own_of(both).fields] == [TITLE]


def test_a_title_with_all_words_is_one_clause() -> None:
    changed = whole_query(0.5)(Or([word(TITLE, BODY), word(TITLE, BODY)]))
    assert isinstance(changed, Maybe)
    boost = changed.children[1]
    assert isinstance(boost, Boost) and isinstance(boost.child, And) and len(boost.child.children) == 2

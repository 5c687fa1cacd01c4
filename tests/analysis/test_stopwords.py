"""Which words a query may drop."""

from __future__ import annotations

import pytest

from searchlib.analysis.stopwords import is_stopword


@pytest.mark.parametrize(
    "word",
    [
        "the",
        "The",
        "us",
        "it",
        "don't",
        "don’t",
        "I",
        "И",
        "и",
        "в",
        "который",
        "Её",
        "ее",
        "всё",
        "что́",
        "t",
        "может",
    ],
)
def test_function_words_are_stopwords(word: str) -> None:
    assert is_stopword(word)


@pytest.mark.parametrize(
    "word",
    [
        "US",
        "IT",
        "WHO",
        "ОНА",
        "president",
        "сталь",
        "новый",
        "человек",
        "год",
        "lead",
        "well-known",
        "",
        "42",
        "C++",
    ],
)
def test_words_of_content_are_none(word: str) -> None:
    assert not is_stopword(word)


def test_one_stress_mark_or_a_letter_of_the_other_script_makes_no_difference() -> None:
    assert is_stopword("э́то")
    assert is_stopword("чтo")  # a Latin o

"""Which words a query may drop."""

from __future__ import annotations

import pytest

from searchlib.analysis.stopwords import _words, is_stopword


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
        "whomever",
        "thou",
        "doesnt",
        "gonna",
        "who've",
        "’tis",
        "Will",
        "чо",
        "щас",
        "твоею",
        "кому-нибудь",
        "кое-что",
        "ввиду",
        "and/or",
        "и/или",
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
        "mine",  # as in gold mine
        "May",
        "art",
        "стать",
        "well-known",
        "",
        "42",
        "C++",
        "/",
        "input/output",
        "to/from-date",
    ],
)
def test_words_of_content_are_none(word: str) -> None:
    assert not is_stopword(word)


def test_one_stress_mark_or_a_letter_of_the_other_script_makes_no_difference() -> None:
    assert is_stopword("э́то")
    assert is_stopword("чтo")  # a Latin o


def test_pronouns_are_stopwords_in_every_form() -> None:
    """All that the dictionary has of them, but for dialect and what is another word as well."""
    pymorphy3 = pytest.importorskip("pymorphy3")
    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    others = {"ником", "чаво", "шо", "ничё", "скольку", "скольки", "стольку"}
    pronouns = """
        я ты он она оно мы вы они себя мой твой свой наш ваш этот тот сей такой этакий сам самый весь каждый
        всякий любой иной другой кто что какой который чей сколько столько никто ничто никакой ничей
        некоторый
    """
    for pronoun in pronouns.split():
        parse = next(parse for parse in analyzer.parse(pronoun) if parse.normal_form == pronoun)
        forms = {form.word for form in parse.lexeme if "Dist" not in form.tag and form.word not in others}
        assert [form for form in sorted(forms) if not is_stopword(form)] == []


def test_every_entry_can_be_found() -> None:
    """ё is folded before the list is asked: an entry with it would never be found."""
    for language in ("en", "ru"):
        assert all(is_stopword(word, frozenset((language,))) for word in _words(frozenset((language,))))

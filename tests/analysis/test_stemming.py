"""Further languages through NLTK's Snowball stemmers, and what they share with the dictionaries."""

from __future__ import annotations

import subprocess
import sys

import pytest

from searchlib.analysis import stemming
from searchlib.analysis.analyzer import Analyzer


@pytest.mark.parametrize(
    ("language", "word", "other_form"),
    [
        ("ar", "كتاب", "الكتاب"),
        ("da", "hundene", "hund"),
        ("de", "Häuser", "Hauses"),
        ("es", "libros", "libro"),
        ("fi", "taloissa", "talo"),
        ("fr", "continuellement", "continuelle"),
        ("hu", "házakban", "házak"),
        ("it", "abbandonata", "abbandonate"),
        ("nl", "lichamelijk", "lichamelijke"),
        ("no", "husene", "huset"),
        ("pt", "meninos", "menino"),
        ("ro", "abruptele", "abrupte"),
        ("sv", "jaktkarlarne", "jaktkarlens"),
    ],
)
def test_forms_of_a_word_share_their_stem(language: str, word: str, other_form: str) -> None:
    analyzer = Analyzer.for_languages((language,))
    assert analyzer.lemmas(word) == analyzer.lemmas(other_form)
    assert len(analyzer.lemmas(word)) == 1


def test_every_language_has_a_stemmer() -> None:
    for language in stemming.SCRIPTS:
        assert stemming.stemmer(language)("a") == "a"


def test_languages_of_one_script_give_the_union_in_their_order() -> None:
    english, german = Analyzer(("en",)).lemmas("kinder"), Analyzer(("de",)).lemmas("kinder")
    assert Analyzer(("en", "de")).lemmas("kinder") == tuple(dict.fromkeys(english + german))
    assert Analyzer(("de", "en")).lemmas("kinder") == tuple(dict.fromkeys(german + english))
    assert Analyzer(("de", "en")).lemmas("children")[-1] == "child"


def test_scripts_stay_apart() -> None:
    analyzer = Analyzer(("de", "ru"))
    assert [token.lemmas for token in analyzer.tokens("Häuser стали 42 kinder-2")] == [
        ("haus",),
        ("стать", "сталь"),
        ("42",),
        ("kinder-2",),
        ("kind",),
        ("2",),
    ]


def test_capitals_stand_for_themselves_in_every_language() -> None:
    assert Analyzer(("en", "de")).lemmas("US") == ("us",)
    assert Analyzer(("de",)).lemmas("DDR") == ("ddr",)


def test_find_resolves_stems() -> None:
    class Group:
        lemmas = frozenset({"haus"})
        forms = None

    matches = Analyzer(("de",)).find("Das Häuser-Meer und ein Haus", [Group()])
    assert [(match.start, match.end, match.position, match.groups) for match in matches] == [
        (4, 10, 1, (0,)),
        (24, 28, 5, (0,)),
    ]


def test_nltk_is_imported_only_for_its_languages() -> None:
    script = (
        "import sys; from searchlib.analysis.analyzer import Analyzer; Analyzer().lemmas('стали'); "
        "sys.exit(bool({'nltk', 'pymorphy3', 'numpy', 'whoosh'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

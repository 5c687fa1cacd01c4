"""Other ways to write a word, and what only looks like one."""

from __future__ import annotations

import pytest

from searchlib import Analyzer, _core

ANALYZER = Analyzer()

# word: lemmas, the first one first.
OTHER_SPELLINGS = """
colours: colour colours color colors; neighbourhood: neighbourhood neighborhood;
organiser: organiser organizer; colourise: colourise colorise colorize; fibre: fibre fiber;
dialogue: dialogue dialog; defence: defence defense; foetus: foetus fetus;
travellers: traveller traveler; judgement: judgement judgment; grey: grey gray;
paralyzed: paralyze paralyzed paralyse; U.N.: u.n un; B.C.: b.c bc; С.Ш.А.: с.ш.а сша; F#: f# f;
1,234,567: 1234567 1,234,567; 12'500: 12500 12'500; 0,5: 0,5 0.5; слово7: слово7;
28-му: 28-й 28; 3-е: 3-й 3;
naïve: naïve naive; Škoda: škoda skoda; Đoković: đoković dokovic; Þór: þór thor; e-mail: e-mail email;
co-founder: co-founder cofounder; Shi'a: shi'a shia; ХХІ: ххі xxi; всѣхъ: весь всѣхъ;
Nov.: november nov; млн: миллион млн
"""
# word: its only lemma.
NO_OTHER_SPELLING = """
tour: tour; course: course; tourist: tourist; poet: poet; toe: toe; aloe: aloe; filler: filler;
timbre: timbre; size: size; А.С.: а.с; vk.com: vk.com; 1.2: 1.2; файл123: файл123; abcd1: abcd1; мы1: мы1;
12,34,56: 12,34,56; 1234,567,8: 1234,567,8; 2pac: 2pac; 3D: 3d; 5G: 5g; mp3: mp3; HR: hr; NOV: nov;
state-owned: state-owned; Київ: київ; історія: історія; объект: объект; mother-in-law: mother-in-law;
2010-2012: 2010-2012; C##: c; kgx: kgx
"""


def rows(text: str) -> list[tuple[str, tuple[str, ...]]]:
    cells = (row.split(": ") for row in " ".join(text.split()).split("; "))
    return [(word, tuple(lemmas.split())) for word, lemmas in cells]


@pytest.mark.parametrize(("word", "lemmas"), rows(OTHER_SPELLINGS))
def test_a_word_has_the_lemmas_of_its_other_spellings(word: str, lemmas: tuple[str, ...]) -> None:
    assert ANALYZER.lemmas(word) == lemmas


@pytest.mark.parametrize(("word", "lemmas"), rows(NO_OTHER_SPELLING))
def test_what_only_looks_alike_is_left(word: str, lemmas: tuple[str, ...]) -> None:
    assert ANALYZER.lemmas(word) == lemmas


@pytest.mark.parametrize("word", ["café", "U.S.", "1,000", "C++", "e-mail", "домъ", "1.2.3"])
def test_without_languages_a_word_is_its_form_alone(word: str) -> None:
    form, lemmas = _core.Analyzer().analyze(word)
    assert Analyzer(()).lemmas(word) == lemmas == (form,)


def test_each_language_has_its_own_spellings() -> None:
    assert Analyzer(("ru",)).lemmas("café") == ("café",)
    assert Analyzer(("en",)).lemmas("домъ") == ("домъ",)
    assert Analyzer(("ru",)).lemmas("1,000") == Analyzer(("en",)).lemmas("1,000") == ("1000", "1,000")

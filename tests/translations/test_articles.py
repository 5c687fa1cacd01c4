"""What of an article that was written for people is a translation, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.translations.articles import MAX_OF_ARTICLE, translations, without_markup

# The headword, its article, and the translations: of the headword itself, or "phrase = translation".
CASES = [
    ("harbour", "harbour\n   [ˈhɑːbə] _n.\n   1) гавань; порт\n   2) _перен. приют\n", "гавань порт приют"),
    ("lighthouse", "lighthouse [ˈlaɪthaʊs] _n. маяк\n", "маяк"),
    ("lighthouse", "маяк", "маяк"),
    ("lighthouse", "маяк.", "маяк"),
    ("Lighthouse", "LIGHTHOUSE маяк", "маяк"),
    ("buoy", "буй, бакен, веха", "буй бакен веха"),
    ("sail", "1. _n. парус\n 2. _v. плыть, плавать (под парусом)", "парус плыть плавать"),
    ("sail", "парус; sailing ship парусное судно", "парус|sailing ship = парусное судно"),
    ("sail", "парус; to set sail отправиться в плавание", "парус|set sail = отправиться в плавание"),
    ("sail", "to strike sail признать себя побеждённым в споре с кем бы то ни было", ""),
    ("anchor", "якорь || бросать якорь", "якорь|бросать якорь"),
    ("deck", "I. палуба II. крыша III. колода (карт)", "палуба крыша колода"),
    ("deck", "_I палуба\n _II колода", "палуба колода"),
    ("mast", "1> мачта 2> столб", "мачта столб"),
    ("mast", "1)мачта 2)столб", "мачта столб"),
    ("mast", "а) мачта б) столб", "мачта столб"),
    ("mast", "a) мачта; b) столб", "мачта столб"),
    ("crew", "экипаж (судна); команда; см. тж. staff", "экипаж команда"),
    ("crew", "экипаж [ист. (устар.) о людях]", "экипаж"),
    ("crew", "экипаж {см. team}", "экипаж"),
    ("tide", "прилив и отлив", "прилив и отлив"),
    ("pilot", "лоцман - человек", "лоцман человек"),
    ("pilot", "лоцман — тот, кто проводит суда через опасные места у берегов", "лоцман тот"),
    ("cabin", "каюта = stateroom", "каюта"),
    ("shoal", "мель; стая и т.п.", "мель стая"),
    ("shoal", "мель и т. д.", "мель"),
    ("helm", "вести кого-л.; руль; влиять на кого-л.", "руль"),
    ("helm", "направлять что-л. куда-л., руль", "руль"),
    ("wave", "(сущ.) волна; (гл.) махать", "волна махать"),
    ("wave", "сущ. волна", "волна"),
    ("wave", "«волна»", "волна"),
    ("wave", 'волна; "вал"', "волна вал"),
    ("to moor", "швартовать(ся)", "швартовать"),
    ("to moor", "to moor швартовать", "швартовать"),
    ("port", "порт, порт, гавань", "порт гавань"),
    ("port", "порт\n\nгавань", "порт гавань"),
    ("port", "морской\n   порт; гавань", "морской порт|гавань"),
    ("port", "порт ◊ any port in a storm в бурю любая гавань", "порт"),
    ("port", "порт • гавань", "порт гавань"),
    ("port", "порт! гавань? пристань…", "порт гавань пристань"),
    ("port", "_мор. порт _разг. гавань", "порт гавань"),
    ("port", "_ж-д. порт", "порт"),
    ("выборы", "выборы /ˈvɨbərɨ/ <n, pl>\n1. election\n2. poll", "election poll"),
    ("якорь", "anchor; стоять на якоре to ride at anchor", "anchor|стоять на якоре = to ride at anchor"),
    ("плыть", "to swim, to sail", "swim sail"),
    ("плыть", "swim impf.; sail", "swim sail"),
    ("haus", "haus /haʊs/ <n>\nhouse; home", "house home"),
    ("haus", "building, dwelling place, house of some kind or other", "building|dwelling place"),
    # and what has none
    ("port", "", ""),
    ("port", " \n\t ", ""),
    ("port", "[pɔːt] _n.", ""),
    ("ports", "_pl. от port", ""),
    ("port", "a place where ships are moored (см. порт)", ""),
    ("port", "(порт)", ""),
    ("port", "место, где стоят корабли и куда приходят поезда с грузами со всей страны", "место"),
    ("port", "1) 2) 3)", ""),
    ("", "порт", ""),
    (" ", "порт", ""),
    ("123", "сто двадцать три", "сто двадцать три"),
]


@pytest.mark.parametrize(("word", "article", "expected"), CASES)
def test_the_translations_of_an_article(word: str, article: str, expected: str) -> None:
    found = translations(word, article)
    own = word.removeprefix("to ")
    shown = [to if term == own else f"{term} = {to}" for term, to, _ in found]
    assert shown == (expected.split("|") if "|" in expected or "=" in expected else _plain(expected, shown))


def _plain(expected: str, shown: list[str]) -> list[str]:
    """The words of a cell, or the cell itself where it is one translation of several words."""
    return [expected] if shown == [expected] else expected.split()


def test_the_earlier_weigh_more() -> None:
    assert [weight for *_, weight in translations("port", "порт, гавань; пристань")] == [1, 1 / 2, 1 / 3]


def test_an_article_has_so_many_translations_at_most() -> None:
    article = "; ".join(f"порт{'абвгд'[n % 5]}{'абвгд'[n // 5 % 5]}{'абвгд'[n // 25]}" for n in range(100))
    assert len(translations("port", article)) == MAX_OF_ARTICLE


MARKUP = [
    ("<b>port</b><br>гавань<br/>порт", "port\n\nгавань\n\nпорт"),
    ("<ol><li>гавань</li><li>порт</li></ol>", "гавань порт"),
    ("гавань<ex>to reach port</ex>", "гавань"),
    ("<k>port</k>\n<dtrn>гавань</dtrn>", "гавань"),
    ("<script>alert('порт')</script>гавань", "гавань"),
    ("<style>b { color: red }</style>гавань", "гавань"),
    ("гавань &amp; порт &lt;мор.&gt;", "гавань & порт <мор.>"),
    ("<tr>pɔːt</tr> гавань", "гавань"),
    ("<abr>мор.</abr> <co>(о судах)</co> гавань", "гавань"),
    ('<a href="bword://harbour">гавань</a>', "гавань"),
    ("<i>гавань</I>, <B CLASS=x>порт</b>", "гавань, порт"),
    ("a < b > c", "a < b > c"),
    ("<<<<", "<<<<"),
    ("<br", "<br"),
    ("&#1087;орт", "порт"),
    ("&nosuch; &#xFFFFFFFF;", "&nosuch; \ufffd"),
]


@pytest.mark.parametrize(("text", "plain"), MARKUP)
def test_markup_is_read_as_text(text: str, plain: str) -> None:
    assert " ".join(without_markup(text).split()) == " ".join(plain.split())


@pytest.mark.parametrize(
    "piece", ["(", "[", "{", "<", "<br ", "a) ", "1. ", "_n.", "кого-л. ", "/a ", "&", "a б "]
)
def test_long_articles_take_no_longer_than_their_length(piece: str) -> None:
    started = time.process_time()
    text = piece * (65_536 // len(piece))
    translations("port", text)
    without_markup(text)
    assert time.process_time() - started < 20  # seconds: quadratic would be minutes


@given(st.text(max_size=20), st.text(max_size=300))
def test_any_article_has_an_answer(word: str, article: str) -> None:
    for term, translation, weight in translations(word, without_markup(article)):
        assert term.strip() and translation.strip() and 0 < weight <= 1

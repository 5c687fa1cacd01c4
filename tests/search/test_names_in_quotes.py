"""cross_script=True in quotes, and names of one consonant: Юрий, Yuri. What only sounds so stays apart."""

from __future__ import annotations

from functools import cache

import pytest

from searchlib import Index, Schema, Text

SAME = """
Юрий Yuri; Юрий Yury; Юрий Yuriy; Юрий Iurii; Юрию Yuri; Юлия Yulia; Юлия Julia; Юлии Yuliya
Илья Ilya; Илья Ilia; Ильи Ilya; Ева Eva; Зоя Zoya; Яна Yana; Ян Jan; Ян Yan; Рая Raya; Раиса Raisa
Ия Iya; Дмитрий Dmitry; Дмитрий Dmitri; Майя Maya; Дмитрий Dmitriy; Дмитрий Dmitrij; Алексей Aleksey
Алексей Aleksei; Алексей Alexey; Сергей Sergey; Сергей Sergei; Сергей Serguei; Андрей Andrei
Андрей Andrey; Андрей Andrej; Виталий Vitaly; Виталий Vitalij; Евгений Yevgeny; Евгений Evgeny
Евгений Evgenii; Василий Vasily; Василий Vassily; Анатолий Anatoly; Валерий Valery; Григорий Grigory
Жуковский Zhukovsky; Жуковский Zhukovskiy; Чайковский Tchaikovsky; Юсупов Yusupov; Юсупов Iusupov
Юнусов Yunusov; Юлдашев Yuldashev; Юров Yurov; Юрьев Yuryev
"""
FAIL = {"Ия Iya", "Илья Ilia", "Яна Yana", "Ян Jan", "Майя Maya"}
"""Names of one consonant need that one, and are no words of an English dictionary."""
APART = """
Юрий Yara; Юрий Ural; Юрий Ira; Юлия Ilya; Илья Yulia; Ева Iva; Зоя Zoe; Рая Roy; Рая Ray; Ева Eve
Яна Anya; она Ona; или Ili; еда Eda; эра Ira; Майя Mia; Юрий Yuriko; Дмитрий Demeter; Юлия July
Зоя Soya; Юра Era
"""


def pairs(text: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for pair in text.replace("\n", ";").split(";") if pair.strip()]  # type: ignore[misc]


@cache
def index() -> Index:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        for word in dict.fromkeys(word for pair in pairs(SAME + APART) for word in pair):
            writer.add({"id": word, "body": f"был {word} {'Gagarin' if word.isascii() else 'Гагарин'}"})
    index.refresh()
    return index


def found(query: str) -> list[str]:
    return [hit.id for hit in index().search(query, limit=None, cross_script=True)]


def test_the_measure() -> None:
    """At least 90% of the pairs both ways, and none of the strangers."""
    missed = [
        (one, other) for one, other in pairs(SAME) if other not in found(one) or one not in found(other)
    ]
    assert len(missed) <= 0.1 * len(pairs(SAME)), missed
    met = [(one, other) for one, other in pairs(APART) if other in found(one) or one in found(other)]
    assert not met


@pytest.mark.parametrize(("one", "other"), [pair for pair in pairs(SAME) if " ".join(pair) not in FAIL])
def test_names_in_quotes_are_found_as_the_other_script_has_them(one: str, other: str) -> None:
    assert other in found(f'"{one} Гагарин"')
    assert one in found(f'"{other} Gagarin"')


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_strangers_in_quotes_are_not(one: str, other: str) -> None:
    assert other not in found(f'"{one} Гагарин"')
    assert one not in found(f'"{other} Gagarin"')


def test_quotes_still_say_that_words_stand_together() -> None:
    assert found('"Гагарин Юрий"') == []
    assert found('"был Юрий"')  # a little word stays as it is
    assert found('"Yuri"') == ["Yuri"]  # one word in quotes is that word
    assert "Yuri" in found('"Юрий Гагарин"') and "Yuri" not in [
        hit.id for hit in index().search('"Юрий Гагарин"', limit=None)
    ]


def test_explain_says_that_it_was_a_name() -> None:
    (hit,) = [hit for hit in index().search('"Юрий Гагарин"', None, cross_script=True) if hit.id == "Yuri"]
    assert "name" in str(hit.explain())
    assert [hit["body"][span.start : span.end] for span in hit.spans("body")] == ["Yuri Gagarin"]

"""Names and new words that no dictionary has, declined by the rules of grammar.

A kind and a seed come in, paradigms go out: lists of forms, the nominative first. The stems are syllables put
together by chance, so that nothing here is taken from a list of names.
"""

from __future__ import annotations

import random
from collections.abc import Callable

VOWELS = "аеиоуыэюя"
HUSHING = "жшчщц"
BEFORE_I = "гкхжшчщ"

Paradigm = list[str]


def masculine(name: str) -> Paradigm:
    """Вовк, Вовка; Гоголь, Гоголя; деплой, деплоя; a noun in -ий has -и in the locative."""
    stem = name[:-1] if name[-1] in "йь" else name
    if stem != name:
        return [name, *(stem + ending for ending in ("я", "ю", "ем", "и" if name.endswith("ий") else "е"))]
    return [name, *(stem + ending for ending in ("а", "у", "ем" if name[-1] in HUSHING else "ом", "е"))]


def plural(name: str) -> Paradigm:
    stem = name[:-1] if name[-1] in "йь" else name
    if stem != name:
        return [stem + ending for ending in ("и", "ев" if name[-1] == "й" else "ей", "ям", "ями", "ях")]
    first = "и" if name[-1] in BEFORE_I else "ы"
    return [name + ending for ending in (first, "ей" if name[-1] in "жшчщ" else "ов", "ам", "ами", "ах")]


def feminine(name: str) -> Paradigm:
    stem = name[:-1]
    if name.endswith("ия"):
        return [name, stem + "и", stem + "ю", stem + "ей"]
    if name.endswith("я"):
        return [name, *(stem + ending for ending in ("и", "е", "ю", "ей"))]
    first = "и" if stem[-1] in BEFORE_I else "ы"
    return [name, *(stem + ending for ending in (first, "е", "у", "ей" if stem[-1] in HUSHING else "ой"))]


def man(name: str) -> Paradigm:
    return [name + ending for ending in ("", "а", "у", "ым", "е", "ы", "ых", "ыми")]


def woman(name: str) -> Paradigm:
    return [name + ending for ending in ("а", "ой", "у")]


def adjective(name: str) -> Paradigm:
    """Маковский and Маковская."""
    endings = ("ого", "ому", "им", "ом", "ая", "ой", "ую", "ие", "их", "ими")
    return [name, *(name[:-2] + ending for ending in endings)]


def unchanged(name: str) -> Paradigm:
    return [name, name]


def double(name: str) -> Paradigm:
    """Петров-Водкин, and his wife: both names are declined."""
    other = _stem(random.Random(name)) + "ин"
    pairs = [*zip(man(name), man(other), strict=True), *zip(woman(name), woman(other), strict=True)]
    return [f"{one}-{two}" for one, two in pairs]


def town(name: str) -> Paradigm:
    """Усть-Каменогорск: only its last part is declined."""
    return ["Усть-" + form for form in masculine(name)]


def village(name: str) -> Paradigm:
    """Кемерово, as older rules decline it."""
    return [name, *(name[:-1] + ending for ending in ("а", "у", "ом", "е"))]


Rule = Callable[[str], Paradigm]

KINDS: dict[str, tuple[Rule, str]] = {
    "surnames in -ов": (man, "ов ев ин ын"),
    "women's": (woman, "ов ев ин ын"),
    "in -ский": (adjective, "ский цкий овский инский"),
    "in other consonants": (masculine, "ук юк ич ман берг ер ейн ат ус ель ай ор арт вк ц ев"),
    "in -ко": (unchanged, "енко ко"),
    "in -их": (unchanged, "их ых"),
    "in -ян": (masculine, "ян янц"),
    "first names of men": (masculine, "бек жан ур аз ат им ан ил ам ом хан дин"),
    "first names of women": (feminine, "ия ара уля има ира ана ома гуль ша"),
    "places in -ск": (masculine, "ск инск овск горск"),
    "places in -ов": (masculine, "ов ев тау ин"),
    "places in -стан": (masculine, "стан"),
    "places in -ово": (village, "ово ево ино"),
    "places of two words": (town, "ск горск град тал"),
    "loanwords": (lambda name: masculine(name) + plural(name), "инг ент ор ой ейс лайн апп ут ей ай пт"),
    "loanwords of women's gender": (feminine, "алля уля ня иля ска лла"),
    "loanwords in -ь": (masculine, "ель ань уль ирь оль"),
    "double names": (double, "ов ев ин ын"),
}


def paradigms(kind: str, count: int, seed: int = 0) -> list[Paradigm]:
    """So many of a kind, capitalised as names are."""
    decline, endings = KINDS[kind]
    rng = random.Random(f"{kind} {seed}")
    found = []
    while len(found) < count:
        ending = rng.choice(endings.split())
        if (decline is masculine and ending == "тау") or (decline is feminine and ending == "гуль"):
            found.append(unchanged(_stem(rng) + ending))  # Актау, Айгуль: not by these rules
        else:
            found.append(decline(_stem(rng) + ending))
    return found


def _stem(rng: random.Random) -> str:
    syllables = [
        rng.choice("бвгджзклмнпрстфхшч") + rng.choice("аоуиеы") for _ in range(rng.choice((1, 2, 2)))
    ]
    return ("".join(syllables) + rng.choice("бвдзклмнпрстфх")).capitalize()

"""Which code page of Latin letters were these bytes written in?

In English and its neighbours few characters are above ASCII, and one of them may be all that there is. Each
page is tried with each language: how likely its letters are there, whether they stand in words as letters do,
and which short words of the language come out. Where nothing speaks for another page, cp1252 it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from .cyrillic import window_of
from .latin_letters import LETTERS, WORDS

_WESTERN = ("en", "fr", "de", "es", "pt", "it", "ca", "nl", "sv", "da", "fi", "is")
_CENTRAL = ("pl", "cs", "sk", "hu", "ro", "hr", "de")
_BALTIC = ("lt", "lv", "et")
PAGES: dict[str, tuple[float, tuple[str, ...]]] = {
    "cp1252": (0.0, (*_WESTERN, "et")),
    "cp1250": (2.0, _CENTRAL),
    "iso8859-15": (3.0, (*_WESTERN, "et")),
    "iso8859-2": (2.5, _CENTRAL),
    "cp1254": (3.0, ("tr",)),
    "cp1257": (3.0, _BALTIC),
    "cp850": (4.0, _WESTERN),
    "cp437": (4.5, _WESTERN),
    "cp852": (4.5, _CENTRAL),
    "mac_roman": (5.0, _WESTERN),
    "cp857": (5.0, ("tr",)),
    "cp775": (5.0, _BALTIC),
    "mac_latin2": (6.0, _CENTRAL),
}
"""How unlikely each page is (nats), and the languages that are written in it."""

_COST_RARE_LETTER = 8.5  # as in a foreign name: two of ten thousand
_COST_OTHER_LETTER = 11.5
_COST_CAPITAL = 1.5
_COMMON_ABROAD = frozenset("éèáàóòíúöüäëïñçêôâãåøæßšž")
_COST_PUNCTUATION = 5.5
_COST_SIGN = 7.0
_COST_OTHER_SIGN = 11.0
_COST_CONTROL = 16.0
_PUNCTUATION = frozenset("“”‘’–—…«»„‚\u00a0")
_SIGNS = frozenset("•·°§©®™£€±½¼¾×²³µ\u00ad†¿¡ºª‰¢¥÷")
_COST_BROKEN_WORD = 6.0
_GAIN_WORD = 1.5
_MAX_WORDS = 20
_LIMIT = 9.0  # a character; a French é costs 4, an English one 7.6

_SMALL = "a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśšşșťţțūůűųźżž"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŠŞȘŤŢȚŪŮŰŲŹŻŽŸ"
_LETTER = _SMALL + _CAPITAL
_HIGH_SMALL = _SMALL.replace("a-z", "")
_HIGH_CAPITAL = _CAPITAL.replace("A-Z", "")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FLAWS = (
    re.compile(f"(?<=[{_SMALL}])[{_HIGH_CAPITAL}]|(?<=[{_HIGH_SMALL}])[A-Z]"),
    re.compile(f"(?<=[A-Z])[{_HIGH_SMALL}](?=[A-Z])"),
    re.compile(f"(?<=[{_LETTER}])(?:[^\\w\\s\\x00-\\x7f’‘–—…·\u00ad«»“”]|[¹²³¼½¾ªº])(?=[{_LETTER}])"),
    re.compile(f"(?<=[{_LETTER}])[^\\w\\s\\x00-\\x7f’‘–—…·\u00ad»”“©®™²³°](?![{_LETTER}])"),
    re.compile(f"(?<![{_LETTER}])[^\\w\\s\\x00-\\x7f’‘–—…·\u00ad«„“”‚•©§£€±¿¡†½¼°](?=[{_LETTER}])"),
    re.compile(f"(?<!\\w)(?![ÀÁÈÉÍÓÅÖ])[{_HIGH_CAPITAL}](?![\\w'’.)-])"),  # words of one letter they are
)
_THREE_HIGH = re.compile(f"(?=[{_HIGH_SMALL}{_HIGH_CAPITAL}]{{3}})")
_WORD = re.compile(f"[{_LETTER}]+")
_ASCII_LETTERS = re.compile("[A-Za-z]")


class _Language(NamedTuple):
    costs: dict[str, float]
    cost_of_ascii: float  # of each letter of ASCII: where many have accents, few such letters are telling
    words: frozenset[str]


@lru_cache(maxsize=1)
def _languages() -> dict[str, _Language]:
    found = {}
    for name, letters in LETTERS.items():
        per = {entry[0]: int(entry[1:]) for entry in letters.split()}
        costs = {letter: -math.log(n / 10_000) for letter, n in per.items()}
        cost_of_ascii = -math.log(1 - sum(per.values()) / 10_000)
        found[name] = _Language(costs, cost_of_ascii, frozenset(WORDS[name].split()))
    return found


def guess_latin(data: bytes, *, limit: float = _LIMIT) -> str | None:
    """The code page in which `data` reads as a language in Latin letters, or None. limit: of a character."""
    window = window_of(data)
    best, best_page = math.inf, None
    met: set[tuple[str, tuple[str, ...]]] = set()
    for page, (unlikely, languages) in PAGES.items():
        text = window.decode(page, "replace")
        if text.count("\ufffd") * 100 > len(text):  # a byte may be damaged
            continue
        if (text, languages) in met:
            continue
        met.add((text, languages))
        cost = _cost(text, languages, limit) + unlikely
        if cost < best:
            best, best_page = cost, page
    return best_page


def _cost(text: str, languages: tuple[str, ...], limit: float) -> float:
    """How unlikely the text is in the likeliest of the languages, in nats; infinite if it reads as none."""
    counts = Counter(_NOT_ASCII.findall(text))
    num_high = sum(counts.values())
    signs = 0.0
    letters: Counter[str] = Counter()
    for character, n in counts.items():
        if character.isalpha() and character not in "ºªµ":
            letters[character.lower() if character != "İ" else "ı"] += n
            signs += n * _COST_CAPITAL * character.isupper()
        else:
            signs += n * _cost_of_sign(character)
    signs += _COST_BROKEN_WORD * sum(len(flaw.findall(text)) for flaw in _FLAWS)
    num_three = len(_THREE_HIGH.findall(text))
    num_ascii = len(_ASCII_LETTERS.findall(text))
    words = Counter(_WORD.findall(text.lower()))
    best = math.inf
    for name in languages:
        language = _languages()[name]
        cost = signs + 3.0 * num_three * (name not in ("tr", "lv"))
        for letter, n in letters.items():
            abroad = _COST_RARE_LETTER if letter in _COMMON_ABROAD else _COST_OTHER_LETTER
            cost += n * language.costs.get(letter, abroad)
        if cost < limit * num_high:
            num_words = sum([words[word] for word in words.keys() & language.words])
            cost += num_ascii * language.cost_of_ascii - _GAIN_WORD * min(num_words, _MAX_WORDS)
            best = min(best, cost)
    return best


def _cost_of_sign(character: str) -> float:
    if character in _PUNCTUATION:
        return _COST_PUNCTUATION
    if character in _SIGNS:
        return _COST_SIGN
    return _COST_CONTROL if character < "\xa0" else _COST_OTHER_SIGN

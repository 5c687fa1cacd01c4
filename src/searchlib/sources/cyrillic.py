"""Which of the Cyrillic code pages were these bytes written in?

The bytes are no UTF-8; the answer is the name of a code page, or None where they do not read as Russian in
any of them. It is told from letter frequencies and the shape of words, without a dictionary, and for no other
script.

General detectors err on short texts, because cp1251, KOI8-R and cp866 share their byte range and each is
letters in the others. But in the wrong page rare letters become frequent, capitals stand inside words, and
Cyrillic letters touch Latin ones; a hundred characters are plenty to see that.
"""

from __future__ import annotations

import math
import re
from collections import Counter

PAGES = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac_cyrillic", "koi8-u")
"""In order of preference when two read a text equally well."""

_HANDICAP = {"mac_cyrillic": 0.1}  # its small letters are those of cp1251, and hardly any file is left in it
_WINDOW_BYTES = 16_384

# Occurrences per 10,000 letters in the Russian National Corpus, rounded; ё is counted as it is printed, and
# the four letters of Ukrainian and Belarusian are possible but rare.
_PER_10_000 = (
    "о1097 е845 а801 и735 н670 т626 с547 р473 в454 л440 к349 м321 д298 п281 у262 я201 ы190 ь174 г170 з165"
    " б159 ч144 й121 х97 ж94 ш73 ю64 ц48 щ36 э32 ф26 ё20 ъ4 і2 ї1 є1 ў1"
)
_COST = {entry[0]: -math.log(int(entry[1:]) / 10_000) for entry in _PER_10_000.split()}
_COMMON_PAIR = re.compile(  # half of the pairs of neighbours in Russian words, a tenth in a wrong page
    "(?=ст|ен|ра|но|ни|на|ко|то|по|ов|ан|ро|ре|го|ер|од|ос|пр|ли|та|ор|ол|те|ны|ле|от|ль|ал|ом|ес|ва|ет|не|ри|ск"
    "|ме|во|да|ел|ве|ти|он|ат|ло|ог|ис|ка|ла|ки|ин|ит|тр|ия|че|ми|ем|за|об|де|со|ой|ас|до|ие|им|их|ся|ть|ма|же|чт)"
)
_GAIN_COMMON_PAIR = 1.5
_COST_OTHER_LETTER = 12.0
_COST_BOX_DRAWING = 5.0  # tables drawn in cp866 are real, but KOI8-R's letters are its boxes too
_COST_PUNCTUATION = 5.0  # above any letter: «Затем» in cp1251 is "«атем" in Mac Cyrillic
_COST_CAPITAL = 0.3  # of each capital that follows one
_COST_BROKEN_WORD = 8.0
_PUNCTUATION = frozenset("«»“”„‘’‚–—…№§©®°•·±\u00a0\u00ad™€")
_LIMIT = 3.6  # Russian costs about 2.5 a letter, a wrong page 4.3 and more

_CAPITAL_INSIDE = re.compile(r"(?<=[а-яёіїєў])[А-ЯЁІЇЄЎ]")
_SIGN_INSIDE = re.compile(r"(?<=[\u0400-\u045f])[€†‡°±©®™]")  # «дл€» is cp1251 read as Mac Cyrillic
_LONE_CAPITAL = re.compile(r"(?<!\w)[БГДЖЗЙЛМНПРТФХЦЧШЩЪЫЬЭЮ](?![\w.)-])")  # a dash in another page
_TWO_SCRIPTS = re.compile(r"(?<=[A-Za-z])[\u0400-\u045f]|(?<=[\u0400-\u045f])[A-Za-z]")
_FLAWS = (_CAPITAL_INSIDE, _SIGN_INSIDE, _LONE_CAPITAL, _TWO_SCRIPTS)
_CAPITALS = re.compile(r"(?<=[А-ЯЁ])[А-ЯЁ]")
_WORD = re.compile(r"[\u0400-\u045f]{2,}")


def guess_page(data: bytes) -> str | None:
    """The code page in which `data` reads as Russian, or None."""
    window = _window(data)
    costs = []
    for page in PAGES:
        try:
            costs.append((cost_of(window.decode(page)) + _HANDICAP.get(page, 0.0), PAGES.index(page), page))
        except UnicodeDecodeError:
            continue
    best = min(costs, default=(math.inf, 0, ""))
    return best[2] if best[0] < _LIMIT else None


def _window(data: bytes) -> bytes:
    """From the first byte above ASCII on: a long English preface says nothing of the code page."""
    high = re.search(rb"[\x80-\xff]", data)
    start = max(0, high.start() - 64) if high else 0
    return data[start : start + _WINDOW_BYTES]


def cost_of(text: str) -> float:
    """The mean cost of a character above ASCII; infinite where there is no Cyrillic word."""
    counts = Counter(character for character in text if character > "\x7f")
    num_high = sum(counts.values())
    num_in_words = sum(len(word) for word in _WORD.findall(text))
    num_cyrillic = sum(n for character, n in counts.items() if "\u0400" <= character <= "\u045f")
    if num_in_words * 2 <= num_cyrillic or num_cyrillic * 4 <= num_high:
        return math.inf
    total = sum(n * _cost_of_character(character) for character, n in counts.items())
    broken = sum(len(flaw.findall(text)) for flaw in _FLAWS)
    total -= _GAIN_COMMON_PAIR * len(_COMMON_PAIR.findall(text.lower()))
    total += _COST_CAPITAL * len(_CAPITALS.findall(text))
    return (total + broken * _COST_BROKEN_WORD) / num_high


def _cost_of_character(character: str) -> float:
    if character in _PUNCTUATION:
        return _COST_PUNCTUATION
    if "\u2500" <= character <= "\u25a0":
        return _COST_BOX_DRAWING
    return _COST.get(character.lower(), _COST_OTHER_LETTER)
